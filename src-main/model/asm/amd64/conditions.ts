/** amd64: what depends on the flags, and the jumps that do. Semantics: Intel's manual. */
import { reader, writer } from '../access';
import { AMD64_CONDITIONS, AMD64_JUMP_ALIASES, type FlagName, type Size } from '../flags';
import type { InstructionSpec } from '../instruction-spec';
import { intoRegister, jump, oneOperand } from './encode';
import { labelTurn, reach, REGISTER, row, SIZES, type Table, turnRow } from './rows';

export const CONDITION_ROWS: Table = {};

/** By their number in the opcode. */
const CONDITION_NUMBERS = ['OS', 'OC', 'CS', 'CC', 'EQ', 'NE', 'LS', 'HI', 'MI', 'PL', 'PS', 'PC', 'LT', 'GE', 'LE', 'GT'];

for (const [condition, isTrue] of Object.entries(AMD64_CONDITIONS)) {
  const number = CONDITION_NUMBERS.indexOf(condition);
  CONDITION_ROWS[`SET${condition}`] = row(['bm'], 1, oneOperand(1, [0x0f, 0x90 + number], 0), ([to], site) => {
    const write = writer(to, 1, site);
    return (cpu) => {
      write(cpu, isTrue((flag) => cpu.flag(flag)) ? 1n : 0n);
    };
  });
  for (const [letter, size] of SIZES.slice(1)) {
    // Without the condition a 32-bit move still clears the upper half.
    CONDITION_ROWS[`CMOV${letter}${condition}`] = row(['rm r'], size, intoRegister(size, [0x0f, 0x40 + number]), ([from, to], site) => {
      const [read, old, write] = [reader(from, size, site), reader(to, size, site), writer(to, size, site)];
      return (cpu) => {
        const value = read(cpu);
        write(cpu, isTrue((flag) => cpu.flag(flag)) ? value : old(cpu));
      };
    });
  }
  CONDITION_ROWS[`J${condition}`] = turnRow(['l'], jump([0x70 + number], [0x0f, 0x80 + number]), conditional(isTrue), reach(6));
}

function conditional(isTrue: (ask: (flag: FlagName) => boolean) => boolean): InstructionSpec['prepare'] {
  return ([target]) => {
    const turn = labelTurn(target);
    return (cpu) => (isTrue((flag) => cpu.flag(flag)) ? turn : null);
  };
}

for (const [alias, name] of Object.entries(AMD64_JUMP_ALIASES)) {
  const spec = CONDITION_ROWS[name];
  if (spec) CONDITION_ROWS[alias] = spec;
}

const countIsZero =
  (size: Size): InstructionSpec['prepare'] =>
  ([target], site) => {
    const turn = labelTurn(target);
    const count = reader(REGISTER('CX'), size, site);
    return (cpu) => (count(cpu) === 0n ? turn : null);
  };
// With a 32-bit address: that prefix makes it ECX.
CONDITION_ROWS.JCXZL = turnRow(['l'], jump([0x67, 0xe3], null, 1), countIsZero(4), reach(null));
CONDITION_ROWS.JCXZQ = turnRow(['l'], jump([0xe3], null), countIsZero(8), reach(null));
