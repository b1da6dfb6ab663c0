/** Being told of changes to files. Simplified: only decoded. */
import type { CallRow } from '../call-row';

export const NOTIFY: readonly CallRow[] = [
  { name: 'inotify_init', via: 'RawSyscall', args: '' },
  { name: 'inotify_init1', via: 'RawSyscall', args: 'int flags' },
  { name: 'inotify_add_watch', via: 'Syscall', args: 'int fd, const char *pathname, u32 mask' },
  { name: 'inotify_rm_watch', via: 'RawSyscall', args: 'int fd, s32 wd' },
  { name: 'fanotify_init', via: null, args: null },
  { name: 'fanotify_mark', via: null, args: null },
];
