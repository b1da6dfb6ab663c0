import { testFamily } from '../../testdata/family-table';
import { EPOLL } from './epoll';

testFamily(EPOLL, [
  { call: ['epoll_create', 1], prints: 'epoll_create(1) = 6' },
  { call: ['epoll_create1', 0x80000], prints: 'epoll_create1(EPOLL_CLOEXEC) = 6' },
  {
    call: ['epoll_ctl', 3, 1, 0, { buf: 12 }],
    prints: 'epoll_ctl(3, EPOLL_CTL_ADD, 0, {events=0, data={u32=0, u64=0}}) = -1 EINVAL (Invalid argument)',
  },
  { call: ['epoll_ctl', 9, 2, 0, 0], prints: 'epoll_ctl(9, EPOLL_CTL_DEL, 0, NULL) = -1 EBADF (Bad file descriptor)' },
  {
    call: ['epoll_wait', 3, { buf: 96 }, 8, -1],
    prints: 'epoll_wait(3, 0xc100002000, 8, -1) = -1 EINVAL (Invalid argument)',
    waits: 'for its file',
    signal: 'EINTR',
  },
  {
    call: ['epoll_pwait', 3, { buf: 96 }, 8, 0, 0, 8],
    prints: 'epoll_pwait(3, 0xc100002000, 8, 0, NULL, 8) = -1 EINVAL (Invalid argument)',
    waits: 'for its file',
    signal: 'EINTR',
  },
  {
    call: ['epoll_pwait2', 3, { buf: 96 }, 8, 0, 0, 8],
    prints: 'epoll_pwait2(3, 0xc100002000, 8, NULL, NULL, 8) = -1 EINVAL (Invalid argument)',
    waits: 'for its file',
    signal: 'EINTR',
  },
]);
