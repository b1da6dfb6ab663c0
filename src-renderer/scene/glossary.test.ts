/** Everything that the window draws or says in the metaphor has its term, and no file but the glossary knows the metaphor's Chinese words. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../assets/words/index';
import { SPAN_KINDS } from '../../src-main/contract/index';
import { CHILD_POSES, DOINGS, DOORS, EVENTS, glossary, PARENT_POSES, SIGNS, termsOn, word, written } from './glossary';
import { LEGEND } from './legend';
import { parentName } from './names';
import type { Plan } from './scene-figures';
import { describe as inWords } from './scene-words';

const sorted = (ids: readonly string[]): string[] => [...ids].sort();
const idsOf = (kind: string): string[] =>
  sorted(Object.keys(glossary.terms).flatMap((id) => (id.startsWith(`${kind}.`) ? [id.slice(kind.length + 1)] : [])));

test('every pose and every door of the scene has its term, and no term is without one', () => {
  expect(idsOf('parent')).toEqual(sorted(DOINGS));
  expect(idsOf('child')).toEqual(sorted(CHILD_POSES));
  expect(idsOf('door')).toEqual(sorted(DOORS));
  expect(idsOf('event')).toEqual(sorted(EVENTS));
});

test('every board and every kind of span has its text, and no text is without one', () => {
  expect(sorted(termsOn('sign').map(({ id }) => id))).toEqual(sorted(SIGNS));
  expect(termsOn('timeline')).toHaveLength(SPAN_KINDS.length);
});

test('the README tells the sign of every term, and of nothing else', () => {
  const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  const rows = readme.slice(readme.indexOf('## Signs')).matchAll(/^\| ((?:`[\w.]+` ?)+)\|/gm);
  const told = [...rows].flatMap(([, cell = '']) => [...cell.matchAll(/`([\w.]+)`/g)].map(([, id = '']) => id));
  expect(sorted(told)).toEqual(sorted(Object.keys(glossary.terms)));
});

test('the legend of exported pictures names what the village is made of', () => {
  expect(LEGEND).toHaveLength(17);
  expect(LEGEND[0]).toEqual({ zh: ['家长', 'M（线程）'], en: ['parent', 'M (thread)'] });
});

test('what the glossary does not hold cannot be asked for in silence', () => {
  expect(() => word('door.window' as 'door.open')).toThrow('assets/glossary.yaml has no term door.window');
  expect(() => written('stool', 'sign')).toThrow('says nothing for stool on sign');
});

test.each(LANGUAGES)('what a parent is doing is said in the reader’s language: %s', (language) => {
  const plan = { houses: [], orphans: 1, sleepers: 2 };
  for (const doing of PARENT_POSES) {
    const parents = [{ id: 'M1', name: parentName('M1', 'sysmon', { M: [], P: [], G: {} }, language), doing }];
    const said = inWords({ ...plan, parents } as unknown as Plan, language);
    expect(said).toContain(`${language === 'zh' ? '更夫' : 'Watchman'} (M1): ${word(`parent.${doing}`)[language]}. `);
    expect(said).toContain(
      language === 'zh' ? '孤儿院 1 个孩子，养老院 2 位家长' : '1 child in the orphanage, 2 parents in the nursing home',
    );
  }
});

/** Chinese words of the metaphor, of the glossary itself and as people say them. */
const METAPHOR = [...new Set([...Object.values(glossary.terms).map((term) => term.word.zh), '房子', '孤儿', '打猎', '娃'])].filter((each) =>
  /[一-鿿]/.test(each),
);
const ROOT = join(import.meta.dirname, '..');
const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.(ts|svelte)$/.test(file) && !/\.test\.ts$/.test(file) && !file.startsWith('testdata'),
);

const metaphorIn = (text: string): string[] => METAPHOR.filter((each) => text.includes(each));
const forksIn = (text: string): string[] => text.match(/language\s*[!=]==|[!=]==\s*'(zh|en)'|\b(zh|en)\s*:\s*['"`[]/g) ?? [];

test('the search finds what it looks for', () => {
  expect(METAPHOR).toContain('更夫');
  expect(metaphorIn(`const a = '更夫';`)).toEqual(['更夫']);
  expect(forksIn(`language === 'zh' ? 1 : 2`)).toHaveLength(1);
  expect(forksIn(`const WORDS = { zh: '门', en: 'door' }`)).toHaveLength(2);
  expect(sources.filter((file) => /^(scene|timeline|window)\//.test(file)).length).toBeGreaterThan(12);
});

test.each(sources)('%s has none of the metaphor’s words', (file) => {
  expect(metaphorIn(readFileSync(join(ROOT, file), 'utf8'))).toEqual([]);
});

test.each(sources.filter((file) => /^(scene|timeline|window)\//.test(file)))('%s knows no single language', (file) => {
  expect(forksIn(readFileSync(join(ROOT, file), 'utf8'))).toEqual([]);
});
