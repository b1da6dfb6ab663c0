/** Arrays of struct iovec: where the pieces of one read or write lie. */
import type { KernelPort } from './answer';
import { fromLittleEndian } from './bytes';
import { isUserRange, type Ranges, readMemory } from './memory';

/** UIO_MAXIOV. */
const MOST_PIECES = 1024;
/** No call moves more than this (MAX_RW_COUNT). */
export const MOST_BYTES = 0x7ffff000;
const IOVEC_BYTES = 16;

export function rangesAt(port: KernelPort, address: bigint, count: bigint): Ranges | 'EINVAL' | 'EFAULT' {
  const pieces = BigInt.asUintN(64, count);
  if (pieces > BigInt(MOST_PIECES)) return 'EINVAL';
  const held = readMemory(port, address, Number(pieces) * IOVEC_BYTES);
  if (!held) return 'EFAULT';
  const given = Array.from({ length: Number(pieces) }, (_, i) => ({
    at: fromLittleEndian(held.slice(IOVEC_BYTES * i, IOVEC_BYTES * i + 8)),
    length: fromLittleEndian(held.slice(IOVEC_BYTES * i + 8, IOVEC_BYTES * (i + 1))),
  }));
  // All lengths are looked at before any address is.
  if (given.some(({ length }) => BigInt.asIntN(64, length) < 0n)) return 'EINVAL';
  if (given.some(({ at, length }) => !isUserRange(at, length))) return 'EFAULT';
  const ranges: { at: bigint; bytes: number }[] = [];
  let total = 0;
  for (const { at, length } of given) {
    const bytes = Math.min(Number(length), MOST_BYTES - total);
    total += bytes;
    ranges.push({ at, bytes });
  }
  return ranges;
}

/** One piece, as read and write have it. */
export const oneRange = (at: bigint, bytes: number): Ranges => [{ at, bytes }];
