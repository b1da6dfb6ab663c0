/**
 * User memory that system calls read or write. Three kinds of range: blocks for a scenario's arguments, on whole pages of their own, of which
 * the first bytes are kept as hex by their first address (KernelState.mem) and the others are zero; what mmap has made (KernelState.maps), whose bytes come from the file or are zero until they are
 * written, when pieces of CHUNK bytes stand in KernelState.mem, too; and the caller's own stack.
 */
import type { SyscallArgument } from '../setting';
import type { KernelMap, KernelState } from '../kernel-state';
import type { Json } from '../state';
import { bytesOfHex, fromLittleEndian, hexOfBytes, littleEndian, zeros } from './bytes';
import { fileBytes, putIntoFile } from './file-data';
import { utf8Bytes } from './utf8';

/** The stack of the goroutine that makes the call: words of 8 bytes by address, as the CPU keeps them (GRow.stack). */
export interface StackMemory {
  readonly bottom: bigint;
  readonly top: bigint;
  word(address: bigint): bigint;
  setWord(address: bigint, value: bigint): void;
}

/** What memory needs of the kernel's port. */
export interface MemoryPort {
  readonly kernel: KernelState;
  readonly stack?: StackMemory;
  set(path: readonly string[], value: Json): void;
  /** Told how many bytes are read: a run ends when its calls have copied too many. What is written is counted where it is set. */
  copied?(bytes: number): void;
}

export type ReadableMemory = Pick<MemoryPort, 'kernel' | 'stack' | 'copied'>;

export type Access = 'read' | 'write';

/** Blocks for a scenario's arguments begin here, above all stacks; behind each lies a page that is nobody's. */
const HEAP_BASE = 0xc100000000n;
export const PAGE = 0x1000n;
/** mmap hands out addresses from here downwards. */
export const MAP_TOP = 0x7ffff7fff000n;
/** Below lie the blocks, above what mmap made. */
export const MAP_BOTTOM = 0x700000000000n;
/** Where user addresses end (47 bits). */
export const USER_END = 0x7ffffffff000n;
const CHUNK = 256n;
/** What may be written or executed may be read. */
const PROT: Record<Access, number> = { read: 7, write: 2 };

interface Block {
  key: string;
  base: bigint;
  /** Where its last page ends: what lies behind the bytes that are kept is zero. */
  end: bigint;
}

const pagesEnd = (base: bigint, bytes: number): bigint => base + ((BigInt(Math.max(1, bytes)) + PAGE - 1n) / PAGE) * PAGE;

function blockAt(kernel: KernelState, address: bigint): Block | null {
  // Mostly a pointer leads to a block's first byte: with ten thousand blocks a search would be most of a system call's time.
  const exact = kernel.mem[keyOf(address)];
  if (exact !== undefined) return { key: keyOf(address), base: address, end: pagesEnd(address, exact.length / 2) };
  // Every block begins on a page of its own, and most have no other.
  const first = kernel.mem[keyOf(address - (address % PAGE))];
  for (const [key, digits] of first === undefined ? Object.entries(kernel.mem) : [[keyOf(address - (address % PAGE)), first] as const]) {
    const base = BigInt(key);
    const end = pagesEnd(base, digits.length / 2);
    if (address >= base && address < end && base < MAP_BOTTOM) return { key, base, end };
  }
  return null;
}

export function mapAt(kernel: KernelState, address: bigint): KernelMap | null {
  return kernel.maps.find((map) => address >= BigInt(map.start) && address < BigInt(map.start) + BigInt(map.bytes)) ?? null;
}

/** Where the range around `address` ends; null: nothing is there, or nothing that may be used so. */
function endOfRange({ kernel, stack }: ReadableMemory, address: bigint, access: Access): bigint | null {
  if (stack && address >= stack.bottom && address < stack.top) return stack.top;
  if (address >= MAP_BOTTOM) {
    const map = mapAt(kernel, address);
    const end = map && (map.prot & PROT[access]) !== 0 ? endOfMap(kernel, map) : null;
    return end !== null && end > address ? end : null;
  }
  return blockAt(kernel, address)?.end ?? null;
}

/** Behind the page in which a file ends there is nothing, however long its mapping is. */
function endOfMap(kernel: KernelState, map: KernelMap): bigint {
  const start = BigInt(map.start);
  if (map.path === '') return start + BigInt(map.bytes);
  const held = Math.max(0, fileBytes({ kernel }, map.path).length - map.offset);
  const pages = Math.ceil(held / Number(PAGE)) * Number(PAGE);
  return start + BigInt(Math.min(map.bytes, pages));
}

/** How many of `length` bytes from `address` on may be read or written before the first that may not. */
export function mappedBytes(port: ReadableMemory, address: bigint, length: number, access: Access): number {
  const wanted = address + BigInt(length);
  let reached = address;
  while (reached < wanted) {
    const end = endOfRange(port, reached, access);
    if (end === null) break;
    reached = end;
  }
  return Number((reached < wanted ? reached : wanted) - address);
}

/** Whether all of `length` bytes from `address` on may be written; a length of 0 asks nothing. */
export function isMapped(port: ReadableMemory, address: bigint, length: number): boolean {
  return mappedBytes(port, address, length, 'write') === length;
}

/** The kernel's access_ok: whether a program may name such addresses at all. */
export function isUserRange(address: bigint, length: bigint): boolean {
  return length <= USER_END && address <= USER_END - length;
}

/** null: not all of it may be read. */
export function readMemory(port: ReadableMemory, address: bigint, length: number): number[] | null {
  if (mappedBytes(port, address, length, 'read') < length) return null;
  port.copied?.(length);
  const bytes: number[] = [];
  while (bytes.length < length) {
    const at = address + BigInt(bytes.length);
    const piece = pieceAt(port, at, length - bytes.length);
    for (const byte of piece) bytes.push(byte);
  }
  return bytes;
}

/** The bytes from `address` to the end of its block, chunk or word of the stack, but no more than `most`. */
function pieceAt({ kernel, stack }: ReadableMemory, address: bigint, most: number): number[] {
  if (stack && address >= stack.bottom && address < stack.top) {
    const within = Number(address % 8n);
    return littleEndian(stack.word(address - BigInt(within)), 8).slice(within, within + most);
  }
  if (address < MAP_BOTTOM) {
    const block = blockAt(kernel, address);
    if (!block) return [];
    const from = Number(address - block.base) * 2;
    const length = Math.min(most, Number(block.end - address));
    const kept = bytesOfHex((kernel.mem[block.key] ?? '').slice(from, from + 2 * length));
    return kept.length === length ? kept : kept.concat(zeros(length - kept.length));
  }
  const within = Number(address % CHUNK);
  return chunk(kernel, address - BigInt(within)).slice(within, within + most);
}

function chunk(kernel: KernelState, base: bigint): readonly number[] {
  const map = mapAt(kernel, base);
  const written = map && isShared(map) ? undefined : kernel.mem[keyOf(base)];
  if (written !== undefined) return bytesOfHex(written);
  if (!map || map.path === '') return ZEROS;
  const from = map.offset + Number(base - BigInt(map.start));
  const held = fileBytes({ kernel }, map.path).slice(from, from + Number(CHUNK));
  return [...held, ...ZEROS.slice(held.length)];
}

const ZEROS: readonly number[] = zeros(Number(CHUNK));

/** A file that is mapped shared has its bytes in the file, not here. */
const isShared = ({ flags, path }: KernelMap): boolean => path !== '' && (flags & MAP_TYPE) !== MAP_PRIVATE;
const MAP_TYPE = 0xf;
const MAP_PRIVATE = 2;

function keyOf(address: bigint): string {
  return `0x${address.toString(16)}`;
}

/** False: not all of it may be written, and nothing was. */
export function writeMemory(port: MemoryPort, address: bigint, bytes: readonly number[]): boolean {
  if (!isMapped(port, address, bytes.length)) return false;
  for (let done = 0; done < bytes.length;) done += writePiece(port, address + BigInt(done), bytes, done);
  return true;
}

/** Writes bytes[done] … as far as the block, chunk or word goes; how many bytes that were. */
function writePiece(port: MemoryPort, address: bigint, bytes: readonly number[], done: number): number {
  const { kernel, stack } = port;
  if (stack && address >= stack.bottom && address < stack.top) return writeWord(stack, address, bytes.slice(done, done + 8));
  const map = address < MAP_BOTTOM ? null : mapAt(kernel, address);
  if (map && isShared(map)) return writeShared(port, map, address, bytes.slice(done));
  const block = address < MAP_BOTTOM ? blockAt(kernel, address) : null;
  const base = block?.base ?? address - (address % CHUNK);
  const kept = block ? (kernel.mem[block.key] ?? '') : hexOfBytes(chunk(kernel, base));
  const from = Number(address - base) * 2;
  const room = Number((block?.end ?? base + CHUNK) - address);
  const piece = done === 0 && bytes.length <= room ? bytes : bytes.slice(done, done + room);
  const old = kept.padEnd(from + piece.length * 2, '0');
  placedIn.get(kernel.mem)?.strings.clear();
  port.set(['mem', keyOf(base)], old.slice(0, from) + hexOfBytes(piece) + old.slice(from + piece.length * 2));
  return piece.length;
}

/** What lies behind the file's end in its last page is written, and lost. */
function writeShared(port: MemoryPort, map: KernelMap, address: bigint, bytes: readonly number[]): number {
  const at = map.offset + Number(address - BigInt(map.start));
  const piece = bytes.slice(0, Number(BigInt(map.start) + BigInt(map.bytes) - address));
  const room = Math.max(0, fileBytes(port, map.path).length - at);
  putIntoFile(port, map.path, at, piece.slice(0, room));
  return piece.length;
}

function writeWord(stack: StackMemory, address: bigint, bytes: readonly number[]): number {
  const within = Number(address % 8n);
  const base = address - BigInt(within);
  const old = littleEndian(stack.word(base), 8);
  const piece = bytes.slice(0, 8 - within);
  stack.setWord(base, fromLittleEndian([...old.slice(0, within), ...piece, ...old.slice(within + piece.length)]));
  return piece.length;
}

/** Copies into user memory as far as it goes, as the kernel's copy_to_user does; how many bytes arrived. */
export function copyOut(port: MemoryPort, address: bigint, bytes: readonly number[]): number {
  const room = mappedBytes(port, address, bytes.length, 'write');
  writeMemory(port, address, room < bytes.length ? bytes.slice(0, room) : bytes);
  return room;
}

/** Copies out of user memory as far as it goes. */
export function copyIn(port: ReadableMemory, address: bigint, length: number): number[] {
  return readMemory(port, address, mappedBytes(port, address, length, 'read')) ?? [];
}

/**
 * Where bytes go or come from: one range, or several as an array of struct iovec has them. `held`: they come from no memory of the program's,
 * but from a file's pages, as sendfile has them; `at` is then the place in the file.
 */
export type Ranges = readonly { readonly at: bigint; readonly bytes: number; readonly held?: readonly number[] }[];

export const totalOf = (ranges: Ranges): number => ranges.reduce((sum, { bytes }) => sum + bytes, 0);

/** Copies into the ranges, from byte `from` of them on, as far as it goes; how many bytes arrived. */
export function scatter(port: MemoryPort, ranges: Ranges, from: number, bytes: readonly number[]): number {
  let [before, done] = [0, 0];
  for (const { at, bytes: length } of ranges) {
    const skip = Math.max(0, from + done - before);
    if (skip < length && done < bytes.length) {
      const part = bytes.slice(done, done + length - skip);
      const moved = copyOut(port, at + BigInt(skip), part);
      done += moved;
      if (moved < part.length) break;
    }
    before += length;
  }
  return done;
}

/** Copies out of the ranges as far as it goes. */
export function gather(port: ReadableMemory, ranges: Ranges, from: number, length: number): number[] {
  const gathered: number[] = [];
  let before = 0;
  for (const { at, bytes, held } of ranges) {
    const skip = Math.max(0, from + gathered.length - before);
    if (skip < bytes && gathered.length < length) {
      const wanted = Math.min(bytes - skip, length - gathered.length);
      const part = held?.slice(skip, skip + wanted) ?? copyIn(port, at + BigInt(skip), wanted);
      for (const byte of part) gathered.push(byte);
      if (part.length < wanted) break;
    }
    before += bytes;
  }
  return gathered;
}

/** How much of the ranges can be read before the first byte that cannot. */
export function readableBytes(port: ReadableMemory, ranges: Ranges): number {
  let sum = 0;
  for (const { at, bytes } of ranges) {
    const reached = mappedBytes(port, at, bytes, 'read');
    sum += reached;
    if (reached < bytes) break;
  }
  return sum;
}

/** Takes away the written pieces of a range. */
export function forget(port: MemoryPort, from: bigint, to: bigint): void {
  const entries = Object.entries(port.kernel.mem);
  const kept = entries.filter(([key]) => BigInt(key) < from || BigInt(key) >= to);
  if (kept.length < entries.length) port.set(['mem'], Object.fromEntries(kept));
}

/** The bytes of a string before its NUL byte. null: the memory ends before; without one within `most` bytes, all of these. */
export function readString(port: ReadableMemory, address: bigint, most: number): number[] | null {
  const mapped = mappedBytes(port, address, most, 'read');
  const bytes = readMemory(port, address, mapped) ?? [];
  const end = bytes.indexOf(0);
  if (end >= 0) return bytes.slice(0, end);
  return mapped < most ? null : bytes;
}

/** What `place` knows of a table of blocks, so that it need not go through all of them each time. */
interface Placed {
  /** Where the next block begins. */
  next: bigint;
  /** The first block that holds these bytes, by the bytes in hex; empty whenever a block has been written. */
  readonly strings: Map<string, string>;
}

/** By KernelState.mem, which is another object when a block goes away. */
const placedIn = new WeakMap<KernelState['mem'], Placed>();

const endOfPage = (key: string, held: string): bigint => ((BigInt(key) + BigInt(held.length / 2) + PAGE - 1n) / PAGE) * PAGE + PAGE;

function placed({ mem }: KernelState): Placed {
  let found = placedIn.get(mem);
  if (!found) placedIn.set(mem, (found = { next: HEAP_BASE, strings: new Map() }));
  // A block at that address: somebody else has put one there.
  if (found.next === HEAP_BASE || mem[keyOf(found.next)] !== undefined) {
    for (const [key, held] of Object.entries(mem)) {
      if (BigInt(key) >= MAP_BOTTOM) continue;
      const next = endOfPage(key, held);
      if (next > found.next) found.next = next;
    }
  }
  return found;
}

/** What an argument that is an address points at, before the call: the bytes in hex. */
function argumentDigits(argument: Exclude<SyscallArgument, number>): string {
  if (typeof argument === 'string') return hexOfBytes([...utf8Bytes(argument), 0]);
  if ('buf' in argument) return '00'.repeat(argument.buf);
  return hexOfBytes(argument.words.flatMap((word) => littleEndian(BigInt.asUintN(64, BigInt(word)), 8)));
}

/** Puts a scenario's argument into memory and returns its address: a string with its NUL byte, a zeroed buffer, or a struct. Equal strings share a block. */
export function place(port: MemoryPort, argument: Exclude<SyscallArgument, number>): bigint {
  const digits = argumentDigits(argument);
  const { mem } = port.kernel;
  const known = placed(port.kernel);
  if (typeof argument === 'string') {
    const same = known.strings.get(digits) ?? Object.keys(mem).find((key) => mem[key] === digits && BigInt(key) < MAP_BOTTOM);
    if (same !== undefined) {
      known.strings.set(digits, same);
      return BigInt(same);
    }
  }
  return placeDigits(port, known, digits);
}

/** Puts an argument where `place` has put it before. Nothing when its block is gone. */
export function placeAgain(port: MemoryPort, argument: Exclude<SyscallArgument, number | string>, base: bigint): void {
  const held = port.kernel.mem[keyOf(base)];
  if (held === undefined) return;
  const digits = argumentDigits(argument);
  placedIn.get(port.kernel.mem)?.strings.clear();
  port.set(['mem', keyOf(base)], digits + held.slice(digits.length));
}

function placeDigits(port: MemoryPort, known: Placed, digits: string): bigint {
  const base = known.next;
  known.next = endOfPage(keyOf(base), digits);
  port.set(['mem', keyOf(base)], digits);
  return base;
}

/** Puts bytes into memory, on pages of their own. */
export function placeBytes(port: MemoryPort, bytes: readonly number[]): bigint {
  return placeDigits(port, placed(port.kernel), hexOfBytes(bytes));
}
