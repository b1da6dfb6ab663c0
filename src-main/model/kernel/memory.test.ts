import { describe, expect, test } from 'vitest';
import { call, freshPort } from '../testdata/kernel-port';
import { place, readMemory, writeMemory } from './memory';
import { utf8Text } from './utf8';

const FILES = { '/etc/motd': 'hello\n' };

describe('what arrives in memory', () => {
  const bytes = (port: ReturnType<typeof freshPort>, at: bigint, n: number): number[] => readMemory(port, at, n) ?? [];

  test('read', () => {
    const port = freshPort(FILES, { 3: '/etc/motd' });
    const buffer = place(port, { buf: 6 });
    expect(call(port, 'read', 3, buffer, 6)).toBe(6);
    expect(utf8Text(bytes(port, buffer, 6))).toBe('hello\n');
  });

  test.each([
    ['amd64', 144, 24],
    ['arm64', 128, 16],
  ] as const)('fstat on %s', (arch, size, modeAt) => {
    const port = freshPort(FILES, { 3: '/etc/motd' });
    port.arch = arch;
    const buffer = place(port, { buf: size });
    expect(call(port, 'fstat', 3, buffer)).toBe(0);
    const held = bytes(port, buffer, size);
    expect(held.slice(modeAt, modeAt + 4)).toEqual([0xa4, 0x81, 0, 0]);
    expect(held.slice(48, 56)).toEqual([6, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('equal strings share a block, as long as nobody writes into it', () => {
    const port = freshPort();
    const first = place(port, 'ab');
    expect(place(port, 'ab')).toBe(first);
    const next = place(port, { buf: 5000 });
    expect(next - first).toBe(0x2000n);
    expect(place(port, { buf: 1 }) - next).toBe(0x3000n);
    writeMemory(port, first, [0x63]);
    const second = place(port, 'ab');
    expect(second).not.toBe(first);
    expect(place(port, 'cb')).toBe(first);
    // An earlier block that becomes equal comes first, as in a search from the beginning.
    writeMemory(port, first, [0x61]);
    expect(place(port, 'ab')).toBe(first);
  });

  test('a file holds any bytes', () => {
    const port = freshPort({}, { 3: '/bin' });
    const odd = [0xff, 0x00, 0xe6, 0x98, 0x80, 0xc3];
    const from = place(port, { buf: odd.length });
    writeMemory(port, from, odd);
    expect(call(port, 'write', 3, from, odd.length)).toBe(odd.length);
    const to = place(port, { buf: odd.length });
    expect(call(port, 'pread64', 3, to, odd.length, 0)).toBe(odd.length);
    expect(bytes(port, to, odd.length)).toEqual(odd);
  });

  test('uname, clock_gettime, getrandom', () => {
    const port = freshPort();
    const buffer = place(port, { buf: 390 });
    call(port, 'uname', buffer);
    expect(utf8Text(bytes(port, buffer, 6))).toBe('Linux\0');
    call(port, 'clock_gettime', 0, buffer);
    expect(bytes(port, buffer, 16)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0x65, 0xcd, 0x1d, 0, 0, 0, 0]);
    call(port, 'getrandom', buffer, 3, 0);
    expect(bytes(port, buffer, 3)).toEqual([0, 1, 2]);
  });

  test('write to 1 and 2 is seen, through dup as well', () => {
    const port = freshPort();
    call(port, 'write', 1, '你好', 6);
    call(port, 'dup', 2);
    call(port, 'write', 3, 'oh', 2);
    expect([port.kernel.stdout, port.kernel.stderr]).toEqual(['你好', 'oh']);
  });
});
