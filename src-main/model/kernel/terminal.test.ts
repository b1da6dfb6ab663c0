/** What goes to the terminal and what comes from it, as Linux 6.18 did with a pseudo-terminal that somebody reads. */
import { describe, expect, test } from 'vitest';
import { call, freshPort, type TestPort } from '../testdata/kernel-port';
import { place } from './memory';

const PAGE = 4096;
/** PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE. */
const mapped = (port: TestPort, bytes: number): number => Number(call(port, 'mmap', 0, bytes, 3, 0x4022, -1, 0));

describe('a write to the terminal', () => {
  test.each([5_000, 65_536, 200_000])('of %i bytes goes in one call', (bytes) => {
    const port = freshPort();
    expect(call(port, 'write', 1, place(port, 'x'.repeat(bytes)), bytes)).toBe(bytes);
    expect(port.kernel.stdout).toBe('x'.repeat(4096));
  });

  test.each([
    ['less than a piece: nothing', 100, 200, 'EFAULT'],
    ['a piece and a half', 3_000, 4_000, 2_048],
    ['whole pieces', 4_096, 5_000, 4_096],
    ['all that is asked', 4_096, 4_096, 4_096],
  ])('from memory that ends before, %s', (_, there, count, says) => {
    const port = freshPort();
    const start = mapped(port, 2 * PAGE);
    call(port, 'munmap', start + PAGE, PAGE);
    expect(call(port, 'write', 1, start + PAGE - there, count)).toBe(says);
  });

  test('from pieces of memory as from one', () => {
    const port = freshPort();
    const start = mapped(port, 2 * PAGE);
    call(port, 'munmap', start + PAGE, PAGE);
    const iovec = (...words: bigint[]): bigint => place(port, { words: words.map(String) });
    expect(call(port, 'writev', 1, iovec(BigInt(start), 1_000n, BigInt(start), 3_000n), 2)).toBe(4_000);
    expect(call(port, 'writev', 1, iovec(BigInt(start), 1_000n, BigInt(start + 1_096), 3_500n), 2)).toBe(2_048);
  });

  test('of all the memory there is takes no longer than of a line', () => {
    const port = freshPort();
    const start = mapped(port, 2 ** 40);
    expect(call(port, 'write', 1, start, 2 ** 40)).toBe(0x7ffff000);
    expect(port.kernel.stdout).toBe('\0'.repeat(4096));
  });

  test('what is kept is text, wherever it is cut off', () => {
    const port = freshPort();
    const text = '村'.repeat(6_000);
    expect(call(port, 'write', 2, text, 18_000)).toBe(18_000);
    expect(port.kernel.stderr).toBe('村'.repeat(4096));
  });
});

test('nobody types: a read is told of the end, whatever it asks for', () => {
  const port = freshPort();
  for (const count of [0, 5_000, 2 ** 40]) expect(call(port, 'read', 0, mapped(port, 2 ** 40), count)).toBe(0);
});

/** Lengths that a program may name cost no more than what is there. */
test.each([
  ['read', (p: number) => [3, p, 2 ** 40], 6],
  ['pwrite64', (p: number) => [4, p, 2 ** 40, (4 << 20) - 100], 100],
  ['munmap', (p: number) => [p, 2 ** 40], 0],
  ['mprotect', (p: number) => [p, 2 ** 40, 1], 0],
  ['madvise', (p: number) => [p, 2 ** 40, 4], 0],
  ['mincore', (p: number) => [p, 2 ** 40, p], 0],
  ['msync', (p: number) => [p, 2 ** 40, 4], 0],
  ['mremap', (p: number) => [p, 2 ** 40, 2 ** 41, 1], expect.any(Number) as number],
  ['getdents64', (p: number) => [5, p, 2 ** 31 - 1], expect.any(Number) as number],
  ['poll', (p: number) => [p, 2 ** 31, 0], 'EINVAL'],
  ['select', (p: number) => [2 ** 31 - 1, p, 0, 0, p], 0],
  ['sendfile', () => [4, 3, 0, 2 ** 40], 6],
  ['copy_file_range', () => [3, 0, 4, 0, 2 ** 40, 0], 6],
  ['ftruncate', () => [4, 2 ** 40], 'EFBIG'],
  ['fallocate', () => [4, 0, 0, 2 ** 40], 'EFBIG'],
  ['setgroups', (p: number) => [2 ** 31, p], 'EINVAL'],
] as const)('%s of 2^40', (name, args, says) => {
  const port = freshPort({ '/a': 'hello\n', '/b': '', '/d/e': '' }, { 3: '/a', 4: '/b', 5: '/d' });
  expect(call(port, name, ...args(mapped(port, 2 ** 40)))).toEqual(says);
});
