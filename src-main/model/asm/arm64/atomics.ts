/**
 * Ordered, exclusive and atomic accesses. Simplified: one instruction comes after the other here, so there is nothing to order; an exclusive
 * store fails when the value that was loaded is no longer there, or nothing was loaded, which is how QEMU does it too.
 */
import { type CpuPort, loadFrom, type Read, reader, type Site, storeTo, writer } from '../access';
import { ARM64 } from '../arch/arm64';
import { MASK, type Size } from '../flags';
import type { Operand } from '../listing';
import { CpuFault } from '../signals';
import { At, plainNumber, spNumber, wordsEncoder } from './classes';
import { row, type Table } from './rows';

export const ATOMICS: Table = {};

/** Ending, bytes, bits 30 and 31. */
const SIZES: readonly (readonly [string, Size, number])[] = [
  ['', 8, 3],
  ['W', 4, 2],
  ['H', 2, 1],
  ['B', 1, 0],
];

/** (R1): the base's number. */
function baseOf(at: At): number {
  const { operand } = at;
  return operand?.kind === 'memory' ? (spNumber(operand.base ?? 'ZR') ?? 31) : 31;
}

const isStack = ({ operand }: At): boolean => operand?.kind === 'memory' && operand.base === 'RSP' && operand.written === undefined;

/** The address in the base, which these accesses want to be a multiple of their size. */
function addressOf(operand: Operand | undefined, bytes: number): { read: Read; viaStack: boolean } {
  const base = operand?.kind === 'memory' ? (operand.base ?? 'RSP') : 'RSP';
  return {
    viaStack: base === 'RSP',
    read: (cpu) => {
      const address = cpu.reg(base);
      if (address % BigInt(bytes) !== 0n) {
        const written = `${base} = 0x${address.toString(16)}`;
        throw new CpuFault('SIGBUS', 1, address, { key: 'notAlignedAccess', address: written, alignment: BigInt(bytes) });
      }
      return address;
    },
  };
}

/** What an exclusive load has seen; kept by processor. */
interface Seen {
  address: bigint;
  bytes: number;
  values: readonly bigint[];
}
const seenBy = new WeakMap<CpuPort, Seen>();

const plainRegister = (name: string): Operand => ({ kind: 'register', name, part: 'whole' });
const namesOf = (operand: Operand | undefined): readonly string[] =>
  operand?.kind === 'pair' ? operand.names : operand?.kind === 'register' ? [operand.name] : ['ZR'];

/** Registers of a pair; number 31 is ZR. */
function pairNumbers(at: At): [number, number] {
  const [first = 31, second = 31] = namesOf(at.operand).map(
    (name) => plainNumber(name) ?? at.refuse({ key: 'pairRegister', found: name, op: at.instruction.op }),
  );
  return [first, second];
}

interface Ordered {
  name: string;
  /** Bits of the operation without size and registers. */
  base: number;
  isPair: boolean;
  isExclusive: boolean;
}

const LOADS: readonly Ordered[] = [
  { name: 'LDAR', base: 0x08dffc00, isPair: false, isExclusive: false },
  { name: 'LDXR', base: 0x085f7c00, isPair: false, isExclusive: true },
  { name: 'LDAXR', base: 0x085ffc00, isPair: false, isExclusive: true },
  { name: 'LDXP', base: 0x087f0000, isPair: true, isExclusive: true },
  { name: 'LDAXP', base: 0x087f8000, isPair: true, isExclusive: true },
];

const STORES: readonly Ordered[] = [
  { name: 'STLR', base: 0x089ffc00, isPair: false, isExclusive: false },
  { name: 'STXR', base: 0x08007c00, isPair: false, isExclusive: true },
  { name: 'STLXR', base: 0x0800fc00, isPair: false, isExclusive: true },
  { name: 'STXP', base: 0x08200000, isPair: true, isExclusive: true },
  { name: 'STLXP', base: 0x08208000, isPair: true, isExclusive: true },
];

const sizesOf = ({ isPair }: Ordered): typeof SIZES => (isPair ? SIZES.slice(0, 2) : SIZES);
const places = (address: bigint, bytes: Size, n: number): bigint[] =>
  Array.from({ length: n }, (_, i) => BigInt.asUintN(64, address + BigInt(i * bytes)));

for (const load of LOADS) {
  for (const [letter, bytes, size] of sizesOf(load)) {
    const n = load.isPair ? 2 : 1;
    ATOMICS[load.name + letter] = row(
      [load.isPair ? 'q p' : 'q g'],
      8,
      wordsEncoder((instruction) => {
        const [from, to] = [new At(instruction, 0), new At(instruction, 1)];
        const word = (size << 30) | load.base | (baseOf(from) << 5);
        if (!load.isPair) return [(word | to.register()) >>> 0];
        const [first, second] = pairNumbers(to);
        if (first === second) to.refuse({ key: 'sameTwice', register: namesOf(to.operand)[0] ?? '', op: instruction.op });
        return [(word | (second << 10) | first) >>> 0];
      }),
      ([from, to], site) => {
        const { read, viaStack } = addressOf(from, bytes * n);
        const writers = namesOf(to).map((name) => writer(plainRegister(name), 8, site));
        return (cpu) => {
          const address = read(cpu);
          const values = places(address, bytes, n).map((at) => loadFrom(cpu, at, bytes, viaStack, ARM64));
          for (const [i, write] of writers.entries()) write(cpu, values[i] ?? 0n);
          if (load.isExclusive) seenBy.set(cpu, { address, bytes: bytes * n, values });
        };
      },
    );
  }
}

for (const store of STORES) {
  for (const [letter, bytes, size] of sizesOf(store)) {
    const n = store.isPair ? 2 : 1;
    const source = store.isPair ? 'p' : 'g';
    ATOMICS[store.name + letter] = row(
      [store.isExclusive ? `${source} q r` : `${source} q`],
      8,
      wordsEncoder((instruction) => {
        const [from, to] = [new At(instruction, 0), new At(instruction, 1)];
        const base = baseOf(to);
        const word = (size << 30) | store.base | (base << 5);
        const [first, second] = store.isPair ? pairNumbers(from) : [from.register(), -1];
        const data = (word | (store.isPair ? second << 10 : 0) | first) >>> 0;
        if (!store.isExclusive) return [data];
        const state = new At(instruction, 2);
        const s = state.register();
        if (s === first || s === second || (s === base && !isStack(to))) state.refuse({ key: 'statusRegister', op: instruction.op });
        return [(data | (s << 16)) >>> 0];
      }),
      ([from, to, status], site) => {
        const { read, viaStack } = addressOf(to, bytes * n);
        const readers = namesOf(from).map((name) => reader(plainRegister(name), bytes, site));
        const setStatus = status === undefined ? null : writer(status, 4, site);
        return (cpu) => {
          const address = read(cpu);
          const put = places(address, bytes, n);
          const isOurs = !store.isExclusive || stillSeen(cpu, address, bytes, put, viaStack);
          if (isOurs) for (const [i, at] of put.entries()) storeTo(cpu, at, bytes, readers[i]?.(cpu) ?? 0n, viaStack, ARM64);
          if (store.isExclusive) seenBy.delete(cpu);
          setStatus?.(cpu, isOurs ? 0n : 1n);
        };
      },
    );
  }
}

function stillSeen(cpu: CpuPort, address: bigint, bytes: Size, at: readonly bigint[], viaStack: boolean): boolean {
  const seen = seenBy.get(cpu);
  if (seen?.address !== address || seen.bytes !== bytes * at.length) return false;
  return at.every((place, i) => loadFrom(cpu, place, bytes, viaStack, ARM64) === seen.values[i]);
}

ATOMICS.CLREX = row(
  ['', 'i'],
  8,
  wordsEncoder((instruction) => {
    const [option] = instruction.operands;
    return [0xd503305f | ((option?.kind === 'immediate' ? Number(option.value & 15n) : 15) << 8)];
  }),
  () => (cpu) => {
    seenBy.delete(cpu);
  },
);

// ---- read, change and write in one: LDADD Rs, (Rb), Rt leaves in Rt what was there

/** Name, operation in bits 12 to 15, what is left in memory. */
const CHANGES: readonly (readonly [string, number, (old: bigint, value: bigint) => bigint])[] = [
  ['LDADD', 0x0000, (old, value) => old + value],
  ['LDCLR', 0x1000, (old, value) => old & ~value],
  ['LDEOR', 0x2000, (old, value) => old ^ value],
  ['LDOR', 0x3000, (old, value) => old | value],
  ['SWP', 0x8000, (_, value) => value],
];

/** Acquire, release. */
const ORDERS: readonly (readonly [string, number])[] = [
  ['', 0],
  ['A', 1 << 23],
  ['L', 1 << 22],
  ['AL', (1 << 23) | (1 << 22)],
];
const LETTERS: readonly (readonly [string, Size, number])[] = [
  ['D', 8, 3],
  ['W', 4, 2],
  ['H', 2, 1],
  ['B', 1, 0],
];

function changing(
  bytes: Size,
  change: (old: bigint, value: bigint, to: bigint) => bigint | null,
  target: (rs: Operand | undefined, rt: Operand | undefined) => Operand | undefined,
) {
  return ([from, place, to]: readonly Operand[], site: Site) => {
    const { read, viaStack } = addressOf(place, bytes);
    const [value, last, write] = [reader(from, bytes, site), reader(to, bytes, site), writer(target(from, to), 8, site)];
    return (cpu: CpuPort): void => {
      const address = read(cpu);
      const old = loadFrom(cpu, address, bytes, viaStack, ARM64);
      const now = change(old, value(cpu), last(cpu));
      // What is not exchanged is written back as it was, and must be writable.
      storeTo(cpu, address, bytes, now === null ? old : now & MASK[bytes], viaStack, ARM64);
      write(cpu, old);
    };
  };
}

for (const [order, orderBits] of ORDERS) {
  for (const [letter, bytes, size] of LETTERS) {
    for (const [name, operation, change] of CHANGES) {
      ATOMICS[name + order + letter] = row(
        ['g q r'],
        8,
        wordsEncoder((instruction) => {
          const [from, to, last] = [0, 1, 2].map((i) => new At(instruction, i)) as [At, At, At];
          const t = last.register();
          // Without acquire, ZR there is another instruction, which loads nothing.
          if (t === 31 && name !== 'SWP' && (orderBits & (1 << 23)) === 0) last.refuse({ key: 'atomicIntoZr', op: instruction.op });
          return [((size << 30) | 0x38200000 | orderBits | (from.register() << 16) | operation | (baseOf(to) << 5) | t) >>> 0];
        }),
        changing(bytes, change, (_, rt) => rt),
      );
    }
    // Of bytes and halves Go's assembler has only the two extremes.
    if (bytes < 4 && (order === 'A' || order === 'L')) continue;
    // CASD Rs, (Rb), Rt: where Rs is there, Rt goes there; Rs gets what was there.
    ATOMICS[`CAS${order}${letter}`] = row(
      ['g q r'],
      8,
      wordsEncoder((instruction) => {
        const [from, to, last] = [0, 1, 2].map((i) => new At(instruction, i)) as [At, At, At];
        const bits = 0x08a07c00 | ((orderBits & (1 << 23)) >>> 1) | ((orderBits & (1 << 22)) >>> 7);
        return [((size << 30) | bits | (from.register() << 16) | (baseOf(to) << 5) | last.register()) >>> 0];
      }),
      changing(
        bytes,
        (old, expected, value) => (old === expected ? value : null),
        (rs) => rs,
      ),
    );
  }
}

/** CASPD (Rs, Rs+1), (Rb), (Rt, Rt+1): both pairs begin with an even register. */
for (const [letter, bytes, size] of [
  ['D', 8, 1],
  ['W', 4, 0],
] as const) {
  ATOMICS[`CASP${letter}`] = row(
    ['p q p'],
    8,
    wordsEncoder((instruction) => {
      const [from, to, last] = [0, 1, 2].map((i) => new At(instruction, i)) as [At, At, At];
      const [s, t] = [from, last].map((at) => {
        const [first, second] = pairNumbers(at);
        if ((first & 1) !== 0 || second !== first + 1) at.refuse({ key: 'evenPair', op: instruction.op }, '(R2, R3)');
        return first;
      }) as [number, number];
      return [((size << 30) | 0x08207c00 | (s << 16) | (baseOf(to) << 5) | t) >>> 0];
    }),
    ([from, place, to], site) => {
      const { read, viaStack } = addressOf(place, bytes * 2);
      const [expected, put] = [from, to].map((each) => namesOf(each).map((name) => reader(plainRegister(name), bytes, site)));
      const writers = namesOf(from).map((name) => writer(plainRegister(name), 8, site));
      return (cpu) => {
        const at = places(read(cpu), bytes, 2);
        const old = at.map((each) => loadFrom(cpu, each, bytes, viaStack, ARM64));
        const isEqual = old.every((value, i) => value === expected?.[i]?.(cpu));
        const now = isEqual ? (put ?? []).map((each) => each(cpu)) : old;
        for (const [i, each] of at.entries()) storeTo(cpu, each, bytes, now[i] ?? 0n, viaStack, ARM64);
        for (const [i, write] of writers.entries()) write(cpu, old[i] ?? 0n);
      };
    },
  );
}
