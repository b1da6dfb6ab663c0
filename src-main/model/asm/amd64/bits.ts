/** amd64: single bits, and scans for them. Semantics: Intel's manual. */
import { addressReader, loadFrom, reader, type Site, storeTo, writer } from '../access';
import { AMD64 } from '../arch/amd64';
import type { Encode } from '../encoding';
import { parity, type Size } from '../flags';
import type { MemoryOperand, Operand, SymbolOperand } from '../listing';
import { fromRegister, intoRegister, parts, wide } from './encode';
import { BIT_RANGE, type Does, type Prepare, row, signed, SIZES, type Table } from './rows';

export const BIT_ROWS: Table = {};

type BitChange = (value: bigint, mask: bigint) => bigint;
/** With the number of the operation. */
const BITS: Record<string, readonly [number, BitChange | null]> = {
  BT: [4, null],
  BTS: [5, (value, mask) => value | mask],
  BTR: [6, (value, mask) => value & ~mask],
  BTC: [7, (value, mask) => value ^ mask],
};

for (const [name, [operation, change]] of Object.entries(BITS)) {
  for (const [letter, size] of SIZES.slice(1)) {
    BIT_ROWS[name + letter] = row(
      ['ri r', 'i m', 'r m'],
      size,
      bitEncoder(size, operation),
      ([which, to], site) => {
        if (which?.kind === 'register' && (to?.kind === 'memory' || to?.kind === 'symbol'))
          return bitOfMemory(which, to, size, change, site);
        const [index, read, write] = [reader(which, size, site), reader(to, size, site), writer(to, size, site)];
        return (cpu) => {
          const mask = 1n << (index(cpu) & BigInt(size * 8 - 1));
          const value = read(cpu);
          if (change) write(cpu, change(value, mask));
          cpu.setFlags({ CF: (value & mask) !== 0n });
        };
      },
      BIT_RANGE,
    );
  }
}

/** A register's number reaches beyond the operand, to either side: it counts the bits of all memory from there. */
function bitOfMemory(which: Operand, to: MemoryOperand | SymbolOperand, size: Size, change: BitChange | null, site: Site): Does {
  const [index, place] = [reader(which, size, site), addressReader(to, site)];
  const viaStack = to.kind === 'memory' && (to.hardware !== null || AMD64.stackBases.some((base) => base === to.base));
  const bits = BigInt(size * 8);
  return (cpu) => {
    const number = signed(index(cpu), size);
    const within = BigInt.asUintN(64, number) % bits;
    const address = BigInt.asUintN(64, place(cpu) + ((number - within) / bits) * BigInt(size));
    const mask = 1n << within;
    const value = loadFrom(cpu, address, size, viaStack, AMD64);
    if (change) storeTo(cpu, address, size, change(value, mask), viaStack, AMD64);
    cpu.setFlags({ CF: (value & mask) !== 0n });
  };
}

function bitEncoder(size: Size, operation: number): Encode {
  const register = fromRegister(size, [0x0f, 0x83 + (operation << 3)]);
  const immediate = parts(([which, rm]) => ({
    size,
    opcode: [0x0f, 0xba],
    reg: operation,
    immediate: wide(which, 1),
    ...(rm === undefined ? {} : { rm }),
  }));
  return (instruction, at) => (instruction.operands[0]?.kind === 'immediate' ? immediate : register)(instruction, at);
}

for (const [letter, size] of SIZES.slice(1)) {
  const scan =
    (find: (value: bigint) => bigint): Prepare =>
    ([from, to], site) => {
      const [read, write] = [reader(from, size, site), writer(to, size, site)];
      return (cpu) => {
        const value = read(cpu);
        // The manual leaves the destination undefined for 0; processors leave it alone.
        const index = value === 0n ? 0n : find(value);
        if (value !== 0n) write(cpu, index);
        cpu.setFlags({ CF: false, PF: parity(index), AF: false, ZF: value === 0n, SF: false, OF: false });
      };
    };
  BIT_ROWS[`BSF${letter}`] = row(
    ['rm r'],
    size,
    intoRegister(size, [0x0f, 0xbc]),
    scan((value) => BigInt((value & -value).toString(2).length - 1)),
  );
  BIT_ROWS[`BSR${letter}`] = row(
    ['rm r'],
    size,
    intoRegister(size, [0x0f, 0xbd]),
    scan((value) => BigInt(value.toString(2).length - 1)),
  );
  BIT_ROWS[`POPCNT${letter}`] = row(['rm r'], size, intoRegister(size, [0x0f, 0xb8], { prefix: 0xf3 }), ([from, to], site) => {
    const [read, write] = [reader(from, size, site), writer(to, size, site)];
    return (cpu) => {
      const value = read(cpu);
      write(cpu, BigInt(value.toString(2).replaceAll('0', '').length));
      cpu.setFlags({ CF: false, PF: false, AF: false, ZF: value === 0n, SF: false, OF: false });
    };
  });
}
