/** Where every child sits or stands: on a bench, in the orphanage, on a mat, at somebody's hand. Pure. */
import type { GId, GRow, PId, PRow } from '../../src-main/contract/index';
import { locksOf } from './held';
import { childName, childRobe, childSash } from './names';
import { benchLine, figureScale, HAND, type ParentFigure, type Seat, seatAt, SHOWN_ON_BENCH, type Working } from './scene-figures';
import { type HouseSpot, type Places, seats, type Spot } from './scene-layout';
import { reasonsIn, thingsOf } from './town/waiting';

const SHOWN_ORPHANS = 16;

/** Those who wait for a house, in the order of their queues. They sit before anybody else looks for a place. */
export function seatChildren({ input, plan, homes, seats: taken }: Working): void {
  const { state } = input;
  for (const [p, row] of Object.entries(state.P) as [PId, PRow][]) {
    const home = homes.get(p);
    if (home) seatBefore(taken, row, home, plan.places);
  }
  const { orphanage, yard, zoom } = plan.places;
  const pews = seats(orphanage, yard, Math.min(SHOWN_ORPHANS, state.sched.runq.length), 76, 26);
  for (const [i, spot] of pews.entries()) taken.set(state.sched.runq[i] as GId, { spot, pose: 'waiting', scale: zoom });
}

export function placeChildren(working: Working): void {
  const { input, plan, seats: taken } = working;
  const { state } = input;
  /** Waiting in a queue that may not be drawn to its end. */
  const queued = new Set<GId>([...state.sched.runq, ...Object.values(state.P as Record<string, PRow>).flatMap((row) => row.runq)]);
  const reasonOf = reasonsIn(state);
  const held = input.held ?? {};
  const locks = locksOf(held);
  const things = Object.keys(held).length === 0 ? null : thingsOf(state);
  const nameOf = (g: GId): string => childName(g, (state.G[g] as GRow).name, input.cast, input.language);
  const keeperOf = (g: GId, { status }: GRow): { id: GId; name: string } | null => {
    const by = status === '_Gwaiting' ? held[things?.get(g)?.mutex ?? ''] : undefined;
    return by === undefined ? null : { id: by, name: nameOf(by) };
  };
  let napping = 0;
  for (const [g, row] of Object.entries(state.G) as [GId, GRow][]) {
    const seat = taken.get(g) ?? standing(working, childPlace(working, g, row, napping, queued));
    if (row.status === '_Gwaiting') napping++;
    if (!seat) continue;
    plan.children.push({
      id: g,
      x: Math.min(seat.spot.x, plan.width - 16),
      y: seat.spot.y,
      scale: seat.scale,
      name: nameOf(g),
      robe: childRobe(g, row.name, input.cast),
      sash: childSash(g, row.name, input.cast),
      pose: seat.pose,
      reason: reasonOf(g, row),
      keeper: keeperOf(g, row),
      locks: locks.get(g) ?? '',
      strip: row.preempt ? 'yield' : row.stackguard0 === 'stackPreempt' ? 'alarm' : null,
    });
  }
}

function seatBefore(taken: Map<GId, Seat>, row: PRow, home: HouseSpot, places: Places): void {
  const { scale } = home;
  const bench = benchLine(places, home);
  for (const [i, g] of row.runq.slice(0, SHOWN_ON_BENCH).entries()) {
    taken.set(g, { spot: { x: home.x + seatAt(i) * scale, y: bench }, pose: 'waiting', scale: Math.max(0.6, 0.8 * scale) });
  }
  if (row.runnext !== null)
    taken.set(row.runnext, { spot: { x: home.x + 64 * scale, y: home.y + 9 * scale }, pose: 'waiting', scale: figureScale(home, places) });
}

/** Two who stand closer than this share a place. Of a child's size. */
const APART = 14;

/** A child that stands where somebody is already goes a little to the side. */
function standing({ plan, seats: taken }: Working, seat: Seat | null): Seat | null {
  if (!seat || seat.pose === 'asleep') return seat;
  const { spot, scale } = seat;
  const others = [...plan.parents, ...plan.children, ...[...taken.values()].map((each) => each.spot)].filter(
    (each) => Math.abs(each.y - spot.y) < APART && Math.abs(each.x - spot.x) < 8 * APART,
  );
  const roomAt = (at: Spot): number => Math.min(APART * scale, ...others.map((each) => Math.hypot(each.x - at.x, each.y - at.y)));
  let best = { spot, room: -1 };
  for (let i = 0; i < 14; i++) {
    const at = { x: spot.x + (i % 2 === 0 ? -1 : 1) * Math.ceil(i / 2) * APART * 0.75 * scale, y: spot.y };
    const room = roomAt(at);
    if (room > best.room) best = { spot: at, room };
    if (room >= APART * scale) break;
  }
  return { ...seat, spot: best.spot };
}

function childPlace(working: Working, g: GId, row: GRow, napping: number, queued: ReadonlySet<GId>): Seat | null {
  const { plan, input } = working;
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
  const { orphanage, lane, zoom } = plan.places;
  // Told to make way, and let go: on its way to the global queue. Whose hand it has left is not in the state any more.
  if (row.preempt) {
    // At the lane's near edge: the names of those before their houses are above.
    const y = lane.to - 4;
    const there = plan.children.filter((each) => each.y === y).length;
    const x = orphanage.x + Math.min(0.95, 0.42 + 0.15 * there) * orphanage.w;
    return { spot: { x, y }, pose: 'raised', scale: zoom };
  }
  // In somebody's hand on the way.
  working.isOfStep = true;
  const carrier = carrierOf(working);
  if (!carrier) return null;
  // A little apart: this one is nobody's child, or not yet.
  const hasOwn = Object.values(input.state.G as Record<string, GRow>).some((each) => each.m === carrier.id);
  return { spot: beside(carrier, hasOwn ? 2 : 1.35), pose: 'raised', scale: carrier.scale };
}

/** Who has in hand a child that is in nobody's care and in no queue yet: whoever takes the step, else somebody who is about to. */
function carrierOf({ plan, input }: Working): ParentFigure | undefined {
  const workers = plan.parents.filter(({ pose }) => pose !== 'watch' && pose !== 'doze' && pose !== 'asleep' && pose !== 'hunting');
  return (
    workers.find((each) => each.id === input.step?.m) ??
    workers.find(({ pose }) => pose === 'desk' || pose === 'roaming') ??
    workers.find(({ pose }) => pose === 'walking')
  );
}

function beside(parent: ParentFigure, places: number): Spot {
  return { x: parent.x + HAND * parent.scale * places, y: parent.y + 1 };
}
