import { testFamily } from '../../testdata/family-table';
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
