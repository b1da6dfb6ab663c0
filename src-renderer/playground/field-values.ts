/** What a person types into an argument's field, as the model takes it. Pure. */
import { LIMITS, type OwnArgument } from '../../src-main/contract/index';

/** Constants that people know by name (Linux; the values are the same on amd64 and arm64). */
export const CONSTANTS: Readonly<Record<string, number>> = {
  AT_FDCWD: -100,
  O_RDONLY: 0,
  O_WRONLY: 1,
  O_RDWR: 2,
  O_CREAT: 0o100,
  O_EXCL: 0o200,
  O_TRUNC: 0o1000,
  O_APPEND: 0o2000,
  O_NONBLOCK: 0o4000,
  O_CLOEXEC: 0o2000000,
  SEEK_SET: 0,
  SEEK_CUR: 1,
  SEEK_END: 2,
  PROT_READ: 1,
  PROT_WRITE: 2,
  MAP_SHARED: 1,
  MAP_PRIVATE: 2,
  MAP_ANONYMOUS: 0x20,
  CLOCK_REALTIME: 0,
  CLOCK_MONOTONIC: 1,
  AF_UNIX: 1,
  SOCK_STREAM: 1,
  EPOLL_CTL_ADD: 1,
  FUTEX_WAIT: 0,
  FUTEX_WAKE: 1,
};

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

function constants(text: string): bigint | null {
  let all = 0n;
  for (const word of text.split('|').map((each) => each.trim())) {
    const value = Object.hasOwn(CONSTANTS, word) ? BigInt(CONSTANTS[word] ?? 0) : wholeNumber(word);
    if (value === null) return null;
    all |= value;
  }
  return all;
}

/** `3`, `-1`, `0x10`, `O_CREAT|O_RDWR`, `"text\n"`, `buf:64`, `words:1,0`; nothing is 0. null: none of these. */
export function argumentOf(typed: string): OwnArgument | null {
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
  const value = constants(text);
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
