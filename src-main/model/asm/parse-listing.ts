/**
 * Reads Plan 9 assembly: TEXT with flags and frame sizes, DATA and GLOBL, labels, comments, the pseudo-registers FP, SB and SP, immediates,
 * and the instructions of instructions.ts. Source: cmd/asm of Go 1.14. All faults of a listing come back at once.
 */
import { type Arch, ARCHS, DEFAULT_ARCH } from './arch/index';
import { INSTRUCTION_SETS } from './arch/instruction-sets';
import { Fitting } from './fitting';
import { withFrame } from './frame';
import type { InstructionSpec } from './instruction-spec';
import { instructionNamed } from './instructions';
import { layOut } from './layout';
import { FaultList, type Instruction, likelyWord, type Operand, type Routine, type Work } from './listing';
import type { OperandContext } from './expressions';
import { readOperand } from './operands';
import { type Piece, splitAtCommas } from './pieces';
import { preprocess } from './preprocess';
import { Program } from './program';
import { readFlags } from './text-flags';
import { type Token, tokensOf } from './tokens';
import { unknownInstruction } from './unknown-instruction';
import { Variables } from './variables';
import type { ReadInModel } from '../message';

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
/** How far the stack pointer may be from where it was when the routine began (cmd/internal/obj, pcln.go). */
const LEAST_LOWERED = -10_000;
const MOST_LOWERED = 1_100_000_000;
/** What a NOSPLIT routine may use in Go 1.14: the linker (StackLimit) leaves this much below the guard for a whole chain of them. */
const NOSPLIT_BYTES = 768;

interface Draft {
  routine: Routine;
  labels: Map<string, number>;
  /** Jumps whose label is not resolved yet. */
  jumps: { instruction: Instruction; operand: number; label: string; at: Token }[];
  /** Where each one's parts stand. */
  places: Map<Instruction, { op: Token; pieces: readonly Piece[] }>;
  at: Token;
  instructions: Instruction[];
  isTooLong: boolean;
  /** Faults there were before it. */
  faultsBefore: number;
}

/** `pkg`: what a leading middle dot stands for. `nosplitBytes`: what a NOSPLIT routine may use. */
export function parseListing(
  text: string,
  file: string,
  arch: Arch = DEFAULT_ARCH,
  pkg = 'syscall',
  work: Work = { done: 0 },
  nosplitBytes: number = NOSPLIT_BYTES,
): ParsedListing {
  return new Parser(file, arch, pkg, work, nosplitBytes).parse(text);
}

class Parser {
  private readonly faults: FaultList;
  private readonly routines = new Map<string, Routine>();
  private readonly variables: Variables;
  /** Variables that instructions name: they must be there once all is read. */
  private readonly wanted: { name: string; at: Token }[] = [];
  private draft: Draft | null = null;
  private argumentBytes = 0;

  constructor(
    private readonly file: string,
    private readonly arch: Arch,
    private readonly pkg: string,
    private readonly work: Work,
    private readonly nosplitBytes: number,
  ) {
    this.faults = new FaultList(file);
    this.variables = new Variables(this.faults, (end) => this.context(end));
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
    const data = this.variables.placed();
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
    else if (op.text === 'GLOBL') this.variables.globl(op, operands, end);
    else if (op.text === 'DATA') this.variables.dataLine(op, operands, end);
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
    const flags = rest.length === 2 ? readFlags(rest[0] ?? [], end, this.faults) : [];
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
      constants: '',
      line: op.line,
    };
    this.draft = {
      routine,
      labels: new Map(),
      jumps: [],
      places: new Map(),
      at: op,
      instructions: [],
      isTooLong: false,
      faultsBefore: this.faults.count,
    };
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
    else if (flags.includes('NOSPLIT') && frameBytes > this.nosplitBytes) {
      this.faults.add(at, { key: 'nosplitOverflow', most: this.nosplitBytes, frameBytes });
    }
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
      unknownInstruction(op, this.arch, this.faults);
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
      code: '',
      line: op.line,
      inserted: false,
    };
    if (!this.fitting(draft, instruction).suits(spec, instruction, op, pieces, draft.instructions.length)) return;
    draft.places.set(instruction, { op, pieces });
    if (draft.instructions.length >= MAX_INSTRUCTIONS) {
      if (!draft.isTooLong) this.faults.add(op, { key: 'routineTooLong', most: MAX_INSTRUCTIONS });
      draft.isTooLong = true;
      return;
    }
    draft.instructions.push(instruction);
  }

  private fitting({ jumps }: Draft, instruction: Instruction): Fitting {
    return new Fitting(this.arch, this.faults, {
      label: (operand, label, at) => jumps.push({ instruction, operand, label, at }),
      variable: (name, at) => this.wanted.push({ name, at }),
    });
  }

  private suffix(op: Token, spec: InstructionSpec, found: Token): 'W' | 'P' | null {
    if (spec.mayChangeBase && (found.text === 'W' || found.text === 'P')) return found.text;
    const why = ARCHS[this.arch].assembler.suffixReason;
    this.faults.add(found, { key: 'noSuffix', op: op.text, suffix: found.text, why });
    return null;
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
    this.checkStackMoves(draft.instructions);
    const framed = withFrame(routine, { instructions: draft.instructions, labels });
    for (const { instruction, bytes } of framed.unbalanced) {
      const message = bytes > 0 ? ({ key: 'pushedMore', bytes } as const) : ({ key: 'poppedMore', bytes: -bytes } as const);
      this.faults.add({ line: instruction.line, column: 1 }, message);
    }
    routine.instructions = framed.instructions;
    routine.labels = Object.fromEntries(framed.labels);
    routine.stackBytes = framed.stackBytes;
    layOut(routine, this.work, (instruction, { why, operand, suggestion }) => {
      const place = draft.places.get(instruction);
      const piece = place?.pieces[operand];
      this.faults.add(piece?.tokens[0] ?? place?.op ?? { line: instruction.line, column: 1 }, why, suggestion);
    });
    this.routines.set(routine.symbol, routine);
  }

  /** The linker's table of the stack pointer holds no more. */
  private checkStackMoves(instructions: readonly Instruction[]): void {
    let lowered = 0;
    for (const instruction of instructions) {
      const by = INSTRUCTION_SETS[this.arch].lowersStack(instruction);
      lowered += by;
      if (by === 0 || (lowered >= LEAST_LOWERED && lowered <= MOST_LOWERED)) continue;
      this.faults.add({ line: instruction.line, column: 1 }, { key: 'stackMovesTooFar', bytes: -lowered, most: -LEAST_LOWERED });
      return;
    }
  }

  private checkRelativeJump(instruction: Instruction, count: number): void {
    for (const operand of instruction.operands) {
      if (operand.kind !== 'label' || !operand.name.endsWith('(PC)')) continue;
      if (operand.index >= 0 && operand.index < count) continue;
      this.faults.add({ line: instruction.line, column: 1 }, { key: 'jumpsOut', target: operand.name });
    }
  }
}
