/** Depth is counted, not felt: the same file is always read, or always refused, at the same place. */
import { expect, test } from 'vitest';
import { faultText } from './fault';
import { MOST_LEVELS } from './yaml-document';
import { YamlSource } from './yaml-source';

const faults = (text: string): string[] => new YamlSource(text, 'x').faults.map((fault) => faultText(fault, 'en'));
const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

test('as deep as may be is read, one deeper is refused where it gets too deep', () => {
  expect(faults(nested(MOST_LEVELS))).toEqual([]);
  expect(faults(`# first\n${nested(MOST_LEVELS + 1)}`)).toEqual([`x:2:${MOST_LEVELS + 1}: nested too deeply`]);
});

test.each([
  ['lists by their dashes', '- '.repeat(2_000)],
  ['maps', `${'{ a: '.repeat(2_000)}1${' }'.repeat(2_000)}`],
  ['keys', '? '.repeat(2_000)],
  ['never closed', '['.repeat(20_000)],
])('%s', (_, text) => {
  expect(faults(text)).toEqual([expect.stringContaining('nested too deeply')]);
});

test('a second document is told, with its place', () => {
  expect(faults('a: 1\n---\nb: 2\n')).toHaveLength(1);
  expect(faults('a: 1\n---\nb: 2\n')[0]).toMatch(/^x:2:/);
});

test('the lines of a quoted text that is out of place count, too', () => {
  const text = 'title: : x" en: "b" }\nruntime:\n  g: 1\nb"\n  main:**\n    - exit: 3';
  expect(faults(text).at(-1)).toMatch(/^x:6:13: /);
});

test('of very many faults the first ones are kept', () => {
  expect(faults(' }'.repeat(60_000)).length).toBe(5_000);
});
