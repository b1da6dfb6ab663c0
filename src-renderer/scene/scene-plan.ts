/**
 * What the village looks like in one state: pure numbers and words, drawn by Scene.svelte, interpolated by planBetween.
 * Truth comes first: every figure stands where a field of the state puts it (what each picture means: assets/glossary.yaml).
 */
import type { Language } from '../../assets/words/index';
import { parsePath } from '../../src-main/contract/index';
import type { GRow, MId, MRow, PId, PRow, Step } from '../../src-main/contract/index';
import { type SignId, written } from './glossary';
import { houseName } from './names';
import { placeChildren, seatChildren } from './scene-children';
import {
  type HouseFigure,
  type Plan,
  plaqueSize,
  type SceneInput,
  SHOWN_KEYS,
  SHOWN_ON_BENCH,
  type Sign,
  type Working,
} from './scene-figures';
import { KEY_MARK, type Label, labelKey, placeLabels, textWidth } from './scene-labels';
import { doorOf, slateOf, stayOf } from './scene-houses';
import { type Box, houseSpots, type HouseSpot, placesFor, seats, type Spot } from './scene-layout';
import { placeParents } from './scene-parents';
import { hasPost, lettersAwaited } from './post';
import { figureBoxes, obstacles, wishes } from './scene-wishes';
import { sharing, sharingEach } from './sharing';
import { type Group, waitingBy } from './town/waiting';
import { isInNursingHome } from './whereabouts';

/** Below the view's own buttons. */
const FOREST_SIGN = 58;
const SHOWN_WAITING = 16;
const BED_APART = 84;
const FREE_BEDS = 3;

export const scenePlan = (input: SceneInput): Plan => planAfter(input, null).plan;

/** The plan; what it has in common with the plan `last` is taken from there. `isOfStep`: it is not the state's alone, but the step's too. */
export function planAfter(input: SceneInput, last: Plan | null): { plan: Plan; isOfStep: boolean } {
  const { state, frame } = input;
  const ids = Object.keys(state.P) as PId[];
  const places = placesFor(frame, ids.length);
  const spots = houseSpots(ids.length, places);
  const homes = new Map(ids.map((id, i) => [id, spots[i] as HouseSpot]));
  const sleepers = (Object.entries(state.M) as [MId, MRow][]).filter(([id, row]) => isInNursingHome(state, id, row)).map(([id]) => id);
  const waiting = Object.values(state.G as Record<string, GRow>).filter((row) => row.status === '_Gwaiting').length;
  const beds = seats(places.nursing, places.yard, Math.max(FREE_BEDS, sleepers.length), BED_APART * places.zoom, 50 * places.zoom);
  const plan: Plan = {
    ...frame,
    houses: [],
    parents: [],
    children: [],
    labels: [],
    signs: [],
    orphans: state.sched.runq.length,
    sleepers: sleepers.length,
    keys: state.sched.pidle.map((id) => ({ id, name: houseName(id, input.cast, input.language) })),
    places,
    beds,
    bedScale: Math.min(1.15 * places.zoom, ((beds[1]?.x ?? places.nursing.w) - (beds[0]?.x ?? 0)) / 64),
    mats: seats(places.creche, places.yard, Math.max(FREE_BEDS, Math.min(SHOWN_WAITING, waiting)), BED_APART, 26),
  };
  const working: Working = { input, plan, homes, sleepers, seats: new Map(), isOfStep: false };
  for (const id of ids) plan.houses.push(house(working, id));
  plan.signs = signs(plan, waiting, hasPost(state) ? lettersAwaited(state) : null, input.language, whatFor(input, waiting));
  seatChildren(working);
  placeParents(working);
  placeChildren(working);
  return {
    plan: last ? withLabelsAfter(last, plan, input.language) : { ...plan, labels: labelsOf(plan, input.language) },
    isOfStep: working.isOfStep,
  };
}

const labelsOf = (plan: Plan, language: Language): Label[] => placeLabels(wishes(plan, language), obstacles(plan), figureBoxes(plan), plan);

/** Labels are by far the dearest: where nobody has moved they are those of the plan before. */
function withLabelsAfter(last: Plan, plan: Plan, language: Language): Plan {
  const idOf = ({ id }: { id: string }): string => id;
  const [houses, parents, children] = [
    sharingEach(last.houses, plan.houses, idOf),
    sharingEach(last.parents, plan.parents, idOf),
    sharingEach(last.children, plan.children, idOf),
  ];
  const signs = sharingEach(last.signs, plan.signs, idOf);
  const places = sharing(last.places, plan.places);
  const isStill =
    houses === last.houses && parents === last.parents && children === last.children && signs === last.signs && places === last.places;
  const labels = isStill ? last.labels : sharingEach(last.labels, labelsOf(plan, language), labelKey);
  return sharing(last, {
    ...plan,
    ...{ houses, parents, children, signs, places, labels },
    keys: sharing(last.keys, plan.keys),
    beds: sharing(last.beds, plan.beds),
    mats: sharing(last.mats, plan.mats),
  });
}

function house({ input, homes }: Working, id: PId): HouseFigure {
  const { state, cast, language } = input;
  const row = state.P[id] as PRow;
  const { cell, ...spot } = homes.get(id) as HouseSpot;
  const name = houseName(id, cast, language);
  const plateScale = Math.min(1.15, Math.max(1, spot.scale));
  const size = plaqueSize(spot.scale);
  const half = (text: string): number => (textWidth(text, size) + size) / 2;
  /** From the house's middle to that of a plate which stands clear of this plaque, and from there on of the next house's. */
  const clearOf = (text: string): number => Math.max(96 * spot.scale, half(text) + 21 * plateScale);
  const farthest = (text: string): number => Math.max(cell / 2 - 17, cell - half(text) - 21 * plateScale);
  const isRoomy = textWidth(name, size) + 14 <= Math.min(cell - 8, 150 * spot.scale + 22) && clearOf(name) <= farthest(name);
  const plaque = isRoomy ? name : id;
  return {
    id,
    ...spot,
    name,
    plaque,
    light: row.status === '_Prunning' ? 'lit' : 'dark',
    door: doorOf(state, row),
    stay: stayOf(state, row),
    chalk: slateOf(state, id, row),
    hidden: Math.max(0, row.runq.length - SHOWN_ON_BENCH),
    bench: row.runq.length,
    timers: row.timers.length,
    plate: { x: spot.x + Math.min(clearOf(plaque), farthest(plaque)), y: spot.y - 52 * spot.scale, scale: plateScale },
  };
}

/** A board, moved to the right until no house's plate covers it. */
function clear(sign: Sign, houses: readonly HouseFigure[]): Sign {
  const covering = houses.filter(
    ({ plate: { x, y, scale } }) =>
      x < sign.x && Math.abs(y - sign.y) < (38 * scale + sign.h) / 2 && x + 21 * scale + 3 > sign.x - sign.w / 2,
  );
  return { ...sign, x: Math.max(sign.x, ...covering.map(({ plate }) => plate.x + 21 * plate.scale + 3 + sign.w / 2)) };
}

/** So many who wait have room to say what for, in its whole length. */
const SAY_THEMSELVES = 1;

/** What the crèche's children wait for, and how many for each, the most first: from the longest text to the shortest; none while each says it. */
function whatFor({ state, held }: SceneInput, waiting: number): string[] {
  if (waiting <= SAY_THEMSELVES) return [];
  const { groups } = waitingBy(state, (id) => ({ id, name: '', robe: '', sash: 'band', strip: null, locks: '' }), held);
  const counted = ({ label, count }: Group): string => `${label} ${count}`;
  const kept = (group: Group): string => `${counted(group)}${group.holder ? `${KEY_MARK}${group.holder.id}` : ''}`;
  const said = (hidden: number, say: (group: Group) => string, all = groups): string => {
    const [named, rest] = [all.slice(0, all.length - hidden), all.slice(all.length - hidden)];
    const others = rest.reduce((sum, { count }) => sum + count, 0);
    return [...named.map(say), ...(others === 0 ? [] : [`+${others}`])].join(' · ');
  };
  const hidden = groups.map((_, i) => i);
  // Who has a lock says more than what all the others wait for.
  const keptFirst = [...groups.filter(({ holder }) => holder), ...groups.filter(({ holder }) => !holder)];
  const isKept = groups.some(({ holder }) => holder);
  return [...(isKept ? hidden.map((n) => said(n, kept, keptFirst)) : []), ...hidden.map((n) => said(n, counted))];
}

/** Boards that do not move. `letters`: null where there is no post station. `reasons`: what is waited for, as `whatFor` has it. */
function signs(plan: Plan, waiting: number, letters: number | null, language: Language, reasons: readonly string[]): Sign[] {
  const says = (id: SignId): string => written(id, 'sign')[language];
  const { places } = plan;
  const counted = (text: string, n: number): string => (n === 0 ? text : `${text} · ${n}`);
  const board = (id: string, text: string, at: Spot, w = textWidth(text) + 18): Sign => ({ id, text, x: at.x, y: at.y, w, h: 22 });
  const gate = (id: SignId, yard: Box, n: number, details: readonly string[] = []): Sign => {
    const name = counted(says(id), n);
    const text = details.map((each) => `${name} (${each})`).find((each) => textWidth(each) + 42 <= yard.w) ?? name;
    const w = textWidth(text) + 22;
    // At the far end: those who come first wait at the near one.
    return board(id, text, { x: yard.x + yard.w - 10 - w / 2, y: yard.y - 7 }, w);
  };
  const keysHeight = 30 + 20 * Math.max(1, Math.min(SHOWN_KEYS, plan.keys.length));
  return [
    gate('orphanage', places.orphanage, plan.orphans),
    gate('creche', places.creche, waiting, reasons),
    gate('nursinghome', places.nursing, plan.sleepers),
    board('forest', says('forest'), { x: (places.forest + plan.width) / 2, y: Math.max(FOREST_SIGN, places.back - 112) }),
    {
      ...board('keys', says('keys'), { x: Math.max(places.keys.x, textWidth(says('keys')) / 2 + 13), y: places.keys.y + keysHeight / 2 }),
      h: keysHeight,
    },
    ...(letters === null
      ? []
      : [clear(board('post', counted(says('post'), letters), { x: places.post.x, y: places.post.y - 76 }), plan.houses)]),
    board('lane', says('lane'), { x: 32, y: places.lane.to - 14 }),
  ];
}

/** Figures that a step touches: ids of M, P, G and the village's own places. */
export function touched(step: Step | null): Set<string> {
  const ids = new Set<string>();
  for (const [path] of step?.set ?? []) {
    const { table, id, field } = parsePath(path);
    if (table === 'G' || table === 'M' || table === 'P') ids.add(id);
    else if (table === 'sysmon') ids.add('watchman');
    else if (table === 'sched' && field === 'runq') ids.add('orphanage');
    else if (table === 'sched' && field === 'midle') ids.add('nursinghome');
    else if (table === 'sched' && field === 'pidle') ids.add('keys');
  }
  return ids;
}
