import { describe, expect, test } from 'vitest';
import { goldenRun } from '../testdata/runs';
import { applied, type State } from '../../src-main/contract/index';
import { scenePlan } from './scene-plan';
import { labelledAt, spotAt, spotOf, spotsOf, type ThingSpot } from './spots';

const box = (x: number, y: number, w: number, h: number): ThingSpot['box'] => ({ x, y, w, h });

describe('pointing at the stage', () => {
  const spots: ThingSpot[] = [
    { path: 'sched.runq', box: box(0, 0, 200, 100) },
    { path: 'M.M0', box: box(50, 20, 40, 60) },
    { path: 'G.G1', box: box(80, 40, 8, 8) },
  ];

  test.each([
    ['what lies in front', 84, 44, 'G.G1'],
    ['a small figure that is nearly hit', 93, 44, 'G.G1'],
    ['what lies behind it, a little farther off', 70, 70, 'M.M0'],
    ['the yard around them', 150, 50, 'sched.runq'],
    ['nothing', 300, 50, null],
  ])('means %s', (_, x, y, path) => {
    expect(spotAt(spots, x, y, 24)?.path ?? null).toBe(path);
  });

  test('whoever bears the name, though somebody else stands below it', () => {
    const labels = [
      { of: 'G1', x: 70, y: 30, w: 20, h: 10 },
      { of: 'G9', x: 70, y: 90, w: 20, h: 10 },
    ];
    expect(spotAt(spots, 70, 30, 24)?.path).toBe('M.M0');
    expect(labelledAt(labels, spots, 70, 30)?.path).toBe('G.G1');
    expect(labelledAt(labels, spots, 81, 30)).toBe(null);
    expect(labelledAt(labels, spots, 70, 90)).toBe(null);
  });

  test('a field is where its thing is', () => {
    expect(spotOf(spots, 'G.G1.status')?.path).toBe('G.G1');
    expect(spotOf(spots, 'G.G12')).toBe(null);
  });
});

test.each(['S2', 'S7'])('in every state of %s each figure that is drawn is found in its own middle', (name) => {
  const { first, steps } = goldenRun(name);
  let state: State = first;
  const missed = new Set<string>();
  for (const step of steps) {
    state = applied(state, step);
    if (step.n % 7 !== 0) continue;
    const plan = scenePlan({ state, step, cast: { M: [], P: [], G: {} }, language: 'en', frame: { width: 1_140, height: 350 } });
    const spots = spotsOf(plan);
    for (const { id, x, y, scale } of plan.children)
      if (spotAt(spots, x, y - 20 * scale, 24)?.path !== `G.${id}`) missed.add(`${step.n} ${id}`);
    for (const { id } of plan.parents) expect(spotOf(spots, `M.${id}`)?.path).toBe(`M.${id}`);
    for (const { box: own } of spots) expect(Object.values(own).every(Number.isFinite)).toBe(true);
  }
  expect([...missed]).toEqual([]);
});
