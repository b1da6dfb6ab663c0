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
]);
