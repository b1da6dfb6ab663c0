/** The CPU: carries out one instruction on the registers, flags and memory behind a port. The system call instruction: arch/x86/entry/entry_64.S, arch/arm64/kernel/entry.S of Linux. */
import type { CpuPort } from './access';
import { type Arch, ARCHS } from './arch/index';
import { INSTRUCTION_SETS } from './arch/instruction-sets';
import type { Code, Decoded } from './decode';
import type { Effect, Turn } from './instruction-spec';
import type { Instruction } from './listing';
import type { Message } from '../message';
import { CpuFault, type SignalName } from './signals';
import { unreachable } from '../unreachable';

export type { CpuPort } from './access';
export type { FlagName } from './flags';
export type { Effect } from './instruction-spec';

/** What the instruction that enters the kernel does itself; `next`: the address behind it. */
export function cpuEntersKernel(cpu: CpuPort, next: bigint, arch: Arch): void {
  INSTRUCTION_SETS[arch].enterKernel(cpu, next);
}

/** The way back: the result, and PC behind that instruction. All other registers are as they were. */
export function cpuLeavesKernel(cpu: CpuPort, result: bigint, next: bigint, arch: Arch): void {
  cpu.setReg(ARCHS[arch].syscall.result, BigInt.asUintN(64, result));
  cpu.setReg('PC', next);
}

function setPc(cpu: CpuPort, value: bigint, text: string): void {
  if (cpu.setPc) cpu.setPc(value, text);
  else cpu.setReg('PC', value);
}

const hex = (value: bigint): string => `0x${value.toString(16)}`;

const NEXT: Effect = { kind: 'next' };

/** Carries out instruction `index`. PC is left at the instruction that comes next, except where the effect says who continues. */
export function executeInstruction(code: Code, index: number, cpu: CpuPort): Effect {
  const decoded = code.code[index];
  if (!decoded) return ranOut(code);
  try {
    const turn = decoded.carry(cpu);
    if (turn === null) {
      setPc(cpu, decoded.next, decoded.nextText);
      return NEXT;
    }
    if (turn.kind === 'label') {
      const jump = code.jumps[turn.index];
      if (!jump) throw new Error(`${code.routine.symbol}: no instruction ${turn.index} to jump to`);
      setPc(cpu, jump.pc, jump.text);
      return jump.effect;
    }
    return turned(code, decoded, index, turn, cpu);
  } catch (fault) {
    if (!(fault instanceof CpuFault)) throw fault;
    return died(fault, decoded, code);
  }
}

function turned(code: Code, decoded: Decoded, index: number, turn: Exclude<Turn, null | { kind: 'label' }>, cpu: CpuPort): Effect {
  switch (turn.kind) {
    case 'ret':
      return { kind: 'ret' };
    case 'syscall':
      return { kind: 'syscall' };
    case 'call': {
      const symbol = calledSymbol(code, decoded.instruction, turn.address);
      cpu.setReg('PC', turn.address);
      return symbol === null ? nowhere(turn.address, decoded) : { kind: 'call', symbol, returnIndex: index + 1 };
    }
    case 'goto': {
      const symbol = calledSymbol(code, decoded.instruction, turn.address);
      cpu.setReg('PC', turn.address);
      if (symbol !== null && symbol !== code.routine.symbol) return { kind: 'tail', symbol };
      const inside = symbol === null ? insideOf(code, turn.address) : 0;
      return inside === null ? nowhere(turn.address, decoded) : { kind: 'jump', index: inside };
    }
    default:
      return unreachable(turn);
  }
}

/** The routine that begins at the address; a name in the listing needs none. */
function calledSymbol({ space }: Code, { operands }: Instruction, address: bigint): string | null {
  const [target] = operands;
  if (target?.kind === 'symbol' && target.offset === 0) return target.name;
  const found = space.locate(address);
  return found?.index === 0 ? found.routine.symbol : null;
}

function insideOf({ code }: Code, address: bigint): number | null {
  const index = code.findIndex((decoded) => decoded.pc === address);
  return index < 0 ? null : index;
}

const diedAt = ({ line, text }: Instruction, why: Message): Message => ({ key: 'diedAt', line, instruction: text, why });

/** A jump to where there is no code: the processor fails when it fetches the next instruction. */
function nowhere(address: bigint, { instruction }: Decoded): Effect {
  const place = hex(address);
  const reason = diedAt(instruction, { key: 'noCodeAt', address: place });
  return { kind: 'fault', reason, line: instruction.line, signal: { name: 'SIGSEGV', code: 1, addr: place, pc: place } };
}

/** Signals that may name the instruction behind the one that raised them. */
const isTrap = (name: SignalName): boolean => name === 'SIGTRAP';

function died(fault: CpuFault, { instruction, pc, next }: Decoded, { routine }: Code): Effect {
  const at = hex(isTrap(fault.signal) && ARCHS[routine.arch].trapPc === 'next' ? next : pc);
  const reason = diedAt(instruction, fault.why);
  return {
    kind: 'fault',
    reason,
    line: instruction.line,
    signal: { name: fault.signal, code: fault.code, addr: fault.addr === null ? at : hex(fault.addr), pc: at },
  };
}

/** Behind a routine lie the linker's fillers. */
function ranOut({ routine, end }: Code): Effect {
  const reason: Message = { key: 'ranPastEnd', symbol: routine.symbol };
  const line = routine.instructions.at(-1)?.line ?? routine.line;
  const { signal, code, pcAfter } = ARCHS[routine.arch].filler;
  const place = hex(end + pcAfter);
  return { kind: 'fault', reason, line, signal: { name: signal, code, addr: place, pc: place } };
}
