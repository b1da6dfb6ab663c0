import { expect, test } from 'vitest';
import { isDone, lessonToGoOnWith, seenOf } from './course-progress';

const CARDS = [
  { id: 'one', steps: 2 },
  { id: 'two', steps: 3 },
  { id: 'three', steps: 1 },
];
const seen = (...ids: string[]) => ({ seen: ids });

test('what has been seen is counted, never more than there is', () => {
  const progress = { one: seen('a'), two: seen('a', 'b', 'c', 'gone') };
  expect(CARDS.map((card) => seenOf(card, progress))).toEqual([1, 3, 0]);
  expect(CARDS.map((card) => isDone(card, progress))).toEqual([false, true, false]);
  expect(seenOf({ id: 'toString', steps: 2 }, {})).toBe(0);
});

test.each([
  ['where we stopped', { two: seen('a', 'b') }, 'two', { number: 2, seen: 2, way: 'goOn' }],
  ['where no more than the first step has been seen', { one: seen('a') }, 'one', { number: 1, seen: 1, way: 'begin' }],
  ['at the first lesson, when nothing was open', {}, null, { number: 1, seen: 0, way: 'begin' }],
  ['with the next one, when that is done', { one: seen('a', 'b') }, 'one', { number: 2, seen: 0, way: 'next' }],
  ['with one that has been begun', { one: seen('a', 'b'), two: seen('a') }, 'one', { number: 2, seen: 1, way: 'goOn' }],
  ['from the beginning, after the last', { three: seen('a') }, 'three', { number: 1, seen: 0, way: 'next' }],
  [
    'where we stopped, when all is done',
    { one: seen('a', 'b'), two: seen('a', 'b', 'c'), three: seen('a') },
    'two',
    { number: 2, seen: 3, way: 'goOn' },
  ],
] as const)('it goes on %s', (_, progress, here, expected) => {
  expect(lessonToGoOnWith(CARDS, progress, here)).toMatchObject(expected);
});

test('without lessons there is nothing to go on with', () => {
  expect(lessonToGoOnWith([], {}, null)).toBeNull();
});
