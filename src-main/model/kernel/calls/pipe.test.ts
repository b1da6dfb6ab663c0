import { testFamily } from '../../testdata/family-table';
import { PIPE } from './pipe';

testFamily(PIPE, [
  { call: ['pipe', { buf: 8 }], prints: 'pipe([6, 7]) = 0' },
  { call: ['pipe2', { buf: 8 }, 0x80800], prints: 'pipe2([6, 7], O_NONBLOCK|O_CLOEXEC) = 0' },
  { call: ['pipe2', 16, 0], prints: 'pipe2(0x10, 0) = -1 EFAULT (Bad address)' },
]);
