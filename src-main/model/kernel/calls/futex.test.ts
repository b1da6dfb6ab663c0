import { expect, test } from 'vitest';
import { testFamily } from '../../testdata/family-table';
import { isRestarted } from '../kernel';
import { FUTEX } from './futex';

testFamily(FUTEX, [
  { call: ['futex', 0xc100000000, 129, 1], prints: 'futex(0xc100000000, FUTEX_WAKE_PRIVATE, 1) = 0', waits: 'for others' },
  {
    call: ['futex', { buf: 4 }, 128, 1, 0],
    prints: 'futex(0xc100002000, FUTEX_WAIT_PRIVATE, 1, NULL) = -1 EAGAIN (Resource temporarily unavailable)',
    waits: 'for others',
  },
  {
    call: ['futex', { buf: 4 }, 0x109, 1, 0, 0, -1],
    prints:
      'futex(0xc100002000, FUTEX_WAIT_BITSET|FUTEX_CLOCK_REALTIME, 1, NULL, FUTEX_BITSET_MATCH_ANY) = -1 EAGAIN (Resource temporarily unavailable)',
    waits: 'for others',
  },
  {
    call: ['futex', { buf: 4 }, 4, 1, 2, { buf: 4 }, 9],
    prints: 'futex(0xc100002000, FUTEX_CMP_REQUEUE, 1, 2, 0xc100004000, 9) = -1 EAGAIN (Resource temporarily unavailable)',
    waits: 'for others',
  },
  {
    call: ['futex', { buf: 4 }, 0, 1, { buf: 16 }],
    prints: 'futex(0xc100002000, FUTEX_WAIT, 1, {tv_sec=0, tv_nsec=0}) = -1 EAGAIN (Resource temporarily unavailable)',
    waits: 'for others',
    signal: 'EINTR',
  },
  { call: ['set_robust_list', { buf: 24 }, 24], prints: 'set_robust_list(0xc100002000, 24) = 0' },
  { call: ['get_robust_list', 0, { buf: 8 }, { buf: 8 }], prints: 'get_robust_list(0, 0xc100002000, 0xc100004000) = 0' },
  {
    call: ['futex', { buf: 4 }, 0x181, 1],
    prints: 'futex(0xc100002000, FUTEX_WAKE_PRIVATE|FUTEX_CLOCK_REALTIME, 1) = -1 ENOSYS (Function not implemented)',
    waits: 'for others',
  },
  { call: ['futex', { buf: 4 }, 0x86, 0, 0], prints: 'futex(0xc100002000, FUTEX_LOCK_PI_PRIVATE, 0) = 0', waits: 'for others' },
]);

test('a wait is started again unless it has a limit, and where nobody knows its arguments', () => {
  const [WAIT, WAKE, WAIT_BITSET, PRIVATE] = [0n, 1n, 9n, 128n];
  expect(isRestarted('futex', [0x10n, WAIT, 1n, 0n])).toBe(true);
  expect(isRestarted('futex', [0x10n, WAIT | PRIVATE, 1n, 0x20n])).toBe(false);
  expect(isRestarted('futex', [0x10n, WAIT_BITSET, 1n, 0x20n])).toBe(false);
  expect(isRestarted('futex', [0x10n, WAKE, 1n, 0x20n])).toBe(true);
  expect(isRestarted('futex', null)).toBe(true);
});
