/**
 * Reads one operand. The rules are those of Go's assembler (cmd/asm/internal/asm/parse.go, operand.go); what a beginner writes in another
 * assembler's way is refused with Go's way as the suggestion.
 */
import { type Arch, ARCH_NAMES, ARCHS } from './arch/index';
import { ARM64_CONDITIONS } from './flags';
import { type FaultList, likelyWord, type MemoryOperand, type Operand, type ShiftKind, type SymbolOperand } from './listing';
import { goNameOf, isPseudoRegister, registerNamed } from './registers';
import { characters, type Token } from './tokens';

/** What is not an operand; already reported. */
class NotAnOperand extends Error {}

const WORD_MASK = (1n << 64n) - 1n;
const MOST_NESTED = 40;

export interface OperandContext {
  arch: Arch;
  faults: FaultList;
  /** Where a fault at the end of the operand stands. */
  end: Token;
  symbolName: (written: string, isLocal: boolean) => string;
  /** A bare word may be a label, a condition. */
  allows: { label: boolean; condition: boolean };
}

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

class OperandReader {
  private at = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly context: OperandContext,
  ) {}

  get rest(): number {
    return this.tokens.length - this.at;
  }

  guarded<T>(read: () => T): T | null {
    try {
      return read();
    } catch (error) {
      if (error instanceof NotAnOperand) return null;
      throw error;
    }
  }

  private get next(): Token {
    return this.tokens[this.at] ?? this.context.end;
  }

  private peek(ahead = 0): string {
    return this.tokens[this.at + ahead]?.text ?? '';
  }

  private take(text: string): boolean {
    if (this.peek() !== text) return false;
    this.at++;
    return true;
  }

  private fail(at: Token, zh: string, en: string, suggestion: string | null = null): never {
    this.context.faults.add(at, zh, en, suggestion);
    throw new NotAnOperand(en);
  }

  private written(): string {
    return this.tokens.map((token) => token.text).join('');
  }

  private want(text: string): void {
    if (this.take(text)) return;
    const found = this.next.kind === 'end' ? { zh: '行尾', en: 'the end of the line' } : { zh: this.next.text, en: this.next.text };
    this.fail(this.next, `这里要 ${text}，却是 ${found.zh}`, `expected ${text}, found ${found.en}`, text);
  }

  whole(): Operand {
    const operand = this.operand();
    if (this.rest > 0) this.leftOver();
    return operand;
  }

  private leftOver(): never {
    const { next } = this;
    const isOperandStart = next.kind === 'word' || next.text === '$' || next.kind === 'integer';
    const hint = isOperandStart ? { zh: '，少了逗号？', en: '; is a comma missing?' } : { zh: '', en: '' };
    this.fail(
      next,
      `操作数到此该结束，却是 ${next.text}${hint.zh}`,
      `expected the end of the operand, found ${next.text}${hint.en}`,
      isOperandStart ? ',' : null,
    );
  }

  private operand(): Operand {
    const { next } = this;
    if (this.rest === 0) this.fail(next, '这里少了一个操作数', 'an operand is missing here');
    // JMP *AX: other assemblers' way to say that the jump goes where AX says; Go's takes it as well.
    if (this.context.allows.label) this.take('*');
    if (this.take('$')) return this.dollar(next);
    if (next.text === '[')
      this.fail(
        next,
        `内存写成 (寄存器)，不用方括号`,
        'memory is written (register), without square brackets',
        this.written().replaceAll('[', '(').replaceAll(']', ')'),
      );
    if (next.text === '%')
      this.fail(
        next,
        '寄存器前面不写 %',
        'registers have no % before their names',
        goNameOf(this.context.arch, this.peek(1)) ?? this.peek(1),
      );
    if (next.kind === 'word') return this.word(next);
    if (next.text === '(' && this.isRegister(this.peek(1))) return this.parenthesis();
    if (isConstantStart(next)) return this.offsetForm(next);
    return this.fail(next, `看不懂操作数 ${this.written()}`, `cannot read the operand ${this.written()}`);
  }

  private isRegister(word: string): boolean {
    return registerNamed(this.context.arch, word) !== null || isPseudoRegister(this.context.arch, word);
  }

  /** `$5`, `$(8+4)`, `$'a'`, `$sym(SB)`, `$x-8(SP)`, `$8(SP)`. */
  private dollar(dollar: Token): Operand {
    const { next } = this;
    if (next.kind === 'string') this.fail(next, '字符串只能写在 DATA 里', 'a string can stand only in DATA');
    if (next.kind === 'word') {
      const place = this.peek(1) === '(' || this.peek(1) === '<' || this.peek(1) === '+' || this.peek(1) === '-' ? this.named(next) : null;
      if (place?.kind === 'memory' || place?.kind === 'symbol') return { kind: 'address', of: place };
      this.fail(dollar, `立即数 ${this.written()} 不是数`, `the immediate ${this.written()} is not a number`);
    }
    if (next.text === '(' && this.isRegister(this.peek(1))) return { kind: 'address', of: this.memoryAt(0n, next) };
    if (!isConstantStart(next)) this.fail(next, `$ 后面要一个数，却是 ${next.text}`, `expected a number after $, found ${next.text}`);
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
    if (allows.label && this.rest === 1 && goNameOf(arch, next.text) === null) {
      this.at++;
      return { kind: 'label', name: next.text, index: -1 };
    }
    return this.unknownWord(next);
  }

  private bareThePseudo(next: Token): never {
    const { arch } = this.context;
    const { stackPointer, assembler } = ARCHS[arch];
    if (next.text === 'SP')
      this.fail(
        next,
        `${arch} 的硬件栈指针叫 ${stackPointer}；SP 是虚拟的，要带名字，如 x-8(SP)`,
        `on ${arch} the hardware’s stack pointer is ${stackPointer}; SP is virtual and needs a name, as in x-8(SP)`,
        stackPointer,
      );
    const example = next.text === 'FP' ? 'a1+8(FP)' : next.text === 'SB' ? '·name(SB)' : '2(PC)';
    const instead = next.text === 'FP' ? assembler.insteadOfFp : null;
    this.fail(
      next,
      `${next.text} 是伪寄存器，不能单独使用，要写成 ${example}`,
      `${next.text} is a pseudo-register and cannot stand alone; write it as in ${example}`,
      instead,
    );
  }

  private unknownWord(next: Token): never {
    const { arch } = this.context;
    const known = ARCHS[arch].assembler.registers;
    const other = ARCH_NAMES.find((each) => each !== arch && registerNamed(each, next.text) !== null);
    if (other !== undefined && goNameOf(arch, next.text) === null) {
      this.fail(
        next,
        `${next.text} 是 ${other} 的寄存器，这份清单是 ${arch} 的`,
        `${next.text} is a register of ${other}; this listing is for ${arch}`,
      );
    }
    const suggestion = goNameOf(arch, next.text) ?? likelyWord(next.text, known);
    const symbolHint = /[·.∕]/.test(next.text) ? `${next.text}(SB)` : null;
    this.fail(next, `看不懂操作数 ${this.written()}`, `cannot read the operand ${this.written()}`, symbolHint ?? suggestion);
  }

  private registerForm(name: string, part: 'whole' | 'low' | 'high', at: Token): Operand {
    const shift = this.peek();
    if (shift !== '<<' && shift !== '>>' && shift !== '->' && shift !== '@>') return { kind: 'register', name, part };
    const { arch } = this.context;
    const { hasShiftedOperands, shiftMnemonic } = ARCHS[arch].assembler;
    if (!hasShiftedOperands) this.fail(this.next, `${arch} 的操作数里不能移位`, `${arch} has no shifted operands`, shiftMnemonic);
    this.at++;
    const amount = this.expression(0);
    if (amount < 0n || amount > 63n) this.fail(at, `移位量 ${amount} 不在 0 到 63 之间`, `the shift ${amount} is not between 0 and 63`);
    return { kind: 'shifted', name, shift: shift as ShiftKind, amount: Number(amount) };
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
      if (isLocal || offset !== 0n)
        this.fail(
          this.next,
          `符号 ${name.text} 后面要 (SB)、(FP) 或 (SP)`,
          `the symbol ${name.text} needs (SB), (FP) or (SP) after it`,
          `${name.text}(SB)`,
        );
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
          `没有寄存器 ${base.text}`,
          `no register ${base.text}`,
          likelyWord(base.text, ['FP', 'SB', 'SP', ...ARCHS[arch].assembler.registers]),
        );
      if (base.text === 'RSP')
        this.fail(
          base,
          '带名字的是虚拟的 SP；硬件的 RSP 前面只写偏移',
          'a name goes with the virtual SP; the hardware’s RSP takes an offset only',
          'SP',
        );
      this.fail(
        base,
        `名字 ${name.text} 只能和 FP、SP、SB 一起用；寄存器前面只写偏移`,
        `the name ${name.text} goes only with FP, SP and SB; a register takes an offset only`,
        `${offset}(${base.text})`,
      );
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
      this.fail(
        next,
        `没有寄存器 ${next.text}`,
        `no register ${next.text}`,
        likelyWord(next.text, ARCHS[this.context.arch].assembler.registers),
      );
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
      this.fail(base, `没有寄存器 ${base.text}`, `no register ${base.text}`, register ? register.name : suggestion);
    }
    this.at++;
    const memory: MemoryOperand = {
      kind: 'memory',
      base: register.name,
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
    if (text === 'FP')
      this.fail(
        base,
        'FP 的偏移要带参数名，如 a1+8(FP)',
        'an offset from FP needs the argument’s name, as in a1+8(FP)',
        `arg+${offset}(FP)`,
      );
    if (text === 'SB') this.fail(base, 'SB 前面要一个名字，如 ·name(SB)', 'SB needs a name before it, as in ·name(SB)');
    const { arch } = this.context;
    const { stackPointer } = ARCHS[arch];
    this.fail(
      base,
      `${arch} 的硬件栈指针叫 ${stackPointer}；虚拟的 SP 要带名字，如 x-8(SP)`,
      `on ${arch} the hardware’s stack pointer is ${stackPointer}; the virtual SP needs a name, as in x-8(SP)`,
      stackPointer,
    );
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
        `没有寄存器 ${word.text}`,
        `no register ${word.text}`,
        goNameOf(arch, word.text) ?? likelyWord(word.text, ARCHS[arch].assembler.registers),
      );
    if (register.name === ARCHS[arch].stackPointer) this.fail(word, `${word.text} 不能作变址寄存器`, `${word.text} cannot be an index`);
    this.at++;
    const scale = ARCHS[arch].assembler.indexScale === 'factor' ? this.scaleFactor() : this.scaleShift();
    this.want(')');
    return { ...memory, index: register.name, scale };
  }

  private scaleFactor(): number {
    if (!this.take('*')) return 1;
    const token = this.next;
    const scale = Number(this.expression(0));
    if (![1, 2, 4, 8].includes(scale))
      this.fail(
        token,
        `比例 ${token.text} 不行，只能是 1、2、4、8`,
        `bad scale ${token.text}: it must be 1, 2, 4 or 8`,
        scale === 3 ? '4' : '8',
      );
    return scale;
  }

  private scaleShift(): number {
    if (!this.take('<<')) return 1;
    const token = this.next;
    const shift = Number(this.expression(0));
    if (shift > 3) this.fail(token, `移位 ${token.text} 不行，最多 3`, `bad shift ${token.text}: at most 3`, '3');
    return 2 ** shift;
  }

  private small(offset: bigint, at: Token): number {
    if (offset < -0x80000000n || offset > 0x7fffffffn)
      this.fail(at, `偏移 ${offset} 放不进 32 位`, `the offset ${offset} does not fit in 32 bits`);
    return Number(offset);
  }

  /** expr = term { (+ - | ^) term }; 64 bits, wrapping, as in Go's assembler. */
  expression(depth: number): bigint {
    if (depth > MOST_NESTED)
      this.fail(this.next, `括号套得太深，最多 ${MOST_NESTED} 层`, `parentheses nested too deeply: at most ${MOST_NESTED}`);
    let value = ['+', '-'].includes(this.peek()) ? 0n : this.term(depth);
    for (;;) {
      if (this.take('+')) value += this.term(depth);
      else if (this.take('-')) value -= this.term(depth);
      else if (this.take('|')) value |= this.term(depth);
      else if (this.take('^')) value ^= this.term(depth);
      else return value;
      value &= WORD_MASK;
    }
  }

  /** term = factor { (* / % << >> &) factor }. */
  private term(depth: number): bigint {
    let value = this.factor(depth);
    for (;;) {
      const operator = this.next;
      if (!['*', '/', '%', '<<', '>>', '&'].includes(operator.text) || operator.kind !== 'mark') return value;
      // (AX)(BX*8) and R1<<3 have their own readers; here a number follows.
      this.at++;
      value = this.combine(operator, value, this.factor(depth)) & WORD_MASK;
    }
  }

  private combine(operator: Token, a: bigint, b: bigint): bigint {
    switch (operator.text) {
      case '*':
        return a * b;
      case '/':
      case '%':
        if (b === 0n) this.fail(operator, '除以零', 'division by zero');
        if (a >> 63n) this.fail(operator, '被除数最高位是 1', 'division of a value with its highest bit set');
        return operator.text === '/' ? a / b : a % b;
      case '<<':
      case '>>':
        if (BigInt.asIntN(64, b) < 0n) this.fail(operator, '移位量是负数', 'negative shift');
        if (operator.text === '>>' && a >> 63n)
          this.fail(operator, '右移的数最高位是 1', 'right shift of a value with its highest bit set');
        if (b > 63n) return 0n;
        return operator.text === '<<' ? a << b : a >> b;
      default:
        return a & b;
    }
  }

  private factor(depth: number): bigint {
    if (depth > MOST_NESTED) this.fail(this.next, `套得太深，最多 ${MOST_NESTED} 层`, `nested too deeply: at most ${MOST_NESTED}`);
    const token = this.next;
    this.at++;
    if (token.kind === 'integer') return this.integer(token);
    if (token.kind === 'character') return this.character(token);
    if (token.kind === 'float')
      this.fail(
        token,
        `浮点数 ${token.text} 不支持，要整数`,
        `the floating-point number ${token.text} is not supported; an integer is expected`,
      );
    switch (token.text) {
      case '+':
        return this.factor(depth + 1);
      case '-':
        return -this.factor(depth + 1) & WORD_MASK;
      case '~':
        return ~this.factor(depth + 1) & WORD_MASK;
      case '(': {
        const value = this.expression(depth + 1);
        this.want(')');
        return value;
      }
      default: {
        const found = token.kind === 'end' ? { zh: '行尾', en: 'the end of the line' } : { zh: token.text, en: token.text };
        return this.fail(token, `这里要一个数，却是 ${found.zh}`, `expected a number, found ${found.en}`);
      }
    }
  }

  private integer(token: Token): bigint {
    const digits = token.text.replaceAll('_', '').toLowerCase();
    const isOld = /^0[0-7]+$/.test(digits);
    if (!/^(?:0x[0-9a-f]+|0b[01]+|0o[0-7]+|0|[1-9]\d*)$/.test(digits) && !isOld)
      this.fail(token, `${token.text} 不是数`, `${token.text} is not a number`);
    // At most 64 bits, so no number needs more characters than a binary one.
    const value = digits.length > 70 ? WORD_MASK + 1n : BigInt(isOld ? `0o${digits}` : digits);
    if (value > WORD_MASK) this.fail(token, `${token.text} 超过 64 位`, `${token.text} does not fit in 64 bits`);
    return value;
  }

  private character(token: Token): bigint {
    const found = characters(token.text);
    const [only] = found ?? [];
    if (found?.length !== 1 || !only) this.fail(token, `${token.text} 不是一个字符`, `${token.text} is not one character`);
    return BigInt(only.value);
  }
}
