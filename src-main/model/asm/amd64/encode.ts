/** amd64 instructions as bytes: prefixes, opcode, ModR/M, SIB, displacement, immediate. Source: Intel's manual, volume 2, chapter 2. */
import { type Encode, littleEndian, Unencodable } from '../encoding';
import type { Size } from '../flags';
import type { Instruction, MemoryOperand, Operand } from '../listing';

const NUMBERS: Readonly<Record<string, number>> = { AX: 0, CX: 1, DX: 2, BX: 3, SP: 4, BP: 5, SI: 6, DI: 7 };
const HIGH_FIRST = 4;

export const numberOf = (name: string): number => NUMBERS[name] ?? Number(name.slice(1));

const REX = 0x40;
const W = 8;
const R = 4;
const X = 2;
const B = 1;

/** What an instruction is put together from. */
export interface Parts {
  size: Size;
  /** 64 bits wide without REX.W: PUSH, POP, JMP and CALL. */
  isWideAnyway?: boolean;
  /** A prefix that belongs to the opcode: F3. */
  prefix?: number;
  opcode: readonly number[];
  /** Added to the last byte of the opcode. */
  plus?: Operand;
  /** ModR/M: the operand that may be memory, and beside it a register or a number that is part of the opcode. */
  rm?: Operand;
  reg?: Operand | number;
  /** Bytes of the registers where they differ from `size`. */
  rmSize?: Size;
  immediate?: readonly number[];
}

interface Register {
  /** 3 bits. */
  low: number;
  isExtended: boolean;
  /** Its low byte is there only behind a REX prefix. */
  needsRex: boolean;
  /** Its byte is another register's behind a REX prefix. */
  isHigh: boolean;
}

function registerOf(operand: Operand, size: Size): Register {
  if (operand.kind !== 'register') throw new Error(`${operand.kind} in the place of a register`);
  const { name, part } = operand;
  const number = numberOf(name);
  if (part === 'high') return { low: HIGH_FIRST + number, isExtended: false, needsRex: false, isHigh: true };
  const isByte = size === 1 || part === 'low';
  return { low: number & 7, isExtended: number > 7, needsRex: isByte && number >= 4 && number <= 7, isHigh: false };
}

interface Address {
  bytes: number[];
  rex: number;
}

const modRm = (mod: number, reg: number, rm: number): number => (mod << 6) | (reg << 3) | rm;
const fitsByte = (value: number): boolean => value >= -128 && value <= 127;

/** Memory beside a register field. The address of a symbol is left to the linker, relative to the next instruction. */
function addressOf(operand: Operand, reg: number): Address {
  const place = operand.kind === 'address' ? operand.of : operand;
  if (place.kind === 'symbol') return { bytes: [modRm(0, reg, 5), 0, 0, 0, 0], rex: 0 };
  if (place.kind !== 'memory') throw new Error(`${place.kind} in the place of memory`);
  const { base, offset, index, scale } = throughHardware(place);
  const far = littleEndian(offset, 4);
  const x = index === null ? 4 : numberOf(index);
  const rex = (x > 7 ? X : 0) | (base !== null && numberOf(base) > 7 ? B : 0);
  const sib = (low: number): number => (Math.log2(scale) << 6) | ((x & 7) << 3) | low;
  if (base === null) return { bytes: [modRm(0, reg, 4), sib(5), ...far], rex };
  const low = numberOf(base) & 7;
  const needsSib = index !== null || low === 4;
  // Without a displacement, BP's and R13's number means another thing.
  const mod = offset === 0 && low !== 5 ? 0 : fitsByte(offset) ? 1 : 2;
  const displacement = mod === 0 ? [] : mod === 1 ? littleEndian(offset, 1) : far;
  return { bytes: needsSib ? [modRm(mod, reg, 4), sib(low), ...displacement] : [modRm(mod, reg, low), ...displacement], rex };
}

function throughHardware(memory: MemoryOperand): Pick<MemoryOperand, 'base' | 'offset' | 'index' | 'scale'> {
  const scale = memory.index === null ? 1 : memory.scale;
  if (memory.hardware === null) return { ...memory, scale };
  return { base: 'SP', offset: memory.offset + memory.hardware, index: memory.index, scale };
}

function assemble(parts: Parts, operands: readonly Operand[]): number[] {
  const { size, prefix, opcode, rm, reg, plus, immediate = [] } = parts;
  let rex = size === 8 && parts.isWideAnyway !== true ? REX | W : 0;
  let isHigh = false;
  const note = (register: Register, bit: number): number => {
    if (register.isExtended) rex |= REX | bit;
    if (register.needsRex) rex |= REX;
    isHigh ||= register.isHigh;
    return register.low;
  };
  const field = typeof reg === 'number' ? reg : reg === undefined ? 0 : note(registerOf(reg, size), R);
  const tail: number[] = [];
  if (rm?.kind === 'register') tail.push(modRm(3, field, note(registerOf(rm, parts.rmSize ?? size), B)));
  else if (rm !== undefined) {
    const address = addressOf(rm, field);
    if (address.rex !== 0) rex |= REX | address.rex;
    tail.push(...address.bytes);
  }
  const code = [...opcode];
  if (plus !== undefined) code.push((code.pop() ?? 0) + note(registerOf(plus, size), B));
  if (isHigh && rex !== 0) throw noEncoding(operands);
  return [
    ...(size === 2 ? [0x66] : []),
    ...(prefix === undefined ? [] : [prefix]),
    ...(rex === 0 ? [] : [rex]),
    ...code,
    ...tail,
    ...immediate,
  ];
}

/** Behind a REX prefix the numbers of AH to BH are those of SPB to DIB. Go's assembler writes them all the same, and means other registers. */
function noEncoding(operands: readonly Operand[]): Unencodable {
  const index = operands.findIndex((operand) => operand.kind === 'register' && operand.part === 'high');
  const high = operands[index];
  const shown = high?.kind === 'register' ? high.name.replace('X', 'H') : '';
  return new Unencodable({ key: 'noEncoding', shown }, index, shown.replace('H', 'L'));
}

export const isRegister = (operand: Operand | undefined): boolean => operand?.kind === 'register';
export const isName = (operand: Operand | undefined, name: string, part: 'whole' | 'low' = 'whole'): boolean =>
  operand?.kind === 'register' && operand.name === name && operand.part === part;

/** What was written: of the processor's own value some bytes are its sign. */
export const written = (operand: Operand | undefined): bigint => (operand?.kind === 'immediate' ? BigInt.asIntN(64, operand.written) : 0n);
export const isByte = (value: bigint): boolean => value >= -128n && value <= 127n;

/** An immediate as long as the operation is wide, at most four bytes. */
export const wide = (operand: Operand | undefined, size: Size): number[] => littleEndian(written(operand), Math.min(size, 4));

/** An encoder of the operands alone. */
export const parts =
  (of: (operands: readonly Operand[], instruction: Instruction) => Parts): Encode =>
  (instruction) =>
    assemble(of(instruction.operands, instruction), instruction.operands);

export const bytes =
  (...all: readonly number[]): Encode =>
  () =>
    all;

/** One operand that is the whole ModR/M, with `extension` in its other field. */
export const oneOperand = (size: Size, opcode: readonly number[], extension: number): Encode =>
  parts(([rm]) => ({ size, opcode, reg: extension, ...(rm === undefined ? {} : { rm }) }));

/** op rm, reg: the second is a register. */
export const intoRegister = (size: Size, opcode: readonly number[], more: Partial<Parts> = {}): Encode =>
  parts(([rm, reg]) => ({ size, opcode, ...(rm === undefined ? {} : { rm }), ...(reg === undefined ? {} : { reg }), ...more }));

/** op reg, rm: the first is a register. */
export const fromRegister = (size: Size, opcode: readonly number[], more: Partial<Parts> = {}): Encode =>
  parts(([reg, rm]) => ({ size, opcode, ...(rm === undefined ? {} : { rm }), ...(reg === undefined ? {} : { reg }), ...more }));

/** The opcode of bytes, or the next one, which is that of words. */
export const sized = (size: Size, opcode: number): number => opcode + (size === 1 ? 0 : 1);

/** ADD, OR, ADC, SBB, AND, SUB, XOR by their number: an immediate of one byte where it fits, the accumulator's short form, or either order of registers. */
export function arithmetic(size: Size, operation: number): Encode {
  const base = operation << 3;
  const registers = fromRegister(size, [sized(size, base)]);
  const load = intoRegister(size, [sized(size, base + 2)]);
  const immediate = parts(([from, to]) => immediateParts(size, operation, from, to));
  return (instruction, at) => {
    const [from] = instruction.operands;
    if (from?.kind === 'immediate') return immediate(instruction, at);
    return (isRegister(from) ? registers : load)(instruction, at);
  };
}

function immediateParts(size: Size, operation: number, from: Operand | undefined, to: Operand | undefined): Parts {
  const rm = to === undefined ? {} : { rm: to };
  const value = written(from);
  // Written AL, not AX, the accumulator has its short form for bytes as well.
  if (size === 1)
    return isName(to, 'AX', 'low')
      ? { size, opcode: [(operation << 3) + 4], immediate: wide(from, 1) }
      : { size, opcode: [0x80], reg: operation, ...rm, immediate: wide(from, 1) };
  if (isByte(value)) return { size, opcode: [0x83], reg: operation, ...rm, immediate: wide(from, 1) };
  if (isName(to, 'AX')) return { size, opcode: [(operation << 3) + 5], immediate: wide(from, size) };
  return { size, opcode: [0x81], reg: operation, ...rm, immediate: wide(from, size) };
}

/** CMP a, b has Intel's order: the first may be memory, and so may the second. */
export function comparison(size: Size): Encode {
  const first = intoRegister(size, [sized(size, 0x38)]);
  const second = fromRegister(size, [sized(size, 0x3a)]);
  const immediate = parts(([a, b]) => immediateParts(size, 7, b, a));
  return (instruction, at) => {
    const [, b] = instruction.operands;
    if (b?.kind === 'immediate') return immediate(instruction, at);
    return (isRegister(b) ? first : second)(instruction, at);
  };
}

export function test(size: Size): Encode {
  const opcode = [sized(size, 0x84)];
  const [registers, load] = [fromRegister(size, opcode), intoRegister(size, opcode)];
  const immediate = parts(([from, to]) => {
    const isShort = isName(to, 'AX', size === 1 ? 'low' : 'whole');
    if (isShort) return { size, opcode: [sized(size, 0xa8)], immediate: wide(from, size) };
    return { size, opcode: [sized(size, 0xf6)], reg: 0, ...(to === undefined ? {} : { rm: to }), immediate: wide(from, size) };
  });
  return (instruction, at) => {
    const [from] = instruction.operands;
    if (from?.kind === 'immediate') return immediate(instruction, at);
    return (isRegister(from) ? registers : load)(instruction, at);
  };
}

/** MOV: into 64 bits go 32 with their sign, else 32 without one, else all 64. */
export function move(size: Size): Encode {
  const registers = fromRegister(size, [sized(size, 0x88)]);
  const load = intoRegister(size, [sized(size, 0x8a)]);
  const address = intoRegister(size, [0x8d]);
  const immediate = parts(([from, to]) => {
    const value = written(from);
    const rm = to === undefined ? {} : { rm: to };
    const plus = to === undefined ? {} : { plus: to };
    const short: Parts = { size, opcode: [sized(size, 0xc6)], reg: 0, ...rm, immediate: wide(from, size) };
    if (!isRegister(to)) return short;
    if (size === 8) {
      if (value === BigInt.asIntN(32, value)) return short;
      if (value === BigInt.asUintN(32, value)) return { size: 4, opcode: [0xb8], ...plus, immediate: wide(from, 4) };
      return { size, opcode: [0xb8], ...plus, immediate: littleEndian(value, 8) };
    }
    return { size, opcode: [size === 1 ? 0xb0 : 0xb8], ...plus, immediate: wide(from, size) };
  });
  return (instruction, at) => {
    const [from] = instruction.operands;
    if (from?.kind === 'immediate') return immediate(instruction, at);
    if (from?.kind === 'address') return address(instruction, at);
    return (isRegister(from) ? registers : load)(instruction, at);
  };
}

/** XCHG with AX has a form of one byte. */
export function exchange(size: Size): Encode {
  const opcode = [sized(size, 0x86)];
  const [registers, load] = [fromRegister(size, opcode), intoRegister(size, opcode)];
  const short = parts(([a, b]) => ({
    size,
    opcode: [0x90],
    plus: (isName(a, 'AX') ? b : a) ?? { kind: 'register', name: 'AX', part: 'whole' },
  }));
  return (instruction, at) => {
    const { operands } = instruction;
    const isShort = size > 1 && operands.every(isRegister) && operands.some((each) => isName(each, 'AX'));
    if (isShort) return short(instruction, at);
    return (isRegister(operands[0]) ? registers : load)(instruction, at);
  };
}

/** Shifts and rotations by 1, by a byte, by CL. */
export const shift = (size: Size, operation: number): Encode =>
  parts(([count, to]) => {
    const rm = to === undefined ? {} : { rm: to };
    if (count?.kind !== 'immediate') return { size, opcode: [sized(size, 0xd2)], reg: operation, ...rm };
    if (written(count) === 1n) return { size, opcode: [sized(size, 0xd0)], reg: operation, ...rm };
    return { size, opcode: [sized(size, 0xc0)], reg: operation, ...rm, immediate: wide(count, 1) };
  });

/** Jumps with a distance from their end: of a byte, or of four. `lacks`: what Go's assembler forgets of the length when it counts backwards. */
export const jump =
  (short: readonly number[], long: readonly number[] | null, lacks = 0): Encode =>
  (_, { distance, isLong }) =>
    isLong && long !== null
      ? [...long, ...littleEndian(distance - long.length - 4, 4)]
      : [...short, ...littleEndian(distance - short.length - 1 + (distance <= 0 ? lacks : 0), 1)];
