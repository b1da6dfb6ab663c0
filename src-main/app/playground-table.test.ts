/** What the playground is told of the system calls. */
import { expect, test } from 'vitest';
import { syscallByName, SYSCALLS } from '../model/kernel/syscall-table';
import { playgroundTable } from './playground-table';

const table = playgroundTable();
const calls = new Map((table.ok ? table.value.calls : []).map((call) => [call.name, call]));

test('every call of the table is offered', () => {
  expect([...calls.keys()]).toEqual(SYSCALLS.map(({ name }) => name));
});

test.each([
  ['the row’s own', 'read', ['3', 'buf:32', '32']],
  ['a name where the kernel wants one, also in a list', 'execve', ['"/etc/motd"', '"/etc/motd"', '"/etc/motd"']],
  ['a buffer where it wants memory', 'poll', ['buf:64', '0', '0']],
  ['0 where it wants a number', 'ioctl', ['0', '0', '0']],
  ['0 where nobody has recorded what it wants', 'shmget', ['0', '0', '0', '0', '0', '0']],
  ['nothing where it wants nothing', 'getpid', []],
])('example arguments are %s: %s', (_, name, example) => {
  expect(calls.get(name)?.example).toEqual(example);
});

test('an example has a value for each field', () => {
  for (const { name, args, example } of calls.values()) expect(example, name).toHaveLength(args.length);
});

test('a call is modelled when its row has a handler', () => {
  for (const { name, isModelled } of calls.values()) expect(isModelled, name).toBe(syscallByName(name)?.handler !== undefined);
  expect([calls.get('read')?.isModelled, calls.get('shmget')?.isModelled]).toEqual([true, false]);
});

test.each([
  ['read', 'Syscall'],
  ['openat', 'Syscall6'],
  ['getpid', 'rawSyscallNoError'],
  ['futex', 'Syscall6'],
  ['gettimeofday', 'Syscall'],
  // Without a wrapper of its own: three arguments fit into the small one, a fourth does not.
  ['tee', 'Syscall6'],
  ['vmsplice', 'Syscall6'],
])('%s is entered through %s', (name, via) => {
  expect(calls.get(name)?.via).toBe(via);
});
