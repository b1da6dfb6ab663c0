/** Input and output that somebody else waits for: Linux AIO and io_uring. Simplified: only decoded. */
import type { CallRow } from '../call-row';

export const AIO: readonly CallRow[] = [
  { name: 'io_setup', via: null, args: null },
  { name: 'io_destroy', via: null, args: null },
  {
    name: 'io_getevents',
    via: null,
    args: null,
    restarts: false,
  },
  { name: 'io_submit', via: null, args: null },
  { name: 'io_cancel', via: null, args: null },
  { name: 'io_uring_setup', via: null, args: 'u32 entries, struct io_uring_params *params' },
  {
    name: 'io_uring_enter',
    via: null,
    args: 'unsigned int fd, u32 to_submit, u32 min_complete, u32 flags, const void *argp, size_t argsz',
  },
];
