import { describe, expect, test } from 'vitest';
import type { Step } from '../../src-main/contract/index';
import { durationMs, MOVING_MS, movesSomebody, nextStride, QUIET_MS } from './pacing';

type Changes = Pick<Step, 'set'>;
const change = (path: string): Changes => ({ set: [[path, null, 1]] });
const moving = change('M.M0.p');
const quiet = change('sysmon.tick');

test.each([
  ['M.M1.p', true],
  ['M.M1', true],
  ['M.M1.kernel', true],
  ['M.M1.spinning', true],
  ['M.M1.parked', true],
  ['M.M1.nextp', true],
  ['M.M1.curg', true],
  ['G.G12.m', true],
  ['G.G12', true],
  ['P.P0.status', true],
  ['P.P0.runnext', true],
  ['P.P0.m', true],
  ['sched.runq', true],
  ['sched.pidle', true],
  ['sched.nmspinning', false],
  ['sysmon.idle', false],
  ['G.G12.status', true],
  ['P.P0.runq', true],
  ['sched.midle', true],
  ['P.P0.schedtick', false],
  ['G.G1.regs.AX', false],
  ['M.M1.spinningtime', false],
])('a change of %s moves somebody: %s', (path, moves) => {
  expect(movesSomebody(change(path))).toBe(moves);
  expect(durationMs(change(path))).toBe(moves ? MOVING_MS : QUIET_MS);
});

describe('a stride', () => {
  const run =
    (...steps: Changes[]) =>
    (n: number) =>
      steps[n - 1];
  const long = run(...Array<Changes>(20_000).fill(quiet));

  test('is one step where somebody moves, however long it was quiet before', () => {
    expect(nextStride(run(quiet, moving, quiet), 1, 3, 500)).toEqual({ steps: 1, ms: MOVING_MS, isQuiet: false });
  });

  test('grows only after a while, and not without end', () => {
    const lengths = [0, 9, 10, 14, 18, 100, 10_000].map((before) => nextStride(long, 0, 20_000, before).steps);
    expect(lengths).toEqual([1, 1, 2, 4, 8, 4_096, 4_096]);
  });

  test.each([
    ['the end', long, 3, 3],
    ['somebody who moves', run(quiet, quiet, moving, quiet), 100, 2],
    ['a step not at hand', run(quiet, quiet), 100, 2],
  ])('stops before %s', (_, stepAt, until, steps) => {
    expect(nextStride(stepAt, 0, until, 10_000).steps).toBe(steps);
  });
});
