import { testFamily } from '../../testdata/family-table';
import { SELECT } from './select';

testFamily(SELECT, [
  { call: ['poll', { buf: 8 }, 1, -1], prints: 'poll([{fd=0, events=0}], 1, -1) = 0', waits: 'for others', signal: 'EINTR' },
  {
    call: ['ppoll', { buf: 8 }, 1, 0, 0, 8],
    prints: 'ppoll([{fd=0, events=0}], 1, NULL, NULL, 8) = 0',
    waits: 'for others',
    signal: 'EINTR',
  },
  { call: ['select', 0, 0, 0, 0, 0], prints: 'select(0, NULL, NULL, NULL, NULL) = 0', waits: 'for others', signal: 'EINTR' },
  { call: ['pselect6', 0, 0, 0, 0, 0, 0], prints: 'pselect6(0, NULL, NULL, NULL, NULL, NULL) = 0', waits: 'for others', signal: 'EINTR' },
]);
