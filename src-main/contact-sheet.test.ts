/** npm run sheet: which moments of a run are shown beside which earlier pictures. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const { momentsOf } = (await import(pathToFileURL(join(import.meta.dirname, '..', '.ci', 'contact-sheet.mjs')).href)) as {
  momentsOf: (name: string, earlier: readonly string[]) => { part: number; before: string | null }[];
};

const EARLIER = ['a/today-p16-0_6.png', 'a/p16-0_3.png', 'a/today-p1-1_0.png', 'a/today-p160-0_5.png', 'a/p16.png'];

test('a scenario is shown where it was pictured before, in the order of its run, and only beside its own pictures', () => {
  expect(momentsOf('p16', EARLIER)).toEqual([
    { part: 0.3, before: 'a/p16-0_3.png' },
    { part: 0.6, before: 'a/today-p16-0_6.png' },
  ]);
  expect(momentsOf('p1', EARLIER)).toEqual([{ part: 1, before: 'a/today-p1-1_0.png' }]);
});

test('one that was not is shown at half and at its end', () => {
  expect(momentsOf('p6', EARLIER)).toEqual([
    { part: 0.5, before: null },
    { part: 1, before: null },
  ]);
});

test('a picture of another name is given together with whose it is, and of when', () => {
  const earlier = [...EARLIER, 'g9990-0_0=a/today-timeline.png', 'p1-0_5=b/one.png'];
  expect(momentsOf('g9990', earlier)).toEqual([{ part: 0, before: 'a/today-timeline.png' }]);
  expect(momentsOf('p1', earlier)).toEqual([
    { part: 0.5, before: 'b/one.png' },
    { part: 1, before: 'a/today-p1-1_0.png' },
  ]);
});
