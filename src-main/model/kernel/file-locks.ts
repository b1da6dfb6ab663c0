/**
 * Locks on files. A process's own (F_SETLK) never stand against each other, and there is one process; those of open files (F_OFD_SETLK,
 * flock) do. `owner`: 0 the process, else a description.
 */
import type { FileLock, KernelFd } from '../kernel-state';
import type { Json } from '../state';
import { error, give, type KernelAnswer, type KernelPort } from './answer';
import { fromLittleEndian, littleEndian } from './bytes';
import { mayRead, mayWrite } from './descriptor-table';
import { fileBytes } from './file-data';
import { readMemory, writeMemory } from './memory';

export const F_RDLCK = 0;
export const F_WRLCK = 1;
export const F_UNLCK = 2;
/** struct flock: type, whence, start, length, pid. */
const FLOCK_BYTES = 32;
const END = Number.MAX_SAFE_INTEGER;

interface Range {
  type: number;
  from: number;
  /** Exclusive. */
  to: number;
}

const signed = (bytes: readonly number[]): bigint => BigInt.asIntN(bytes.length * 8, fromLittleEndian(bytes));

const startOf = (port: KernelPort, open: KernelFd, whence: number): number | null =>
  whence === 0 ? 0 : whence === 1 ? open.offset : whence === 2 ? (open.kind === 'file' ? fileBytes(port, open.path).length : 0) : null;

function rangeIn(port: KernelPort, open: KernelFd, held: readonly number[]): Range | 'EINVAL' | 'EOVERFLOW' {
  const type = Number(signed(held.slice(0, 2)));
  const base = startOf(port, open, Number(signed(held.slice(2, 4))));
  if (base === null) return 'EINVAL';
  const start = BigInt(base) + signed(held.slice(8, 16));
  const length = signed(held.slice(16, 24));
  if (start > 0x7fffffffffffffffn) return 'EOVERFLOW';
  if (start < 0n || (length < 0n && start + length < 0n)) return 'EINVAL';
  if (length > 0n && start + length - 1n > 0x7fffffffffffffffn) return 'EOVERFLOW';
  const [from, to] = length < 0n ? [start + length, start] : [start, length === 0n ? BigInt(END) : start + length];
  if (![F_RDLCK, F_WRLCK, F_UNLCK].includes(type)) return 'EINVAL';
  return { type, from: Number(from), to: to > BigInt(END) ? END : Number(to) };
}

const overlaps = (a: Range, b: Range): boolean => a.from < b.to && b.from < a.to;

function conflict(port: KernelPort, open: KernelFd, owner: number, range: Range): FileLock | undefined {
  return (port.kernel.locks ?? []).find(
    (lock) =>
      lock.on === placeOf(open) &&
      !lock.whole &&
      lock.owner !== owner &&
      overlaps(lock, range) &&
      (lock.type === F_WRLCK || range.type === F_WRLCK),
  );
}

/** What is locked: two descriptors of the same file are the same. */
const placeOf = ({ kind, path, object }: KernelFd): string => (kind === 'file' || kind === 'dir' ? path : `${kind}:${object}`);

/** F_GETLK and F_OFD_GETLK. */
export function askLock(port: KernelPort, open: KernelFd, address: bigint, isOpenFile: boolean): KernelAnswer {
  const held = readMemory(port, address, FLOCK_BYTES);
  if (!held) return error('EFAULT');
  const type = Number(signed(held.slice(0, 2)));
  if (!isOpenFile ? ![F_RDLCK, F_WRLCK].includes(type) : ![F_RDLCK, F_WRLCK, F_UNLCK].includes(type)) return error('EINVAL');
  const range = rangeIn(port, open, held);
  if (typeof range === 'string') return error(range);
  if (isOpenFile && fromLittleEndian(held.slice(24, 28)) !== 0n) return error('EINVAL');
  const other = conflict(port, open, isOpenFile ? open.description : 0, range);
  const told = other
    ? [
        ...littleEndian(other.type, 2),
        ...littleEndian(0, 2),
        ...held.slice(4, 8),
        ...littleEndian(other.from, 8),
        ...littleEndian(other.to === END ? 0 : other.to - other.from, 8),
        ...littleEndian(BigInt.asUintN(32, other.owner === 0 ? BigInt(port.kernel.pid) : -1n), 4),
        ...held.slice(28),
      ]
    : [...littleEndian(F_UNLCK, 2), ...held.slice(2)];
  return writeMemory(port, address, told) ? give(0) : error('EFAULT');
}

/** F_SETLK, F_SETLKW and the same for open files. `conflicting`: what it answers when somebody else has the lock. */
export function setLock(
  port: KernelPort,
  open: KernelFd,
  address: bigint,
  isOpenFile: boolean,
  conflicting: () => KernelAnswer,
): KernelAnswer {
  const held = readMemory(port, address, FLOCK_BYTES);
  if (!held) return error('EFAULT');
  const range = rangeIn(port, open, held);
  if (typeof range === 'string') return error(range);
  if ((range.type === F_RDLCK && !mayRead(open)) || (range.type === F_WRLCK && !mayWrite(open))) return error('EBADF');
  if (isOpenFile && fromLittleEndian(held.slice(24, 28)) !== 0n) return error('EINVAL');
  const owner = isOpenFile ? open.description : 0;
  if (range.type !== F_UNLCK && conflict(port, open, owner, range)) return conflicting();
  const on = placeOf(open);
  const others = (port.kernel.locks ?? []).flatMap((lock) =>
    lock.on === on && lock.owner === owner && !lock.whole ? without(lock, range) : [lock],
  );
  setLocks(port, range.type === F_UNLCK ? others : [...others, { on, owner, whole: false, ...range }]);
  return give(0);
}

/** What is left of a lock when a range is taken out of it. */
function without(lock: FileLock, range: Range): FileLock[] {
  if (!overlaps(lock, range)) return [lock];
  return [...(lock.from < range.from ? [{ ...lock, to: range.from }] : []), ...(lock.to > range.to ? [{ ...lock, from: range.to }] : [])];
}

function setLocks(port: KernelPort, locks: readonly FileLock[]): void {
  port.set(['locks'], locks as unknown as Json);
}

/** flock(2): one lock on the whole file, an open file’s own. */
export function lockWhole(port: KernelPort, open: KernelFd, type: number, conflicting: () => KernelAnswer): KernelAnswer {
  const on = placeOf(open);
  const others = (port.kernel.locks ?? []).filter((lock) => !(lock.whole && lock.owner === open.description));
  if (type !== F_UNLCK) {
    const isTaken = others.some((lock) => lock.whole && lock.on === on && (lock.type === F_WRLCK || type === F_WRLCK));
    if (isTaken) {
      // The old lock is given up before the new one is asked for.
      if (others.length < (port.kernel.locks ?? []).length) setLocks(port, others);
      return conflicting();
    }
    others.push({ on, owner: open.description, whole: true, type, from: 0, to: END });
  }
  if (others.length > 0 || port.kernel.locks) setLocks(port, others);
  return give(0);
}

/** A process that closes a descriptor of a file loses its own locks on that file, whichever descriptor they were made with. */
export function dropProcessLocks(port: KernelPort, open: KernelFd): string[] {
  const { locks } = port.kernel;
  const kept = (locks ?? []).filter((lock) => lock.owner !== 0 || lock.on !== placeOf(open));
  if (!locks || kept.length === locks.length) return [];
  setLocks(port, kept);
  return ['locks'];
}
