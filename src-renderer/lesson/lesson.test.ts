import { describe, expect, test } from 'vitest';
import { codeParts } from './code-words';
import { errataGroups, fullName, namesOf, shortName } from './documents';
import { outcomeText } from './outcome';

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
  const erratum = (id: string, ...sources: string[]) => ({ id, sources, text: { zh: '', en: '' } });

  test('those of the lesson’s own document stand by themselves', () => {
    const { own, others } = errataGroups(
      [erratum('E42', '004'), erratum('E08', '002'), erratum('E15', '004', '000'), erratum('E37', '000', '003')],
      ['004'],
    );
    expect(own.map(({ erratum: { id }, also }) => [id, also && namesOf(also, 'zh')])).toEqual([
      ['E42', null],
      ['E15', '零号文档'],
    ]);
    expect(others.map(({ erratum: { id }, from }) => [id, namesOf(from, 'en')])).toEqual([
      ['E08', 'document 2'],
      ['E37', 'document 0 and document 3'],
    ]);
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
  [{ kind: 'limit', code: null, message: '' }, '到了上限，程序还没有结束', 'The limit was reached before the program ended'],
] as const)('how a run ended is said in words: %j', (outcome, zh, en) => {
  expect([outcomeText(outcome, 'zh'), outcomeText(outcome, 'en')]).toEqual([zh, en]);
});
