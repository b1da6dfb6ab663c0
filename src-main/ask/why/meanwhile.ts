/** What kept a runnable goroutine waiting: in whose queues it stood, and what the P of each did meanwhile. Pure. */
import type { GId, Json, MId, PId, State } from '../../model/state';
import { plainJson } from '../../model/trace/queue-versions';
import type { Chain, Teller, Told, WaitTeller } from './chain';
import type { PReasons } from './p-reasons';

/** A queue that it stood in, from one step up to before another. `p` null: the global one. */
interface Stay {
  p: PId | null;
  path: string;
  from: number;
  to: number;
}

/** A P did one thing from one step up to before another. */
interface Piece {
  p: PId;
  /** `given`: idle, but kept for a thread that is on its way; `raw`: its thread was in the kernel, and nobody had told the P. */
  kind: 'locked' | 'ran' | 'raw' | 'stopped' | 'idle' | 'given' | 'schedules';
  from: number;
  to: number;
  dt: number;
  m: MId | null;
  g: GId | null;
}

/** All that a P did of one kind; `longest` is the piece that stands for it, `others` whom it did it with. */
interface Share {
  longest: Piece;
  dt: number;
  others: Set<GId>;
}

const QUEUE = /^(?:P\.(P\d+)\.(?:runq|runnext)|sched\.runq)$/;
/** How many steps after it became runnable, or after it was taken out of a queue, to look for the queue that it is put into. */
const LOOK_ON = 120;
/** Queues that one wait is followed through, writes of one of them, and pieces of one P: more would keep the asker waiting. */
const MOST_STAYS = 12;
const MOST_WRITES = 2_000;
const MOST_PIECES = 20_000;
/** The global queue belongs to nobody: of so many Ps it is asked what they did. */
const MOST_PS = 8;
/** What took less of the wait than this did not keep it. */
const LEAST_SHARE = 0.1;
const MOST_TOLD = 3;

export class Meanwhile {
  constructor(
    private readonly chain: Chain,
    private readonly processors: PReasons,
    private readonly ofG: Teller<GId>,
  ) {}

  readonly tell: WaitTeller = (link, g, since, until, isNow) => {
    const whole = this.chain.timeAt(until) - this.chain.timeAt(since);
    if (whole <= 0) return false;
    const all = new Map<string, Share>();
    for (const stay of this.stays(g, since, until)) this.addShares(all, stay);
    const shares = [...all.values()]
      .filter(({ dt, longest }) => dt >= whole * LEAST_SHARE && !(isNow && longest.dt === dt && this.goesOn(longest, until)))
      .sort((one, other) => other.dt - one.dt);
    // Looking for the next one is what every P does between two goroutines: it is a reason only where there is no other.
    const telling = shares.filter(({ longest }) => longest.kind !== 'schedules');
    let isTold = false;
    for (const share of telling.length > 0 ? telling.slice(0, MOST_TOLD) : shares.slice(0, 1)) {
      const fact = this.fact(share, isNow && this.goesOn(share.longest, until));
      if (!fact) break;
      this.chain.because(link, fact.at);
      isTold = true;
    }
    return isTold;
  };

  /** A piece that reaches up to step n may have ended with it. */
  private goesOn(piece: Piece, n: number): boolean {
    return piece.to === n && this.chain.run.lastWrite(this.pathOf(piece), n) < n;
  }

  /** The place of the state that shows what the P did. */
  private pathOf({ kind, p, m }: Piece): string {
    if (kind === 'raw') return `M.${m}.kernel`;
    return kind === 'ran' ? `M.${m}.curg` : `P.${p}.status`;
  }

  /** Where g stood between two steps, in order. */
  private stays(g: GId, since: number, until: number): Stay[] {
    const stays: Stay[] = [];
    let place = since === 0 ? this.placeAtStart(g) : this.putInto(g, since, until);
    while (place && stays.length < MOST_STAYS) {
      const leaves = this.leaves(g, place.path, place.n, until);
      if (leaves === null) break;
      const to = Math.min(until, leaves);
      stays.push({ p: place.p, path: place.path, from: place.n, to });
      place = to < until ? this.putInto(g, to, until) : null;
    }
    return stays;
  }

  private placeAtStart(g: GId): { p: PId | null; path: string; n: number } | null {
    const state = this.chain.run.stateAt(0);
    for (const [p, row] of Object.entries(state.P) as [PId, State['P'][PId]][]) {
      if (row.runnext === g) return { p, path: `P.${p}.runnext`, n: 0 };
      if (row.runq.includes(g)) return { p, path: `P.${p}.runq`, n: 0 };
    }
    return state.sched.runq.includes(g) ? { p: null, path: 'sched.runq', n: 0 } : null;
  }

  /** The queue into which the thread of step n puts g, at that step or soon after. */
  private putInto(g: GId, n: number, until: number): { p: PId | null; path: string; n: number } | null {
    const { m } = this.chain.run.step(n);
    for (let at = n; at <= Math.min(until, n + LOOK_ON); at++) {
      const step = this.chain.run.step(at);
      if (step.m !== m) continue;
      const [path] = step.set.find(([each, , now]) => QUEUE.test(each) && holds(now, g)) ?? [];
      if (path !== undefined) return { p: (QUEUE.exec(path)?.[1] as PId | undefined) ?? null, path, n: at };
    }
    return null;
  }

  /** The step that takes g out of a queue in which it stands after step n; Infinity: none up to `until` does. null: too many writes. */
  private leaves(g: GId, path: string, n: number, until: number): number | null {
    let at = this.chain.run.nextWrite(path, n);
    for (let i = 0; i < MOST_WRITES; i++) {
      if (at > until) return Infinity;
      if (!holds(this.chain.valueAt(path, at), g)) return at;
      at = this.chain.run.nextWrite(path, at);
    }
    return null;
  }

  private addShares(all: Map<string, Share>, { p, from, to }: Stay): void {
    for (const id of p === null ? this.livingPs(from) : [p])
      for (const piece of this.pieces(id, from, to)) {
        const key = `${id} ${piece.kind}`;
        const share = all.get(key) ?? { longest: piece, dt: 0, others: new Set<GId>() };
        all.set(key, share);
        share.dt += piece.dt;
        if (piece.g !== null) share.others.add(piece.g);
        if (piece.dt > share.longest.dt) share.longest = piece;
      }
  }

  private livingPs(n: number): PId[] {
    const all = Object.entries(this.chain.run.stateAt(n).P) as [PId, State['P'][PId]][];
    return all
      .filter(([, { status }]) => status !== '_Pdead')
      .slice(0, MOST_PS)
      .map(([id]) => id);
  }

  /** Backwards through what p did; nothing when that is too much to look through, for a sum of a part would be untrue. */
  private pieces(p: PId, from: number, to: number): Piece[] {
    const found: Piece[] = [];
    const { run } = this.chain;
    for (let end = to; end > from;) {
      if (found.length === MOST_PIECES) return [];
      const status = run.lastWrite(`P.${p}.status`, end - 1);
      const owner = run.lastWrite(`P.${p}.m`, end - 1);
      const m = this.chain.valueAt(`P.${p}.m`, owner) as MId | null;
      const curg = m === null ? 0 : run.lastWrite(`M.${m}.curg`, end - 1);
      const kernel = m === null ? 0 : run.lastWrite(`M.${m}.kernel`, end - 1);
      const doing = this.doing(p, status, m, curg, kernel, end);
      const kept = doing.kind === 'given' ? run.lastWrite(`M.${doing.m}.nextp`, end - 1) : 0;
      const begin = Math.max(from, status, owner, curg, kernel, kept);
      found.push({ ...doing, p, from: begin, to: end, dt: this.chain.timeAt(end) - this.chain.timeAt(begin) });
      end = begin;
    }
    return found;
  }

  /** `status`, `curg`, `kernel`: the steps that last wrote these. */
  private doing(p: PId, status: number, m: MId | null, curg: number, kernel: number, end: number): Pick<Piece, 'kind' | 'm' | 'g'> {
    const is = this.chain.valueAt(`P.${p}.status`, status);
    if (is === '_Psyscall') {
      const step = status === 0 ? null : this.chain.run.step(status);
      return { kind: 'locked', m: step?.m ?? null, g: step?.g ?? null };
    }
    if (is === '_Pgcstop') return { kind: 'stopped', m: null, g: null };
    if (is === '_Pidle') {
      const all = Object.entries(this.chain.run.stateAt(end - 1).M) as [MId, State['M'][MId]][];
      const coming = all.find(([, { nextp }]) => nextp === p)?.[0] ?? null;
      return { kind: coming === null ? 'idle' : 'given', m: coming, g: null };
    }
    const g = m === null ? null : (this.chain.valueAt(`M.${m}.curg`, curg) as GId | null);
    if (g === null) return { kind: 'schedules', m, g };
    return { kind: this.chain.valueAt(`M.${m}.kernel`, kernel) === null ? 'ran' : 'raw', m, g };
  }

  private fact({ longest, dt, others }: Share, isNow: boolean): Told | null {
    const { p, kind, m, g, to } = longest;
    const [until, foundAt] = isNow ? [to, to] : [to - 1, to];
    const taker = kind === 'locked' && !isNow ? this.chain.run.step(to) : null;
    const isTaken = taker?.fn === 'retake';
    const isMany = kind === 'ran' && others.size > 1;
    const call = kind === 'raw' && m !== null ? (this.chain.run.stateAt(until).M[m]?.kernel?.name ?? '') : '';
    const fact = this.chain.add(isMany ? 'meanwhile.many' : `meanwhile.${kind}`, this.pathOf(longest), until, foundAt, {
      ...{ p, m, g: null, other: g, dt, m2: isTaken ? taker.m : null, object: isMany ? String(others.size) : call },
    });
    if (!fact?.isNew) return fact;
    const { link } = fact;
    if (kind === 'locked') {
      if (isTaken) this.processors.noted(link, p, to);
      if (g !== null) this.chain.because(link, this.ofG(g, until, foundAt));
    } else if (kind === 'given' && m !== null) this.processors.given(link, p, m, until);
    else if (kind === 'stopped') this.processors.ordered(link, link.n === 0 ? until : link.n);
    if (link.causes.length === 0) link.end ??= kind === 'locked' || kind === 'raw' ? 'kernel' : 'clock';
    return fact;
  }
}

function holds(queue: Json, g: GId): boolean {
  if (queue === g) return true;
  const plain = plainJson(queue);
  return Array.isArray(plain) && plain.includes(g);
}
