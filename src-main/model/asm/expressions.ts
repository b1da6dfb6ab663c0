/** Constant expressions, as Go's assembler reads them (cmd/asm/internal/asm/parse.go): 64 bits that wrap. */
import type { Arch } from './arch/index';
import type { FaultList } from './listing';
import type { Message } from '../message';
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

const shownToken = (token: Token): string | Message => (token.kind === 'end' ? { key: 'endOfLine' } : token.text);

/** Goes along the tokens of one operand, and knows constant expressions. */
export class ExpressionReader {
  protected at = 0;

  constructor(
    protected readonly tokens: readonly Token[],
    protected readonly context: OperandContext,
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

  protected get next(): Token {
    return this.tokens[this.at] ?? this.context.end;
  }

  protected peek(ahead = 0): string {
    return this.tokens[this.at + ahead]?.text ?? '';
  }

  protected take(text: string): boolean {
    if (this.peek() !== text) return false;
    this.at++;
    return true;
  }

  protected fail(at: Token, message: Message, suggestion: string | null = null): never {
    this.context.faults.add(at, message, suggestion);
    throw new NotAnOperand(message.key);
  }

  protected written(): string {
    return this.tokens.map((token) => token.text).join('');
  }

  protected want(text: string): void {
    if (this.take(text)) return;
    this.fail(this.next, { key: 'wantsText', text, found: shownToken(this.next) }, text);
  }

  /** expr = term { (+ - | ^) term }; 64 bits, wrapping, as in Go's assembler. */
  expression(depth: number): bigint {
    if (depth > MOST_NESTED) this.fail(this.next, { key: 'parenthesesTooDeep', most: MOST_NESTED });
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
        if (b === 0n) this.fail(operator, { key: 'divisionByZero' });
        if (a >> 63n) this.fail(operator, { key: 'divisionOfHighBit' });
        return operator.text === '/' ? a / b : a % b;
      case '<<':
      case '>>':
        if (BigInt.asIntN(64, b) < 0n) this.fail(operator, { key: 'negativeShift' });
        if (operator.text === '>>' && a >> 63n) this.fail(operator, { key: 'shiftOfHighBit' });
        if (b > 63n) return 0n;
        return operator.text === '<<' ? a << b : a >> b;
      default:
        return a & b;
    }
  }

  private factor(depth: number): bigint {
    if (depth > MOST_NESTED) this.fail(this.next, { key: 'expressionTooDeep', most: MOST_NESTED });
    const token = this.next;
    this.at++;
    if (token.kind === 'integer') return this.integer(token);
    if (token.kind === 'character') return this.character(token);
    if (token.kind === 'float') this.fail(token, { key: 'floatNumber', found: token.text });
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
        return this.fail(token, { key: 'wantsNumber', found: shownToken(token) });
      }
    }
  }

  private integer(token: Token): bigint {
    const digits = token.text.replaceAll('_', '').toLowerCase();
    const isOld = /^0[0-7]+$/.test(digits);
    if (!/^(?:0x[0-9a-f]+|0b[01]+|0o[0-7]+|0|[1-9]\d*)$/.test(digits) && !isOld) this.fail(token, { key: 'notANumber', found: token.text });
    // At most 64 bits, so no number needs more characters than a binary one.
    const value = digits.length > 70 ? WORD_MASK + 1n : BigInt(isOld ? `0o${digits}` : digits);
    if (value > WORD_MASK) this.fail(token, { key: 'numberTooWide', found: token.text });
    return value;
  }

  private character(token: Token): bigint {
    const found = characters(token.text);
    const [only] = found ?? [];
    if (found?.length !== 1 || !only) this.fail(token, { key: 'notOneCharacter', found: token.text });
    return BigInt(only.value);
  }
}
