/** Input and output that somebody else waits for: Linux AIO and io_uring. Simplified: only decoded. */
import type { CallRow } from '../call-row';

export const AIO: readonly CallRow[] = [
  { name: 'io_setup', nr: { amd64: 206, arm64: 0 }, via: null, args: null },
  { name: 'io_destroy', nr: { amd64: 207, arm64: 1 }, via: null, args: null },
  {
    name: 'io_getevents',
    nr: { amd64: 208, arm64: 4 },
    via: null,
    args: null,
    restarts: false,
  },
  { name: 'io_submit', nr: { amd64: 209, arm64: 2 }, via: null, args: null },
  { name: 'io_cancel', nr: { amd64: 210, arm64: 3 }, via: null, args: null },
  { name: 'io_uring_setup', nr: { amd64: 425, arm64: 425 }, via: null, args: 'u32 entries, struct io_uring_params *params' },
  {
    name: 'io_uring_enter',
    nr: { amd64: 426, arm64: 426 },
    via: null,
    args: 'unsigned int fd, u32 to_submit, u32 min_complete, u32 flags, const void *argp, size_t argsz',
  },
];
