/**
 * The bytes of a file that a person wrote, as text. Notepad on a Chinese Windows saves GBK ("ANSI"), in Taiwan and Hong Kong Big5, and both
 * know UTF-16 ("Unicode"). What cannot be told for sure is refused: a guess would show wrong letters, and saving would make them last.
 *
 * The decoders are the platform's (TextDecoder). Which of them fits is judged here: the detectors that exist count how often characters occur,
 * and answer by chance for a file that has four Chinese characters in a title.
 */

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** As people know them: the platform reads GBK with the decoder of its successor. */
export const ENCODING_NAMES: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  gb18030: 'GBK',
  big5: 'Big5',
};

/** Why bytes are no text that we could read: they are none at all, UTF-8 with wrong bytes, or an encoding that cannot be told. */
export type NoText = { why: 'binary' | 'unknown' } | { why: 'damaged'; line: number; column: number };

export type PeopleText = { ok: true; text: string; encoding: Encoding } | ({ ok: false } & NoText);

/** The text of a file without its byte order mark. */
export function peopleText(bytes: Uint8Array): PeopleText {
  const marked = ofMark(bytes);
  if (marked) return checked(bytes, marked);
  if (bytes.includes(0)) return checked(bytes, withoutMark(bytes));
  const utf8 = decoded(bytes, 'utf-8');
  if (utf8 !== null) return { ok: true, text: utf8, encoding: 'utf-8' };
  const damaged = damagedAt(bytes);
  return damaged ?? chinese(bytes);
}

/** Null where the bytes are not this encoding's. */
function decoded(bytes: Uint8Array, encoding: Encoding): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function ofMark(bytes: Uint8Array): Encoding | null {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : null;
}

/** But tab, line and page ends, and what lies above ASCII. */
const CONTROLS = /[^\P{Cc}\t-\r\x80-\x9f]/u;

function checked(bytes: Uint8Array, encoding: Encoding | null): PeopleText {
  const text = encoding === null ? null : decoded(bytes, encoding);
  if (encoding === 'utf-8' && text === null) return damagedAt(bytes) ?? { ok: false, why: 'unknown' };
  return encoding === null || text === null || CONTROLS.test(text) ? { ok: false, why: 'binary' } : { ok: true, text, encoding };
}

/** UTF-16 whose ASCII characters have all their zeros on one side; null: zeros as no text has them. */
function withoutMark(bytes: Uint8Array): Encoding | null {
  if (bytes.length % 2 === 1) return null;
  let even = 0;
  let odd = 0;
  for (const [at, byte] of bytes.entries()) {
    if (byte !== 0) continue;
    if (at % 2 === 0) even++;
    else odd++;
  }
  // A file of ours is ASCII for a good part: keys, instructions. A few zeros on the other side are characters such as 一 (U+4E00).
  const most = Math.max(even, odd);
  return most < 4 * Math.min(even, odd) || most < bytes.length / 20 ? null : even > odd ? 'utf-16be' : 'utf-16le';
}

/** The first wrong byte of a text that is UTF-8 for the most part; null: it is not. */
function damagedAt(bytes: Uint8Array): PeopleText | null {
  let right = 0;
  let wrong = 0;
  let first: number | null = null;
  for (let at = 0; at < bytes.length;) {
    const length = sequenceAt(bytes, at);
    if (length === 0) {
      wrong++;
      first ??= at;
      // What is left of a character counts once.
      for (at++; isContinuation(bytes[at]);) at++;
    } else if (length > 1) right++;
    at += length;
  }
  // The characters of GBK and Big5 are hardly ever UTF-8 by chance, and never three in four.
  if (first === null || right < 3 * wrong) return null;
  const before = new TextDecoder().decode(bytes.subarray(0, first)).split('\n');
  return { ok: false, why: 'damaged', line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const isContinuation = (byte: number | undefined): boolean => ((byte ?? 0) & 0xc0) === 0x80;

/** How many bytes the UTF-8 character here has; 0: it is none. */
function sequenceAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const length = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  for (let next = 1; next < length; next++) if (!isContinuation(bytes[at + next])) return 0;
  return length;
}

/** By what share one reading must be more everyday than the other. */
const MARGIN = 0.2;
/** A text in an encoding of neither kind has fewer everyday characters than this in both. */
const LEAST = 0.6;

function chinese(bytes: Uint8Array): PeopleText {
  const readings = [
    { encoding: 'gb18030', text: decoded(bytes, 'gb18030'), share: everydayShare(bytes, isEverydayGb) },
    { encoding: 'big5', text: decoded(bytes, 'big5'), share: everydayShare(bytes, isEverydayBig5) },
  ] as const;
  const [best, other] = readings.filter(({ text }) => text !== null).sort((a, b) => b.share - a.share);
  if (!best || best.text === null || best.share < LEAST || best.share - (other?.share ?? 0) < MARGIN) return { ok: false, why: 'unknown' };
  return { ok: true, text: best.text, encoding: best.encoding };
}

/** Of the characters of two bytes, the share that belongs to the part of the table for everyday use. */
function everydayShare(bytes: Uint8Array, isEveryday: (lead: number, trail: number) => boolean): number {
  let pairs = 0;
  let everyday = 0;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    pairs++;
    at++;
    if (isEveryday(lead, bytes[at] ?? 0)) everyday++;
  }
  return pairs === 0 ? 0 : everyday / pairs;
}

/** GB 2312: punctuation in rows 1 to 3, and its level 1, the 3,755 characters in everyday use, in rows 16 to 55. */
const isEverydayGb = (lead: number, trail: number): boolean =>
  trail >= 0xa1 && ((lead >= 0xa1 && lead <= 0xa3) || (lead >= 0xb0 && lead <= 0xd7));

/** Big5: punctuation from A140, and its level 1, the 5,401 characters in everyday use, from A440 to C67E. */
const isEverydayBig5 = (lead: number, trail: number): boolean =>
  ((trail >= 0x40 && trail <= 0x7e) || trail >= 0xa1) && lead >= 0xa1 && lead <= 0xc6;
