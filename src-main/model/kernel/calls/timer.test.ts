import { testFamily } from '../../testdata/family-table';
import { TIMER } from './timer';

testFamily(TIMER, [
  { call: ['timerfd_create', 1, 0x80800], prints: 'timerfd_create(CLOCK_MONOTONIC, SOCK_CLOEXEC|SOCK_NONBLOCK) = 6' },
  {
    call: ['timerfd_settime', 3, 0, { buf: 32 }, 0],
    prints:
      'timerfd_settime(3, 0, {it_interval={tv_sec=0, tv_nsec=0}, it_value={tv_sec=0, tv_nsec=0}}, NULL) = -1 EINVAL (Invalid argument)',
  },
  { call: ['timerfd_gettime', 99, { buf: 32 }], prints: 'timerfd_gettime(99, 0xc100002000) = -1 EBADF (Bad file descriptor)' },
  { call: ['alarm', 1], prints: 'alarm(1) = -1 ENOSYS (Function not implemented) /* not modelled */' },
]);
