/** amd64: the stack, jumps, calls and traps. Semantics: Intel's manual. */
import { addressReader, type CpuPort, loadFrom, type Read, reader, type Site, storeTo, writer } from '../access';
import { AMD64 } from '../arch/amd64';
import type { Encode } from '../encoding';
import { type FlagName, MASK } from '../flags';
import type { InstructionSpec, Turn } from '../instruction-spec';
import type { Operand } from '../listing';
import { CpuFault } from '../signals';
import { bytes, isByte, jump, parts, wide, written } from './encode';
import { labelTurn, reach, row, type Table, turnRow } from './rows';

export const STACK_ROWS: Table = {};

const WORD = MASK[8];
const RET_TURN: Turn = { kind: 'ret' };
const SYSCALL_TURN: Turn = { kind: 'syscall' };

export function push(cpu: CpuPort, value: bigint): void {
  const sp = (cpu.reg('SP') - 8n) & WORD;
  storeTo(cpu, sp, 8, value, true, AMD64);
  cpu.setReg('SP', sp);
}

export function pop(cpu: CpuPort): bigint {
  const sp = cpu.reg('SP');
  const value = loadFrom(cpu, sp, 8, true, AMD64);
  cpu.setReg('SP', (sp + 8n) & WORD);
  return value;
}

const wideAnyway = { size: 8, isWideAnyway: true } as const;

const pushEncoder = (plus: number, memory: number, extension: number): Encode =>
  parts(([only]) => {
    if (only?.kind === 'immediate') {
      const isShort = isByte(written(only));
      return { ...wideAnyway, opcode: [isShort ? 0x6a : 0x68], immediate: wide(only, isShort ? 1 : 4) };
    }
    if (only?.kind === 'register') return { ...wideAnyway, opcode: [plus], plus: only };
    return { ...wideAnyway, opcode: [memory], reg: extension, ...(only === undefined ? {} : { rm: only }) };
  });

STACK_ROWS.PUSHQ = row(['rmi'], 8, pushEncoder(0x50, 0xff, 6), ([from], site) => {
  const read = reader(from, 8, site);
  return (cpu) => {
    push(cpu, read(cpu));
  };
});
STACK_ROWS.POPQ = row(['rm'], 8, pushEncoder(0x58, 0x8f, 0), ([to], site) => {
  const write = writer(to, 8, site);
  return (cpu) => {
    write(cpu, pop(cpu));
  };
});
STACK_ROWS.PUSHFQ = row([''], 8, bytes(0x9c), () => (cpu) => {
  push(cpu, flagsWord(cpu));
});
STACK_ROWS.POPFQ = row([''], 8, bytes(0x9d), () => (cpu) => {
  const word = pop(cpu);
  cpu.setFlags(Object.fromEntries(FLAG_BITS.map(([name, mask]) => [name, (word & mask) !== 0n])));
});

const FLAG_BITS: readonly [FlagName, bigint][] = [
  ['CF', 0x1n],
  ['PF', 0x4n],
  ['AF', 0x10n],
  ['ZF', 0x40n],
  ['SF', 0x80n],
  ['OF', 0x800n],
];

/** RFLAGS as a number: the bits of the flags that are kept here, IF and the bit that is always set. */
export function flagsWord(cpu: CpuPort): bigint {
  let word = 0x202n;
  for (const [name, mask] of FLAG_BITS) if (cpu.flag(name)) word |= mask;
  return word;
}

/** To a label, a function, or where a register or memory says. */
function targetEncoder(direct: number, extension: number): Encode {
  const near = jump([0xeb], [direct]);
  const indirect = parts(([rm]) => ({ ...wideAnyway, opcode: [0xff], reg: extension, ...(rm === undefined ? {} : { rm }) }));
  return (instruction, at) => {
    const [target] = instruction.operands;
    if (target?.kind === 'label') return near(instruction, at);
    // A function's distance is the linker's.
    return target?.kind === 'symbol' ? [direct, 0, 0, 0, 0] : indirect(instruction, at);
  };
}

STACK_ROWS.JMP = turnRow(
  ['l', 's', 'rn'],
  targetEncoder(0xe9, 4),
  ([target], site) => {
    if (target?.kind === 'label') {
      const turn = labelTurn(target);
      return () => turn;
    }
    const address = targetReader(target, site);
    return (cpu) => ({ kind: 'goto', address: address(cpu) });
  },
  reach(5),
);

STACK_ROWS.CALL = turnRow(['s', 'rn'], targetEncoder(0xe8, 2), ([target], site) => {
  const address = targetReader(target, site);
  return (cpu) => {
    const to = address(cpu);
    push(cpu, site.next);
    return { kind: 'call', address: to };
  };
});

function targetReader(target: Operand | undefined, site: Site): Read {
  return target?.kind === 'symbol' ? addressReader(target, site) : reader(target, 8, site);
}

STACK_ROWS.RET = turnRow([''], bytes(0xc3), () => (cpu) => {
  cpu.setReg('PC', pop(cpu));
  return RET_TURN;
});
STACK_ROWS.SYSCALL = turnRow([''], bytes(0x0f, 0x05), () => () => SYSCALL_TURN);

function dies(encode: Encode, fault: (pc: bigint) => CpuFault): InstructionSpec {
  return row([''], 8, encode, () => (cpu) => {
    throw fault(cpu.reg('PC'));
  });
}
STACK_ROWS.UNDEF = dies(bytes(0x0f, 0x0b), () => new CpuFault('SIGILL', 2, null, { key: 'meantToFail' }));
STACK_ROWS.UD2 = STACK_ROWS.UNDEF;
STACK_ROWS.HLT = dies(bytes(0xf4), () => new CpuFault('SIGSEGV', 0x80, 0n, { key: 'kernelOnly', op: 'HLT' }));
STACK_ROWS.INT = row(
  ['i'],
  1,
  parts(([which]) => ({ size: 4, opcode: [0xcd], immediate: wide(which, 1) })),
  ([which]) =>
    () => {
      const number = which?.kind === 'immediate' ? which.value : 0n;
      if (number === 3n) throw new CpuFault('SIGTRAP', 0x80, null, { key: 'breakpoint' });
      throw new CpuFault('SIGSEGV', 0x80, 0n, { key: 'notPermitted', instruction: `INT $${number}` });
    },
);
