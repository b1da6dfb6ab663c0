import { testFamily } from '../../testdata/family-table';
import { CLOCK } from './clock';

testFamily(CLOCK, [
  { call: ['nanosleep', { buf: 16 }, 0], prints: 'nanosleep({tv_sec=0, tv_nsec=0}, NULL) = 0', signal: 'EINTR' },
  { call: ['clock_gettime', 1, { buf: 16 }], prints: 'clock_gettime(CLOCK_MONOTONIC, {tv_sec=1, tv_nsec=500000000}) = 0' },
  {
    call: ['clock_nanosleep', 1, 1, { buf: 16 }, 0],
    prints: 'clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, {tv_sec=0, tv_nsec=0}, NULL) = 0',
    signal: 'EINTR',
  },
  { call: ['clock_getres', 1, { buf: 16 }], prints: 'clock_getres(CLOCK_MONOTONIC, {tv_sec=0, tv_nsec=1}) = 0' },
  { call: ['gettimeofday', { buf: 16 }, 0], prints: 'gettimeofday(0xc100002000, NULL) = 0' },
  { call: ['time', 0], prints: 'time(NULL) = 1' },
  { call: ['times', 16], prints: 'times(0x10) = -1 EFAULT (Bad address)' },
]);
