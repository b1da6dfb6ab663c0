/** Which pages mmap and munmap give and take, and what is in them. */
import { describe, expect, test } from 'vitest';
import { call, freshPort, type Line, play } from '../../testdata/kernel-port';
import { copyOut, readMemory } from '../memory';
import { utf8Bytes, utf8Text } from '../utf8';

const FILES = { '/etc/motd': 'hello\n' };

describe('mmap', () => {
  const [RW, PRIVATE, ANON] = [3, 2, 0x20];
  const TOP = 0x7ffff7fff000;
  test.each<readonly [string, readonly Line[]]>([
    [
      'gives pages from the top downwards',
      [
        ['mmap', [0, 1, RW, PRIVATE | ANON, -1, 0], TOP - 4096],
        ['mmap', [0, 8192, RW, PRIVATE | ANON, -1, 0], TOP - 3 * 4096],
      ],
    ],
    [
      'fills a gap',
      [
        ['mmap', [0, 4096, RW, PRIVATE | ANON, -1, 0], TOP - 4096],
        ['mmap', [0, 4096, RW, PRIVATE | ANON, -1, 0], TOP - 8192],
        ['munmap', [TOP - 4096, 4096], 0],
        ['mmap', [0, 4096, RW, PRIVATE | ANON, -1, 0], TOP - 4096],
      ],
    ],
    [
      'refuses',
      [
        ['mmap', [0, 0, RW, PRIVATE | ANON, -1, 0], 'EINVAL'],
        ['mmap', [0, 1, RW, ANON, -1, 0], 'EINVAL'],
        ['mmap', [0, 1, RW, PRIVATE, 9, 0], 'EBADF'],
        ['mmap', [0, 1, RW, PRIVATE, 3, 7], 'EINVAL'],
        ['mmap', [0, 2 ** 50, RW, PRIVATE | ANON, -1, 0], 'ENOMEM'],
        ['mmap', [0, 1, RW, 1, 1, 0], 'EACCES'],
        ['mmap', [0, 1, 1, PRIVATE, 0, 0], 'ENODEV'],
        ['munmap', [1, 1], 'EINVAL'],
        ['munmap', [4096, 0], 'EINVAL'],
      ],
    ],
    [
      'memory is there until munmap',
      [
        ['mmap', [0, 4096, RW, PRIVATE | ANON, -1, 0], TOP - 4096],
        ['read', [3, TOP - 4096, 6], 6],
        ['write', [1, TOP - 4096, 6], 6],
        ['munmap', [TOP - 4096, 4096], 0],
        ['write', [1, TOP - 4096, 6], 'EFAULT'],
      ],
    ],
    [
      'protection counts',
      [
        ['mmap', [0, 4096, 1, PRIVATE | ANON, -1, 0], TOP - 4096],
        ['read', [3, TOP - 4096, 6], 'EFAULT'],
        ['write', [1, TOP - 4096, 2], 2],
      ],
    ],
  ])('%s', (_, lines) => {
    expect(play(freshPort(FILES, { 3: '/etc/motd' }), lines)).toEqual(lines);
  });

  test('a file is there to be read, and writing goes into the pages', () => {
    const port = freshPort(FILES, { 3: '/etc/motd' });
    const start = BigInt(call(port, 'mmap', 0, 4096, RW, PRIVATE, 3, 0));
    expect(utf8Text(readMemory(port, start, 8) ?? [])).toBe('hello\n\0\0');
    copyOut(port, start, utf8Bytes('J'));
    expect(utf8Text(readMemory(port, start, 6) ?? [])).toBe('Jello\n');
    expect(port.kernel.files['/etc/motd']?.data).toBe('hello\n');
  });

  test('munmap in the middle leaves two ranges', () => {
    const port = freshPort();
    const start = Number(call(port, 'mmap', 0, 3 * 4096, RW, PRIVATE | ANON, -1, 0));
    call(port, 'munmap', start + 4096, 4096);
    expect(port.kernel.maps.map((map) => [Number(map.start) - start, map.bytes])).toEqual([
      [0, 4096],
      [8192, 4096],
    ]);
    expect(readMemory(port, BigInt(start + 4000), 200)).toBeNull();
  });
});
