/** Villages of every size over random and crowded runs: everybody is somewhere once, whoever hunts is in the forest, and no text lies on another. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  applied,
  LANGUAGES,
  type GId,
  type GRow,
  type MId,
  type MRow,
  type PId,
  type Scenario,
  type State,
  type Step,
} from '../../../src-main/contract/index';
import { randomScenario } from '../../../src-main/model/testdata/random-scenario';
import { Simulation } from '../../../src-main/model/run/simulate';
import { assets, play, scenarioOf } from '../../../src-main/model/testdata/run-scenario';
import { applyStep, copyState } from '../../../src-main/model/trace/replay';
import { CHILD, hourglassOf, moreAt, PARENT, plaqueBox, timersAside, timersType } from '../scene-figures';
import { overlap, textWidth } from '../scene-labels';
import type { Box } from '../scene-layout';
import { touched } from '../scene-plan';
import { keys as drawKeys, lane } from './beside-houses';
import { AT_REST, seenBy } from './camera';
import { closeUp, NAMES } from './close-up';
import { boxOfWriting, type Drawing, Outlines, type Writing, Writings } from './drawing';
import { forest } from './forest';
import { heads } from './heads';
import { lensPicture } from './lens-picture';
import { people, type Town, townOf } from './town';
import { areasFor } from './town-layout';
import { TownKeeper } from './town-plan';
import { NEAR_TEXT } from './town-spots';
import { saidOf } from './town-words';
import { yards } from './yards';

/** The village's pane beside a story, and alone; a projector's; a narrow window's. */
const SIZES = [
  [1_024, 315],
  [1_024, 542],
  [1_024, 596],
  [1_366, 728],
  [700, 420],
  // A notebook's at 200 percent.
  [683, 267],
] as const;

const crowded = (houses: number, children: number, body: string): Scenario =>
  scenarioOf(`schedville: 1
kind: scenario
id: crowd
title: { zh: 人多, en: crowd }
runtime: { gomaxprocs: ${houses} }
mutexes: [mu]
channels: { c: { cap: 0 } }
goroutines:
  main:
    - go: { name: w, times: ${children} }
    - sleep: 3ms
  w:
${body}
`);

const HUNTS =
  '    - compute: 200us\n    - syscall: { name: read, args: [0, { buf: 8 }, 8], takes: 60us, returns: 4 }\n    - compute: 100us';
const WAITS = '    - lock: mu\n    - compute: 20us\n    - unlock: mu\n    - sleep: 100us\n    - recv: c';
const CROWDS: readonly (readonly [string, Scenario, number])[] = [
  ...[1, 5, 6, 8, 12, 16, 24, 32, 64].map(
    (houses) => [`${houses} houses`, crowded(houses, houses * 3, HUNTS), houses > 16 ? 5 : 10] as const,
  ),
  ['256 houses', crowded(256, 400, HUNTS), 3],
  ['100 hunters', crowded(4, 100, HUNTS), 10],
  ['60 who wait', crowded(4, 60, WAITS), 12],
];

function* shown(scenario: Scenario, count: number): Generator<{ state: State; step: Step }> {
  const simulation = new Simulation(scenario, assets);
  const state = copyState(simulation.first);
  const steps: Step[] = [];
  while (!simulation.outcome) steps.push(...simulation.run(1_000).steps);
  const stride = Math.max(1, Math.floor(steps.length / count));
  for (const step of steps) {
    applyStep(state, step);
    if (step.n % stride === 0) yield { state, step };
  }
}

/** Everybody by where the town has them; twice in the list is in two places. */
const placesOf = (town: Town): string[] => [
  ...town.houses.flatMap(({ parent, doing, id }) => (parent && doing !== 'bolted' ? [`${parent.id} in ${id}`] : [])),
  ...town.hunters.map(({ parent }) => `${parent.id} hunts`),
  ...town.walkers.map(({ parent }) => `${parent.id} walks`),
  ...town.sleepers.map((id) => `${id} sleeps`),
  ...(town.watch ? [`${town.watch.parent.id} watches`] : []),
  ...(town.atPost ? [`${town.atPost.id} polls`] : []),
];

function wrongIn(state: State, town: Town): string[] {
  const places = placesOf(town);
  const who = places.map((each) => each.split(' ')[0]);
  const alive = Object.entries(state.M as Record<string, MRow>).filter(([, row]) => !row.dead);
  const hunts = new Set(town.hunters.map(({ parent }) => parent.id as string));
  const benches = town.houses.reduce((sum, { bench }) => sum + bench, 0);
  const queued = Object.values(state.P).reduce((sum, { runq }) => sum + runq.length, 0);
  const waiting = Object.values(state.G as Record<string, GRow>).filter(({ status }) => status === '_Gwaiting').length;
  const inCare = [...town.houses.filter(({ doing }) => doing !== 'bolted'), ...town.hunters, ...town.walkers].flatMap(
    ({ child }) => child?.id ?? [],
  );
  const running = Object.entries(state.G as Record<GId, GRow>).filter(([, { status, m }]) => status === '_Grunning' && m !== null);
  return [
    ...alive
      .filter(([id]) => who.filter((each) => each === id).length !== 1)
      .map(([id]) => `${id} is in ${who.filter((each) => each === id).length} places`),
    ...alive
      .filter(([id, { role, kernel, curg, ong0 }]) => role === 'worker' && kernel !== null && curg !== null && !ong0 && !hunts.has(id))
      .map(([id]) => `${id} is in the kernel and not in the forest`),
    ...running
      .filter(([g]) => inCare.filter((each) => each === g).length !== 1)
      .map(([g]) => `${g} runs, and is in the care of ${inCare.filter((each) => each === g).length}`),
    ...(benches === queued ? [] : [`${queued} in queues, ${benches} on benches`]),
    ...(town.waiting.count === waiting ? [] : [`${waiting} wait, ${town.waiting.count} in the crèche`]),
    ...(town.waiting.groups.reduce((sum, { count }) => sum + count, 0) === waiting ? [] : ['the groups of the crèche are not all of it']),
  ];
}

/** Texts that lie on each other, or outside of the picture. */
function clashes(drawings: readonly Drawing[], within: Box): string[] {
  const texts = drawings.flatMap(({ writings }) => writings).map((each) => ({ ...each, box: boxOfWriting(each) }));
  const out = texts.filter(
    ({ box }) => box.x < within.x - 1 || box.x + box.w > within.x + within.w + 1 || box.y + box.h > within.y + within.h + 1,
  );
  const pairs = texts.flatMap((a, i) =>
    texts
      .slice(i + 1)
      .filter((b) => overlap(a.box, b.box))
      .map((b) => `"${a.text}" (${a.key}) on "${b.text}" (${b.key})`),
  );
  return [...pairs, ...out.map(({ text, key }) => `"${text}" (${key}) is outside`)];
}

const keys = (town: Town, [width, height]: readonly [number, number]) => {
  const { areas, grid } = areasFor(width, height, town.houses.length);
  return { areas, grid, seen: seenBy(AT_REST, grid, town.houses.length, areas.houses) };
};

/** The board that a place's name is written on. */
function boardOf(writing: Writing): Box {
  const { x, w } = boxOfWriting(writing);
  const { y, size } = writing;
  return { x: x - size * 0.65, y: y - size * 1.19, w: w + size * 1.3, h: size * 1.6 };
}

test.each(CROWDS)('%s: everybody is somewhere once, and every text can be read', (_name, scenario, count) => {
  for (const { state, step } of shown(scenario, count))
    for (const language of LANGUAGES) {
      const town = townOf({ state, step, cast: scenario.cast, language });
      expect(wrongIn(state, town), `step ${step.n}`).toEqual([]);
      for (const size of SIZES) {
        const { areas, grid, seen } = keys(town, size);
        const place = `step ${step.n}, ${language}, ${size.join(' × ')}, ${seen.level}`;
        const tiles = new TownKeeper().tiles(town, seen, language);
        const view = { x: 0, y: 0, w: areas.houses.w + 6, h: areas.houses.h + 8 };
        expect(clashes(tiles, view), place).toEqual([]);
        const around = new TownKeeper().boards(areas, town, language, () => false, new Set());
        const ids = town.houses.map(({ id }) => id);
        const numbers: Drawing = { pieces: [], writings: heads(areas, grid, ids, AT_REST) };
        const field: Drawing = {
          pieces: [],
          writings: tiles.flatMap(({ writings }) =>
            writings.map((each) => ({ ...each, x: each.x + areas.houses.x, y: each.y + areas.houses.y })),
          ),
        };
        expect(clashes([...around, numbers, field], { x: 0, y: 0, w: size[0], h: size[1] }), place).toEqual([]);
        // The boards of the yards stand below whatever is written at the houses.
        const signs = around.flatMap(({ writings }) => writings.filter(({ key }) => / sign$/.test(key)).map(boardOf));
        for (const writing of field.writings)
          expect(
            signs.filter((each) => overlap(each, boxOfWriting(writing))),
            `${place}: "${writing.text}" (${writing.key})`,
          ).toEqual([]);
        for (const writing of around.flatMap(({ writings }) => writings)) {
          // On a board it keeps off the edge: letters are a little wider than reckoned.
          const board = { ...areas.lane, w: areas.lane.w - 4 };
          const home = writing.key === 'forest crowd' ? areas.forest : / lane$/.test(writing.key) ? board : null;
          if (home) expect(inside(boxOfWriting(writing), home), `${place}: "${writing.text}" (${writing.key})`).toBe(true);
        }
        for (const { writings } of [...tiles, ...around, numbers])
          expect(
            writings.filter(({ size: type, tone }) => tone !== 'zzz' && type < 13),
            place,
          ).toEqual([]);
      }
    }
});

/** The numbers in a text, added up; those of people and houses do not count. */
const total = (text: string): number => [...text.matchAll(/(?<![A-Za-z\d])\d+/g)].reduce((sum, [each]) => sum + Number(each), 0);

/** The box around path data of absolute commands; control points count as well. */
function boxOfPath(d: string): Box {
  const points = [...d.matchAll(/([MLQ])((?:-?[\d.]+ ?)+)/g)].flatMap(([, , numbers]) => {
    const all = (numbers ?? '').trim().split(' ').map(Number);
    return all.flatMap((x, i) => (i % 2 === 0 ? [{ x, y: all[i + 1] ?? 0 }] : []));
  });
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y };
}

function inside(inner: Box, outer: Box): boolean {
  return inner.x >= outer.x - 1 && inner.x + inner.w <= outer.x + outer.w + 1 && inner.y + inner.h <= outer.y + outer.h + 1;
}

test('what is written in a yard lies in that yard, and no number lies on anybody', () => {
  let numbers = 0;
  for (const [scenario, count] of [
    [crowded(4, 100, HUNTS), 10],
    [crowded(4, 60, WAITS), 12],
    [crowded(32, 96, HUNTS), 6],
  ] as const)
    for (const { state, step } of shown(scenario, count))
      for (const language of LANGUAGES) {
        const town = townOf({ state, step, cast: scenario.cast, language });
        for (const size of SIZES) {
          const { areas } = areasFor(size[0], size[1], town.houses.length);
          const drawn = yards(areas, town, language, () => false);
          const place = `step ${step.n}, ${language}, ${size.join(' × ')}`;
          const figures = drawn.pieces.filter(({ z }) => z >= 11).map(({ d }) => boxOfPath(d));
          for (const writing of drawn.writings) {
            const box = boxOfWriting(writing);
            const yard = /orphan/.test(writing.key) ? areas.orphanage : / bed$|nursing/.test(writing.key) ? areas.nursing : areas.creche;
            if (!/ sign$/.test(writing.key)) expect(inside(box, yard), `${place}: "${writing.text}" (${writing.key})`).toBe(true);
            if (!/ more$/.test(writing.key)) continue;
            expect(
              figures.filter((each) => overlap(each, box)),
              `${place}: "${writing.text}" (${writing.key})`,
            ).toEqual([]);
            numbers++;
          }
        }
      }
  expect(numbers).toBeGreaterThan(20);
});

test('all keys are counted: those that are drawn, and how many more there are', () => {
  let hidden = 0;
  for (const houses of [3, 6, 16, 64])
    for (const { state, step } of shown(crowded(houses, houses, HUNTS), 12)) {
      const town = townOf({ state, step, cast: { G: {}, M: [], P: [] }, language: 'en' });
      for (const size of SIZES) {
        const { areas } = areasFor(size[0], size[1], houses);
        const { pieces, writings } = drawKeys(areas, town, 'en', () => false);
        const texts = writings.filter(({ key }) => key.endsWith(' key')).map(({ text }) => text);
        const sign = writings.find(({ key }) => key === 'keys sign')?.text ?? '';
        // P3; P3 +2: it and two more; ×14: so many.
        const inText = (text: string): number => (text.startsWith('×') ? total(text) : 1 + total(text.replace(/P\d+/, '')));
        const counted = texts.length === 0 ? total(sign) : texts.reduce((sum, text) => sum + inText(text), 0);
        expect(counted, `${houses} houses, step ${step.n}, ${size.join(' × ')}: ${sign} ${texts.join(', ')}`).toBe(town.keys.length);
        if (texts.length > 0) expect(pieces).toHaveLength(texts.length + 1);
        if (texts.some((text) => /[+×]/.test(text))) hidden++;
      }
    }
  expect(hidden).toBeGreaterThan(10);
});

test('whoever stands before a house with its key is on no board as well, and an empty house says who has its key', () => {
  let [heirs, called] = [0, 0];
  for (const { state, step } of shown(crowded(3, 40, HUNTS), Infinity)) {
    const town = townOf({ state, step, cast: { G: {}, M: [], P: [] }, language: 'en' });
    const { areas } = areasFor(1_024, 596, 3);
    const all = new Set(town.houses.map(({ id }) => id));
    const named = new TownKeeper().boards(areas, town, 'en', () => false, all).flatMap(({ writings }) => writings.map(({ key }) => key));
    for (const house of town.houses) {
      if (house.heir && !house.parent) {
        expect(named, `step ${step.n}`).not.toContain(`${house.heir.id} lane`);
        heirs++;
      }
      if (house.called && house.doing === 'empty') {
        expect(saidOf(house, 'en'), `step ${step.n}`).toBe(`${house.called.id} → ${house.id}`);
        called++;
      }
      if (house.doing === 'empty' && house.isFree) expect(house.heir ?? house.called, `step ${step.n}`).toBeNull();
    }
  }
  expect([heirs > 0, called > 0]).toEqual([true, true]);
});

test('the post station stands while letters are awaited, and says how many', () => {
  const scenario = crowded(2, 12, '    - netread: { takes: 1ms }\n    - compute: 20us');
  let posted = 0;
  for (const { state, step } of shown(scenario, 20)) {
    const town = townOf({ state, step, cast: { G: {}, M: [], P: [] }, language: 'en' });
    const awaited = Object.values(state.G as Record<string, GRow>).filter(
      (row) => row.status === '_Gwaiting' && row.waitreason === 'IO wait',
    );
    for (const size of SIZES) {
      const { areas } = areasFor(size[0], size[1], 2);
      if (!areas.isHigh) continue;
      const written = yards(areas, town, 'en', () => false).writings.find(({ key }) => key === 'post sign');
      if (awaited.length > 0) expect(total(written?.text ?? ''), `step ${step.n}, ${size.join(' × ')}`).toBe(awaited.length);
      else if (!town.atPost) expect(written).toBeUndefined();
      if (written) posted++;
    }
  }
  expect(posted).toBeGreaterThan(10);
});

test('in random runs everybody is somewhere once, and whoever is in the kernel is in the forest', () => {
  for (const [i, scenario] of fc.sample(randomScenario, { numRuns: 40, seed: 11 }).entries())
    for (const { state, step } of shown(scenario, 20)) {
      const town = townOf({ state, step, cast: scenario.cast, language: 'zh' });
      expect(wrongIn(state, town), `run ${i}, step ${step.n}`).toEqual([]);
    }
});

/** The lowest of the numbers with a y in path data of absolute commands. */
const lowest = (d: string): number => Math.max(...[...d.matchAll(/[ML]-?[\d.]+ (-?[\d.]+)/g)].map(([, y]) => Number(y)));

test('whoever hunts stands inside of the forest, in rows or in a crowd', () => {
  for (const { state, step } of shown(crowded(4, 100, HUNTS), 20)) {
    const town = townOf({ state, step, cast: { G: {}, M: [], P: [] }, language: 'zh' });
    for (const [width, height] of SIZES) {
      const { areas } = areasFor(width, height, town.houses.length);
      const drawn = forest(areas, town, 'zh', () => false);
      const foot = Math.max(0, ...drawn.pieces.map(({ d }) => lowest(d)));
      expect(foot, `step ${step.n}, ${width} × ${height}`).toBeLessThanOrEqual(areas.forest.y + areas.forest.h + 1);
    }
  }
});

test('a crowd in the forest says how many it is and what for, and the crèche counts everybody who waits', () => {
  let [crowds, rests] = [0, 0];
  for (const [scenario, count] of [
    [crowded(4, 100, HUNTS), 40],
    [crowded(4, 60, WAITS), 12],
  ] as const)
    for (const { state, step } of shown(scenario, count)) {
      const town = townOf({ state, step, cast: { G: {}, M: [], P: [] }, language: 'en' });
      for (const [width, height] of SIZES) {
        const { areas } = areasFor(width, height, town.houses.length);
        const place = `step ${step.n}, ${width} × ${height}`;
        const inForest = forest(areas, town, 'en', () => false).writings;
        const crowd = inForest.find(({ key }) => key === 'forest crowd');
        const rows = inForest.filter(({ key }) => key.endsWith(' who')).length;
        expect(rows + (crowd ? total(crowd.text) : 0), place).toBe(town.hunters.length);
        if (crowd) crowds++;
        if (!areas.isHigh) continue;
        const inYards = yards(areas, town, 'en', () => false).writings;
        const waiting = inYards.filter(({ key }) => key.endsWith(' waits'));
        const more = inYards.find(({ key }) => key === 'creche more');
        const isCounted = waiting.every(({ text }) => !text.startsWith('G'));
        const counted = waiting.reduce((sum, { text }) => sum + (isCounted ? total(text) : 1), 0);
        expect(counted + (more ? total(more.text) : 0), place).toBe(town.waiting.count);
        if (isCounted && town.waiting.count > 0) rests++;
      }
    }
  expect(crowds).toBeGreaterThan(10);
  expect(rests).toBeGreaterThan(10);
});

test('what a real program’s goroutines wait for is as wide as the crèche allows, and so is how many more wait', () => {
  const reasons = [
    'IO wait',
    'GC worker (idle)',
    'system goroutine wait',
    'wait for debug call that takes long',
    'synctest.Run with its bubble',
  ];
  const [{ state, step } = { state: null, step: null }] = [...shown(crowded(4, 60, WAITS), 12)].slice(-1);
  if (!state || !step) throw new Error('nothing is shown');
  const waiting = Object.values(state.G as Record<string, GRow>).filter(({ status }) => status === '_Gwaiting');
  expect(waiting.length).toBeGreaterThan(reasons.length);
  Object.assign(state, { chan: {}, mutex: {}, waitgroup: {} });
  for (let first = 0; first < reasons.length; first++) {
    for (const [i, row] of waiting.entries()) row.waitreason = reasons[(i % 2 === 0 ? first : first + 1 + i) % reasons.length] ?? '';
    const town = townOf({ state, step, cast: { G: {}, M: [], P: [] }, language: 'en' });
    for (const [width, height] of SIZES) {
      const { areas } = areasFor(width, height, town.houses.length);
      if (!areas.isHigh) continue;
      const { x, w } = areas.creche;
      const inYard = yards(areas, town, 'en', () => false).writings.filter(({ key }) => key.endsWith(' waits') || key === 'creche more');
      expect(inYard.length).toBeGreaterThan(1);
      for (const { text, size, x: middle } of inYard) {
        expect(middle - textWidth(text, size) / 2, `${text}, ${width} × ${height}`).toBeGreaterThanOrEqual(x);
        expect(middle + textWidth(text, size) / 2, `${text}, ${width} × ${height}`).toBeLessThanOrEqual(x + w);
      }
    }
  }
});

test('how many more are on a bench is written right of those who are drawn, within the house’s room', () => {
  const scenario = crowded(4, 600, '    - compute: 20us');
  let written = 0;
  for (const { state, step } of shown(scenario, 12)) {
    const town = townOf({ state, step, cast: { G: {}, M: [], P: [] }, language: 'en' });
    for (const box of [
      { x: 0, y: 0, w: 172, h: 186 },
      { x: 10, y: 0, w: 206, h: 180 },
    ])
      for (const house of town.houses) {
        const near = closeUp(house, box, town.watch, false);
        if (near.house.hidden === 0) continue;
        const heads = near.children.filter(({ pose, y }) => pose === 'waiting' && y === near.bench);
        const from = moreAt(near.house, house.bench - near.house.hidden);
        expect(heads).toHaveLength(house.bench - near.house.hidden);
        expect(from).toBeGreaterThan(Math.max(...heads.map(({ x, scale }) => x + 10 * scale)));
        expect(from + textWidth(`+${near.house.hidden}`)).toBeLessThanOrEqual(box.x + box.w);
        written++;
      }
  }
  expect(written).toBeGreaterThan(10);
});

test('whoever waits on a bench is named as far as there is room, in their order, below the bench and on nothing', () => {
  let [named, all] = [0, 0];
  for (const [houses, children] of [
    [1, 300],
    [2, 60],
    [4, 100],
  ] as const) {
    const scenario = crowded(houses, children, HUNTS);
    for (const { state, step } of shown(scenario, 12)) {
      const town = townOf({ state, step, cast: scenario.cast, language: 'zh' });
      for (const [width, height] of SIZES) {
        const { areas, grid } = areasFor(width, height, houses);
        if (grid.level !== 'street') continue;
        for (const { index, box } of seenBy(AT_REST, grid, houses, areas.houses).tiles) {
          const house = town.houses[index];
          const queue = house ? state.P[house.id]?.runq : undefined;
          if (!house || !queue) throw new Error(`there is no house ${index}`);
          const near = closeUp(house, box, town.watch, true);
          const place = `step ${step.n}, ${width} × ${height}, ${house.id} with ${queue.length}`;
          const ids = near.names.flatMap(({ text }) => text.split(' ').filter((each) => each !== '…'));
          expect(ids, place).toEqual(queue.slice(0, ids.length));
          expect(ids.length > 0, place).toBe(queue.length > 0);
          const isLine = near.names.some(({ anchor }) => anchor === 'start');
          if (isLine)
            expect(
              near.names.some(({ text }) => text.endsWith('…')),
              place,
            ).toBe(ids.length < queue.length);
          // Below each of those who are drawn, or how many there are is written beside them.
          else expect(ids.length + near.house.hidden, place).toBe(queue.length);
          const texts = [
            ...near.names.map(({ x, y, text, anchor }) =>
              boxOfWriting({ key: '', x, y, text, size: NAMES.size, ...(anchor === 'start' ? { anchor } : {}) }),
            ),
            boxOfWriting({ key: '', x: near.label.x, y: near.label.y + NEAR_TEXT.below, text: saidOf(house, 'zh'), size: NEAR_TEXT.size }),
            ...(near.house.hidden > 0 && near.house.long
              ? [{ x: near.house.long.more, y: near.bench - 15, w: textWidth(`+${near.house.hidden}`), h: 12 }]
              : []),
          ];
          for (const [i, one] of texts.entries()) {
            expect(inside(one, box), place).toBe(true);
            for (const other of texts.slice(i + 1)) expect(overlap(one, other), place).toBe(false);
          }
          named += ids.length;
          if (ids.length > 8) all++;
        }
      }
    }
  }
  expect(named).toBeGreaterThan(500);
  // One house has the room of the field.
  expect(all).toBeGreaterThan(20);
});

test('a crowd in the forest names those who have been away for the longest, and a wide card the first on its bench', () => {
  let [hunters, queued] = [0, 0];
  for (const { state, step } of shown(
    crowded(4, 60, '    - syscall: { name: read, args: [0, { buf: 8 }, 8], takes: 2ms, returns: 4 }'),
    40,
  )) {
    const town = townOf({ state, step, cast: { G: {}, M: [], P: [] }, language: 'en' });
    for (const [width, height] of SIZES) {
      const { areas } = areasFor(width, height, 4);
      const written = forest(areas, town, 'en', () => false).writings;
      const rows = written.filter(({ key }) => key.endsWith(' who')).length;
      const text = written.filter(({ key }) => key.startsWith('forest ') && key !== 'forest sign').map((each) => each.text);
      const ids = text.join(' ').match(/[GM]\d+/g) ?? [];
      const others = town.hunters.slice(rows).map(({ parent, child }) => (child ?? parent).id);
      expect(ids, `step ${step.n}, ${width} × ${height}`).toEqual(others.slice(0, ids.length));
      hunters += ids.length;
    }
  }
  const scenario = crowded(16, 300, HUNTS);
  for (const { state, step } of shown(scenario, 10)) {
    const town = townOf({ state, step, cast: scenario.cast, language: 'en' });
    const { seen } = keys(town, [1_366, 728]);
    if (seen.level !== 'card') throw new Error(`16 houses are drawn as ${seen.level}`);
    for (const { key, text } of new TownKeeper().tiles(town, seen, 'en').flatMap(({ writings }) => writings)) {
      const [, id] = /^(P\d+) queue$/.exec(key) ?? [];
      if (id === undefined) continue;
      const ids = text.split(' ').filter((each) => each !== '…');
      expect(ids).toEqual(state.P[id as PId]?.runq.slice(0, ids.length));
      queued++;
    }
  }
  expect([hunters > 100, queued > 50]).toEqual([true, true]);
});

test('a house’s hourglass stands in the house’s own room, its number above the heads on the bench and beside whoever is at the door', () => {
  const scenario = crowded(3, 40, '    - sleep: 100us\n    - compute: 60us\n    - sleep: 300us\n    - compute: 60us');
  let timed = 0;
  for (const { state, step } of shown(scenario, 30)) {
    const town = townOf({ state, step, cast: { G: {}, M: [], P: [] }, language: 'en' });
    for (const box of [
      { x: 0, y: 0, w: 172, h: 186 },
      { x: 10, y: 0, w: 196, h: 90 },
      { x: 10, y: 0, w: 290, h: 200 },
    ])
      for (const isWide of [false, true])
        for (const house of town.houses.filter(({ timers }) => timers > 0)) {
          const near = closeUp(house, box, town.watch, isWide);
          const glass = hourglassOf(near.house, near.bench);
          const half = textWidth(`×${house.timers}`, timersType(near.house)) / 2;
          const middle = near.house.x - timersAside(near.house);
          expect(middle - half).toBeGreaterThanOrEqual(box.x);
          for (const each of near.parents.filter(({ pose }) => pose === 'home' || pose === 'desk'))
            expect(each.x - PARENT.half * each.scale).toBeGreaterThan(middle + half);
          const number = glass.y + 14 * glass.scale + 14 * Math.max(1, glass.scale);
          const heads = near.children.filter(({ pose, y }) => pose === 'waiting' && y === near.bench);
          for (const each of heads) expect(each.y - CHILD.height * each.scale).toBeGreaterThanOrEqual(number);
          timed++;
        }
  }
  expect(timed).toBeGreaterThan(30);
});

test('in the lens no text lies on another, whatever is said of the house', () => {
  let slips = 0;
  for (const scenario of [crowded(3, 40, HUNTS), crowded(12, 60, HUNTS), crowded(3, 60, WAITS)])
    for (const { state, step } of shown(scenario, 30))
      for (const language of LANGUAGES) {
        const town = townOf({ state, step, cast: scenario.cast, language });
        for (const size of SIZES) {
          const { areas } = areasFor(size[0], size[1], town.houses.length);
          for (const house of town.houses) {
            const { near, tab, slip, foot, lines, type } = lensPicture(house, areas.lens, town.watch, language);
            const place = `step ${step.n}, ${language}, ${size.join(' × ')}, ${house.id}`;
            const { plate, hidden, bench } = near.house;
            const boxes = {
              tab: tab.box,
              ...(slip ? { slip: slip.box } : {}),
              foot,
              plaque: plaqueBox(near.house),
              plate: { x: plate.x - 19 * plate.scale, y: plate.y - 18 * plate.scale, w: 38 * plate.scale, h: 36 * plate.scale },
              ...(hidden > 0 ? { more: { x: moreAt(near.house, bench - hidden), y: near.bench - 14, w: 20, h: 12 } } : {}),
            };
            const all = Object.entries(boxes);
            for (const [i, [name, one]] of all.entries())
              for (const [other, two] of all.slice(i + 1)) expect(overlap(one, two), `${place}: ${name} on ${other}`).toBe(false);
            for (const line of lines) {
              expect(textWidth(line, type), place).toBeLessThanOrEqual(areas.lens.w - 8);
              expect(line, place).not.toMatch(/^[，。；：、！？）·]/);
            }
            if (slip) slips++;
          }
        }
      }
  expect(slips).toBeGreaterThan(30);
});

test('a village of 256 houses is drawn as few outlines', () => {
  const scenario = crowded(256, 400, HUNTS);
  for (const { state, step } of shown(scenario, 3)) {
    const town = townOf({ state, step, cast: scenario.cast, language: 'zh' });
    const { seen } = keys(town, [1_214, 613]);
    expect(seen.tiles).toHaveLength(256);
    expect(new Outlines().of(new TownKeeper().tiles(town, seen, 'zh')).length).toBeLessThan(60);
  }
});

test('boards that are kept from step to step are drawn as if all were drawn anew', () => {
  const keeper = new TownKeeper();
  const outlines = new Outlines();
  let [known, kept, asked] = [new Set<Drawing>(), 0, 0];
  const scenario = crowded(4, 24, HUNTS);
  const { areas } = areasFor(1_366, 728, 4);
  for (const { state, step } of shown(scenario, 60)) {
    const isTouched = touched(step);
    const lit = (id: string): boolean => isTouched.has(id);
    const town = townOf({ state, step, cast: scenario.cast, language: 'zh' });
    const boards = keeper.boards(areas, keeper.known(town), 'zh', lit, new Set());
    expect(boards, `step ${step.n}`).toEqual(new TownKeeper().boards(areas, town, 'zh', lit, new Set()));
    expect(outlines.of(boards), `step ${step.n}`).toEqual(new Outlines().of(boards));
    kept += boards.filter((each) => known.has(each)).length;
    asked += boards.length;
    known = new Set(boards);
  }
  expect(kept / asked).toBeGreaterThan(0.2);
});

test('a house that says the same is drawn once', () => {
  const scenario = crowded(16, 30, HUNTS);
  const keeper = new TownKeeper();
  let last: readonly Drawing[] = [];
  let kept = 0;
  for (const { state, step } of shown(scenario, 40)) {
    const town = keeper.known(townOf({ state, step, cast: scenario.cast, language: 'zh' }));
    const { seen } = keys(town, [1_024, 596]);
    const now = keeper.tiles(town, seen, 'zh');
    kept += now.filter((each) => last.includes(each)).length;
    last = now;
  }
  expect(kept).toBeGreaterThan(16 * 20);
});

test('the houses stand in the order of their numbers', () => {
  const state = play(crowded(6, 4, HUNTS)).first;
  const town = townOf({ state, step: null, cast: { G: {}, M: [], P: [] }, language: 'en' });
  expect(town.houses.map(({ id }) => id)).toEqual(Object.keys(state.P) as PId[]);
});

test('the counts of a large village begin behind the camera’s buttons, and none lies on another', () => {
  let behind = 0;
  for (const { state, step } of shown(crowded(64, 160, HUNTS), 6))
    for (const language of LANGUAGES) {
      const town = townOf({ state, step, cast: { G: {}, M: [], P: [] }, language });
      for (const [width, height] of SIZES) {
        const { areas } = areasFor(width, height, town.houses.length);
        if (!areas.counts) continue;
        for (const taken of [0, 170]) {
          const around = new TownKeeper().boards(areas, town, language, () => false, new Set(), taken);
          const counted = around.flatMap(({ writings }) => writings.filter(({ key }) => key.startsWith('counts')));
          const place = `step ${step.n}, ${language}, ${width} × ${height}`;
          expect(clashes([{ pieces: [], writings: counted }], areas.counts), place).toEqual([]);
          const first = Math.min(...counted.map((each) => boxOfWriting(each).x));
          if (width > 900) expect(first, place).toBeGreaterThanOrEqual(areas.counts.x + taken);
          if (width > 900 && taken > 0) behind++;
        }
      }
    }
  expect(behind).toBeGreaterThan(20);
});

test('on a map with room below its fronts each of 64 houses bears the number of whoever it is about', () => {
  const scenario = crowded(64, 160, HUNTS);
  let numbers = 0;
  for (const { state, step } of shown(scenario, 6)) {
    const town = townOf({ state, step, cast: scenario.cast, language: 'zh' });
    const { seen } = keys(town, [1_214, 613]);
    if (seen.level !== 'map') throw new Error(`64 houses are drawn as ${seen.level}`);
    const texts = new TownKeeper().tiles(town, seen, 'zh').flatMap(({ writings }) => writings.map(({ text }) => text));
    const inside = town.houses.flatMap(({ child, parent, away }) => (child ?? parent ?? away)?.id ?? []);
    expect(texts).toEqual(inside);
    numbers += texts.length;
  }
  expect(numbers).toBeGreaterThan(100);
});

test('whoever sleeps has a bed while there is room for them', () => {
  const [width, height] = [1_366, 690];
  const { areas } = areasFor(width, height, 16);
  const asleep = ['M2', 'M3', 'M4'] as const;
  const firstSleepers = asleep.map((id) => ({ id, name: '', robe: '#000', isRung: false, isAwake: false, key: null }));
  const state = new Simulation(crowded(16, 3, HUNTS), assets).first;
  const town = { ...townOf({ state, step: null, cast: { G: {}, M: [], P: [] }, language: 'zh' }), sleepers: asleep, firstSleepers };
  const beds = yards(areas, town, 'zh', () => false).writings.filter(({ key }) => key.endsWith(' bed'));
  expect(beds.map(({ text }) => text)).toEqual(asleep);
});

test('what is drawn anew and says the same is the same object', () => {
  const scenario = crowded(4, 26, '    - syscall: { name: read, args: [0, { buf: 8 }, 8], takes: 2ms, returns: 4 }');
  const { areas } = areasFor(1_366, 728, 4);
  const [keeper, outlines, writings] = [new TownKeeper(), new Outlines(), new Writings()];
  let [paths, texts] = [new Set<unknown>(), new Set<unknown>()];
  let [keptPaths, keptTexts, asked, crowds] = [0, 0, 0, 0];
  let last: readonly Drawing[] = [];
  for (const { state, step } of shown(scenario, Infinity)) {
    const town = keeper.known(townOf({ state, step, cast: scenario.cast, language: 'zh' }));
    const boards = keeper.boards(areas, town, 'zh', () => false, new Set());
    const [nowPaths, nowTexts] = [outlines.of(boards), writings.of(boards)];
    expect(nowTexts, `step ${step.n}`).toEqual(boards.flatMap((each) => each.writings));
    keptPaths += nowPaths.filter((each) => paths.has(each)).length;
    keptTexts += nowTexts.filter((each) => texts.has(each)).length;
    asked += nowTexts.length;
    [paths, texts] = [new Set(nowPaths), new Set(nowTexts)];
    // Time goes on in the rows; the crowd below them is left alone.
    if (town.hunters.length > 12 && boards[0] !== last[0] && boards[1] === last[1]) crowds++;
    last = boards;
    if (crowds > 8) break;
  }
  expect(keptTexts / asked).toBeGreaterThan(0.5);
  expect(keptPaths).toBeGreaterThan(asked * 0.5);
  expect(crowds).toBeGreaterThan(3);
});

test('whoever has a row that a step leaves alone is the same object at both ends of it', () => {
  const scenario = crowded(4, 26, HUNTS);
  const input = { cast: scenario.cast, language: 'zh' } as const;
  const simulation = new Simulation(scenario, assets);
  let state = simulation.first;
  let kept = 0;
  for (const step of simulation.run(400).steps) {
    const next = applied(state, step);
    const [one, other] = [people({ state, step, ...input }), people({ state: next, step, ...input })];
    for (const id of Object.keys(state.M) as MId[]) {
      const [was, is] = [state.M[id] as MRow, next.M[id] as MRow];
      expect(other.parent(id, is) === one.parent(id, was), `${id} at step ${step.n}`).toBe(was === is);
      if (was === is) kept++;
    }
    state = next;
  }
  expect(kept).toBeGreaterThan(1_000);
});

test('in a low yard, and on a low board of keys, no number stands alone at 200 %: beside it is drawn what it counts', () => {
  const scenario = crowded(64, 200, WAITS);
  let bare = 0;
  for (const { state, step } of shown(scenario, 12)) {
    const town = townOf({ state, step, cast: scenario.cast, language: 'zh' });
    for (const width of [640, 683]) {
      const { areas } = areasFor(width, 267, town.houses.length);
      expect(areas.isHigh).toBe(false);
      for (const drawing of [yards(areas, town, 'zh', () => false), drawKeys(areas, town, 'zh', () => false)])
        for (const writing of drawing.writings) {
          if (!/^\d+$/.test(writing.text)) continue;
          const { x } = boxOfWriting(writing);
          const beside = drawing.pieces.filter(({ z, d }) => {
            const [, left = ''] = /^M(-?[\d.]+)/.exec(d) ?? [];
            return z > 10.04 && Number(left) < x && Number(left) > x - 40;
          });
          expect(beside.length, `${writing.key} ${writing.text}, step ${step.n}, ${width}`).toBeGreaterThan(0);
          bare++;
        }
    }
  }
  expect(bare).toBeGreaterThan(20);
});

test('on the lane no writing comes to its board’s edge, however wide the board is', () => {
  const walkers: Town['walkers'] = [
    {
      parent: { id: 'M0', name: '张三', robe: '#8c2f26', isRung: false },
      child: { id: 'G21', name: '娃21', robe: '#2e86c1', sash: 'band', strip: null, locks: '' },
      doing: 'returning',
    },
  ];
  const { areas } = areasFor(1_024, 315, 16);
  for (let w = 56; w < 140; w++) {
    const box = { ...areas.lane, w, h: 60 };
    const { writings } = lane({ ...areas, lane: box }, { walkers, atPost: null, houses: [] }, 'zh', () => false);
    expect(writings).toHaveLength(1);
    for (const writing of writings) expect(inside(boxOfWriting(writing), { ...box, w: w - 4 }), `${writing.text} in ${w}`).toBe(true);
  }
});
