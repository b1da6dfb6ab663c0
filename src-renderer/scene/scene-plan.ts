/**
 * What the village looks like in one state: pure numbers and words, drawn by Scene.svelte, interpolated by planBetween.
 *
 * One space: the scene's own units, HEIGHT high and as wide as the container's shape asks for; the SVG's viewBox scales it.
 * Truth comes first: every figure stands where a field of the state puts it (scheduler.md section 10).
 */
import type { GId, GRow, MId, MRow, PId, PRow, Scenario, State, Step } from '../../src-main/contract/index';
import { childName, houseName, type Language, parentName, robe } from './names';

export const HEIGHT = 430;

export interface Spot {
  x: number;
  y: number;
}

export interface HouseFigure extends Spot {
  id: PId;
  scale: number;
  name: string;
  light: 'lit' | 'dark';
  door: 'open' | 'closed' | 'locked' | 'bolted' | 'sealed' | 'ruin';
  /** syscalltick, the stay number on the plate. */
  stay: number;
  /** The watchman has seen this very stay before. */
  isChalked: boolean;
  /** Gs on the bench that are not drawn. */
  hidden: number;
  bench: number;
  hasStool: boolean;
  timers: number;
}

export type ParentPose = 'home' | 'desk' | 'roaming' | 'hunting' | 'asleep' | 'outside' | 'polling' | 'walking' | 'watch' | 'doze' | 'abroad';

export interface ParentFigure extends Spot {
  id: MId;
  scale: number;
  name: string;
  pose: ParentPose;
  robe: string;
  /** The address in the hand: the house's name and the number copied. */
  address: string | null;
  /** What it is doing, in a word. */
  caption: string;
  isBound: boolean;
}

export interface ChildFigure extends Spot {
  id: GId;
  scale: number;
  name: string;
  robe: string;
  pose: 'raised' | 'waiting' | 'asleep' | 'hunting';
  tag: string;
  hasNote: boolean;
}

export interface Plan {
  width: number;
  houses: HouseFigure[];
  parents: ParentFigure[];
  children: ChildFigure[];
  orphans: number;
  sleepers: number;
  keys: { id: PId; name: string }[];
  /** Where the standing parts lie. */
  places: { lane: number; orphanage: Spot; creche: Spot; nursing: Spot; forest: number; keys: Spot; post: Spot };
  isSealed: boolean;
  hasNight: boolean;
}

const SHOWN_ON_BENCH = 8;
const SHOWN_ORPHANS = 9;
const SHOWN_WAITING = 8;
/** Hunters beyond this many stand closer, and their address slips are left to the tables. */
const ROOMY_FOREST = 3;
/** Tags are read only while there are few. */
const SHOWN_TAGS = 3;
const LANE_Y = 292;
const YARD_Y = 404;

const WORDS = {
  zh: { hunt: '打猎', sleep: '睡着', roam: '找孩子', desk: '账房', raise: '照看', walk: '赶路', post: '守信箱', watch: '巡街', doze: '打盹', abroad: '出国', locked: '等孩子', home: '回家路上' },
  en: { hunt: 'hunting', sleep: 'asleep', roam: 'roaming', desk: 'at the desk', raise: 'caring', walk: 'on the way', post: 'at the post', watch: 'watching', doze: 'dozing', abroad: 'abroad', locked: 'waits for child', home: 'coming home' },
};

export interface SceneInput {
  state: State;
  step: Step | null;
  cast: Scenario['cast'];
  language: Language;
  /** Width of the scene for HEIGHT, from the container's shape. */
  width: number;
}

type Places = Plan['places'];

function placesFor(width: number): Places {
  return {
    lane: LANE_Y,
    orphanage: { x: width * 0.005 + 8, y: YARD_Y },
    creche: { x: width * 0.29, y: YARD_Y },
    nursing: { x: width * 0.545, y: YARD_Y },
    forest: width * 0.8,
    keys: { x: 40, y: 150 },
    post: { x: width * 0.775, y: 306 },
  };
}

/** Where each house stands: one row while each has room, else two. */
export function houseSpots(count: number, width: number): { x: number; y: number; scale: number }[] {
  const from = 92;
  const to = width * 0.79;
  const rows = count === 1 || (to - from) / count >= 118 ? 1 : 2;
  const perRow = Math.ceil(count / rows);
  const cell = (to - from) / perRow;
  const scale = Math.min(rows === 1 ? 1.42 : 0.66, cell / 205);
  return Array.from({ length: count }, (_, i) => {
    const row = Math.floor(i / perRow);
    return { x: from + cell * ((i % perRow) + 0.5), y: rows === 1 ? 238 : 128 + row * 112, scale };
  });
}

interface Working {
  input: SceneInput;
  plan: Plan;
  homes: Map<PId, { x: number; y: number; scale: number }>;
}

export function scenePlan(input: SceneInput): Plan {
  const { state, width } = input;
  const ids = Object.keys(state.P) as PId[];
  const spots = houseSpots(ids.length, width);
  const homes = new Map(ids.map((id, i) => [id, spots[i] ?? { x: 0, y: 0, scale: 1 }]));
  const plan: Plan = {
    width,
    houses: [],
    parents: [],
    children: [],
    orphans: state.sched.runq.length,
    sleepers: state.sched.midle.length,
    keys: state.sched.pidle.map((id) => ({ id, name: houseName(id, input.cast, input.language) })),
    places: placesFor(width),
    isSealed: state.sched.gcwaiting,
    hasNight: false,
  };
  const working = { input, plan, homes };
  for (const id of ids) plan.houses.push(house(working, id));
  placeParents(working);
  placeChildren(working);
  return plan;
}

function house({ input, homes }: Working, id: PId): HouseFigure {
  const { state, cast, language } = input;
  const row = state.P[id] as PRow;
  const spot = homes.get(id) ?? { x: 0, y: 0, scale: 1 };
  const seen = state.sysmon.ticks[id];
  const owner = row.m === null ? null : state.M[row.m];
  const isRaw = owner?.kernel !== null && owner?.kernel !== undefined && row.status === '_Prunning';
  const doors = { _Pidle: 'closed', _Prunning: isRaw ? 'bolted' : 'open', _Psyscall: 'locked', _Pgcstop: 'sealed', _Pdead: 'ruin' } as const;
  return {
    id,
    ...spot,
    name: houseName(id, cast, language),
    light: row.status === '_Prunning' ? 'lit' : 'dark',
    door: doors[row.status],
    stay: row.syscalltick,
    isChalked: row.status === '_Psyscall' && seen !== undefined && seen.syscalltick === row.syscalltick && seen.syscallwhen > 0,
    hidden: Math.max(0, row.runq.length - SHOWN_ON_BENCH),
    bench: row.runq.length,
    hasStool: row.runnext !== null,
    timers: row.timers.length,
  };
}

function placeParents(working: Working): void {
  const { input } = working;
  const { state, width } = input;
  const hunters = (Object.entries(state.M) as [MId, MRow][]).filter(([, row]) => isHunting(state, row));
  for (const [id, row] of Object.entries(state.M) as [MId, MRow][]) {
    if (row.dead) continue;
    const place = parentPlace(working, id, row, hunters.findIndex(([each]) => each === id), hunters.length);
    if (!place) continue;
    const { pose, caption, ...spot } = place;
    working.plan.parents.push({
      id,
      x: Math.min(spot.x, width - 30),
      y: spot.y,
      scale: spot.scale ?? 1,
      name: parentName(id, row.role, input.cast, input.language),
      pose,
      robe: robe('parent', parentName(id, row.role, input.cast, 'zh')),
      address: row.oldp === null || hunters.length > ROOMY_FOREST ? null : `${houseName(row.oldp, input.cast, input.language)} · ${row.syscalltick}`,
      caption,
      isBound: row.lockedg !== null,
    });
  }
}

/** In the kernel, or in C, for a goroutine's sake and away from its house. */
function isHunting(state: State, row: MRow): boolean {
  if (row.p !== null || row.role !== 'worker') return false;
  const inCall = row.curg !== null && state.G[row.curg]?.status === '_Gsyscall';
  return inCall || row.incgo;
}

interface Place extends Spot {
  scale?: number;
  pose: ParentPose;
  caption: string;
}

function parentPlace(working: Working, id: MId, row: MRow, hunter: number, hunters: number): Place | null {
  const { input, homes, plan } = working;
  const { state, language } = input;
  const words = WORDS[language];
  const { places } = plan;
  if (row.role === 'sysmon') return watchman(working, row);
  if (row.role === 'template') return { x: places.nursing.x + 150, y: places.nursing.y, pose: row.parked ? 'asleep' : 'walking', caption: '' };
  if (state.kernel.poller === id) return { ...places.post, pose: 'polling', caption: words.post };
  if (hunter >= 0) return hunting(working, row, hunter, hunters);
  const home = homes.get(row.p ?? 'P-1');
  if (row.p !== null && home) return atHome(row, home, words);
  const bed = state.sched.midle.indexOf(id);
  if (bed >= 0) return { x: bedX(plan, bed), y: places.nursing.y, pose: 'asleep', caption: bed < bedsShown(plan) ? words.sleep : '', scale: bed < bedsShown(plan) ? 1 : 0 };
  const heir = homes.get(row.nextp ?? 'P-1');
  if (row.nextp !== null && heir) return { x: heir.x - 62 * heir.scale, y: LANE_Y + 4, pose: row.spinning ? 'roaming' : 'walking', caption: words.walk };
  if (row.lockedg !== null && row.parked) return { x: places.nursing.x - 46, y: LANE_Y + 12, pose: 'outside', caption: words.locked };
  // Between two places: on the lane, near the forest's edge.
  return { x: places.forest - 54 - (Number(id.slice(1)) % 4) * 34, y: LANE_Y + 8, pose: row.spinning ? 'roaming' : 'walking', caption: row.spinning ? words.roam : words.home };
}

/** Beds that fit beside each other with their names. */
function bedsShown(plan: Plan): number {
  return Math.max(2, Math.floor((plan.width * 0.235) / 92));
}

function bedX(plan: Plan, bed: number): number {
  return plan.places.nursing.x + 54 + Math.min(bed, bedsShown(plan)) * 92;
}

function atHome(row: MRow, home: { x: number; y: number; scale: number }, words: (typeof WORDS)['zh']): Place {
  const { scale } = home;
  if (row.spinning) return { x: home.x - 46 * scale, y: LANE_Y + 6, pose: 'roaming', caption: words.roam, scale: Math.max(0.7, scale) };
  const place = { x: home.x - 46 * scale, y: home.y + 14 * scale, scale: Math.min(1.25, scale) };
  if (row.kernel !== null) return { ...place, pose: 'hunting', caption: words.hunt };
  const isRaising = row.curg !== null && !row.ong0;
  return { ...place, pose: isRaising ? 'home' : 'desk', caption: isRaising ? words.raise : words.desk };
}

function hunting({ input, plan }: Working, row: MRow, index: number, count: number): Place {
  const words = WORDS[input.language];
  const from = plan.places.forest + 44;
  const to = plan.width - 46;
  const isRoomy = count <= ROOMY_FOREST;
  const columns = Math.max(1, Math.floor((to - from) / (isRoomy ? 96 : 62)) + (isRoomy ? 0 : 1));
  const line = Math.floor(index / columns);
  const x = count === 1 ? (from + to) / 2 - 30 : from + ((to - from) / Math.max(1, Math.min(columns, count) - 1 || 1)) * (index % columns);
  const y = (isRoomy ? 330 : 400) - line * (isRoomy ? 96 : 54);
  const isInside = row.kernel !== null || row.incgo;
  // On the way out or back: at the forest's edge.
  if (!isInside) return { x: plan.places.forest - 8, y: LANE_Y + 6, pose: 'walking', caption: words.walk };
  return { x, y: Math.max(150, y), pose: row.incgo ? 'abroad' : 'hunting', caption: row.incgo ? words.abroad : words.hunt, scale: isRoomy ? 1.2 : 0.66 };
}

function watchman({ input, homes, plan }: Working, row: MRow): Place {
  const { state, step, language } = input;
  const words = WORDS[language];
  if (state.sysmon.deepsleep) return { x: plan.places.post.x - 66, y: LANE_Y + 8, pose: 'doze', caption: words.doze };
  const looked = step !== null && step.m === state.sysmon.m ? houseLookedAt(step) : null;
  const at = looked === null ? undefined : homes.get(looked);
  if (at) return { x: at.x + 58 * at.scale, y: LANE_Y - 2, pose: 'watch', caption: words.watch, scale: 1.15 };
  // His rounds: a place on the lane for each round, to and fro.
  const phase = (state.sysmon.idle * 29) % 200;
  const along = (phase < 100 ? phase : 200 - phase) / 100;
  return { x: 120 + along * (plan.places.forest - 240), y: LANE_Y - 2, pose: 'watch', caption: row.blocked ? '' : words.watch, scale: 1.15 };
}

function houseLookedAt(step: Step): PId | null {
  for (const [path] of step.set) {
    const parts = /^(?:sysmon\.ticks|P)\.(P\d+)/.exec(path);
    if (parts) return parts[1] as PId;
  }
  return null;
}

function placeChildren(working: Working): void {
  const { input, plan, homes } = working;
  const { state } = input;
  const spots = new Map<GId, { spot: Spot; pose: ChildFigure['pose']; tag: string; scale: number }>();
  for (const [p, row] of Object.entries(state.P) as [PId, PRow][]) {
    const home = homes.get(p);
    if (home) seatInYard(spots, row, home);
  }
  for (const [i, g] of state.sched.runq.slice(0, SHOWN_ORPHANS).entries()) {
    spots.set(g, { spot: { x: plan.places.orphanage.x + 40 + i * 30, y: YARD_Y + 2 }, pose: 'waiting', tag: '', scale: 1 });
  }
  let napping = 0;
  for (const [g, row] of Object.entries(state.G) as [GId, GRow][]) {
    const place = spots.get(g) ?? childPlace(working, g, row, napping);
    if (row.status === '_Gwaiting') napping++;
    if (!place) continue;
    plan.children.push({
      id: g,
      x: place.spot.x,
      y: place.spot.y,
      scale: place.scale,
      name: childName(g, row.name, input.cast, input.language),
      robe: robe('child', childName(g, row.name, input.cast, 'zh')),
      pose: place.pose,
      tag: place.tag,
      hasNote: row.preempt && row.status === '_Grunning',
    });
  }
}

function seatInYard(spots: Map<GId, { spot: Spot; pose: ChildFigure['pose']; tag: string; scale: number }>, row: PRow, home: { x: number; y: number; scale: number }): void {
  const { scale } = home;
  for (const [i, g] of row.runq.slice(0, SHOWN_ON_BENCH).entries()) {
    spots.set(g, { spot: { x: home.x + (-62 + i * 19) * scale, y: home.y + 42 * scale }, pose: 'waiting', tag: '', scale: 0.72 * scale });
  }
  if (row.runnext !== null) spots.set(row.runnext, { spot: { x: home.x + 56 * scale, y: home.y + 13 * scale }, pose: 'waiting', tag: '', scale: Math.min(1.2, scale) });
}

function waitingIn(state: State): number {
  return Object.values(state.G as Record<string, GRow>).filter((row) => row.status === '_Gwaiting').length;
}

function childPlace({ plan, input }: Working, g: GId, row: GRow, napping: number): { spot: Spot; pose: ChildFigure['pose']; tag: string; scale: number } | null {
  if (row.status === '_Gdead' || row.status === '_Gidle') return null;
  if (row.status === '_Gwaiting') {
    if (napping >= SHOWN_WAITING) return null;
    return { spot: { x: plan.places.creche.x + 36 + napping * 34, y: YARD_Y + 2 }, pose: 'asleep', tag: napping < SHOWN_TAGS && waitingIn(input.state) <= SHOWN_TAGS ? row.waitreason : '', scale: 0.9 };
  }
  const parent = row.m === null ? null : plan.parents.find((each) => each.id === row.m);
  if (parent) {
    const isHunting = row.status === '_Gsyscall' && parent.pose !== 'desk' && parent.pose !== 'home';
    return { spot: { x: parent.x + (input.language === 'en' ? 80 : 58) * parent.scale, y: parent.y + 1 }, pose: isHunting ? 'hunting' : 'raised', tag: '', scale: parent.scale };
  }
  if (row.status !== '_Grunnable') return null;
  // Waiting in a queue that is not drawn to its end, or in somebody's hand on the way.
  const isQueued = input.state.sched.runq.includes(g) || Object.values(input.state.P).some((p) => p.runq.includes(g));
  if (isQueued) return null;
  const carrier = plan.parents.find((each) => each.pose === 'desk' || each.pose === 'roaming') ?? plan.parents.find((each) => each.id === input.step?.m);
  return carrier ? { spot: { x: carrier.x + 22, y: carrier.y }, pose: 'raised', tag: '', scale: 0.85 * carrier.scale } : null;
}

/** The picture on the way from one plan to the other: 0 is a, 1 is b. Whoever is in one only, appears or leaves. */
export function planBetween(a: Plan, b: Plan, fraction: number): Plan {
  if (fraction >= 1 || a === b) return b;
  const f = easeInOut(Math.max(0, fraction));
  const late = fraction < 0.5 ? a : b;
  return { ...late, width: b.width, places: b.places, parents: blend(a.parents, b.parents, f, fraction), children: blend(a.children, b.children, f, fraction) };
}

function blend<T extends Spot & { id: string; scale: number }>(from: readonly T[], to: readonly T[], f: number, raw: number): T[] {
  const before = new Map(from.map((each) => [each.id, each]));
  const moved = to.map((each): T => {
    const was = before.get(each.id);
    before.delete(each.id);
    if (!was) return { ...each, scale: each.scale * f };
    return { ...(raw < 0.5 ? was : each), x: was.x + (each.x - was.x) * f, y: was.y + (each.y - was.y) * f - hop(was, each, f), scale: was.scale + (each.scale - was.scale) * f };
  });
  return [...moved, ...[...before.values()].map((each) => ({ ...each, scale: each.scale * (1 - f) }))];
}

/** People walk in a slight bow, so that two who change places do not go through each other. */
function hop(a: Spot, b: Spot, f: number): number {
  const far = Math.hypot(b.x - a.x, b.y - a.y);
  return far < 8 ? 0 : Math.sin(f * Math.PI) * Math.min(26, far * 0.12);
}

function easeInOut(f: number): number {
  return f < 0.5 ? 2 * f * f : 1 - (2 - 2 * f) ** 2 / 2;
}

/** The picture in words, for those who do not see it. */
export function describe(plan: Plan, language: Language): string {
  const houses = plan.houses.map((each) => `${each.name} (${each.id}): ${DOORS[each.door][language]}`);
  const parents = plan.parents.map((each) => `${each.name} (${each.id}): ${each.caption === '' ? each.pose : each.caption}`);
  const tail = language === 'zh' ? `孤儿院 ${plan.orphans} 个孩子，养老院 ${plan.sleepers} 位家长。` : `${plan.orphans} children in the orphanage, ${plan.sleepers} parents in the nursing home.`;
  return `${[...houses, ...parents].join('; ')}. ${tail}`;
}

export const DOORS: Record<HouseFigure['door'], { zh: string; en: string }> = {
  open: { zh: '亮着灯', en: 'lit' },
  closed: { zh: '空着', en: 'empty' },
  locked: { zh: '锁着门，主人去打猎', en: 'locked, its parent is hunting' },
  bolted: { zh: '门从里面反锁', en: 'bolted from inside' },
  sealed: { zh: '贴着封条', en: 'sealed' },
  ruin: { zh: '拆了', en: 'torn down' },
};

/** Figures that a step touches: ids of M, P, G and the village's own places. */
export function touched(step: Step | null): Set<string> {
  const ids = new Set<string>();
  for (const [path] of step?.set ?? []) {
    const [table, id = ''] = path.split('.');
    if (table === 'G' || table === 'M' || table === 'P') ids.add(id);
    else if (path === 'sched.runq') ids.add('orphanage');
    else if (path === 'sched.midle') ids.add('nursinghome');
    else if (path === 'sched.pidle') ids.add('keys');
    else if (table === 'sysmon') ids.add('watchman');
  }
  return ids;
}
