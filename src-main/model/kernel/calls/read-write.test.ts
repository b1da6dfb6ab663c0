import { testFamily } from '../../testdata/family-table';
import { READ_WRITE } from './read-write';

testFamily(READ_WRITE, [
  { call: ['read', 3, { buf: 16 }, 16], prints: 'read(3, "hello\\n", 16) = 6', waits: 'for its file' },
  { call: ['read', 999, 16, 16], prints: 'read(999, 0x10, 16) = -1 EBADF (Bad file descriptor)', waits: 'for its file' },
  { call: ['write', 1, 'hi\n', 3], prints: 'write(1, "hi\\n", 3) = 3', waits: 'for its file' },
  { call: ['pread64', 3, { buf: 8 }, 4, 2], prints: 'pread64(3, "llo\\n", 4, 2) = 4' },
  { call: ['pwrite64', 3, 'J', 1, 0], prints: 'pwrite64(3, "J", 1, 0) = 1' },
]);
