import { expect, test } from 'vitest';
import { markNear, pathInFocus } from './marks';

test.each([
  [['M0', 'P0'], 'M.M0'],
  [['forest', 'G1'], 'G.G1'],
  [['watchman', 'P.P0.runnext', 'P0'], 'P.P0.runnext'],
  [['forest'], undefined],
  [[], undefined],
])('a lesson step about %j has the card of %s', (focus, path) => {
  expect(pathInFocus(focus)).toBe(path);
});

test.each([
  ['the nearest of several', 104, 105],
  ['one that is near enough', 188, 200],
  ['none', 150, null],
] as const)('a press means %s', (_, px, wanted) => {
  expect(markNear([100, 105, 200], (n) => n, px)).toBe(wanted);
});
