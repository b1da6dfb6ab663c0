import { expect, test } from 'vitest';
import { Pages } from './pages.svelte';

test('pages are turned up to the last one and back to the first', () => {
  const pages = new Pages();
  pages.begin('a');
  expect([pages.next(), pages.previous(), pages.hasNext]).toEqual([false, false, false]);
  pages.measured(3);
  expect([pages.next(), pages.next(), pages.next(), pages.at]).toEqual([true, true, false, 2]);
  expect([pages.previous(), pages.at]).toEqual([true, 1]);
});

test('another text begins on its first page; the same in another layout stays where it is, as far as it goes', () => {
  const pages = new Pages();
  pages.begin('a');
  pages.measured(4);
  pages.turnTo(3);
  pages.begin('a');
  expect(pages.at).toBe(3);
  pages.measured(2);
  expect(pages.at).toBe(1);
  pages.measured(0);
  expect([pages.at, pages.count]).toEqual([0, 1]);
  pages.measured(4);
  pages.turnTo(9);
  expect(pages.at).toBe(3);
  pages.begin('b');
  expect([pages.at, pages.count, pages.hasNext]).toEqual([0, 1, false]);
});
