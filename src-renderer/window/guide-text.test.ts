import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Language, LANGUAGES, WORDS } from '../../assets/words/index';
import { commandOf } from '../../src-main/contract/index';
import { formatsGuide } from './formats-guide';
import { GUIDES, guideText } from './guides';
import { guideBlocks, guideParts } from './guide-text';

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

test('an item goes on in lines that are moved in, without a blank between Chinese sentences; what leads to a guide is a part of its own', () => {
  expect(guideBlocks('1. a\n   b\n   c\n2. d\n\n- 甲。\n  乙。\n\n### E')).toEqual([
    { kind: 'list', isNumbered: true, items: ['a b c', 'd'] },
    { kind: 'list', isNumbered: false, items: ['甲。乙。'] },
    { kind: 'heading', level: 3, text: 'E' },
  ]);
  expect(guideParts('see [the formats](formats), `[a](b)`')).toEqual([
    { text: 'see ', to: null },
    { text: 'the formats', to: 'formats' },
    { text: ', `[a](b)`', to: null },
  ]);
});

test('what leads to another guide leads to one that is there, and a teacher is led to how lessons are written', async () => {
  for (const language of LANGUAGES) {
    const found = await Promise.all(
      GUIDES.map(async (guide) =>
        guideParts(await guideText(guide, language)).flatMap(({ to }) => (to === null ? [] : [`${guide} ${to}`])),
      ),
    );
    expect(found.flat().sort(), language).toEqual(['developer formats', 'teacher formats']);
  }
});

/** The page that has both languages. */
const PAGE = readFileSync('src-main/formats/README.md', 'utf8');

describe('how scenarios and lessons are written, in one language', () => {
  const prose = (language: Language): string =>
    formatsGuide(PAGE, language)
      .replace(/^```[^]*?^```/gm, '')
      .replace(/`[^`]*`/g, '')
      .replace(/[“][^”]*”/g, '');

  test('nothing of the one is left in the other', () => {
    expect(prose('en').match(/^.*\p{Script=Han}.*$/gmu)).toBeNull();
    const english = prose('zh')
      .split('\n')
      .filter((line) => /[a-z]{2,} [a-z]{2,} [a-z]{2,} [a-z]{2,}/.test(line) && !/\p{Script=Han}/u.test(line));
    expect(english).toEqual([]);
  });

  test('every listing, every row of every table and every part is in both, up to what only the product’s own files have', () => {
    const [teachers = ''] = PAGE.split('## 伪代码');
    const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;
    for (const language of LANGUAGES) {
      const guide = formatsGuide(PAGE, language);
      for (const what of [/^```yaml$/gm, /^\|/gm, /^#/gm]) expect(count(guide, what), `${language} ${what}`).toBe(count(teachers, what));
    }
    expect(formatsGuide(PAGE, 'en')).toMatch(/^## Lesson$/m);
    expect(formatsGuide(PAGE, 'en')).not.toMatch(/readme\.test|Pseudo-code/);
  });

  test('the same code stands in both: whoever reads the one is told no less', () => {
    const codes = (language: Language): string[] =>
      [
        ...formatsGuide(PAGE, language)
          .replace(/^```[^]*?^```/gm, '')
          .matchAll(/`([^`]+)`/g),
      ].map(([, code = '']) => code);
    const [zh, en] = [new Set(codes('zh')), new Set(codes('en'))];
    const isSaid = (code: string): boolean => /\p{Script=Han}|FILE|FACTS|NAME/u.test(code);
    expect([...zh].filter((code) => !en.has(code) && !isSaid(code))).toEqual([]);
    expect([...en].filter((code) => !zh.has(code) && !isSaid(code))).toEqual([]);
  });
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
      // There single letters are keys of a file.
      const keys = guide === 'formats' ? [] : code.filter((each) => each.length === 1);
      expect(
        keys.filter((key) => commandOf({ key: key.toLowerCase(), code: '', shiftKey: false }) === null),
        `${guide}, ${language}`,
      ).toEqual([]);
    }
  }
});
