import { describe, expect, test } from 'vitest';
import { bytesOfHex, hexOfBytes, zeros } from './bytes';

const everyByte = Array.from({ length: 256 }, (_, byte) => byte);

describe('bytes as hex digits', () => {
  test('each byte has its two digits', () => {
    for (const byte of everyByte) expect(hexOfBytes([byte])).toBe(byte.toString(16).padStart(2, '0'));
  });

  test.each([0, 1, 2, 511, 512, 513, 4_095, 4_096, 4_097, 8_192, 10_001])('%i bytes come back as they were', (count) => {
    const bytes = Array.from({ length: count }, (_, i) => (i * 31 + (i >> 8)) & 0xff);
    const digits = hexOfBytes(bytes);
    expect(digits).toBe(bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(''));
    expect(bytesOfHex(digits)).toEqual(bytes);
  });

  test('a digit without its partner is no byte', () => {
    expect(bytesOfHex('0a1')).toEqual([10]);
  });

  test('zeros are numbers, not holes', () => {
    expect(zeros(3)).toStrictEqual([0, 0, 0]);
  });
});
