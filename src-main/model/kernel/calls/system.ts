/** The machine and the kernel itself: modules, keys, ports; and calls that Linux no longer has. Simplified: only decoded. */
import type { CallRow } from '../call-row';

export const SYSTEM: readonly CallRow[] = [
  { name: 'syslog', nr: { amd64: 103, arm64: 116 }, via: 'Syscall', args: 'int type, char *buf, int len' },
  { name: 'reboot', nr: { amd64: 169, arm64: 142 }, via: 'Syscall6', args: 'int magic1, int magic2, unsigned int cmd, void *arg' },
  { name: 'init_module', nr: { amd64: 175, arm64: 105 }, via: null, args: null },
  { name: 'delete_module', nr: { amd64: 176, arm64: 106 }, via: null, args: null },
  { name: 'create_module', nr: { amd64: 174, arm64: null }, via: null, args: null },
  { name: 'get_kernel_syms', nr: { amd64: 177, arm64: null }, via: null, args: null },
  { name: 'query_module', nr: { amd64: 178, arm64: null }, via: null, args: null },
  { name: 'kexec_load', nr: { amd64: 246, arm64: 104 }, via: null, args: null },
  { name: 'iopl', nr: { amd64: 172, arm64: null }, via: 'Syscall', args: 'unsigned int level' },
  { name: 'ioperm', nr: { amd64: 173, arm64: null }, via: 'Syscall', args: 'unsigned long from, unsigned long num, int on' },
  { name: 'vhangup', nr: { amd64: 153, arm64: 58 }, via: null, args: null },
  { name: '_sysctl', nr: { amd64: 156, arm64: null }, via: null, args: null },
  { name: 'add_key', nr: { amd64: 248, arm64: 217 }, via: null, args: null },
  { name: 'request_key', nr: { amd64: 249, arm64: 218 }, via: null, args: null },
  { name: 'keyctl', nr: { amd64: 250, arm64: 219 }, via: null, args: null },
  { name: 'getpmsg', nr: { amd64: 181, arm64: null }, via: null, args: null },
  { name: 'putpmsg', nr: { amd64: 182, arm64: null }, via: null, args: null },
  { name: 'afs_syscall', nr: { amd64: 183, arm64: null }, via: null, args: null },
  { name: 'tuxcall', nr: { amd64: 184, arm64: null }, via: null, args: null },
  { name: 'security', nr: { amd64: 185, arm64: null }, via: null, args: null },
  { name: 'vserver', nr: { amd64: 236, arm64: null }, via: null, args: null },
];
