import { testFamily } from '../../testdata/family-table';
import { EVENTFD } from './eventfd';

testFamily(EVENTFD, [
  { call: ['eventfd', 5], prints: 'eventfd(5) = 6' },
  { call: ['eventfd2', 7, 0x80801], prints: 'eventfd2(7, EFD_SEMAPHORE|EFD_CLOEXEC|EFD_NONBLOCK) = 6' },
]);
