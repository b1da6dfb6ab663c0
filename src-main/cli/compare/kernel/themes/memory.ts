/** Memory in pages, and what happens to calls whose buffers lie there. */
import type { Draw, Theme } from '../draw';
import type { Arg } from '../sequence';

/** Places where nothing is at the beginning, on either side, far from each other. */
const PLACES = [0x710000000000, 0x710010000000, 0x710020000000];
const spot = (d: Draw): Arg => {
  if (d.oneIn(12)) return d.pick<Arg>([0, 1, 4096, { word: '0x7ffffffff000' }, -4096, -1]);
  return d.pick(PLACES) + d.pick([0, 0, 0, 4096, 8192, 12_288, 1, 100, 4090]);
};
const page = (d: Draw): Arg => d.pick(PLACES) + d.pick([0, 0, 4096, 8192]);
const size = (d: Draw): Arg =>
  d.oneIn(10) ? d.pick<Arg>([-1, { word: '0x7fffffffffff' }, { word: '0x1000000000000' }]) : d.pick([0, 1, 4095, 4096, 4097, 8192, 12_288]);
const PROTS = [0, 1, 2, 3, 3, 3, 5, 7, 8, 0x10, 0x01000000];
const FIXED = 0x10;

/** With MAP_FIXED, anonymous or /etc/motd. */
const fixed = (d: Draw): readonly Arg[] => {
  const isFile = d.oneIn(3);
  return [
    page(d),
    d.pick([4096, 8192, 12_288]),
    d.pick([3, 3, 3, 1, 0]),
    FIXED | d.pick([1, 2, 2]) | (isFile ? 0 : 0x20),
    isFile ? 3 : -1,
    0,
  ];
};
/** Anything, where the kernel likes. */
const odd = (d: Draw): readonly Arg[] => {
  const flags = d.oneIn(3) ? d.pick([0, 3, 0x20, 0x8022, 0x800003, 0x43]) : d.pick([0x22, 0x21, 1, 2]);
  return [
    0,
    size(d),
    d.pick(PROTS),
    flags,
    d.pick([3, 3, 3, -1, 0, 1, 4, 99]),
    d.oneIn(4) ? d.pick<Arg>([1, 4096, -4096, { word: '0x7ffffffffffff000' }]) : 0,
  ];
};

export const MEMORY_THEME: Theme = [
  [18, 'mmap', fixed],
  [4, 'mmap', (d) => [page(d), d.pick([4096, 8192]), 3, 0x100022, -1, 0]],
  [6, 'mmap', odd],
  [6, 'munmap', (d) => [spot(d), size(d)]],
  [9, 'mprotect', (d) => [spot(d), d.pick([0, 1, 4096, 8192, 12_288, -1]), d.pick(PROTS)]],
  [5, 'madvise', (d) => [spot(d), d.pick([0, 1, 4096, 8192, -1]), d.pick([0, 1, 3, 4, 4, 8, 5, 99, -1])]],
  [3, 'msync', (d) => [spot(d), d.pick([0, 4096, 8192, -1]), d.pick([0, 1, 4, 5, 8])]],
  [3, 'mincore', (d) => [spot(d), d.pick([0, 1, 4096, 8192]), { buf: 16 }]],
  [3, 'mlock', (d) => [spot(d), d.pick([0, 1, 4096, 8192])]],
  [2, 'munlock', (d) => [spot(d), d.pick([0, 1, 4096, 8192])]],
  [1, 'mlock2', (d) => [spot(d), 4096, d.pick([0, 2])]],
  [1, 'mlockall', (d) => [d.pick([0, 4, 8])]],
  [5, 'mremap', (d) => [spot(d), d.pick([4096, 8192]), d.pick([0, 4096, 8192, 16_384]), d.pick([0, 0, 1, 2, 8]), 0]],
  [3, 'brk', (d) => [d.pick<Arg>([0, 1, -1, { word: '0x10' }])]],
  [8, 'read', (d) => [3, spot(d), d.pick([1, 4, 6, 100])]],
  [4, 'pread64', (d) => [3, spot(d), d.pick([1, 6]), d.pick([0, 2])]],
  [8, 'write', (d) => [d.oneIn(3) ? 1 : 3, spot(d), d.pick([1, 4, 20, 5000])]],
  [3, 'lseek', () => [3, 0, 0]],
  [2, 'getcwd', (d) => [spot(d), 10]],
  [2, 'open', (d) => [{ text: d.pick(['/a', '/d', '/empty']) }, d.pick([0, 1, 2]), 0]],
  [1, 'ftruncate', (d) => [3, d.pick([0, 6, 5000])]],
  [2, 'futex', (d) => [spot(d), d.pick([1, 129]), 1]],
  [1, 'close', (d) => [d.pick([4, 5])]],
];
