/**
 * How strace(1) prints the arguments of a call: what the families build their rows' `print` of, and the printers by parameter type for
 * those rows that have none.
 */
import type { Arch } from '../arch';
import { fromLittleEndian } from './bytes';
import * as names from './flag-names';
import { mappedBytes, type ReadableMemory, readMemory, readString } from './memory';

/** A call as strace sees it. */
export interface TracedCall {
  name: string;
  arch: Arch;
  args: readonly bigint[];
  /** The model had nothing to say about it. */
  unmodelled?: boolean;
}

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

export type Value = (value: bigint, memory: ReadableMemory, call: TracedCall) => string;

/** Strings are cut here (strace -s). */
const STRING_BYTES = 32;
const PATH_BYTES = 4096;

export const int: Value = (value) => BigInt.asIntN(32, value).toString();
export const uint: Value = (value) => BigInt.asUintN(32, value).toString();
export const long: Value = (value) => BigInt.asIntN(64, value).toString();
export const size: Value = (value) => BigInt.asUintN(64, value).toString();
export const hex = (value: bigint): string => (value === 0n ? '0' : `0x${value.toString(16)}`);
export const address = (value: bigint): string => (value === 0n ? 'NULL' : `0x${value.toString(16)}`);
export const octal: Value = (value) => (value === 0n ? '000' : `0${BigInt.asUintN(32, value).toString(8)}`);
export const directory: Value = (value) => (Number(BigInt.asIntN(32, value)) === -100 ? 'AT_FDCWD' : BigInt.asIntN(32, value).toString());
export const signal: Value = (value) => names.signalName(Number(BigInt.asIntN(32, value)));

export const word = (value: bigint): number => Number(BigInt.asUintN(32, value));
export const flags =
  (table: names.Names, zero?: string): Value =>
  (value) =>
    names.flagNames(word(value), table, zero);
export const one =
  (table: names.Names, group: string): Value =>
  (value) =>
    names.oneName(word(value), table, group);
export const openFlags: Value = (value, _kernel, { arch }) => names.openFlagNames(word(value), arch);
export const pipeFlags: Value = (value, _kernel, { arch }) =>
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
export function quotedHex(bytes: readonly number[]): string {
  const text = bytes.slice(0, STRING_BYTES).map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`);
  return `"${text.join('')}"${bytes.length > STRING_BYTES ? '...' : ''}`;
}

/** A string in memory up to its NUL byte. */
export const path: Value = (value, memory) => {
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

export function struct(memory: ReadableMemory, at: bigint, bytes: number, print: (held: readonly number[]) => string): string {
  const held = at === 0n ? null : readMemory(memory, at, bytes);
  return held ? print(held) : address(at);
}

export const field = (held: readonly number[], at: number, bytes: number): bigint => fromLittleEndian(held.slice(at, at + bytes));

export const twoInts: Value = (value, memory) =>
  struct(memory, value, 8, (held) => `[${BigInt.asIntN(32, field(held, 0, 4))}, ${BigInt.asIntN(32, field(held, 4, 4))}]`);

/** An argument that can be printed when the call is made: number `i` of the call. */
export function at(i: number, print: Value): Argument {
  return { late: false, print: (memory, call) => print(call.args[i] ?? 0n, memory, call) };
}

/** One that only a call that went well has filled in; else its address. */
export function out(i: number, print: Value): Argument {
  return {
    late: true,
    print: (memory, call, finished) => (finished && !finished.failed ? print : address)(call.args[i] ?? 0n, memory, call),
  };
}

/** One that comes after such a one. */
export function after(i: number, print: Value): Argument {
  return { late: true, print: (memory, call) => print(call.args[i] ?? 0n, memory, call) };
}

/** A buffer that the call fills, as many bytes as it returned. */
export function filled(i: number, how?: (bytes: readonly number[]) => string): Argument {
  return {
    late: true,
    print: (memory, call, finished) =>
      finished && !finished.failed
        ? buffer(memory, call.args[i] ?? 0n, finished.result < 0n ? 0n : finished.result, how)
        : address(call.args[i] ?? 0n),
  };
}

/** A buffer that the call takes, as long as argument `length` says. */
export function given(i: number, length: number): Argument {
  return at(i, (value, memory, call) => buffer(memory, value, call.args[length] ?? 0n));
}

/** Present only where another argument says so. */
export function where(condition: (call: TracedCall) => boolean, argument: Argument): Argument {
  return { late: argument.late, print: (memory, call, finished) => (condition(call) ? argument.print(memory, call, finished) : '') };
}

/** A result that is an address. */
export function addressResult({ result }: Finished): string {
  return `0x${BigInt.asUintN(64, result).toString(16)}`;
}

/** A parameter as the kernel declares it. */
export interface Parameter {
  name: string;
  type: string;
}

/** The arguments of a call whose row does not say how they are printed. Where the parameters were not recorded: `argc` registers, in hex. */
export function printersByType(args: readonly Parameter[], argc: number): readonly Argument[] {
  if (args.length > 0) return args.map((parameter, i) => byType(parameter, i));
  return registers(argc);
}

/** The registers of a call of which only the number of arguments is known. */
export function registers(count: number): readonly Argument[] {
  return Array.from({ length: count }, (_, i) => at(i, hex));
}

function byType({ name, type }: Parameter, i: number): Argument {
  if (type === 'const char *') return name === 'buf' ? at(i, address) : at(i, path);
  if (type.endsWith('*')) return at(i, address);
  if (name === 'dfd' || name === 'olddfd' || name === 'newdfd') return at(i, directory);
  if (name === 'sig') return at(i, signal);
  switch (type) {
    case 'umode_t':
    case 'mode_t':
      return at(i, octal);
    case 'int':
    case 'pid_t':
    case 's32':
      return at(i, int);
    case 'unsigned int':
    case 'u32':
    case 'uid_t':
    case 'gid_t':
      return name === 'fd' || name.endsWith('fd') ? at(i, int) : at(i, uint);
    case 'off_t':
    case 'loff_t':
    case 'long':
      return at(i, long);
    case 'size_t':
      return at(i, size);
    default:
      return at(i, hex);
  }
}
