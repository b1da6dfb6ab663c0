/** The CPU: carries out one instruction on the registers, flags and memory behind a port. scheduler.md sections 5.3 and 5.5. */
import { additionFlags, arm64Flags, BRANCHES, resultFlags, subtractionFlags } from './instructions';
import type { Instruction, Operand, Routine } from './parse-listing';

export type FlagName = 'CF' | 'PF' | 'AF' | 'ZF' | 'SF' | 'OF' | 'N' | 'Z' | 'C' | 'V';

/** Registers by Plan 9 name, values 0 … 2⁶⁴−1. Memory by address; null or false: nothing is mapped there. */
export interface CpuPort {
  reg(name: string): bigint;
  setReg(name: string, value: bigint): void;
  flag(name: FlagName): boolean;
  setFlags(flags: Partial<Record<FlagName, boolean>>): void;
  load(address: bigint, bytes: number): bigint | null;
  store(address: bigint, bytes: number, value: bigint): boolean;
}

export type Effect =
  | { kind: 'next' }
  | { kind: 'jump'; index: number }
  | { kind: 'call'; symbol: string; returnIndex: number }
  | { kind: 'ret' }
  | { kind: 'syscall' }
  | { kind: 'fault'; reason: { zh: string; en: string }; line: number };

const MASK = (1n << 64n) - 1n;
const TEXT_BASE = 0x460000n;

/** Where a symbol's code lies: fixed, spread by a hash of the name, so that addresses tell routines apart. */
export function textAddress(symbol: string): bigint {
  let hash = 0;
  for (const character of symbol) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return TEXT_BASE + BigInt(hash % 0x2000) * 0x100n;
}

/** RFLAGS as a number: the bits of the flags that are kept here, IF and the bit that is always set. */
export function flagsWord(cpu: CpuPort): bigint {
  const bits: [FlagName, bigint][] = [
    ['CF', 0x1n],
    ['PF', 0x4n],
    ['AF', 0x10n],
    ['ZF', 0x40n],
    ['SF', 0x80n],
    ['OF', 0x800n],
  ];
  return bits.reduce((word, [name, bit]) => (cpu.flag(name) ? word | bit : word), 0x202n);
}

/** SYSCALL's own work (amd64): CX gets the address behind it, R11 the flags. */
export function cpuEntersKernel(cpu: CpuPort, next: bigint, arch: 'amd64' | 'arm64'): void {
  if (arch === 'arm64') return;
  cpu.setReg('CX', next);
  cpu.setReg('R11', flagsWord(cpu));
}

/** The way back: the result, and PC where CX says. All other registers are as they were. */
export function cpuLeavesKernel(cpu: CpuPort, result: bigint, next: bigint, arch: 'amd64' | 'arm64'): void {
  cpu.setReg(arch === 'amd64' ? 'AX' : 'R0', BigInt.asUintN(64, result));
  cpu.setReg('PC', next);
}

class Fault extends Error {
  constructor(
    readonly zh: string,
    readonly en: string,
  ) {
    super(en);
  }
}

/** Carries out instruction `index`. PC is left at the instruction that comes next, except where the effect says who continues. */
export function executeInstruction(routine: Routine, index: number, cpu: CpuPort): Effect {
  const instruction = routine.instructions[index];
  if (!instruction) return { kind: 'fault', reason: { zh: '跑出了函数末尾', en: 'ran past the end of the routine' }, line: routine.line };
  try {
    const effect = carryOut(routine, instruction, index, cpu);
    const nextIndex = effect.kind === 'jump' ? effect.index : index + 1;
    if (effect.kind === 'next' || effect.kind === 'jump') {
      const next = routine.instructions[nextIndex];
      cpu.setReg('PC', textAddress(routine.symbol) + BigInt(next?.offset ?? instruction.offset));
    }
    return effect;
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return { kind: 'fault', reason: { zh: fault.zh, en: fault.en }, line: instruction.line };
  }
}

/** The hardware address of a memory operand. FP is a name for the caller's arguments: above the frame and, on both, one saved word. */
export function addressOf(routine: Routine, operand: Extract<Operand, { kind: 'memory' }>, cpu: CpuPort): bigint {
  const offset = BigInt(operand.offset);
  const isArm = routine.arch === 'arm64';
  if (operand.base === 'FP') return (cpu.reg(isArm ? 'RSP' : 'SP') + BigInt(routine.frameBytes) + 8n + offset) & MASK;
  if (operand.base === 'SP' && operand.name !== '') return (cpu.reg(isArm ? 'RSP' : 'SP') + BigInt(routine.frameBytes) + offset) & MASK;
  return (cpu.reg(operand.base === 'SP' && isArm ? 'RSP' : operand.base) + offset) & MASK;
}

function read(routine: Routine, operand: Operand | undefined, cpu: CpuPort, bytes = 8): bigint {
  switch (operand?.kind) {
    case 'register':
      return operand.name === 'ZR' ? 0n : cpu.reg(operand.name);
    case 'immediate':
      return operand.value;
    case 'memory': {
      const address = addressOf(routine, operand, cpu);
      const value = cpu.load(address, bytes);
      if (value === null) throw new Fault(`地址 0x${address.toString(16)} 没有内存`, `nothing is mapped at 0x${address.toString(16)}`);
      return value;
    }
    default:
      throw new Fault('这里不能读', 'this operand cannot be read');
  }
}

function write(routine: Routine, operand: Operand | undefined, cpu: CpuPort, value: bigint, bytes = 8): void {
  if (operand?.kind === 'register') {
    if (operand.name !== 'ZR') cpu.setReg(operand.name, value & MASK);
    return;
  }
  if (operand?.kind !== 'memory') throw new Fault('这里不能写', 'this operand cannot be written');
  const address = addressOf(routine, operand, cpu);
  if (!cpu.store(address, bytes, value & MASK)) throw new Fault(`地址 0x${address.toString(16)} 不可写`, `0x${address.toString(16)} cannot be written`);
}

function push(cpu: CpuPort, value: bigint): void {
  const sp = (cpu.reg('SP') - 8n) & MASK;
  if (!cpu.store(sp, 8, value)) throw new Fault('栈溢出', 'stack overflow');
  cpu.setReg('SP', sp);
}

function pop(cpu: CpuPort): bigint {
  const sp = cpu.reg('SP');
  const value = cpu.load(sp, 8);
  if (value === null) throw new Fault('栈已经空了', 'the stack is empty');
  cpu.setReg('SP', (sp + 8n) & MASK);
  return value;
}

const SIMPLE: Record<string, (routine: Routine, operands: readonly Operand[], cpu: CpuPort) => void> = {
  MOVQ: (r, [from, to], cpu) => {
    write(r, to, cpu, read(r, from, cpu));
  },
  MOVD: (r, [from, to], cpu) => {
    write(r, to, cpu, read(r, from, cpu));
  },
  // A 32-bit move into a register clears its upper half.
  MOVL: (r, [from, to], cpu) => {
    write(r, to, cpu, read(r, from, cpu, 4) & 0xffffffffn, 4);
  },
  LEAQ: (r, [from, to], cpu) => {
    if (from?.kind !== 'memory') throw new Fault('LEAQ 要一个地址', 'LEAQ needs an address');
    write(r, to, cpu, addressOf(r, from, cpu));
  },
  CMPQ: (r, [a, b], cpu) => {
    cpu.setFlags(subtractionFlags(read(r, a, cpu), read(r, b, cpu)));
  },
  TESTQ: (r, [a, b], cpu) => {
    cpu.setFlags({ ...resultFlags(read(r, a, cpu) & read(r, b, cpu)), CF: false, OF: false });
  },
  ADDQ: (r, [from, to], cpu) => {
    const [a, b] = [read(r, to, cpu), read(r, from, cpu)];
    write(r, to, cpu, a + b);
    cpu.setFlags(additionFlags(a, b));
  },
  SUBQ: (r, [from, to], cpu) => {
    const [a, b] = [read(r, to, cpu), read(r, from, cpu)];
    write(r, to, cpu, a - b);
    cpu.setFlags(subtractionFlags(a, b));
  },
  ANDQ: (r, operands, cpu) => {
    logic(r, operands, cpu, (a, b) => a & b);
  },
  ORQ: (r, operands, cpu) => {
    logic(r, operands, cpu, (a, b) => a | b);
  },
  XORQ: (r, operands, cpu) => {
    logic(r, operands, cpu, (a, b) => a ^ b);
  },
  XORL: (r, operands, cpu) => {
    logic(r, operands, cpu, (a, b) => (a ^ b) & 0xffffffffn);
  },
  NEGQ: (r, [to], cpu) => {
    const value = read(r, to, cpu);
    write(r, to, cpu, -value);
    cpu.setFlags(subtractionFlags(0n, value));
  },
  NOTQ: (r, [to], cpu) => {
    write(r, to, cpu, ~read(r, to, cpu));
  },
  // INC and DEC leave the carry alone.
  INCQ: (r, [to], cpu) => {
    const value = read(r, to, cpu);
    write(r, to, cpu, value + 1n);
    cpu.setFlags({ ...additionFlags(value, 1n), CF: cpu.flag('CF') });
  },
  DECQ: (r, [to], cpu) => {
    const value = read(r, to, cpu);
    write(r, to, cpu, value - 1n);
    cpu.setFlags({ ...subtractionFlags(value, 1n), CF: cpu.flag('CF') });
  },
  PUSHQ: (r, [from], cpu) => {
    push(cpu, read(r, from, cpu));
  },
  POPQ: (r, [to], cpu) => {
    write(r, to, cpu, pop(cpu));
  },
  NOP: () => undefined,
  // arm64: Go writes the second operand of the comparison first: CMP $k, R compares R with k.
  CMP: (r, [b, a], cpu) => {
    cpu.setFlags(arm64Flags(read(r, a, cpu), ~read(r, b, cpu) & MASK, 1n));
  },
  CMN: (r, [b, a], cpu) => {
    cpu.setFlags(arm64Flags(read(r, a, cpu), read(r, b, cpu), 0n));
  },
  NEG: (r, [from, to], cpu) => {
    write(r, to, cpu, -read(r, from, cpu));
  },
  ADD: (r, operands, cpu) => {
    const [b, a, to] = operands.length === 3 ? operands : [operands[0], operands[1], operands[1]];
    write(r, to, cpu, read(r, a, cpu) + read(r, b, cpu));
  },
  SUB: (r, operands, cpu) => {
    const [b, a, to] = operands.length === 3 ? operands : [operands[0], operands[1], operands[1]];
    write(r, to, cpu, read(r, a, cpu) - read(r, b, cpu));
  },
};

function logic(routine: Routine, [from, to]: readonly Operand[], cpu: CpuPort, combine: (a: bigint, b: bigint) => bigint): void {
  const result = combine(read(routine, to, cpu), read(routine, from, cpu)) & MASK;
  write(routine, to, cpu, result);
  cpu.setFlags({ ...resultFlags(result), CF: false, OF: false });
}

function carryOut(routine: Routine, { op, operands, offset }: Instruction, index: number, cpu: CpuPort): Effect {
  const simple = SIMPLE[op];
  if (simple) {
    simple(routine, operands, cpu);
    return { kind: 'next' };
  }
  const taken = BRANCHES[op];
  if (taken) {
    const [target] = operands;
    if (target?.kind !== 'label') throw new Fault('跳转要一个标号', 'a jump needs a label');
    return taken((name) => cpu.flag(name)) ? { kind: 'jump', index: target.index } : { kind: 'next' };
  }
  const next = textAddress(routine.symbol) + BigInt(routine.instructions[index + 1]?.offset ?? offset);
  switch (op) {
    case 'CALL':
    case 'BL': {
      const [target] = operands;
      if (target?.kind !== 'symbol') throw new Fault('要一个函数名', 'a call needs a function');
      if (op === 'CALL') push(cpu, next);
      else cpu.setReg('R30', next);
      cpu.setReg('PC', textAddress(target.name));
      return { kind: 'call', symbol: target.name, returnIndex: index + 1 };
    }
    case 'RET':
      cpu.setReg('PC', routine.arch === 'amd64' ? pop(cpu) : cpu.reg('R30'));
      return { kind: 'ret' };
    case 'SYSCALL':
    case 'SVC':
      return { kind: 'syscall' };
    default:
      throw new Fault(`没有指令 ${op}`, `unknown instruction ${op}`);
  }
}
