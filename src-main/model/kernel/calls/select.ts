/** Waiting for one of several descriptors, the older ways. Simplified: only decoded; package net uses epoll. */
import type { CallRow } from '../call-row';

export const SELECT: readonly CallRow[] = [
  {
    name: 'poll',
    nr: { amd64: 7, arm64: null },
    via: null,
    args: 'struct pollfd *fds, unsigned int nfds, int timeout_ms',
    restarts: false,
  },
  {
    name: 'ppoll',
    nr: { amd64: 271, arm64: 73 },
    via: null,
    args: 'struct pollfd *fds, unsigned int nfds, struct timespec *tsp, const sigset_t *sigmask, size_t sigsetsize',
    restarts: false,
  },
  {
    name: 'select',
    nr: { amd64: 23, arm64: null },
    via: 'Syscall6',
    args: 'int nfds, fd_set *readfds, fd_set *writefds, fd_set *exceptfds, struct timeval *timeout',
    restarts: false,
  },
  {
    name: 'pselect6',
    nr: { amd64: 270, arm64: 72 },
    via: null,
    args: 'int nfds, fd_set *readfds, fd_set *writefds, fd_set *exceptfds, struct timespec *timeout, void *sig',
    restarts: false,
  },
];
