/**
 * What each thread, P and goroutine did when: kept in columns of numbers while a run is made, and shown in as much detail as a picture of a
 * given width can hold (occupancy.ts). Pure; knows a run by its first state and its steps alone.
 */
import type { GId, MId, MRow, State, Step } from '../model/state';
import { type Axis, stepAxis } from './axis';
import { type Doing, FollowedState, type LaneId, type Owner } from './followed-state';
import { bytes, counts, firstWhere, type Growing } from './growing';
import { NONE, Occupancy, type Pieces } from './occupancy';
import type { RowPaths } from './row-paths';

export type { LaneId } from './followed-state';
export type LaneGroup = 'P' | 'M' | 'G';
export const LANE_GROUPS: readonly LaneGroup[] = ['P', 'M', 'G'];

/** A part of the run, how finely it is to be shown, and whose lanes. */
export interface LaneAsk {
  /** What the picture's width stands for: `from` and `to` are step numbers, or places on the run's time axis (axis.ts). */
  axis: 'step' | 'time';
  from: number;
  to: number;
  /** How many pieces the width can show side by side: pixels, mostly. */
  columns: number;
  ids: readonly LaneId[];
}

/** With whom something was done, and what was waited for. The first one of a view is nobody. */
export interface Who {
  g: GId | null;
  /** The goroutine's name then: an id is used again after a goroutine has ended. */
  name: string;
  m: MId | null;
  /** What the thread was made for; '' without a thread. */
  role: MRow['role'] | '';
  p: LaneId | null;
  why: string;
}

export interface Lane extends Pieces {
  id: LaneId;
  /** Of a thread; '' of others. */
  role: MRow['role'] | '';
  /** A goroutine's own name; '' of others. */
  name: string;
}

export interface LaneView {
  ask: LaneAsk;
  /** Those of the asked for that the run has. */
  lanes: Lane[];
  who: readonly Who[];
}

export interface RowsAsk {
  /** Step numbers. */
  from: number;
  to: number;
}

/** Which lanes there are, by number, and whether anything happens on them in the part asked for. */
export type LaneRows = Readonly<Record<LaneGroup, { busy: Uint32Array; idle: Uint32Array }>>;

/** Span i begins after step `from[i]` and goes on to where the next one begins; the last one goes on. */
interface Track {
  from: Growing<Uint32Array>;
  kind: Growing<Uint8Array>;
  who: Growing<Uint32Array>;
  last: Doing;
  /** Made ready to be asked, by axis. */
  ready: { axis: Axis; length: number; occupancy: Occupancy } | null;
}

/** Spans between two pauses in which other work gets its turn. */
const AT_ONCE = 100_000;

const isSame = (a: Doing, b: Doing): boolean => a.kind === b.kind && a.g === b.g && a.m === b.m && a.p === b.p && a.why === b.why;

type ByP = Map<LaneId | null, number>;

/** Numbers by everything that is told of somebody. Steps are millions: no key is put together for one, each part is looked up as it is. */
class WhoNumbers {
  /** By goroutine: the name that it had last. */
  private readonly byG = new Map<GId | null, { name: string; byM: Map<MId | null, ByP> }>();
  /** Of goroutines that have another name now. */
  private readonly named = new Map<string, Map<MId | null, ByP>>();
  private readonly byWhy = new Map<string, ByP>();

  of(g: GId | null, name: string, m: MId | null, why: string): ByP {
    if (why !== '') return madeIn(this.byWhy, g === null && m === null ? why : `${g ?? ''} ${m ?? ''} ${name}\n${why}`);
    const known = this.byG.get(g);
    if (known?.name === name) return madeIn(known.byM, m);
    const byM = this.named.get(`${g ?? ''} ${name}`) ?? new Map<MId | null, ByP>();
    this.named.set(`${g ?? ''} ${name}`, byM);
    this.byG.set(g, { name, byM });
    return madeIn(byM, m);
  }
}

function madeIn<K>(map: Map<K, ByP>, key: K): ByP {
  let made = map.get(key);
  if (!made) map.set(key, (made = new Map()));
  return made;
}

export class Lanes {
  private readonly state: FollowedState;
  /** By the number of its owner. */
  private readonly tracks: Track[] = [];
  private readonly who: Who[] = [{ g: null, name: '', m: null, role: '', p: null, why: '' }];
  private readonly whoNumbers = new WhoNumbers();
  /** What the lane under way shows now. */
  private readonly doing: Doing = { kind: NONE, g: null, m: null, p: null, why: '' };
  /** By a goroutine and the name that it had: spans of the same G have the same number. */
  private readonly gNumbers = new Map<string, number>();
  private readonly gOf: Growing<Uint32Array> = counts();
  private last = 0;

  constructor(first: State, paths?: RowPaths) {
    this.state = new FollowedState(first, paths);
    this.gOf.push(0);
    for (const group of [this.state.P, this.state.M, this.state.G]) for (const owner of group.values()) this.renew(owner);
  }

  /** Steps come in order, without gaps. */
  add(step: Step): void {
    this.last = step.n;
    // A step's changes count together: only what they have led to is a span.
    if (step.set.length > 0) this.state.take(step.set, step.m, this.renew);
  }

  private readonly renew = (owner: Owner): void => {
    const { doing, last: n } = this;
    this.state.look(owner, doing);
    const track = this.tracks[owner.number];
    if (track === undefined) this.begin(owner, n);
    else if (!isSame(track.last, doing)) this.put(track, n);
  };

  private begin(owner: Owner, n: number): void {
    const last: Doing = { kind: NONE, g: null, m: null, p: null, why: '' };
    const track = { from: counts(4), kind: bytes(4), who: counts(4), last, ready: null };
    this.tracks[owner.number] = track;
    this.put(track, n);
  }

  /** What is done now goes on from step n. */
  private put({ last, from, kind, who }: Track, n: number): void {
    const { doing } = this;
    last.kind = doing.kind;
    last.g = doing.g;
    last.m = doing.m;
    last.p = doing.p;
    last.why = doing.why;
    from.push(n);
    kind.push(doing.kind);
    who.push(doing.kind === NONE ? 0 : this.whoNumber(doing));
  }

  private trackOf(id: LaneId): Track | undefined {
    const owner = this.state.ownerOf(id);
    return owner && this.tracks[owner.number];
  }

  private whoNumber({ g, m, p, why }: Doing): number {
    if (g === null && m === null && p === null && why === '') return 0;
    const name = g === null ? '' : this.state.nameOf(g);
    const numbers = this.whoNumbers.of(g, name, m, why);
    let number = numbers.get(p);
    if (number === undefined) {
      number = this.who.push({ g, name, m, role: m === null ? '' : this.state.roleOf(m), p, why }) - 1;
      numbers.set(p, number);
      this.gOf.push(g === null ? 0 : this.gNumber(`${g} ${name}`));
    }
    return number;
  }

  private gNumber(key: string): number {
    let number = this.gNumbers.get(key);
    if (number === undefined) this.gNumbers.set(key, (number = this.gNumbers.size + 1));
    return number;
  }

  /** How many lanes of each group the run has had. */
  get counts(): Readonly<Record<LaneGroup, number>> {
    return { P: this.state.P.size, M: this.state.M.size, G: this.state.G.size };
  }

  rows({ from, to }: RowsAsk): LaneRows {
    const of = (ids: Iterable<LaneId>): LaneRows[LaneGroup] => {
      const [busy, idle]: number[][] = [[], []];
      for (const id of ids) (this.isBusy(id, from, to) ? busy : idle)?.push(Number(id.slice(1)));
      return { busy: Uint32Array.from(busy ?? []).sort(), idle: Uint32Array.from(idle ?? []).sort() };
    };
    return { P: of(this.state.P.keys()), M: of(this.state.M.keys()), G: of(this.state.G.keys()) };
  }

  /** Since which step its owner has been doing what it does after step n; null: there is no such lane, or not yet. */
  since(id: LaneId, n: number): number | null {
    const track = this.trackOf(id);
    if (!track) return null;
    const i = firstWhere(track.from.length, (each) => track.from.at(each) > n) - 1;
    return i < 0 ? null : track.from.at(i);
  }

  private isBusy(id: LaneId, from: number, to: number): boolean {
    const track = this.trackOf(id);
    if (!track) return false;
    const { length } = track.from;
    const first = firstWhere(length, (i) => (i + 1 < length ? track.from.at(i + 1) > from : true));
    for (let i = first; i < length && track.from.at(i) <= to; i++) if (track.kind.at(i) !== NONE) return true;
    return false;
  }

  /** `axis`: the ask's own, over all steps of the run. */
  look(ask: LaneAsk, axis: Axis = stepAxis(this.last)): LaneView {
    const lanes = ask.ids.flatMap((id) => {
      const track = this.trackOf(id);
      if (!track) return [];
      const isM = id.startsWith('M');
      return {
        id,
        role: isM ? this.state.roleOf(id as MId) : ('' as const),
        name: id.startsWith('G') ? this.state.nameOf(id as GId) : '',
        ...this.ready(track, axis).pieces(ask.from, ask.to, ask.columns),
      };
    });
    // Of a crowd few are in the picture: those are numbered anew.
    const numbers = new Map([[0, 0]]);
    for (const { who } of lanes)
      for (const [i, each] of who.entries()) {
        const number = numbers.get(each) ?? numbers.size;
        numbers.set(each, number);
        who[i] = number;
      }
    return { ask, lanes, who: [...numbers.keys()].map((each) => this.who[each] as Who) };
  }

  /** Makes lanes ready for look() in parts; gives way between two of them. */
  *prepare(ids: readonly LaneId[], axis: Axis): Generator<null, void> {
    for (const id of ids) {
      const track = this.trackOf(id);
      if (track) while (this.ready(track, axis).prepare(AT_ONCE)) yield null;
    }
  }

  private ready(track: Track, axis: Axis): Occupancy {
    const { from } = track;
    const { length } = from;
    if (track.ready?.axis === axis && track.ready.length === length) return track.ready.occupancy;
    const end = Math.max(axis.placeOf(this.last), length === 0 ? 0 : axis.placeOf(from.at(length - 1)));
    const who = track.who.view();
    const occupancy = new Occupancy({
      at: (i) => (i < length ? axis.placeOf(from.at(i)) : end),
      kind: track.kind.view(),
      who,
      g: (i) => this.gOf.at(who[i] as number),
    });
    track.ready = { axis, length, occupancy };
    return occupancy;
  }
}
