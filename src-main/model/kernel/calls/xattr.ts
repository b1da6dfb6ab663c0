/** Extended attributes of files. Simplified: only decoded. */
import type { CallRow } from '../call-row';

export const XATTR: readonly CallRow[] = [
  {
    name: 'setxattr',
    nr: { amd64: 188, arm64: 5 },
    via: 'Syscall6',
    args: 'const char *pathname, const char *name, const void *value, size_t size, int flags',
  },
  { name: 'lsetxattr', nr: { amd64: 189, arm64: 6 }, via: null, args: null },
  { name: 'fsetxattr', nr: { amd64: 190, arm64: 7 }, via: null, args: null },
  {
    name: 'getxattr',
    nr: { amd64: 191, arm64: 8 },
    via: 'Syscall6',
    args: 'const char *pathname, const char *name, void *value, size_t size',
  },
  { name: 'lgetxattr', nr: { amd64: 192, arm64: 9 }, via: null, args: null },
  { name: 'fgetxattr', nr: { amd64: 193, arm64: 10 }, via: null, args: null },
  { name: 'listxattr', nr: { amd64: 194, arm64: 11 }, via: 'Syscall', args: 'const char *pathname, char *list, size_t size' },
  { name: 'llistxattr', nr: { amd64: 195, arm64: 12 }, via: null, args: null },
  { name: 'flistxattr', nr: { amd64: 196, arm64: 13 }, via: null, args: null },
  { name: 'removexattr', nr: { amd64: 197, arm64: 14 }, via: 'Syscall', args: 'const char *pathname, const char *name' },
  { name: 'lremovexattr', nr: { amd64: 198, arm64: 15 }, via: null, args: null },
  { name: 'fremovexattr', nr: { amd64: 199, arm64: 16 }, via: null, args: null },
];
