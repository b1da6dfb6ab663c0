import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { escaped, fontsFor, textLines, withOwnIds } from './svg-parts';

/** Characters of 10 px each, so many in a line of 20 px. */
const laidOut = (perLine: number) => (from: number) => {
  const [column, line] = [from % perLine, Math.floor(from / perLine)];
  return { left: column * 10, right: column * 10 + 10, top: line * 20, width: 10 };
};

test('a text that was broken is written line by line, as wide as it stands', () => {
  expect(textLines('出门打猎', laidOut(3))).toEqual([
    { text: '出门打', left: 0, top: 0, width: 30 },
    { text: '猎', left: 0, top: 20, width: 10 },
  ]);
});

test('what is not drawn is not written: blanks between elements, lines without a sign', () => {
  expect(textLines('\n  a\n', (from) => (from === 3 ? { left: 5, right: 15, top: 0, width: 10 } : null))).toEqual([
    { text: 'a', left: 5, top: 0, width: 10 },
  ]);
  expect(textLines('   ', laidOut(9))).toEqual([]);
});

test('a sign of two halves stays whole', () => {
  expect(textLines('𠮷a', (from) => laidOut(9)(from === 0 ? 0 : from - 1)).map(({ text }) => text)).toEqual(['𠮷a']);
});

test('names inside of a file become its own wherever they are meant', () => {
  expect(withOwnIds('<clipPath id="a"/><g clip-path="url(#a)"/><g fill="url(&quot;#b&quot;)"/>', 'x-')).toBe(
    '<clipPath id="x-a"/><g clip-path="url(#x-a)"/><g fill="url(#x-b)"/>',
  );
});

test('signs of the markup are text', () => {
  expect(escaped('a<b & "c"')).toBe('a&lt;b &amp; &quot;c&quot;');
});

test('a file names letters that other systems have, too', () => {
  const style = readFileSync(join(import.meta.dirname, '../window/app.css'), 'utf8');
  const named = (variable: string): string => new RegExp(`--${variable}: ([^;]+);`).exec(style)?.[1] ?? '';
  expect(fontsFor(named('sans'))).toMatch(/^'Schedville Sans', 'Schedville Signs'.*PingFang SC.*sans-serif$/);
  expect(fontsFor(named('mono'))).toMatch(/^'Schedville Mono', .*Consolas.*'Schedville Sans', 'Schedville Signs'.*monospace$/);
});
