/**
 * The picture on the way from one plan to the other: a function of both and of how far it has come. People go along the village's ways, each as
 * long as theirs is; nobody stands anywhere else at the ends. Pure.
 */
import { type Label, labelKey } from './scene-labels';
import type { Spot } from './scene-layout';
import { type ChildFigure, HAND, type ParentFigure, type Plan } from './scene-figures';
import { along, lengthOf, type Way, wallsOf, wayBetween } from './ways';

/** Who goes farther than this walks on their feet: nobody flies in bed. */
const STRIDE = 10;
/** No eye follows more at once; all others change places at the end, together. */
const MOST_WALKERS = 3;
/** A walk takes so much of a motion, the longer the more; units of way for all of it. */
const LEAST_PART = 0.3;
const MOST_PART = 0.72;
const UNITS_PER_PART = 1_500;
/** Whoever comes to the village comes along the lane from its left end. */
const OUTSIDE = -26;

interface Walk<T> {
  was: T | null;
  will: T | null;
  way: Way;
  /** It begins and ends in these parts of the motion. Both 1: at its end, at once. */
  from: number;
  to: number;
  isFar: boolean;
  /** At whose hand the child goes. */
  hand: string | null;
}

interface Walks {
  parents: readonly (ParentFigure | Walk<ParentFigure>)[];
  children: readonly (ChildFigure | Walk<ChildFigure>)[];
}

const isWalk = <T extends object>(each: T | Walk<T>): each is Walk<T> => 'way' in each;

/** 0 is a, 1 is b. Whoever is in one only, appears or leaves. */
export function planBetween(a: Plan, b: Plan, fraction: number): Plan {
  if (fraction >= 1 || a === b) return b;
  const raw = Math.max(0, fraction);
  const walks = walksOf(a, b);
  const late = raw < 0.5 ? a : b;
  const parents = a.parents === b.parents ? b.parents : walks.parents.map((each) => (isWalk(each) ? onFoot(each, raw) : each));
  return {
    ...late,
    width: b.width,
    height: b.height,
    places: b.places,
    parents,
    children:
      a.children === b.children
        ? b.children
        : walks.children.map((each) => (isWalk(each) ? (atHand(each, parents, raw) ?? placed(each, raw)) : each)),
    labels: blendLabels(a.labels, b.labels, easeInOut(raw), raw),
  };
}

/** Every frame of a motion asks for the same ones. */
const known = new WeakMap<Plan, { to: Plan; walks: Walks }>();

function walksOf(a: Plan, b: Plan): Walks {
  const found = known.get(a);
  if (found?.to === b) return found.walks;
  const walks = walksBetween(a, b);
  known.set(a, { to: b, walks });
  return walks;
}

function walksBetween(a: Plan, b: Plan): Walks {
  const { places } = b;
  const still = <T extends Spot & { id: string }>(was: readonly T[], will: readonly T[]): Spot[] => {
    const before = new Map(was.map((each) => [each.id, each]));
    return will.filter(({ id, x, y }) => {
      const there = before.get(id);
      return there !== undefined && Math.hypot(x - there.x, y - there.y) < STRIDE;
    });
  };
  const standing = [...still(a.parents, b.parents), ...still(a.children, b.children), ...wallsOf(b)];
  let walkers = 0;
  const walk = <T extends Spot>(was: T | null, will: T | null, hand: string | null, outside: Spot | null): Walk<T> => {
    const [from, to] = [was ?? outside ?? will, will ?? outside ?? was] as [Spot, Spot];
    const way = hand === null ? wayBetween(from, to, places, standing) : [from, to];
    const length = lengthOf(way);
    const isFar = length >= STRIDE;
    const isLast = hand === null && way.length > 2 && ++walkers > MOST_WALKERS;
    const part = Math.min(MOST_PART, LEAST_PART + length / UNITS_PER_PART);
    return { was, will, way, isFar, hand, from: isLast ? 1 : (1 - part) / 2, to: isLast ? 1 : (1 + part) / 2 };
  };
  const all = <T extends Spot & { id: string }>(
    was: readonly T[],
    will: readonly T[],
    made: (was: T | null, will: T | null) => Walk<T>,
  ): (T | Walk<T>)[] => {
    const before = new Map(was.map((each) => [each.id, each]));
    const now = will.map((each) => {
      const there = before.get(each.id);
      before.delete(each.id);
      return there === each ? each : made(there ?? null, each);
    });
    return [...now, ...[...before.values()].map((each) => made(each, null))];
  };
  const parents = all(a.parents, b.parents, (was, will) => walk(was, will, null, { x: OUTSIDE, y: places.walk }));
  const children = all(a.children, b.children, (was, will) => {
    const hand = was && will ? handOf(was, a) : null;
    return walk(was, will, hand !== null && will && hand === handOf(will, b) ? hand : null, null);
  });
  return { parents, children };
}

/** Who leads this child by the hand. */
function handOf(child: ChildFigure, { parents }: Plan): string | null {
  const found = parents.find(({ x, y, scale }) => child.y === y + 1 && child.x > x && child.x - x < HAND * scale * 2 + 1);
  return found?.id ?? null;
}

function placed<T extends Spot & { scale: number }>({ was, will, way, from, to }: Walk<T>, raw: number): T {
  const done = to > from ? Math.min(1, Math.max(0, (raw - from) / (to - from))) : 0;
  const f = easeInOut(done);
  const figure = (raw < 0.5 ? (was ?? will) : (will ?? was)) as T;
  const { x, y } = along(way, f);
  const [first, last] = [was?.scale ?? (way.length > 2 ? figure.scale : 0), will?.scale ?? (way.length > 2 ? figure.scale : 0)];
  return { ...figure, x, y: y - (way.length > 2 ? 0 : hop(way, f)), scale: first + (last - first) * f };
}

function onFoot(walk: Walk<ParentFigure>, raw: number): ParentFigure {
  const there = placed(walk, raw);
  if (!walk.isFar || raw <= 0) return there;
  const isLying = walk.was?.pose === 'asleep' || walk.will?.pose === 'asleep';
  // Nobody takes the desk along.
  const isOnWay = walk.way.length > 2 && raw > walk.from && raw < walk.to && (there.pose === 'desk' || there.pose === 'polling');
  return isLying || isOnWay ? { ...there, pose: 'walking' } : there;
}

/** Beside whoever leads it, where both go. */
function atHand(walk: Walk<ChildFigure>, parents: readonly ParentFigure[], raw: number): ChildFigure | null {
  const { was, will, hand } = walk;
  const leader = hand === null ? undefined : parents.find(({ id }) => id === hand);
  if (!leader || !was || !will) return null;
  const figure = raw < 0.5 ? was : will;
  return { ...figure, x: leader.x + HAND * leader.scale, y: leader.y + 1, scale: leader.scale };
}

/** A label stays with its figure and glides to its new place beside it. */
function blendLabels(from: readonly Label[], to: readonly Label[], f: number, raw: number): Label[] {
  if (from === to) return to as Label[];
  const other = new Map((raw < 0.5 ? to : from).map((each) => [labelKey(each), each]));
  const part = raw < 0.5 ? f : 1 - f;
  return (raw < 0.5 ? from : to).map((each) => {
    const there = other.get(labelKey(each));
    return there && there !== each
      ? { ...each, dx: each.dx + (there.dx - each.dx) * part, dy: each.dy + (there.dy - each.dy) * part }
      : each;
  });
}

/** Straight ways are gone in a slight bow, so that two who change places do not go through each other. */
function hop(way: Way, f: number): number {
  const far = lengthOf(way);
  return far < STRIDE ? 0 : Math.sin(f * Math.PI) * Math.min(22, far * 0.1);
}

function easeInOut(f: number): number {
  return f < 0.5 ? 2 * f * f : 1 - (2 - 2 * f) ** 2 / 2;
}
