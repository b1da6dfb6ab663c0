/** What depends on the flags without jumping: CSEL and its kin, CCMP and CCMN. Semantics: Arm's manual; operand order: Go's assembler. */
import { reader, writer } from '../access';
import { ARM64_CONDITIONS, arm64Flags, type FlagName, type Flags, MASK, type Size } from '../flags';
import type { Operand } from '../listing';
import { At, CONDITION_NUMBERS, isZero, wordsEncoder } from './classes';
import { row, type Table, wideBit, WIDTHS } from './rows';

export const CONDITIONS: Table = {};

type Ask = (flag: FlagName) => boolean;

function conditionOf(operand: Operand | undefined): (ask: Ask) => boolean {
  const isTrue = operand?.kind === 'condition' ? ARM64_CONDITIONS[operand.name] : undefined;
  if (!isTrue) throw new Error('an instruction without its condition');
  return isTrue;
}

function conditionNumber(at: At, isInverted: boolean): number {
  const { operand } = at;
  const number = CONDITION_NUMBERS[operand?.kind === 'condition' ? operand.name : ''] ?? 0;
  // Inverted, always would be never, which the processor does not have.
  if (isInverted && number >= CONDITION_NUMBERS.AL!) at.refuse({ key: 'conditionAlways', op: at.instruction.op });
  return isInverted ? number ^ 1 : number;
}

/** What the alternative does with its register; bits 30 and 10. */
const OTHERWISE: Record<string, { bits: number; short: string | null; of: (value: bigint) => bigint }> = {
  CSEL: { bits: 0, short: null, of: (value) => value },
  CSINC: { bits: 1 << 10, short: 'CINC', of: (value) => value + 1n },
  CSINV: { bits: 1 << 30, short: 'CINV', of: (value) => ~value },
  CSNEG: { bits: (1 << 30) | (1 << 10), short: 'CNEG', of: (value) => -value },
};

for (const [letter, size] of WIDTHS) {
  for (const [name, { bits, short, of }] of Object.entries(OTHERWISE)) {
    const base = wideBit(size) | 0x1a800000 | bits;
    CONDITIONS[name + letter] = row(
      ['c r r g'],
      size,
      wordsEncoder((instruction) => {
        const condition = conditionNumber(new At(instruction, 0), false);
        const [n, m, d] = [1, 2, 3].map((i) => new At(instruction, i).register()) as [number, number, number];
        return [(base | (m << 16) | (condition << 12) | (n << 5) | d) >>> 0];
      }),
      ([condition, a, b, to], site) => {
        const isTrue = conditionOf(condition);
        const [left, right, write] = [reader(a, size, site), reader(b, size, site), writer(to, size, site)];
        return (cpu) => {
          write(cpu, (isTrue((flag) => cpu.flag(flag)) ? left(cpu) : of(right(cpu))) & MASK[size]);
        };
      },
    );
    // CINC EQ, Rn, Rd is CSINC with both sources Rn and the opposite condition.
    if (short !== null) {
      CONDITIONS[short + letter] = row(
        ['c r g'],
        size,
        wordsEncoder((instruction) => {
          const condition = conditionNumber(new At(instruction, 0), true);
          const [n, d] = [new At(instruction, 1).register(), new At(instruction, 2).register()];
          return [(base | (n << 16) | (condition << 12) | (n << 5) | d) >>> 0];
        }),
        ([condition, a, to], site) => {
          const isTrue = conditionOf(condition);
          const [read, write] = [reader(a, size, site), writer(to, size, site)];
          return (cpu) => {
            const value = read(cpu);
            write(cpu, (isTrue((flag) => cpu.flag(flag)) ? of(value) : value) & MASK[size]);
          };
        },
      );
    }
  }
  for (const [name, yes, bits] of [
    ['CSET', 1n, 1 << 10],
    ['CSETM', MASK[size], 1 << 30],
  ] as const) {
    CONDITIONS[name + letter] = row(
      ['c g'],
      size,
      wordsEncoder((instruction) => {
        const condition = conditionNumber(new At(instruction, 0), true);
        return [(wideBit(size) | 0x1a9f03e0 | bits | (condition << 12) | new At(instruction, 1).register()) >>> 0];
      }),
      ([condition, to], site) => {
        const isTrue = conditionOf(condition);
        const write = writer(to, size, site);
        return (cpu) => {
          write(cpu, isTrue((flag) => cpu.flag(flag)) ? yes : 0n);
        };
      },
    );
  }
  comparison(`CCMP${letter}`, size, 1 << 30, (a, b) => arm64Flags(a, ~b & MASK[size], 1n, size));
  comparison(`CCMN${letter}`, size, 0, (a, b) => arm64Flags(a, b, 0n, size));
}

/** CCMP EQ, Rn, Rm, $nzcv: compares where the condition holds; else the flags are the number's four bits. */
function comparison(name: string, size: Size, bits: number, compare: (a: bigint, b: bigint) => Flags): void {
  const base = wideBit(size) | 0x3a400000 | bits;
  CONDITIONS[name] = row(
    ['c r ri i'],
    size,
    wordsEncoder((instruction) => {
      const condition = conditionNumber(new At(instruction, 0), false);
      const n = new At(instruction, 1).register();
      const other = new At(instruction, 2);
      const { operand } = other;
      const nzcv = Number(new At(instruction, 3).within(0n, 15n));
      const isImmediate = operand?.kind === 'immediate';
      const m = isImmediate && !isZero(operand) ? Number(operand.value & 31n) : isImmediate ? 0 : other.register();
      return [(base | (m << 16) | (condition << 12) | (isImmediate ? 1 << 11 : 0) | (n << 5) | nzcv) >>> 0];
    }),
    ([condition, a, b, otherwise], site) => {
      const isTrue = conditionOf(condition);
      // Of a number five bits are taken.
      const other = b?.kind === 'immediate' ? { ...b, value: b.value & 31n } : b;
      const [left, right] = [reader(a, size, site), reader(other, size, site)];
      const bitsOf = otherwise?.kind === 'immediate' ? Number(otherwise.value & 15n) : 0;
      const flags: Flags = { N: (bitsOf & 8) !== 0, Z: (bitsOf & 4) !== 0, C: (bitsOf & 2) !== 0, V: (bitsOf & 1) !== 0 };
      return (cpu) => {
        cpu.setFlags(isTrue((flag) => cpu.flag(flag)) ? compare(left(cpu), right(cpu)) : flags);
      };
    },
  );
}
