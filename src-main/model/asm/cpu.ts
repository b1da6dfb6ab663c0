/** The CPU: carries out one instruction on the registers, flags and memory behind a port. scheduler.md sections 5.3 and 5.5. */
import type { Arch } from '../arch';
import type { CpuPort, Site } from './access';
import { flagsWord } from './arch/amd64-instructions';
import type { Carry, Effect, Turn } from './instruction-spec';
import { instructionNamed } from './instructions';
import type { Instruction, Routine } from './listing';
import { locate, programOf, routineAddress, symbolAddress } from './program';
import { CpuFault, type SignalName } from './signals';
import { unreachable } from '../unreachable';

export type { CpuPort } from './access';
export { flagsWord } from './arch/amd64-instructions';
export type { FlagName } from './flags';
export type { Effect } from './instruction-spec';

/** SYSCALL's own work (amd64): CX gets the address behind it, R11 the flags. */
export function cpuEntersKernel(cpu: CpuPort, next: bigint, arch: Arch): void {
  if (arch === 'arm64') return;
  cpu.setReg('CX', next);
  cpu.setReg('R11', flagsWord(cpu));
}

/** The way back: the result, and PC where CX says. All other registers are as they were. */
export function cpuLeavesKernel(cpu: CpuPort, result: bigint, next: bigint, arch: Arch): void {
  cpu.setReg(arch === 'amd64' ? 'AX' : 'R0', BigInt.asUintN(64, result));
  cpu.setReg('PC', next);
}

/** An instruction ready to be carried out again and again. */
interface Decoded {
  carry: Carry;
  instruction: Instruction;
  /** Its own address and the one behind it. */
  pc: bigint;
  next: bigint;
  /** The same in hex. */
  pcText: string;
  nextText: string;
}

function setPc(cpu: CpuPort, value: bigint, text: string): void {
  if (cpu.setPc) cpu.setPc(value, text);
  else cpu.setReg('PC', value);
}

const hex = (value: bigint): string => `0x${value.toString(16)}`;

const NEXT: Effect = { kind: 'next' };

const decodedRoutines = new WeakMap<Routine, { base: bigint; code: Decoded[]; jumps: { effect: Effect; pc: bigint; text: string }[] }>();

function decode(routine: Routine): { base: bigint; code: Decoded[]; jumps: { effect: Effect; pc: bigint; text: string }[] } {
  const known = decodedRoutines.get(routine);
  if (known) return known;
  const base = routineAddress(routine);
  const program = programOf(routine);
  const code = routine.instructions.map((instruction): Decoded => {
    const spec = instructionNamed(routine.arch, instruction.op);
    if (!spec) throw new Error(`no instruction ${instruction.op} on ${routine.arch}`);
    const pc = base + BigInt(instruction.offset);
    const next = pc + BigInt(instruction.bytes);
    const site: Site = { routine, addressOf: (symbol) => symbolAddress(program, symbol), base, next, suffix: instruction.suffix };
    return { carry: spec.prepare(instruction.operands, site), instruction, pc, next, pcText: hex(pc), nextText: hex(next) };
  });
  const end = code.at(-1)?.next ?? base;
  const jumps = [...code, null].map((to, index) => ({
    effect: { kind: 'jump', index } as const,
    pc: to?.pc ?? end,
    text: hex(to?.pc ?? end),
  }));
  const decoded = { base, code, jumps };
  decodedRoutines.set(routine, decoded);
  return decoded;
}

/** Carries out instruction `index`. PC is left at the instruction that comes next, except where the effect says who continues. */
export function executeInstruction(routine: Routine, index: number, cpu: CpuPort): Effect {
  const { code, jumps } = decode(routine);
  const decoded = code[index];
  if (!decoded) return ranOut(routine, code.at(-1)?.next ?? routineAddress(routine));
  try {
    const turn = decoded.carry(cpu);
    if (turn === null) {
      setPc(cpu, decoded.next, decoded.nextText);
      return NEXT;
    }
    if (turn.kind === 'label') {
      const jump = jumps[turn.index];
      if (!jump) throw new Error(`${routine.symbol}: no instruction ${turn.index} to jump to`);
      setPc(cpu, jump.pc, jump.text);
      return jump.effect;
    }
    return turned(routine, decoded, index, turn, cpu);
  } catch (fault) {
    if (!(fault instanceof CpuFault)) throw fault;
    return died(fault, decoded, routine);
  }
}

function turned(routine: Routine, decoded: Decoded, index: number, turn: Exclude<Turn, null | { kind: 'label' }>, cpu: CpuPort): Effect {
  switch (turn.kind) {
    case 'ret':
      return { kind: 'ret' };
    case 'syscall':
      return { kind: 'syscall' };
    case 'call': {
      const symbol = calledSymbol(routine, decoded.instruction, turn.address);
      cpu.setReg('PC', turn.address);
      return symbol === null ? nowhere(turn.address, decoded) : { kind: 'call', symbol, returnIndex: index + 1 };
    }
    case 'goto': {
      const symbol = calledSymbol(routine, decoded.instruction, turn.address);
      cpu.setReg('PC', turn.address);
      if (symbol !== null && symbol !== routine.symbol) return { kind: 'tail', symbol };
      const inside = symbol === null ? insideOf(routine, turn.address) : 0;
      return inside === null ? nowhere(turn.address, decoded) : { kind: 'jump', index: inside };
    }
    default:
      return unreachable(turn);
  }
}

/** The routine that begins at the address; a name in the listing needs none. */
function calledSymbol(routine: Routine, { operands }: Instruction, address: bigint): string | null {
  const [target] = operands;
  if (target?.kind === 'symbol' && target.offset === 0) return target.name;
  const program = programOf(routine);
  const found = program ? locate(program, address) : null;
  return found?.index === 0 ? found.routine.symbol : null;
}

function insideOf(routine: Routine, address: bigint): number | null {
  const index = decode(routine).code.findIndex((decoded) => decoded.pc === address);
  return index < 0 ? null : index;
}

/** A jump to where there is no code: the processor fails when it fetches the next instruction. */
function nowhere(address: bigint, { instruction }: Decoded): Effect {
  const place = hex(address);
  const reason = {
    zh: `第 ${instruction.line} 行 ${instruction.text}：${place} 没有代码`,
    en: `line ${instruction.line}, ${instruction.text}: there is no code at ${place}`,
  };
  return { kind: 'fault', reason, line: instruction.line, signal: { name: 'SIGSEGV', code: 1, addr: place, pc: place } };
}

/** Signals that name the instruction behind the one that raised them. */
const isTrap = (name: SignalName): boolean => name === 'SIGTRAP';

function died(fault: CpuFault, { instruction, pc, next }: Decoded, { arch }: Routine): Effect {
  const at = hex(isTrap(fault.signal) && arch === 'amd64' ? next : pc);
  const reason = {
    zh: `第 ${instruction.line} 行 ${instruction.text}：${fault.zh}`,
    en: `line ${instruction.line}, ${instruction.text}: ${fault.en}`,
  };
  return {
    kind: 'fault',
    reason,
    line: instruction.line,
    signal: { name: fault.signal, code: fault.code, addr: fault.addr === null ? at : hex(fault.addr), pc: at },
  };
}

/** Behind a routine lie the linker's fillers: INT $3 on amd64, zeros on arm64. */
function ranOut(routine: Routine, end: bigint): Effect {
  const reason = { zh: `${routine.symbol} 跑出了末尾：少了 RET？`, en: `${routine.symbol} ran past its end: is a RET missing?` };
  const line = routine.instructions.at(-1)?.line ?? routine.line;
  const place = routine.arch === 'amd64' ? hex(end + 1n) : hex(end);
  const signal = routine.arch === 'amd64' ? ({ name: 'SIGTRAP', code: 0x80 } as const) : ({ name: 'SIGILL', code: 1 } as const);
  return { kind: 'fault', reason, line, signal: { ...signal, addr: place, pc: place } };
}
