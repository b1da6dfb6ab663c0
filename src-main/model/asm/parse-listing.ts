/**
 * Reads Plan 9 assembly: TEXT with flags and frame sizes, DATA and GLOBL, labels, comments, the pseudo-registers FP, SB and SP, immediates,
 * and the instructions of instructions.ts. Sources: scheduler.md section 5.6; cmd/asm of Go 1.14. All faults of a listing come back at once.
 */
import { needsRex } from './arch/encode-amd64';
import { type Arch, ARCH_NAMES, ARCHS, DEFAULT_ARCH } from './arch/index';
import { withFrame } from './frame';
import { fits, type InstructionSpec } from './instruction-spec';
import { goMnemonicOf, instructionNamed, mnemonicsOf, NOT_MODELLED } from './instructions';
import { layOut } from './layout';
import { type DataSymbol, FaultList, type Instruction, likelyWord, type Operand, type Routine, type Work } from './listing';
import { isConstantStart, type OperandContext, readConstant, readOperand } from './operands';
import { preprocess } from './preprocess';
import { Program } from './program';
import { characters, type Token, tokensOf } from './tokens';
import type { Message, ReadInModel } from '../message';

export type { Instruction, Operand, Routine } from './listing';

export type ParsedListing = ReadInModel<{ program: Program }>;

/** A larger listing is refused: nobody steps through it, and parsing stays within bounds. */
const MAX_CHARACTERS = 200_000;
const MAX_INSTRUCTIONS = 4_000;
const MAX_FRAME = 0x10000;
/** Of one routine; nobody fills in more, and each word of it becomes a row of every view. */
const MAX_ARGUMENT_BYTES = 0x1000;
/** Of all routines of a listing. */
const MAX_ALL_ARGUMENT_BYTES = 0x10000;
const MAX_DATA_BYTES = 0x10000;
/** What a NOSPLIT routine may use: the linker (StackLimit) leaves this much below the guard for a whole chain of them. */
const NOSPLIT_BYTES = 768;

/** Bits of TEXT and GLOBL flags (runtime/textflag.h). */
const FLAGS: Record<string, number> = {
  NOPROF: 1,
  DUPOK: 2,
  NOSPLIT: 4,
  RODATA: 8,
  NOPTR: 16,
  WRAPPER: 32,
  NEEDCTXT: 64,
  TLSBSS: 256,
  NOFRAME: 512,
  TOPFRAME: 2048,
};

const DATA_BASE = 0x520000;

interface Draft {
  routine: Routine;
  labels: Map<string, number>;
  /** Jumps whose label is not resolved yet. */
  jumps: { instruction: Instruction; operand: number; label: string; at: Token }[];
  at: Token;
  instructions: Instruction[];
  isTooLong: boolean;
  /** Faults there were before it. */
  faultsBefore: number;
}

/** `pkg`: what a leading middle dot stands for. */
export function parseListing(
  text: string,
  file: string,
  arch: Arch = DEFAULT_ARCH,
  pkg = 'syscall',
  work: Work = { done: 0 },
): ParsedListing {
  return new Parser(file, arch, pkg, work).parse(text);
}

class Parser {
  private readonly faults: FaultList;
  private readonly routines = new Map<string, Routine>();
  private readonly data = new Map<string, { bytes: Map<number, number>; size: number | null; readOnly: boolean; at: Token }>();
  /** Variables that instructions name: they must be there once all is read. */
  private readonly wanted: { name: string; at: Token }[] = [];
  private draft: Draft | null = null;
  private argumentBytes = 0;

  constructor(
    private readonly file: string,
    private readonly arch: Arch,
    private readonly pkg: string,
    private readonly work: Work,
  ) {
    this.faults = new FaultList(file);
  }

  parse(text: string): ParsedListing {
    if (text.length > MAX_CHARACTERS) {
      this.faults.add({ line: 1, column: 1 }, { key: 'listingTooLong', n: text.length, most: MAX_CHARACTERS });
      return { ok: false, faults: this.faults.all() };
    }
    const tokens = preprocess(tokensOf(text, this.faults), this.arch, this.faults, this.work);
    this.work.done += text.length + tokens.length;
    let from = 0;
    for (let at = 0; at < tokens.length; at++) {
      const end = tokens[at];
      if (end?.kind !== 'end') continue;
      this.statement(tokens.slice(from, at), end);
      from = at + 1;
    }
    this.close();
    const data = this.variables();
    for (const { name, at } of this.wanted) {
      if (Object.hasOwn(data, name) || this.routines.has(name)) continue;
      this.faults.add(at, { key: 'noVariable', name }, () => likelyWord(name, Object.keys(data)));
    }
    if (this.faults.count > 0) return { ok: false, faults: this.faults.all() };
    return { ok: true, program: new Program({ routines: Object.fromEntries(this.routines), data }) };
  }

  private statement(tokens: readonly Token[], end: Token): void {
    let rest = tokens;
    while (rest[1]?.text === ':' && rest[0]?.kind === 'word') {
      this.label(rest[0]);
      rest = rest.slice(2);
    }
    const [op, ...operands] = rest;
    if (!op) return;
    if (op.kind !== 'word') {
      const suggestion = op.text === '#' ? null : op.text === '%' || op.text === '@' ? '//' : null;
      this.faults.add(op, { key: 'badStatement', op: op.text }, suggestion);
      return;
    }
    if (op.text === 'TEXT') this.text(op, operands, end);
    else if (op.text === 'GLOBL') this.globl(op, operands, end);
    else if (op.text === 'DATA') this.dataLine(op, operands, end);
    else this.instruction(op, operands, end);
  }

  private label(name: Token): void {
    if (!this.draft) {
      this.faults.add(name, { key: 'labelBeforeText', name: name.text });
      return;
    }
    if (this.draft.labels.has(name.text)) this.faults.add(name, { key: 'duplicateLabel', name: name.text });
    this.draft.labels.set(name.text, this.draft.instructions.length);
  }

  private symbolName(name: string): string {
    const dotted = name.replaceAll('·', '.').replaceAll('∕', '/');
    return dotted.startsWith('.') ? `${this.pkg}${dotted}` : dotted;
  }

  private context(end: Token, allows: OperandContext['allows'] = { label: false, condition: false }): OperandContext {
    return {
      arch: this.arch,
      faults: this.faults,
      end,
      symbolName: (written, isLocal) => this.symbolName(written) + (isLocal ? '<>' : ''),
      allows,
    };
  }

  // ---- TEXT

  private text(op: Token, tokens: readonly Token[], end: Token): void {
    this.close();
    const parts = splitAtCommas(tokens, end).map((piece) => piece.tokens);
    const [first = [], ...rest] = parts;
    const symbol = first.length > 0 && (rest.length === 1 || rest.length === 2) ? readOperand(first, this.context(end)) : null;
    if (symbol?.kind !== 'symbol' || symbol.offset !== 0) {
      // An operand that could not be read has its own fault already.
      const isSaid = first.length > 0 && (rest.length === 1 || rest.length === 2) && symbol === null;
      if (!isSaid) this.faults.add(op, { key: 'textShape' }, 'TEXT ·name(SB),NOSPLIT,$0-0');
      return;
    }
    const flags = rest.length === 2 ? this.flags(rest[0] ?? [], end) : [];
    const sizes = this.sizes(rest.at(-1) ?? [], end);
    if (!sizes) return;
    const at = first[0] ?? op;
    const place = rest.at(-1)?.[0] ?? op;
    const args = this.argumentsWithin(sizes.args, place);
    if (this.routines.has(symbol.name)) this.faults.add(at, { key: 'duplicateSymbol', name: symbol.name });
    const routine: Routine = {
      symbol: symbol.name,
      file: this.file,
      arch: this.arch,
      flags,
      frameBytes: sizes.frame,
      argBytes: args,
      stackBytes: 0,
      labels: {},
      instructions: [],
      line: op.line,
    };
    this.draft = { routine, labels: new Map(), jumps: [], at: op, instructions: [], isTooLong: false, faultsBefore: this.faults.count };
    this.checkFrame(routine, place);
  }

  /** What TEXT says, or none where that is refused: the size bounds the work of everybody who looks at the routine. */
  private argumentsWithin(bytes: number, at: Token): number {
    if (bytes > MAX_ARGUMENT_BYTES) {
      this.faults.add(at, { key: 'argumentsTooLarge', bytes, most: MAX_ARGUMENT_BYTES });
      return 0;
    }
    const before = this.argumentBytes;
    this.argumentBytes += bytes;
    if (before <= MAX_ALL_ARGUMENT_BYTES && this.argumentBytes > MAX_ALL_ARGUMENT_BYTES)
      this.faults.add(at, { key: 'allArgumentsTooLarge', most: MAX_ALL_ARGUMENT_BYTES });
    return bytes;
  }

  private checkFrame({ flags, frameBytes }: Routine, at: Token): void {
    const { frameMultiple } = ARCHS[this.arch].assembler;
    if (frameBytes > 0 && frameBytes % frameMultiple !== 0) {
      this.faults.add(
        at,
        { key: 'frameMultiple', frameBytes, multiple: frameMultiple },
        `$${Math.ceil(frameBytes / frameMultiple) * frameMultiple}`,
      );
    }
    if (frameBytes > MAX_FRAME) this.faults.add(at, { key: 'frameTooLarge', frameBytes, most: MAX_FRAME });
    else if (flags.includes('NOSPLIT') && frameBytes > NOSPLIT_BYTES) {
      this.faults.add(at, { key: 'nosplitOverflow', most: NOSPLIT_BYTES, frameBytes });
    }
  }

  /** `NOSPLIT|NOFRAME`, or a number. */
  private flags(tokens: readonly Token[], end: Token): string[] {
    const found: string[] = [];
    for (const [i, token] of tokens.entries()) {
      if (i % 2 === 1) {
        if (token.text !== '|') this.faults.add(token, { key: 'flagSeparator', found: token.text }, '|');
        continue;
      }
      if (token.kind === 'integer') {
        const bits = Number(token.text);
        found.push(...Object.keys(FLAGS).filter((name) => ((FLAGS[name] ?? 0) & bits) !== 0));
      } else if (Object.hasOwn(FLAGS, token.text)) found.push(token.text);
      else this.faults.add(token, { key: 'unknownFlag', found: token.text }, likelyWord(token.text, Object.keys(FLAGS)));
    }
    if (tokens.length === 0) this.faults.add(end, { key: 'wantsFlags' }, 'NOSPLIT');
    return found;
  }

  /** `$frame-args`, `$frame`. */
  private sizes(tokens: readonly Token[], end: Token): { frame: number; args: number } | null {
    const [dollar, ...rest] = tokens;
    const written = rest.map((token) => token.text).join('');
    const parts = /^(-?)(0[xX][0-9a-fA-F]{1,8}|\d{1,9})(?:-(0[xX][0-9a-fA-F]{1,8}|\d{1,9}))?$/.exec(written);
    if (dollar?.text !== '$' || !parts) {
      const found = tokens.map((token) => token.text).join('');
      const suggestion = dollar?.text !== '$' && /^\d/.test(found) ? `$${found}` : '$0-0';
      this.faults.add(dollar ?? end, { key: 'wantsSizes', found: found === '' ? { key: 'endOfLine' } : found }, suggestion);
      return null;
    }
    const [, sign, frame = '0', args = '0'] = parts;
    return { frame: sign === '-' ? -Number(frame) : Number(frame), args: Number(args) };
  }

  // ---- instructions

  private instruction(op: Token, tokens: readonly Token[], end: Token): void {
    const spec = instructionNamed(this.arch, op.text);
    if (!spec) {
      this.unknownInstruction(op);
      return;
    }
    const { draft } = this;
    if (!draft) {
      this.faults.add(op, { key: 'instructionBeforeText', op: op.text });
      return;
    }
    const suffixed = tokens[0]?.text === '.' ? this.suffix(op, spec, tokens[1] ?? end) : '';
    if (suffixed === null) return;
    const pieces = splitAtCommas(suffixed === '' ? tokens : tokens.slice(2), end);
    const operands: Operand[] = [];
    const counts = [...new Set(spec.forms.map((form) => (form === '' ? 0 : form.split(' ').length)))];
    if (!counts.includes(pieces.length)) {
      const want = counts.join(' / ');
      this.faults.add(op, { key: 'operandCount', op: op.text, want, n: pieces.length });
      return;
    }
    const allows = {
      label: spec.isJump || op.text === 'CALL' || op.text === 'BL',
      condition: spec.forms.some((form) => form.startsWith('c')),
    };
    for (const piece of pieces) {
      const operand = readOperand(piece.tokens, this.context(piece.end, allows));
      if (!operand) return;
      operands.push(operand);
    }
    // A whole statement out of a macro is shown as it is; a macro in an operand by its name.
    const isOwn = op.shown === op.text;
    const shown = pieces.map((piece) => piece.tokens.map((token) => (isOwn ? token.shown : token.text)).join('')).join(', ');
    const name = suffixed === '' ? op.text : `${op.text}.${suffixed}`;
    const instruction: Instruction = {
      op: op.text,
      suffix: suffixed,
      operands,
      text: shown === '' ? name : `${name} ${shown}`,
      offset: 0,
      bytes: 0,
      line: op.line,
      inserted: false,
    };
    if (!this.suits(spec, instruction, op, pieces, draft)) return;
    if (draft.instructions.length >= MAX_INSTRUCTIONS) {
      if (!draft.isTooLong) this.faults.add(op, { key: 'routineTooLong', most: MAX_INSTRUCTIONS });
      draft.isTooLong = true;
      return;
    }
    draft.instructions.push(instruction);
  }

  private unknownInstruction(op: Token): void {
    if (NOT_MODELLED.has(op.text)) {
      this.faults.add(op, { key: 'notModelled', op: op.text });
      return;
    }
    const other = ARCH_NAMES.find((each) => each !== this.arch && instructionNamed(each, op.text) !== null);
    const translated = goMnemonicOf(this.arch, op.text);
    const suggestion = translated ?? this.nearestInstruction(op.text);
    if (other !== undefined && (translated !== null || suggestion === null)) {
      this.faults.add(op, { key: 'otherArchInstruction', op: op.text, other, arch: this.arch }, suggestion);
      return;
    }
    this.faults.add(op, { key: 'unknownInstruction', op: op.text }, suggestion);
  }

  /** Among equally near ones the widest: in Go's listings most work is on 64 bits. */
  private nearestInstruction(word: string): string | null {
    const known = mnemonicsOf(this.arch);
    return this.faults.isFull
      ? null
      : likelyWord(word, [...known.filter((name) => name.endsWith('Q')), ...known.filter((name) => !name.endsWith('Q'))]);
  }

  private suffix(op: Token, spec: InstructionSpec, found: Token): 'W' | 'P' | null {
    if (spec.mayChangeBase && (found.text === 'W' || found.text === 'P')) return found.text;
    const why = ARCHS[this.arch].assembler.suffixReason;
    this.faults.add(found, { key: 'noSuffix', op: op.text, suffix: found.text, why });
    return null;
  }

  /** Whether the operands are of a form that the instruction has; resolves what a jump needs. */
  private suits(spec: InstructionSpec, instruction: Instruction, op: Token, pieces: readonly Piece[], draft: Draft): boolean {
    const { operands } = instruction;
    const placeOf = (i: number): Token => pieces[i]?.tokens[0] ?? pieces[i]?.end ?? op;
    const right = spec.forms.filter((form) => (form === '' ? 0 : form.split(' ').length) === operands.length);
    if (!right.some((form) => formFits(form, operands))) {
      this.wrongOperands(instruction, right, placeOf, pieces);
      return false;
    }
    const high = operands.findIndex((operand) => operand.kind === 'register' && operand.part === 'high');
    if (high >= 0 && (/Q/.test(instruction.op.slice(3)) || needsRex(operands, { size: spec.size, opcode: 1 }))) {
      const shown = pieces[high]?.tokens.map((token) => token.text).join('') ?? '';
      this.faults.add(placeOf(high), { key: 'noEncoding', shown }, shown.replace('H', 'L'));
      return false;
    }
    for (const [i, operand] of operands.entries()) {
      if (operand.kind === 'label') draft.jumps.push({ instruction, operand: i, label: operand.name, at: placeOf(i) });
      else if (operand.kind === 'memory' && operand.base === 'PC') {
        operands[i] = { kind: 'label', name: `${operand.offset}(PC)`, index: draft.instructions.length + operand.offset };
      } else if (operand.kind === 'memory' && !this.memorySuits(operand, instruction, placeOf(i))) return false;
      else if (operand.kind === 'immediate' && !this.immediateSuits(operand, spec, instruction, placeOf(i))) return false;
      const symbol = operand.kind === 'symbol' ? operand : operand.kind === 'address' && operand.of.kind === 'symbol' ? operand.of : null;
      if (symbol && !right.some((form) => form.split(' ')[i]?.includes('s'))) this.wanted.push({ name: symbol.name, at: placeOf(i) });
    }
    return true;
  }

  private wrongOperands(instruction: Instruction, forms: readonly string[], placeOf: (i: number) => Token, pieces: readonly Piece[]): void {
    const { op, operands } = instruction;
    const shown = pieces.map((piece) => piece.tokens.map((token) => token.text).join(''));
    // An operand that no form has there; else the first with which the others would be right.
    const never = operands.findIndex((operand, i) => !forms.some((form) => fits(operand, form.split(' ')[i] ?? '')));
    const formsBut = (i: number): readonly string[] =>
      forms.filter((form) => operands.every((operand, j) => j === i || fits(operand, form.split(' ')[j] ?? '')));
    const at =
      never >= 0
        ? never
        : Math.max(
            0,
            operands.findIndex((_, i) => formsBut(i).length > 0),
          );
    const others = formsBut(at);
    const swapped =
      operands.length === 2 && forms.some((form) => formFits(form, [...operands].reverse()))
        ? `${op} ${[...shown].reverse().join(', ')}`
        : null;
    if ((op === 'CALL' || op === 'BL') && operands[0]?.kind === 'label') {
      this.faults.add(placeOf(0), { key: 'needsFunction', op, name: shown[0] ?? '' }, `${shown[0] ?? ''}(SB)`);
      return;
    }
    if (operands.length === 2 && operands.every((operand) => operand.kind === 'memory' || operand.kind === 'symbol')) {
      this.faults.add(placeOf(1), { key: 'memoryToMemory', op }, ARCHS[this.arch].assembler.anyRegister);
      return;
    }
    const letters = [...new Set((others.length > 0 ? others : forms).flatMap((form) => [...(form.split(' ')[at] ?? '')]))];
    const kinds = [...new Set(letters.map((letter) => OPERAND_KINDS[letter] ?? letter))];
    this.faults.add(placeOf(at), { key: 'wrongOperand', op, n: at + 1, found: shown[at] ?? '', expected: kinds }, swapped);
  }

  private memorySuits(operand: Extract<Operand, { kind: 'memory' }>, instruction: Instruction, at: Token): boolean {
    if (!ARCHS[this.arch].assembler.needsBase) return true;
    if (operand.base === null) {
      if (operand.index === null) {
        const number = `$${operand.offset}`;
        this.faults.add(at, { key: 'needsBaseOrNumber', arch: this.arch, number }, number);
      } else this.faults.add(at, { key: 'needsBase', arch: this.arch });
      return false;
    }
    if (operand.index !== null && operand.offset !== 0) {
      this.faults.add(at, { key: 'indexAndOffset' });
      return false;
    }
    const hasIndex = operand.index !== null || operand.name !== '';
    if (instruction.suffix !== '' && hasIndex) {
      this.faults.add(at, { key: 'suffixOperand', suffix: instruction.suffix });
      return false;
    }
    return true;
  }

  private immediateSuits(
    operand: Extract<Operand, { kind: 'immediate' }>,
    spec: InstructionSpec,
    instruction: Instruction,
    at: Token,
  ): boolean {
    const { op, operands } = instruction;
    const { wideImmediate } = ARCHS[this.arch].assembler;
    if (op === wideImmediate && operands[1]?.kind === 'register') return true;
    if (/^MOV[KZN]$/.test(op) && !isPiece(operand.value)) {
      this.faults.add(at, { key: 'sixteenBits', op }, '$(1<<16)');
      return false;
    }
    const value = BigInt.asIntN(64, operand.value);
    if (!spec.range) return true;
    const [least, most] = spec.range;
    if (value >= least && value <= most) {
      // As the real assembler does: 32 bits are kept, and a 64-bit instruction extends their sign.
      if (spec.size === 8 && wideImmediate !== null) operand.value = BigInt.asUintN(64, BigInt.asIntN(32, value));
      return true;
    }
    if (most === 0xffffffffn) this.faults.add(at, { key: 'immediateTooWide', value }, 'MOVQ');
    else this.faults.add(at, { key: 'immediateRange', value, least, most });
    return false;
  }

  // ---- DATA and GLOBL

  private variable(name: string, at: Token): { bytes: Map<number, number>; size: number | null; readOnly: boolean; at: Token } {
    const known = this.data.get(name);
    if (known) return known;
    const made = { bytes: new Map<number, number>(), size: null, readOnly: false, at };
    this.data.set(name, made);
    return made;
  }

  /** `GLOBL name<>(SB), RODATA, $size`. */
  private globl(op: Token, tokens: readonly Token[], end: Token): void {
    const parts = splitAtCommas(tokens, end).map((piece) => piece.tokens);
    const symbol = parts.length === 2 || parts.length === 3 ? readOperand(parts[0] ?? [], this.context(end)) : null;
    const size = parts.at(-1) ?? [];
    const bytes = size[0]?.text === '$' && parts.length > 1 ? readConstant(size.slice(1), this.context(end)) : null;
    if (symbol?.kind !== 'symbol' || bytes?.rest !== 0) {
      this.faults.add(op, { key: 'globlShape' }, 'GLOBL name<>(SB), RODATA, $8');
      return;
    }
    const variable = this.variable(symbol.name, op);
    if (bytes.value > BigInt(MAX_DATA_BYTES)) this.faults.add(size[0] ?? op, { key: 'variableTooLarge', most: MAX_DATA_BYTES });
    else variable.size = Number(bytes.value);
    variable.readOnly = parts.length === 3 && this.flags(parts[1] ?? [], end).includes('RODATA');
  }

  /** `DATA name<>+8(SB)/8, $value` or `$"text"`. */
  private dataLine(op: Token, tokens: readonly Token[], end: Token): void {
    const [place = [], value = [], ...more] = splitAtCommas(tokens, end).map((piece) => piece.tokens);
    const slash = place.findLastIndex((token) => token.text === '/');
    const symbol = slash > 0 ? readOperand(place.slice(0, slash), this.context(end)) : null;
    const width = Number(place[slash + 1]?.text);
    const isShaped =
      symbol?.kind === 'symbol' && place.length === slash + 2 && Number.isInteger(width) && value[0]?.text === '$' && more.length === 0;
    if (!isShaped) {
      this.faults.add(op, { key: 'dataShape' }, 'DATA name<>+0(SB)/8, $0');
      return;
    }
    const bytes = this.dataBytes(value.slice(1), width, end);
    if (!bytes) return;
    if (symbol.offset < 0 || symbol.offset + width > MAX_DATA_BYTES) {
      this.faults.add(place[0] ?? op, { key: 'dataOffset', most: MAX_DATA_BYTES });
      return;
    }
    const variable = this.variable(symbol.name, op);
    for (const [i, byte] of bytes.entries()) variable.bytes.set(symbol.offset + i, byte);
  }

  private dataBytes(tokens: readonly Token[], width: number, end: Token): number[] | null {
    const [first] = tokens;
    if (first?.kind === 'string' && tokens.length === 1) {
      const bytes = utf8(characters(first.text) ?? []);
      if (width < 1 || width > 64 || bytes.length > width) {
        this.faults.add(first, { key: 'stringWidth', n: bytes.length, width }, `/${Math.min(64, bytes.length)}`);
        return null;
      }
      return Array.from({ length: width }, (_, i) => bytes[i] ?? 0);
    }
    if (![1, 2, 4, 8].includes(width)) {
      this.faults.add(first ?? end, { key: 'dataWidth', width }, '8');
      return null;
    }
    if (!isConstantStart(first)) {
      // Simplified: no addresses in variables.
      this.faults.add(first ?? end, { key: 'wantsNumberOrString' });
      return null;
    }
    const constant = readConstant(tokens, this.context(end));
    if (!constant) return null;
    if (constant.rest > 0) this.faults.add(tokens[tokens.length - constant.rest] ?? end, { key: 'wantsEndOfNumber' });
    return Array.from({ length: width }, (_, i) => Number((constant.value >> BigInt(8 * i)) & 0xffn));
  }

  private variables(): Record<string, DataSymbol> {
    const placed: [string, DataSymbol][] = [];
    let next = DATA_BASE;
    let total = 0;
    for (const [name, { bytes, size, readOnly, at }] of this.data) {
      if (size === null) {
        this.faults.add(at, { key: 'dataWithoutGlobl', name }, `GLOBL ${name}(SB), RODATA, $${Math.max(0, ...bytes.keys()) + 1}`);
        continue;
      }
      total += size;
      if (total > MAX_DATA_BYTES) {
        this.faults.add(at, { key: 'variablesTooLarge', most: MAX_DATA_BYTES });
        break;
      }
      let digits = '';
      for (let i = 0; i < size; i++) digits += (bytes.get(i) ?? 0).toString(16).padStart(2, '0');
      placed.push([name, { address: `0x${next.toString(16)}`, bytes: digits, readOnly }]);
      next += Math.ceil(Math.max(1, size) / 16) * 16;
    }
    return Object.fromEntries(placed);
  }

  /** Ends the routine under way: labels become places, the frame is added, offsets are laid out. */
  private close(): void {
    const { draft } = this;
    this.draft = null;
    if (!draft) return;
    const { routine, labels } = draft;
    for (const { instruction, operand, label, at } of draft.jumps) {
      const index = labels.get(label);
      if (index === undefined) this.faults.add(at, { key: 'noLabel', label }, () => likelyWord(label, [...labels.keys()]));
      else instruction.operands[operand] = { kind: 'label', name: label, index };
    }
    for (const instruction of draft.instructions) this.checkRelativeJump(instruction, draft.instructions.length);
    if (draft.instructions.length === 0 && this.faults.count === draft.faultsBefore)
      this.faults.add(draft.at, { key: 'emptyRoutine', symbol: routine.symbol });
    const framed = withFrame(routine, { instructions: draft.instructions, labels });
    for (const { instruction, bytes } of framed.unbalanced) {
      const message = bytes > 0 ? ({ key: 'pushedMore', bytes } as const) : ({ key: 'poppedMore', bytes: -bytes } as const);
      this.faults.add({ line: instruction.line, column: 1 }, message);
    }
    routine.instructions = framed.instructions;
    routine.labels = Object.fromEntries(framed.labels);
    routine.stackBytes = framed.stackBytes;
    layOut(routine, this.work);
    this.routines.set(routine.symbol, routine);
  }

  private checkRelativeJump(instruction: Instruction, count: number): void {
    for (const operand of instruction.operands) {
      if (operand.kind !== 'label' || !operand.name.endsWith('(PC)')) continue;
      if (operand.index >= 0 && operand.index < count) continue;
      this.faults.add({ line: instruction.line, column: 1 }, { key: 'jumpsOut', target: operand.name });
    }
  }
}

/** What the letters of an instruction's forms stand for; one that is not here is said as it is. */
const REGISTER: Message = { key: 'registerOperand' };
const SHIFTED: Message = { key: 'shiftedOperand' };
const OPERAND_KINDS: Record<string, Message | string> = {
  r: REGISTER,
  b: REGISTER,
  C: 'CX',
  m: { key: 'memoryOperand' },
  i: { key: 'immediateOperand' },
  z: { key: 'zeroOperand' },
  a: { key: 'addressOperand' },
  l: { key: 'labelOperand' },
  s: { key: 'functionOperand' },
  x: SHIFTED,
  y: SHIFTED,
  q: { key: 'registerAddressOperand' },
  p: { key: 'pairOperand' },
  c: { key: 'conditionOperand' },
};

/** 16 bits at one of the four places of a 64-bit word. */
const isPiece = (value: bigint): boolean => [0n, 16n, 32n, 48n].some((shift) => (value & ~(0xffffn << shift)) === 0n);

function formFits(form: string, operands: readonly Operand[]): boolean {
  const letters = form === '' ? [] : form.split(' ');
  return letters.length === operands.length && operands.every((operand, i) => fits(operand, letters[i] ?? ''));
}

/** One operand's tokens, and the token behind them: a comma or the end of the statement. */
interface Piece {
  tokens: Token[];
  end: Token;
}

/** Commas inside of parentheses belong to a pair of registers, unless a parenthesis is left open. */
function splitAtCommas(tokens: readonly Token[], end: Token, ignoresParentheses = false): Piece[] {
  if (tokens.length === 0) return [];
  const pieces: Piece[] = [{ tokens: [], end }];
  let depth = 0;
  for (const token of tokens) {
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    const last = pieces.at(-1);
    if (token.text === ',' && (ignoresParentheses || depth <= 0)) {
      if (last) last.end = token;
      pieces.push({ tokens: [], end });
    } else last?.tokens.push(token);
  }
  return depth > 0 && !ignoresParentheses ? splitAtCommas(tokens, end, true) : pieces;
}

function utf8(found: readonly { value: number; isByte: boolean }[]): number[] {
  return found.flatMap(({ value, isByte }) => {
    if (isByte || value < 0x80) return [value & 0xff];
    if (value < 0x800) return [0xc0 | (value >> 6), 0x80 | (value & 63)];
    if (value < 0x10000) return [0xe0 | (value >> 12), 0x80 | ((value >> 6) & 63), 0x80 | (value & 63)];
    return [0xf0 | (value >> 18), 0x80 | ((value >> 12) & 63), 0x80 | ((value >> 6) & 63), 0x80 | (value & 63)];
  });
}
