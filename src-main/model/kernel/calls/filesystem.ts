/** File systems as wholes: mounting, swapping, quotas. Simplified: only decoded. */
import type { CallRow } from '../call-row';

export const FILESYSTEM: readonly CallRow[] = [
  {
    name: 'mount',
    via: 'Syscall6',
    args: 'char *dev_name, char *dir_name, char *type, unsigned long flags, void *data',
  },
  { name: 'umount2', via: 'Syscall', args: 'char *name, int flags' },
  { name: 'pivot_root', via: 'Syscall', args: 'const char *new_root, const char *put_old' },
  { name: 'chroot', via: 'Syscall', args: 'const char *filename' },
  { name: 'statfs', via: 'Syscall', args: 'const char *pathname, struct statfs *buf' },
  { name: 'fstatfs', via: 'Syscall', args: 'unsigned int fd, struct statfs *buf' },
  { name: 'ustat', via: 'Syscall', args: 'unsigned int dev, struct ustat *ubuf' },
  { name: 'sysfs', via: null, args: null },
  { name: 'swapon', via: null, args: null },
  { name: 'swapoff', via: null, args: null },
  { name: 'quotactl', via: null, args: null },
  { name: 'acct', via: 'Syscall', args: 'const char *name' },
  { name: 'nfsservctl', via: null, args: null },
  { name: 'uselib', via: null, args: null },
];
