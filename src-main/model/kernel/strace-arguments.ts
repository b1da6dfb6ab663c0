/** How strace(1) prints the arguments of a call: a row for each call that has more to show than numbers; for the others, by type. */
import { fromLittleEndian } from './bytes';
import * as names from './flag-names';
import { futexCommand } from './calls/futex';
import { mappedBytes, type ReadableMemory, readMemory, readString } from './memory';
import type { TracedCall } from './strace';
import { syscallByName } from './syscall-table';

/** How a call ended. */
export interface Finished {
  /** Signed. */
  result: bigint;
  failed: boolean;
}

export interface Argument {
  /** Known only when the call is over. */
  late: boolean;
  /** '': this argument does not belong to this form of the call. */
  print(memory: ReadableMemory, call: TracedCall, finished: Finished | null): string;
}

type Value = (value: bigint, memory: ReadableMemory, call: TracedCall) => string;

/** Strings are cut here (strace -s). */
const STRING_BYTES = 32;
const PATH_BYTES = 4096;
/** Arrays are cut here. */
const SHOWN_ELEMENTS = 32;

const int: Value = (value) => BigInt.asIntN(32, value).toString();
const uint: Value = (value) => BigInt.asUintN(32, value).toString();
const long: Value = (value) => BigInt.asIntN(64, value).toString();
const size: Value = (value) => BigInt.asUintN(64, value).toString();
const hex = (value: bigint): string => (value === 0n ? '0' : `0x${value.toString(16)}`);
const address = (value: bigint): string => (value === 0n ? 'NULL' : `0x${value.toString(16)}`);
const octal: Value = (value) => (value === 0n ? '000' : `0${BigInt.asUintN(32, value).toString(8)}`);
const directory: Value = (value) => (Number(BigInt.asIntN(32, value)) === -100 ? 'AT_FDCWD' : BigInt.asIntN(32, value).toString());
const signal: Value = (value) => names.signalName(Number(BigInt.asIntN(32, value)));

const word = (value: bigint): number => Number(BigInt.asUintN(32, value));
const flags =
  (table: names.Names, zero?: string): Value =>
  (value) =>
    names.flagNames(word(value), table, zero);
const one =
  (table: names.Names, group: string): Value =>
  (value) =>
    names.oneName(word(value), table, group);
const openFlags: Value = (value, _kernel, { arch }) => names.openFlagNames(word(value), arch);
const pipeFlags: Value = (value, _kernel, { arch }) =>
  word(value) === 0 ? '0' : names.openFlagNames(word(value) & ~3, arch).replace('O_RDONLY|', '');

const ESCAPES: Record<number, string> = { 0x09: '\\t', 0x0a: '\\n', 0x0b: '\\v', 0x0c: '\\f', 0x0d: '\\r', 0x22: '\\"', 0x5c: '\\\\' };

/** Bytes between quotation marks: ASCII as it is, the rest in octal, with all three digits only before another digit. */
export function quoted(bytes: readonly number[], most = STRING_BYTES): string {
  const shown = bytes.slice(0, most);
  const text = shown.map((byte, i) => {
    if (ESCAPES[byte] !== undefined) return ESCAPES[byte];
    if (byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte);
    const next = shown[i + 1] ?? 0;
    return `\\${byte.toString(8).padStart(next >= 0x30 && next <= 0x39 ? 3 : 1, '0')}`;
  });
  return `"${text.join('')}"${bytes.length > most ? '...' : ''}`;
}

/** Bytes that are no text by their nature: all in hex. */
function quotedHex(bytes: readonly number[]): string {
  const text = bytes.slice(0, STRING_BYTES).map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`);
  return `"${text.join('')}"${bytes.length > STRING_BYTES ? '...' : ''}`;
}

/** A string in memory up to its NUL byte. */
const path: Value = (value, memory) => {
  const bytes = readString(memory, value, PATH_BYTES + 1);
  return bytes ? quoted(bytes, PATH_BYTES) : address(value);
};

/** So many bytes of memory; its address where they cannot be read. */
function buffer(memory: ReadableMemory, at: bigint, length: bigint, print: (bytes: readonly number[]) => string = quoted): string {
  if (at === 0n) return 'NULL';
  const wanted = Number(length > BigInt(STRING_BYTES) ? BigInt(STRING_BYTES + 1) : length);
  if (mappedBytes(memory, at, wanted, 'read') < wanted) return address(at);
  return print(readMemory(memory, at, wanted) ?? []);
}

function struct(memory: ReadableMemory, at: bigint, bytes: number, print: (held: readonly number[]) => string): string {
  const held = at === 0n ? null : readMemory(memory, at, bytes);
  return held ? print(held) : address(at);
}

const field = (held: readonly number[], at: number, bytes: number): bigint => fromLittleEndian(held.slice(at, at + bytes));

const timespec: Value = (value, memory) =>
  struct(memory, value, 16, (held) => `{tv_sec=${BigInt.asIntN(64, field(held, 0, 8))}, tv_nsec=${BigInt.asIntN(64, field(held, 8, 8))}}`);

const twoInts: Value = (value, memory) =>
  struct(memory, value, 8, (held) => `[${BigInt.asIntN(32, field(held, 0, 4))}, ${BigInt.asIntN(32, field(held, 4, 4))}]`);

const statbuf: Value = (value, memory, { arch }) =>
  struct(memory, value, arch === 'amd64' ? 144 : 128, (held) => {
    const mode = Number(field(held, arch === 'amd64' ? 24 : 16, 4));
    const isDevice = (mode & 0o170000) === 0o020000;
    const rdev = field(held, arch === 'amd64' ? 40 : 32, 8);
    const tail = isDevice ? `st_rdev=makedev(0x${(rdev >> 8n).toString(16)}, ${hex(rdev & 0xffn)})` : `st_size=${field(held, 48, 8)}`;
    return `{st_mode=${names.modeName(mode)}, ${tail}, ...}`;
  });

const utsname: Value = (value, memory) =>
  struct(memory, value, 390, (held) => {
    const name = (i: number): string => quoted(held.slice(65 * i, held.indexOf(0, 65 * i)), 65);
    return `{sysname=${name(0)}, nodename=${name(1)}, ...}`;
  });

function epollEvent(held: readonly number[], dataAt: number): string {
  const data = field(held, dataAt, 8);
  return `{events=${names.flagNames(Number(field(held, 0, 4)), names.EPOLL_EVENTS)}, data={u32=${data & 0xffffffffn}, u64=${data}}}`;
}

const eventLayout = { amd64: { bytes: 12, data: 4 }, arm64: { bytes: 16, data: 8 } } as const;

const event: Value = (value, memory, { arch }) =>
  struct(memory, value, eventLayout[arch].bytes, (held) => epollEvent(held, eventLayout[arch].data));

const futexOp: Value = (value) => {
  const command = futexCommand(value);
  const isPrivate = (word(value) & 128) !== 0;
  const name = names.oneName(command, names.FUTEX_COMMANDS, 'FUTEX');
  return `${name}${isPrivate ? '_PRIVATE' : ''}${(word(value) & 256) !== 0 ? '|FUTEX_CLOCK_REALTIME' : ''}`;
};

const bitset: Value = (value) => (word(value) === 0xffffffff ? 'FUTEX_BITSET_MATCH_ANY' : hex(BigInt(word(value))));

const socketType: Value = (value) => {
  const type = names.oneName(word(value) & 0xf, names.SOCK, 'SOCK');
  const rest = word(value) & ~0xf;
  return rest === 0 ? type : `${type}|${names.flagNames(rest, names.SOCK_FLAGS)}`;
};

/** An argument that can be printed when the call is made: number `i` of the call. */
function at(i: number, print: Value): Argument {
  return { late: false, print: (memory, call) => print(call.args[i] ?? 0n, memory, call) };
}

/** One that only a call that went well has filled in; else its address. */
function out(i: number, print: Value): Argument {
  return {
    late: true,
    print: (memory, call, finished) => (finished && !finished.failed ? print : address)(call.args[i] ?? 0n, memory, call),
  };
}

/** One that comes after such a one. */
function after(i: number, print: Value): Argument {
  return { late: true, print: (memory, call) => print(call.args[i] ?? 0n, memory, call) };
}

/** A buffer that the call fills, as many bytes as it returned. */
function filled(i: number, how?: (bytes: readonly number[]) => string): Argument {
  return {
    late: true,
    print: (memory, call, finished) =>
      finished && !finished.failed
        ? buffer(memory, call.args[i] ?? 0n, finished.result < 0n ? 0n : finished.result, how)
        : address(call.args[i] ?? 0n),
  };
}

/** A buffer that the call takes, as long as argument `length` says. */
function given(i: number, length: number): Argument {
  return at(i, (value, memory, call) => buffer(memory, value, call.args[length] ?? 0n));
}

/** Present only where another argument says so. */
function where(condition: (call: TracedCall) => boolean, argument: Argument): Argument {
  return { late: argument.late, print: (memory, call, finished) => (condition(call) ? argument.print(memory, call, finished) : '') };
}

const creates =
  (i: number) =>
  (call: TracedCall): boolean =>
    (word(call.args[i] ?? 0n) & 0o100) !== 0;
const futexIs =
  (...commands: number[]) =>
  (call: TracedCall): boolean =>
    commands.includes(futexCommand(call.args[1]));
const fcntlIs =
  (...commands: number[]) =>
  (call: TracedCall): boolean =>
    commands.includes(word(call.args[1] ?? 0n));

/** What is left of a sleep is told only when it was cut short. */
const remaining = (i: number): Argument => ({
  late: true,
  print: (memory, call, finished) => (finished?.result === -4n ? timespec : address)(call.args[i] ?? 0n, memory, call),
});

const events: Argument = {
  late: true,
  print: (memory, call, finished) => {
    const start = call.args[1] ?? 0n;
    if (!finished || finished.failed) return address(start);
    const { bytes, data } = eventLayout[call.arch];
    const count = Math.min(Math.max(0, Number(finished.result)), SHOWN_ELEMENTS);
    const held = readMemory(memory, start, count * bytes);
    if (!held) return address(start);
    const shown = Array.from({ length: count }, (_, i) => epollEvent(held.slice(i * bytes, (i + 1) * bytes), data));
    return `[${shown.join(', ')}${Number(finished.result) > count ? ', ...' : ''}]`;
  },
};

const ROWS: Record<string, readonly Argument[]> = {
  read: [at(0, int), filled(1), after(2, size)],
  write: [at(0, int), given(1, 2), at(2, size)],
  pread64: [at(0, int), filled(1), after(2, size), after(3, long)],
  pwrite64: [at(0, int), given(1, 2), at(2, size), at(3, long)],
  open: [at(0, path), at(1, openFlags), where(creates(1), at(2, octal))],
  openat: [at(0, directory), at(1, path), at(2, openFlags), where(creates(2), at(3, octal))],
  creat: [at(0, path), at(1, octal)],
  stat: [at(0, path), out(1, statbuf)],
  lstat: [at(0, path), out(1, statbuf)],
  fstat: [at(0, int), out(1, statbuf)],
  newfstatat: [at(0, directory), at(1, path), out(2, statbuf), after(3, flags(names.AT))],
  lseek: [at(0, int), at(1, long), at(2, one(names.SEEK, 'SEEK'))],
  mmap: [at(0, address), at(1, size), at(2, flags(names.PROT, 'PROT_NONE')), at(3, flags(names.MAP)), at(4, int), at(5, hex)],
  mprotect: [at(0, address), at(1, size), at(2, flags(names.PROT, 'PROT_NONE'))],
  munmap: [at(0, address), at(1, size)],
  madvise: [at(0, address), at(1, size), at(2, one(names.MADV, 'MADV'))],
  brk: [at(0, address)],
  pipe: [out(0, twoInts)],
  pipe2: [out(0, twoInts), after(1, pipeFlags)],
  dup3: [at(0, int), at(1, int), at(2, pipeFlags)],
  fcntl: [
    at(0, int),
    at(1, one(names.FCNTL, 'F')),
    where(fcntlIs(0, 1030), at(2, int)),
    where(fcntlIs(2), at(2, flags(names.FD_FLAGS))),
    where(fcntlIs(4), at(2, openFlags)),
    where((call) => !fcntlIs(0, 1, 2, 3, 4, 1030)(call), at(2, hex)),
  ],
  nanosleep: [at(0, timespec), remaining(1)],
  clock_nanosleep: [at(0, one(names.CLOCK, 'CLOCK')), at(1, flags(names.TIMER_FLAGS)), at(2, timespec), remaining(3)],
  clock_gettime: [at(0, one(names.CLOCK, 'CLOCK')), out(1, timespec)],
  uname: [out(0, utsname)],
  futex: [
    at(0, address),
    at(1, futexOp),
    at(2, int),
    where(futexIs(0, 9), at(3, timespec)),
    where(futexIs(3, 4), at(3, int)),
    where(futexIs(3, 4), at(4, address)),
    where(futexIs(4), at(5, int)),
    where(futexIs(9, 10), at(5, bitset)),
  ],
  epoll_create1: [at(0, flags(names.EPOLL_CREATE))],
  epoll_ctl: [at(0, int), at(1, one(names.EPOLL_OPS, 'EPOLL_CTL')), at(2, int), at(3, event)],
  epoll_wait: [at(0, int), events, after(2, int), after(3, int)],
  epoll_pwait: [at(0, int), events, after(2, int), after(3, int), after(4, address), after(5, size)],
  eventfd2: [at(0, uint), at(1, flags(names.EFD))],
  socket: [at(0, one(names.AF, 'AF')), at(1, socketType), at(2, int)],
  socketpair: [at(0, one(names.AF, 'AF')), at(1, socketType), at(2, int), out(3, twoInts)],
  shutdown: [at(0, int), at(1, one(names.SHUT, 'SHUT'))],
  sendto: [at(0, int), given(1, 2), at(2, size), at(3, flags(names.MSG)), at(4, address), at(5, int)],
  recvfrom: [at(0, int), filled(1), after(2, size), after(3, flags(names.MSG)), after(4, address), after(5, address)],
  kill: [at(0, int), at(1, signal)],
  tkill: [at(0, int), at(1, signal)],
  tgkill: [at(0, int), at(1, int), at(2, signal)],
  getrandom: [filled(0, quotedHex), after(1, size), after(2, flags(names.GRND))],
  access: [at(0, path), at(1, flags(names.ACCESS, 'F_OK'))],
  faccessat: [at(0, directory), at(1, path), at(2, flags(names.ACCESS, 'F_OK'))],
  unlinkat: [at(0, directory), at(1, path), at(2, flags(names.AT))],
  umask: [at(0, octal)],
  rt_sigaction: [at(0, signal), at(1, address), at(2, address), at(3, size)],
  sigaltstack: [at(0, address), at(1, address)],
};

const MADE = new Map<string, readonly Argument[]>();

/** The arguments of a call in order. */
export function printersOf(name: string): readonly Argument[] {
  const row = Object.hasOwn(ROWS, name) ? ROWS[name] : undefined;
  const known = row ?? MADE.get(name);
  if (known) return known;
  const info = syscallByName(name);
  const typed = (info?.args ?? []).map((parameter, i) => byType(parameter.name, parameter.type, i));
  // Where the parameters were not recorded only their number is known: registers, in hex.
  const made = typed.length > 0 ? typed : Array.from({ length: info?.argc ?? 6 }, (_, i) => at(i, hex));
  MADE.set(name, made);
  return made;
}

function byType(name: string, type: string, i: number): Argument {
  if (type === 'const char *') return name === 'buf' ? at(i, address) : at(i, path);
  if (type.endsWith('*')) return at(i, address);
  if (name === 'dfd' || name === 'olddfd' || name === 'newdfd') return at(i, directory);
  if (name === 'sig') return at(i, signal);
  switch (type) {
    case 'umode t':
    case 'mode t':
      return at(i, octal);
    case 'int':
    case 'pid t':
    case 's32':
      return at(i, int);
    case 'unsigned int':
    case 'u32':
    case 'uid t':
    case 'gid t':
      return name === 'fd' || name.endsWith('fd') ? at(i, int) : at(i, uint);
    case 'off t':
    case 'loff t':
    case 'long':
      return at(i, long);
    case 'size t':
      return at(i, size);
    default:
      return at(i, hex);
  }
}
