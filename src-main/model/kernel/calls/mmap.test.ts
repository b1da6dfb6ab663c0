import { testFamily } from '../../testdata/family-table';
import { MMAP } from './mmap';

testFamily(MMAP, [
  {
    call: ['mmap', 0, 8192, 3, 34, -1, 0],
    prints: 'mmap(NULL, 8192, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7ffff7ffd000',
  },
  { call: ['mmap', 0, 4096, 0, 2, 3, 0], prints: 'mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE, 3, 0) = 0x7ffff7ffe000' },
  { call: ['mprotect', 0xc000000000, 4096, 1], prints: 'mprotect(0xc000000000, 4096, PROT_READ) = 0' },
  { call: ['munmap', 4096, 4096], prints: 'munmap(0x1000, 4096) = 0' },
  { call: ['brk', 0], prints: 'brk(NULL) = 0x0' },
  { call: ['mremap', 0xc000000000, 4096, 8192, 1, 0], prints: 'mremap(0xc000000000, 0x1000, 0x2000, 0x1, 0) = 0x0' },
  { call: ['madvise', 0xc000000000, 4096, 4], prints: 'madvise(0xc000000000, 4096, MADV_DONTNEED) = 0' },
]);
