import { expect, test } from 'vitest';
import { LANGUAGES } from '../../assets/words/index';
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
