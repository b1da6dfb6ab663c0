/** What a person types into an argument's field, as the model takes it. Pure. */
import { LIMITS, type OwnArgument, type PlaygroundValue } from '../../src-main/contract/index';

/** Names of constants and their values. */
export type Constants = Readonly<Record<string, number>>;

const NUMBER = /^(-?\d{1,20}|0x[0-9a-f]{1,16})$/i;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', 0: '\0', '\\': '\\', '"': '"' };

const LOWEST = -(1n << 63n);
const HIGHEST = (1n << 64n) - 1n;

/** A number within 64 bits, signed or unsigned; null: none. */
export function wholeNumber(text: string): bigint | null {
  if (!NUMBER.test(text)) return null;
  const value = text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text);
  return value >= LOWEST && value <= HIGHEST ? value : null;
}

function constants(text: string, known: Constants): bigint | null {
  let all = 0n;
  for (const word of text.split('|').map((each) => each.trim())) {
    const value = Object.hasOwn(known, word) ? BigInt(known[word] ?? 0) : wholeNumber(word);
    if (value === null) return null;
    all |= value;
  }
  return all;
}

/** `3`, `-1`, `0x10`, `O_CREAT|O_RDWR`, `"text\n"`, `buf:64`, `words:1,0`; nothing is 0. null: none of these. */
export function argumentOf(typed: string, known: Constants): OwnArgument | null {
  const text = typed.trim();
  if (text === '') return { kind: 'number', value: '0' };
  const buffer = /^buf:\s*(\d{1,5})$/.exec(text);
  if (buffer) {
    const bytes = Number(buffer[1]);
    return bytes <= LIMITS.bufferBytes ? { kind: 'buffer', bytes } : null;
  }
  const words = /^words:(.+)$/.exec(text);
  if (words) {
    const values = (words[1] ?? '').split(',').map((each) => wholeNumber(each.trim()));
    return values.length <= LIMITS.words && values.every((each) => each !== null) ? { kind: 'words', values: values.map(String) } : null;
  }
  if (text.startsWith('"')) return string(text);
  const value = constants(text, known);
  return value === null ? null : { kind: 'number', value: value.toString() };
}

function string(text: string): OwnArgument | null {
  if (!/^"(?:[^"\\]|\\.)*"$/s.test(text) || text.length > LIMITS.fieldCharacters) return null;
  let isKnown = true;
  const value = text.slice(1, -1).replace(/\\(.)/gs, (_, letter: string) => {
    const meant = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
    if (meant === undefined) isKnown = false;
    return meant ?? '';
  });
  return isKnown ? { kind: 'string', value } : null;
}

/** What every call is to answer. null: the kernel's own answer; undefined: not to be read. */
export function answerOf(typed: string, errnos: readonly { number: number; name: string }[]): number | null | undefined {
  const text = typed.trim();
  if (text === '') return null;
  const errno = errnos.find(({ name }) => name === text.replace(/^-/, '').toUpperCase());
  if (errno) return -errno.number;
  const value = wholeNumber(text);
  if (value === null) return undefined;
  const signed = BigInt.asIntN(64, value);
  // Through JSON goes what a double holds exactly.
  return signed >= -(1n << 53n) + 1n && signed < 1n << 53n ? Number(signed) : undefined;
}

/** An argument of a lesson's task, as it would be typed: text that is neither a number nor a constant gets its quotation marks. */
export function typedOf(value: PlaygroundValue, known: Constants): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return 'buf' in value ? `buf:${value.buf}` : `words:${value.words.join(',')}`;
  if (value !== '' && argumentOf(value, known) !== null) return value;
  const marks: Readonly<Record<string, string>> = Object.fromEntries(
    Object.entries(ESCAPES).map(([letter, meant]) => [meant, `\\${letter}`]),
  );
  return `"${[...value].map((each) => marks[each] ?? each).join('')}"`;
}
