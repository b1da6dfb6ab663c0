/** Moves: constants, addresses, loads and stores, pairs. Semantics: Arm's manual; names and operand order: Go's assembler. */
import { addressReader, type CpuPort, loadFrom, memoryReader, memoryWriter, reader, storeTo, writer } from '../access';
import type { Encode } from '../encoding';
import { type FlagName, MASK, type Size } from '../flags';
import type { Instruction, MemoryOperand, Operand, SymbolOperand } from '../listing';
import { ARM64 } from '../arch/arm64';
import { At, isZero, wordsEncoder } from './classes';
import { extensionEncoder } from './bits';
import { type Access, accessWords, addressWords, pairEncoder } from './encode-memory';
import { bitPattern, isAddend, moves, oneMove, pieceOf } from './constants';
import { loadConstant, refuseUpperHalf } from './encode-sums';
import { type Prepare, row, type Table } from './rows';

export const MOVES: Table = {};

const isPlace = (operand: Operand | undefined): operand is MemoryOperand | SymbolOperand =>
  operand?.kind === 'memory' || operand?.kind === 'symbol';

/** A constant into a register: RSP takes only what ORR makes. */
function constantWords(instruction: Instruction, value: bigint, is64: boolean): number[] {
  const to = new At(instruction, 1);
  const mask = is64 ? MASK[8] : MASK[4];
  const bits = value & mask;
  refuseUpperHalf(new At(instruction, 0), bits);
  const pattern = bitPattern(bits, is64);
  const one = oneMove(bits, is64);
  const isOrr = pattern !== null && (one === null || isAddend(bits));
  if (!isOrr) return loadConstant(bits, is64, to.register());
  // ORR's 31 is RSP: into ZR goes a MOVZ.
  if (to.isZr && one !== null && bits <= 0xfffn) return [(one | 31) >>> 0];
  if (to.isZr && !is64) return moves(bits, false).map((word) => (word | 31) >>> 0);
  return loadConstant(bits, is64, to.registerOrSp());
}

const STATE_REGISTER = 0xd51b4200;

/** Not a load or store: then .W and .P have nothing to change. */
function withoutSuffix(encode: Encode): Encode {
  return (instruction, at) => {
    const { suffix } = instruction;
    if (suffix !== '') new At(instruction, 0).refuse({ key: 'suffixOperand', suffix });
    return encode(instruction, at);
  };
}

function moveEncoder(access: Access, others: (instruction: Instruction) => readonly number[]): Encode {
  const plain = withoutSuffix(wordsEncoder(others));
  const toMemory = wordsEncoder((instruction, at) => accessWords(access, instruction, at));
  const address = withoutSuffix(
    wordsEncoder((instruction, at) => {
      const [from] = instruction.operands;
      return from?.kind === 'address' ? addressWords(from.of, instruction, at) : [];
    }),
  );
  return (instruction, at) => {
    const [from, to] = instruction.operands;
    if (isPlace(from) || isPlace(to)) return toMemory(instruction, at);
    return (from?.kind === 'address' ? address : plain)(instruction, at);
  };
}

/** MOVD between registers: through ADD where one is RSP, else ORR; ZR is a constant. */
function wideWords(instruction: Instruction): number[] {
  const [from, to] = [new At(instruction, 0), new At(instruction, 1)];
  const { operand } = from;
  if (operand?.kind === 'system') return [(STATE_REGISTER | (1 << 21) | to.register()) >>> 0];
  if (to.operand?.kind === 'system') return [(STATE_REGISTER | from.register()) >>> 0];
  if (from.isZr) return [(0xd2800000 | to.register()) >>> 0];
  if (operand?.kind === 'immediate') return constantWords(instruction, operand.value, true);
  const [m, d] = [from.registerOrSp(), to.registerOrSp()];
  return from.isSp || to.isSp ? [(0x91000000 | (m << 5) | d) >>> 0] : [(0xaa0003e0 | (m << 16) | d) >>> 0];
}

/** MOVWU between registers: only the lower half is left. */
const halfWord = (instruction: Instruction): number =>
  (0x2a0003e0 | (new At(instruction, 0).register() << 16) | new At(instruction, 1).register()) >>> 0;

/** Name, bytes of the memory, keeps the sign; how it goes between registers: SBFM or UBFM of so many bits. */
const KINDS: readonly (readonly [string, Size, boolean])[] = [
  ['MOVD', 8, false],
  ['MOVW', 4, true],
  ['MOVWU', 4, false],
  ['MOVH', 2, true],
  ['MOVHU', 2, false],
  ['MOVB', 1, true],
  ['MOVBU', 1, false],
];

for (const [name, size, isSigned] of KINDS) {
  const access: Access = { log: Math.log2(size), opc: isSigned ? 2 : 1, hasIndexedStore: name !== 'MOVBU' };
  const bits = extensionEncoder((isSigned ? 0x93400000 : 0xd3400000) | ((size * 8 - 1) << 10));
  const others = withoutSuffix(bits);
  const between: Encode =
    size === 8
      ? moveEncoder(access, wideWords)
      : moveEncoder(access, (instruction) => {
          const [from] = instruction.operands;
          if (name === 'MOVW' && from?.kind === 'immediate' && !isZero(from)) return constantWords(instruction, from.value, false);
          return [halfWord(instruction)];
        });
  const encode: Encode = (instruction, at) => {
    const [from, to] = instruction.operands;
    const isExtended = size < 8 && name !== 'MOVWU' && from?.kind === 'register' && to?.kind === 'register';
    return isExtended ? others(instruction, at) : between(instruction, at);
  };
  const forms = size === 8 ? ['rmia g', 'g m', 'v g', 'g v'] : name === 'MOVW' ? ['rmi g', 'g m'] : ['gm g', 'g m'];
  MOVES[name] = row(forms, 8, encode, moving(size, isSigned), true);
}

/** A shift that is written shifts by the access's size, even where it says 0: that is what its bit means. */
const asEncoded = (operand: Operand | undefined, size: Size): Operand | undefined =>
  operand?.kind === 'memory' && operand.extend === 'LSL' ? { ...operand, scale: size } : operand;

function moving(size: Size, isSigned: boolean): Prepare {
  return (operands, site) => {
    const [from, to] = operands.map((operand) => asEncoded(operand, size));
    if (from?.kind === 'system') {
      const write = writer(to, 8, site);
      return (cpu) => {
        write(cpu, stateWord(cpu));
      };
    }
    if (to?.kind === 'system') return setState(reader(from, 8, site));
    if (isPlace(to)) {
      const [read, write] = [reader(from, 8, site), memoryWriter(to, size, site)];
      return (cpu) => {
        write(cpu, read(cpu));
      };
    }
    const read = isPlace(from) ? memoryReader(from, size, site) : reader(from, size, site);
    const write = writer(to, 8, site);
    // A constant of 32 bits leaves the upper ones clear.
    const mask = from?.kind === 'immediate' ? MASK[size] : MASK[8];
    if (!isSigned || from?.kind === 'immediate') {
      return (cpu) => {
        write(cpu, read(cpu) & mask);
      };
    }
    return (cpu) => {
      write(cpu, BigInt.asUintN(64, BigInt.asIntN(size * 8, read(cpu))));
    };
  };
}

const STATE_FLAGS: readonly (readonly [FlagName, bigint])[] = [
  ['N', 1n << 31n],
  ['Z', 1n << 30n],
  ['C', 1n << 29n],
  ['V', 1n << 28n],
];

const stateWord = (cpu: CpuPort): bigint => STATE_FLAGS.reduce((word, [flag, mask]) => (cpu.flag(flag) ? word | mask : word), 0n);

const setState =
  (read: (cpu: CpuPort) => bigint) =>
  (cpu: CpuPort): void => {
    const word = read(cpu);
    cpu.setFlags(Object.fromEntries(STATE_FLAGS.map(([flag, mask]) => [flag, (word & mask) !== 0n])));
  };

MOVES.MRS = row(['v g'], 8, wordsEncoder(wideWords), moving(8, false));
MOVES.MSR = row(['g v'], 8, wordsEncoder(wideWords), moving(8, false));

/** MOVK puts 16 bits in and keeps the others, MOVZ clears them, MOVN sets them: `MOVK $(5<<16), R1`. */
const PIECES: readonly (readonly [string, number, (old: bigint, value: bigint, mask: bigint) => bigint])[] = [
  ['MOVK', 0x72800000, (old, value, mask) => (old & ~mask) | value],
  ['MOVZ', 0x52800000, (_, value) => value],
  ['MOVN', 0x12800000, (_, value) => ~value],
];

for (const [name, base, put] of PIECES) {
  for (const size of [8, 4] as const)
    MOVES[`${name}${size === 8 ? '' : 'W'}`] = row(
      ['i g'],
      size,
      wordsEncoder((instruction) => {
        const [from, to] = [new At(instruction, 0), new At(instruction, 1)];
        const value = from.operand?.kind === 'immediate' ? from.operand.value : 0n;
        const at = pieceOf(value);
        if (value === 0n) from.refuse({ key: 'zeroPiece', op: instruction.op });
        if (at === null) from.refuse({ key: 'sixteenBits', op: instruction.op }, '$(1<<16)');
        if (at !== null && at * 16 >= size * 8) from.refuse({ key: 'pieceBeyond', op: instruction.op });
        const piece = at ?? 0;
        return [
          ((size === 8 ? 0x80000000 : 0) |
            base |
            (piece << 21) |
            (Number((value >> BigInt(16 * piece)) & 0xffffn) << 5) |
            to.register()) >>>
            0,
        ];
      }),
      ([from, to], site) => {
        const value = from?.kind === 'immediate' ? from.value : 0n;
        const mask = 0xffffn << BigInt(16 * (pieceOf(value) ?? 0));
        const [read, write] = [reader(to, size, site), writer(to, size, site)];
        return (cpu) => {
          write(cpu, put(read(cpu), value, mask) & MASK[size]);
        };
      },
    );
}

// ---- two registers at once

/** Loads of a pair: whether memory's 32 bits keep their sign. */
const PAIRS: readonly (readonly [string, number, Size, boolean])[] = [
  ['LDP', 2, 8, false],
  ['LDPW', 0, 4, false],
  ['LDPSW', 1, 4, true],
];

const plainRegister = (name: string): Operand => ({ kind: 'register', name, part: 'whole' });

/** Where the first of two words lies; .W and .P move the base. */
function pairAddress(
  memory: MemoryOperand | SymbolOperand,
  size: Size,
  site: Parameters<Prepare>[1],
): (cpu: CpuPort) => { at: bigint; viaStack: boolean; move: () => void } {
  const reach = addressReader(memory, site);
  if (memory.kind === 'symbol') return (cpu) => ({ at: reach(cpu), viaStack: false, move: () => undefined });
  const base = memory.hardware === null ? (memory.base ?? 'RSP') : 'RSP';
  const viaStack = base === 'RSP';
  // Checks the stack's alignment as any access does.
  const checked = viaStack ? memoryReader({ ...memory, offset: memory.offset }, size, { ...site, suffix: '' }) : null;
  return (cpu) => {
    const moved = reach(cpu);
    const at = site.suffix === 'P' ? cpu.reg(base) : moved;
    if (checked !== null && cpu.reg('RSP') % 16n !== 0n) checked(cpu);
    return {
      at,
      viaStack,
      move: () => {
        if (site.suffix !== '') cpu.setReg(base, moved);
      },
    };
  };
}

const next = (address: bigint, size: Size): bigint => BigInt.asUintN(64, address + BigInt(size));

for (const [name, opc, size, isSigned] of PAIRS) {
  MOVES[name] = row(
    ['m p'],
    8,
    pairEncoder(opc, Math.log2(size), false),
    ([from, to], site) => {
      if (to?.kind !== 'pair' || !isPlace(from)) throw new Error('a load of a pair without one');
      const place = pairAddress(from, size, site);
      const writers = to.names.map((each) => writer(plainRegister(each), 8, site));
      const widen = (value: bigint): bigint => (isSigned ? BigInt.asUintN(64, BigInt.asIntN(32, value)) : value);
      return (cpu) => {
        const { at, viaStack, move } = place(cpu);
        const values = [at, next(at, size)].map((address) => widen(loadFrom(cpu, address, size, viaStack, ARM64)));
        for (const [i, write] of writers.entries()) write(cpu, values[i] ?? 0n);
        move();
      };
    },
    true,
  );
}

for (const [name, opc, size] of [
  ['STP', 2, 8],
  ['STPW', 0, 4],
] as const) {
  MOVES[name] = row(
    ['p m'],
    8,
    pairEncoder(opc, Math.log2(size), true),
    ([from, to], site) => {
      if (from?.kind !== 'pair' || !isPlace(to)) throw new Error('a store of a pair without one');
      const place = pairAddress(to, size, site);
      const readers = from.names.map((each) => reader(plainRegister(each), 8, site));
      return (cpu) => {
        const { at, viaStack, move } = place(cpu);
        const values = readers.map((read) => read(cpu));
        storeTo(cpu, at, size, values[0] ?? 0n, viaStack, ARM64);
        storeTo(cpu, next(at, size), size, values[1] ?? 0n, viaStack, ARM64);
        move();
      };
    },
    true,
  );
}
