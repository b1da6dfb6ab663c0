/** Loads and stores as words, by the distance from their base: Go's assembler (cmd/internal/obj/arm64 of Go 1.19) and Arm's manual, C4.1. */
import type { Encode, Placement } from '../encoding';
import type { Instruction, MemoryOperand, Operand, SymbolOperand } from '../listing';
import { At, basePlus, plainNumber, SCRATCH, wordsEncoder } from './classes';

const PRE = 3 << 10;
const POST = 1 << 10;
const ADD_SCRATCH = 0x91000000;
/** ADRP and ADD with the address left to the linker. */
const addressInto = (to: number): number[] => [(0x90000000 | to) >>> 0, (ADD_SCRATCH | (to << 5) | to) >>> 0];

export interface Access {
  /** 0 for a byte to 3 for eight. */
  log: number;
  /** Bits 22 and 23 of a load. */
  opc: number;
  /** A store with an index register exists under this name. */
  hasIndexedStore: boolean;
}

type Place = MemoryOperand | SymbolOperand;

/** LDR of a constant behind the code into the scratch register: as few bytes of it as say the same. */
function loadFar(offset: number, at: Placement): number {
  const isShort = offset >= 0 && offset <= 0x7fffffff;
  const distance = at.constantAt(BigInt(offset), isShort ? 4 : 8);
  return ((isShort ? 0x18000000 : 0x58000000) | (((distance >> 2) & 0x7ffff) << 5) | SCRATCH) >>> 0;
}

/** `data`: the register moved. */
function oneAccess(
  instruction: Instruction,
  place: At,
  memory: Place,
  data: number,
  access: Access,
  isStore: boolean,
  at: Placement,
): number[] {
  const { log, opc } = access;
  const word = (log << 30) | 0x38000000 | ((isStore ? 0 : opc) << 22) | data;
  if (memory.kind === 'symbol') {
    if (instruction.suffix !== '') place.refuse({ key: 'suffixOperand', suffix: instruction.suffix });
    if (isStore) notScratchData(instruction);
    return [...addressInto(SCRATCH), (word | (1 << 24) | (SCRATCH << 5)) >>> 0];
  }
  const { base, offset, isSp } = basePlus(memory);
  const rn = base << 5;
  if (memory.index !== null) return [indexed(place, memory, word, access, isStore, instruction)];
  if (instruction.suffix !== '') {
    if (!isSp && base === data && base !== 31) place.refuse({ key: 'unpredictable', register: memory.base ?? '' });
    if (offset < -256 || offset > 255)
      place.refuse({ key: 'offsetRange', offset, least: -256, most: 255, op: `${instruction.op}.${instruction.suffix}` });
    return [(word | (instruction.suffix === 'W' ? PRE : POST) | ((offset & 0x1ff) << 12) | rn) >>> 0];
  }
  const isAligned = (offset & ((1 << log) - 1)) === 0;
  if (offset >= 0 && isAligned && offset >> log <= 4095) return [(word | (1 << 24) | ((offset >> log) << 10) | rn) >>> 0];
  if (offset >= -256 && offset <= 255) return [(word | ((offset & 0x1ff) << 12) | rn) >>> 0];
  const high = offset - (offset & (0xfff << log));
  if (offset >= 0 && isAligned && (high & ~0xfff000) === 0) {
    // Go's assembler puts the constant there all the same.
    loadFar(offset, at);
    return [
      (ADD_SCRATCH | (1 << 22) | ((high >> 12) << 10) | rn | SCRATCH) >>> 0,
      (word | (1 << 24) | ((((offset - high) >> log) & 0xfff) << 10) | (SCRATCH << 5)) >>> 0,
    ];
  }
  if (base === SCRATCH) place.refuse({ key: 'scratchRegister' });
  if (isStore) notScratchData(instruction);
  return [loadFar(offset, at), (word | (1 << 21) | (SCRATCH << 16) | (0x1a << 10) | rn) >>> 0];
}

function notScratchData(instruction: Instruction): void {
  new At(instruction, 0).notScratch();
}

const INDEX_OPTION: Readonly<Record<string, number>> = { LSL: 3, UXTW: 2, SXTW: 6, SXTX: 7 };

/** A register added to the base: as it is, or shifted by what the access is wide, or first extended. */
function indexed(place: At, memory: MemoryOperand, word: number, access: Access, isStore: boolean, { op, suffix }: Instruction): number {
  if (suffix !== '') place.refuse({ key: 'suffixOperand', suffix });
  if (isStore && !access.hasIndexedStore) place.refuse({ key: 'noIndexedStore', op }, op.replace(/U$/, ''));
  const { base } = basePlus(memory);
  const rm = plainNumber(memory.index ?? 'ZR') ?? 31;
  const shift = memory.shift ?? 0;
  if (shift !== 0 && access.log === 0) place.refuse({ key: 'noIndexShift', op, amount: shift });
  if (shift !== 0 && shift !== access.log) place.refuse({ key: 'indexShift', op, amount: shift, allowed: access.log });
  const extend = memory.extend ?? null;
  // A shift that is written is a shift, even by 0: Go's assembler sets its bit.
  const isShifted = extend === 'LSL' || shift !== 0;
  const option = extend === null ? 3 : (INDEX_OPTION[extend] ?? 3);
  return (word | (1 << 21) | (rm << 16) | (option << 13) | (isShifted ? 1 << 12 : 0) | (2 << 10) | (base << 5)) >>> 0;
}

const isPlace = (operand: Operand | undefined): operand is Place => operand?.kind === 'memory' || operand?.kind === 'symbol';

/** MOVx between a register and memory. */
export function accessWords(access: Access, instruction: Instruction, at: Placement): number[] {
  const [from, to] = instruction.operands;
  if (isPlace(to)) return oneAccess(instruction, new At(instruction, 1), to, new At(instruction, 0).register(), access, true, at);
  if (isPlace(from)) return oneAccess(instruction, new At(instruction, 0), from, new At(instruction, 1).register(), access, false, at);
  throw new Error(`${instruction.op} without memory`);
}

/** $8(R1), $x-8(SP), $·v(SB). */
export function addressWords(of: Place, instruction: Instruction, at: Placement): number[] {
  const to = new At(instruction, 1);
  if (of.kind === 'symbol') return addressInto(to.register());
  const { base, offset } = basePlus(of);
  const d = to.registerOrSp();
  const size = Math.abs(offset);
  const add = (offset < 0 ? 0xd1000000 : 0x91000000) | d;
  const held = (value: number, n: number): number => {
    const isHigh = (value & 0xfff) === 0 && value !== 0;
    return (add | (isHigh ? 1 << 22 : 0) | ((isHigh ? value >> 12 : value) << 10) | (n << 5)) >>> 0;
  };
  if (size <= 0xfff || ((size & 0xfff) === 0 && size <= 0xfff000)) return [held(size, base)];
  if (offset > 0 && offset <= 0xffffff) return [held(offset & 0xfff000, base), held(offset & 0xfff, d)];
  const distance = at.constantAt(BigInt(offset), 8);
  return [(0x58000000 | (((distance >> 2) & 0x7ffff) << 5) | SCRATCH) >>> 0, (0x8b206000 | (SCRATCH << 16) | (base << 5) | d) >>> 0];
}

/** LDP, STP and their like; `opc`: bits 30 and 31. */
export function pairEncoder(opc: number, log: number, isStore: boolean): Encode {
  return wordsEncoder((instruction, at) => {
    const [pairAt, placeAt] = isStore ? [0, 1] : [1, 0];
    const place = new At(instruction, placeAt);
    const both = new At(instruction, pairAt);
    const [pair, memory] = [both.operand, place.operand];
    if (pair?.kind !== 'pair' || !isPlace(memory)) throw new Error(`${instruction.op} without a pair and memory`);
    const { op, suffix } = instruction;
    const [first, second] = pair.names.map((name) => {
      const number = plainNumber(name);
      if (number === null || (!isStore && name === 'ZR')) both.refuse({ key: 'pairRegister', found: name, op });
      return number ?? 31;
    }) as [number, number];
    if (!isStore && first === second) both.refuse({ key: 'sameTwice', register: pair.names[0], op });
    const word = (opc << 30) | 0x28000000 | ((isStore ? 0 : 1) << 22) | (second << 10) | first;
    const direct = (base: number, offset: number, mode: number): number =>
      (word | (mode << 23) | (((offset >> log) & 0x7f) << 15) | (base << 5)) >>> 0;
    const notThrough = (): void => {
      if (isStore && pair.names.includes('R27')) both.refuse({ key: 'scratchRegister' });
    };
    if (memory.kind === 'symbol') {
      if (suffix !== '') place.refuse({ key: 'suffixOperand', suffix });
      notThrough();
      return [...addressInto(SCRATCH), direct(SCRATCH, 0, 2)];
    }
    if (memory.index !== null) place.refuse({ key: 'noIndex', op });
    const { base, offset, isSp } = basePlus(memory);
    const [least, most, unit] = [-(64 << log), 63 << log, 1 << log];
    const fits = offset >= least && offset <= most && offset % unit === 0;
    if (suffix !== '') {
      if (!fits) place.refuse({ key: 'pairOffset', op: `${op}.${suffix}`, offset, least, most, unit });
      if (!isSp && (base === first || base === second)) place.refuse({ key: 'unpredictable', register: memory.base ?? '' });
      return [direct(base, offset, suffix === 'W' ? 3 : 1)];
    }
    if (fits) return [direct(base, offset, 2)];
    notThrough();
    if (offset >= -4095 && offset <= 4095) {
      const add = (offset < 0 ? 0xd1000000 : ADD_SCRATCH) | (Math.abs(offset) << 10) | (base << 5) | SCRATCH;
      return [add >>> 0, direct(SCRATCH, 0, 2)];
    }
    if (base === SCRATCH) place.refuse({ key: 'scratchRegister' });
    return [loadFar(offset, at), (0x8b206000 | (SCRATCH << 16) | (base << 5) | SCRATCH) >>> 0, direct(SCRATCH, 0, 2)];
  });
}
