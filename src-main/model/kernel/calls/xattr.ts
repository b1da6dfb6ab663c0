/** Extended attributes of files. Simplified: only decoded. */
import type { CallRow } from '../call-row';

export const XATTR: readonly CallRow[] = [
  {
    name: 'setxattr',
    via: 'Syscall6',
    args: 'const char *pathname, const char *name, const void *value, size_t size, int flags',
  },
  { name: 'lsetxattr', via: null, args: null },
  { name: 'fsetxattr', via: null, args: null },
  {
    name: 'getxattr',
    via: 'Syscall6',
    args: 'const char *pathname, const char *name, void *value, size_t size',
  },
  { name: 'lgetxattr', via: null, args: null },
  { name: 'fgetxattr', via: null, args: null },
  { name: 'listxattr', via: 'Syscall', args: 'const char *pathname, char *list, size_t size' },
  { name: 'llistxattr', via: null, args: null },
  { name: 'flistxattr', via: null, args: null },
  { name: 'removexattr', via: 'Syscall', args: 'const char *pathname, const char *name' },
  { name: 'lremovexattr', via: null, args: null },
  { name: 'fremovexattr', via: null, args: null },
];
