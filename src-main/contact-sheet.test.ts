/** npm run sheet: which moments of a run are shown beside which earlier pictures. */
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

interface Earlier {
  called: string;
  picture: string;
}
const { earlierIn, momentsOf } = (await import(pathToFileURL(join(import.meta.dirname, '..', '.ci', 'contact-sheet.mjs')).href)) as {
  earlierIn: (given: string, list: (folder: string) => string[]) => Earlier[];
  momentsOf: (name: string, earlier: readonly Earlier[]) => { part: number; before: string | null }[];
};

const FILES = ['today-p16-0_6.png', 'p16-0_3.png', 'today-p1-1_0.png', 'today-p160-0_5.png', 'p16.png', 'c++.x-0_2.png'];
const earlier = (...given: string[]): Earlier[] => given.flatMap((each) => earlierIn(each, () => FILES));

test('a scenario is shown where it was pictured before, in the order of its run, and only beside its own pictures', () => {
  expect(momentsOf('p16', earlier('a'))).toEqual([
    { part: 0.3, before: resolve('a/p16-0_3.png') },
    { part: 0.6, before: resolve('a/today-p16-0_6.png') },
  ]);
  expect(momentsOf('p1', earlier('a'))).toEqual([{ part: 1, before: resolve('a/today-p1-1_0.png') }]);
});

test('one that was not is shown at half and at its end', () => {
  expect(momentsOf('p6', earlier('a'))).toEqual([
    { part: 0.5, before: null },
    { part: 1, before: null },
  ]);
});

test('a picture of another name is given together with whose it is, and of when', () => {
  const given = earlier('a', 'g9990-0_0=a/today-timeline.png', 'p1-0_5=b/one.png');
  expect(momentsOf('g9990', given)).toEqual([{ part: 0, before: resolve('a/today-timeline.png') }]);
  expect(momentsOf('p1', given)).toEqual([
    { part: 0.5, before: resolve('b/one.png') },
    { part: 1, before: resolve('a/today-p1-1_0.png') },
  ]);
});

test('names and paths may have any signs in them', () => {
  expect(momentsOf('p1', earlier('p1-0_5=b/size=big/one=1.png'))).toEqual([{ part: 0.5, before: resolve('b/size=big/one=1.png') }]);
  expect(momentsOf('p16', earlier('b/size=big'))[0]).toEqual({ part: 0.3, before: resolve('b/size=big/p16-0_3.png') });
  expect(momentsOf('c++.x', earlier('size=big'))).toEqual([{ part: 0.2, before: resolve('size=big/c++.x-0_2.png') }]);
});
