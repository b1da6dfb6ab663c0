/** People on the way: along the lane, past those who stand there, the child at the hand; at rest the picture is the state's alone. */
import { expect, test } from 'vitest';
import { golden, play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { applied } from '../../src-main/contract/index';
import { HAND, type Plan } from './scene-figures';
import { frameFor, houseSpots, placesFor, type Spot, zoneOf } from './scene-layout';
import { planBetween } from './scene-motion';
import { PlanKeeper } from './plan-keeper';
import { along, lengthOf, wallsOf, wayBetween } from './ways';

const FRAME = frameFor(1_024, 318);
const PLACES = placesFor(FRAME);
const HOUSE = { x: 260, y: PLACES.ground + 10 };
const GLADE = { x: PLACES.forest + 70, y: PLACES.walk + 40 };
const PARTS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const far = (a: Spot, b: Spot): number => Math.hypot(a.x - b.x, a.y - b.y);

test('from a house to the forest one goes along the lane, and back on the other side of it', () => {
  const out = wayBetween(HOUSE, GLADE, PLACES, []);
  const back = wayBetween(GLADE, HOUSE, PLACES, []);
  for (const way of [out, back]) {
    const middle = along(way, 0.5);
    expect(middle.y).toBeGreaterThan(PLACES.walk);
    expect(middle.y).toBeLessThan(PLACES.lane.to);
  }
  expect(along(back, 0.5).y - along(out, 0.5).y).toBeGreaterThanOrEqual(8);
  expect([along(out, 0), along(out, 1)]).toEqual([HOUSE, GLADE]);
});

test('nobody walks through whoever stands on the lane or sits on the bench before the door', () => {
  const onLane = [300, 420, 560].map((x) => ({ x, y: PLACES.walk }));
  const onBench = Array.from({ length: 6 }, (_, i) => ({ x: HOUSE.x - 24 + i * 23.5, y: PLACES.walk - 4 }));
  for (const standing of [onLane, onBench, [...onLane, ...onBench]]) {
    const way = wayBetween(HOUSE, GLADE, PLACES, standing);
    const least = Math.min(...Array.from({ length: 60 }, (_, i) => Math.min(...standing.map((each) => far(each, along(way, i / 59))))));
    expect(least).toBeGreaterThan(9);
  }
});

test('before one house, in one yard and in the forest nobody goes down to the lane', () => {
  const near = { x: HOUSE.x + 40, y: HOUSE.y };
  expect(wayBetween(HOUSE, near, PLACES, [])).toHaveLength(2);
  expect(wayBetween(GLADE, { x: GLADE.x + 90, y: GLADE.y - 60 }, PLACES, [])).toHaveLength(2);
  const mats = [0, 150].map((x) => ({ x: PLACES.creche.x + 20 + x, y: PLACES.yard }));
  expect(wayBetween(mats[0] as Spot, mats[1] as Spot, PLACES, [])).toHaveLength(2);
  // Two yards lie apart: through the fence goes nobody.
  expect(wayBetween(mats[0] as Spot, { x: PLACES.nursing.x + 60, y: PLACES.yard }, PLACES, []).length).toBeGreaterThan(2);
});

test.each([
  [1_024, 540],
  [925, 730],
])('of two rows of houses, in %i × %i, nobody goes through the nearer one', (widthPx, heightPx) => {
  const places = placesFor(frameFor(widthPx, heightPx), 4);
  expect(places.twoRows).not.toBeNull();
  const houses = houseSpots(4, places);
  const standing = wallsOf({ houses, places });
  const glade = { x: places.forest + 70, y: places.walk + 40 };
  const nearer = houses.filter(({ y }) => y === places.ground);
  expect(nearer).toHaveLength(2);
  for (const { x, y, scale } of houses)
    for (const [from, to] of [
      [{ x: x - 54 * scale, y: y + 9 * scale }, glade],
      [glade, { x: x - 54 * scale, y: y + 9 * scale }],
      [
        { x: x - 40 * scale, y: y + 9 * scale },
        { x: places.nursing.x + 40, y: places.yard },
      ],
    ] as const) {
      const way = wayBetween(from, to, places, standing);
      for (let i = 0; i <= 80; i++) {
        const at = along(way, i / 80);
        const through = nearer.filter(
          (each) => Math.abs(at.x - each.x) < 80 * each.scale && at.y < each.y && at.y > each.y - 70 * each.scale,
        );
        expect(through, `from ${from.x} ${from.y} at ${i}: ${at.x} ${at.y}`).toEqual([]);
      }
    }
});

/** Who breaks a law of the way while these two pictures follow each other. */
function wrong(a: Plan, b: Plan): string[] {
  const before = new Map([...a.parents, ...a.children].map((each) => [each.id as string, each]));
  const moved = [...b.parents, ...b.children].filter((each) => {
    const was = before.get(each.id);
    return was !== undefined && far(was, each) >= 70 && !(zoneOf(was, b.places) === 'forest' && zoneOf(each, b.places) === 'forest');
  });
  return moved.flatMap((each) => {
    const was = before.get(each.id) as Spot;
    return PARTS.flatMap((part) => {
      const there = planBetween(a, b, part);
      const on = [...there.parents, ...there.children].find(({ id }) => id === each.id) as Spot;
      const isBetween = far(on, was) > 64 && far(on, each) > 64 && zoneOf(on, b.places) === 'houses';
      const isOff = isBetween && (on.y < b.places.lane.from - 4 || on.y > b.places.lane.to + 4) && on.x < b.places.forest - 40;
      return isOff && on.y < b.places.ground + 8 ? [`${each.id} at ${part} is at ${on.x.toFixed(0)}, ${on.y.toFixed(0)}`] : [];
    });
  });
}

test.each(['S1', 'S4', 'S6', 'S7'])('%s: whoever goes far is on the lane between, and a led child stays at the hand', (name) => {
  const scenario = scenarioOf(golden(`${name}.scenario.yaml`));
  const { first, steps } = play(scenario);
  const keeper = new PlanKeeper();
  const planOf = (state: typeof first, step: (typeof steps)[number] | null): Plan =>
    keeper.plan({ state, step, cast: scenario.cast, language: 'en', frame: FRAME });
  let state = first;
  let a = planOf(state, null);
  let led = 0;
  for (const step of steps.slice(0, 400)) {
    state = applied(state, step);
    const b = planOf(state, step);
    expect(wrong(a, b), `step ${step.n}`).toEqual([]);
    const halfWay = planBetween(a, b, 0.5);
    for (const child of halfWay.children) {
      const was = a.children.find(({ id }) => id === child.id);
      const will = b.children.find(({ id }) => id === child.id);
      const isLed = (plan: Plan, one: typeof was): string | undefined =>
        one && plan.parents.find(({ x, y, scale }) => one.y === y + 1 && Math.abs(one.x - x - HAND * scale) < 0.01)?.id;
      const hand = isLed(a, was);
      if (hand === undefined || hand !== isLed(b, will) || !was || !will || far(was, will) < 70) continue;
      led++;
      const leader = halfWay.parents.find(({ id }) => id === hand) as Spot & { scale: number };
      expect(far(child, { x: leader.x + HAND * leader.scale, y: leader.y + 1 }), `${child.id} at step ${step.n}`).toBeLessThan(0.01);
    }
    expect(planBetween(a, b, 1)).toBe(b);
    a = b;
  }
  expect(led).toBeGreaterThan(0);
});

test('a way is as long as its parts, and its ends are exact', () => {
  const way = [
    { x: 0, y: 0 },
    { x: 0, y: 30 },
    { x: 40, y: 30 },
  ];
  expect(lengthOf(way)).toBe(70);
  expect([along(way, 0), along(way, 1)]).toEqual([way[0], way[2]]);
  // Corners are cut a little.
  expect(along(way, 30 / 70).x).toBeGreaterThan(0);
  expect(along(way, 30 / 70).y).toBeLessThan(30);
});
