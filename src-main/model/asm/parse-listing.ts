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
import type { Read, Text } from '../words';

export type { Instruction, Operand, Routine } from './listing';

export type ParsedListing = Read<{ program: Program }>;

/** A larger listing is refused: nobody steps through it, and parsing stays within bounds. */
const MAX_CHARACTERS = 200_000;
const MAX_INSTRUCTIONS = 4_000;
const MAX_FRAME = 0x10000;
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
      this.faults.add(
        { line: 1, column: 1 },
        `清单太长：${text.length} 个字符，最多 ${MAX_CHARACTERS}`,
        `the listing is too long: ${text.length} characters, at most ${MAX_CHARACTERS}`,
      );
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
      this.faults.add(at, `没有变量 ${name}：清单里要有它的 GLOBL`, `no variable ${name}: the listing needs a GLOBL for it`, () =>
        likelyWord(name, Object.keys(data)),
      );
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
      this.faults.add(op, `语句不能以 ${op.text} 开头`, `a statement cannot begin with ${op.text}`, suggestion);
      return;
    }
    if (op.text === 'TEXT') this.text(op, operands, end);
    else if (op.text === 'GLOBL') this.globl(op, operands, end);
    else if (op.text === 'DATA') this.dataLine(op, operands, end);
    else this.instruction(op, operands, end);
  }

  private label(name: Token): void {
    if (!this.draft) {
      this.faults.add(name, `标号 ${name.text} 前面没有 TEXT`, `the label ${name.text} stands before any TEXT`);
      return;
    }
    if (this.draft.labels.has(name.text)) this.faults.add(name, `标号 ${name.text} 重复`, `the label ${name.text} is there twice`);
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
      if (!isSaid)
        this.faults.add(
          op,
          'TEXT 应写成 TEXT ·名字(SB),NOSPLIT,$帧-参数',
          'expected TEXT ·name(SB),NOSPLIT,$frame-args',
          'TEXT ·name(SB),NOSPLIT,$0-0',
        );
      return;
    }
    const flags = rest.length === 2 ? this.flags(rest[0] ?? [], end) : [];
    const sizes = this.sizes(rest.at(-1) ?? [], end);
    if (!sizes) return;
    const at = first[0] ?? op;
    if (this.routines.has(symbol.name)) this.faults.add(at, `${symbol.name} 重复定义`, `${symbol.name} is defined twice`);
    const routine: Routine = {
      symbol: symbol.name,
      file: this.file,
      arch: this.arch,
      flags,
      frameBytes: sizes.frame,
      argBytes: sizes.args,
      stackBytes: 0,
      labels: {},
      instructions: [],
      line: op.line,
    };
    this.draft = { routine, labels: new Map(), jumps: [], at: op, instructions: [], isTooLong: false, faultsBefore: this.faults.count };
    this.checkFrame(routine, rest.at(-1)?.[0] ?? op);
  }

  private checkFrame({ flags, frameBytes }: Routine, at: Token): void {
    const { frameMultiple } = ARCHS[this.arch].assembler;
    if (frameBytes > 0 && frameBytes % frameMultiple !== 0) {
      this.faults.add(
        at,
        `帧大小 ${frameBytes} 不是 ${frameMultiple} 的倍数`,
        `the frame size ${frameBytes} is not a multiple of ${frameMultiple}`,
        `$${Math.ceil(frameBytes / frameMultiple) * frameMultiple}`,
      );
    }
    if (frameBytes > MAX_FRAME)
      this.faults.add(
        at,
        `帧太大：${frameBytes} 字节，最多 ${MAX_FRAME}`,
        `the frame is too large: ${frameBytes} bytes, at most ${MAX_FRAME}`,
      );
    else if (flags.includes('NOSPLIT') && frameBytes > NOSPLIT_BYTES) {
      this.faults.add(
        at,
        `NOSPLIT 的函数不检查栈，最多用 ${NOSPLIT_BYTES} 字节，这里要 ${frameBytes}`,
        `nosplit stack overflow: a NOSPLIT function has ${NOSPLIT_BYTES} bytes at most, this one wants ${frameBytes}`,
      );
    }
  }

  /** `NOSPLIT|NOFRAME`, or a number. */
  private flags(tokens: readonly Token[], end: Token): string[] {
    const found: string[] = [];
    for (const [i, token] of tokens.entries()) {
      if (i % 2 === 1) {
        if (token.text !== '|')
          this.faults.add(token, `标志之间用 |，却是 ${token.text}`, `flags are joined by |, found ${token.text}`, '|');
        continue;
      }
      if (token.kind === 'integer') {
        const bits = Number(token.text);
        found.push(...Object.keys(FLAGS).filter((name) => ((FLAGS[name] ?? 0) & bits) !== 0));
      } else if (Object.hasOwn(FLAGS, token.text)) found.push(token.text);
      else this.faults.add(token, `没有标志 ${token.text}`, `unknown flag ${token.text}`, likelyWord(token.text, Object.keys(FLAGS)));
    }
    if (tokens.length === 0) this.faults.add(end, '这里要标志，如 NOSPLIT', 'expected flags, such as NOSPLIT', 'NOSPLIT');
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
      this.faults.add(
        dollar ?? end,
        `这里要 $帧-参数，却是 ${found === '' ? '行尾' : found}`,
        `expected $frame-args, found ${found === '' ? 'the end of the line' : found}`,
        suggestion,
      );
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
      this.faults.add(op, `${op.text} 前面没有 TEXT`, `${op.text} stands before any TEXT`);
      return;
    }
    const suffixed = tokens[0]?.text === '.' ? this.suffix(op, spec, tokens[1] ?? end) : '';
    if (suffixed === null) return;
    const pieces = splitAtCommas(suffixed === '' ? tokens : tokens.slice(2), end);
    const operands: Operand[] = [];
    const counts = [...new Set(spec.forms.map((form) => (form === '' ? 0 : form.split(' ').length)))];
    if (!counts.includes(pieces.length)) {
      const want = counts.join(' / ');
      const isOne = want === '1';
      this.faults.add(
        op,
        `${op.text} 要 ${want} 个操作数，这里有 ${pieces.length} 个`,
        `${op.text} takes ${want} operand${isOne ? '' : 's'}, found ${pieces.length}`,
      );
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
      if (!draft.isTooLong)
        this.faults.add(
          op,
          `函数太长，最多 ${MAX_INSTRUCTIONS} 条指令`,
          `the routine is too long: at most ${MAX_INSTRUCTIONS} instructions`,
        );
      draft.isTooLong = true;
      return;
    }
    draft.instructions.push(instruction);
  }

  private unknownInstruction(op: Token): void {
    if (NOT_MODELLED.has(op.text)) {
      this.faults.add(
        op,
        `${op.text} 是真指令，但这里的处理器没有它`,
        `${op.text} is a real instruction, but the processor modelled here has none of it`,
      );
      return;
    }
    const other = ARCH_NAMES.find((each) => each !== this.arch && instructionNamed(each, op.text) !== null);
    const translated = goMnemonicOf(this.arch, op.text);
    const suggestion = translated ?? this.nearestInstruction(op.text);
    if (other !== undefined && (translated !== null || suggestion === null)) {
      this.faults.add(
        op,
        `没有指令 ${op.text}：它是 ${other} 的，这份清单是 ${this.arch} 的`,
        `unknown instruction ${op.text}: it belongs to ${other}, and this listing is for ${this.arch}`,
        suggestion,
      );
      return;
    }
    this.faults.add(op, `没有指令 ${op.text}`, `unknown instruction ${op.text}`, suggestion);
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
    this.faults.add(found, `${op.text} 没有后缀 .${found.text}：${why.zh}`, `${op.text} has no suffix .${found.text}: ${why.en}`);
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
      this.faults.add(
        placeOf(high),
        `${shown} 不能和 R8 到 R15、SI、DI 或 64 位一起用：没有这样的编码`,
        `${shown} cannot go with R8 to R15, SI, DI or 64 bits: there is no such encoding`,
        shown.replace('H', 'L'),
      );
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
      this.faults.add(
        placeOf(0),
        `${op} 要一个函数：${shown[0] ?? ''}(SB)`,
        `${op} needs a function: ${shown[0] ?? ''}(SB)`,
        `${shown[0] ?? ''}(SB)`,
      );
      return;
    }
    if (operands.length === 2 && operands.every((operand) => operand.kind === 'memory' || operand.kind === 'symbol')) {
      this.faults.add(
        placeOf(1),
        `${op} 不能从内存到内存，要经过一个寄存器`,
        `${op} cannot go from memory to memory; use a register in between`,
        ARCHS[this.arch].assembler.anyRegister,
      );
      return;
    }
    const letters = [...new Set((others.length > 0 ? others : forms).flatMap((form) => [...(form.split(' ')[at] ?? '')]))];
    const words = letters.map((letter) => KIND_WORDS[letter] ?? { zh: letter, en: letter });
    const zh = [...new Set(words.map((word) => word.zh))].join('、');
    const en = [...new Set(words.map((word) => word.en))].join(', ');
    this.faults.add(
      placeOf(at),
      `${op} 的第 ${at + 1} 个操作数不能是 ${shown[at] ?? ''}，要：${zh}`,
      `operand ${at + 1} of ${op} cannot be ${shown[at] ?? ''}; expected: ${en}`,
      swapped,
    );
  }

  private memorySuits(operand: Extract<Operand, { kind: 'memory' }>, instruction: Instruction, at: Token): boolean {
    if (!ARCHS[this.arch].assembler.needsBase) return true;
    if (operand.base === null) {
      this.faults.add(
        at,
        `${this.arch} 的内存要一个基址寄存器，如 8(R1)${operand.index === null ? '；数要写成 $' + operand.offset : ''}`,
        `memory on ${this.arch} needs a base register, as in 8(R1)${operand.index === null ? `; a number is written $${operand.offset}` : ''}`,
        operand.index === null ? `$${operand.offset}` : null,
      );
      return false;
    }
    if (operand.index !== null && operand.offset !== 0) {
      this.faults.add(at, '有变址寄存器时不能再有偏移', 'an index leaves no room for an offset');
      return false;
    }
    const hasIndex = operand.index !== null || operand.name !== '';
    if (instruction.suffix !== '' && hasIndex) {
      this.faults.add(at, `.${instruction.suffix} 要 偏移(寄存器)`, `.${instruction.suffix} needs offset(register)`);
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
      this.faults.add(at, `${op} 只放 16 位，左移 0、16、32 或 48 位`, `${op} takes 16 bits, shifted by 0, 16, 32 or 48`, '$(1<<16)');
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
    if (most === 0xffffffffn)
      this.faults.add(
        at,
        `立即数 ${value} 放不进 32 位，先用 MOVQ 放进寄存器`,
        `the immediate ${value} does not fit in 32 bits; move it into a register with MOVQ first`,
        'MOVQ',
      );
    else this.faults.add(at, `立即数 ${value} 不在 ${least} 到 ${most} 之间`, `the immediate ${value} is not between ${least} and ${most}`);
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
      this.faults.add(
        op,
        'GLOBL 应写成 GLOBL 名字(SB), 标志, $大小',
        'expected GLOBL name(SB), flags, $size',
        'GLOBL name<>(SB), RODATA, $8',
      );
      return;
    }
    const variable = this.variable(symbol.name, op);
    if (bytes.value > BigInt(MAX_DATA_BYTES))
      this.faults.add(size[0] ?? op, `变量太大，最多 ${MAX_DATA_BYTES} 字节`, `the variable is too large: at most ${MAX_DATA_BYTES} bytes`);
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
      this.faults.add(
        op,
        'DATA 应写成 DATA 名字+偏移(SB)/宽度, $值',
        'expected DATA name+offset(SB)/width, $value',
        'DATA name<>+0(SB)/8, $0',
      );
      return;
    }
    const bytes = this.dataBytes(value.slice(1), width, end);
    if (!bytes) return;
    if (symbol.offset < 0 || symbol.offset + width > MAX_DATA_BYTES) {
      this.faults.add(
        place[0] ?? op,
        `DATA 的偏移要在 0 到 ${MAX_DATA_BYTES} 之间`,
        `the offset of DATA must be between 0 and ${MAX_DATA_BYTES}`,
      );
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
        this.faults.add(
          first,
          `字符串有 ${bytes.length} 字节，宽度是 ${width}（最多 64）`,
          `the string has ${bytes.length} bytes, the width is ${width} (at most 64)`,
          `/${Math.min(64, bytes.length)}`,
        );
        return null;
      }
      return Array.from({ length: width }, (_, i) => bytes[i] ?? 0);
    }
    if (![1, 2, 4, 8].includes(width)) {
      this.faults.add(first ?? end, `宽度 ${width} 不行，要 1、2、4、8`, `the width ${width} must be 1, 2, 4 or 8`, '8');
      return null;
    }
    if (!isConstantStart(first)) {
      // Simplified: no addresses in variables.
      this.faults.add(first ?? end, '这里要一个数或字符串', 'expected a number or a string');
      return null;
    }
    const constant = readConstant(tokens, this.context(end));
    if (!constant) return null;
    if (constant.rest > 0) this.faults.add(tokens[tokens.length - constant.rest] ?? end, '数到此该结束', 'expected the end of the number');
    return Array.from({ length: width }, (_, i) => Number((constant.value >> BigInt(8 * i)) & 0xffn));
  }

  private variables(): Record<string, DataSymbol> {
    const placed: [string, DataSymbol][] = [];
    let next = DATA_BASE;
    let total = 0;
    for (const [name, { bytes, size, readOnly, at }] of this.data) {
      if (size === null) {
        this.faults.add(
          at,
          `${name} 有 DATA，没有 GLOBL`,
          `${name} has DATA but no GLOBL`,
          `GLOBL ${name}(SB), RODATA, $${Math.max(0, ...bytes.keys()) + 1}`,
        );
        continue;
      }
      total += size;
      if (total > MAX_DATA_BYTES) {
        this.faults.add(
          at,
          `变量一共太大，最多 ${MAX_DATA_BYTES} 字节`,
          `the variables are too large together: at most ${MAX_DATA_BYTES} bytes`,
        );
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
      if (index === undefined) this.faults.add(at, `没有标号 ${label}`, `no label ${label}`, () => likelyWord(label, [...labels.keys()]));
      else instruction.operands[operand] = { kind: 'label', name: label, index };
    }
    for (const instruction of draft.instructions) this.checkRelativeJump(instruction, draft.instructions.length);
    if (draft.instructions.length === 0 && this.faults.count === draft.faultsBefore)
      this.faults.add(draft.at, `${routine.symbol} 是空的`, `${routine.symbol} is empty`);
    const framed = withFrame(routine, { instructions: draft.instructions, labels });
    for (const { instruction, bytes } of framed.unbalanced) {
      const [zh, en] =
        bytes > 0
          ? [`PUSH 比 POP 多 ${bytes} 字节`, `${bytes} bytes pushed and not popped`]
          : [`POP 比 PUSH 多 ${-bytes} 字节`, `${-bytes} bytes popped and not pushed`];
      this.faults.add({ line: instruction.line, column: 1 }, `PUSH 和 POP 不配对：${zh}`, `unbalanced PUSH/POP: ${en}`);
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
      this.faults.add({ line: instruction.line, column: 1 }, `${operand.name} 跳出了函数`, `${operand.name} leads out of the routine`);
    }
  }
}

const KIND_WORDS: Record<string, Text> = {
  r: { zh: '寄存器', en: 'register' },
  b: { zh: '寄存器', en: 'register' },
  C: { zh: 'CX', en: 'CX' },
  m: { zh: '内存', en: 'memory' },
  i: { zh: '立即数 $n', en: 'immediate $n' },
  z: { zh: '立即数 $0', en: 'immediate $0' },
  a: { zh: '地址 $x(FP)', en: 'address $x(FP)' },
  l: { zh: '标号', en: 'label' },
  s: { zh: '函数 f(SB)', en: 'function f(SB)' },
  x: { zh: '移位寄存器 R1<<2', en: 'shifted register R1<<2' },
  y: { zh: '移位寄存器 R1<<2', en: 'shifted register R1<<2' },
  q: { zh: '(寄存器)', en: '(register)' },
  p: { zh: '一对寄存器 (R1, R2)', en: 'pair of registers (R1, R2)' },
  c: { zh: '条件，如 EQ', en: 'condition, such as EQ' },
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
