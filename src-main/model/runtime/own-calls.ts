/**
 * System calls that the runtime makes for itself, straight from its assembly (runtime/sys_linux_amd64.s): the scheduler is not told, and
 * each is over at once.
 */
import { littleEndian } from '../kernel/bytes';
import { enterKernel } from '../kernel/kernel';
import type { StackMemory } from '../kernel/memory';
import { logEntry, logExit, straceEntry, straceExit } from '../kernel/strace';
import { syscallByName } from '../kernel/syscall-table';
import { utf8Bytes } from '../kernel/utf8';
import type { GId, MId } from '../state';
import { portOf, setLog, tidOf } from './kernel-port';
import type { Runtime } from './runtime';
import { type Thread, rows } from './thread';

const PRINT = rows('gwrite', { write: 'kernel' });

/** Where texts of the program lie: its read-only data. */
const RODATA = 0x4a0000n;

/** Where each thread has room for what it tells the kernel and is told: between the goroutines' stacks. */
const ROOM = 0xc000008de4n;
export const roomOf = (m: MId): bigint => ROOM + 0x10000n * BigInt(m.slice(1));

/** `bytes` at `address`, as the kernel sees it during one call; what it writes stands in `bytes` afterwards. */
export function bytesAt(address: bigint, bytes: number[]): StackMemory {
  const indexOf = (at: bigint): number => Number(at - address);
  return {
    bottom: address,
    top: address + BigInt(bytes.length),
    word: (at) => {
      let word = 0n;
      for (let i = 7; i >= 0; i--) word = (word << 8n) | BigInt(bytes[indexOf(at) + i] ?? 0);
      return word;
    },
    setWord: (at, value) => {
      for (const [i, byte] of littleEndian(value, 8).entries()) {
        const index = indexOf(at) + i;
        if (index >= 0 && index < bytes.length) bytes[index] = byte;
      }
    },
  };
}

/** A call of the runtime's own: what the kernel gave back (null: it does not return, or would wait), and its line in the log. */
export interface OwnCall {
  nr: number;
  result: bigint | null;
  line: string;
}

/** One call of thread m, in the log too. Part of the step under way. */
export function ownCall(rt: Runtime, m: MId, name: string, args: readonly bigint[], memory = bytesAt(RODATA, [])): OwnCall {
  const { arch } = rt.machine;
  const nr = syscallByName(name)?.nr[arch] ?? 0;
  const port = portOf(rt, m, null, memory);
  const call = { name, args: [...args], arch };
  const before = straceEntry(port, call);
  setLog(rt, logEntry(rt.state.kernel.strace, tidOf(rt, m), before));
  const answer = enterKernel(port, { nr, args, occasion: 'entered' });
  for (const object of answer.wokenObjects) rt.wakeKernelWaiters(object);
  const result = answer.kind === 'return' ? answer.result : null;
  const after = straceExit(port, call, result);
  setLog(rt, logExit(rt.state.kernel.strace, tidOf(rt, m), name, after));
  return { nr, result, line: before + after };
}

/**
 * Go 1.14, runtime/print.go, gwrite and writeErr: each value that print is given is a write(2) of its own. Part of the step under way.
 * Simplified: where descriptor 2 is a pipe that is full, the text is lost instead of waited for.
 */
export function writeErr(rt: Runtime, m: MId, values: readonly string[]): void {
  for (const value of values) {
    const bytes = utf8Bytes(value);
    if (bytes.length > 0) ownCall(rt, m, 'write', [2n, RODATA, BigInt(bytes.length)], bytesAt(RODATA, [...bytes]));
  }
}

/** Go: exit, which is exit_group(2). Part of the step under way. */
export function exitGroup(rt: Runtime, m: MId, code: number): void {
  ownCall(rt, m, 'exit_group', [BigInt(code)]);
}

/** Go: println of one text. The compiler joins it and the line's end, so that it is one write(2), for which the scheduler is told nothing. */
export function* println(rt: Runtime, g: GId, text: string): Thread {
  yield PRINT.write;
  writeErr(rt, rt.mOf(g), [`${text}\n`]);
}
