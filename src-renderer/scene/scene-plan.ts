/**
 * What the village looks like in one state: pure numbers and words, drawn by Scene.svelte, interpolated by planBetween.
 * Truth comes first: every figure stands where a field of the state puts it (scheduler.md section 10).
 */
import type { Language } from '../../assets/words/index';
import { parsePath } from '../../src-main/contract/index';
import type { GId, GRow, MId, MRow, PId, PRow, Scenario, State, Step } from '../../src-main/contract/index';
import { type ChildPose, type Doing, type Door, type ParentPose, type SignId, told, word, written } from './glossary';
import { childName, childRobe, houseName, parentName, parentRobe } from './names';
import { type Label, labelWidth, type LabelText, type LabelWish, placeLabels, textWidth, TYPE } from './scene-labels';
import { type Box, type Frame, houseSpots, type HouseSpot, type Places, placesFor, seats, type Spot } from './scene-layout';

export interface HouseFigure extends Spot {
  id: PId;
  scale: number;
  /** On the plaque over the door; a narrow house bears its number only. */
  plaque: string;
  name: string;
  light: 'lit' | 'dark';
  door: Door;
  /** syscalltick, the stay number on the plate. */
  stay: number;
  /** The stay number that the watchman has chalked on his slate: he has seen this house locked. */
  chalk: number | null;
  /** Gs on the bench that are not drawn. */
  hidden: number;
  bench: number;
  timers: number;
  /** The middle of the plate with the stay number, and how large it is. */
  plate: Spot & { scale: number };
}

export interface ParentFigure extends Spot {
  id: MId;
  scale: number;
  name: string;
  pose: ParentPose;
  robe: string;
  /** The address in the hand: the house's name and the number copied. */
  address: string | null;
  /** The house whose key lies by the pillow, or in the hand on the way. */
  key: PId | null;
  /** What it says that it is doing: not always what the pose shows. */
  doing: Doing;
  isBound: boolean;
}

export interface ChildFigure extends Spot {
  id: GId;
  scale: number;
  name: string;
  robe: string;
  pose: ChildPose;
  /** The red strip on the back: 'alarm' while nobody may grow the stack, 'yield' when asked to make way. */
  strip: 'alarm' | 'yield' | null;
  /** What it waits for, in Go's words; '' when it does not. */
  reason: string;
}

/** A board with a word on it that stands in the village. `x`, `y`: its middle. */
export interface Sign extends Spot {
  id: string;
  text: string;
  w: number;
  h: number;
}

export interface Plan extends Frame {
  houses: HouseFigure[];
  parents: ParentFigure[];
  children: ChildFigure[];
  labels: Label[];
  signs: Sign[];
  orphans: number;
  sleepers: number;
  keys: { id: PId; name: string }[];
  /** Where the standing parts lie. */
  places: Places;
  /** Beds in the nursing home and mats in the crèche, taken or free. */
  beds: Spot[];
  bedScale: number;
  mats: Spot[];
}

const SHOWN_ON_BENCH = 8;
const SHOWN_ORPHANS = 16;
const SHOWN_WAITING = 16;
/** Hunters beyond this many stand closer, and their address slips are left to the tables. */
const ROOMY_FOREST = 3;
/** Native sizes of the drawings. */
const PARENT = { height: 62, half: 17 };
const CHILD = { height: 40, half: 11 };
const BED_APART = 84;
/** From a parent to the child at its hand. */
const HAND = 46;
const FREE_BEDS = 3;

export interface SceneInput {
  state: State;
  step: Step | null;
  cast: Scenario['cast'];
  language: Language;
  frame: Frame;
}

interface Working {
  input: SceneInput;
  plan: Plan;
  homes: Map<PId, HouseSpot>;
  /** The roomiest bed or mat first. */
  sleepers: MId[];
}

/** Keys are drawn on the board while they are few, else counted. */
export const SHOWN_KEYS = 4;

export function scenePlan(input: SceneInput): Plan {
  const { state, frame } = input;
  const ids = Object.keys(state.P) as PId[];
  const places = placesFor(frame);
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
  const working: Working = { input, plan, homes, sleepers };
  for (const id of ids) plan.houses.push(house(working, id));
  plan.signs = signs(plan, waiting, input.language);
  placeParents(working);
  placeChildren(working);
  plan.labels = placeLabels(wishes(plan), obstacles(plan), faces(plan), frame);
  return plan;
}

function house({ input, homes }: Working, id: PId): HouseFigure {
  const { state, cast, language } = input;
  const row = state.P[id] as PRow;
  const { cell, ...spot } = homes.get(id) as HouseSpot;
  const seen = state.sysmon.ticks[id];
  const owner = row.m === null ? null : state.M[row.m];
  const isRaw = owner?.kernel !== null && owner?.kernel !== undefined && row.status === '_Prunning';
  const doors = {
    _Pidle: 'closed',
    _Prunning: isRaw ? 'bolted' : 'open',
    _Psyscall: 'locked',
    _Pgcstop: 'sealed',
    _Pdead: 'ruin',
  } as const;
  const name = houseName(id, cast, language);
  const plateScale = Math.min(1.15, Math.max(1, spot.scale));
  return {
    id,
    ...spot,
    name,
    plaque: textWidth(name, plaqueSize(spot.scale)) + 14 <= Math.min(cell - 8, 150 * spot.scale + 22) ? name : id,
    light: row.status === '_Prunning' ? 'lit' : 'dark',
    door: doors[row.status],
    stay: row.syscalltick,
    chalk:
      row.status === '_Psyscall' && seen !== undefined && seen.syscalltick === row.syscalltick && seen.syscallwhen > 0
        ? seen.syscalltick
        : null,
    hidden: Math.max(0, row.runq.length - SHOWN_ON_BENCH),
    bench: row.runq.length,
    timers: row.timers.length,
    plate: { x: spot.x + Math.min(96 * spot.scale, cell / 2 - 17), y: spot.y - 52 * spot.scale, scale: plateScale },
  };
}

export function plaqueSize(scale: number): number {
  return Math.max(TYPE, 15 * scale);
}

/** Boards that do not move. */
function signs(plan: Plan, waiting: number, language: Language): Sign[] {
  const says = (id: SignId): string => written(id, 'sign')[language];
  const { places } = plan;
  const counted = (text: string, n: number): string => (n === 0 ? text : `${text} · ${n}`);
  const board = (id: string, text: string, at: Spot, w = textWidth(text) + 18): Sign => ({ id, text, x: at.x, y: at.y, w, h: 22 });
  const gate = (id: SignId, yard: Box, n: number): Sign => {
    const text = counted(says(id), n);
    const w = textWidth(text) + 22;
    // At the far end: those who come first wait at the near one.
    return board(id, text, { x: yard.x + yard.w - 10 - w / 2, y: yard.y - 7 }, w);
  };
  const keysHeight = 30 + 20 * Math.max(1, Math.min(SHOWN_KEYS, plan.keys.length));
  return [
    gate('orphanage', places.orphanage, plan.orphans),
    gate('creche', places.creche, waiting),
    gate('nursinghome', places.nursing, plan.sleepers),
    board('forest', says('forest'), { x: (places.forest + plan.width) / 2, y: places.ground - 112 }),
    {
      ...board('keys', says('keys'), { x: Math.max(places.keys.x, textWidth(says('keys')) / 2 + 13), y: places.keys.y + keysHeight / 2 }),
      h: keysHeight,
    },
    board('post', says('post'), { x: places.post.x, y: places.post.y - 76 }),
    board('lane', says('lane'), { x: 32, y: places.lane.to - 14 }),
  ];
}

/** What labels keep clear of. */
function obstacles(plan: Plan): Box[] {
  const around = ({ x, y }: Spot, w: number, h: number): Box => ({ x: x - w / 2, y: y - h / 2, w, h });
  return [
    ...plan.signs.map((sign) => around(sign, sign.w, sign.h)),
    ...plan.houses.flatMap((each) => {
      const size = plaqueSize(each.scale);
      return [
        around({ x: each.x, y: each.y - 66 * each.scale }, textWidth(each.plaque, size) + 16, size * 1.35),
        around(
          { x: each.plate.x, y: each.plate.y + (each.chalk === null ? 0 : 14) },
          42 * each.plate.scale,
          (each.chalk === null ? 38 : 66) * each.plate.scale,
        ),
        ...(each.timers > 0 ? [around({ x: each.x - 92 * each.scale, y: each.y - 5 * each.scale }, 30 * each.scale, 44 * each.scale)] : []),
        ...(each.hidden > 0 ? [around({ x: each.x + 114 * each.scale, y: benchLine(plan.places, each) - 8 }, 36, 20)] : []),
      ];
    }),
  ];
}

function faces(plan: Plan): (Box & { of: string })[] {
  return [
    ...plan.parents.map((each) => {
      const isLying = each.pose === 'asleep';
      return {
        of: each.id,
        x: each.x - 15 * each.scale,
        y: each.y - (isLying ? 26 : PARENT.height) * each.scale,
        w: 30 * each.scale,
        h: (isLying ? 26 : 34) * each.scale,
      };
    }),
    ...plan.children.map((each) => ({
      of: each.id,
      x: each.x - CHILD.half * each.scale,
      y: each.y - CHILD.height * each.scale,
      w: 2 * CHILD.half * each.scale,
      h: 26 * each.scale,
    })),
  ];
}

/** Labels in the order in which they may choose: parents, children in somebody's care, and then those who wait. */
function wishes(plan: Plan): LabelWish[] {
  const held = plan.children.filter((each) => each.pose === 'raised' || each.pose === 'hunting');
  const ofParent = (each: ParentFigure): LabelWish[] => {
    if (each.scale < 0.3) return [];
    const size = {
      of: each.id,
      at: each,
      height: (each.pose === 'asleep' ? 30 : PARENT.height) * each.scale,
      half: PARENT.half * each.scale,
    };
    const hasChild = held.some((child) => child.y === each.y + 1 && child.x > each.x && child.x - each.x < HAND * each.scale + 1);
    const wish: LabelWish = {
      ...size,
      kind: 'name',
      variants: [
        { text: each.name, id: each.id },
        { text: '', id: each.id },
      ],
    };
    return [hasChild ? { ...wish, lean: { to: -1, room: (HAND / 2) * each.scale - 1 } } : wish];
  };
  const slipOf = (each: ParentFigure): LabelWish[] => {
    if (each.address === null) return [];
    const [where = '', number = ''] = each.address.split(' · ');
    return [
      {
        kind: 'slip',
        of: each.id,
        at: each,
        height: PARENT.height * each.scale,
        half: PARENT.half * each.scale,
        variants: [
          { text: each.address, id: '' },
          { text: `${where.slice(0, 5)} · ${number}`, id: '' },
        ],
      },
    ];
  };
  const ofChild = (each: ChildFigure, variants: LabelText[]): LabelWish => ({
    kind: 'name',
    of: each.id,
    at: each,
    height: CHILD.height * each.scale,
    half: CHILD.half * each.scale,
    variants,
  });
  const rest = plan.children.filter((each) => !held.includes(each));
  // Where many sit close together all of them go by their numbers.
  const isTight = (each: ChildFigure): boolean => {
    // Measured once for each child, not once for each pair: text is slow to measure.
    const room = labelWidth({ text: each.name, id: each.id }) - 8;
    return rest.some((other) => other !== each && other.y === each.y && Math.abs(other.x - each.x) < room);
  };
  return [
    ...plan.parents.flatMap(ofParent),
    ...held.map((each): LabelWish => ({
      ...ofChild(each, [
        { text: each.name, id: each.id },
        { text: '', id: each.id },
      ]),
      lean: { to: 1, room: (HAND / 2) * each.scale - 1 },
    })),
    ...plan.parents.flatMap(slipOf),
    ...rest.map((each) => {
      const short = { text: '', id: each.id };
      const reason = each.reason === '' ? [] : [{ text: each.name, id: `${each.id} · ${each.reason}` }];
      return isTight(each)
        ? { ...ofChild(each, [short]), isInRow: true }
        : ofChild(each, [...reason, { text: each.name, id: each.id }, short]);
    }),
  ];
}

function placeParents(working: Working): void {
  const { input } = working;
  const { state } = input;
  const hunters = (Object.entries(state.M) as [MId, MRow][]).filter(([, row]) => isHunting(state, row)).map(([id]) => id);
  // The watchman comes last: it is he who steps aside.
  const all = (Object.entries(state.M) as [MId, MRow][]).sort(([, a], [, b]) => Number(a.role === 'sysmon') - Number(b.role === 'sysmon'));
  for (const [id, row] of all) {
    if (row.dead) continue;
    const place = parentPlace(working, id, row, hunters);
    const { pose, doing, ...spot } = { ...place, x: freeOnLane(working.plan, place) };
    working.plan.parents.push({
      id,
      x: Math.min(spot.x, working.plan.width - 30),
      y: spot.y,
      scale: spot.scale ?? 1,
      name: parentName(id, row.role, input.cast, input.language),
      pose,
      robe: parentRobe(id, row.role, input.cast),
      address:
        row.oldp === null || hunters.length > ROOMY_FOREST
          ? null
          : `${houseName(row.oldp, input.cast, input.language)} · ${row.syscalltick}`,
      key: row.nextp,
      doing,
      isBound: row.lockedg !== null,
    });
  }
}

/** Whoever is on the lane already keeps the place; the next one goes a little farther. */
function freeOnLane({ parents, places }: Plan, { x, y, pose, scale = 1 }: Place): number {
  const isOnLane = (at: number): boolean => Math.abs(at - places.walk) < 12;
  if (!isOnLane(y)) return x;
  // A child at the hand takes as much room again.
  const room = (isAlone: boolean): number => (isAlone ? 52 : 104) * scale;
  const others = parents.filter((each) => isOnLane(each.y));
  const isFree = (at: number): boolean =>
    others.every((each) => (at < each.x ? each.x - at >= room(pose === 'watch' || pose === 'doze') : at - each.x >= room(false)));
  const wishes = Array.from({ length: 24 }, (_, i) => x + (i % 2 === 0 ? 1 : -1) * Math.ceil(i / 2) * 34);
  return wishes.find((at) => at >= 40 && at <= places.forest + 20 && isFree(at)) ?? x;
}

/** Asleep on its note, or on the list of idle threads and about to lie down. Whoever waits for a child of its own waits outside. */
function isInNursingHome(state: State, id: MId, row: MRow): boolean {
  if (row.dead || row.role !== 'worker' || row.p !== null || state.kernel.poller === id) return false;
  if (state.sched.midle.includes(id) || (row.parked && row.lockedg === null)) return true;
  // Just woken, and still beside the bed, with the key in the hand. A thread without a past has never slept: it comes along the lane.
  const hasPast = row.regs !== null || row.syscalltick > 0;
  return row.nextp !== null && row.curg === null && row.lockedg === null && (row.park === 1 || hasPast);
}

/** In the kernel, or in C, for a goroutine's sake and away from its house. RawSyscall leaves it bolted and lit: the house is still its own. */
function isHunting(state: State, row: MRow): boolean {
  if (row.role !== 'worker') return false;
  if (row.p !== null) return row.kernel !== null && row.curg !== null && !row.ong0;
  const inCall = row.curg !== null && state.G[row.curg]?.status === '_Gsyscall';
  return inCall || row.incgo;
}

interface Place extends Spot {
  scale?: number;
  pose: ParentPose;
  doing: Doing;
}

function parentPlace(working: Working, id: MId, row: MRow, hunters: readonly MId[]): Place {
  const { input, homes, plan } = working;
  const { state } = input;
  const { places } = plan;
  const scale = 1.2 * places.zoom;
  if (row.role === 'sysmon') return watchman(working);
  if (row.role === 'template')
    return { x: 104, y: places.walk, scale, pose: row.parked ? 'doze' : 'walking', doing: row.parked ? 'doze' : 'walking' };
  if (state.kernel.poller === id) return { x: places.post.x + 44, y: places.ground + 10, scale, pose: 'polling', doing: 'polling' };
  const bed = working.sleepers.indexOf(id);
  if (bed >= 0) return inBed(working, row, bed);
  const home = homes.get(row.p ?? 'P-1');
  if (hunters.includes(id)) return hunting(working, id, row, hunters);
  if (row.p !== null && home) return atHome(working, row, home);
  const heir = homes.get(row.nextp ?? 'P-1');
  if (row.nextp !== null && heir)
    return { x: heir.x - 84 * heir.scale, y: places.walk, scale, pose: row.spinning ? 'roaming' : 'walking', doing: 'walking' };
  if (row.lockedg !== null && row.parked) return { x: places.forest - 130, y: places.walk, scale, pose: 'outside', doing: 'outside' };
  // Between two places: on the lane.
  return { ...onLane(working, id), scale, pose: row.spinning ? 'roaming' : 'walking', doing: row.spinning ? 'roaming' : 'returning' };
}

/** On the lane before the forest, everybody in a place of their own, with room for a child. */
function onLane({ plan }: Working, id: MId): Spot {
  return { x: plan.places.forest - 156 - (Number(id.slice(1)) % 4) * 118, y: plan.places.walk };
}

function inBed({ plan }: Working, row: MRow, bed: number): Place {
  const spot = plan.beds[bed];
  const last = plan.beds.at(-1) ?? { x: plan.places.nursing.x, y: plan.places.yard };
  return {
    ...(spot ?? last),
    scale: spot ? plan.bedScale : 0,
    pose: row.parked ? 'asleep' : 'walking',
    doing: row.parked || spot ? 'asleep' : 'walking',
  };
}

/** People before a house are as large as it lets them. */
function figureScale(home: HouseSpot, places: Places): number {
  return Math.min(1.24 * places.zoom, Math.max(0.7, home.scale));
}

export function benchLine(places: Places, home: { y: number; scale: number }): number {
  return home.y + Math.min(58 * home.scale, places.walk - places.ground);
}

function atHome({ plan }: Working, row: MRow, home: HouseSpot): Place {
  const scale = figureScale(home, plan.places);
  const place = { x: home.x - 54 * home.scale, y: home.y + 9 * home.scale, scale };
  if (row.spinning) return { ...place, x: home.x - 84 * home.scale, y: benchLine(plan.places, home), pose: 'roaming', doing: 'roaming' };
  if (row.kernel !== null) return { ...place, pose: 'hunting', doing: 'hunting' };
  const isRaising = row.curg !== null && !row.ong0;
  return { ...place, pose: isRaising ? 'home' : 'desk', doing: isRaising ? 'home' : 'desk' };
}

function hunting(working: Working, id: MId, row: MRow, hunters: readonly MId[]): Place {
  const { input, plan, homes } = working;
  const { places } = plan;
  // Holding on to its M (m.locks) the thread is just leaving its house, or stands before it again.
  const door = row.kernel === null && !row.incgo && row.locks > 0 ? homes.get(doorOf(input.state, row) ?? 'P-1') : undefined;
  if (door)
    return {
      x: door.x - 112 * door.scale,
      y: door.y + 9 * door.scale,
      scale: figureScale(door, places),
      pose: 'walking',
      doing: 'returning',
    };
  // On the way out or back: at the forest's edge.
  if (row.kernel === null && !row.incgo)
    return { x: places.forest - 88, y: places.walk, scale: 1.2 * places.zoom, pose: 'walking', doing: 'walking' };
  const pose = row.incgo ? 'abroad' : 'hunting';
  return { ...glade(places, hunters.indexOf(id), hunters.length), pose, doing: pose };
}

/** A hunter's place among the trees: few stand large and apart, many in rows. */
function glade(places: Places, index: number, count: number): Spot & { scale: number } {
  const from = places.forest + 34;
  const wide = places.width - places.forest - 52;
  const bottom = places.height - 30;
  const top = places.ground + 4;
  if (count <= ROOMY_FOREST) {
    const scale = [1.3, 1.1, 0.9][count - 1] ?? 0.9;
    const y = count === 1 ? (places.walk + bottom) / 2 : top + 26 + ((bottom - top - 26) / (count - 1)) * index;
    return { x: from + wide * 0.24, y, scale: scale * places.zoom };
  }
  const columns = Math.max(2, Math.floor(wide / 62));
  const rows = Math.ceil(count / columns);
  const line = Math.min(64, (bottom - top) / Math.max(1, rows - 1));
  return { x: from + (wide / columns) * (index % columns), y: bottom - Math.floor(index / columns) * line, scale: 0.72 };
}

/** The house that a thread without a P comes from: the address it keeps, or, while it reads it, the free house that bears its number. */
function doorOf(state: State, row: MRow): PId | null {
  if (row.oldp !== null) return row.oldp;
  const free = (Object.entries(state.P) as [PId, PRow][]).filter(
    ([id, p]) =>
      p.m === null &&
      p.syscalltick === row.syscalltick &&
      (p.status === '_Psyscall' || (p.status === '_Pidle' && !state.sched.pidle.includes(id))),
  );
  const [found] = free.filter(([id]) => !Object.values(state.M as Record<string, MRow>).some((each) => each.oldp === id));
  return found?.[0] ?? null;
}

/** He stands right of a house, where nobody else does, and moves on to the next after a few rounds. */
function watchman({ input, homes, plan }: Working): Place {
  const { state, step } = input;
  const { places } = plan;
  const scale = 1.2 * places.zoom;
  if (state.sysmon.deepsleep) return { x: places.forest - 40, y: places.walk, scale, pose: 'doze', doing: 'doze' };
  const beside = (home: HouseSpot): Spot => ({ x: home.x + Math.min(126 * home.scale, home.cell / 2 + 4), y: benchLine(places, home) });
  const looked = step !== null && step.m === state.sysmon.m ? houseLookedAt(step) : null;
  const at = looked === null ? undefined : homes.get(looked);
  if (at) return { ...beside(at), scale: Math.min(scale, Math.max(0.8, at.scale * 1.1)), pose: 'watch', doing: 'watch' };
  const spots = [...homes.values()].filter((each) => each.y === places.ground || homes.size > 8).map(beside);
  const stops = [{ x: 120, y: places.walk }, ...spots].slice(0, 6);
  const there = Math.floor(state.sysmon.idle / 8) % (2 * stops.length - 2 || 1);
  const stop = stops[there < stops.length ? there : 2 * stops.length - 2 - there] ?? { x: 120, y: places.walk };
  return { ...stop, y: places.walk, scale, pose: 'watch', doing: 'watch' };
}

/** Whose fields the watchman reads or writes in this step, or whose house he gives away. */
function houseLookedAt(step: Step): PId | null {
  for (const [path, , now] of step.set) {
    const { table, id, field, below } = parsePath(path);
    if (table === 'P') return id;
    if (table === 'sysmon' && field === 'ticks' && below[0] !== undefined) return below[0] as PId;
    if (table === 'M' && field === 'nextp' && typeof now === 'string') return now as PId;
  }
  return null;
}

interface Seat {
  spot: Spot;
  pose: ChildFigure['pose'];
  scale: number;
}

function placeChildren(working: Working): void {
  const { input, plan, homes } = working;
  const { state } = input;
  const taken = new Map<GId, Seat>();
  for (const [p, row] of Object.entries(state.P) as [PId, PRow][]) {
    const home = homes.get(p);
    if (home) seatBefore(taken, row, home, plan.places);
  }
  const { orphanage, yard, zoom } = plan.places;
  const pews = seats(orphanage, yard, Math.min(SHOWN_ORPHANS, state.sched.runq.length), 76, 26);
  for (const [i, spot] of pews.entries()) taken.set(state.sched.runq[i] as GId, { spot, pose: 'waiting', scale: zoom });
  /** Waiting in a queue that may not be drawn to its end. */
  const queued = new Set<GId>([...state.sched.runq, ...Object.values(state.P as Record<string, PRow>).flatMap((row) => row.runq)]);
  let napping = 0;
  for (const [g, row] of Object.entries(state.G) as [GId, GRow][]) {
    const seat = taken.get(g) ?? childPlace(working, g, row, napping, queued);
    if (row.status === '_Gwaiting') napping++;
    if (!seat) continue;
    plan.children.push({
      id: g,
      x: Math.min(seat.spot.x, plan.width - 16),
      y: seat.spot.y,
      scale: seat.scale,
      name: childName(g, row.name, input.cast, input.language),
      robe: childRobe(g, row.name, input.cast),
      pose: seat.pose,
      reason: row.status === '_Gwaiting' ? row.waitreason : '',
      strip: row.preempt ? 'yield' : row.stackguard0 === 'stackPreempt' ? 'alarm' : null,
    });
  }
}

function seatBefore(taken: Map<GId, Seat>, row: PRow, home: HouseSpot, places: Places): void {
  const { scale } = home;
  const bench = benchLine(places, home);
  for (const [i, g] of row.runq.slice(0, SHOWN_ON_BENCH).entries()) {
    taken.set(g, { spot: { x: home.x + (-78 + i * 23.5) * scale, y: bench }, pose: 'waiting', scale: Math.max(0.6, 0.8 * scale) });
  }
  if (row.runnext !== null)
    taken.set(row.runnext, { spot: { x: home.x + 64 * scale, y: home.y + 9 * scale }, pose: 'waiting', scale: figureScale(home, places) });
}

function childPlace({ plan, input }: Working, g: GId, row: GRow, napping: number, queued: ReadonlySet<GId>): Seat | null {
  if (row.status === '_Gdead' || row.status === '_Gidle') return null;
  if (row.status === '_Gwaiting') {
    const spot = plan.mats[napping];
    return spot ? { spot, pose: 'asleep', scale: plan.places.zoom } : null;
  }
  const parent = row.m === null ? undefined : plan.parents.find((each) => each.id === row.m);
  if (parent) {
    const isHunting = row.status === '_Gsyscall' && parent.pose !== 'desk' && parent.pose !== 'home';
    return { spot: beside(parent, 1), pose: isHunting ? 'hunting' : 'raised', scale: parent.scale };
  }
  if (row.status !== '_Grunnable' || queued.has(g)) return null;
  // In somebody's hand on the way.
  const workers = plan.parents.filter(
    (each) => each.pose !== 'watch' && each.pose !== 'doze' && each.pose !== 'asleep' && each.pose !== 'hunting',
  );
  const carrier =
    workers.find((each) => each.id === input.step?.m) ??
    workers.find((each) => each.pose === 'desk' || each.pose === 'roaming') ??
    workers.find((each) => each.pose === 'walking');
  if (!carrier) return null;
  // A little apart: this one is nobody's child, or not yet.
  const hasOwn = Object.values(input.state.G as Record<string, GRow>).some((each) => each.m === carrier.id);
  return { spot: beside(carrier, hasOwn ? 2 : 1.35), pose: 'raised', scale: carrier.scale };
}

function beside(parent: ParentFigure, places: number): Spot {
  return { x: parent.x + HAND * parent.scale * places, y: parent.y + 1 };
}

/** The picture in words, for those who do not see it. */
export function describe(plan: Plan, language: Language): string {
  const houses = plan.houses.map((each) => `${each.name} (${each.id}): ${word(`door.${each.door}`)[language]}`);
  const parents = plan.parents.map((each) => `${each.name} (${each.id}): ${word(`parent.${each.doing}`)[language]}`);
  return told(language, { figures: [...houses, ...parents].join('; '), orphans: plan.orphans, sleepers: plan.sleepers });
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
