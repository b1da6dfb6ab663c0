/**
 * Why somebody stands as they do: a chain of facts backwards, each a write of some step, and each led to by those before it. Derived from the
 * trace alone: a step that decides looks at places of the state, and whoever wrote such a place last before it is its cause. Pure.
 */
import type { GId, Json, MId, PId, State, Step } from '../../model/state';
import { keysOf } from '../../model/state-path';
import type { StepReads } from '../../model/trace/reads';
import { plainJson } from '../../model/trace/queue-versions';
import { shortened } from '../value';
import { decisionReads, isOwnRow, shortPath, type WhyRead } from './reads';

/** Where a chain ends: at the run's beginning, in the kernel, or with time that a goroutine's own work, a sleep or a round takes; `more`: the list is long enough. */
export type WhyEnd = 'start' | 'kernel' | 'clock' | 'more';

/** A fact: something was written at a step, and has led to what it stands below. */
export interface WhyLink {
  /** The sentence of assets/sentences/why.txt. */
  type: string;
  /** The step that wrote it; 0: so it was at the start. */
  n: number;
  t: number;
  /** What was written, and what it said then. */
  path: string;
  value: Json;
  /** The step that found it so, or changed it: later than n, and with no other write of the path between them. */
  foundAt: number;
  m: MId | null;
  g: GId | null;
  p: PId | null;
  other: GId | null;
  m2: MId | null;
  /** How long, ns. */
  dt: number | null;
  object: string;
  reason: string;
  /** The row that wrote it; '' at the start. */
  row: string;
  end: WhyEnd | null;
  /** Places in the list of what has led to it. */
  causes: number[];
  /** What the model had read when it decided so; none as long as it is not known. */
  reads: WhyRead[];
}

export interface WhyAsk {
  /** A thread, P or goroutine, or a place of the state: `P.P0.runq`, `M.M1.regs.AX`. */
  of: string;
  n: number;
}

/** The first link is what was asked about; none: there is nobody of this id, or no such place, at the step. */
export interface Why {
  links: WhyLink[];
  /** What the model has read is known; else it is after some more asks. */
  isComplete: boolean;
}

export interface WhyRun {
  step: (n: number) => Step;
  stateAt: (n: number) => State;
  /** The last step up to n that wrote just this path, or a row around it; 0: none has. */
  lastWrite: (path: string, n: number) => number;
  /** Goroutines whose program still has something in it that ends a wait for the object. */
  mayEnd: (state: State, reason: string, object: string) => GId[];
  /** What was read for a step; null: not known, or not yet. */
  reads: (n: number) => StepReads | null;
}

/** What a row does, or whom it is done by and with: the chains of whoever it is of say more of it than its own writes. */
const OF_ROW = /^([GMP])\.(\1\d+)(?:\.(?:status|m|waitreason|curg|p|parked|blocked|spinning|kernel))?$/;

/** A chain is never longer: what a person reads. */
const MOST_LINKS = 24;
/** So many steps back it is looked for what the same thread did before. */
const LOOK_BACK = 600;
/** A value is made of so many at most. */
const MOST_SOURCES = 4;
const OBJECT = /^((?:chan|mutex|waitgroup|rwmutex|cond)\.([^.]+))\./;

type Fields = Partial<Pick<WhyLink, 'm' | 'g' | 'p' | 'other' | 'm2' | 'dt' | 'object' | 'reason' | 'end'>>;

export class WhyFinder {
  private links: WhyLink[] = [];
  /** What has been told already is not told again. */
  private readonly told = new Map<string, number>();

  constructor(private readonly run: WhyRun) {}

  find({ of, n }: WhyAsk): Why {
    this.links = [];
    this.told.clear();
    const id = /^[GMP]\d+$/.test(of) ? of : (OF_ROW.exec(of)?.[2] ?? null);
    if (id === null) this.ofPlace(of, n);
    else if (id.startsWith('G')) this.ofG(id as GId, n, n);
    else if (id.startsWith('M')) this.ofM(id as MId, n, n);
    else this.ofP(id as PId, n, n);
    for (const link of this.links) {
      if (link.causes.length === 0) link.end ??= link.n === 0 ? 'start' : 'more';
      if (link.n > 0) link.reads = decisionReads(this.run, link.n);
    }
    return { links: this.links, isComplete: true };
  }

  /** Who set a place, what was read for it, and who had set that: backwards, the nearest first. */
  private ofPlace(path: string, until: number): void {
    const first = this.addPlace(path, until, until);
    const open = first === null ? [] : [first];
    for (let at = open.shift(); at !== undefined; at = open.shift()) {
      const link = this.links[at] as WhyLink;
      if (link.n === 0) continue;
      for (const { path: from, until: to } of this.sources(link)) {
        const known = this.links.length;
        const cause = this.addPlace(from, to, link.n);
        if (cause === null) break;
        this.because(link, cause);
        if (cause === known) open.push(cause);
      }
    }
  }

  private timeAt(n: number): number {
    return n === 0 ? 0 : this.run.step(n).t;
  }

  /** What a step wrote to a path; the value in the first state for step 0. */
  private valueAt(path: string, n: number): Json {
    const keys = keysOf(path);
    if (n > 0) {
      const change = this.run.step(n).set.find(([each]) => each === path);
      if (change) return change[2];
    }
    let node: unknown = this.run.stateAt(n);
    for (const key of keys) node = typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[key] : undefined;
    return (node ?? null) as Json;
  }

  /** A fact: the last write of a path up to `until`. Its place in the list; null: the chain is long enough. */
  private add(
    type: string,
    path: string,
    until: number,
    foundAt: number,
    fields: Fields = {},
  ): { link: WhyLink; at: number; isNew: boolean } | null {
    const n = this.run.lastWrite(path, until);
    const key = `${type} ${path} ${n}`;
    const known = this.told.get(key);
    if (known !== undefined) return { link: this.links[known] as WhyLink, at: known, isNew: false };
    if (this.links.length >= MOST_LINKS) return null;
    const step = n === 0 ? null : this.run.step(n);
    const link: WhyLink = {
      ...{ type, n, t: this.timeAt(n), path, value: shortened(plainJson(this.valueAt(path, n))), foundAt },
      ...{ m: step?.m ?? null, g: step?.g ?? null, p: step?.p ?? null, other: null, m2: null, dt: null, object: '', reason: '' },
      ...{ row: step === null ? '' : `${step.fn} / ${step.at}`, reads: [] },
      ...{ end: n === 0 ? ('start' as const) : null, causes: [] },
      ...fields,
    };
    const at = this.links.push(link) - 1;
    this.told.set(key, at);
    return { link, at, isNew: true };
  }

  private addPlace(path: string, until: number, foundAt: number): number | null {
    const n = this.run.lastWrite(path, until);
    const value = this.valueAt(path, n);
    if (n === 0 && value === null) return null;
    return this.add(n === 0 ? 'place.start' : 'place.set', path, until, foundAt, { object: shortPath(path) })?.at ?? null;
  }

  /** What the step that wrote a place had read before it wrote; where that is not known, what the place had been before. */
  private sources({ path, n }: WhyLink): { path: string; until: number }[] {
    const step = this.run.step(n);
    const read = (this.run.reads(n)?.wrote ?? []).filter((each) => !isOwnRow(each.path, step));
    const found = new Map(read.map((each) => [each.path, { path: each.path, until: each.isBefore ? n - 1 : n }]));
    if (found.size === 0) return [{ path, until: n - 1 }];
    return [...found.values()].slice(0, MOST_SOURCES);
  }

  private because(link: WhyLink, at: number | null): void {
    if (at !== null && !link.causes.includes(at) && this.links[at] !== link) link.causes.push(at);
  }

  private statusOf(g: GId, until: number): { n: number; status: string } {
    const path = `G.${g}.status`;
    const n = this.run.lastWrite(path, until);
    return { n, status: String(this.valueAt(path, n)) };
  }

  /** Goroutine g as it stands after step `until`, found so at `foundAt`. */
  private ofG(g: GId, until: number, foundAt: number): number | null {
    const state = this.run.stateAt(until);
    const row = state.G[g];
    if (!row) return null;
    const { n, status } = this.statusOf(g, until);
    const dt = this.timeAt(until) - this.timeAt(n);
    const path = `G.${g}.status`;
    if (status === '_Gwaiting' || status === '_Gpreempted') return this.waiting(g, state, n, until, foundAt, dt);
    if (status === '_Grunnable') return this.runnable(g, state, until, foundAt, dt);
    if (status === '_Grunning') return this.running(g, until, foundAt, dt);
    if (status === '_Gsyscall') {
      const m = row.m ?? null;
      const stay = m === null ? null : (state.M[m]?.kernel ?? null);
      const found = this.add('g.syscall', path, until, foundAt, { g, m, dt, object: stay?.name ?? '' });
      if (found?.isNew) {
        const inside =
          m === null || !stay ? null : this.add('kernel', `M.${m}.kernel`, until, until, { g, m, object: stay.name, dt, end: 'kernel' });
        if (inside) this.because(found.link, inside.at);
        else found.link.end ??= 'clock';
      }
      return found?.at ?? null;
    }
    const found = this.add('g.dead', path, until, foundAt, { g, end: 'clock' });
    return found?.at ?? null;
  }

  private waiting(g: GId, state: State, n: number, until: number, foundAt: number, dt: number): number | null {
    const reason = state.G[g]?.waitreason ?? '';
    const object = this.objectBefore(g, n);
    const found = this.add('g.waits', `G.${g}.status`, until, foundAt, {
      g,
      dt,
      reason,
      object: object?.name ?? '',
      m: n === 0 ? null : this.run.step(n).m,
    });
    if (!found?.isNew) return found?.at ?? null;
    const { link, at } = found;
    if (n === 0) return at;
    if (reason === 'sleep' || reason.startsWith('force gc')) link.end = 'clock';
    else if (reason === 'IO wait') link.end = 'kernel';
    else if (object) this.found(link, g, object, until);
    if (link.causes.length === 0) link.end ??= 'clock';
    return at;
  }

  /** The place that the goroutine's thread looked at before it went to sleep: `chan.c`. */
  private objectBefore(g: GId, n: number): { path: string; name: string; at: number } | null {
    if (n === 0) return null;
    const { m } = this.run.step(n);
    for (let i = n; i > Math.max(0, n - LOOK_BACK); i--) {
      const step = this.run.step(i);
      if (step.m !== m) continue;
      if (step.g !== null && step.g !== g) return null;
      for (const [path] of step.set) {
        const [, row, name] = OBJECT.exec(path) ?? [];
        if (row !== undefined && name !== undefined) return { path: row, name, at: i };
      }
      if (step.fn.startsWith('main.')) return null;
    }
    return null;
  }

  /** What it found when it looked, who left it so, and who could change it. */
  private found(link: WhyLink, g: GId, object: { path: string; name: string; at: number }, until: number): void {
    const [table = '', name = ''] = object.path.split('.');
    const field = { chan: 'count', mutex: 'locked', waitgroup: 'counter', rwmutex: 'readerCount', cond: 'wait' }[table] ?? 'lock';
    const path = `${object.path}.${field}`;
    const written = this.run.lastWrite(path, object.at - 1);
    const by = written === 0 ? null : this.run.step(written);
    const value = this.valueAt(path, written);
    const isHeld = table === 'mutex' && value === true && by?.g != null;
    const fact = this.add(isHeld ? 'held' : `${table}.found`, path, object.at - 1, object.at, {
      object: name,
      other: by?.g ?? null,
      g,
      m: by?.m ?? null,
    });
    if (fact) this.because(link, fact.at);
    const ending =
      isHeld && by.g !== null ? [by.g] : this.run.mayEnd(this.run.stateAt(until), link.reason, name).filter((each) => each !== g);
    const now = this.run.stateAt(until);
    for (const each of ending.filter((id) => now.G[id] !== undefined && now.G[id].status !== '_Gdead').slice(0, 3)) {
      const at = this.ofG(each, until, until);
      if (at !== null) this.because(link, at);
    }
    // Nobody may be left who ends it: then it was left so by whoever came there in the course of its own work.
    if (!fact?.isNew || fact.link.n === 0) return;
    if (by?.g != null) this.late(fact.link, by.g, fact.link.n, fact.link.n);
    if (fact.link.causes.length === 0) fact.link.end ??= 'clock';
  }

  private runnable(g: GId, state: State, until: number, foundAt: number, dt: number): number | null {
    const path = `G.${g}.status`;
    const n = this.run.lastWrite(path, until);
    const found = this.add(n === 0 ? 'g.runnable' : this.howRunnable(g, n), path, until, foundAt, { g, dt, ...this.whoMade(g, n) });
    if (!found?.isNew) return found?.at ?? null;
    const { link, at } = found;
    this.queued(link, g, state, until);
    this.madeSo(link, g, n);
    return at;
  }

  private howRunnable(g: GId, n: number): string {
    const old = n === 0 ? null : (this.run.step(n).set.find(([each]) => each === `G.${g}.status`)?.[1] ?? null);
    if (old === '_Gwaiting') return 'g.readied';
    if (old === '_Gsyscall') return 'g.returned';
    return old === '_Grunning' || old === '_Gpreempted' ? 'g.yielded' : 'g.created';
  }

  private whoMade(g: GId, n: number): Fields {
    if (n === 0) return {};
    const { m, g: by } = this.run.step(n);
    return { m, other: by === g ? null : by };
  }

  /** Why it does not run yet: the queue that it stands in, and who runs before it. */
  private queued(link: WhyLink, g: GId, state: State, until: number): void {
    const houses = Object.entries(state.P) as [PId, State['P'][PId]][];
    const [p, house] = houses.find(([, row]) => row.runnext === g || row.runq.includes(g)) ?? [];
    const isGlobal = p === undefined && state.sched.runq.includes(g);
    if (p !== undefined && house) {
      const isNext = house.runnext === g;
      const place = this.add(isNext ? 'queue.runnext' : 'queue.runq', `P.${p}.${isNext ? 'runnext' : 'runq'}`, until, until, { g, p });
      if (place) this.because(link, place.at);
      const busy = this.ofP(p, until, until);
      if (place?.isNew && busy !== null) this.because(place.link, busy);
    } else if (isGlobal) {
      const place = this.add('queue.global', 'sched.runq', until, until, { g });
      if (place) this.because(link, place.at);
      for (const [id, row] of houses.slice(0, 2)) {
        const busy = row.status === '_Pdead' ? null : this.ofP(id, until, until);
        if (place && busy !== null) this.because(place.link, busy);
      }
    }
  }

  /** What made it runnable: the waker, and why that came only then; after it had given way also why it had run, as far back as step `since`. */
  private madeSo(link: WhyLink, g: GId, n: number, since = 0): void {
    if (n === 0) return;
    const step = this.run.step(n);
    const before = this.statusOf(g, n - 1);
    if (link.type === 'g.readied') {
      const slept = this.add('g.slept', `G.${g}.status`, n - 1, n, {
        g,
        dt: step.t - this.timeAt(before.n),
        reason: this.run.stateAt(n - 1).G[g]?.waitreason ?? '',
        object: this.objectBefore(g, before.n)?.name ?? '',
        end: 'clock',
      });
      if (slept) this.because(link, slept.at);
      if (step.g !== null && step.g !== g) this.late(link, step.g, n, before.n);
      else this.waker(link, n);
    } else if (link.type === 'g.created' && step.g !== null) this.late(link, step.g, n, 0);
    else if (link.type === 'g.returned') {
      const left = this.add('g.left', `G.${g}.status`, n - 1, n, { g, dt: step.t - this.timeAt(before.n), end: 'kernel' });
      if (left) this.because(link, left.at);
    } else if (link.type === 'g.yielded') {
      const asked = this.run.lastWrite(`G.${g}.preempt`, n);
      const ran = this.add('g.ran', `G.${g}.status`, n - 1, n, { g, dt: step.t - this.timeAt(before.n), end: 'clock' });
      if (ran) this.because(link, ran.at);
      if (ran?.isNew && before.n > since) this.before(ran.link, g, before.n, since);
      if (asked > before.n && this.run.step(asked).m !== step.m) {
        const told = this.add('preempted', `G.${g}.preempt`, n, n, { g, m: this.run.step(asked).m, end: 'clock' });
        if (told) this.because(link, told.at);
      }
    }
  }

  /** Somebody without a goroutine has done it: a thread that found a timer or the network's news. */
  private waker(link: WhyLink, n: number): void {
    const step = this.run.step(n);
    for (let i = n; i > Math.max(0, n - LOOK_BACK); i--) {
      const each = this.run.step(i);
      if (each.m !== step.m) continue;
      if (each.fn === 'checkTimers' || each.fn === 'netpoll') {
        const isTimer = each.fn === 'checkTimers';
        const type = isTimer ? 'timer.due' : 'net.news';
        const path = each.set[0]?.[0] ?? step.set[0]?.[0] ?? '';
        // Others may have had news of their own since.
        const fact = this.add(type, path, i, i, { m: step.m, end: isTimer ? 'clock' : 'kernel' });
        if (fact) this.because(link, fact.at);
        return;
      }
    }
  }

  /** Why `actor` did it only at step n: what kept it since step `since`, backwards through whoever kept it. */
  private late(link: WhyLink, actor: GId, n: number, since: number): void {
    const { n: began, status } = this.statusOf(actor, n - 1);
    if (status !== '_Grunning') return;
    const ran = this.add('g.ran', `G.${actor}.status`, n - 1, n, { g: actor, dt: this.timeAt(n) - this.timeAt(began) });
    if (!ran?.isNew) {
      if (ran) this.because(link, ran.at);
      return;
    }
    this.because(link, ran.at);
    if (began <= since || began === 0) {
      ran.link.end ??= 'clock';
      return;
    }
    this.before(ran.link, actor, began, since);
  }

  /** It runs since step n; what had kept it from that, as far back as step `since`. */
  private before(link: WhyLink, g: GId, n: number, since: number): void {
    const { n: began, status } = this.statusOf(g, n - 1);
    const dt = this.timeAt(n) - this.timeAt(began);
    if (status === '_Grunnable') {
      const fact = this.add(began === 0 ? 'g.runnable' : this.howRunnable(g, began), `G.${g}.status`, n - 1, n, {
        g,
        dt,
        ...this.whoMade(g, began),
      });
      if (!fact) return;
      this.because(link, fact.at);
      if (!fact.isNew) return;
      if (began <= since) fact.link.end ??= 'clock';
      else this.madeSo(fact.link, g, began, since);
      this.occupied(fact.link, g, n, began);
    } else if (status === '_Gsyscall') {
      const fact = this.add('g.left', `G.${g}.status`, n - 1, n, { g, dt, end: 'kernel' });
      if (fact) this.because(link, fact.at);
    } else {
      const fact = this.add('g.ran', `G.${g}.status`, n - 1, n, { g, dt, end: 'clock' });
      if (fact) this.because(link, fact.at);
    }
  }

  /** While it stood in the queue its thread's P ran another: who, and how long. */
  private occupied(link: WhyLink, g: GId, n: number, since: number): void {
    const { m } = this.run.step(n);
    const last = this.run.lastWrite(`M.${m}.curg`, n - 1);
    if (last === 0) return;
    const before = this.run.step(last).set.find(([path]) => path === `M.${m}.curg`)?.[1];
    if (typeof before !== 'string' || before === g || last <= since) return;
    const fact = this.add('m.left', `M.${m}.curg`, n - 1, n, { m, other: before as GId, g, end: 'clock' });
    if (fact) this.because(link, fact.at);
  }

  private running(g: GId, until: number, foundAt: number, dt: number): number | null {
    const path = `G.${g}.status`;
    const n = this.run.lastWrite(path, until);
    const state = this.run.stateAt(until);
    const m = state.G[g]?.m ?? null;
    const found = this.add('g.runs', path, until, foundAt, { g, m, p: m === null ? null : (state.M[m]?.p ?? null), dt });
    if (!found?.isNew || n === 0) return found?.at ?? null;
    this.before(found.link, g, n, 0);
    if (found.link.causes.length === 0) found.link.end ??= 'clock';
    return found.at;
  }

  private ofP(p: PId, until: number, foundAt: number): number | null {
    const path = `P.${p}.status`;
    const state = this.run.stateAt(until);
    const row = state.P[p];
    if (!row) return null;
    const n = this.run.lastWrite(path, until);
    const dt = this.timeAt(until) - this.timeAt(n);
    const step = n === 0 ? null : this.run.step(n);
    const { m } = row;
    if (row.status === '_Prunning' && m !== null) return this.runningP(p, m, until, foundAt, dt);
    if (row.status === '_Psyscall') {
      const found = this.add('p.locked', path, until, foundAt, { p, m: step?.m ?? null, other: step?.g ?? null, dt });
      if (found?.isNew && step?.g) this.because(found.link, this.ofG(step.g, until, until));
      if (found && found.link.causes.length === 0) found.link.end ??= 'kernel';
      return found?.at ?? null;
    }
    if (row.status === '_Pgcstop') {
      const found = this.add('p.stopped', path, until, foundAt, { p, m: step?.m ?? null, dt });
      const order = found?.isNew ? this.add('stop.asked', 'sched.gcwaiting', until, n === 0 ? until : n, {}) : null;
      if (found && order) {
        this.because(found.link, order.at);
        order.link.end ??= 'clock';
      }
      return found?.at ?? null;
    }
    if (step?.fn === 'retake') return this.taken(p, until, foundAt);
    const found = this.add('p.idle', path, until, foundAt, { p, m: step?.m ?? null, dt });
    if (found) found.link.end ??= 'clock';
    return found?.at ?? null;
  }

  private runningP(p: PId, m: MId, until: number, foundAt: number, dt: number): number | null {
    const path = `P.${p}.m`;
    const state = this.run.stateAt(until);
    const g = state.M[m]?.curg ?? null;
    const found = this.add(g === null ? 'p.has' : 'p.runs', path, until, foundAt, { p, m, other: g, dt });
    if (!found?.isNew) return found?.at ?? null;
    const { link, at } = found;
    if (g !== null) {
      const curg = this.add('m.runs', `M.${m}.curg`, until, until, {
        m,
        other: g,
        dt: this.timeAt(until) - this.timeAt(this.run.lastWrite(`M.${m}.curg`, until)),
      });
      if (curg) {
        this.because(link, curg.at);
        curg.link.end ??= 'clock';
      }
    }
    if (link.n > 0) this.given(link, p, m, link.n);
    if (link.causes.length === 0) link.end ??= 'clock';
    return at;
  }

  /** The P had been left for the thread by another: who, and how that came to have it. */
  private given(link: WhyLink, p: PId, m: MId, n: number): void {
    const nextp = this.run.lastWrite(`M.${m}.nextp`, n);
    if (nextp === 0 || this.valueAt(`M.${m}.nextp`, nextp) !== p || this.run.step(nextp).m === m) return;
    const gave = this.add('p.given', `M.${m}.nextp`, n, n, { p, m: this.run.step(nextp).m, m2: m });
    if (!gave) return;
    this.because(link, gave.at);
    if (!gave.isNew) return;
    const status = this.run.lastWrite(`P.${p}.status`, nextp);
    if (status > 0 && this.run.step(status).fn === 'retake') this.because(gave.link, this.taken(p, status, nextp));
    gave.link.end ??= gave.link.causes.length === 0 ? 'clock' : null;
  }

  /** sysmon has taken it: what it had noted, and who had left it in a system call. */
  private taken(p: PId, until: number, foundAt: number): number | null {
    const n = this.run.lastWrite(`P.${p}.status`, until);
    const step = this.run.step(n);
    const locked = this.run.lastWrite(`P.${p}.status`, n - 1);
    const by = locked === 0 ? null : this.run.step(locked);
    const found = this.add('p.taken', `P.${p}.status`, until, foundAt, {
      p,
      m: step.m,
      m2: by?.m ?? null,
      other: by?.g ?? null,
      dt: step.t - this.timeAt(locked),
    });
    if (!found?.isNew) return found?.at ?? null;
    const noted = this.run.lastWrite(`sysmon.ticks.${p}.syscalltick`, n - 1);
    const note = this.add('p.noted', `sysmon.ticks.${p}.syscalltick`, n - 1, n, {
      p,
      m: step.m,
      dt: step.t - this.timeAt(noted),
      end: 'clock',
    });
    if (note) this.because(found.link, note.at);
    const left = this.add('p.locked', `P.${p}.status`, n - 1, n, {
      p,
      m: by?.m ?? null,
      other: by?.g ?? null,
      dt: step.t - this.timeAt(locked),
    });
    if (left) {
      this.because(found.link, left.at);
      if (left.isNew) {
        if (by?.g) this.because(left.link, this.ofG(by.g, n - 1, n));
        if (left.link.causes.length === 0) left.link.end ??= 'kernel';
      }
    }
    return found.at;
  }

  private ofM(m: MId, until: number, foundAt: number): number | null {
    const state = this.run.stateAt(until);
    const row = state.M[m];
    if (!row) return null;
    const since = (path: string): number => this.timeAt(until) - this.timeAt(this.run.lastWrite(path, until));
    if (row.kernel !== null && row.curg === null) {
      const path = `M.${m}.kernel`;
      return this.add('m.kernel', path, until, foundAt, { m, object: row.kernel.name, dt: since(path), end: 'kernel' })?.at ?? null;
    }
    if (row.parked) {
      const path = `M.${m}.parked`;
      const found = this.add('m.sleeps', path, until, foundAt, { m, dt: since(path) });
      if (found) found.link.end ??= 'clock';
      return found?.at ?? null;
    }
    if (row.spinning) return this.spinning(m, until, foundAt, since(`M.${m}.spinning`));
    if (row.curg !== null) {
      const path = `M.${m}.curg`;
      const found = this.add('m.runs', path, until, foundAt, { m, other: row.curg, dt: since(path) });
      if (found?.isNew) this.because(found.link, this.ofG(row.curg, until, until));
      if (found && found.link.causes.length === 0) found.link.end ??= 'clock';
      return found?.at ?? null;
    }
    const path = row.p === null ? `M.${m}.p` : `P.${row.p}.m`;
    const found = this.add('m.schedules', path, until, foundAt, { m, p: row.p, dt: since(path) });
    if (found?.isNew && row.p !== null && found.link.n > 0) this.given(found.link, row.p, m, found.link.n);
    if (found && found.link.causes.length === 0) found.link.end ??= 'clock';
    return found?.at ?? null;
  }

  private spinning(m: MId, until: number, foundAt: number, dt: number): number | null {
    const path = `M.${m}.spinning`;
    const found = this.add('m.spins', path, until, foundAt, { m, dt });
    if (!found?.isNew || found.link.n === 0) return found?.at ?? null;
    const { link } = found;
    const began = this.run.step(link.n);
    // Out of work of its own: nobody has called it.
    if (began.m === m && began.fn === 'findrunnable') {
      link.end ??= 'clock';
      return found.at;
    }
    // Whoever woke or made it, and for whose sake.
    const nextp = this.run.lastWrite(`M.${m}.nextp`, link.n);
    const gave = nextp === 0 ? 0 : this.valueAt(`M.${m}.nextp`, nextp) === null ? this.run.lastWrite(`M.${m}.nextp`, nextp - 1) : nextp;
    if (gave > 0 && this.run.step(gave).m !== m && this.valueAt(`M.${m}.nextp`, gave) !== null) {
      const fact = this.add('m.called', `M.${m}.nextp`, gave, gave === nextp ? Math.max(link.n, gave + 1) : nextp, {
        m: this.run.step(gave).m,
        m2: m,
        g: this.run.step(gave).g,
      });
      if (fact) {
        this.because(link, fact.at);
        if (fact.isNew) this.forWhom(fact.link, gave);
      }
    }
    if (link.causes.length === 0) link.end ??= 'clock';
    return found.at;
  }

  /** wakep after ready or a go statement: the goroutine that had become runnable. */
  private forWhom(link: WhyLink, n: number): void {
    const { m } = this.run.step(n);
    for (let i = n; i > Math.max(0, n - 60); i--) {
      const step = this.run.step(i);
      if (step.m !== m) continue;
      const [path] = step.set.find(([each, , now]) => /^G\.G\d+\.status$/.test(each) && now === '_Grunnable') ?? [];
      if (path === undefined) continue;
      const g = path.split('.')[1] as GId;
      const fact = this.add('g.madeRunnable', path, i, n, { g, m, other: step.g === g ? null : step.g, end: 'clock' });
      if (fact) this.because(link, fact.at);
      return;
    }
    link.end ??= 'clock';
  }
}
