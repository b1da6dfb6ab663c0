/** User memory that system calls read or write: blocks of bytes, kept as hex by their first address (KernelState.mem). */
import type { SyscallArgument } from '../scenario';
import type { Json, KernelState } from '../state';
import { utf8Bytes } from './utf8';

/** What memory needs of the kernel's port. */
export interface MemoryPort {
  readonly kernel: KernelState;
  set(path: readonly string[], value: Json): void;
}

/** Blocks for a scenario's arguments begin here; each on a page of its own, so that a step beyond its end faults. */
const HEAP_BASE = 0xc000100000n;
const PAGE = 0x1000n;

interface Block {
  key: string;
  base: bigint;
  bytes: number;
}

function blockAt(kernel: KernelState, address: bigint): Block | null {
  for (const [key, bytes] of Object.entries(kernel.mem)) {
    const base = BigInt(key);
    if (address >= base && address < base + BigInt(bytes.length / 2)) return { key, base, bytes: bytes.length / 2 };
  }
  return null;
}

/** Whether `length` bytes from `address` on lie in one block. */
export function isMapped({ kernel }: MemoryPort, address: bigint, length: number): boolean {
  const block = blockAt(kernel, address);
  return block !== null && address + BigInt(length) <= block.base + BigInt(block.bytes);
}

/** null: not mapped. */
export function readMemory(port: MemoryPort, address: bigint, length: number): number[] | null {
  const block = blockAt(port.kernel, address);
  if (!block || !isMapped(port, address, length)) return null;
  const from = Number(address - block.base) * 2;
  const digits = (port.kernel.mem[block.key] ?? '').slice(from, from + length * 2);
  return Array.from({ length }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16));
}

/** False: not mapped, and nothing written. */
export function writeMemory(port: MemoryPort, address: bigint, bytes: readonly number[]): boolean {
  if (bytes.length === 0) return true;
  const block = blockAt(port.kernel, address);
  if (!block || !isMapped(port, address, bytes.length)) return false;
  const old = port.kernel.mem[block.key] ?? '';
  const from = Number(address - block.base) * 2;
  port.set(['mem', block.key], old.slice(0, from) + hexBytes(bytes) + old.slice(from + bytes.length * 2));
  return true;
}

function hexBytes(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Puts a scenario's argument into memory and returns its address: a string with its NUL byte, or a zeroed buffer. Equal ones share a block. */
export function place(port: MemoryPort, argument: Exclude<SyscallArgument, number>): bigint {
  const bytes = typeof argument === 'string' ? [...utf8Bytes(argument), 0] : Array.from({ length: argument.buf }, () => 0);
  const digits = hexBytes(bytes);
  if (typeof argument === 'string') {
    const same = Object.entries(port.kernel.mem).find(([, held]) => held === digits);
    if (same) return BigInt(same[0]);
  }
  let base = HEAP_BASE;
  for (const [key, held] of Object.entries(port.kernel.mem)) {
    const end = BigInt(key) + BigInt(held.length / 2);
    const next = ((end + PAGE - 1n) / PAGE) * PAGE + PAGE;
    if (next > base) base = next;
  }
  port.set(['mem', `0x${base.toString(16)}`], digits);
  return base;
}
