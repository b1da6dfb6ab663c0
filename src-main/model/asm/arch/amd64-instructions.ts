/**
 * The amd64 instructions: what they may be given, how long they are, what they do. Semantics: scheduler.md section 5.5, Intel's manual;
 * names and operand order: Go's assembler, in which the destination comes last and CMP keeps Intel's order.
 * What the manual leaves undefined is as a real processor was measured to do (testdata/measured-amd64.txt).
 */
import { addressReader, type CpuPort, loadFrom, type Read, reader, type Site, storeTo, writer } from '../access';
import { AMD64 } from './amd64';
import { arithmeticBytes, bodyBytes, moveBytes, shiftBytes } from './encode-amd64';
import {
  additionFlags,
  AMD64_CONDITIONS,
  AMD64_JUMP_ALIASES,
  type FlagName,
  logicFlags,
  MASK,
  parity,
  type Size,
  subtractionFlags,
  TOP,
} from '../flags';
import type { Carry, InstructionSpec, Turn } from '../instruction-spec';
import type { Operand } from '../listing';
import { CpuFault } from '../signals';

type Does = (cpu: CpuPort) => void;
type Prepare = (operands: readonly Operand[], site: Site) => Does;

const SIZES: readonly [string, Size][] = [
  ['B', 1],
  ['W', 2],
  ['L', 4],
  ['Q', 8],
];
const WORD = MASK[8];
const RET_TURN: Turn = { kind: 'ret' };
const SYSCALL_TURN: Turn = { kind: 'syscall' };

const fixed = (bytes: number) => (): number => bytes;

/** 32 bits, signed or not; a move into a 64-bit register alone takes more. */
const WORD_RANGE = [-0x80000000n, 0xffffffffn] as const;
const COUNT_RANGE = [0n, 255n] as const;
const BIT_RANGE = [-128n, 127n] as const;

function row(
  forms: readonly string[],
  size: Size,
  bytes: InstructionSpec['bytes'],
  prepare: Prepare,
  range: InstructionSpec['range'] = WORD_RANGE,
): InstructionSpec {
  const carry: InstructionSpec['prepare'] = (operands, site): Carry => {
    const does = prepare(operands, site);
    return (cpu) => {
      does(cpu);
      return null;
    };
  };
  return { forms, size, isJump: false, bytes, longBytes: 0, range, mayChangeBase: false, prepare: carry };
}

function turnRow(
  forms: readonly string[],
  bytes: InstructionSpec['bytes'],
  prepare: InstructionSpec['prepare'],
  jump?: { longBytes: number },
): InstructionSpec {
  return { forms, size: 8, isJump: jump !== undefined, bytes, longBytes: jump?.longBytes ?? 0, range: null, mayChangeBase: false, prepare };
}

const table: Record<string, InstructionSpec> = {};

/** Registers of a form; byte instructions take AL, AH and their like as well. */
const sized = (forms: readonly string[], size: Size): string[] =>
  size === 1 ? forms.map((form) => form.replaceAll('r', 'b')) : [...forms];

// ---- two operands, the second changed

/** The result goes nowhere or somewhere; the flags are set once it could be written. */
const ARITHMETIC: Record<
  string,
  {
    value: (cpu: CpuPort, a: bigint, b: bigint) => bigint;
    flags: (cpu: CpuPort, a: bigint, b: bigint, size: Size) => ReturnType<typeof logicFlags>;
  }
> = {
  ADD: { value: (_, a, b) => a + b, flags: (_, a, b, size) => additionFlags(a, b, 0n, size) },
  ADC: { value: (cpu, a, b) => a + b + bit(cpu, 'CF'), flags: (cpu, a, b, size) => additionFlags(a, b, bit(cpu, 'CF'), size) },
  SUB: { value: (_, a, b) => a - b, flags: (_, a, b, size) => subtractionFlags(a, b, 0n, size) },
  SBB: { value: (cpu, a, b) => a - b - bit(cpu, 'CF'), flags: (cpu, a, b, size) => subtractionFlags(a, b, bit(cpu, 'CF'), size) },
  AND: { value: (_, a, b) => a & b, flags: (_, a, b, size) => logicFlags(a & b, size) },
  OR: { value: (_, a, b) => a | b, flags: (_, a, b, size) => logicFlags(a | b, size) },
  XOR: { value: (_, a, b) => a ^ b, flags: (_, a, b, size) => logicFlags(a ^ b, size) },
};

const bit = (cpu: CpuPort, flag: FlagName): bigint => (cpu.flag(flag) ? 1n : 0n);

for (const [name, { value, flags }] of Object.entries(ARITHMETIC)) {
  for (const [letter, size] of SIZES) {
    table[name + letter] = row(
      sized(['rmi r', 'ri m'], size),
      size,
      (operands) => arithmeticBytes(operands, size),
      ([from, to], site) => {
        const [a, b, write] = [reader(to, size, site), reader(from, size, site), writer(to, size, site)];
        return (cpu) => {
          const [left, right] = [a(cpu), b(cpu)];
          const set = flags(cpu, left, right, size);
          write(cpu, value(cpu, left, right) & MASK[size]);
          cpu.setFlags(set);
        };
      },
    );
  }
}

for (const [letter, size] of SIZES) {
  // Go keeps Intel's order here: CMPQ A, B compares A with B.
  table[`CMP${letter}`] = row(
    sized(['r rmi', 'm ri'], size),
    size,
    (operands) => arithmeticBytes(operands, size),
    ([a, b], site) => {
      const [left, right] = [reader(a, size, site), reader(b, size, site)];
      return (cpu) => {
        cpu.setFlags(subtractionFlags(left(cpu), right(cpu), 0n, size));
      };
    },
  );
  table[`TEST${letter}`] = row(
    sized(['rmi r', 'ri m'], size),
    size,
    (operands) => arithmeticBytes(operands, size, false),
    ([a, b], site) => {
      const [left, right] = [reader(a, size, site), reader(b, size, site)];
      return (cpu) => {
        cpu.setFlags(logicFlags(left(cpu) & right(cpu), size));
      };
    },
  );
  table[`MOV${letter}`] = row(
    sized(size === 8 ? ['rmia r', 'ri m'] : ['rmi r', 'ri m'], size),
    size,
    (operands) => moveBytes(operands, size),
    ([from, to], site) => {
      const [read, write] = [reader(from, size, site), writer(to, size, site)];
      return (cpu) => {
        write(cpu, read(cpu));
      };
    },
  );
  table[`XCHG${letter}`] = row(sized(['r rm', 'm r'], size), size, exchangeBytes(size), ([a, b], site) => {
    // XCHGL AX, AX is the byte of the processor's NOP: it does not even clear the upper half.
    if (size > 1 && [a, b].every((each) => each?.kind === 'register' && each.name === 'AX')) return () => undefined;
    const [readA, readB, writeA, writeB] = [reader(a, size, site), reader(b, size, site), writer(a, size, site), writer(b, size, site)];
    return (cpu) => {
      const [left, right] = [readA(cpu), readB(cpu)];
      writeB(cpu, left);
      writeA(cpu, right);
    };
  });
  table[`XADD${letter}`] = row(
    sized(['r rm'], size),
    size,
    (operands) => bodyBytes(operands, { size, opcode: 2 }),
    ([a, b], site) => {
      const [readA, readB, writeA, writeB] = [reader(a, size, site), reader(b, size, site), writer(a, size, site), writer(b, size, site)];
      return (cpu) => {
        const [left, right] = [readA(cpu), readB(cpu)];
        writeA(cpu, right);
        writeB(cpu, (left + right) & MASK[size]);
        cpu.setFlags(additionFlags(right, left, 0n, size));
      };
    },
  );
  table[`CMPXCHG${letter}`] = row(
    sized(['r rm'], size),
    size,
    (operands) => bodyBytes(operands, { size, opcode: 2 }),
    compareAndExchange(size),
  );
}

/** XCHG with AX has a form of one byte. */
function exchangeBytes(size: Size): InstructionSpec['bytes'] {
  return (operands) => {
    const body = bodyBytes(operands, { size, opcode: 1 });
    const isShort =
      size > 1 &&
      operands.every((each) => each.kind === 'register') &&
      operands.some((each) => each.kind === 'register' && each.name === 'AX');
    return isShort ? body - 1 : body;
  };
}

/** If AX equals the destination, the source goes there and ZF is set; else AX gets what is there. */
function compareAndExchange(size: Size): Prepare {
  const ax: Operand = { kind: 'register', name: 'AX', part: 'whole' };
  return ([from, to], site) => {
    const [accumulator, setAccumulator] = [reader(ax, size, site), writer(ax, size, site)];
    const [source, there, put] = [reader(from, size, site), reader(to, size, site), writer(to, size, site)];
    return (cpu) => {
      const [expected, found] = [accumulator(cpu), there(cpu)];
      if (expected === found) put(cpu, source(cpu));
      else {
        // Memory is written back as it was, and must be writable; a register stays whole, its upper half too.
        if (to?.kind !== 'register') put(cpu, found);
        setAccumulator(cpu, found);
      }
      cpu.setFlags(subtractionFlags(expected, found, 0n, size));
    };
  };
}

// ---- moves that widen

const WIDENING: readonly [string, Size, Size, boolean][] = [
  ['MOVBLZX', 1, 4, false],
  ['MOVBLSX', 1, 4, true],
  ['MOVBQZX', 1, 8, false],
  ['MOVBQSX', 1, 8, true],
  ['MOVBWZX', 1, 2, false],
  ['MOVBWSX', 1, 2, true],
  ['MOVWLZX', 2, 4, false],
  ['MOVWLSX', 2, 4, true],
  ['MOVWQZX', 2, 8, false],
  ['MOVWQSX', 2, 8, true],
  ['MOVLQZX', 4, 8, false],
  ['MOVLQSX', 4, 8, true],
];

for (const [name, from, to, isSigned] of WIDENING) {
  const size: Size = name === 'MOVLQZX' ? 4 : to;
  const opcode = from === 4 ? 1 : 2;
  table[name] = row(
    [from === 1 ? 'bm r' : 'rm r'],
    from,
    (operands) => bodyBytes(operands, { size, opcode, sizes: [from, size] }),
    ([a, b], site) => {
      const [read, write] = [reader(a, from, site), writer(b, to, site)];
      return (cpu) => {
        const value = read(cpu);
        write(cpu, isSigned ? BigInt.asUintN(to * 8, BigInt.asIntN(from * 8, value)) : value);
      };
    },
  );
}

for (const [letter, size] of SIZES.slice(1)) {
  table[`LEA${letter}`] = row(
    ['m r'],
    size,
    (operands) => bodyBytes(operands, { size, opcode: 1 }),
    ([from, to], site) => {
      if (from?.kind !== 'memory' && from?.kind !== 'symbol') throw new Error('LEA without an address');
      const [address, write] = [addressReader(from, site), writer(to, size, site)];
      return (cpu) => {
        write(cpu, address(cpu) & MASK[size]);
      };
    },
  );
}

// ---- one operand

function unary(size: Size, carry: (cpu: CpuPort, value: bigint) => bigint): Prepare {
  return ([to], site) => {
    const [read, write] = [reader(to, size, site), writer(to, size, site)];
    return (cpu) => {
      write(cpu, carry(cpu, read(cpu)) & MASK[size]);
    };
  };
}

/** INC and DEC leave the carry alone. */
const keepCarry = ({ CF: _, ...others }: ReturnType<typeof logicFlags>): ReturnType<typeof logicFlags> => others;

for (const [letter, size] of SIZES) {
  const one = (prepare: Prepare): InstructionSpec =>
    row(sized(['rm'], size), size, (operands) => bodyBytes(operands, { size, opcode: 1 }), prepare);
  const flagged =
    (value: (a: bigint) => bigint, flags: (a: bigint) => ReturnType<typeof logicFlags>): Prepare =>
    ([to], site) => {
      const [read, write] = [reader(to, size, site), writer(to, size, site)];
      return (cpu) => {
        const a = read(cpu);
        write(cpu, value(a) & MASK[size]);
        cpu.setFlags(flags(a));
      };
    };
  table[`NEG${letter}`] = one(
    flagged(
      (a) => -a,
      (a) => subtractionFlags(0n, a, 0n, size),
    ),
  );
  table[`INC${letter}`] = one(
    flagged(
      (a) => a + 1n,
      (a) => keepCarry(additionFlags(a, 1n, 0n, size)),
    ),
  );
  table[`DEC${letter}`] = one(
    flagged(
      (a) => a - 1n,
      (a) => keepCarry(subtractionFlags(a, 1n, 0n, size)),
    ),
  );
  table[`NOT${letter}`] = one(unary(size, (_, a) => ~a));
}

for (const [letter, size] of SIZES.slice(2)) {
  table[`BSWAP${letter}`] = row(
    ['r'],
    size,
    (operands) => bodyBytes(operands, { size, opcode: 1 }),
    unary(size, (_, a) => swapBytes(a, size)),
  );
}

function swapBytes(value: bigint, size: Size): bigint {
  let swapped = 0n;
  for (let i = 0; i < size; i++) swapped = (swapped << 8n) | ((value >> BigInt(8 * i)) & 0xffn);
  return swapped;
}

// ---- shifts and rotations: the count is taken modulo 64 (of a quadword) or 32; a count of 0 leaves the flags alone

interface Shifted {
  result: bigint;
  CF: boolean;
  /** Defined by the manual for a count of 1 only; for others as measured. */
  OF: boolean;
}

function shiftLeft(a: bigint, count: number, size: Size): Shifted {
  const wide = a << BigInt(count);
  const result = wide & MASK[size];
  const CF = (wide & (MASK[size] + 1n)) !== 0n;
  return { result, CF, OF: ((result & TOP[size]) !== 0n) !== CF };
}

function shiftRight(a: bigint, count: number, size: Size): Shifted {
  const before = a >> BigInt(count - 1);
  return {
    result: before >> 1n,
    CF: (before & 1n) === 1n,
    OF: ((before ^ (before >> 1n)) & TOP[size]) !== 0n || (count === 1 && (a & TOP[size]) !== 0n),
  };
}

function shiftArithmetic(a: bigint, count: number, size: Size): Shifted {
  const before = BigInt.asIntN(size * 8, a) >> BigInt(count - 1);
  return { result: (before >> 1n) & MASK[size], CF: (before & 1n) === 1n, OF: false };
}

const SHIFTS: Record<string, typeof shiftLeft> = { SHL: shiftLeft, SAL: shiftLeft, SHR: shiftRight, SAR: shiftArithmetic };

function rotateLeft(a: bigint, count: number, size: Size): Shifted {
  const by = BigInt(count % (size * 8));
  const result = ((a << by) | (a >> (BigInt(size * 8) - by))) & MASK[size];
  const CF = (result & 1n) === 1n;
  return { result, CF, OF: ((result & TOP[size]) !== 0n) !== CF };
}

function rotateRight(a: bigint, count: number, size: Size): Shifted {
  const { result } = rotateLeft(a, size * 8 - (count % (size * 8)), size);
  const CF = (result & TOP[size]) !== 0n;
  return { result, CF, OF: CF !== ((result & (TOP[size] >> 1n)) !== 0n) };
}

const ROTATIONS: Record<string, typeof shiftLeft> = { ROL: rotateLeft, ROR: rotateRight };

for (const [letter, size] of SIZES) {
  const limit = size === 8 ? 63n : 31n;
  const forms = sized(['iC rm'], size);
  for (const [name, shift] of [...Object.entries(SHIFTS), ...Object.entries(ROTATIONS)]) {
    const isRotation = Object.hasOwn(ROTATIONS, name);
    table[name + letter] = row(
      forms,
      size,
      (operands) => shiftBytes(operands, size),
      ([by, to], site) => {
        const [count, read, write] = [reader(by, 1, site), reader(to, size, site), writer(to, size, site)];
        return (cpu) => {
          const amount = Number(count(cpu) & limit);
          const value = read(cpu);
          if (amount === 0) {
            write(cpu, value);
            return;
          }
          const { result, CF, OF } = shift(value, amount, size);
          write(cpu, result);
          cpu.setFlags(isRotation ? { CF, OF } : { ...logicFlags(result, size), CF, OF });
        };
      },
      COUNT_RANGE,
    );
  }
}

// ---- multiplication and division

const REGISTER = (name: string): Operand => ({ kind: 'register', name, part: 'whole' });

for (const [letter, size] of SIZES) {
  const bits = BigInt(size * 8);
  const one = (prepare: Prepare): InstructionSpec =>
    row(sized(['rm'], size), size, (operands) => bodyBytes(operands, { size, opcode: 1 }), prepare);
  /** The double-wide result: DX and AX, or AH and AL. */
  const halves = (site: Site): { low: Read; high: Read; put: (cpu: CpuPort, low: bigint, high: bigint) => void } => {
    const high: Operand = size === 1 ? { kind: 'register', name: 'AX', part: 'high' } : REGISTER('DX');
    const [putLow, putHigh] = [writer(REGISTER('AX'), size, site), writer(high, size, site)];
    return {
      low: reader(REGISTER('AX'), size, site),
      high: reader(high, size, site),
      put: (cpu, a, b) => {
        putLow(cpu, a & MASK[size]);
        putHigh(cpu, b & MASK[size]);
      },
    };
  };
  const multiply =
    (isSigned: boolean): Prepare =>
    ([from], site) => {
      const [read, { low, put }] = [reader(from, size, site), halves(site)];
      return (cpu) => {
        const [a, b] = [low(cpu), read(cpu)];
        const product = isSigned ? signed(a, size) * signed(b, size) : a * b;
        put(cpu, product, product >> bits);
        const isWide = isSigned ? signed(product & MASK[size], size) !== product : product > MASK[size];
        cpu.setFlags(productFlags(isWide));
      };
    };
  const divide =
    (isSigned: boolean): Prepare =>
    ([from], site) => {
      const [read, { low, high, put }] = [reader(from, size, site), halves(site)];
      return (cpu) => {
        const dividend = (high(cpu) << bits) | low(cpu);
        const divisor = read(cpu);
        if (divisor === 0n) throw new CpuFault('SIGFPE', 1, null, { key: 'divisionByZero' });
        const [a, b] = isSigned ? [BigInt.asIntN(size * 16, dividend), signed(divisor, size)] : [dividend, divisor];
        const quotient = a / b;
        const isTooBig = isSigned ? signed(quotient & MASK[size], size) !== quotient : quotient > MASK[size];
        if (isTooBig) throw new CpuFault('SIGFPE', 1, null, { key: 'quotientTooLarge' });
        put(cpu, quotient, a % b);
      };
    };
  table[`MUL${letter}`] = one(multiply(false));
  table[`DIV${letter}`] = one(divide(false));
  table[`IDIV${letter}`] = one(divide(true));
  const wideOne = one(multiply(true));
  if (size === 1) {
    table.IMULB = wideOne;
    continue;
  }
  const into = (to: Operand | undefined, a: Read, b: Read, site: Site): Does => {
    const write = writer(to, size, site);
    return (cpu) => {
      const product = signed(a(cpu), size) * signed(b(cpu), size);
      write(cpu, product & MASK[size]);
      cpu.setFlags(productFlags(signed(product & MASK[size], size) !== product));
    };
  };
  const twoBytes = (operands: readonly Operand[]): number => {
    const [from] = operands;
    if (from?.kind === 'immediate') return bodyBytes(operands, { size, opcode: 1 }) + (fitsByte(from.written) ? 1 : size === 2 ? 2 : 4);
    return bodyBytes(operands, { size, opcode: operands.length === 1 ? 1 : 2 });
  };
  table[`IMUL${letter}`] = row(['rm', 'rmi r'], size, twoBytes, (operands, site) => {
    const [from, to] = operands;
    if (!to) return multiply(true)(operands, site);
    return into(to, reader(to, size, site), reader(from, size, site), site);
  });
  table[`IMUL3${letter}`] = row(['i rm r'], size, twoBytes, ([factor, from, to], site) =>
    into(to, reader(from, size, site), reader(factor, size, site), site),
  );
}

const fitsByte = (value: bigint): boolean => BigInt.asIntN(8, value) === BigInt.asIntN(64, value);
const signed = (value: bigint, size: Size): bigint => BigInt.asIntN(size * 8, value);

/** CF and OF: the upper half says something. The others are undefined by the manual, and left alone by the measured processor. */
function productFlags(isWide: boolean): Partial<Record<FlagName, boolean>> {
  return { CF: isWide, OF: isWide };
}

// ---- conditions

for (const [condition, isTrue] of Object.entries(AMD64_CONDITIONS)) {
  table[`SET${condition}`] = row(
    ['bm'],
    1,
    (operands) => bodyBytes(operands, { size: 1, opcode: 2 }),
    ([to], site) => {
      const write = writer(to, 1, site);
      return (cpu) => {
        write(cpu, isTrue((flag) => cpu.flag(flag)) ? 1n : 0n);
      };
    },
  );
  for (const [letter, size] of SIZES.slice(1)) {
    // Without the condition a 32-bit move still clears the upper half.
    table[`CMOV${letter}${condition}`] = row(
      ['rm r'],
      size,
      (operands) => bodyBytes(operands, { size, opcode: 2 }),
      ([from, to], site) => {
        const [read, old, write] = [reader(from, size, site), reader(to, size, site), writer(to, size, site)];
        return (cpu) => {
          const value = read(cpu);
          write(cpu, isTrue((flag) => cpu.flag(flag)) ? value : old(cpu));
        };
      },
    );
  }
  table[`J${condition}`] = turnRow(['l'], fixed(2), conditional(isTrue), { longBytes: 6 });
}

function conditional(isTrue: (ask: (flag: FlagName) => boolean) => boolean): InstructionSpec['prepare'] {
  return ([target]) => {
    const turn = labelTurn(target);
    return (cpu) => (isTrue((flag) => cpu.flag(flag)) ? turn : null);
  };
}

function labelTurn(target: Operand | undefined): Turn {
  if (target?.kind !== 'label') throw new Error('a jump without a label');
  return { kind: 'label', index: target.index };
}

for (const [alias, name] of Object.entries(AMD64_JUMP_ALIASES)) {
  const spec = table[name];
  if (spec) table[alias] = spec;
}

const countIsZero =
  (size: Size): InstructionSpec['prepare'] =>
  ([target], site) => {
    const turn = labelTurn(target);
    const count = reader(REGISTER('CX'), size, site);
    return (cpu) => (count(cpu) === 0n ? turn : null);
  };
table.JCXZL = turnRow(['l'], fixed(3), countIsZero(4), { longBytes: 3 });
table.JCXZQ = turnRow(['l'], fixed(2), countIsZero(8), { longBytes: 2 });

// ---- single bits

type BitChange = (value: bigint, mask: bigint) => bigint;
const BITS: Record<string, BitChange | null> = {
  BT: null,
  BTS: (value, mask) => value | mask,
  BTR: (value, mask) => value & ~mask,
  BTC: (value, mask) => value ^ mask,
};

for (const [name, change] of Object.entries(BITS)) {
  for (const [letter, size] of SIZES.slice(1)) {
    // Simplified: with memory the bit's number is an immediate; a register there would reach beyond the operand.
    const bytes = (operands: readonly Operand[]): number =>
      bodyBytes(operands, { size, opcode: 2 }) + (operands[0]?.kind === 'immediate' ? 1 : 0);
    table[name + letter] = row(
      ['ri r', 'i m'],
      size,
      bytes,
      ([which, to], site) => {
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
  const bytes = (operands: readonly Operand[]): number => bodyBytes(operands, { size, opcode: 2 });
  table[`BSF${letter}`] = row(
    ['rm r'],
    size,
    bytes,
    scan((value) => BigInt((value & -value).toString(2).length - 1)),
  );
  table[`BSR${letter}`] = row(
    ['rm r'],
    size,
    bytes,
    scan((value) => BigInt(value.toString(2).length - 1)),
  );
  table[`POPCNT${letter}`] = row(
    ['rm r'],
    size,
    (operands) => bytes(operands) + 1,
    ([from, to], site) => {
      const [read, write] = [reader(from, size, site), writer(to, size, site)];
      return (cpu) => {
        const value = read(cpu);
        write(cpu, BigInt(value.toString(2).replaceAll('0', '').length));
        cpu.setFlags({ CF: false, PF: false, AF: false, ZF: value === 0n, SF: false, OF: false });
      };
    },
  );
}

// ---- the stack

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

const pushBytes = (operands: readonly Operand[]): number => {
  const [only] = operands;
  if (only?.kind === 'immediate') return fitsByte(only.written) ? 2 : 5;
  const body = bodyBytes(operands, { size: 8, opcode: 1, isWideAnyway: true });
  return only?.kind === 'register' ? body - 1 : body;
};

table.PUSHQ = row(['rmi'], 8, pushBytes, ([from], site) => {
  const read = reader(from, 8, site);
  return (cpu) => {
    push(cpu, read(cpu));
  };
});
table.POPQ = row(['rm'], 8, pushBytes, ([to], site) => {
  const write = writer(to, 8, site);
  return (cpu) => {
    write(cpu, pop(cpu));
  };
});
table.PUSHFQ = row([''], 8, fixed(1), () => (cpu) => {
  push(cpu, flagsWord(cpu));
});
table.POPFQ = row([''], 8, fixed(1), () => (cpu) => {
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

// ---- control

table.JMP = turnRow(
  ['l', 's', 'r'],
  (operands) => (operands[0]?.kind === 'label' ? 2 : operands[0]?.kind === 'symbol' ? 5 : registerJumpBytes(operands)),
  ([target], site) => {
    if (target?.kind === 'label') {
      const turn = labelTurn(target);
      return () => turn;
    }
    const address = targetReader(target, site);
    return (cpu) => ({ kind: 'goto', address: address(cpu) });
  },
  { longBytes: 5 },
);

table.CALL = turnRow(
  ['s', 'r'],
  (operands) => (operands[0]?.kind === 'symbol' ? 5 : registerJumpBytes(operands)),
  ([target], site) => {
    const address = targetReader(target, site);
    return (cpu) => {
      const to = address(cpu);
      push(cpu, site.next);
      return { kind: 'call', address: to };
    };
  },
);

const registerJumpBytes = (operands: readonly Operand[]): number => bodyBytes(operands, { size: 4, opcode: 1 });

function targetReader(target: Operand | undefined, site: Site): Read {
  return target?.kind === 'symbol' ? addressReader(target, site) : reader(target, 8, site);
}

table.RET = turnRow([''], fixed(1), () => (cpu) => {
  cpu.setReg('PC', pop(cpu));
  return RET_TURN;
});
table.SYSCALL = turnRow([''], fixed(2), () => () => SYSCALL_TURN);

function dies(bytes: number, fault: (pc: bigint) => CpuFault): InstructionSpec {
  return row([''], 8, fixed(bytes), () => (cpu) => {
    throw fault(cpu.reg('PC'));
  });
}
table.UNDEF = dies(2, () => new CpuFault('SIGILL', 2, null, { key: 'meantToFail' }));
table.UD2 = table.UNDEF;
table.HLT = dies(1, () => new CpuFault('SIGSEGV', 0x80, 0n, { key: 'kernelOnly', op: 'HLT' }));
table.INT = row(['i'], 1, fixed(2), ([which]) => () => {
  const number = which?.kind === 'immediate' ? which.value : 0n;
  if (number === 3n) throw new CpuFault('SIGTRAP', 0x80, null, { key: 'breakpoint' });
  throw new CpuFault('SIGSEGV', 0x80, 0n, { key: 'notPermitted', instruction: `INT $${number}` });
});

// ---- the rest

const nothing: Prepare = () => () => undefined;
// Go's NOP is for the assembler alone: no byte of it is left.
table.NOP = row([''], 8, fixed(0), nothing);
table.PAUSE = row([''], 8, fixed(2), nothing);
for (const fence of ['MFENCE', 'LFENCE', 'SFENCE']) table[fence] = row([''], 8, fixed(3), nothing);
// Simplified: instructions follow each other one by one here, so LOCK has nothing left to do.
table.LOCK = row([''], 8, fixed(1), nothing);

const flagSetter = (flags: (cpu: CpuPort) => Partial<Record<FlagName, boolean>>): InstructionSpec =>
  row([''], 8, fixed(1), () => (cpu) => {
    cpu.setFlags(flags(cpu));
  });
table.CLC = flagSetter(() => ({ CF: false }));
table.STC = flagSetter(() => ({ CF: true }));
table.CMC = flagSetter((cpu) => ({ CF: !cpu.flag('CF') }));

function accumulator(from: Size, to: Size, bytes: number): InstructionSpec {
  return row([''], to, fixed(bytes), (_, site) => {
    const [read, write] = [reader(REGISTER('AX'), from, site), writer(REGISTER('AX'), to, site)];
    return (cpu) => {
      write(cpu, BigInt.asUintN(to * 8, signed(read(cpu), from)));
    };
  });
}
table.CBW = accumulator(1, 2, 2);
table.CWDE = accumulator(2, 4, 1);
table.CDQE = accumulator(4, 8, 2);

function signIntoDx(size: Size, bytes: number): InstructionSpec {
  return row([''], size, fixed(bytes), (_, site) => {
    const [read, write] = [reader(REGISTER('AX'), size, site), writer(REGISTER('DX'), size, site)];
    return (cpu) => {
      write(cpu, (read(cpu) & TOP[size]) === 0n ? 0n : MASK[size]);
    };
  });
}
table.CWD = signIntoDx(2, 2);
table.CDQ = signIntoDx(4, 1);
table.CQO = signIntoDx(8, 2);

export const AMD64_INSTRUCTIONS: Readonly<Record<string, InstructionSpec>> = table;
