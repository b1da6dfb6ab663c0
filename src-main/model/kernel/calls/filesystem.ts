/** File systems as wholes: mounting, swapping, quotas. Simplified: only decoded. */
import type { CallRow } from '../call-row';

export const FILESYSTEM: readonly CallRow[] = [
  {
    name: 'mount',
    nr: { amd64: 165, arm64: 40 },
    via: 'Syscall6',
    args: 'char *dev_name, char *dir_name, char *type, unsigned long flags, void *data',
  },
  { name: 'umount2', nr: { amd64: 166, arm64: 39 }, via: 'Syscall', args: 'char *name, int flags' },
  { name: 'pivot_root', nr: { amd64: 155, arm64: 41 }, via: 'Syscall', args: 'const char *new_root, const char *put_old' },
  { name: 'chroot', nr: { amd64: 161, arm64: 51 }, via: 'Syscall', args: 'const char *filename' },
  { name: 'statfs', nr: { amd64: 137, arm64: 43 }, via: 'Syscall', args: 'const char *pathname, struct statfs *buf' },
  { name: 'fstatfs', nr: { amd64: 138, arm64: 44 }, via: 'Syscall', args: 'unsigned int fd, struct statfs *buf' },
  { name: 'ustat', nr: { amd64: 136, arm64: null }, via: 'Syscall', args: 'unsigned int dev, struct ustat *ubuf' },
  { name: 'sysfs', nr: { amd64: 139, arm64: null }, via: null, args: null },
  { name: 'swapon', nr: { amd64: 167, arm64: 224 }, via: null, args: null },
  { name: 'swapoff', nr: { amd64: 168, arm64: 225 }, via: null, args: null },
  { name: 'quotactl', nr: { amd64: 179, arm64: 60 }, via: null, args: null },
  { name: 'acct', nr: { amd64: 163, arm64: 89 }, via: 'Syscall', args: 'const char *name' },
  { name: 'nfsservctl', nr: { amd64: 180, arm64: 42 }, via: null, args: null },
  { name: 'uselib', nr: { amd64: 134, arm64: null }, via: null, args: null },
];
