/**
 * User memory that system calls read or write. Three kinds of range: blocks of bytes for a scenario's arguments, kept as hex by their
 * first address (KernelState.mem); what mmap has made (KernelState.maps), whose bytes come from the file or are zero until they are
 * written, when pieces of CHUNK bytes stand in KernelState.mem, too; and the caller's own stack.
 */
import type { SyscallArgument } from '../setting';
import type { Json, KernelFile, KernelMap, KernelState } from '../state';
import { bytesOfHex, fromLittleEndian, hexOfBytes, littleEndian } from './bytes';
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
}

export type ReadableMemory = Pick<MemoryPort, 'kernel' | 'stack'>;

export type Access = 'read' | 'write';

/** Blocks for a scenario's arguments begin here, above all stacks; each on a page of its own, so that a step beyond its end faults. */
const HEAP_BASE = 0xc100000000n;
export const PAGE = 0x1000n;
/** mmap hands out addresses from here downwards. */
export const MAP_TOP = 0x7ffff7fff000n;
/** Below lie the blocks, above what mmap made. */
export const MAP_BOTTOM = 0x700000000000n;
/** Where user addresses end (47 bits). */
export const USER_END = 0x7ffffffff000n;
const CHUNK = 256n;
const PROT: Record<Access, number> = { read: 1, write: 2 };

interface Block {
  key: string;
  base: bigint;
  bytes: number;
}

function blockAt(kernel: KernelState, address: bigint): Block | null {
  // Mostly a pointer leads to a block's first byte: with ten thousand blocks a search would be most of a system call's time.
  const exact = kernel.mem[keyOf(address)];
  if (exact !== undefined && exact !== '') return { key: keyOf(address), base: address, bytes: exact.length / 2 };
  for (const [key, digits] of Object.entries(kernel.mem)) {
    const base = BigInt(key);
    if (address >= base && address < base + BigInt(digits.length / 2)) return { key, base, bytes: digits.length / 2 };
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
    return map && (map.prot & PROT[access]) !== 0 ? BigInt(map.start) + BigInt(map.bytes) : null;
  }
  const block = blockAt(kernel, address);
  return block && block.base + BigInt(block.bytes);
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
    const from = block ? Number(address - block.base) * 2 : 0;
    return block ? bytesOfHex((kernel.mem[block.key] ?? '').slice(from, from + 2 * most)) : [];
  }
  const within = Number(address % CHUNK);
  return chunk(kernel, address - BigInt(within)).slice(within, within + most);
}

function chunk(kernel: KernelState, base: bigint): number[] {
  const written = kernel.mem[keyOf(base)];
  if (written !== undefined) return bytesOfHex(written);
  const map = mapAt(kernel, base);
  const zeros = Array.from({ length: Number(CHUNK) }, () => 0);
  if (!map || map.path === '') return zeros;
  const from = map.offset + Number(base - BigInt(map.start));
  const file = kernel.files[map.path];
  const held = file ? bytesOfFile(file).slice(from, from + Number(CHUNK)) : [];
  return [...held, ...zeros.slice(held.length)];
}

/** The bytes of files that were looked at, as long as their rows are in use: a mapping is read chunk by chunk. */
const bytesOf = new WeakMap<KernelFile, { data: string; bytes: readonly number[] }>();

function bytesOfFile(file: KernelFile): readonly number[] {
  const before = bytesOf.get(file);
  if (before?.data === file.data) return before.bytes;
  const bytes = utf8Bytes(file.data);
  bytesOf.set(file, { data: file.data, bytes });
  return bytes;
}

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
  const block = address < MAP_BOTTOM ? blockAt(kernel, address) : null;
  const base = block?.base ?? address - (address % CHUNK);
  const old = block ? (kernel.mem[block.key] ?? '') : hexOfBytes(chunk(kernel, base));
  const from = Number(address - base) * 2;
  const piece = bytes.slice(done, done + (old.length - from) / 2);
  placedIn.get(kernel.mem)?.strings.clear();
  port.set(['mem', keyOf(base)], old.slice(0, from) + hexOfBytes(piece) + old.slice(from + piece.length * 2));
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
  writeMemory(port, address, bytes.slice(0, room));
  return room;
}

/** Copies out of user memory as far as it goes. */
export function copyIn(port: ReadableMemory, address: bigint, length: number): number[] {
  return readMemory(port, address, mappedBytes(port, address, length, 'read')) ?? [];
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

/** Puts a scenario's argument into memory and returns its address: a string with its NUL byte, or a zeroed buffer. Equal strings share a block. */
export function place(port: MemoryPort, argument: Exclude<SyscallArgument, number>): bigint {
  const bytes = typeof argument === 'string' ? [...utf8Bytes(argument), 0] : Array.from({ length: argument.buf }, () => 0);
  const digits = hexOfBytes(bytes);
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
