import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ask, said } from '../testdata/kernel-port';
import type { KernelAnswer } from './answer';
import { errnoByNumber, ERRNOS } from './errno';
import { firstKernelState } from './kernel';
import { lonePort } from './lone-port';
import { place } from './memory';
import { syscallByName, SYSCALLS } from './syscall-table';

const FILES = { '/etc/motd': 'hello\n' };

describe('the tables', () => {
  test.each([
    ['read', 0, 63, 'Syscall'],
    ['openat', 257, 56, 'Syscall6'],
    ['getpid', 39, 172, 'rawSyscallNoError'],
    ['epoll_ctl', 233, 21, 'RawSyscall6'],
    ['futex', 202, 98, null],
  ])('%s', (name, amd64, arm64, via) => {
    expect(syscallByName(name)).toMatchObject({ nr: { amd64, arm64 }, via });
  });

  test('are whole', () => {
    expect(errnoByNumber(9)).toMatchObject({ name: 'EBADF', message: 'bad file descriptor' });
    expect(ERRNOS.length).toBeGreaterThanOrEqual(133);
    expect(Math.max(...SYSCALLS.map((each) => each.argc))).toBeLessThanOrEqual(6);
  });

  test('have the numbers of the reference, [name, amd64, arm64]', () => {
    const reference = JSON.parse(readFileSync(new URL('testdata/syscall-numbers.json', import.meta.url), 'utf8')) as [
      string,
      number | null,
      number | null,
    ][];
    expect(reference.length).toBeGreaterThanOrEqual(318);
    expect(SYSCALLS.map(({ name }) => name).sort()).toEqual(reference.map(([name]) => name).sort());
    for (const [name, amd64, arm64] of reference) expect(syscallByName(name), name).toMatchObject({ nr: { amd64, arm64 } });
  });

  test('every call answers something on both architectures, whatever its arguments', () => {
    const odd = [0n, 1n, 3n, -1n, 0x10n, 0xc100000000n, 1n << 63n, 0xffffffffn];
    for (const arch of ['amd64', 'arm64'] as const) {
      for (const info of SYSCALLS) {
        for (let i = 0; i < odd.length; i++) {
          const port = lonePort(firstKernelState({ files: FILES, fds: { 3: '/etc/motd' } }));
          port.arch = arch;
          place(port, { buf: 32 });
          const args = Array.from({ length: 6 }, (_, at) => BigInt.asUintN(64, odd[(i * (at + 1) + at) % odd.length] ?? 0n));
          const answer: KernelAnswer = ask(port, info.name, args);
          expect(typeof said(answer), info.name).toMatch(/number|string/);
        }
      }
    }
  });
});
