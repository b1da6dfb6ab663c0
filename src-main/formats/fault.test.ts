import { expect, test } from 'vitest';
import { visibleLines } from '../model/visible-text';
import { textOf } from '../model/words';
import { faultLines, faultText } from './fault';

const fault = { file: 'a\u001b[2Jb\n', line: 1, column: 2, message: textOf(() => 'unknown \u202egnp.exe\u0007'), suggestion: 'x\u009b' };

test('nothing of a file steers the terminal or turns the line around', () => {
  expect(faultText(fault, 'en')).toBe('a\\u{1b}[2Jb\\u{a}:1:2: unknown \\u{202e}gnp.exe\\u{7} (did you mean x\\u{9b}?)');
  expect(visibleLines('调度村\tG1\n\u001b')).toBe('调度村\tG1\n\\u{1b}');
});

test('of very many faults the first hundred are told, and how many more there are', () => {
  expect(faultLines(Array(20_000).fill(fault), 'en').trimEnd().split('\n')).toHaveLength(101);
  expect(faultLines(Array(101).fill(fault), 'zh')).toMatch(/1 .*\n$/);
  expect(faultLines([fault], 'en').split('\n')).toHaveLength(2);
  expect(faultLines([], 'en')).toBe('');
});
