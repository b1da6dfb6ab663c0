import { expect, test } from 'vitest';
import { pathInFocus } from './marks';

test.each([
  [['M0', 'P0'], 'M.M0'],
  [['forest', 'G1'], 'G.G1'],
  [['watchman', 'P.P0.runnext', 'P0'], 'P.P0.runnext'],
  [['forest'], undefined],
  [[], undefined],
])('a lesson step about %j has the card of %s', (focus, path) => {
  expect(pathInFocus(focus)).toBe(path);
});
