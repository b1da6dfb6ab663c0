/** How an instruction gets at its operands: registers and their parts, immediates, memory. Closures are made once for each instruction. */
import { type ArchFacts, ARCHS } from './arch/index';
import type { FlagName, Flags, Size } from './flags';
import { MASK } from './flags';
import type { MemoryOperand, Operand, Routine, SymbolOperand } from './listing';
import { CpuFault } from './signals';

/** Registers by Plan 9 name, values 0 … 2⁶⁴−1. Memory by address; null or false: nothing is mapped there, or it cannot be written. */
export interface CpuPort {
  reg(name: string): bigint;
  setReg(name: string, value: bigint): void;
  /** PC := value, which is written `text`: the same few places come again and again. */
  setPc?(value: bigint, text: string): void;
  flag(name: FlagName): boolean;
  setFlags(flags: Flags): void;
  /** Never across a multiple of 8: the CPU takes such an access apart. */
  load(address: bigint, bytes: number): bigint | null;
  store(address: bigint, bytes: number, value: bigint): boolean;
}

/** What the closures of one instruction are made from. */
export interface Site {
  routine: Routine;
  /** Where a symbol lies: a routine's code or a variable. */
  addressOf: (symbol: string) => bigint;
  /** Start of the routine's code. */
  base: bigint;
  /** Address behind the instruction. */
  next: bigint;
  suffix: '' | 'W' | 'P';
}

export type Read = (cpu: CpuPort) => bigint;
export type Write = (cpu: CpuPort, value: bigint) => void;

const WORD = MASK[8];
/** Addresses beyond these have no place in either architecture's 48-bit halves; using one may be a fault of its own kind. */
const LOW_END = 0x800000000000n;
const HIGH_START = 0xffff800000000000n;
const TEXT_FIRST = 0x460000n;
const TEXT_END = 0x660000n;

function unmapped(address: bigint, viaStack: boolean, isWrite: boolean, facts: ArchFacts): CpuFault {
  const place = `0x${address.toString(16)}`;
  if (facts.hasCanonicalFault && address >= LOW_END && address < HIGH_START) {
    const signal = viaStack ? 'SIGBUS' : 'SIGSEGV';
    return new CpuFault(signal, 0x80, 0n, { key: 'notCanonical', address: place });
  }
  if (isWrite && address >= TEXT_FIRST && address < TEXT_END) {
    return new CpuFault('SIGSEGV', 2, address, { key: 'isCode', address: place });
  }
  if (isWrite && viaStack) return new CpuFault('SIGSEGV', 1, address, { key: 'stackOverflow', address: place });
  return new CpuFault('SIGSEGV', 1, address, { key: isWrite ? 'notWritable' : 'notMapped', address: place });
}

/** The processor allows accesses at any address; the port sees them in pieces that do not cross a multiple of 8. */
export function loadFrom(cpu: CpuPort, address: bigint, size: Size, viaStack: boolean, facts: ArchFacts): bigint {
  const within = Number(address & 7n);
  if (within + size <= 8) {
    const value = cpu.load(address, size);
    if (value === null) throw unmapped(address, viaStack, false, facts);
    return value;
  }
  const first = 8 - within;
  const low = cpu.load(address, first);
  const second = (address + BigInt(first)) & WORD;
  const high = low === null ? null : cpu.load(second, size - first);
  if (low === null || high === null) throw unmapped(low === null ? address : second, viaStack, false, facts);
  return low | (high << BigInt(8 * first));
}

export function storeTo(cpu: CpuPort, address: bigint, size: Size, value: bigint, viaStack: boolean, facts: ArchFacts): void {
  const within = Number(address & 7n);
  if (within + size <= 8) {
    if (!cpu.store(address, size, value & MASK[size])) throw unmapped(address, viaStack, true, facts);
    return;
  }
  const first = 8 - within;
  const second = (address + BigInt(first)) & WORD;
  const old = cpu.load(address, first);
  if (!cpu.store(address, first, value & ((1n << BigInt(8 * first)) - 1n))) throw unmapped(address, viaStack, true, facts);
  if (cpu.store(second, size - first, (value & MASK[size]) >> BigInt(8 * first))) return;
  // All of it or nothing.
  cpu.store(address, first, old ?? 0n);
  throw unmapped(second, viaStack, true, facts);
}

/** The hardware's name for an operand's base; FP and the virtual SP are places above the hardware's stack pointer. */
function hardwareBase(routine: Routine, operand: MemoryOperand): string | null {
  return operand.hardware === null ? operand.base : ARCHS[routine.arch].stackPointer;
}

const isOnStack = (routine: Routine, operand: MemoryOperand): boolean => {
  const base = hardwareBase(routine, operand);
  return base !== null && ARCHS[routine.arch].stackBases.includes(base);
};

/** The hardware address of a memory operand, without the changes of `.W` and `.P`. */
export function addressReader(operand: MemoryOperand | SymbolOperand, site: Site): Read {
  if (operand.kind === 'symbol') {
    const address = (site.addressOf(operand.name) + BigInt(operand.offset)) & WORD;
    return () => address;
  }
  const base = hardwareBase(site.routine, operand);
  const offset = BigInt(operand.offset) + BigInt(operand.hardware ?? 0);
  const { index } = operand;
  const scale = BigInt(operand.scale);
  if (index !== null) {
    const taken = EXTENSIONS[operand.extend ?? 'LSL'] ?? asItIs;
    return (cpu) => ((base === null ? 0n : cpu.reg(base)) + taken(readRegister(cpu, index)) * scale + offset) & WORD;
  }
  if (base === null) return () => offset & WORD;
  return (cpu) => (cpu.reg(base) + offset) & WORD;
}

const asItIs = (value: bigint): bigint => value;
/** What is taken of a register that is widened (arm64). */
const EXTENSIONS: Readonly<Record<string, (value: bigint) => bigint>> = {
  UXTB: (value) => value & 0xffn,
  UXTH: (value) => value & 0xffffn,
  UXTW: (value) => value & 0xffffffffn,
  UXTX: asItIs,
  SXTB: (value) => BigInt.asIntN(8, value),
  SXTH: (value) => BigInt.asIntN(16, value),
  SXTW: (value) => BigInt.asIntN(32, value),
  SXTX: asItIs,
  LSL: asItIs,
};

const readRegister = (cpu: CpuPort, name: string): bigint => (name === 'ZR' ? 0n : cpu.reg(name));

/** An access through the stack pointer, where that has to be a multiple of `alignment`. */
function checkStackAlignment(cpu: CpuPort, name: string, alignment: bigint): void {
  const sp = cpu.reg(name);
  if (sp % alignment === 0n) return;
  const written = `${name} = 0x${sp.toString(16)}`;
  throw new CpuFault('SIGBUS', 1, sp, { key: 'notAligned', address: written, alignment });
}

/** The address an access goes to; `.W` moves the base first, `.P` afterwards (arm64). */
function accessAddress(operand: MemoryOperand | SymbolOperand, site: Site): Read {
  const plain = addressReader(operand, site);
  if (operand.kind === 'symbol') return plain;
  const base = hardwareBase(site.routine, operand);
  const { stackPointer, stackAlignment } = ARCHS[site.routine.arch];
  const checked: Read =
    base === stackPointer && stackAlignment !== null
      ? (cpu) => (checkStackAlignment(cpu, stackPointer, stackAlignment), plain(cpu))
      : plain;
  if (site.suffix === '' || base === null) return checked;
  if (site.suffix === 'W') {
    return (cpu) => {
      const address = checked(cpu);
      cpu.setReg(base, address);
      return address;
    };
  }
  return (cpu) => {
    const before = cpu.reg(base);
    const after = checked(cpu);
    cpu.setReg(base, after);
    return before;
  };
}

export function memoryReader(operand: MemoryOperand | SymbolOperand, size: Size, site: Site): Read {
  const address = accessAddress(operand, site);
  const viaStack = operand.kind === 'memory' && isOnStack(site.routine, operand);
  const facts = ARCHS[site.routine.arch];
  return (cpu) => loadFrom(cpu, address(cpu), size, viaStack, facts);
}

export function memoryWriter(operand: MemoryOperand | SymbolOperand, size: Size, site: Site): Write {
  const address = accessAddress(operand, site);
  const viaStack = operand.kind === 'memory' && isOnStack(site.routine, operand);
  const facts = ARCHS[site.routine.arch];
  return (cpu, value) => {
    storeTo(cpu, address(cpu), size, value, viaStack, facts);
  };
}

const SHIFTS: Record<string, (value: bigint, amount: number, size: Size) => bigint> = {
  '<<': (value, amount, size) => (value << BigInt(amount)) & MASK[size],
  '>>': (value, amount) => value >> BigInt(amount),
  '->': (value, amount, size) => BigInt.asUintN(size * 8, BigInt.asIntN(size * 8, value) >> BigInt(amount)),
  '@>': (value, amount, size) => ((value >> BigInt(amount)) | (value << BigInt(size * 8 - amount))) & MASK[size],
};

/** The operand's value as an unsigned number of `size` bytes. */
export function reader(operand: Operand | undefined, size: Size, site: Site): Read {
  switch (operand?.kind) {
    case 'register': {
      const { name, part } = operand;
      const mask = MASK[size];
      if (name === 'ZR') return () => 0n;
      if (part === 'high') return (cpu) => (cpu.reg(name) >> 8n) & 0xffn;
      return size === 8 ? (cpu) => cpu.reg(name) : (cpu) => cpu.reg(name) & mask;
    }
    case 'shifted': {
      const { name, amount } = operand;
      const shift = SHIFTS[operand.shift];
      if (!shift) throw new Error(`no shift ${operand.shift}`);
      return (cpu) => shift(readRegister(cpu, name) & MASK[size], amount, size);
    }
    case 'extended': {
      const { name, amount } = operand;
      const taken = EXTENSIONS[operand.extend] ?? asItIs;
      return (cpu) => (taken(readRegister(cpu, name)) << BigInt(amount)) & MASK[size];
    }
    case 'immediate': {
      const value = operand.value & MASK[size];
      return () => value;
    }
    case 'address':
      return addressReader(operand.of, site);
    case 'memory':
    case 'symbol':
      return memoryReader(operand, size, site);
    default:
      throw new Error(`an operand of kind ${operand?.kind ?? 'none'} has no value`);
  }
}

/** Writes `size` bytes. Four clear the rest of a register; one or two do so unless the architecture keeps it (amd64). */
export function writer(operand: Operand | undefined, size: Size, site: Site): Write {
  if (operand?.kind === 'memory' || operand?.kind === 'symbol') return memoryWriter(operand, size, site);
  if (operand?.kind !== 'register') throw new Error(`an operand of kind ${operand?.kind ?? 'none'} cannot be written`);
  const { name, part } = operand;
  if (name === 'ZR') return () => undefined;
  const mask = MASK[size];
  if (part === 'high') {
    return (cpu, value) => {
      cpu.setReg(name, (cpu.reg(name) & ~0xff00n) | ((value & 0xffn) << 8n));
    };
  }
  if (size >= 4 || !ARCHS[site.routine.arch].keepsUpperBytes) {
    return (cpu, value) => {
      cpu.setReg(name, value & mask);
    };
  }
  const rest = WORD & ~mask;
  return (cpu, value) => {
    cpu.setReg(name, (cpu.reg(name) & rest) | (value & mask));
  };
}
