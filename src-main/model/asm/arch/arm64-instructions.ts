/**
 * The arm64 instructions: what they may be given, how long they are, what they do. Semantics: scheduler.md section 5.5, Arm's manual;
 * names and operand order: Go's assembler, in which the destination comes last and CMP $k, R compares R with k.
 */
import { addressReader, type CpuPort, memoryReader, memoryWriter, type Read, reader, type Site, writer } from '../access';
import { ARM64_CONDITIONS, arm64Flags, arm64LogicFlags, type FlagName, type Flags, MASK, type Size } from '../flags';
import type { Carry, InstructionSpec, Turn } from '../instruction-spec';
import type { Operand } from '../listing';
import { CpuFault } from '../signals';

type Does = (cpu: CpuPort) => void;
type Prepare = (operands: readonly Operand[], site: Site) => Does;

const WIDTHS: readonly [string, Size][] = [
  ['', 8],
  ['W', 4],
];
const RET_TURN: Turn = { kind: 'ret' };
const SYSCALL_TURN: Turn = { kind: 'syscall' };
const four = (): number => 4;

function row(
  forms: readonly string[],
  size: Size,
  prepare: Prepare,
  bytes: InstructionSpec['bytes'] = four,
  mayChangeBase = false,
  range: InstructionSpec['range'] = null,
): InstructionSpec {
  const carry: InstructionSpec['prepare'] = (operands, site): Carry => {
    const does = prepare(operands, site);
    return (cpu) => {
      does(cpu);
      return null;
    };
  };
  return { forms, size, isJump: false, bytes, longBytes: 0, range, mayChangeBase, prepare: carry };
}

function turnRow(forms: readonly string[], isJump: boolean, prepare: InstructionSpec['prepare']): InstructionSpec {
  return { forms, size: 8, isJump, bytes: four, longBytes: 4, range: null, mayChangeBase: false, prepare };
}

const table: Record<string, InstructionSpec> = {};

// ---- how many instructions Go's assembler makes of one with a large constant

/** MOVZ or MOVN and as many MOVK as there are other 16-bit pieces; one ORR where the constant is a bit pattern. */
function constantBytes(value: bigint): number {
  const bits = BigInt.asUintN(64, value);
  if (isBitPattern(bits)) return 4;
  const pieces = Array.from({ length: 4 }, (_, i) => (bits >> BigInt(16 * i)) & 0xffffn);
  const different = Math.min(pieces.filter((piece) => piece !== 0n).length, pieces.filter((piece) => piece !== 0xffffn).length);
  return 4 * Math.max(1, different);
}

/** A constant that AND, ORR and EOR can hold: a run of ones, rotated, repeated in pieces of 2, 4 … 64 bits. */
function isBitPattern(bits: bigint): boolean {
  if (bits === 0n || bits === MASK[8]) return false;
  for (let width = 2n; width <= 64n; width *= 2n) {
    const mask = (1n << width) - 1n;
    const piece = bits & mask;
    let repeated = 0n;
    for (let at = 0n; at < 64n; at += width) repeated |= piece << at;
    if (repeated !== bits) continue;
    const turned = piece ^ ((piece >> 1n) | ((piece & 1n) << (width - 1n)));
    return turned.toString(2).replaceAll('0', '').length === 2;
  }
  return false;
}

const immediateOf = (operands: readonly Operand[]): bigint | null => {
  const [first] = operands;
  return first?.kind === 'immediate' ? first.value : null;
};

const isShortConstant = (value: bigint): boolean => value <= 0xfffn || ((value & 0xfffn) === 0n && value <= 0xfff000n);

/** Without flags, and in a comparison, Go turns adding a negative number into subtracting a positive one. */
function sumBytes(operands: readonly Operand[], canTurn = true): number {
  const value = immediateOf(operands);
  if (value === null || isShortConstant(value)) return 4;
  const negated = BigInt.asUintN(64, -value);
  return canTurn && isShortConstant(negated) ? 4 : 4 + constantBytes(value);
}

function logicBytes(operands: readonly Operand[]): number {
  const value = immediateOf(operands);
  return value === null || isBitPattern(value) ? 4 : 4 + constantBytes(value);
}

function moveBytes(size: Size) {
  return (operands: readonly Operand[]): number => {
    const [from, to] = operands;
    if (from?.kind === 'immediate') return constantBytes(from.value);
    if (from?.kind === 'address') return from.of.kind === 'symbol' ? 8 : 4;
    return placeBytes(from, size) ?? placeBytes(to, size) ?? 4;
  };
}

/** A symbol's address takes two instructions; so does a displacement that the instruction cannot hold. null: not memory. */
function placeBytes(operand: Operand | undefined, size: Size): number | null {
  if (operand?.kind === 'symbol') return 12;
  if (operand?.kind !== 'memory') return null;
  const offset = operand.offset + (operand.hardware ?? 0);
  const isNear = offset >= -256 && offset <= 255;
  return isNear || (offset > 0 && offset % size === 0 && offset < 4096 * size) ? 4 : 8;
}

// ---- three operands: op b, a, d makes d = a op b; with two, d is a

function three(size: Size, compute: (cpu: CpuPort, a: bigint, b: bigint) => bigint): Prepare {
  return (operands, site) => {
    const [b, a, to] = operands.length === 3 ? operands : [operands[0], operands[1], operands[1]];
    const [left, right, write] = [reader(a, size, site), reader(b, size, site), writer(to, size, site)];
    return (cpu) => {
      write(cpu, compute(cpu, left(cpu), right(cpu)) & MASK[size]);
    };
  };
}

const carryOf = (cpu: CpuPort): bigint => (cpu.flag('C') ? 1n : 0n);

/** Sums: what is added to a, and with which carry. */
const SUMS: Record<string, (b: bigint, cpu: CpuPort, size: Size) => { b: bigint; carry: bigint }> = {
  ADD: (b) => ({ b, carry: 0n }),
  SUB: (b, _, size) => ({ b: ~b & MASK[size], carry: 1n }),
  ADC: (b, cpu) => ({ b, carry: carryOf(cpu) }),
  SBC: (b, cpu, size) => ({ b: ~b & MASK[size], carry: carryOf(cpu) }),
};

for (const [name, terms] of Object.entries(SUMS)) {
  const forms = name === 'ADD' || name === 'SUB' ? ['riy r', 'riy r r'] : ['r r', 'r r r'];
  for (const [letter, size] of WIDTHS) {
    table[name + letter] = row(
      forms,
      size,
      three(size, (cpu, a, right) => {
        const { b, carry } = terms(right, cpu, size);
        return a + b + carry;
      }),
      (operands) => sumBytes(operands),
    );
    table[`${name}S${letter}`] = row(
      forms,
      size,
      three(size, (cpu, a, right) => {
        const { b, carry } = terms(right, cpu, size);
        cpu.setFlags(arm64Flags(a, b, carry, size));
        return a + b + carry;
      }),
      (operands) => sumBytes(operands, false),
    );
  }
}

const LOGIC: Record<string, (a: bigint, b: bigint) => bigint> = {
  AND: (a, b) => a & b,
  ORR: (a, b) => a | b,
  EOR: (a, b) => a ^ b,
  BIC: (a, b) => a & ~b,
  ORN: (a, b) => a | ~b,
  EON: (a, b) => a ^ ~b,
};

for (const [name, combine] of Object.entries(LOGIC)) {
  for (const [letter, size] of WIDTHS)
    table[name + letter] = row(
      ['rix r', 'rix r r'],
      size,
      three(size, (_, a, b) => combine(a, b)),
      logicBytes,
    );
}
for (const [name, combine] of [
  ['ANDS', LOGIC.AND],
  ['BICS', LOGIC.BIC],
] as const) {
  for (const [letter, size] of WIDTHS) {
    table[name + letter] = row(
      ['rix r', 'rix r r'],
      size,
      three(size, (cpu, a, b) => {
        const result = (combine?.(a, b) ?? 0n) & MASK[size];
        cpu.setFlags(arm64LogicFlags(result, size));
        return result;
      }),
      logicBytes,
    );
  }
}

function comparison(size: Size, flags: (a: bigint, b: bigint) => Flags): Prepare {
  return ([b, a], site) => {
    const [left, right] = [reader(a, size, site), reader(b, size, site)];
    return (cpu) => {
      cpu.setFlags(flags(left(cpu), right(cpu)));
    };
  };
}

for (const [letter, size] of WIDTHS) {
  table[`CMP${letter}`] = row(
    ['riy r'],
    size,
    comparison(size, (a, b) => arm64Flags(a, ~b & MASK[size], 1n, size)),
    (operands) => sumBytes(operands),
  );
  table[`CMN${letter}`] = row(
    ['riy r'],
    size,
    comparison(size, (a, b) => arm64Flags(a, b, 0n, size)),
    (operands) => sumBytes(operands),
  );
  table[`TST${letter}`] = row(
    ['rix r'],
    size,
    comparison(size, (a, b) => arm64LogicFlags(a & b, size)),
    logicBytes,
  );
  const one =
    (compute: (cpu: CpuPort, value: bigint) => bigint): Prepare =>
    ([from, to], site) => {
      const [read, write] = [reader(from, size, site), writer(to, size, site)];
      return (cpu) => {
        write(cpu, compute(cpu, read(cpu)) & MASK[size]);
      };
    };
  table[`NEG${letter}`] = row(
    ['ry r'],
    size,
    one((_, value) => -value),
  );
  table[`NEGS${letter}`] = row(
    ['ry r'],
    size,
    one((cpu, value) => {
      cpu.setFlags(arm64Flags(0n, ~value & MASK[size], 1n, size));
      return -value;
    }),
  );
  table[`MVN${letter}`] = row(
    ['rx r'],
    size,
    one((_, value) => ~value),
  );
  table[`CLZ${letter}`] = row(
    ['r r'],
    size,
    one((_, value) => BigInt(size * 8 - (value === 0n ? 0 : value.toString(2).length))),
  );
  table[`RBIT${letter}`] = row(
    ['r r'],
    size,
    one((_, value) => BigInt(`0b${[...value.toString(2).padStart(size * 8, '0')].reverse().join('')}`)),
  );
  table[`REV${letter}`] = row(
    ['r r'],
    size,
    one((_, value) =>
      BigInt(
        `0x${(
          value
            .toString(16)
            .padStart(size * 2, '0')
            .match(/../g) ?? []
        )
          .reverse()
          .join('')}`,
      ),
    ),
  );
}

// ---- shifts: a count in a register is taken modulo the width

const SHIFTS: Record<string, (a: bigint, count: bigint, size: Size) => bigint> = {
  LSL: (a, count) => a << count,
  LSR: (a, count) => a >> count,
  ASR: (a, count, size) => BigInt.asIntN(size * 8, a) >> count,
  ROR: (a, count, size) => (a >> count) | (a << (BigInt(size * 8) - count)),
};

for (const [name, shift] of Object.entries(SHIFTS)) {
  for (const [letter, size] of WIDTHS)
    table[name + letter] = row(
      ['ri r', 'ri r r'],
      size,
      three(size, (_, a, b) => shift(a, b & BigInt(size * 8 - 1), size)),
      four,
      false,
      [0n, BigInt(size * 8 - 1)],
    );
}

// ---- multiplication and division: dividing by 0 gives 0 here, without a fault

const signed = (value: bigint, size: Size): bigint => BigInt.asIntN(size * 8, value);
const quotient = (a: bigint, b: bigint): bigint => (b === 0n ? 0n : a / b);

const PRODUCTS: Record<string, { compute: (a: bigint, b: bigint, size: Size) => bigint; bytes: number }> = {
  MUL: { compute: (a, b) => a * b, bytes: 4 },
  MNEG: { compute: (a, b) => -(a * b), bytes: 4 },
  UDIV: { compute: (a, b) => quotient(a, b), bytes: 4 },
  SDIV: { compute: (a, b, size) => quotient(signed(a, size), signed(b, size)), bytes: 4 },
  // Go makes two instructions of a remainder; with the divisor 0 the dividend is left.
  UREM: { compute: (a, b) => a - quotient(a, b) * b, bytes: 8 },
  REM: { compute: (a, b, size) => a - quotient(signed(a, size), signed(b, size)) * signed(b, size), bytes: 8 },
};

for (const [name, { compute, bytes }] of Object.entries(PRODUCTS)) {
  for (const [letter, size] of WIDTHS)
    table[name + letter] = row(
      ['r r', 'r r r'],
      size,
      three(size, (_, a, b) => compute(a, b, size)),
      () => bytes,
    );
}
table.SMULH = row(
  ['r r', 'r r r'],
  8,
  three(8, (_, a, b) => (signed(a, 8) * signed(b, 8)) >> 64n),
);
table.UMULH = row(
  ['r r', 'r r r'],
  8,
  three(8, (_, a, b) => (a * b) >> 64n),
);

for (const [name, sign] of [
  ['MADD', 1n],
  ['MSUB', -1n],
] as const) {
  for (const [letter, size] of WIDTHS) {
    table[name + letter] = row(['r r r r'], size, ([m, a, n, to], site) => {
      const [left, right, sum, write] = [reader(n, size, site), reader(m, size, site), reader(a, size, site), writer(to, size, site)];
      return (cpu) => {
        write(cpu, (sum(cpu) + sign * left(cpu) * right(cpu)) & MASK[size]);
      };
    });
  }
}

// ---- moves

/** Name, bytes of the memory, whether a load keeps the sign. */
const MOVES: readonly [string, Size, boolean][] = [
  ['MOVD', 8, false],
  ['MOVW', 4, true],
  ['MOVWU', 4, false],
  ['MOVH', 2, true],
  ['MOVHU', 2, false],
  ['MOVB', 1, true],
  ['MOVBU', 1, false],
];

for (const [name, size, isSigned] of MOVES) {
  const forms = size === 8 ? ['rmia r', 'r m', 'z m'] : name === 'MOVW' ? ['rmi r', 'r m', 'z m'] : ['rm r', 'r m', 'z m'];
  table[name] = row(
    forms,
    8,
    ([from, to], site) => {
      if (to?.kind === 'memory' || to?.kind === 'symbol') {
        const [read, write] = [reader(from, 8, site), memoryWriter(to, size, site)];
        return (cpu) => {
          write(cpu, read(cpu));
        };
      }
      const read = from?.kind === 'memory' || from?.kind === 'symbol' ? memoryReader(from, size, site) : reader(from, size, site);
      const write = writer(to, 8, site);
      if (!isSigned || from?.kind === 'immediate') {
        return (cpu) => {
          write(cpu, read(cpu));
        };
      }
      return (cpu) => {
        write(cpu, BigInt.asUintN(64, BigInt.asIntN(size * 8, read(cpu))));
      };
    },
    moveBytes(size),
    true,
  );
}

const EXTENSIONS: readonly [string, Size, Size, boolean][] = [
  ['SXTB', 1, 8, true],
  ['SXTH', 2, 8, true],
  ['SXTW', 4, 8, true],
  ['SXTBW', 1, 4, true],
  ['SXTHW', 2, 4, true],
  ['UXTB', 1, 8, false],
  ['UXTH', 2, 8, false],
  ['UXTW', 4, 8, false],
  ['UXTBW', 1, 4, false],
  ['UXTHW', 2, 4, false],
];

for (const [name, from, to, isSigned] of EXTENSIONS) {
  table[name] = row(['r r'], to, ([a, b], site) => {
    const [read, write] = [reader(a, from, site), writer(b, to, site)];
    return (cpu) => {
      const value = read(cpu);
      write(cpu, isSigned ? BigInt.asUintN(to * 8, BigInt.asIntN(from * 8, value)) : value);
    };
  });
}

/** MOVK puts 16 bits in and keeps the others: `MOVK $(5<<16), R1`. */
table.MOVK = row(['i r'], 8, ([from, to], site) => {
  const value = from?.kind === 'immediate' ? from.value : 0n;
  const piece = [0n, 16n, 32n, 48n].find((shift) => (value & ~(0xffffn << shift)) === 0n) ?? 0n;
  const [read, write] = [reader(to, 8, site), writer(to, 8, site)];
  return (cpu) => {
    write(cpu, (read(cpu) & ~(0xffffn << piece)) | value);
  };
});
table.MOVZ = row(['i r'], 8, ([from, to], site) => {
  const [read, write] = [reader(from, 8, site), writer(to, 8, site)];
  return (cpu) => {
    write(cpu, read(cpu));
  };
});
table.MOVN = row(['i r'], 8, ([from, to], site) => {
  const [read, write] = [reader(from, 8, site), writer(to, 8, site)];
  return (cpu) => {
    write(cpu, ~read(cpu) & MASK[8]);
  };
});

/** Two registers at once. */
const second = (operand: Operand | undefined): Operand => {
  if (operand?.kind !== 'memory') throw new Error('a pair without memory');
  return { ...operand, offset: operand.offset + 8 };
};

table.LDP = row(
  ['m p'],
  8,
  ([from, to], site) => {
    if (to?.kind !== 'pair' || from?.kind !== 'memory') throw new Error('LDP without a pair');
    const [a, b] = to.names;
    const plain = { ...site, suffix: '' as const };
    const base = from.hardware === null ? (from.base ?? 'RSP') : 'RSP';
    const changed = addressReader(from, site);
    const shown = { ...from, offset: 0, hardware: null, base };
    const [first, next] = site.suffix === 'P' ? [shown, second(shown)] : [from, second(from)];
    const [readA, readB] = [reader(first, 8, plain), reader(next, 8, plain)];
    const [writeA, writeB] = [
      writer({ kind: 'register', name: a, part: 'whole' }, 8, plain),
      writer({ kind: 'register', name: b, part: 'whole' }, 8, plain),
    ];
    return (cpu) => {
      const [one, two, moved] = [readA(cpu), readB(cpu), changed(cpu)];
      writeA(cpu, one);
      writeB(cpu, two);
      if (site.suffix !== '') cpu.setReg(base, moved);
    };
  },
  four,
  true,
);

table.STP = row(
  ['p m'],
  8,
  ([from, to], site) => {
    if (from?.kind !== 'pair' || to?.kind !== 'memory') throw new Error('STP without a pair');
    const [a, b] = from.names;
    const plain = { ...site, suffix: '' as const };
    const base = to.hardware === null ? (to.base ?? 'RSP') : 'RSP';
    const changed = addressReader(to, site);
    const shown = { ...to, offset: 0, hardware: null, base };
    const first = site.suffix === 'P' ? shown : to;
    const [writeA, writeB] = [writer(first, 8, plain), writer(second(first), 8, plain)];
    const [readA, readB] = [
      reader({ kind: 'register', name: a, part: 'whole' }, 8, plain),
      reader({ kind: 'register', name: b, part: 'whole' }, 8, plain),
    ];
    return (cpu) => {
      const moved = changed(cpu);
      writeA(cpu, readA(cpu));
      writeB(cpu, readB(cpu));
      if (site.suffix !== '') cpu.setReg(base, moved);
    };
  },
  four,
  true,
);

/** Ordered accesses. Simplified: one instruction after the other, so there is nothing to order. */
table.LDAR = row(['q r'], 8, ([from, to], site) => {
  const [read, write] = [reader(from, 8, site), writer(to, 8, site)];
  return (cpu) => {
    write(cpu, read(cpu));
  };
});
table.STLR = row(['r q'], 8, ([from, to], site) => {
  const [read, write] = [reader(from, 8, site), writer(to, 8, site)];
  return (cpu) => {
    write(cpu, read(cpu));
  };
});

// ---- conditions

type Ask = (flag: FlagName) => boolean;
function conditionOf(operand: Operand | undefined): (ask: Ask) => boolean {
  const isTrue = operand?.kind === 'condition' ? ARM64_CONDITIONS[operand.name] : undefined;
  if (!isTrue) throw new Error('an instruction without its condition');
  return isTrue;
}

/** What the alternative does with its register. */
const OTHERWISE: Record<string, (value: bigint) => bigint> = {
  CSEL: (value) => value,
  CSINC: (value) => value + 1n,
  CSINV: (value) => ~value,
  CSNEG: (value) => -value,
};

for (const [letter, size] of WIDTHS) {
  for (const [name, otherwise] of Object.entries(OTHERWISE)) {
    table[name + letter] = row(['c r r r'], size, ([condition, a, b, to], site) => {
      const isTrue = conditionOf(condition);
      const [left, right, write] = [reader(a, size, site), reader(b, size, site), writer(to, size, site)];
      return (cpu) => {
        write(cpu, (isTrue((flag) => cpu.flag(flag)) ? left(cpu) : otherwise(right(cpu))) & MASK[size]);
      };
    });
  }
  for (const [name, change] of [
    ['CINC', OTHERWISE.CSINC],
    ['CINV', OTHERWISE.CSINV],
    ['CNEG', OTHERWISE.CSNEG],
  ] as const) {
    table[name + letter] = row(['c r r'], size, ([condition, a, to], site) => {
      const isTrue = conditionOf(condition);
      const [read, write] = [reader(a, size, site), writer(to, size, site)];
      return (cpu) => {
        const value = read(cpu);
        write(cpu, (isTrue((flag) => cpu.flag(flag)) ? (change?.(value) ?? value) : value) & MASK[size]);
      };
    });
  }
  for (const [name, yes] of [
    ['CSET', 1n],
    ['CSETM', MASK[size]],
  ] as const) {
    table[name + letter] = row(['c r'], size, ([condition, to], site) => {
      const isTrue = conditionOf(condition);
      const write = writer(to, size, site);
      return (cpu) => {
        write(cpu, isTrue((flag) => cpu.flag(flag)) ? yes : 0n);
      };
    });
  }
}

// ---- control

function labelTurn(target: Operand | undefined): Turn {
  if (target?.kind !== 'label') throw new Error('a jump without a label');
  return { kind: 'label', index: target.index };
}

for (const [condition, isTrue] of Object.entries(ARM64_CONDITIONS)) {
  table[`B${condition}`] = turnRow(['l'], true, ([target]) => {
    const turn = labelTurn(target);
    return (cpu) => (isTrue((flag) => cpu.flag(flag)) ? turn : null);
  });
}

for (const [letter, size] of WIDTHS) {
  for (const [name, wantsZero] of [
    ['CBZ', true],
    ['CBNZ', false],
  ] as const) {
    table[name + letter] = turnRow(['r l'], true, ([value, target], site) => {
      const [turn, read] = [labelTurn(target), reader(value, size, site)];
      return (cpu) => ((read(cpu) === 0n) === wantsZero ? turn : null);
    });
  }
}
for (const [name, wantsZero] of [
  ['TBZ', true],
  ['TBNZ', false],
] as const) {
  const spec = turnRow(['i r l'], true, ([which, value, target], site) => {
    const [turn, read] = [labelTurn(target), reader(value, 8, site)];
    const mask = 1n << ((which?.kind === 'immediate' ? which.value : 0n) & 63n);
    return (cpu) => (((read(cpu) & mask) === 0n) === wantsZero ? turn : null);
  });
  table[name] = { ...spec, range: [0n, 63n] };
}

/** `f(SB)`, `(R1)`. */
function targetReader(target: Operand | undefined, site: Site): Read {
  if (target?.kind === 'symbol' || target?.kind === 'memory') return addressReader(target, site);
  return reader(target, 8, site);
}

const branch = turnRow(['l', 's', 'q'], true, ([target], site) => {
  if (target?.kind === 'label') {
    const turn = labelTurn(target);
    return () => turn;
  }
  const address = targetReader(target, site);
  return (cpu) => ({ kind: 'goto', address: address(cpu) });
});
table.B = branch;
table.JMP = branch;

const call = turnRow(['s', 'q'], false, ([target], site) => {
  const address = targetReader(target, site);
  return (cpu) => {
    const to = address(cpu);
    cpu.setReg('R30', site.next);
    return { kind: 'call', address: to };
  };
});
table.BL = call;
table.CALL = call;

table.RET = turnRow([''], false, () => (cpu) => {
  cpu.setReg('PC', cpu.reg('R30'));
  return RET_TURN;
});
table.SVC = turnRow(['', 'i'], false, () => () => SYSCALL_TURN);

const dies = (forms: readonly string[], fault: () => CpuFault): InstructionSpec =>
  row(forms, 8, () => () => {
    throw fault();
  });
table.UNDEF = dies([''], () => new CpuFault('SIGILL', 1, null, { key: 'meantToFail' }));
table.BRK = dies(['', 'i'], () => new CpuFault('SIGTRAP', 1, null, { key: 'breakpoint' }));

// ---- the rest

const nothing: Prepare = () => () => undefined;
// Go's NOP is for the assembler alone: no byte of it is left. The processor's own is NOOP.
table.NOP = row([''], 8, nothing, () => 0);
for (const name of ['NOOP', 'YIELD', 'WFE', 'SEV']) table[name] = row([''], 8, nothing);
for (const name of ['HINT', 'DMB', 'DSB', 'ISB']) table[name] = row(['i'], 8, nothing);

export const ARM64_INSTRUCTIONS: Readonly<Record<string, InstructionSpec>> = table;
