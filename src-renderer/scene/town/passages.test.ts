/** Who walks through a large village, and where: on lanes and margins, never over a house; nobody is there and on the way at once. */
import { expect, test } from 'vitest';
import { applied, type PId, type State, type Step } from '../../../src-main/contract/index';
import { Simulation } from '../../../src-main/model/run/simulate';
import { assets, scenarioOf } from '../../../src-main/model/testdata/run-scenario';
import type { Box } from '../scene-layout';
import { along } from '../ways';
import { AT_REST, seenBy } from './camera';
import { passagesBetween, type Stay, wayThrough, withoutWalkers } from './passages';
import { townOf } from './town';
import { areasFor } from './town-layout';

const scenario = scenarioOf(`schedville: 1
kind: scenario
id: walkers
title: { zh: 行人, en: walkers }
runtime: { gomaxprocs: 8 }
goroutines:
  main:
    - go: { name: w, times: 16 }
    - sleep: 2ms
  w:
    - compute: 100us
    - syscall: { name: read, args: [0, { buf: 8 }, 8], takes: 60us, returns: 4 }
    - compute: 50us
`);

const SIZES = [
  [1_024, 315],
  [1_366, 728],
] as const;

function* pairs(): Generator<{ before: State; after: State; step: Step }> {
  const simulation = new Simulation(scenario, assets);
  let before = simulation.first;
  const steps: Step[] = [];
  while (!simulation.outcome) steps.push(...simulation.run(1_000).steps);
  for (const step of steps) {
    const after = applied(before, step);
    yield { before, after, step };
    before = after;
  }
}

test('whoever walks is in no place meanwhile, and goes over no house', () => {
  const seenStays = new Set<string>();
  for (const { before, after, step } of pairs()) {
    const passages = passagesBetween(before, after);
    if (passages.length === 0) continue;
    for (const state of [before, after]) {
      const town = withoutWalkers(townOf({ state, step, cast: scenario.cast, language: 'zh' }), passages);
      const placed = [
        ...town.houses.flatMap(({ parent, doing }) => (parent && doing !== 'bolted' ? [parent.id] : [])),
        ...town.hunters.map(({ parent }) => parent.id),
        ...town.walkers.map(({ parent }) => parent.id),
        ...town.sleepers,
      ];
      for (const { m } of passages) expect(placed, `step ${step.n}`).not.toContain(m);
    }
    for (const [width, height] of SIZES) {
      const ids = Object.keys(after.P) as PId[];
      const { areas, grid } = areasFor(width, height, ids.length);
      const seen = seenBy(AT_REST, grid, ids.length, areas.houses);
      const tileOf = (p: PId): Box | null => {
        const tile = seen.tiles.find(({ index }) => ids[index] === p)?.box;
        return tile ? { ...tile, x: tile.x + areas.houses.x, y: tile.y + areas.houses.y } : null;
      };
      for (const passage of passages) {
        const way = wayThrough(passage, areas, tileOf);
        if (!way) throw new Error(`no way for ${passage.m} at step ${step.n}`);
        for (const stay of [passage.from, passage.to]) seenStays.add(/^P/.test(stay) ? 'house' : stay);
        for (let i = 0; i <= 40; i++) {
          const { x, y } = along(way, i / 40);
          expect(x >= 0 && x <= width && y >= 0 && y <= height, `step ${step.n}: ${x}, ${y}`).toBe(true);
          // A house is above its strip of lane: the upper half of its tile. Corners are cut by a few units.
          const over = ids.filter((p) => {
            const box = tileOf(p);
            return box !== null && x > box.x + 9 && x < box.x + box.w - 9 && y > box.y + 9 && y < box.y + box.h * 0.55;
          });
          expect(over, `step ${step.n}, ${passage.m} from ${passage.from} to ${passage.to}`).toEqual([]);
        }
      }
    }
  }
  expect([...seenStays].toSorted()).toEqual(['beds', 'forest', 'house', 'lane'] satisfies (Stay | 'house')[]);
});

test('no more walk than an eye can follow, and nobody when nothing happens', () => {
  const all = [...pairs()];
  const [first, last] = [all[0]?.before, all[Math.floor(all.length / 2)]?.after];
  if (!first || !last) throw new Error('nothing was played');
  expect(passagesBetween(last, last)).toEqual([]);
  for (let i = 0; i + 60 < all.length; i += 60)
    expect(passagesBetween(all[i]?.before as State, all[i + 59]?.after as State).length).toBeLessThanOrEqual(3);
});
