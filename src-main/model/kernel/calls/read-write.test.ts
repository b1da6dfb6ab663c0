import { testFamily } from '../../testdata/family-table';
import { READ_WRITE } from './read-write';

testFamily(READ_WRITE, [
  { call: ['read', 3, { buf: 16 }, 16], prints: 'read(3, "hello\\n", 16) = 6', waits: 'for its file' },
  { call: ['read', 999, 16, 16], prints: 'read(999, 0x10, 16) = -1 EBADF (Bad file descriptor)', waits: 'for its file' },
  { call: ['write', 1, 'hi\n', 3], prints: 'write(1, "hi\\n", 3) = 3', waits: 'for its file' },
  { call: ['pread64', 3, { buf: 8 }, 4, 2], prints: 'pread64(3, "llo\\n", 4, 2) = 4' },
  { call: ['pwrite64', 3, 'J', 1, 0], prints: 'pwrite64(3, "J", 1, 0) = 1' },
  { call: ['readv', 3, 0, 0], prints: 'readv(0x3, NULL, 0) = 0', waits: 'for its file' },
  { call: ['writev', 1, 16, 1], prints: 'writev(0x1, 0x10, 0x1) = -1 EFAULT (Bad address)', waits: 'for its file' },
  { call: ['preadv', 3, 0, 0, -1], prints: 'preadv(0x3, NULL, 0, 0xffffffffffffffff, 0) = -1 EINVAL (Invalid argument)' },
  { call: ['pwritev', 4, 0, 0, 0], prints: 'pwritev(0x4, NULL, 0, 0, 0) = -1 ESPIPE (Illegal seek)' },
  { call: ['preadv2', 3, 0, 0, 0, 0, 0], prints: 'preadv2(0x3, NULL, 0, 0, 0, 0) = 0', waits: 'for its file' },
  { call: ['pwritev2', 3, 0, 0, 0, 0, 0x400], prints: 'pwritev2(0x3, NULL, 0, 0, 0, 1024) = 0', waits: 'for its file' },
  { call: ['sendfile', 3, 3, 0, 2], prints: 'sendfile(3, 3, NULL, 2) = 2' },
  { call: ['copy_file_range', 3, 0, 99, 0, 1, 0], prints: 'copy_file_range(3, NULL, 99, NULL, 1, 0) = -1 EBADF (Bad file descriptor)' },
]);
