import { expect, test } from 'vitest';
import { LANGUAGES, WORDS } from '../../assets/words/index';
import { commandOf } from '../../src-main/contract/index';
import { GUIDES, guideText } from './guides';
import { guideBlocks } from './guide-text';

test('each kind of block', () => {
  expect(guideBlocks('# A\n\nOne\ntwo.\n\n- x\n- y\n\n1. p\n2. q\n\n```\na\n  b\n```\n\n| k | v |\n| --- | --- |\n| 1 | `2` |\n')).toEqual([
    { kind: 'heading', level: 1, text: 'A' },
    { kind: 'paragraph', text: 'One two.' },
    { kind: 'list', isNumbered: false, items: ['x', 'y'] },
    { kind: 'list', isNumbered: true, items: ['p', 'q'] },
    { kind: 'code', text: 'a\n  b' },
    { kind: 'table', head: ['k', 'v'], rows: [['1', '`2`']] },
  ]);
});

test('there is a guide for each reader in each language, with the same parts', async () => {
  for (const guide of GUIDES) {
    const kinds = await Promise.all(
      LANGUAGES.map(async (language) => guideBlocks(await guideText(guide, language)).map(({ kind }) => kind)),
    );
    expect(kinds[0]?.length, guide).toBeGreaterThan(8);
    for (const each of kinds) expect(each, guide).toEqual(kinds[0]);
  }
});

/** Names on other programs' windows. */
const OTHERS = {
  zh: ['应用程序', '教育', '添加活动或资源', 'SCORM 课件包', '课件包文件', '评分方法', '最高分', '函数/哪一行'],
  en: ['Add an activity or resource', 'SCORM package', 'Package file', 'Grading method', 'Highest grade', 'function/row'],
};
/** Waits as a trace of Go names them. */
const OF_GO = ['IO wait'];

const textsIn = (words: unknown): string[] => (typeof words === 'string' ? [words] : Object.values(words as object).flatMap(textsIn));

test('what the guides say is on the window is there, and the keys that they name do something', async () => {
  for (const language of LANGUAGES) {
    const known = [...textsIn(WORDS[language]), ...OTHERS[language], ...OF_GO];
    for (const guide of GUIDES) {
      const text = await guideText(guide, language);
      const quoted = [...text.matchAll(/「([^」]+)」|“([^”]+)”/g)].map(([, a, b]) => a ?? b ?? '');
      expect(
        quoted.filter((each) => !known.includes(each)),
        `${guide}, ${language}`,
      ).toEqual([]);
      const code = [...text.replace(/^```[^]*?^```/gm, '').matchAll(/`([^`]+)`/g)].map(([, each = '']) => each);
      const keys = code.filter((each) => each.length === 1);
      expect(
        keys.filter((key) => commandOf({ key: key.toLowerCase(), code: '', shiftKey: false }) === null),
        `${guide}, ${language}`,
      ).toEqual([]);
    }
  }
});
