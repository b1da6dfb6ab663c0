/** The machine and the kernel itself: modules, keys, ports; and calls that Linux no longer has. Simplified: only decoded. */
import type { CallRow } from '../call-row';

export const SYSTEM: readonly CallRow[] = [
  { name: 'syslog', via: 'Syscall', args: 'int type, char *buf, int len' },
  { name: 'reboot', via: 'Syscall6', args: 'int magic1, int magic2, unsigned int cmd, void *arg' },
  { name: 'init_module', via: null, args: null },
  { name: 'delete_module', via: null, args: null },
  { name: 'create_module', via: null, args: null },
  { name: 'get_kernel_syms', via: null, args: null },
  { name: 'query_module', via: null, args: null },
  { name: 'kexec_load', via: null, args: null },
  { name: 'iopl', via: 'Syscall', args: 'unsigned int level' },
  { name: 'ioperm', via: 'Syscall', args: 'unsigned long from, unsigned long num, int on' },
  { name: 'vhangup', via: null, args: null },
  { name: '_sysctl', via: null, args: null },
  { name: 'add_key', via: null, args: null },
  { name: 'request_key', via: null, args: null },
  { name: 'keyctl', via: null, args: null },
  { name: 'getpmsg', via: null, args: null },
  { name: 'putpmsg', via: null, args: null },
  { name: 'afs_syscall', via: null, args: null },
  { name: 'tuxcall', via: null, args: null },
  { name: 'security', via: null, args: null },
  { name: 'vserver', via: null, args: null },
];
