/** For tests: good files made bad in the ways in which files get bad: by typing, pasting, saving, merging and malice. */
import { SeededRandom } from '../../model/run/random';
import type { Json } from '../../model/state';

/** Numbers at which something begins, ends or wraps, and what only looks like a number. */
const NUMBERS = [
  '0', '-0', '-1', '1', '2', '61', '255', '256', '1023', '1024', '4095', '4096', '-4095', '-4096', '65535', '65536', '2147483647', '2147483648',
  '-2147483649', '4294967295', '4294967296', '9007199254740991', '9007199254740993', '9223372036854775807', '-9223372036854775808',
  '18446744073709551615', '18446744073709551616', '1e9', '1e308', '1e400', '0x0', '0x7fffffffffffffff', '0xffffffffffffffffff', '0b11', '0o17', '007',
  '1_000', '1,000', '.5', '1.', '1.5', '-', '+1', '.nan', '.inf', '-.inf', 'NaN', 'Infinity', '１２', '٣', '二', '1 0', '1ns', '0s', '999999999999s',
  '1000001s', '0.5ns', '5.22 µs', '5 微秒', '１ms', '-1ms', '1e3us', '1h',
]; // prettier-ignore

/** What may well be right. */
const SMALL = ['0', '1', '2', '3', '4', '8', '100'];
const SHORT = ['0ns', '1ns', '5us', '20us', '1ms', '12ms'];

/** Signs that look like others, blanks that are none, and what steers a terminal. */
const SIGNS = [
  '：', '，', '；', '（', '）', '【', '】', '｛', '｝', '“', '”', '‘', '’', '、', '。', '＃', '－', '—', '−', '·', '･', '∙', '．', '＄', '＋', '　', '\u00a0', '\u200b', '\ufeff',
  '\u2028', '\u202e', '\u0000', '\u0007', '\u001b[31m', '\r', '\r\n', '\t', '\ud800', '\udc00', '😀', 'é', 'e\u0301', '\uffff', '"', "'", '`', '|', '>', '&', '*', '!',
  '%', '@', '?', '- ', ': ', ', ', '# ', '{', '}', '[', ']', '<<: ', '~', '\\', '/', '//', '/*', '*/', '$', '(', ')', ';', '=',
]; // prettier-ignore

const WORDS = [
  '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length', 'null', 'true', 'no', 'y', '~', 'main', 'G1', 'M0', 'P0', 'schedville',
  'x'.repeat(200), 'x'.repeat(5000), '', '!!binary aGk=', '!!set', '!!js/function x', '!!float 1', '&a', '*a', '*b', '&a [*a]', '%YAML 1.1', '---', '...',
]; // prettier-ignore

/** Deep, but not so deep that making it takes long. */
const DEPTHS = [5, 17, 100, 200, 1_000];

export class Mutator {
  private readonly random: SeededRandom;

  constructor(seed: number) {
    this.random = new SeededRandom(seed);
    for (let i = 0; i < 16; i++) this.random.next();
  }

  /** 0 … n − 1. */
  below(n: number): number {
    return Math.floor((this.random.next() / 0x1_0000_0000) * n);
  }

  oneIn(n: number): boolean {
    return this.below(n) === 0;
  }

  pick<T>(from: readonly T[]): T {
    if (from.length === 0) throw new Error('nothing to pick from');
    return from[this.below(from.length)] as T;
  }

  /** One of the files, changed a little, seldom much; `words` are what the format knows. */
  text(files: readonly string[], words: readonly string[] = []): string {
    let text = this.pick(files);
    // Half of them only say something else: they get further than the first look.
    if (this.oneIn(2)) for (let i = 1 + this.below(2); i > 0; i--) text = this.reworded(text, words);
    else for (let i = this.pick([1, 1, 1, 2, 3, 8]); i > 0; i--) text = this.changed(text, files, words);
    return text;
  }

  private reworded(text: string, words: readonly string[]): string {
    switch (this.below(6)) {
      case 0:
      case 1:
      case 2:
        return this.token(text, /(?<=[ $[(])\d+(?:[num]?s)?(?=[\s,\])}])/g, (was) =>
          this.pick(this.oneIn(4) ? NUMBERS : was.endsWith('s') ? SHORT : SMALL),
        );
      case 3:
        return this.token(text, /\p{Script=Han}/gu, () => this.pick(['调', '度', '村', '。', '：', '　', '·']));
      case 4:
        return words.length === 0 ? text : this.token(text, /(?<=- |\t)[a-zA-Z]+/g, () => this.pick(words));
      default:
        return this.line(text);
    }
  }

  /** A line less, twice, or in another's place. */
  private line(text: string): string {
    const lines = text.split('\n');
    const [i, j] = [this.below(lines.length), this.below(lines.length)];
    if (this.oneIn(3)) return lines.toSpliced(i, 1).join('\n');
    return this.oneIn(2) ? lines.toSpliced(i, 0, lines[i] ?? '').join('\n') : lines.with(i, lines[j] ?? '').join('\n');
  }

  private changed(text: string, files: readonly string[], words: readonly string[]): string {
    const at = this.below(text.length + 1);
    switch (this.below(12)) {
      case 0:
        return text.slice(0, at) + this.pick(SIGNS) + text.slice(at + this.below(2));
      case 1:
        return text.slice(0, at) + text.slice(at + 1 + this.below(4));
      case 2:
        return this.token(text, /[-+]?\w*\d[\w.]*/g, () => this.pick(NUMBERS));
      case 3:
        return this.token(text, /\p{L}[\p{L}\d_-]*/gu, () => this.pick(words.length > 0 && !this.oneIn(4) ? words : WORDS));
      case 4:
        return this.token(text, /[:,;{}[\]()"'#$·]/g, () => this.pick(SIGNS));
      case 5:
        return this.token(text, /(?<=[:[,] )[^\n,{}[\]]+/g, () => this.pick([...NUMBERS, ...WORDS]));
      case 6:
        return this.lines(text);
      case 7: {
        const other = this.pick(files);
        const from = this.below(other.length);
        return text.slice(0, at) + other.slice(from, from + this.below(200)) + text.slice(at);
      }
      case 8:
        return this.deep(text, at);
      case 9:
        return this.aliases(text);
      case 10:
        return text.slice(0, at);
      default:
        return this.oneIn(3) ? text + text : text.slice(0, at) + this.pick(SIGNS).repeat(this.pick([2, 50, 600])) + text.slice(at);
    }
  }

  private token(text: string, what: RegExp, by: (was: string) => string): string {
    const found = [...text.matchAll(what)];
    if (found.length === 0) return text;
    const { index, 0: was } = this.pick(found);
    return text.slice(0, index) + by(was) + text.slice(index + was.length);
  }

  private lines(text: string): string {
    const lines = text.split('\n');
    const [i, j] = [this.below(lines.length), this.below(lines.length)];
    const line = lines[i] ?? '';
    switch (this.below(5)) {
      case 0:
        return lines.toSpliced(i, 1).join('\n');
      case 1:
        return lines.toSpliced(j, 0, line).join('\n');
      case 2:
        return lines
          .with(i, lines[j] ?? '')
          .with(j, line)
          .join('\n');
      case 3:
        return lines.with(i, `${' '.repeat(this.below(9))}${line.trimStart()}`).join('\n');
      default:
        return lines.join(this.pick(['\r\n', '\r', '\u2028', '\n\n']));
    }
  }

  private deep(text: string, at: number): string {
    const depth = this.pick(DEPTHS);
    const [open, close] = this.pick([
      ['[', ']'],
      ['{ a: ', ' }'],
      ['- ', ''],
      ['(', ')'],
      ['{ repeat: { times: 1, do: [', '] } }'],
      ['{ defer: [', '] }'],
      ['"', ''],
      ['*', ''],
      ['-', ''],
      ['? ', ''],
    ] as const);
    return text.slice(0, at) + open.repeat(depth) + close.repeat(this.oneIn(2) ? depth : 0) + text.slice(at);
  }

  /** Something named and used over and over, each time inside of the last. */
  private aliases(text: string): string {
    const wide = this.pick([2, 10, 100]);
    const levels = this.pick([1, 3, 12]);
    const lines = ['x0: &x0 [gosched, gosched]'];
    for (let i = 1; i <= levels; i++) lines.push(`x${i}: &x${i} [${Array.from({ length: wide }, () => `*x${i - 1}`).join(', ')}]`);
    const used = this.token(text, /(?<=: )[^\n]+/g, () => `*x${this.below(levels + 1)}`);
    return this.oneIn(2) ? `${lines.join('\n')}\n${used}` : `${used}\n${lines.join('\n')}\n`;
  }

  /** A text as bytes: in another encoding, cut, or with bytes that are wrong. */
  bytes(text: string): Uint8Array {
    const encoded = Buffer.from(this.oneIn(4) ? `\ufeff${text}` : text, this.pick(['utf8', 'utf8', 'utf16le', 'latin1'] as const));
    const bytes = this.oneIn(6)
      ? Buffer.from(encoded)
          .subarray(0, encoded.length & ~1)
          .swap16()
      : Buffer.from(encoded);
    for (let i = this.pick([0, 1, 2, 20]); i > 0 && bytes.length > 0; i--)
      bytes[this.below(bytes.length)] = this.pick([0, 0x80, 0xff, 0xc0, this.below(256)]);
    return bytes.subarray(0, this.oneIn(4) ? this.below(bytes.length + 1) : bytes.length);
  }

  /** One of the files, with some of its bytes others, gone, twice, or from elsewhere. */
  binary(files: readonly Uint8Array[]): Uint8Array {
    let bytes = Buffer.from(this.pick(files));
    const place = (): number => this.below(bytes.length + 1);
    for (let i = this.pick([1, 1, 2, 8]); i > 0; i--) {
      const [from, at] = [place(), place()];
      const length = this.pick([1, 1, 2, 9, 100]);
      switch (this.below(7)) {
        case 0:
        case 1:
          bytes.subarray(at, at + length).fill(this.pick([0, 0x7f, 0x80, 0xff, this.below(256)]));
          break;
        case 2:
          bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
          break;
        case 3:
          bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(from, from + length), bytes.subarray(at)]);
          break;
        case 4:
          // A number of as many bytes as there may be, and of more.
          bytes = Buffer.concat([
            bytes.subarray(0, at),
            Buffer.alloc(this.pick([4, 9, 10, 40]), 0xff),
            Buffer.from([1]),
            bytes.subarray(at),
          ]);
          break;
        case 5:
          bytes.copy(bytes, at, from, from + length);
          break;
        default:
          if (this.oneIn(3)) bytes = bytes.subarray(0, at);
      }
    }
    return bytes;
  }

  /** A value of the same kind of shape, with something in it that is not. */
  json(value: Json, words: readonly string[] = []): Json {
    const places: (readonly [holder: Record<string, Json>, key: string])[] = [];
    const copy = structuredClone({ value });
    const walk = (holder: Record<string, Json>): void => {
      for (const key of Object.keys(holder)) {
        places.push([holder, key]);
        const inside = holder[key];
        if (typeof inside === 'object' && inside !== null) walk(inside as Record<string, Json>);
      }
    };
    walk(copy);
    for (let i = this.pick([1, 1, 2, 4]); i > 0; i--) {
      const [holder, key] = this.pick(places);
      const other = this.pick(places);
      switch (this.below(6)) {
        case 0:
          // A list keeps its length, and gets a hole.
          if (holder !== copy) Reflect.deleteProperty(holder, key);
          break;
        case 1:
          if (holder !== copy && !Array.isArray(holder)) holder[this.pick(['more', '', 'x'.repeat(300), ...words])] = holder[key] ?? null;
          break;
        case 2:
          holder[key] = structuredClone(other[0][other[1]] ?? null);
          break;
        case 3:
          holder[key] = this.pick([...WORDS, ...words]);
          break;
        case 4:
          holder[key] = this.pick<Json>([-1, 0.5, 1e9, 1e308, Number.NaN, 2 ** 53, 2 ** 31, -(2 ** 31), 4_097, Infinity]);
          break;
        default:
          holder[key] = this.pick<Json>([
            null,
            true,
            [],
            {},
            '',
            [[]],
            { a: {} },
            'x'.repeat(300_000),
            Array.from({ length: 20_000 }, () => 'x'),
          ]);
      }
    }
    return copy.value;
  }
}
