/**
 * A recorded trace as a run of ours: a first state, and a step for each event. What the trace tells is set as it tells it; what it does not tell
 * (where in which queue who waits, which threads sleep, why a P was taken) is worked out, and the step says so (`assumed`).
 *
 * Goroutines keep the numbers that Go has given them, Ps too; threads are numbered as they come, and are named after the system's number. A
 * program may start millions of goroutines: when many of one function have ended, a new one gets the row of the one that ended first, as Go
 * itself uses its structures again, and `goid` tells which one it is.
 */
import type { Change, GId, GRow, Json, MId, MRow, PId, PRow, State, Step } from '../model/state';
import { Recorder } from '../model/run/recorder';
import { newGRow } from '../model/runtime/newproc';
import { newMRow } from '../model/runtime/threads';
import { parsePath } from '../model/state-path';
import { knownOf } from '../model/trace/recorded';
import { copyState } from '../model/trace/replay';
import { emptyState, idleP } from './empty-state';
import { type Beginning, type CallPath, NO_PATH, NONE, type Told } from './told';

/** The rows of Go's functions that do what an event tells. */
const ROWS: Readonly<Record<Told['kind'], readonly [fn: string, at: string]>> = {
  ProcAdded: ['procresize', 'add'],
  ProcStart: ['wirep', 'status'],
  ProcStop: ['releasep', 'status'],
  ProcSteal: ['retake', 'retake'],
  GoCreate: ['newproc1', 'goid'],
  GoCreateBlocked: ['newproc1', 'goid'],
  GoCreateSyscall: ['needm', 'casgstatus'],
  GoStart: ['execute', 'gogo'],
  GoDestroy: ['goexit1', 'goexit0'],
  GoDestroySyscall: ['dropm', 'casgstatus'],
  GoStop: ['goschedImpl', 'casgstatus'],
  GoBlock: ['park_m', 'casgstatus'],
  GoUnblock: ['ready', 'casgstatus'],
  GoSyscallBegin: ['reentersyscall', 'casgstatus'],
  GoSyscallEnd: ['exitsyscall', 'casgstatus'],
  GoSyscallEndBlocked: ['exitsyscall0', 'casgstatus'],
  GoSwitch: ['coroswitch_m', 'switch'],
  GoSwitchDestroy: ['coroswitch_m', 'switch'],
  GoWaiting: ['park_m', 'casgstatus'],
  GoInSyscall: ['reentersyscall', 'casgstatus'],
  STWBegin: ['stopTheWorldWithSema', 'preemptoff'],
  STWEnd: ['startTheWorldWithSema', 'releasem'],
  GCBegin: ['gcStart', 'begin'],
  GCEnd: ['gcMarkTermination', 'end'],
  Note: ['trace', 'log'],
};

/** For these the reason becomes the step's note. */
const NOTED: ReadonlySet<Told['kind']> = new Set(['GoStop', 'STWBegin', 'Note']);

/** Reasons of the tracer, in the words that a traceback has for them. */
const WAIT_REASONS: Readonly<Record<string, string>> = {
  network: 'IO wait',
  forever: 'select (no cases)',
  'sync.(*Cond).Wait': 'sync.Cond.Wait',
};

type Place = PId | 'next' | 'global';

/** So many goroutines of one function that have ended keep their rows. */
const ENDED_KEPT = 256;
/** Of more Ps than that the ids are made as they come. */
const MOST_IDS = 4_096;
/** Longer lists seldom come again. */
const LONGEST_LIST = 24;

export class RecordedRun {
  readonly first: State;
  private readonly state: State;
  private readonly to: Recorder;
  private readonly threads = new Map<number, MId>();
  /** Where who is runnable is taken to wait: in a P's ring, in a P's runnext, or in the global queue. */
  private readonly places = new Map<GId, { at: Place; p: PId | null }>();
  private readonly names = new Map<string, number>();
  /** Paths that the current step infers, beside the fields that are always inferred (model/trace/recorded.ts). */
  private readonly assumed = new Set<string>();
  private readonly isAssumed = new Map<string, boolean>();
  /** Of each goroutine the row that it has, and of each row the function it is for. */
  private readonly rows = new Map<number, GId>();
  private readonly entries = new Map<GId, string>();
  /** By function: rows of those that have ended, the first one first. */
  private readonly ended = new Map<string, GId[]>();
  private readonly lists = new Map<string, (PId | MId)[]>();
  private readonly firstFrames = new Map<string, readonly string[]>();
  private workers = 0;
  private hasSysmon = false;
  private lastT = 0;

  constructor(private readonly beginning: Beginning) {
    this.state = emptyState([...beginning.P.keys()]);
    this.begin();
    this.first = copyState(this.state);
    this.to = new Recorder(this.state);
  }

  /** Who is there at first, without a step. */
  private begin(): void {
    const { state, beginning } = this;
    const thread = (m: number): MRow => state.M[this.newThread(m)] as MRow;
    for (const [p, { status, m }] of beginning.P) {
      const row = state.P[pId(p)] as PRow;
      if (status === 'abandoned') row.status = '_Psyscall';
      if (status === 'running' || status === 'syscall') {
        const on = thread(m);
        if (status === 'running') Object.assign(row, { status: '_Prunning', m: this.threads.get(m) });
        else row.status = '_Psyscall';
        if (status === 'running') on.p = pId(p);
        else on.oldp = pId(p);
      }
    }
    const known = [...beginning.G].sort(([a], [b]) => a - b);
    for (const [g, { status, m, stack }] of known) {
      const row = this.newG(g, stack.fns[0] ?? '');
      state.G[this.gId(g)] = row;
      if (status === 'runnable') Object.assign(row, { status: '_Grunnable' });
      if (status === 'waiting') Object.assign(row, { status: '_Gwaiting' });
      if (status === 'running' || status === 'syscall') {
        const on = thread(m);
        Object.assign(row, { status: status === 'running' ? '_Grunning' : '_Gsyscall', m: this.threads.get(m) });
        Object.assign(on, { curg: this.gId(g), ong0: false });
      }
      row.frames = stack.fns;
      row.lines = stack.lines;
    }
    state.sched.pidle = (Object.keys(state.P) as PId[]).filter((p) => state.P[p]?.status === '_Pidle');
    for (const [g] of known) if (state.G[this.gId(g)]?.status === '_Grunnable') this.places.set(this.gId(g), { at: 'global', p: null });
    state.sched.runq = [...this.places.keys()];
  }

  private newThread(m: number): MId {
    const known = this.threads.get(m);
    if (known !== undefined) return known;
    const id = this.nextThread();
    this.threads.set(m, id);
    this.state.M[id] = newMRow(threadName(m), 'worker');
    return id;
  }

  /** M1 is sysmon's number, as in Go. */
  private nextThread(): MId {
    this.workers += this.workers === 1 ? 2 : 1;
    return `M${this.workers - 1}`;
  }

  /**
   * A thread that takes a P while it has neither a P nor a goroutine is sysmon: no other can. The older tracer does not say which thread it was.
   * One of which nothing was ever told, and that wakes somebody without a P, most likely is: it has looked at the network because nobody else did.
   */
  private isSysmon({ kind, m, p, g }: Told): boolean {
    if (this.hasSysmon) return false;
    return (
      (kind === 'ProcSteal' && (m === NONE || (p === NONE && g === NONE))) ||
      (kind === 'GoUnblock' && m !== NONE && p === NONE && g === NONE)
    );
  }

  private newG(g: number, entry: string): GRow {
    const plain = entry === '' ? `goroutine ${g}` : entry.replace(/^main\./, '');
    const count = (this.names.get(plain) ?? 0) + 1;
    this.names.set(plain, count);
    const name = g === 1 ? 'main' : count === 1 ? plain : `${plain}#${count}`;
    this.rows.set(g, `G${g}`);
    this.entries.set(`G${g}`, entry);
    return { ...newGRow(name, g), system: entry.startsWith('runtime.') && entry !== 'runtime.main', lines: NO_PATH.lines };
  }

  /** The row of a goroutine. */
  private gId(id: number): GId {
    return this.rows.get(id) ?? `G${id}`;
  }

  /** The row of one that has ended, for another one of the same function; null: it gets a row of its own. */
  private usedRow(id: number, entry: string): GId | null {
    const ended = this.ended.get(entry);
    const g = ended !== undefined && ended.length > ENDED_KEPT ? ended.shift() : undefined;
    if (g === undefined) return null;
    this.rows.delete(this.state.G[g]?.goid ?? 0);
    this.rows.set(id, g);
    this.to.g(g, 'goid', id);
    this.to.g(g, 'waitreason', '');
    this.to.g(g, 'lines', NO_PATH.lines);
    return g;
  }

  /** The tracer has told of its end, and now of it again. */
  private comesBack(g: GId): GId {
    const ended = this.ended.get(this.entries.get(g) ?? '') ?? [];
    const at = ended.indexOf(g);
    if (at >= 0) ended.splice(at, 1);
    return g;
  }

  private ends(g: GId): void {
    this.to.g(g, 'status', '_Gdead');
    const entry = this.entries.get(g) ?? '';
    const ended = this.ended.get(entry);
    if (ended) ended.push(g);
    else this.ended.set(entry, [g]);
  }

  /** A list of Ps or threads. There are few different ones, and a long recording has millions: each is one object. */
  private list<T extends PId | MId>(these: T[]): T[] {
    if (these.length > LONGEST_LIST) return these;
    const key = these.join(' ');
    let list = this.lists.get(key) as T[] | undefined;
    if (!list) this.lists.set(key, (list = these));
    return list;
  }

  private framesOf(entry: string): readonly string[] {
    let frames = this.firstFrames.get(entry);
    if (!frames) this.firstFrames.set(entry, (frames = entry === '' ? [] : [entry]));
    return frames;
  }

  /** As things are after the last step; the next one changes them. */
  get live(): { n: number; state: State } {
    return { n: this.to.stepCount, state: this.state };
  }

  /** The step of an event. */
  step(told: Told): Step {
    this.assumed.clear();
    // Of two events at one moment the order is told, too.
    const t = Math.max(this.lastT, Math.max(0, told.t - this.beginning.t));
    this.lastT = t;
    const known = this.threads.get(told.m);
    const role = known === undefined && this.isSysmon(told) ? 'sysmon' : 'worker';
    const m = known ?? (role === 'sysmon' ? 'M1' : this.nextThread());
    if (known === undefined) {
      this.hasSysmon ||= role === 'sysmon';
      // The recorder wants whoever takes the step to be there; the step itself then brings it.
      this.threads.set(told.m, m);
      this.state.M[m] = newMRow(threadName(told.m), role);
    }
    const [fn, at] = this.rowOf(told);
    this.to.begin(t, m, fn, at, 0);
    if (known === undefined) {
      Reflect.deleteProperty(this.state.M, m);
      this.to.add('M', m, newMRow(threadName(told.m), role));
      if (role === 'sysmon' && told.kind !== 'ProcSteal') this.assumed.add(`M.${m}`);
    }
    if (told.kind !== 'Note') this.to.event(told.kind);
    this.apply(told, m, told.id);
    // The stack of an event is always that of the goroutine that it interrupts.
    if (told.stack !== NO_PATH && told.g !== NONE) this.calls(this.gId(told.g), told.stack);
    const done = this.to.end();
    done.p ??= this.state.M[m]?.p ?? null;
    done.g ??= this.state.M[m]?.curg ?? null;
    if (told.why !== '' && NOTED.has(told.kind)) done.note = told.why;
    const assumed = this.assumedIn(done.set);
    if (assumed.length > 0) done.assumed = assumed;
    return done;
  }

  /** The paths among these changes that are inferred. */
  private assumedIn(set: readonly Change[]): string[] {
    const assumed: string[] = [];
    const isAny = this.assumed.size > 0;
    for (const [path, , now] of set) {
      let isAssumed = now === '_Pgcstop' ? true : this.isAssumed.get(path);
      if (isAssumed === undefined) this.isAssumed.set(path, (isAssumed = isAlwaysAssumed(path, now)));
      if (isAssumed || (isAny && this.assumed.has(path))) assumed.push(path);
    }
    return assumed;
  }

  /** A goroutine's call path as it was told last; it goes on from there. */
  private calls(g: GId, { fns, lines }: CallPath): void {
    const row = this.state.G[g];
    if (row && row.frames !== fns) this.to.g(g, 'frames', fns);
    if (row && row.lines !== lines) this.to.g(g, 'lines', lines);
  }

  private rowOf({ kind, g, from, m }: Told): readonly [string, string] {
    if (kind !== 'ProcSteal' || g === NONE) return ROWS[kind];
    if (this.state.sched.gcwaiting) return from === m ? ['entersyscall_gcwait', 'cas'] : ['stopTheWorldWithSema', 'syscalls'];
    return this.state.G[this.gId(g)]?.status === '_Gsyscall' ? ['exitsyscallfast', 'cas-oldp'] : ROWS.ProcSteal;
  }

  private apply(told: Told, m: MId, id: number): void {
    const { to } = this;
    switch (told.kind) {
      case 'ProcAdded':
        to.at(['P', pId(id)], idleP() as unknown as Json);
        return this.idle(pId(id));
      case 'ProcStart':
        return this.procStart(m, pId(id));
      case 'ProcStop':
        return this.procStop(m, pId(id));
      case 'ProcSteal':
        return this.procSteal(pId(id), told.from);
      case 'GoCreate':
      case 'GoCreateBlocked':
        return this.goCreate(told, m, this.gId(id));
      case 'GoCreateSyscall':
        return this.goCreateSyscall(m, id);
      case 'GoStart':
        this.isBack(m);
        return this.starts(this.gId(id), m);
      case 'GoStop':
      case 'GoBlock':
      case 'GoDestroy':
        return this.goes(told, m, this.gId(id));
      case 'GoUnblock':
        this.isBack(m);
        to.g(this.gId(id), 'status', '_Grunnable');
        return this.waitsFor(this.gId(id), this.state.M[m]?.p ?? null);
      case 'GoSyscallBegin':
        return this.enters(m, this.gId(id));
      case 'GoSyscallEnd':
        return this.isBack(m);
      case 'GoSyscallEndBlocked':
        return this.leaves(m, this.gId(id));
      case 'GoDestroySyscall':
        return this.goesToC(m, this.gId(id));
      case 'GoSwitch':
      case 'GoSwitchDestroy':
        return this.switches(told, m);
      case 'GoWaiting':
        this.unqueue(this.gId(id));
        return to.g(this.gId(id), 'status', '_Gwaiting');
      case 'GoInSyscall':
        this.unqueue(this.gId(id));
        return to.g(this.gId(id), 'status', '_Gsyscall');
      case 'STWBegin':
        this.isBack(m);
        to.sched('gcwaiting', true);
        return to.m(m, 'preemptoff', told.why);
      case 'STWEnd':
        return this.worldStarts(m);
      case 'GCBegin':
      case 'GCEnd':
      case 'Note':
        return this.isBack(m);
    }
  }

  // Threads and Ps.

  private procStart(m: MId, p: PId): void {
    const { to } = this;
    to.sched('pidle', this.list(this.state.sched.pidle.filter((each) => each !== p)));
    to.m(m, 'p', p);
    to.p(p, 'm', m);
    to.p(p, 'status', '_Prunning');
    this.wakes(m);
  }

  private wakes(m: MId): void {
    this.to.m(m, 'parked', false);
    this.to.m(m, 'blocked', false);
    if (this.state.sched.midle.includes(m)) this.to.sched('midle', this.list(this.state.sched.midle.filter((each) => each !== m)));
  }

  /** Without a P and a goroutine it is taken to sleep. */
  private sleeps(m: MId): void {
    const row = this.state.M[m];
    // sysmon holds a P that it takes for a moment (1.26), and goes on with its rounds.
    if (!row || row.role === 'sysmon' || row.p !== null || row.curg !== null || row.parked) return;
    this.to.m(m, 'parked', true);
    this.to.m(m, 'blocked', true);
    this.to.sched('midle', this.list([m, ...this.state.sched.midle]));
  }

  private procStop(m: MId, p: PId): void {
    this.to.m(m, 'p', null);
    this.to.m(m, 'oldp', null);
    this.to.p(p, 'm', null);
    this.idle(p);
    this.sleeps(m);
  }

  private idle(p: PId): void {
    if (this.state.sched.gcwaiting) {
      this.to.p(p, 'status', '_Pgcstop');
      return;
    }
    this.to.p(p, 'status', '_Pidle');
    if (!this.state.sched.pidle.includes(p)) this.to.sched('pidle', this.list([p, ...this.state.sched.pidle]));
  }

  private procSteal(p: PId, from: number): void {
    const victim = this.threads.get(from);
    if (victim !== undefined) this.to.m(victim, 'oldp', null);
    this.to.p(p, 'm', null);
    this.idle(p);
  }

  private worldStarts(m: MId): void {
    this.to.sched('gcwaiting', false);
    this.to.m(m, 'preemptoff', '');
    for (const p of Object.keys(this.state.P) as PId[]) {
      if (this.state.P[p]?.status !== '_Pgcstop') continue;
      this.assumed.add(`P.${p}.status`);
      this.idle(p);
    }
  }

  // Goroutines.

  private goCreate(told: Told, m: MId, g: GId): void {
    this.isBack(m);
    const isBlocked = told.kind === 'GoCreateBlocked';
    const status = isBlocked ? '_Gwaiting' : '_Grunnable';
    const known = this.state.G[g] ? this.comesBack(g) : this.usedRow(told.id, told.entry);
    if (known) {
      this.to.g(known, 'status', status);
      if (known !== g) this.to.g(known, 'frames', this.framesOf(told.entry));
    } else this.to.add('G', g, { ...this.newG(told.id, told.entry), status, frames: this.framesOf(told.entry) });
    if (!isBlocked) this.waitsFor(known ?? g, this.state.M[m]?.p ?? null);
  }

  private goCreateSyscall(m: MId, id: number): void {
    const entry = `cgo#${m}`;
    const own = this.gId(id);
    const known = this.state.G[own] ? this.comesBack(own) : this.usedRow(id, entry);
    const g = known ?? own;
    if (known) {
      this.to.g(g, 'status', '_Gsyscall');
      this.to.g(g, 'm', m);
    } else this.to.add('G', g, { ...this.newG(id, entry), status: '_Gsyscall', m });
    this.wakes(m);
    this.to.m(m, 'curg', g);
    this.to.m(m, 'ong0', false);
  }

  private starts(g: GId, m: MId): void {
    this.unqueue(g);
    this.to.m(m, 'curg', g);
    this.to.m(m, 'ong0', false);
    this.to.g(g, 'm', m);
    this.to.g(g, 'status', '_Grunning');
  }

  /** It is no longer on its thread. */
  private offThread(m: MId, g: GId): void {
    this.to.g(g, 'm', null);
    this.to.m(m, 'curg', null);
    this.to.m(m, 'ong0', true);
  }

  private goes({ kind, why }: Told, m: MId, g: GId): void {
    this.isBack(m);
    const { to } = this;
    this.offThread(m, g);
    if (kind === 'GoDestroy') return this.ends(g);
    if (kind === 'GoStop') {
      to.g(g, 'status', '_Grunnable');
      this.waitsFor(g, null);
      return;
    }
    to.g(g, 'status', '_Gwaiting');
    to.g(g, 'waitreason', WAIT_REASONS[why] ?? why);
  }

  private enters(m: MId, g: GId): void {
    this.isBack(m);
    const { to } = this;
    const p = this.state.M[m]?.p ?? null;
    to.g(g, 'status', '_Gsyscall');
    if (p === null) return;
    to.m(m, 'oldp', p);
    to.m(m, 'p', null);
    to.p(p, 'm', null);
    to.p(p, 'status', '_Psyscall');
  }

  /** Its goroutine is in a system call no longer: up to 1.21 nobody tells so of one that nobody disturbed, before the goroutine does something else. */
  private isBack(m: MId): void {
    const row = this.state.M[m];
    const g = row?.curg ?? null;
    if (!row || g === null || row.oldp === null || this.state.G[g]?.status !== '_Gsyscall') return;
    const { oldp } = row;
    this.to.g(g, 'status', '_Grunning');
    this.to.m(m, 'p', oldp);
    this.to.m(m, 'oldp', null);
    this.to.p(oldp, 'm', m);
    this.to.p(oldp, 'status', '_Prunning');
  }

  private leaves(m: MId, g: GId): void {
    this.offThread(m, g);
    this.to.g(g, 'status', '_Grunnable');
    // With a P it runs at once.
    if (this.state.M[m]?.p !== null) return;
    this.waitsFor(g, null);
    this.sleeps(m);
  }

  private goesToC(m: MId, g: GId): void {
    this.offThread(m, g);
    this.ends(g);
    this.to.m(m, 'oldp', null);
    this.sleeps(m);
  }

  /** A coroutine goes on in place of the goroutine that calls it. */
  private switches({ kind, id }: Told, m: MId): void {
    const before = this.state.M[m]?.curg ?? null;
    if (before !== null) {
      this.offThread(m, before);
      if (kind === 'GoSwitch') {
        this.to.g(before, 'status', '_Gwaiting');
        this.to.g(before, 'waitreason', 'coroutine');
      } else this.ends(before);
    }
    this.starts(this.gId(id), m);
  }

  // Queues: nothing of them is told.

  /** A goroutine that its waker's P runs next; or, with null, at the tail of the global queue. */
  private waitsFor(g: GId, p: PId | null): void {
    if (p === null) {
      this.to.runqAppend(null, [g]);
      this.places.set(g, { at: 'global', p: null });
      return;
    }
    const before = this.state.P[p]?.runnext ?? null;
    if (before !== null) {
      this.to.runqAppend(p, [before]);
      this.places.set(before, { at: p, p });
    }
    this.to.p(p, 'runnext', g);
    this.places.set(g, { at: 'next', p });
  }

  private unqueue(g: GId): void {
    const place = this.places.get(g);
    if (!place) return;
    this.places.delete(g);
    if (place.at === 'next' && place.p !== null) {
      this.to.p(place.p, 'runnext', null);
      return;
    }
    const { p } = place;
    const queue = p === null ? this.state.sched.runq : (this.state.P[p]?.runq ?? []);
    const index = queue.indexOf(g);
    if (index < 0) return;
    const others = this.to.runqTake(p, index);
    this.to.runqTake(p, 1);
    // Who is taken from the middle: the order was not as it was taken to be.
    if (others.length > 0) this.to.runqAppend(p, [...others, ...this.to.runqTake(p, queue.length)]);
  }
}

/** Each P's id once: what is looked up by the same string again is found sooner. */
const ids: PId[] = [];

function pId(id: number): PId {
  if (id < 0 || id > MOST_IDS) return `P${id}`;
  return (ids[id] ??= `P${id}`);
}

function isAlwaysAssumed(path: string, now: Json): boolean {
  const { table, id, field } = parsePath(path);
  return field !== null && (id !== null || table === 'sched') && knownOf(table, field, now) === 'assumed';
}

const threadName = (m: number): string => (m === NONE ? '?' : String(m));
