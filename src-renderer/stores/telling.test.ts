import { expect, test } from 'vitest';
import type { Step } from '../../src-main/contract/index';
import { TRAVEL_MS } from './pacing';
import { HOP_MS, hopMs, MOST_HOPS, tellingStops } from './telling';

type Told = Pick<Step, 'n' | 'set'>;
const step = (n: number, ...paths: string[]): Told => ({ n, set: paths.map((path) => [path, null, 1]) });
const quiet = (n: number): Told => step(n, 'P.P0.schedtick', 'M.M0.locks');

test('quiet steps are no stops of their own: they go along with the next that tells, and the last ones with the one before', () => {
  expect(tellingStops([quiet(1), step(2, 'P.P0.status'), quiet(3), quiet(4), step(5, 'M.M0.kernel'), quiet(6)])).toEqual([2, 6]);
  expect(tellingStops([quiet(1), quiet(2)])).toEqual([2]);
  expect(tellingStops([])).toEqual([]);
});

test('of many those are shown that change a door, a stay in the kernel or an owner, in their order', () => {
  const small = Array.from({ length: 40 }, (_, i) => step(i + 1, 'M.M0.spinning'));
  const telling = [step(5, 'P.P1.status', 'M.M2.p'), step(20, 'M.M2.kernel'), step(30, 'G.G3.status', 'sched.runq')];
  const stops = tellingStops(small.map((each) => telling.find(({ n }) => n === each.n) ?? each));
  expect(stops).toHaveLength(MOST_HOPS);
  expect(stops).toEqual(expect.arrayContaining([5, 20, 30]));
  expect(stops).toEqual([...stops].sort((a, b) => a - b));
  expect(stops.at(-1)).toBe(40);
});

test('one motion is as long as ever, and several are never too short to be seen', () => {
  expect([1, 2, 4, 6].map(hopMs)).toEqual([TRAVEL_MS, TRAVEL_MS / 2, HOP_MS, HOP_MS]);
});
