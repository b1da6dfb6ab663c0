/**
 * Reads Plan 9 assembly: TEXT with flags and frame sizes, labels, comments, the pseudo-registers FP, SB and SP, immediates, and the
 * instructions of instructions.ts. Sources: scheduler.md section 5.6. All faults of a listing come back at once.
 */
import { nearest } from '../nearest-word';
import { INSTRUCTIONS, REGISTER_NAMES } from './instructions';

export type Operand =
  | { kind: 'register'; name: string }
  | { kind: 'immediate'; value: bigint }
  /** A slot of memory: `a1+8(FP)`, `16(SP)`, `x-8(SP)` (virtual: has a name), `(AX)`. */
  | { kind: 'memory'; base: string; offset: number; name: string }
  /** A global or function: `runtime·entersyscall(SB)`. The middle dot is a dot here, a leading one stands for the package. */
  | { kind: 'symbol'; name: string }
  | { kind: 'label'; name: string; index: number };

export interface Instruction {
  op: string;
  operands: Operand[];
  /** As shown: mnemonic and operands with single spaces. */
  text: string;
  /** Distance in bytes from the routine's first instruction, as the real assembler lays it out. */
  offset: number;
  /** Line in the listing, from 1. */
  line: number;
}

export interface Routine {
  symbol: string;
  arch: 'amd64' | 'arm64';
  flags: string[];
  frameBytes: number;
  argBytes: number;
  instructions: Instruction[];
  line: number;
}

export interface Assembled {
  routines: Record<string, Routine>;
}

export interface AsmFault {
  file: string;
  line: number;
  column: number;
  message: { zh: string; en: string };
  suggestion: string | null;
}

export type ParsedListing = { ok: true; program: Assembled } | { ok: false; faults: AsmFault[] };

/** A larger listing is refused: nobody steps through it, and parsing stays within bounds. */
const MAX_CHARACTERS = 200_000;

interface Draft {
  routine: Routine;
  labels: Map<string, number>;
  /** Jumps whose label is not resolved yet. */
  jumps: { instruction: Instruction; operand: number; label: string; column: number }[];
}

/** `pkg`: what a leading middle dot stands for. */
export function parseListing(text: string, file: string, arch: 'amd64' | 'arm64' = 'amd64', pkg = 'syscall'): ParsedListing {
  return new Parser(file, arch, pkg).parse(text);
}

class Parser {
  private readonly faults: AsmFault[] = [];
  private readonly program: Assembled = { routines: {} };
  private draft: Draft | null = null;

  constructor(
    private readonly file: string,
    private readonly arch: 'amd64' | 'arm64',
    private readonly pkg: string,
  ) {}

  parse(text: string): ParsedListing {
    if (text.length > MAX_CHARACTERS) {
      this.fault(1, 1, `清单太长：${text.length} 个字符，最多 ${MAX_CHARACTERS}`, `the listing is too long: ${text.length} characters, at most ${MAX_CHARACTERS}`);
      return { ok: false, faults: this.faults };
    }
    for (const [index, line] of text.split(/\r?\n/).entries()) this.line(line, index + 1);
    this.close();
    return this.faults.length === 0 ? { ok: true, program: this.program } : { ok: false, faults: this.faults };
  }

  private fault(line: number, column: number, zh: string, en: string, suggestion: string | null = null): void {
    this.faults.push({ file: this.file, line, column, message: { zh, en }, suggestion });
  }

  private line(source: string, line: number): void {
    const code = source.replace(/\/\/.*$/, '');
    if (code.trim() === '' || code.startsWith('#')) return;
    const label = /^\s*([A-Za-z_]\w*):\s*$/.exec(code);
    if (label) {
      this.label(label[1] ?? '', line, code);
      return;
    }
    const column = code.search(/\S/) + 1;
    const [op = '', rest = ''] = splitOnce(code.trim());
    if (op === 'TEXT') this.text(rest, line, column);
    else this.instruction(op, rest, line, column);
  }

  private label(name: string, line: number, code: string): void {
    const column = code.search(/\S/) + 1;
    if (!this.draft) {
      this.fault(line, column, `标号 ${name} 前面没有 TEXT`, `the label ${name} stands before any TEXT`);
      return;
    }
    if (this.draft.labels.has(name)) this.fault(line, column, `标号 ${name} 重复`, `the label ${name} is there twice`);
    this.draft.labels.set(name, this.draft.routine.instructions.length);
  }

  private text(rest: string, line: number, column: number): void {
    this.close();
    const parts = /^(\S+)\(SB\)\s*,\s*(?:([A-Z0-9|]+)\s*,\s*)?\$(-?\d+)(?:-(\d+))?$/.exec(rest.trim());
    if (!parts) {
      this.fault(line, column, `TEXT 应写成 TEXT ·名字(SB),NOSPLIT,$帧-参数`, 'expected TEXT ·name(SB),NOSPLIT,$frame-args');
      return;
    }
    const [, name = '', flags = '', frame = '0', args = '0'] = parts;
    const symbol = this.symbolName(name);
    if (this.program.routines[symbol]) this.fault(line, column, `${symbol} 重复定义`, `${symbol} is defined twice`);
    const routine: Routine = { symbol, arch: this.arch, flags: flags === '' ? [] : flags.split('|'), frameBytes: Number(frame), argBytes: Number(args), instructions: [], line };
    this.draft = { routine, labels: new Map(), jumps: [] };
  }

  private symbolName(name: string): string {
    const dotted = name.replaceAll('·', '.').replaceAll('∕', '/');
    return dotted.startsWith('.') ? `${this.pkg}${dotted}` : dotted;
  }

  private instruction(op: string, rest: string, line: number, column: number): void {
    const table = INSTRUCTIONS[this.arch];
    const spec = Object.hasOwn(table, op) ? table[op] : undefined;
    if (!spec) {
      this.fault(line, column, `没有指令 ${op}`, `unknown instruction ${op}`, nearest(op, Object.keys(table)));
      return;
    }
    if (!this.draft) {
      this.fault(line, column, `${op} 前面没有 TEXT`, `${op} stands before any TEXT`);
      return;
    }
    const pieces = rest.trim() === '' ? [] : rest.split(',').map((piece) => piece.trim());
    if (!spec.operands.includes(pieces.length)) {
      const want = spec.operands.join(' / ');
      this.fault(line, column, `${op} 要 ${want} 个操作数，这里有 ${pieces.length} 个`, `${op} takes ${want} operands, found ${pieces.length}`);
      return;
    }
    const { routine, jumps } = this.draft;
    const instruction: Instruction = { op, operands: [], text: `${op}${pieces.length > 0 ? ` ${pieces.join(', ')}` : ''}`, offset: 0, line };
    for (const [index, piece] of pieces.entries()) {
      const at = column + Math.max(0, rest.indexOf(piece)) + op.length + 1;
      const operand = this.operand(piece, spec.isJump, line, at);
      if (!operand) return;
      instruction.operands.push(operand);
      if (operand.kind === 'label') jumps.push({ instruction, operand: index, label: operand.name, column: at });
    }
    routine.instructions.push(instruction);
  }

  private operand(piece: string, isJump: boolean, line: number, column: number): Operand | null {
    if (piece.startsWith('$')) {
      const value = immediate(piece.slice(1));
      if (value !== null) return { kind: 'immediate', value };
      this.fault(line, column, `立即数 ${piece} 不是数`, `the immediate ${piece} is not a number`);
      return null;
    }
    if (REGISTER_NAMES[this.arch].has(piece)) return { kind: 'register', name: piece };
    const memory = /^(?:((?:[A-Za-z_·∕][·.∕/\w]*)?)([+-]\d+)?|(-?\d+))?\((\w+)\)$/.exec(piece);
    if (memory) return this.memory(memory, line, column);
    if (isJump && /^[A-Za-z_]\w*$/.test(piece)) return { kind: 'label', name: piece, index: -1 };
    this.fault(line, column, `看不懂操作数 ${piece}`, `cannot read the operand ${piece}`, nearest(piece, [...REGISTER_NAMES[this.arch]]));
    return null;
  }

  private memory(parts: RegExpExecArray, line: number, column: number): Operand | null {
    const [, name = '', signed, plain, base = ''] = parts;
    const offset = Number(signed ?? plain ?? 0);
    if (base === 'SB') return { kind: 'symbol', name: this.symbolName(name) };
    if (base === 'FP' || base === 'SP' || base === 'PC' || REGISTER_NAMES[this.arch].has(base)) {
      if (base === 'FP' && name === '') {
        this.fault(line, column, `FP 的偏移要带参数名，如 a1+8(FP)`, 'an offset from FP needs the argument’s name, as in a1+8(FP)');
        return null;
      }
      return { kind: 'memory', base, offset, name };
    }
    this.fault(line, column, `没有寄存器 ${base}`, `no register ${base}`, nearest(base, ['FP', 'SB', 'SP', ...REGISTER_NAMES[this.arch]]));
    return null;
  }

  /** Ends the routine under way: labels become places, offsets are laid out. */
  private close(): void {
    const { draft } = this;
    this.draft = null;
    if (!draft) return;
    for (const { instruction, operand, label, column } of draft.jumps) {
      const index = draft.labels.get(label);
      if (index === undefined) {
        this.fault(instruction.line, column, `没有标号 ${label}`, `no label ${label}`, nearest(label, [...draft.labels.keys()]));
        continue;
      }
      instruction.operands[operand] = { kind: 'label', name: label, index };
    }
    let offset = 0;
    for (const instruction of draft.routine.instructions) {
      instruction.offset = offset;
      offset += INSTRUCTIONS[this.arch][instruction.op]?.bytes(instruction.operands, draft.routine) ?? 4;
    }
    if (draft.routine.instructions.length === 0) this.fault(draft.routine.line, 1, `${draft.routine.symbol} 是空的`, `${draft.routine.symbol} is empty`);
    this.program.routines[draft.routine.symbol] = draft.routine;
  }
}

function splitOnce(code: string): [string, string] {
  const at = code.search(/\s/);
  return at < 0 ? [code, ''] : [code.slice(0, at), code.slice(at + 1)];
}

function immediate(text: string): bigint | null {
  if (!/^-?(0x[0-9a-fA-F]{1,16}|\d{1,20})$/.test(text)) return null;
  const isNegative = text.startsWith('-');
  const size = BigInt(isNegative ? text.slice(1) : text);
  return BigInt.asUintN(64, isNegative ? -size : size);
}
