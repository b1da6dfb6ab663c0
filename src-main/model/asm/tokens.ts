/** A listing as tokens: comments gone, positions kept. Follows cmd/asm/internal/lex of Go 1.14, whose words are Go's with `·` and `∕` as letters. */
import type { FaultList } from './listing';
import { withoutLookAlikes } from './look-alikes';

export interface Token {
  /** end: the end of a statement, by a new line or a semicolon. */
  kind: 'word' | 'integer' | 'float' | 'character' | 'string' | 'mark' | 'end';
  text: string;
  /** What a listing shows for it; a macro's first token shows the macro's name, its other tokens nothing. */
  shown: string;
  line: number;
  column: number;
}

const WORD = /[\p{L}_·∕][\p{L}\p{Nd}_·∕]*/uy;
const NUMBER =
  /0[xX][0-9a-fA-F_]*[\w.]*|0[bB][01_]*[\w.]*|0[oO][0-7_]*[\w.]*|\d[\d_]*(?:\.\d*)?(?:[eE][+-]?\d+)?\w*|\.\d+(?:[eE][+-]?\d+)?/y;
const QUOTED = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/y;
const MARK = /<<|>>|->|@>|[^]/uy;
const BLANK = /[ \t\r\f\v\ufeff]+|\\\r?\n/y;

/** The listing's tokens, each line closed by an end token. */
export function tokensOf(written: string, faults: FaultList): Token[] {
  const text = withoutLookAlikes(written, faults);
  const tokens: Token[] = [];
  let line = 1;
  let lineStart = 0;
  let at = 0;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  const newLines = (passed: string): void => {
    for (let i = 0; i < passed.length; i++) {
      if (passed[i] !== '\n') continue;
      line++;
      lineStart = at + i + 1;
    }
  };
  const push = (kind: Token['kind'], found: string): void => {
    tokens.push({ kind, text: found, shown: found, line, column: at - lineStart + 1 });
    at += found.length;
  };
  while (at < text.length) {
    const blank = match(BLANK);
    if (blank !== null) {
      newLines(blank);
      at += blank.length;
    } else if (text.startsWith('//', at)) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      if (end < 0) faults.add({ line, column: at - lineStart + 1 }, { key: 'openComment' }, '*/');
      const comment = text.slice(at, end < 0 ? text.length : end + 2);
      newLines(comment);
      at += comment.length;
    } else if (text[at] === '\n') {
      push('end', '\n');
      line++;
      lineStart = at;
    } else if (text[at] === ';') push('end', ';');
    else {
      const word = match(WORD);
      const number = word === null ? match(NUMBER) : null;
      const quoted = match(QUOTED);
      if (word !== null) push('word', word);
      else if (number !== null)
        push(/^(?:0[xXbBoO]|\d[\d_]*$)/.test(number) || !/^[\d_]*\.?[\d_]*(?:[eE][+-]?\d+)?$/.test(number) ? 'integer' : 'float', number);
      else if (quoted === null && (text[at] === "'" || text[at] === '"')) {
        faults.add({ line, column: at - lineStart + 1 }, { key: 'openQuotationMark', mark: text[at] ?? '' }, text[at]);
        const end = text.indexOf('\n', at);
        at = end < 0 ? text.length : end;
      } else if (quoted !== null) push(quoted.startsWith("'") ? 'character' : 'string', quoted);
      else push('mark', match(MARK) ?? text[at] ?? '');
    }
  }
  push('end', '\n');
  return tokens;
}

const ESCAPES: Record<string, number> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92, "'": 39, '"': 34 };

/** The values of a Go rune or string literal's characters; null: not a literal. */
export function characters(literal: string): { value: number; isByte: boolean }[] | null {
  const found: { value: number; isByte: boolean }[] = [];
  const inner = literal.slice(1, -1);
  const part = /\\([abfnrtv\\'"])|\\x([0-9a-fA-F]{2})|\\([0-7]{3})|\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|([^\\])/uy;
  let at = 0;
  while (at < inner.length) {
    part.lastIndex = at;
    const [all, short, hex, octal, four, eight, plain] = part.exec(inner) ?? [];
    if (all === undefined) return null;
    const value =
      short !== undefined
        ? ESCAPES[short]
        : plain !== undefined
          ? plain.codePointAt(0)
          : Number.parseInt(hex ?? octal ?? four ?? eight ?? '', octal === undefined ? 16 : 8);
    if (value === undefined || value > 0x10ffff || (octal !== undefined && value > 255)) return null;
    found.push({ value, isByte: hex !== undefined || octal !== undefined });
    at += all.length;
  }
  return found;
}
