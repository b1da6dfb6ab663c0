/** Sets of signals (sigset_t): which are blocked, which are pending. */
import type { Json, MId } from '../state';
import type { KernelPort } from './answer';
import { fromLittleEndian, littleEndian } from './bytes';
import { readMemory, writeMemory } from './memory';
import { changed, POLL, type Signalfd } from './poll';

export const SIGSET_BYTES = 8;
export const LAST_SIGNAL = 64;
const SIGKILL = 9;
const SIGSTOP = 19;

export const isSignal = (signal: number): boolean => signal >= 0 && signal <= LAST_SIGNAL;
export const bitOf = (signal: number): bigint => 1n << BigInt(signal - 1);
/** These two can be neither blocked nor caught. */
export const UNBLOCKABLE = bitOf(SIGKILL) | bitOf(SIGSTOP);
export const isKernelOnly = (signal: number): boolean => signal === SIGKILL || signal === SIGSTOP;

/** The mask that a call wants to have while it waits: why it cannot be had. null: it can, or there is none. */
export function maskFault(port: KernelPort, address: bigint | undefined, size: bigint | undefined): 'EINVAL' | 'EFAULT' | null {
  if (address === undefined || address === 0n) return null;
  if (size !== BigInt(SIGSET_BYTES)) return 'EINVAL';
  return readMemory(port, address, SIGSET_BYTES) ? null : 'EFAULT';
}

export function sigsetAt(port: KernelPort, address: bigint): bigint | null {
  const held = readMemory(port, address, SIGSET_BYTES);
  return held && fromLittleEndian(held);
}

export function tellSigset(port: KernelPort, address: bigint, set: bigint): boolean {
  return writeMemory(port, address, littleEndian(set, SIGSET_BYTES));
}

export const blockedBy = ({ kernel }: Pick<KernelPort, 'kernel'>, m: MId): bigint => BigInt(kernel.masks?.[m] ?? '0x0');

export function setBlocked(port: KernelPort, m: MId, set: bigint): void {
  port.set(['masks'], { ...port.kernel.masks, [m]: `0x${(set & ~UNBLOCKABLE).toString(16)}` });
}

/** Lays a blocked signal aside, once. Simplified: for the process, whichever thread it was sent to. Returns what that wakes. */
export function makePending(port: KernelPort, signal: number): string[] {
  const pending = port.kernel.pending ?? [];
  if (pending.includes(signal)) return [];
  port.set(['pending'], [...pending, signal] as unknown as Json);
  const takers = Object.entries(port.kernel.objects).filter(
    ([, row]) => row.kind === 'signalfd' && (BigInt((row as unknown as Signalfd).mask) & bitOf(signal)) !== 0n,
  );
  return [PENDING, ...takers.flatMap(([object]) => changed(port, Number(object), POLL.IN))];
}

/** Where those wait who wait for a signal to become pending. */
export const PENDING = 'signals';

export function takePending(port: KernelPort, signal: number): void {
  port.set(['pending'], (port.kernel.pending ?? []).filter((each) => each !== signal) as unknown as Json);
}
