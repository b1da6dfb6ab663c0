/** Numbers as the little-endian bytes in which memory holds them. */

export function littleEndian(value: bigint | number, bytes: number): number[] {
  const whole = BigInt(value);
  return Array.from({ length: bytes }, (_, i) => Number((whole >> BigInt(8 * i)) & 0xffn));
}

export function fromLittleEndian(bytes: readonly number[]): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

const DIGITS = '0123456789abcdef';
const DIGIT_CODES = [...DIGITS].map((digit) => digit.charCodeAt(0));
const HEX = Array.from({ length: 0x100 }, (_, byte) => `${DIGITS[byte >> 4]}${DIGITS[byte & 0xf]}`);
/** Of more bytes the digits are made many at once: a million strings that are joined one by one take ten times as long. */
const FEW = 512;
/** So many at once: what a call takes as arguments is bounded. */
const PIECE = 4_096;

/** Two digits for each byte (0 to 255). A buffer of a megabyte is written with every call of a loop: this is most of such a run's time. */
export function hexOfBytes(bytes: readonly number[]): string {
  if (bytes.length > FEW) return hexOfMany(bytes);
  let digits = '';
  for (const byte of bytes) digits += HEX[byte] ?? '';
  return digits;
}

function hexOfMany(bytes: readonly number[]): string {
  const pieces: string[] = [];
  const codes = new Uint8Array(2 * PIECE);
  for (let from = 0; from < bytes.length; from += PIECE) {
    const end = Math.min(bytes.length, from + PIECE);
    let length = 0;
    for (let i = from; i < end; i++) {
      const byte = bytes[i] ?? 0;
      codes[length++] = DIGIT_CODES[byte >> 4] ?? 0;
      codes[length++] = DIGIT_CODES[byte & 0xf] ?? 0;
    }
    // Spread, they would be taken from an iterator one by one: four times as slow.
    pieces.push(String.fromCharCode.apply(null, codes.subarray(0, length) as unknown as number[]));
  }
  return pieces.join('');
}

/** The value of a digit by its character code. */
const VALUES = new Uint8Array(0x80);
for (const [value, code] of DIGIT_CODES.entries()) VALUES[code] = value;

/** The bytes that hexOfBytes has written; a digit left over at the end is none. */
export function bytesOfHex(digits: string): number[] {
  const count = digits.length >> 1;
  const bytes = Array<number>(count);
  for (let i = 0; i < count; i++) bytes[i] = ((VALUES[digits.charCodeAt(2 * i)] ?? 0) << 4) | (VALUES[digits.charCodeAt(2 * i + 1)] ?? 0);
  return bytes;
}

/** So many bytes of 0. */
export function zeros(count: number): number[] {
  return Array<number>(count).fill(0);
}
