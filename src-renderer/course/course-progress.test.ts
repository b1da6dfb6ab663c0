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
  ['where we stopped', {}, 'two', { number: 2, seen: 0, isNew: false }],
  ['at the first lesson, when nothing was open', {}, null, { number: 1, seen: 0, isNew: true }],
  ['with the next one, when that is done', { one: seen('a', 'b') }, 'one', { number: 2, seen: 0, isNew: true }],
  ['with one that has been begun', { one: seen('a', 'b'), two: seen('a') }, 'one', { number: 2, seen: 1, isNew: false }],
  ['from the beginning, after the last', { three: seen('a') }, 'three', { number: 1, seen: 0, isNew: true }],
  [
    'where we stopped, when all is done',
    { one: seen('a', 'b'), two: seen('a', 'b', 'c'), three: seen('a') },
    'two',
    { number: 2, seen: 3, isNew: false },
  ],
] as const)('it goes on %s', (_, progress, here, expected) => {
  expect(lessonToGoOnWith(CARDS, progress, here)).toMatchObject(expected);
});

test('without lessons there is nothing to go on with', () => {
  expect(lessonToGoOnWith([], {}, null)).toBeNull();
});
