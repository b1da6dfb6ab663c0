import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Json, KernelState } from '../state';
import { enterKernel, firstKernelState, type KernelAnswer, type KernelPort } from './kernel';
import { place, readMemory } from './memory';
import { ERRNOS, errnoByNumber, SYSCALLS, syscallByName } from './syscall-table';
import { utf8Bytes, utf8Text } from './utf8';

function portOf(kernel: KernelState): KernelPort {
  const set = (path: readonly string[], value: Json): void => {
    let node = kernel as unknown as Record<string, unknown>;
    for (const key of path.slice(0, -1)) node = node[key] as Record<string, unknown>;
    const last = path.at(-1) ?? '';
    if (value === null) Reflect.deleteProperty(node, last);
    else node[last] = structuredClone(value);
  };
  return { kernel, set, now: 1_500_000_000, random: () => 7, m: 'M0', g: 'G1', tid: 1000 };
}

function call(port: KernelPort, name: string, ...args: (bigint | number)[]): KernelAnswer {
  const info = syscallByName(name);
  return enterKernel(port, { nr: info?.amd64 ?? -1, arch: 'amd64', args: args.map(BigInt), resumed: false });
}

const result = (answer: KernelAnswer): bigint | string => ('result' in answer ? answer.result : answer.kind);
const EBADF = -9n;

describe('read', () => {
  test('fills the buffer from where the descriptor stands', () => {
    const port = portOf(firstKernelState({ files: { '/etc/motd': 'hello\n' }, fds: { 3: '/etc/motd' } }));
    const buffer = place(port, { buf: 4 });
    expect(result(call(port, 'read', 3, buffer, 4))).toBe(4n);
    expect(utf8Text(readMemory(port, buffer, 4) ?? [])).toBe('hell');
    expect(result(call(port, 'read', 3, buffer, 4))).toBe(2n);
    expect(result(call(port, 'read', 3, buffer, 4))).toBe(0n);
  });

  test.each([
    ['an unknown descriptor', 999, 0n, 16, EBADF],
    ['memory that is not there', 3, 0x10n, 16, -14n],
  ])('of %s', (_, fd, buffer, count, expected) => {
    const port = portOf(firstKernelState({ files: {}, fds: { 3: '/a' } }));
    expect(result(call(port, 'read', fd, buffer, count))).toBe(expected);
  });
});

test('a pipe blocks its reader until somebody writes, and ends when nobody can', () => {
  const port = portOf(firstKernelState({ files: {}, fds: {} }));
  const fds = place(port, { buf: 8 });
  expect(result(call(port, 'pipe2', fds, 0))).toBe(0n);
  const buffer = place(port, { buf: 8 });
  const waits = call(port, 'read', 3, buffer, 8);
  expect(waits).toMatchObject({ kind: 'wait', object: 'pipe:1:readable' });
  const text = place(port, 'abc');
  expect(call(port, 'write', 4, text, 3)).toMatchObject({ result: 3n, wokenObjects: ['pipe:1:readable'] });
  expect(result(call(port, 'read', 3, buffer, 8))).toBe(3n);
  expect(call(port, 'close', 4)).toMatchObject({ result: 0n });
  expect(result(call(port, 'read', 3, buffer, 8))).toBe(0n);
});

test.each([
  ['a missing file', '/none', 0, -2n],
  ['a new one', '/new', 0o100, 3n],
  ['one that must be new and is not', '/there', 0o300, -17n],
])('openat of %s', (_, path, flags, expected) => {
  const port = portOf(firstKernelState({ files: { '/there': 'x' }, fds: {} }));
  expect(result(call(port, 'openat', -100, place(port, path), flags, 0o644))).toBe(expected);
});

test('write to 1 is seen', () => {
  const port = portOf(firstKernelState({ files: {}, fds: {} }));
  call(port, 'write', 1, place(port, '你好'), 6);
  expect(port.kernel.stdout).toBe('你好');
});

test('lseek, dup and close agree about a descriptor', () => {
  const port = portOf(firstKernelState({ files: { '/a': '0123456789' }, fds: { 3: '/a' } }));
  expect(result(call(port, 'lseek', 3, -2, 2))).toBe(8n);
  expect(result(call(port, 'dup', 3))).toBe(4n);
  expect(result(call(port, 'close', 3))).toBe(0n);
  expect(result(call(port, 'close', 3))).toBe(EBADF);
  expect(result(call(port, 'lseek', 0, 0, 0))).toBe(-29n);
});

test('a number that is no call', () => {
  const port = portOf(firstKernelState({ files: {}, fds: {} }));
  expect(result(enterKernel(port, { nr: 9_999, arch: 'amd64', args: [], resumed: false }))).toBe(-38n);
});

describe('the tables', () => {
  test.each([
    ['read', 0, 63, 'Syscall'],
    ['openat', 257, 56, 'Syscall6'],
    ['getpid', 39, 172, 'rawSyscallNoError'],
    ['epoll_ctl', 233, 21, 'RawSyscall6'],
    ['futex', 202, 98, null],
  ])('%s', (name, amd64, arm64, via) => {
    expect(syscallByName(name)).toMatchObject({ amd64, arm64, via });
  });

  test('are whole', () => {
    expect(SYSCALLS).toHaveLength(318);
    expect(new Set(SYSCALLS.map((each) => each.name)).size).toBe(318);
    expect(errnoByNumber(9)).toMatchObject({ name: 'EBADF', message: 'bad file descriptor' });
    expect(ERRNOS.length).toBeGreaterThanOrEqual(133);
    expect(Math.max(...SYSCALLS.map((each) => each.argc))).toBeLessThanOrEqual(6);
  });

  const reference = new URL('../../../../shared/reference/syscalls.json', import.meta.url);
  test.runIf(existsSync(reference))('agree with the reference', () => {
    const { syscalls } = JSON.parse(readFileSync(reference, 'utf8')) as { syscalls: { name: string; amd64: number | null; arm64: number | null }[] };
    for (const { name, amd64, arm64 } of syscalls) expect(syscallByName(name), name).toMatchObject({ amd64, arm64 });
  });
});

test.each(['', 'abc', 'é', '春眠', '🙂', 'a\u0000b'])('UTF-8 of %j there and back', (text) => {
  expect(utf8Bytes(text)).toEqual([...new TextEncoder().encode(text)]);
  expect(utf8Text(utf8Bytes(text))).toBe(text);
});
