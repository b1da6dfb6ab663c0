/**
 * System calls that the runtime makes for itself, straight from its assembly (runtime/sys_linux_amd64.s): the scheduler is not told, and
 * each is over at once.
 */
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
const NOTHING: readonly number[] = [];

/** The read-only data as the kernel sees it during one call. */
function readOnly(bytes: readonly number[]): StackMemory {
  return {
    bottom: RODATA,
    top: RODATA + BigInt(bytes.length),
    word: (address) => {
      let word = 0n;
      for (let i = 7; i >= 0; i--) word = (word << 8n) | BigInt(bytes[Number(address - RODATA) + i] ?? 0);
      return word;
    },
    setWord: () => {
      throw new Error('the program’s read-only data is not written');
    },
  };
}

/** One call of thread m, in the log too; what the kernel gives back, null when the call does not return or would wait. Part of the step under way. */
export function ownCall(rt: Runtime, m: MId, name: string, args: readonly bigint[], bytes = NOTHING): bigint | null {
  const { arch } = rt.machine;
  const nr = syscallByName(name)?.nr[arch] ?? 0;
  const port = portOf(rt, m, null, readOnly(bytes));
  const call = { name, args: [...args], arch };
  setLog(rt, logEntry(rt.state.kernel.strace, tidOf(rt, m), straceEntry(port, call)));
  const answer = enterKernel(port, { nr, args, occasion: 'entered' });
  for (const object of answer.wokenObjects) rt.wakeKernelWaiters(object);
  const result = answer.kind === 'return' ? answer.result : null;
  setLog(rt, logExit(rt.state.kernel.strace, tidOf(rt, m), name, straceExit(port, call, result)));
  return result;
}

/**
 * Go 1.14, runtime/print.go, gwrite and writeErr: each value that print is given is a write(2) of its own. Part of the step under way.
 * Simplified: where descriptor 2 is a pipe that is full, the text is lost instead of waited for.
 */
export function writeErr(rt: Runtime, m: MId, values: readonly string[]): void {
  for (const value of values) {
    const bytes = utf8Bytes(value);
    if (bytes.length > 0) ownCall(rt, m, 'write', [2n, RODATA, BigInt(bytes.length)], [...bytes]);
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
