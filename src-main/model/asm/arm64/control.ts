/** Jumps, calls, traps, hints and barriers. Semantics: Arm's manual; names and operand order: Go's assembler. */
import { addressReader, type Read, reader, type Site, writer } from '../access';
import type { Encode, Placement } from '../encoding';
import { ARM64_CONDITIONS } from '../flags';
import type { Carry, InstructionSpec, Reach, Turn } from '../instruction-spec';
import type { Instruction, Operand } from '../listing';
import { CpuFault } from '../signals';
import { At, CONDITION_NUMBERS, plainNumber, wordsEncoder } from './classes';
import { labelTurn, row, type Table, turnRow, WIDTHS, wideBit } from './rows';

export const CONTROL: Table = {};

const RET_TURN: Turn = { kind: 'ret' };
const SYSCALL_TURN: Turn = { kind: 'syscall' };
const JUMP = 0x14000000;
const CALL = 0x94000000;

const jumpWord = (distance: number): number => (JUMP | ((distance >> 2) & 0x3ffffff)) >>> 0;

/** A condition reaches 1 MiB, a single bit's 32 KiB; beyond, Go's assembler jumps around a jump. */
const reachOf = (bits: number): Reach => ({ least: -(2 ** bits) + 11, most: 2 ** bits - 11, from: 'start', longBytes: 12 });
const FAR = reachOf(20);
const NEAR = reachOf(15);

/** `word`: without the distance, whose bits are those of `mask` from bit 5 on. */
function jumpEncoder(mask: number, word: (instruction: Instruction) => number): Encode {
  const at = (base: number, distance: number): number => (base | (((distance >> 2) & mask) << 5)) >>> 0;
  return wordsEncoder((instruction, { distance, isLong }: Placement) => {
    const base = word(instruction);
    return isLong ? [at(base, 8), jumpWord(8), jumpWord(distance - 8)] : [at(base, distance)];
  });
}

for (const [condition, isTrue] of Object.entries(ARM64_CONDITIONS)) {
  if (condition === 'AL' || condition === 'NV') continue;
  const number = CONDITION_NUMBERS[condition] ?? 0;
  const encode = jumpEncoder(0x7ffff, () => 0x54000000 | number);
  CONTROL[`B${condition}`] = turnRow(
    ['l'],
    true,
    encode,
    ([target]) => {
      const turn = labelTurn(target);
      return (cpu) => (isTrue((flag) => cpu.flag(flag)) ? turn : null);
    },
    FAR,
  );
}

for (const [letter, size] of WIDTHS) {
  for (const [name, wantsZero] of [
    ['CBZ', true],
    ['CBNZ', false],
  ] as const) {
    const base = wideBit(size) | 0x34000000 | (wantsZero ? 0 : 1 << 24);
    CONTROL[name + letter] = turnRow(
      ['g l'],
      true,
      jumpEncoder(0x7ffff, (instruction) => base | new At(instruction, 0).register()),
      ([value, target], site) => {
        const [turn, read] = [labelTurn(target), reader(value, size, site)];
        return (cpu) => ((read(cpu) === 0n) === wantsZero ? turn : null);
      },
      FAR,
    );
  }
}

for (const [name, wantsZero] of [
  ['TBZ', true],
  ['TBNZ', false],
] as const) {
  CONTROL[name] = turnRow(
    ['i r l'],
    true,
    jumpEncoder(0x3fff, (instruction) => {
      const bit = Number(new At(instruction, 0).countWithin(63n));
      const base = 0x36000000 | (wantsZero ? 0 : 1 << 24);
      return base | ((bit & 32) << 26) | ((bit & 31) << 19) | new At(instruction, 1).register();
    }),
    ([which, value, target], site) => {
      const [turn, read] = [labelTurn(target), reader(value, 8, site)];
      const mask = 1n << ((which?.kind === 'immediate' ? which.value : 0n) & 63n);
      return (cpu) => (((read(cpu) & mask) === 0n) === wantsZero ? turn : null);
    },
    NEAR,
  );
}

/** ADR label, Rd: where the label is. */
CONTROL.ADR = turnRow(
  ['L g'],
  true,
  wordsEncoder((instruction, { distance }) => [
    (0x10000000 | ((distance & 3) << 29) | (((distance >> 2) & 0x7ffff) << 5) | new At(instruction, 1).register()) >>> 0,
  ]),
  ([target, to], site): Carry => {
    const write = writer(to, 8, site);
    const { instructions } = site.routine;
    const index = target?.kind === 'label' ? target.index : 0;
    const last = instructions.at(-1);
    const offset = instructions[index]?.offset ?? (last?.offset ?? 0) + (last?.bytes ?? 0);
    return (cpu) => {
      write(cpu, site.base + BigInt(offset));
      return null;
    };
  },
);

/** `f(SB)`, `(R1)`, and of a call R1. */
function targetReader(target: Operand | undefined, site: Site): Read {
  if (target?.kind === 'symbol' || target?.kind === 'memory') return addressReader(target, site);
  return reader(target, 8, site);
}

/** The register of `(R1)` or `R1`; number 31 would be ZR, so it is never RSP. */
function targetNumber(at: At): number {
  const { operand } = at;
  if (operand?.kind !== 'memory') return at.register();
  const number = plainNumber(operand.base ?? 'RSP');
  return number ?? at.refuse({ key: 'wrongOperand', op: at.instruction.op, n: 1, found: '(RSP)', expected: [{ key: 'plainRegister' }] });
}

const branchEncoder = (toLabel: number, byRegister: number): Encode =>
  wordsEncoder((instruction, { distance }) => {
    const [target] = instruction.operands;
    if (target?.kind === 'label' || target?.kind === 'symbol') return [(toLabel | ((distance >> 2) & 0x3ffffff)) >>> 0];
    return [(byRegister | (targetNumber(new At(instruction, 0)) << 5)) >>> 0];
  });

const branch = turnRow(['l', 's', 'q'], true, branchEncoder(JUMP, 0xd61f0000), ([target], site) => {
  if (target?.kind === 'label') {
    const turn = labelTurn(target);
    return () => turn;
  }
  const address = targetReader(target, site);
  return (cpu) => ({ kind: 'goto', address: address(cpu) });
});
CONTROL.B = branch;
CONTROL.JMP = branch;

const call = turnRow(['s', 'q', 'r'], false, branchEncoder(CALL, 0xd63f0000), ([target], site) => {
  const address = targetReader(target, site);
  return (cpu) => {
    const to = address(cpu);
    cpu.setReg('R30', site.next);
    return { kind: 'call', address: to };
  };
});
CONTROL.BL = call;
CONTROL.CALL = call;

const fixed = (word: number): Encode => wordsEncoder(() => [word]);

CONTROL.RET = turnRow([''], false, fixed(0xd65f03c0), () => (cpu) => {
  cpu.setReg('PC', cpu.reg('R30'));
  return RET_TURN;
});

/** With a number in `mask` bits from bit `at` on; what is more is cut off, as Go's assembler does. */
const numbered = (base: number, mask: bigint, at: number): Encode =>
  wordsEncoder(({ operands: [number] }) => [(base | (Number((number?.kind === 'immediate' ? number.value : 0n) & mask) << at)) >>> 0]);

CONTROL.SVC = turnRow(['', 'i'], false, numbered(0xd4000001, 0xffffn, 5), () => () => SYSCALL_TURN);

const dies = (forms: readonly string[], encode: Encode, fault: () => CpuFault): InstructionSpec =>
  row(forms, 8, encode, () => () => {
    throw fault();
  });
CONTROL.UNDEF = dies([''], fixed(0xbea71700), () => new CpuFault('SIGILL', 1, null, { key: 'meantToFail' }));
CONTROL.BRK = dies(['', 'i'], numbered(0xd4200000, 0xffffn, 5), () => new CpuFault('SIGTRAP', 1, null, { key: 'breakpoint' }));

/** What no program may do is no instruction to it. */
const kernelOnly = (op: string) => (): CpuFault => new CpuFault('SIGILL', 1, null, { key: 'kernelOnly', op });
for (const [name, base] of [
  ['HVC', 0xd4000002],
  ['SMC', 0xd4000003],
  ['HLT', 0xd4400000],
  ['DCPS1', 0xd4a00001],
  ['DCPS2', 0xd4a00002],
  ['DCPS3', 0xd4a00003],
] as const)
  CONTROL[name] = dies(['', 'i'], numbered(base, 0xffffn, 5), kernelOnly(name));
CONTROL.ERET = dies([''], fixed(0xd69f03e0), kernelOnly('ERET'));
CONTROL.DRPS = dies([''], fixed(0xd6bf03e0), kernelOnly('DRPS'));

// ---- the rest

const nothing = () => () => undefined;
// Go's NOP is for the assembler alone: no byte of it is left. The processor's own is NOOP.
CONTROL.NOP = row(
  ['', 'gi'],
  8,
  wordsEncoder((instruction) => {
    const only = new At(instruction, 0);
    if (only.operand?.kind === 'immediate') only.within(-0x80000000n, 0xffffffffn);
    else if (only.operand !== undefined) only.register();
    return [];
  }),
  nothing,
);
for (const [i, name] of ['NOOP', 'YIELD', 'WFE', 'WFI', 'SEV', 'SEVL'].entries())
  CONTROL[name] = row([''], 8, fixed((0xd503201f | (i << 5)) >>> 0), nothing);
CONTROL.HINT = row(['i'], 8, numbered(0xd503201f, 0x7fn, 5), nothing);
for (const [i, name] of ['DSB', 'DMB', 'ISB'].entries())
  CONTROL[name] = row(['i'], 8, numbered((0xd503309f | (i << 5)) >>> 0, 15n, 8), nothing);
