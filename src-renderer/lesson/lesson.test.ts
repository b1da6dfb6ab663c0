import { render } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { codeParts } from './code-words';
import type { Erratum } from '../../src-main/contract/index';
import { erratumOrder, fullName, linesText, shortName } from './documents';
import { outcomeText } from './outcome';
import Prose from './Prose.svelte';

describe('what is set in the code font', () => {
  test.each([
    ['−4095 是 `0xfffffffffffff001`。', ['−4095 是 ', '`0xfffffffffffff001', '。']],
    ['`m.oldp = P0`', ['`m.oldp = P0']],
    ['`AX`、`CX`', ['`AX', '、', '`CX']],
    ['Go 1.14, e.g. m.oldp', ['Go 1.14, e.g. m.oldp']],
    ['', []],
  ])('%s', (text, parts) => {
    expect(codeParts(text).map((part) => (part.isCode ? '`' : '') + part.text)).toEqual(parts);
  });
});

describe('errata', () => {
  const erratum = (id: string, ...documents: string[]): Erratum => ({
    id,
    class: 'incomplete',
    places: documents.map((document) => ({ document, lines: '1', words: null })),
    text: { zh: '', en: '' },
  });

  test('the lesson’s own document comes first, among the errata and within one', () => {
    const told = erratumOrder(
      [erratum('E08', '002'), erratum('E42', '004'), erratum('E15', '000', '004'), erratum('E37', '000', '003')],
      ['004'],
    );
    expect(told.map(({ erratum: { id, places }, isOwn }) => [id, isOwn, places.map(({ document }) => document)])).toEqual([
      ['E42', true, ['004']],
      ['E15', true, ['004', '000']],
      ['E08', false, ['002']],
      ['E37', false, ['000', '003']],
    ]);
  });

  test.each([
    ['166', '第 166 行', 'line 166'],
    ['16-18, 21', '第 16–18、21 行', 'lines 16–18, 21'],
    ['21, 54', '第 21、54 行', 'lines 21, 54'],
  ])('lines %s', (lines, zh, en) => {
    expect([linesText(lines, 'zh'), linesText(lines, 'en')]).toEqual([zh, en]);
  });

  test('a document that is not ours is called by what the file calls it', () => {
    expect(shortName('007', 'zh')).toBe('文档 007');
    expect(fullName('007', 'en')).toBe('document 007');
    expect(fullName('004', 'zh')).toContain('比喻');
  });
});

test.each([
  [{ kind: 'exit', code: 0, message: '' }, '程序正常结束（退出码 0）', 'The program ended normally (exit status 0)'],
  [{ kind: 'exit', code: 3, message: '' }, '程序结束，退出码 3', 'The program ended with exit status 3'],
  [
    { kind: 'deadlock', code: 2, message: 'x' },
    '死锁：人人都在等，没有谁会来叫醒（退出码 2）',
    'Deadlock: everyone is waiting and no one is left to wake them (exit status 2)',
  ],
  [
    { kind: 'deadlock', code: 2, message: 'fatal error: no goroutines (main called runtime.Goexit) - deadlock!' },
    '死锁：main 用 Goexit 走了，一个 goroutine 也不剩，没有谁来结束程序（退出码 2）',
    'Deadlock: main has left by Goexit, and no goroutine is left to end the program (exit status 2)',
  ],
  [{ kind: 'limit', code: null, message: '' }, '到了上限，程序还没有结束', 'The limit was reached before the program ended'],
] as const)('how a run ended is said in words: %j', (outcome, zh, en) => {
  expect([outcomeText(outcome, 'zh'), outcomeText(outcome, 'en')]).toEqual([zh, en]);
});

test('prose that stands in no lesson is in the page’s language; its code is in none of ours', () => {
  const { container } = render(Prose, { text: 'the `retake` of sysmon' });
  expect([...container.querySelectorAll('[lang]')].map(({ tagName }) => tagName)).toEqual(['CODE']);
});
