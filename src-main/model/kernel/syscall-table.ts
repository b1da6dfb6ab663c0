/**
 * Every system call that we know, joined from the families in calls/.
 *
 * How to add a system call: write its row into the family where it belongs, and its line into the family's test beside it. Its numbers, if
 * they are not there yet, are a line in each table of numbers/. Nothing else lists calls by name (syscall-table.test.ts sees to it); from the
 * row follow
 * - what the scenario format accepts on which architecture (here);
 * - whether it is modelled, and what it answers: `handler` (kernel.ts);
 * - how strace prints it: `print`, `printResult` (strace.ts). The building blocks are in strace-arguments.ts, names of flags in flag-names.ts;
 * - whether it may wait for another thread, and whether a signal ends it with EINTR: `waitsOn`, `restarts` (kernel.ts);
 * - what the playground offers as its arguments: `example`.
 * A new family is one more line in FAMILIES.
 */
import { type Arch, DEFAULT_ARCH, forEachArch } from '../asm/arch/index';
import type { CallRow } from './call-row';
import { AIO } from './calls/aio';
import { CLOCK } from './calls/clock';
import { DESCRIPTORS } from './calls/descriptors';
import { EPOLL } from './calls/epoll';
import { EVENTFD } from './calls/eventfd';
import { FILES } from './calls/files';
import { FILESYSTEM } from './calls/filesystem';
import { FUTEX } from './calls/futex';
import { IDENTITY } from './calls/identity';
import { IPC } from './calls/ipc';
import { MMAP } from './calls/mmap';
import { NAMES } from './calls/names';
import { NOTIFY } from './calls/notify';
import { PIPE } from './calls/pipe';
import { PROCESS } from './calls/process';
import { READ_WRITE } from './calls/read-write';
import { SELECT } from './calls/select';
import { SIGNAL } from './calls/signal';
import { SOCKET } from './calls/socket';
import { STATUS } from './calls/status';
import { SYSTEM } from './calls/system';
import { TIMER } from './calls/timer';
import { XATTR } from './calls/xattr';
import { NUMBERS } from './numbers/index';
import { type Argument, type Parameter, printersByType } from './strace-arguments';

export type { CallRow, WrapperVia } from './call-row';

/** A row with what follows from it. */
export interface SyscallInfo extends Omit<CallRow, 'args' | 'print'> {
  /** null: the architecture has no such call. */
  nr: Readonly<Record<Arch, number | null>>;
  args: readonly Parameter[];
  argc: number;
  print: readonly Argument[];
}

export const FAMILIES: Readonly<Record<string, readonly CallRow[]>> = {
  files: FILES,
  names: NAMES,
  status: STATUS,
  'read-write': READ_WRITE,
  descriptors: DESCRIPTORS,
  pipe: PIPE,
  socket: SOCKET,
  epoll: EPOLL,
  select: SELECT,
  eventfd: EVENTFD,
  notify: NOTIFY,
  futex: FUTEX,
  mmap: MMAP,
  clock: CLOCK,
  timer: TIMER,
  signal: SIGNAL,
  identity: IDENTITY,
  process: PROCESS,
  ipc: IPC,
  aio: AIO,
  xattr: XATTR,
  filesystem: FILESYSTEM,
  system: SYSTEM,
};

/** Registers that carry arguments. */
const MOST_ARGUMENTS = 6;

/** `const char *path` */
function parameter(declared: string): Parameter {
  const name = /\w+$/.exec(declared)?.[0] ?? '';
  return { name, type: declared.slice(0, declared.length - name.length).trim() };
}

function complete(row: CallRow): SyscallInfo {
  const args = row.args === null || row.args === '' ? [] : row.args.split(', ').map(parameter);
  const argc = row.args === null ? MOST_ARGUMENTS : args.length;
  const nr = forEachArch((arch) => NUMBERS[arch][row.name]);
  return { ...row, nr, args, argc, print: row.print ?? printersByType(args, argc) };
}

/** In the order of the numbers on the architecture that has every call. */
export const SYSCALLS: readonly SyscallInfo[] = Object.values(FAMILIES)
  .flat()
  .map(complete)
  .sort((a, b) => (a.nr[DEFAULT_ARCH] ?? 0) - (b.nr[DEFAULT_ARCH] ?? 0));

const callsByName: ReadonlyMap<string, SyscallInfo> = new Map(SYSCALLS.map((call) => [call.name, call]));
const callsByNumber = forEachArch((arch) => new Map(SYSCALLS.map((call) => [call.nr[arch], call])));

export function syscallByName(name: string): SyscallInfo | undefined {
  return callsByName.get(name);
}

export function syscallByNumber(nr: number, arch: Arch): SyscallInfo | undefined {
  return callsByNumber[arch].get(nr);
}
