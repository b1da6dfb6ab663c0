/** amd64: moves that widen, and addresses. Semantics: Intel's manual. */
import { addressReader, reader, writer } from '../access';
import { MASK, type Size } from '../flags';
import { intoRegister } from './encode';
import { row, SIZES, type Table } from './rows';

export const WIDENING_ROWS: Table = {};

/** Name, bytes taken, bytes written, keeps the sign; bytes of the operation, opcode. */
const WIDENING: readonly (readonly [string, Size, Size, boolean, Size, readonly number[]])[] = [
  ['MOVBLZX', 1, 4, false, 4, [0x0f, 0xb6]],
  ['MOVBLSX', 1, 4, true, 4, [0x0f, 0xbe]],
  ['MOVBQZX', 1, 8, false, 8, [0x0f, 0xb6]],
  ['MOVBQSX', 1, 8, true, 8, [0x0f, 0xbe]],
  ['MOVBWZX', 1, 2, false, 2, [0x0f, 0xb6]],
  ['MOVBWSX', 1, 2, true, 2, [0x0f, 0xbe]],
  ['MOVWLZX', 2, 4, false, 4, [0x0f, 0xb7]],
  ['MOVWLSX', 2, 4, true, 4, [0x0f, 0xbf]],
  ['MOVWQZX', 2, 8, false, 8, [0x0f, 0xb7]],
  ['MOVWQSX', 2, 8, true, 8, [0x0f, 0xbf]],
  ['MOVLQZX', 4, 8, false, 4, [0x8b]],
  ['MOVLQSX', 4, 8, true, 8, [0x63]],
];

for (const [name, from, to, isSigned, size, opcode] of WIDENING) {
  WIDENING_ROWS[name] = row([from === 1 ? 'bm r' : 'rm r'], from, intoRegister(size, opcode, { rmSize: from }), ([a, b], site) => {
    const [read, write] = [reader(a, from, site), writer(b, to, site)];
    return (cpu) => {
      const value = read(cpu);
      write(cpu, isSigned ? BigInt.asUintN(to * 8, BigInt.asIntN(from * 8, value)) : value);
    };
  });
}

for (const [letter, size] of SIZES.slice(1)) {
  WIDENING_ROWS[`LEA${letter}`] = row(['m r'], size, intoRegister(size, [0x8d]), ([from, to], site) => {
    if (from?.kind !== 'memory' && from?.kind !== 'symbol') throw new Error('LEA without an address');
    const [address, write] = [addressReader(from, site), writer(to, size, site)];
    return (cpu) => {
      write(cpu, address(cpu) & MASK[size]);
    };
  });
}
