/**
 * For tests: a family of system calls held against a table. What strace prints of a call, what the call waits for and what a signal does
 * to it are written down a second time there; numbers come from a reference of their own.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { enterKernel, isRestarted, mayWait } from '../kernel/kernel';
import { place } from '../kernel/memory';
import { straceEntry, straceExit } from '../kernel/strace';
import { type CallRow, syscallByName } from '../kernel/syscall-table';
import { call, freshPort, type TestPort } from './kernel-port';

type Argument = number | string | { buf: number };

export interface Expected {
  /** Name and arguments. */
  call: readonly [name: string, ...args: Argument[]];
  /** The whole line, with the modelled kernel's answer. 3 is /etc/motd, 4 and 5 are the ends of a pipe. */
  prints: string;
  /** Whom it may wait for; if nothing is said, for nobody. */
  waits?: 'for its file' | 'for others';
  /** What a signal does to such a call; if nothing is said, the kernel starts it again. */
  signal?: 'EINTR';
}

const FILE = 3;
const PIPE = 4;
const TERMINAL = 1;
const CLOSED = 99;

const REFERENCE = new Map(
  (
    JSON.parse(readFileSync(new URL('../kernel/testdata/syscall-numbers.json', import.meta.url), 'utf8')) as [
      string,
      number | null,
      number | null,
    ][]
  ).map(([name, amd64, arm64]) => [name, { amd64, arm64 }]),
);

export function familyPort(): TestPort {
  const port = freshPort({ '/etc/motd': 'hello\n' }, { [FILE]: '/etc/motd' });
  expect(call(port, 'pipe2', { buf: 8 }, 0)).toBe(0);
  return port;
}

/** What strace prints of a call that the modelled kernel answers. A call that waits is shown as if it had then returned 0. */
export function lineOf(port: TestPort, [name, ...given]: Expected['call']): string {
  const args = given.map((each) => (typeof each === 'number' ? BigInt.asUintN(64, BigInt(each)) : place(port, each)));
  const traced = { name, arch: port.arch, args };
  const entry = straceEntry(port, traced);
  const answer = enterKernel(port, { nr: syscallByName(name)?.nr[port.arch] ?? -1, args, occasion: 'entered' });
  const { unmodelled = false } = answer.kind === 'return' ? answer : {};
  const result = answer.kind === 'exit' ? null : answer.kind === 'wait' ? 0n : answer.result;
  return entry + straceExit(port, { ...traced, unmodelled }, result);
}

/** For which first argument the call may wait. */
function waitsOf(name: string): Expected['waits'] | 'oddly' {
  const port = familyPort();
  const [file, pipe, terminal, closed] = [FILE, PIPE, TERMINAL, CLOSED].map((fd) => mayWait(port, name, [BigInt(fd), 0n, 0n]));
  if (file && pipe && terminal && closed) return 'for others';
  if (file || terminal || closed) return 'oddly';
  return pipe ? 'for its file' : undefined;
}

/** Whether a row says more than its number and its parameters, so that the table has to have it. */
function saysMore({ handler, print, printResult, waitsOn, restarts, example }: CallRow): boolean {
  return [handler, print, printResult, waitsOn, restarts, example].some((each) => each !== undefined);
}

/** Declares the tests of one family. */
export function testFamily(family: readonly CallRow[], table: readonly Expected[]): void {
  const names = new Set<string>(family.map(({ name }) => name));

  test('every row that says more than numbers and parameters is in the table', () => {
    const named = new Set<string>(table.map(({ call: [name] }) => name));
    expect(family.filter((row) => saysMore(row) && !named.has(row.name)).map(({ name }) => name)).toEqual([]);
    expect([...named].filter((name) => !names.has(name))).toEqual([]);
  });

  test.each(family)('$name has the reference’s numbers', ({ name }) => {
    expect(syscallByName(name)?.nr).toEqual(REFERENCE.get(name));
  });

  describe('line by line', () => {
    test.each(table)('$call: $prints', ({ call: made, prints, waits, signal }) => {
      const [name, ...args] = made;
      expect(lineOf(familyPort(), made)).toBe(prints);
      expect(waitsOf(name), 'what it waits for').toBe(waits);
      const values = args.map((each) => (typeof each === 'number' ? BigInt(each) : 0x1000n));
      expect(isRestarted(name, values) ? undefined : 'EINTR', 'what a signal does').toBe(signal);
    });
  });

  const offered = family.filter(({ example }) => example !== undefined);
  test.each(offered)('the example of $name has a value for each parameter', ({ name, example }) => {
    expect(example).toHaveLength(syscallByName(name)?.argc ?? -1);
    for (const value of example ?? [])
      expect(value).toMatch(/^(-?\d+|0x[0-9a-f]+|[A-Z][A-Z_]*(\|[A-Z][A-Z_]*)*|"[^"]*"|buf:\d+|words:-?\d+(,-?\d+)*)$/);
  });
}
