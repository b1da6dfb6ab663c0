/**
 * What one may ask of a step and the state after it: comparisons of places and values, joined by `&& || !` and
 * brackets. Read from text here, with every fault at its character.
 */
import { fill, inEveryLanguage, type Words } from '../../../assets/words/index';
import { durationNs } from '../../formats/durations';
import { meantBy } from '../../model/look-alikes';
import { nearest } from '../../model/nearest-word';
import type { Text } from '../../model/words';

export const COMPARISONS = ['==', '!=', '<=', '>=', '<', '>'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** What a step itself says, besides what it writes. `ev`: its event of Go's tracer; `note`: a mark of the program. */
export const STEP_WORDS = ['n', 't', 'd', 'fn', 'at', 'm', 'p', 'g', 'ev', 'note'] as const;
export type StepWord = (typeof STEP_WORDS)[number];

export type Operand =
  | { kind: 'step'; word: StepWord }
  /** A place of the state; `owner` may be a goroutine's name. */
  | { kind: 'place'; owner: string; rest: readonly string[]; at: number; text: string }
  | { kind: 'value'; value: null | boolean | number | bigint | string }
  /** A word without quotes: itself, or the goroutine of that name. */
  | { kind: 'word'; word: string };

export type Expression =
  | { kind: 'and' | 'or'; left: Expression; right: Expression }
  | { kind: 'not'; of: Expression }
  | { kind: 'compare'; how: Comparison; left: Operand; right: Operand }
  | { kind: 'has'; left: Operand; right: Operand }
  | { kind: 'changed'; place: Operand & { kind: 'place' } }
  /** Alone: neither null, false, 0 nor empty. */
  | { kind: 'is'; of: Operand };

export interface ExpressionFault {
  /** The character where it is, from 0. */
  at: number;
  message: Text;
  suggestion: string | null;
}

export type ReadExpression = { ok: true; expression: Expression } | { ok: false; fault: ExpressionFault };

/** Longer ones are no question any more. */
const LONGEST = 2_000;
const DEEPEST = 100;

class Refused extends Error {
  constructor(readonly fault: ExpressionFault) {
    super(fault.message.en);
  }
}

type FindWords = Words['find'];

function refuse(at: number, said: (words: FindWords, all: Words) => string, suggestion: string | null = null): Refused {
  return new Refused({ at, message: inEveryLanguage((words) => said(words.find, words)), suggestion });
}

interface Token {
  kind: 'sign' | 'number' | 'text' | 'word' | 'end';
  text: string;
  at: number;
}

const SIGNS = ['&&', '||', ...COMPARISONS, '!', '(', ')'];
/** Names of functions and rows have these, too; whatever else they have goes between quotes. */
const WORD = /^[\p{L}_·][\p{L}\p{N}_.·/#?+[\]-]*/u;
const NUMBER = /^-?(?:0x[0-9a-f]+|[0-9][0-9,]*(?:\.[0-9]+)?(?: ?(?:ns|us|µs|μs|ms|s|纳秒|微秒|毫秒|秒)(?![\p{L}\p{N}]))?)/iu;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at);
    const blank = /^\s+/.exec(rest)?.[0];
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    const token = tokenAt(rest, at);
    tokens.push(token);
    at += token.kind === 'text' ? token.text.length + 2 : token.text.length;
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }];
}

function tokenAt(rest: string, at: number): Token {
  const sign = SIGNS.find((each) => rest.startsWith(each));
  if (sign !== undefined) return { kind: 'sign', text: sign, at };
  if (rest.startsWith('"')) {
    const end = rest.indexOf('"', 1);
    if (end < 0) throw refuse(at, (w) => w.openQuote);
    return { kind: 'text', text: rest.slice(1, end), at };
  }
  const number = NUMBER.exec(rest)?.[0];
  if (number !== undefined) return { kind: 'number', text: number, at };
  const word = WORD.exec(rest)?.[0];
  if (word !== undefined) return { kind: 'word', text: word, at };
  const character = [...rest][0] ?? '';
  const meant = meantBy(character);
  if (meant !== null) throw refuse(at, (w) => fill(w.lookAlike, { found: character, meant }), meant);
  if (rest.startsWith('=')) throw refuse(at, (w) => w.oneEquals, '==');
  if (rest.startsWith('&') || rest.startsWith('|')) throw refuse(at, (w) => fill(w.single, { found: character }), character.repeat(2));
  throw refuse(at, (w) => fill(w.strange, { found: character }));
}

/** Reads an expression. */
export function readExpression(text: string): ReadExpression {
  try {
    if (text.length > LONGEST) throw refuse(LONGEST, (w) => fill(w.tooLong, { most: LONGEST }));
    return { ok: true, expression: new Parser(tokensOf(text)).whole() };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, fault: error.fault };
    throw error;
  }
}

class Parser {
  private i = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Expression {
    if (this.isAtEnd) throw refuse(0, (w) => w.nothing);
    const expression = this.or();
    if (!this.isAtEnd) throw refuse(this.now.at, (w) => fill(w.tooMuch, { found: this.now.text }));
    return expression;
  }

  private get now(): Token {
    return this.tokens[this.i] ?? { kind: 'end', text: '', at: 0 };
  }

  private get isAtEnd(): boolean {
    return this.now.kind === 'end';
  }

  private take(): Token {
    const token = this.now;
    this.i++;
    return token;
  }

  private takes(sign: string): boolean {
    if (this.now.kind !== 'sign' || this.now.text !== sign) return false;
    this.i++;
    return true;
  }

  private or(): Expression {
    let left = this.and();
    while (this.takes('||')) left = { kind: 'or', left, right: this.and() };
    return left;
  }

  private and(): Expression {
    let left = this.not();
    while (this.takes('&&')) left = { kind: 'and', left, right: this.not() };
    return left;
  }

  private not(): Expression {
    if (++this.depth > DEEPEST) throw refuse(this.now.at, (w) => fill(w.tooDeep, { most: DEEPEST }));
    const found = this.takes('!') ? ({ kind: 'not', of: this.not() } as const) : this.single();
    this.depth--;
    return found;
  }

  private single(): Expression {
    const open = this.now;
    if (this.takes('(')) {
      const inside = this.or();
      if (!this.takes(')')) throw refuse(open.at, (w) => w.openBracket);
      return inside;
    }
    if (this.now.kind === 'word' && this.now.text === 'changed' && this.tokens[this.i + 1]?.text === '(') return this.changed();
    const left = this.operand();
    const how = COMPARISONS.find((each) => this.takes(each));
    if (how !== undefined) return { kind: 'compare', how, left, right: this.operand(left) };
    if (this.now.kind === 'word' && this.now.text === 'has') {
      this.i++;
      return { kind: 'has', left, right: this.operand(left) };
    }
    return { kind: 'is', of: left };
  }

  private changed(): Expression {
    const { at } = this.take();
    this.i++;
    const token = this.now;
    const place = rowOrPlace(this.operand(), token);
    if (place.kind !== 'place') throw refuse(token.at, (w) => fill(w.changedWhat, { found: token.text }));
    if (!this.takes(')')) throw refuse(at, (w) => w.openBracket);
    return { kind: 'changed', place };
  }

  /** `beside`: what it is compared with. A function's or a row's name may have dots, and so may a text. */
  private operand(beside: Operand | null = null): Operand {
    const token = this.take();
    switch (token.kind) {
      case 'number':
        return { kind: 'value', value: numberOf(token) };
      case 'text':
        return { kind: 'value', value: token.text };
      case 'word':
        return wordOf(token, beside);
      default:
        throw refuse(token.at, (w) => (token.kind === 'end' ? w.endsEarly : fill(w.noOperand, { found: token.text })));
    }
  }
}

function numberOf({ text, at }: Token): number | bigint {
  const isNegative = text.startsWith('-');
  const bare = isNegative ? text.slice(1) : text;
  if (/^0x/i.test(bare)) return isNegative ? -BigInt(bare) : BigInt(bare);
  const value = /[\p{L}]/u.test(bare) ? durationNs(bare) : Number(bare.replaceAll(',', ''));
  if (value === null) throw refuse(at, (w) => fill(w.badNumber, { found: text }));
  return isNegative ? -value : value;
}

/** A whole row is a place, too. */
const rowOrPlace = (operand: Operand, { at, text }: Token): Operand =>
  operand.kind === 'word' ? { kind: 'place', owner: operand.word, rest: [], at, text } : operand;

const isStepWord = (word: string): word is StepWord => STEP_WORDS.some((each) => each === word);

/** Where the words on the other side are names of Go's functions, rows and events, or whatever a program says. */
function isAboutText(operand: Operand | null): boolean {
  if (operand?.kind === 'step') return operand.word === 'fn' || operand.word === 'at' || operand.word === 'ev' || operand.word === 'note';
  return false;
}

function wordOf({ text, at }: Token, beside: Operand | null): Operand {
  if (text === 'null') return { kind: 'value', value: null };
  if (text === 'true' || text === 'false') return { kind: 'value', value: text === 'true' };
  if (isAboutText(beside)) return { kind: 'value', value: text };
  if (isStepWord(text)) return { kind: 'step', word: text };
  const [owner = '', ...rest] = text.split('.');
  if (rest.length === 0) {
    if (beside === null) {
      const near = nearest(text, STEP_WORDS);
      if (near !== null && !/^[GMP]\d+$/.test(text) && text.length > 1) throw refuse(at, (w) => fill(w.loneWord, { found: text }), near);
    }
    return { kind: 'word', word: text };
  }
  if (rest.some((key) => key === '')) throw refuse(at, (w) => fill(w.badPlace, { found: text }));
  return { kind: 'place', owner, rest, at, text };
}
