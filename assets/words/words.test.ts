import { expect, test } from 'vitest';
import en from './en';
import { fill, inEveryLanguage, isLanguage, LANGUAGES, nextLanguage, WORDS } from './index';
import type { Phrase, Translation } from './phrase';
import zh from './zh';

interface Tree {
  readonly [key: string]: string | Tree;
}

/** Every text with its path. */
function texts(tree: Tree, path = ''): [path: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : texts(value, `${path}${key}.`),
  );
}

const placesIn = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)[^}]*\}/g)].map(([, name = '']) => name))].sort();

const first = new Map(texts(zh));

test.each(LANGUAGES)('%s has the texts of the first language, each with the same places, and none is empty by accident', (language) => {
  const own = texts(WORDS[language] as unknown as Tree);
  expect(own.map(([path]) => path).sort()).toEqual([...first.keys()].sort());
  for (const [path, text] of own) {
    expect(placesIn(text), path).toEqual(placesIn(first.get(path) ?? ''));
    expect(text === '', path).toBe(first.get(path) === '');
  }
});

test('every brace belongs to a place', () => {
  for (const language of LANGUAGES)
    for (const [path, text] of texts(WORDS[language] as unknown as Tree))
      expect(text.replace(/\{\w+(:[^{}|]*\|[^{}|]*)?\}/g, ''), `${language} ${path}`).not.toMatch(/[{}]/);
});

test('places are filled, and a word is chosen by its number', () => {
  expect(fill(WORDS.zh.window.saved, { path: '/a' })).toBe('已写到 /a');
  expect(fill(WORDS.en.playground.more, { n: 1 })).toBe('1 more byte');
  expect(fill(WORDS.en.playground.more, { n: 12 })).toBe('12 more bytes');
  expect(fill(WORDS.zh.playground.more, { n: 1 })).toBe('还有 1 字节');
  // What is filled in is not looked at again.
  expect(fill(WORDS.en.window.failed, { why: '{why} $1' })).toBe('Something went wrong: {why} $1');
});

test('languages follow one another in a circle', () => {
  expect(LANGUAGES.slice(0, 2)).toEqual(['zh', 'en']);
  expect(nextLanguage('zh')).toBe('en');
  expect(nextLanguage(LANGUAGES.at(-1) ?? 'en')).toBe('zh');
  expect([isLanguage('en'), isLanguage('toString'), isLanguage(null)]).toEqual([true, false, false]);
  expect(inEveryLanguage((words) => words.window.play)).toMatchObject({ zh: zh.window.play, en: en.window.play });
});

/** Never called: the type check is the test, and each line that it must refuse says so. */
export function refusedByTheTypeCheck(phrase: Phrase<'path'>): unknown[] {
  // @ts-expect-error a place is left out
  const unfilled = fill(phrase, {});
  // @ts-expect-error there is no such place
  const misspelt = fill(phrase, { path: '', way: '' });
  // @ts-expect-error a phrase cannot be printed before it is filled
  const printed: string = WORDS.zh.window.saved;
  // @ts-expect-error there is no such text
  const missing = WORDS.zh.window.notThere;
  type Some = { readonly a: 'x'; readonly b: '{n} of {all}' };
  // @ts-expect-error a text is missing
  const less = { b: '{all}: {n}' } satisfies Translation<Some>;
  // @ts-expect-error a place is missing
  const flat = { a: 'y', b: 'all of {all}' } satisfies Translation<Some>;
  // @ts-expect-error a text too many
  const more = { a: 'y', b: '{all}: {n}', c: '' } satisfies Translation<Some>;
  const good = { a: 'y', b: '{all}: {n}' } satisfies Translation<Some>;
  return [unfilled, misspelt, printed, missing, less, flat, more, good];
}
