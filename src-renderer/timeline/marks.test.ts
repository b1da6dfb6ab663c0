import { expect, test } from 'vitest';
import type { State } from '../../src-main/contract/index';
import { pathInFocus, pathOfDoer } from './marks';

test.each([
  [['M0', 'P0'], 'M.M0'],
  [['forest', 'G1'], 'G.G1'],
  [['watchman', 'P.P0.runnext', 'P0'], 'P.P0.runnext'],
  [['forest'], undefined],
  [[], undefined],
])('a lesson step about %j has the card of %s', (focus, path) => {
  expect(pathInFocus(focus)).toBe(path);
});

test('a bookmark tells of whoever does its step, if they are there', () => {
  const state = {
    G: { G1: { name: 'main' }, G2: { name: 'worker#1' }, G3: { name: 'worker#2' } },
    M: { M0: { role: 'worker' }, M1: { role: 'sysmon' } },
  } as unknown as State;
  const paths = ['main', 'worker', 'worker#2', 'M0', 'sysmon', 'nobody'].map((who) => pathOfDoer(who, state));
  expect(paths).toEqual(['G.G1', 'G.G2', 'G.G3', 'M.M0', 'M.M1', undefined]);
});
