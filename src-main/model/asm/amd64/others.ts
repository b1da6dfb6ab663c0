/** amd64: fences, single flags, and signs that go into DX. Semantics: Intel's manual. */
import { type CpuPort, reader, writer } from '../access';
import { type FlagName, MASK, type Size, TOP } from '../flags';
import type { InstructionSpec } from '../instruction-spec';
import { bytes } from './encode';
import { type Prepare, REGISTER, row, signed, type Table } from './rows';

export const OTHER_ROWS: Table = {};

const nothing: Prepare = () => () => undefined;
// Go's NOP is for the assembler alone: no byte of it is left.
OTHER_ROWS.NOP = row(['', 'rm'], 8, bytes(), nothing);
OTHER_ROWS.PAUSE = row([''], 8, bytes(0xf3, 0x90), nothing);
for (const [fence, last] of [
  ['LFENCE', 0xe8],
  ['MFENCE', 0xf0],
  ['SFENCE', 0xf8],
] as const)
  OTHER_ROWS[fence] = row([''], 8, bytes(0x0f, 0xae, last), nothing);
// Simplified: instructions follow each other one by one here, so LOCK has nothing left to do.
OTHER_ROWS.LOCK = row([''], 8, bytes(0xf0), nothing);

const flagSetter = (code: number, flags: (cpu: CpuPort) => Partial<Record<FlagName, boolean>>): InstructionSpec =>
  row([''], 8, bytes(code), () => (cpu) => {
    cpu.setFlags(flags(cpu));
  });
OTHER_ROWS.CLC = flagSetter(0xf8, () => ({ CF: false }));
OTHER_ROWS.STC = flagSetter(0xf9, () => ({ CF: true }));
OTHER_ROWS.CMC = flagSetter(0xf5, (cpu) => ({ CF: !cpu.flag('CF') }));

function accumulator(from: Size, to: Size, ...code: readonly number[]): InstructionSpec {
  return row([''], to, bytes(...code), (_, site) => {
    const [read, write] = [reader(REGISTER('AX'), from, site), writer(REGISTER('AX'), to, site)];
    return (cpu) => {
      write(cpu, BigInt.asUintN(to * 8, signed(read(cpu), from)));
    };
  });
}
OTHER_ROWS.CBW = accumulator(1, 2, 0x66, 0x98);
OTHER_ROWS.CWDE = accumulator(2, 4, 0x98);
OTHER_ROWS.CDQE = accumulator(4, 8, 0x48, 0x98);

function signIntoDx(size: Size, ...code: readonly number[]): InstructionSpec {
  return row([''], size, bytes(...code), (_, site) => {
    const [read, write] = [reader(REGISTER('AX'), size, site), writer(REGISTER('DX'), size, site)];
    return (cpu) => {
      write(cpu, (read(cpu) & TOP[size]) === 0n ? 0n : MASK[size]);
    };
  });
}
OTHER_ROWS.CWD = signIntoDx(2, 0x66, 0x99);
OTHER_ROWS.CDQ = signIntoDx(4, 0x99);
OTHER_ROWS.CQO = signIntoDx(8, 0x48, 0x99);
