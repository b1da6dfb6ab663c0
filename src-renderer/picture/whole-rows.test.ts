import { expect, test } from 'vitest';
import { isCut } from './whole-rows';

const frame = { top: 100, bottom: 200 };

test.each([
  ['inside', 110, 130, false],
  ['at both edges', 100, 200, false],
  ['below, unseen', 200, 220, false],
  ['above, unseen', 80, 100, false],
  ['half below', 190, 210, true],
  ['half above', 90, 110, true],
  ['larger than the frame', 90, 210, true],
  ['out by less than a letter', 181, 201, false],
])('a row %s', (_, top, bottom, cut) => {
  expect(isCut({ top, bottom }, frame)).toBe(cut);
});
