import { expect, test } from 'vitest';
import { visibleLine, visibleLines } from './visible-text';

test.each([
  ['a control', '\u0007', '\\u{7}'],
  ['the beginning of a sequence that colours a terminal', '\u001b[31m', '\\u{1b}[31m'],
  ['DEL', '\u007f', '\\u{7f}'],
  ['a control of the second row', '\u009b', '\\u{9b}'],
  ['a separator of lines', '\u2028\u2029', '\\u{2028}\\u{2029}'],
  ['a mark of direction', '\u061c\u200e\u200f', '\\u{61c}\\u{200e}\\u{200f}'],
  ['an override of direction', '\u202a\u202e', '\\u{202a}\\u{202e}'],
  ['an isolate of direction', '\u2066\u2068\u2069', '\\u{2066}\\u{2068}\\u{2069}'],
])('%s is shown by its number', (_, text, shown) => {
  expect(visibleLine(`a${text}b`)).toBe(`a${shown}b`);
  expect(visibleLines(`a${text}b`)).toBe(`a${shown}b`);
});

test('ends of lines and tabs stay in several lines, and in one they do not', () => {
  expect(visibleLines('a\n\tb')).toBe('a\n\tb');
  expect(visibleLine('a\n\tb')).toBe('a\\u{a}\\u{9}b');
});

test('what people write is left alone', () => {
  const text = '调度村 – “who” 👋🏽 e\u0301';
  expect([visibleLine(text), visibleLines(text)]).toEqual([text, text]);
});
