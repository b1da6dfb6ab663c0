/** Where every parent stands, and what it is doing there: a field of its row says each. Pure. */
import { parsePath } from '../../src-main/contract/index';
import type { MId, MRow, PId, State, Step } from '../../src-main/contract/index';
import type { Doing, ParentPose } from './glossary';
import { houseName, parentName, parentRobe } from './names';
import { benchLine, figureScale, type Working } from './scene-figures';
import type { HouseSpot, Places, Spot } from './scene-layout';
import { stayOf } from './scene-houses';
import { isAtDesk, isHunting, isNeverMade, whereabouts } from './whereabouts';

/** Where an heir stands before the house that is to be its own: left of the bench, right of the next house's stool. Of a house's size. */
const HEIR = { roomy: 116, tight: 103 };
/** Where a house has this much of its size around it, nobody stands close on either side. */
const ROOMY = 240;

/** Hunters beyond this many stand closer, and their address slips are left to the tables. */
const ROOMY_FOREST = 3;

export function placeParents(working: Working): void {
  const { input } = working;
  const { state } = input;
  const hunters = (Object.entries(state.M) as [MId, MRow][]).filter(([, row]) => isHunting(state, row)).map(([id]) => id);
  // The watchman comes last: it is he who steps aside.
  const all = (Object.entries(state.M) as [MId, MRow][]).sort(([, a], [, b]) => Number(a.role === 'sysmon') - Number(b.role === 'sysmon'));
  for (const [id, row] of all) {
    if (row.dead || isNeverMade(state, id, row)) continue;
    const place = parentPlace(working, id, row, hunters);
    const { pose, doing, ...spot } = { ...place, x: freeOnLane(working, place) };
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
          : [houseName(row.oldp, input.cast, input.language), stayOf(state, row)].filter((each) => each !== null).join(' · '),
      key: row.nextp,
      doing,
      isBound: row.lockedg !== null,
      isRung: row.signalPending,
    });
  }
}

/** Who is on the lane, and may stand a little farther along it. A hunter's place is among the trees, however low it lies. */
const ON_LANE: ReadonlySet<ParentPose> = new Set(['walking', 'roaming', 'desk', 'watch', 'doze', 'outside']);
/** So far from the lane's middle one is on it, units. */
const LANE_HALF = 12;
const LANE_STEP = 17;
const LANE_WISHES = 60;
/** Between a grown-up's middle and that of a child on a bench. */
const SEAT_ROOM = 18;

/** Whoever is on the lane already, or on a bench beside it, keeps the place; the next one goes a little farther. */
function freeOnLane({ plan, seats }: Working, { x, y, pose, scale = 1 }: Place): number {
  const { parents, places } = plan;
  const isOnLane = (at: number): boolean => Math.abs(at - places.walk) < LANE_HALF;
  if (!isOnLane(y) || !ON_LANE.has(pose)) return x;
  // A child at the hand takes as much room again.
  const room = (isAlone: boolean): number => (isAlone ? 52 : 104) * scale;
  const before = room(pose === 'watch' || pose === 'doze');
  const others = parents.filter((each) => isOnLane(each.y));
  const seated = [...seats.values()].filter(({ spot }) => isOnLane(spot.y));
  /** 1: as much room as one wishes; 0: on somebody's feet. */
  const roomAt = (at: number): number =>
    Math.min(
      1,
      ...others.map((each) => (at < each.x ? (each.x - at) / before : (at - each.x) / room(false))),
      ...seated.map(({ spot }) => Math.abs(at - spot.x) / (SEAT_ROOM * scale)),
    );
  const wishes = Array.from({ length: LANE_WISHES }, (_, i) => x + (i % 2 === 0 ? 1 : -1) * Math.ceil(i / 2) * LANE_STEP).filter(
    (at) => at >= 40 && at <= places.forest + 20,
  );
  let best = { at: x, room: -1 };
  for (const at of wishes) {
    const found = roomAt(at);
    if (found > best.room) best = { at, room: found };
    if (found >= 1) break;
  }
  return best.at;
}

interface Place extends Spot {
  scale?: number;
  pose: ParentPose;
  doing: Doing;
}

function parentPlace(working: Working, id: MId, row: MRow, hunters: readonly MId[]): Place {
  const { input, homes, plan } = working;
  const { places } = plan;
  const scale = 1.2 * places.zoom;
  const where = whereabouts(input.state, id, row);
  const home = 'p' in where && where.p !== null ? homes.get(where.p) : undefined;
  switch (where.at) {
    case 'rounds':
      return watchman(working);
    case 'registry':
      return { x: 104, y: places.walk, scale, pose: row.parked ? 'doze' : 'walking', doing: row.parked ? 'doze' : 'walking' };
    case 'post':
      return { x: places.post.x + 44, y: places.ground + 10, scale, pose: 'polling', doing: 'polling' };
    case 'bed':
      return inBed(working, row, working.sleepers.indexOf(id));
    case 'forest': {
      const pose = where.isAbroad ? 'abroad' : 'hunting';
      return { ...glade(places, hunters.indexOf(id), hunters.length), pose, doing: pose };
    }
    case 'edge':
      return { x: places.forest - 88, y: places.walk, scale, pose: 'walking', doing: 'walking' };
    case 'outside':
      return outside(working);
    case 'door':
      if (!home) break;
      return {
        x: home.x - 112 * home.scale,
        y: home.y + 9 * home.scale,
        scale: figureScale(home, places),
        pose: 'walking',
        doing: 'returning',
      };
    case 'house':
      if (!home) break;
      return atHome(working, row, home);
    case 'heir':
      // The key is in the hand, and nobody has woken them yet.
      if (row.parked && row.lockedg !== null) return outside(working);
      if (!home) break;
      return {
        x: home.x - (home.cell > ROOMY * home.scale ? HEIR.roomy : HEIR.tight) * home.scale,
        y: places.twoRows !== null && home.y < places.ground ? benchLine(places, home) : places.walk,
        scale,
        pose: row.spinning ? 'roaming' : 'walking',
        doing: 'walking',
      };
    case 'lane':
    case 'nowhere':
      break;
  }
  // Between two places: on the lane.
  const there = { ...onLane(working, id), scale };
  if (isAtDesk(row)) return { ...there, pose: 'desk', doing: 'desk' };
  return { ...there, pose: row.spinning ? 'roaming' : 'walking', doing: row.spinning ? 'roaming' : 'returning' };
}

/** Where whoever is bound to a child that is not there sleeps. */
function outside({ plan: { places } }: Working): Place {
  return { x: places.forest - 130, y: places.walk, scale: 1.2 * places.zoom, pose: 'outside', doing: 'outside' };
}

/** On the lane before the forest, everybody in a place of their own, with room for a child. */
function onLane({ plan }: Working, id: MId): Spot {
  return { x: plan.places.forest - 156 - (Number(id.slice(1)) % 4) * 118, y: plan.places.walk };
}

/** From a bed's foot to the feet of whoever stands before it, of its size. */
const BEFORE_BED = 3;

function inBed({ plan }: Working, row: MRow, bed: number): Place {
  const spot = plan.beds[bed];
  const last = plan.beds.at(-1) ?? { x: plan.places.nursing.x, y: plan.places.yard };
  const at = spot ?? last;
  return {
    // Who is up stands before the bed, not on it.
    ...(row.parked ? at : { ...at, y: at.y + BEFORE_BED * plan.bedScale }),
    scale: spot ? plan.bedScale : 0,
    pose: row.parked ? 'asleep' : 'walking',
    doing: row.parked || spot ? 'asleep' : 'walking',
  };
}

function atHome({ plan }: Working, row: MRow, home: HouseSpot): Place {
  const scale = figureScale(home, plan.places);
  const place = { x: home.x - 54 * home.scale, y: home.y + 9 * home.scale, scale };
  if (row.spinning) return { ...place, x: home.x - 84 * home.scale, y: benchLine(plan.places, home), pose: 'roaming', doing: 'roaming' };
  if (row.kernel !== null) return { ...place, pose: 'hunting', doing: 'hunting' };
  const isRaising = row.curg !== null && !row.ong0;
  return { ...place, pose: isRaising ? 'home' : 'desk', doing: isRaising ? 'home' : 'desk' };
}

/** A hunter with a child takes so much room beside the next, at 0.72 of the usual size; and a row at least this part of it above the next. */
const PAIR = 62;
const LEAST_LINE = 0.3;

/** A hunter's place among the trees: few stand large and apart, many in rows. */
function glade(places: Places, index: number, count: number): Spot & { scale: number } {
  const from = places.forest + 34;
  const wide = places.width - places.forest - 52;
  const bottom = places.height - 30;
  const top = places.back + (places.twoRows === null ? 4 : 46);
  if (count <= ROOMY_FOREST) {
    const scale = [1.3, 1.1, 0.9][count - 1] ?? 0.9;
    const y = count === 1 ? (places.walk + bottom) / 2 : top + 26 + ((bottom - top - 26) / (count - 1)) * index;
    return { x: from + wide * 0.24, y, scale: scale * places.zoom };
  }
  let columns = Math.max(2, Math.floor(wide / PAIR));
  const lineOf = (): number => Math.min(64, (bottom - top) / Math.max(1, Math.ceil(count / columns) - 1));
  // A crowd stands in more columns, and is drawn smaller, so that nobody stands on anybody's feet.
  while (columns < count && lineOf() < (wide / columns) * LEAST_LINE) columns++;
  const scale = Math.max(0.25, Math.min(0.72, (0.72 * wide) / columns / PAIR));
  return { x: from + (wide / columns) * (index % columns), y: bottom - Math.floor(index / columns) * lineOf(), scale };
}

/** He stands right of a house, where nobody else does, and moves on to the next after a few rounds. */
function watchman(working: Working): Place {
  const { input, homes, plan } = working;
  const { state } = input;
  const { places } = plan;
  const scale = 1.2 * places.zoom;
  if (state.sysmon.deepsleep) return { x: places.post.x - 52, y: places.walk, scale, pose: 'doze', doing: 'doze' };
  const beside = (home: HouseSpot): Spot => ({ x: home.x + Math.min(126 * home.scale, home.cell / 2 + 4), y: benchLine(places, home) });
  const looked = houseLookedAt(input);
  const at = looked === null ? undefined : homes.get(looked);
  working.isOfStep ||= looked !== null;
  if (at) return { ...beside(at), scale: Math.min(scale, Math.max(0.8, at.scale * 1.1)), pose: 'watch', doing: 'watch' };
  const spots = [...homes.values()].filter((each) => each.y === places.ground || homes.size > 8).map(beside);
  // Left of everybody at the first door, and of the names there.
  const first = Math.min(...[...homes.values()].map((each) => each.x - 114 * each.scale));
  const stops = [{ x: Math.max(56, Math.min(120, first - 54)), y: places.walk }, ...spots].slice(0, 6);
  const there = Math.floor(state.sysmon.idle / 8) % (2 * stops.length - 2 || 1);
  const stop = stops[there < stops.length ? there : 2 * stops.length - 2 - there] ?? { x: 120, y: places.walk };
  return { ...stop, y: places.walk, scale, pose: 'watch', doing: 'watch' };
}

/** Whose fields the watchman reads or writes in this step, or whose house he gives away. */
export function houseLookedAt({ state, step }: { state: State; step: Step | null }): PId | null {
  if (step?.m !== state.sysmon.m) return null;
  for (const [path, , now] of step?.set ?? []) {
    const { table, id, field, below } = parsePath(path);
    if (table === 'P') return id;
    if (table === 'sysmon' && field === 'ticks' && below[0] !== undefined) return below[0] as PId;
    if (table === 'M' && field === 'nextp' && typeof now === 'string') return now as PId;
  }
  return null;
}
