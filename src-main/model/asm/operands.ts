/**
 * Reads one operand. The rules are those of Go's assembler (cmd/asm/internal/asm/parse.go, operand.go); what a beginner writes in another
 * assembler's way is refused with Go's way as the suggestion.
 */
import { ARCH_NAMES, ARCHS } from './arch/index';
import { ExpressionReader, type OperandContext } from './expressions';
import { ARM64_CONDITIONS } from './flags';
import { type Extend, likelyWord, type MemoryOperand, type Operand, type ShiftKind, type SymbolOperand } from './listing';
import { goNameOf, isPseudoRegister, registerNamed } from './registers';
import type { Token } from './tokens';

/** null: the operand is wrong, and the fault is on the list. */
export function readOperand(tokens: readonly Token[], context: OperandContext): Operand | null {
  const reader = new OperandReader(tokens, context);
  return reader.guarded(() => reader.whole());
}

/** A constant expression by itself, as in DATA; null: wrong, and on the list. `rest`: how many tokens it left. */
export function readConstant(tokens: readonly Token[], context: OperandContext): { value: bigint; rest: number } | null {
  const reader = new OperandReader(tokens, context);
  return reader.guarded(() => ({ value: reader.expression(0), rest: reader.rest }));
}

export function isConstantStart(token: Token | undefined): boolean {
  return (
    token !== undefined &&
    (token.kind === 'integer' || token.kind === 'character' || token.kind === 'float' || ['-', '+', '~', '('].includes(token.text))
  );
}

class OperandReader extends ExpressionReader {
  whole(): Operand {
    const operand = this.operand();
    if (this.rest > 0) this.leftOver();
    return operand;
  }

  private leftOver(): never {
    const { next } = this;
    const isOperandStart = next.kind === 'word' || next.text === '$' || next.kind === 'integer';
    if (isOperandStart) this.fail(next, { key: 'missingComma', found: next.text }, ',');
    this.fail(next, { key: 'leftOver', found: next.text });
  }

  private operand(): Operand {
    const { next } = this;
    if (this.rest === 0) this.fail(next, { key: 'missingOperand' });
    // JMP *AX: other assemblers' way to say that the jump goes where AX says; Go's takes it as well.
    if (this.context.allows.label) this.take('*');
    if (this.take('$')) return this.dollar(next);
    if (next.text === '[') this.fail(next, { key: 'squareBrackets' }, this.written().replaceAll('[', '(').replaceAll(']', ')'));
    if (next.text === '%') this.fail(next, { key: 'percentSign' }, goNameOf(this.context.arch, this.peek(1)) ?? this.peek(1));
    if (next.kind === 'word') return this.word(next);
    if (next.text === '(' && this.isRegister(this.peek(1))) return this.parenthesis();
    if (isConstantStart(next)) return this.offsetForm(next);
    return this.fail(next, { key: 'unreadableOperand', found: this.written() });
  }

  private isRegister(word: string): boolean {
    return registerNamed(this.context.arch, word) !== null || isPseudoRegister(this.context.arch, word);
  }

  /** `$5`, `$(8+4)`, `$'a'`, `$sym(SB)`, `$x-8(SP)`, `$8(SP)`. */
  private dollar(dollar: Token): Operand {
    const { next } = this;
    if (next.kind === 'string') this.fail(next, { key: 'stringOutsideData' });
    if (next.kind === 'word') {
      const place = this.peek(1) === '(' || this.peek(1) === '<' || this.peek(1) === '+' || this.peek(1) === '-' ? this.named(next) : null;
      if (place?.kind === 'memory' || place?.kind === 'symbol') return { kind: 'address', of: place };
      this.fail(dollar, { key: 'immediateNumber', found: this.written() });
    }
    if (next.text === '(' && this.isRegister(this.peek(1))) return { kind: 'address', of: this.memoryAt(0n, next) };
    if (!isConstantStart(next)) this.fail(next, { key: 'wantsNumberAfterDollar', found: next.text });
    const value = this.expression(0);
    if (this.peek() === '(') return { kind: 'address', of: this.memoryAt(value, next) };
    return { kind: 'immediate', value, written: value };
  }

  private word(next: Token): Operand {
    const { arch, allows } = this.context;
    const follows = this.peek(1);
    const register = registerNamed(arch, next.text);
    if (register && follows !== '(' && follows !== '<' && follows !== '+' && follows !== '-' && follows !== ':') {
      this.at++;
      return this.registerForm(register.name, register.part, next);
    }
    if (isPseudoRegister(arch, next.text) && follows !== '(') this.bareThePseudo(next);
    if (follows === '(' || follows === '<' || follows === '+' || follows === '-') {
      const place = this.named(next);
      if (place) return place;
    }
    if (allows.condition && this.rest === 1 && Object.hasOwn(ARM64_CONDITIONS, next.text)) {
      this.at++;
      return { kind: 'condition', name: next.text };
    }
    if (ARCHS[arch].assembler.systemRegisters.includes(next.text) && this.rest === 1) {
      this.at++;
      return { kind: 'system', name: next.text };
    }
    if (allows.label && this.rest === 1 && goNameOf(arch, next.text) === null) {
      this.at++;
      return { kind: 'label', name: next.text, index: -1 };
    }
    return this.unknownWord(next);
  }

  private bareThePseudo(next: Token): never {
    const { arch } = this.context;
    const { stackPointer, assembler } = ARCHS[arch];
    if (next.text === 'SP') this.fail(next, { key: 'bareSp', arch, stackPointer }, stackPointer);
    const example = next.text === 'FP' ? 'a1+8(FP)' : next.text === 'SB' ? '·name(SB)' : '2(PC)';
    const instead = next.text === 'FP' ? assembler.insteadOfFp : null;
    this.fail(next, { key: 'barePseudoRegister', found: next.text, example }, instead);
  }

  private unknownWord(next: Token): never {
    const { arch } = this.context;
    const { registers: known, isLeftOut } = ARCHS[arch].assembler;
    if (isLeftOut(next.text)) this.fail(next, { key: 'registerNotModelled', found: next.text });
    const other = ARCH_NAMES.find((each) => each !== arch && registerNamed(each, next.text) !== null);
    if (other !== undefined && goNameOf(arch, next.text) === null) {
      this.fail(next, { key: 'otherArchRegister', found: next.text, other, arch });
    }
    const suggestion = goNameOf(arch, next.text) ?? likelyWord(next.text, known);
    const symbolHint = /[·.∕]/.test(next.text) ? `${next.text}(SB)` : null;
    this.fail(next, { key: 'unreadableOperand', found: this.written() }, symbolHint ?? suggestion);
  }

  private registerForm(name: string, part: 'whole' | 'low' | 'high', at: Token): Operand {
    const shift = this.peek();
    if (shift === '.' && ARCHS[this.context.arch].assembler.hasShiftedOperands) return this.extendedForm(name);
    if (shift !== '<<' && shift !== '>>' && shift !== '->' && shift !== '@>') return { kind: 'register', name, part };
    const { arch } = this.context;
    const { hasShiftedOperands, shiftMnemonic } = ARCHS[arch].assembler;
    if (!hasShiftedOperands) this.fail(this.next, { key: 'noShiftedOperands', arch }, shiftMnemonic);
    this.at++;
    const amount = this.expression(0);
    if (amount < 0n || amount > 63n) this.fail(at, { key: 'shiftRange', amount });
    return { kind: 'shifted', name, shift: shift as ShiftKind, amount: Number(amount) };
  }

  /** `R1.UXTW<<2`: part of a register, widened and shifted. */
  private extendedForm(name: string): Operand {
    this.want('.');
    const word = this.next;
    this.at++;
    if (!isExtend(word.text)) this.fail(word, { key: 'noExtension', found: word.text }, likelyWord(word.text, EXTENDS));
    return { kind: 'extended', name, extend: word.text, amount: this.extensionAmount() };
  }

  /** A single number: of an extension, and of an index. */
  private extensionAmount(): number {
    if (!this.take('<<')) return 0;
    const token = this.next;
    if (token.kind !== 'integer') this.fail(token, { key: 'wantsNumber', found: token.text });
    const amount = this.expression(0);
    if (amount > 7n) this.fail(token, { key: 'amountRange', amount: Number(amount), most: 4 });
    return Number(amount);
  }

  /** `name<>+off(SB)`, `a1+8(FP)`, `x-8(SP)`; null: the tokens are something else, nothing is taken. */
  private named(name: Token): MemoryOperand | SymbolOperand | null {
    const start = this.at;
    this.at++;
    let isLocal = false;
    if (this.peek() === '<') {
      // name<> is local to its file; name<ABIInternal> names a calling convention (1.14 and later).
      this.at++;
      isLocal = !this.take('ABIInternal') && !this.take('ABI0');
      this.want('>');
    }
    let offset = 0n;
    if (this.peek() === '+' || this.peek() === '-') offset = BigInt.asIntN(64, this.expression(0));
    if (this.peek() !== '(') {
      if (isLocal || offset !== 0n) this.fail(this.next, { key: 'symbolBase', name: name.text }, `${name.text}(SB)`);
      this.at = start;
      return null;
    }
    return this.pseudoBase(name, isLocal, offset);
  }

  private pseudoBase(name: Token, isLocal: boolean, offset: bigint): MemoryOperand | SymbolOperand {
    const { arch, symbolName } = this.context;
    this.want('(');
    const base = this.next;
    if (base.text === 'SB') {
      this.at++;
      this.want(')');
      return { kind: 'symbol', name: symbolName(name.text, isLocal), offset: this.small(offset, name) };
    }
    if (base.text !== 'FP' && base.text !== 'SP') {
      const register = registerNamed(arch, base.text);
      if (!register)
        this.fail(
          base,
          { key: 'noRegister', name: base.text },
          likelyWord(base.text, ['FP', 'SB', 'SP', ...ARCHS[arch].assembler.registers]),
        );
      if (base.text === 'RSP') this.fail(base, { key: 'namedRsp' }, 'SP');
      this.fail(base, { key: 'namedRegister', name: name.text }, `${offset}(${base.text})`);
    }
    this.at++;
    this.want(')');
    return this.indexed({
      kind: 'memory',
      base: base.text,
      offset: this.small(offset, name),
      name: name.text,
      index: null,
      scale: 1,
      hardware: null,
    });
  }

  /** `8(SP)`, `(8+4)(AX)`, `2(PC)`, `1` (an address). */
  private offsetForm(at: Token): Operand {
    const offset = this.expression(0);
    if (this.peek() === '(') return this.memoryAt(offset, at);
    if (this.rest > 0) this.leftOver();
    return {
      kind: 'memory',
      base: null,
      offset: this.small(BigInt.asIntN(64, offset), at),
      name: '',
      index: null,
      scale: 1,
      hardware: null,
    };
  }

  private parenthesis(): Operand {
    if (this.peek(2) !== ',') return this.memoryAt(0n, this.next);
    this.at++;
    const first = this.pairRegister();
    this.want(',');
    const second = this.pairRegister();
    this.want(')');
    return { kind: 'pair', names: [first, second] };
  }

  private pairRegister(): string {
    const { next } = this;
    const register = registerNamed(this.context.arch, next.text);
    if (register?.part !== 'whole')
      this.fail(next, { key: 'noRegister', name: next.text }, likelyWord(next.text, ARCHS[this.context.arch].assembler.registers));
    this.at++;
    return register.name;
  }

  /** From the opening parenthesis on. */
  private memoryAt(offset: bigint, at: Token): MemoryOperand {
    const { arch } = this.context;
    this.want('(');
    const base = this.next;
    if (base.text === 'FP' || base.text === 'SB' || (base.text === 'SP' && isPseudoRegister(arch, 'SP'))) this.nameless(base, offset);
    if (base.text === 'PC') {
      this.at++;
      this.want(')');
      return {
        kind: 'memory',
        base: 'PC',
        offset: this.small(BigInt.asIntN(64, offset), at),
        name: '',
        index: null,
        scale: 1,
        hardware: null,
      };
    }
    const register = registerNamed(arch, base.text);
    if (register?.part !== 'whole') {
      const suggestion = goNameOf(arch, base.text) ?? likelyWord(base.text, ['FP', 'SB', 'SP', ...ARCHS[arch].assembler.registers]);
      this.fail(base, { key: 'noRegister', name: base.text }, register ? register.name : suggestion);
    }
    this.at++;
    const read = ARCHS[arch].assembler.readAsBase[register.name];
    const memory: MemoryOperand = {
      kind: 'memory',
      base: read ?? register.name,
      ...(read !== undefined && { written: register.name }),
      offset: this.small(BigInt.asIntN(64, offset), at),
      name: '',
      index: null,
      scale: 1,
      hardware: null,
    };
    if (this.peek() === '*' || this.peek() === '<<') {
      // (BX*8): an index without a base.
      this.at--;
      return this.index({ ...memory, base: null });
    }
    this.want(')');
    return this.indexed(memory);
  }

  private nameless(base: Token, offset: bigint): never {
    const { text } = base;
    if (text === 'FP') this.fail(base, { key: 'namelessFp' }, `arg+${offset}(FP)`);
    if (text === 'SB') this.fail(base, { key: 'namelessSb' });
    const { arch } = this.context;
    const { stackPointer } = ARCHS[arch];
    this.fail(base, { key: 'namelessSp', arch, stackPointer }, stackPointer);
  }

  private indexed(memory: MemoryOperand): MemoryOperand {
    if (this.peek() !== '(') return memory;
    this.at++;
    return this.index(memory);
  }

  /** From the index register on, up to the closing parenthesis. */
  private index(memory: MemoryOperand): MemoryOperand {
    const { arch } = this.context;
    const word = this.next;
    const register = registerNamed(arch, word.text);
    if (register?.part !== 'whole')
      this.fail(
        word,
        { key: 'noRegister', name: word.text },
        goNameOf(arch, word.text) ?? likelyWord(word.text, ARCHS[arch].assembler.registers),
      );
    if (register.name === ARCHS[arch].stackPointer) this.fail(word, { key: 'badIndex', found: word.text });
    this.at++;
    const how = ARCHS[arch].assembler.indexScale === 'factor' ? { scale: this.scaleFactor() } : this.indexForm();
    this.want(')');
    return { ...memory, index: register.name, ...how };
  }

  /** arm64: `(R1)(R2)`, `(R1)(R2<<3)`, `(R1)(R2.SXTW<<3)`. */
  private indexForm(): Pick<MemoryOperand, 'scale' | 'extend' | 'shift'> {
    const { next } = this;
    if (next.text === '*') {
      if (this.scaleFactor() !== 1) this.fail(next, { key: 'shiftForFactor' }, '<<');
      return { scale: 1 };
    }
    if (this.take('.')) {
      const word = this.next;
      this.at++;
      const { text } = word;
      if (text !== 'UXTW' && text !== 'SXTW' && text !== 'SXTX') this.fail(word, { key: 'indexExtension', found: text }, 'UXTW');
      const shift = this.extensionAmount();
      return { scale: 2 ** shift, extend: text, shift };
    }
    if (next.text !== '<<') return { scale: 1 };
    const shift = this.extensionAmount();
    return { scale: 2 ** shift, extend: 'LSL', shift };
  }

  private scaleFactor(): number {
    if (!this.take('*')) return 1;
    const token = this.next;
    const scale = Number(this.expression(0));
    if (![1, 2, 4, 8].includes(scale)) this.fail(token, { key: 'badScale', found: token.text }, scale === 3 ? '4' : '8');
    return scale;
  }

  private small(offset: bigint, at: Token): number {
    if (offset < -0x80000000n || offset > 0x7fffffffn) this.fail(at, { key: 'offsetTooWide', offset });
    return Number(offset);
  }
}

const EXTENDS: readonly Extend[] = ['UXTB', 'UXTH', 'UXTW', 'UXTX', 'SXTB', 'SXTH', 'SXTW', 'SXTX'];
const isExtend = (word: string): word is Extend => (EXTENDS as readonly string[]).includes(word);
