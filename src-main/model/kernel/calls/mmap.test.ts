import { expect, test } from 'vitest';
import { testFamily } from '../../testdata/family-table';
import { call, freshPort } from '../../testdata/kernel-port';
import { MMAP } from './mmap';

testFamily(MMAP, [
  {
    call: ['mmap', 0, 8192, 3, 34, -1, 0],
    prints: 'mmap(NULL, 8192, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7ffff7ffd000',
  },
  { call: ['mmap', 0, 4096, 0, 2, 3, 0], prints: 'mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE, 3, 0) = 0x7ffff7ffe000' },
  { call: ['mprotect', 0x710000000000, 4096, 1], prints: 'mprotect(0x710000000000, 4096, PROT_READ) = -1 ENOMEM (Cannot allocate memory)' },
  { call: ['munmap', 4096, 4096], prints: 'munmap(0x1000, 4096) = 0' },
  { call: ['brk', 0], prints: 'brk(NULL) = 0x700000000000' },
  {
    call: ['mremap', 0x710000000000, 4096, 8192, 1, 0],
    prints: 'mremap(0x710000000000, 0x1000, 0x2000, 0x1, 0) = -1 EFAULT (Bad address)',
  },
  { call: ['msync', 0x710000000000, 4096, 4], prints: 'msync(0x710000000000, 4096, 4) = -1 ENOMEM (Cannot allocate memory)' },
  { call: ['mincore', 1, 4096, { buf: 1 }], prints: 'mincore(0x1, 4096, 0xc100002000) = -1 EINVAL (Invalid argument)' },
  {
    call: ['madvise', 0x710000000000, 4096, 4],
    prints: 'madvise(0x710000000000, 4096, MADV_DONTNEED) = -1 ENOMEM (Cannot allocate memory)',
  },
  { call: ['mlock', 0x710000000000, 4096], prints: 'mlock(0x710000000000, 4096) = -1 ENOMEM (Cannot allocate memory)' },
  { call: ['munlock', 0x710000000000, 0], prints: 'munlock(0x710000000000, 0) = 0' },
  { call: ['mlock2', 0x710000000000, 0, 2], prints: 'mlock2(0x710000000000, 0, 2) = -1 EINVAL (Invalid argument)' },
  { call: ['mlockall', 0], prints: 'mlockall(0) = -1 EINVAL (Invalid argument)' },
  { call: ['munlockall'], prints: 'munlockall() = 0' },
  { call: ['membarrier', 0, 0, 0], prints: 'membarrier(0, 0, 0) = -1 ENOSYS (Function not implemented) /* not modelled */' },
]);

/** PROT_READ, MAP_SHARED, as Linux 6.18 answered. */
test.each([
  ['terminal', 0, ['EOVERFLOW', 'EOVERFLOW', 'ENODEV', 'ENODEV']],
  ['pipe', 3, ['EOVERFLOW', 'EOVERFLOW', 'ENODEV', 'ENODEV']],
  ['unix socket', 5, ['EOVERFLOW', 'EOVERFLOW', 'EOVERFLOW', 'ENODEV']],
  ['file', 7, ['EOVERFLOW', 'EOVERFLOW', 'EOVERFLOW', 0x7ffff7ffe000]],
] as const)('how far into a %s memory may be mapped', (_, fd, says) => {
  const port = freshPort({ '/a': 'hello\n' });
  call(port, 'pipe2', { buf: 8 }, 0);
  call(port, 'socketpair', 1, 1, 0, { buf: 8 });
  expect(call(port, 'open', '/a', 0, 0)).toBe(7);
  const mmap = (bytes: number, offset: bigint): number | string => call(port, 'mmap', 0, bytes, 1, 1, fd, offset);
  expect([mmap(0x2000, -4096n), mmap(0x1000, -4096n), mmap(0x1000, 1n << 63n), mmap(0x1000, 0n)]).toEqual(says);
});

test('a TCP socket can be mapped, but not to be written; what comes of it is not modelled', () => {
  const port = freshPort();
  expect(call(port, 'socket', 2, 1, 0)).toBe(3);
  expect(call(port, 'mmap', 0, 4096, 1, 1, 3, 0)).toBe('ENOSYS');
  expect(call(port, 'mmap', 0, 4096, 3, 1, 3, 0)).toBe('EPERM');
});
