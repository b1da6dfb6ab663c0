import { expect, test } from 'vitest';
import { losslessText, utf8Bytes, utf8Text } from './utf8';

test.each(['', 'abc', 'é', '春眠', '🙂', 'a\u0000b'])('UTF-8 of %j there and back', (text) => {
  expect(utf8Bytes(text)).toEqual([...new TextEncoder().encode(text)]);
  expect(utf8Text(utf8Bytes(text))).toBe(text);
});

test.each([[[0xff]], [[0xe6, 0x98]], [[0x61, 0xc3, 0x28]], [[0xf0, 0x9f, 0x99, 0x82]]])('bytes %j are kept as text', (bytes) => {
  expect(utf8Bytes(losslessText(bytes))).toEqual(bytes);
});
