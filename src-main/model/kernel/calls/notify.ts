/** Being told of changes to files. Simplified: only decoded. */
import type { CallRow } from '../call-row';

export const NOTIFY: readonly CallRow[] = [
  { name: 'inotify_init', nr: { amd64: 253, arm64: null }, via: 'RawSyscall', args: '' },
  { name: 'inotify_init1', nr: { amd64: 294, arm64: 26 }, via: 'RawSyscall', args: 'int flags' },
  { name: 'inotify_add_watch', nr: { amd64: 254, arm64: 27 }, via: 'Syscall', args: 'int fd, const char *pathname, u32 mask' },
  { name: 'inotify_rm_watch', nr: { amd64: 255, arm64: 28 }, via: 'RawSyscall', args: 'int fd, s32 wd' },
  { name: 'fanotify_init', nr: { amd64: 300, arm64: 262 }, via: null, args: null },
  { name: 'fanotify_mark', nr: { amd64: 301, arm64: 263 }, via: null, args: null },
];
