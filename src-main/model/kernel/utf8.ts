/** UTF-8 without the platform's encoder, which the model may not use. */

const REPLACEMENT = 0xfffd;
/** A lone surrogate above this stands for a byte that is no UTF-8, so that a file's contents can be kept as text. */
const ESCAPED = 0xdc00;

export function utf8Bytes(text: string): number[] {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Almost everything, and files have millions of them.
    if (unit < 0x80) {
      bytes.push(unit);
      continue;
    }
    const point = text.codePointAt(i) ?? REPLACEMENT;
    if (point > 0xffff) i++;
    const code = point >= 0xd800 && point <= 0xdfff ? REPLACEMENT : point;
    if (point >= ESCAPED + 0x80 && point <= ESCAPED + 0xff) bytes.push(point - ESCAPED);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), continuation(code));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), continuation(code >> 6), continuation(code));
    else bytes.push(0xf0 | (code >> 18), continuation(code >> 12), continuation(code >> 6), continuation(code));
  }
  return bytes;
}

function continuation(code: number): number {
  return 0x80 | (code & 0x3f);
}

/** Bytes that are no UTF-8 become U+FFFD, one for each. */
export function utf8Text(bytes: readonly number[]): string {
  return decode(bytes, () => REPLACEMENT);
}

/** As utf8Text, but utf8Bytes gets every byte back. */
export function losslessText(bytes: readonly number[]): string {
  return decode(bytes, (byte) => ESCAPED + byte);
}

/** So many characters are made of bytes at once. */
const RUN = 4_096;

function decode(bytes: readonly number[], broken: (byte: number) => number): string {
  let text = '';
  for (let i = 0; i < bytes.length;) {
    const end = endOfAscii(bytes, i);
    if (end > i) {
      text += String.fromCharCode(...bytes.slice(i, end));
      i = end;
      continue;
    }
    const { code, length } = pointAt(bytes, i);
    const isBroken = code === REPLACEMENT && length === 1;
    text += String.fromCodePoint(isBroken ? broken(bytes[i] ?? 0) : code);
    i += length;
  }
  return text;
}

function endOfAscii(bytes: readonly number[], from: number): number {
  let end = from;
  while (end < bytes.length && end < from + RUN && (bytes[end] ?? 0x80) < 0x80) end++;
  return end;
}

function pointAt(bytes: readonly number[], at: number): { code: number; length: number } {
  const first = bytes[at] ?? 0;
  const length = first < 0x80 ? 1 : first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (length === 1) return { code: first, length };
  if (length === 0 || at + length > bytes.length) return { code: REPLACEMENT, length: 1 };
  let code = first & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) {
    const next = bytes[at + i] ?? 0;
    if ((next & 0xc0) !== 0x80) return { code: REPLACEMENT, length: 1 };
    code = (code << 6) | (next & 0x3f);
  }
  const isShortest = code >= ([0, 0, 0x80, 0x800, 0x10000][length] ?? 0);
  return isShortest && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? { code, length } : { code: REPLACEMENT, length: 1 };
}
