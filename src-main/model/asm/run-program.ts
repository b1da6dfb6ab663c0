/**
 * A program of several routines, one instruction at a time: for listings that people write and try. The run itself goes its own way
 * (runtime/machine.ts), because there calls lead into the scheduler.
 */
import type { CpuPort } from './access';
import { cpuEntersKernel, cpuLeavesKernel, executeInstruction } from './cpu';
import type { Assembled } from './listing';
import { locate, textAddress } from './program';
import type { Signal } from './signals';
import { unreachable } from '../unreachable';

export interface Cursor {
  symbol: string;
  index: number;
}

export type Advance =
  | { kind: 'at'; cursor: Cursor }
  /** The thread is in the kernel; `resume` brings it back. */
  | { kind: 'syscall'; cursor: Cursor }
  /** A call of a Go function that the program does not hold; it has returned already, and changed nothing. */
  | { kind: 'outside'; symbol: string; cursor: Cursor }
  /** The first routine has returned to where it was called from. */
  | { kind: 'end' }
  | { kind: 'died'; signal: Signal; reason: { zh: string; en: string }; line: number };

/** Where the first routine returns to: no code of any program lies there. */
export const OUTSIDE = 0x45f000n;

/** Makes ready to run `symbol`: the stack pointer at `sp`, where its return address lies, and arguments above it. */
export function startAt(program: Assembled, symbol: string, cpu: CpuPort, sp: bigint, args: readonly bigint[]): Cursor {
  const routine = program.routines[symbol];
  if (!routine) throw new Error(`no ${symbol} to start`);
  const isArm = routine.arch === 'arm64';
  cpu.setReg(isArm ? 'RSP' : 'SP', sp);
  if (isArm) cpu.setReg('R30', OUTSIDE);
  cpu.store(sp, 8, isArm ? 0n : OUTSIDE);
  for (const [i, value] of args.entries()) cpu.store(sp + 8n + 8n * BigInt(i), 8, BigInt.asUintN(64, value));
  cpu.setReg('PC', textAddress(symbol));
  return { symbol, index: 0 };
}

/** Carries out the instruction at the cursor. */
export function advance(program: Assembled, cursor: Cursor, cpu: CpuPort): Advance {
  const routine = program.routines[cursor.symbol];
  if (!routine) throw new Error(`no ${cursor.symbol} to go on in`);
  const { symbol, index } = cursor;
  const effect = executeInstruction(routine, index, cpu);
  switch (effect.kind) {
    case 'next':
      return { kind: 'at', cursor: { symbol, index: index + 1 } };
    case 'jump':
      return { kind: 'at', cursor: { symbol, index: effect.index } };
    case 'call':
      if (Object.hasOwn(program.routines, effect.symbol)) return { kind: 'at', cursor: { symbol: effect.symbol, index: 0 } };
      returnFromOutside(routine.arch, cpu);
      return { kind: 'outside', symbol: effect.symbol, cursor: { symbol, index: effect.returnIndex } };
    case 'tail':
      if (Object.hasOwn(program.routines, effect.symbol)) return { kind: 'at', cursor: { symbol: effect.symbol, index: 0 } };
      returnFromOutside(routine.arch, cpu);
      return returned(program, cpu, routine.instructions[index]?.line ?? routine.line);
    case 'ret':
      return returned(program, cpu, routine.instructions[index]?.line ?? routine.line);
    case 'syscall':
      return { kind: 'syscall', cursor };
    case 'fault':
      return { kind: 'died', signal: effect.signal, reason: effect.reason, line: effect.line };
    default:
      return unreachable(effect);
  }
}

/** The processor goes into the kernel and comes back with `result`. */
export function resume(program: Assembled, { symbol, index }: Cursor, cpu: CpuPort, result: bigint): Cursor {
  const routine = program.routines[symbol];
  const instruction = routine?.instructions[index];
  if (!routine || !instruction) throw new Error(`no ${symbol} to come back to`);
  const next = textAddress(symbol) + BigInt(instruction.offset + instruction.bytes);
  cpuEntersKernel(cpu, next, routine.arch);
  cpuLeavesKernel(cpu, result, next, routine.arch);
  return { symbol, index: index + 1 };
}

function returnFromOutside(arch: 'amd64' | 'arm64', cpu: CpuPort): void {
  if (arch === 'arm64') {
    cpu.setReg('PC', cpu.reg('R30'));
    return;
  }
  const sp = cpu.reg('SP');
  cpu.setReg('PC', cpu.load(sp, 8) ?? 0n);
  cpu.setReg('SP', BigInt.asUintN(64, sp + 8n));
}

/** PC is the return address: the processor goes on there, whatever it is. */
function returned(program: Assembled, cpu: CpuPort, line: number): Advance {
  const pc = cpu.reg('PC');
  if (pc === OUTSIDE) return { kind: 'end' };
  const place = locate(program, pc);
  if (place) return { kind: 'at', cursor: { symbol: place.routine.symbol, index: place.index } };
  const hex = `0x${pc.toString(16)}`;
  const reason = { zh: `第 ${line} 行：返回到 ${hex}，那里没有代码`, en: `line ${line}: returns to ${hex}, where there is no code` };
  return { kind: 'died', signal: { name: 'SIGSEGV', code: 1, addr: hex, pc: hex }, reason, line };
}
