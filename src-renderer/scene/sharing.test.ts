/** What two values have in common is the same object in both. */
import { expect, test } from 'vitest';
import { alike, sharing, sharingEach } from './sharing';

test.each([
  ['texts and numbers in things in lists', { a: [{ b: 'c', d: 1 }] }, { a: [{ b: 'c', d: 1 }] }, true],
  ['another text', { a: 'b' }, { a: 'c' }, false],
  ['one more key', { a: 1 }, { a: 1, b: 2 }, false],
  ['one key less', { a: 1, b: 2 }, { a: 1 }, false],
  ['a key without a value is not a key that is not there', { a: undefined, b: 1 }, { b: 1 }, false],
  ['… nor the other way round', { b: 1 }, { a: undefined, b: 1 }, false],
  ['… nor another one', { a: undefined }, { b: undefined }, false],
  ['keys without values', { a: undefined }, { a: undefined }, true],
  ['nothing is no thing', { a: null }, { a: {} }, false],
  ['a list is not a thing', { a: [] }, { a: {} }, false],
  ['a longer list', [1], [1, 2], false],
  ['what is not a number is itself', [NaN], [NaN], true],
])('whether they say the same: %s', (_, before, now, isSame) => {
  expect(sharing<unknown>(before, now)).toBe(isSame ? before : now);
});

const named = (names: string): { id: string; at: number }[] =>
  names.split(' ').map((name) => ({ id: name.charAt(0), at: Number(name.slice(1)) }));

test.each([
  ['all as before', 'a1 b2 c3', 'a1 b2 c3', 'abc'],
  ['one says something else', 'a1 b2 c3', 'a1 b5 c3', 'a-c'],
  ['one has come before the others', 'a1 b2', 'x0 a1 b2', '-ab'],
  ['one has left', 'a1 b2 c3', 'b2 c3', 'bc'],
  ['they have changed places', 'a1 b2', 'b2 a1', 'ba'],
])('of a list: %s', (_, before, now, kept) => {
  const [was, is] = [named(before), named(now)];
  const shared = sharingEach(was, is, ({ id }) => id);
  expect(shared).toEqual(is);
  expect(shared.map((each) => (was.includes(each) ? each.id : '-')).join('')).toBe(kept);
  expect(shared === was).toBe(before === now);
});

test('a list of the very same things is the list before', () => {
  const [one, other] = [{}, {}];
  const before = [one, other];
  expect(alike(before, [one, other])).toBe(before);
  for (const now of [[one], [other, one], [one, {}]]) expect(alike<object>(before, now)).toBe(now);
});
