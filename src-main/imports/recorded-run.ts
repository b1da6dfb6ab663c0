/**
 * A recorded trace as a run of ours: a first state, and a step for each event. What the trace tells is set as it tells it; what it does not tell
 * (where in which queue who waits, which threads sleep, why a P was taken) is worked out, and the step says so (`assumed`).
 *
 * Ps keep the numbers that Go has given them; threads are numbered as they come, and are named after the system's number. Goroutines have rows
 * as goroutine-rows.ts says.
 */
import type { GId, Json, MId, MRow, PId, PRow, State, Step } from '../model/state';
import { Recorder } from '../model/run/recorder';
import { newMRow } from '../model/runtime/threads';
import { copyState } from '../model/trace/replay';
import { AssumedPaths } from './assumed-paths';
import { AssumedQueues } from './assumed-queues';
import { emptyState, idleP } from './empty-state';
import { NOTED, ROWS, WAIT_REASONS } from './event-rows';
import { GoroutineRows } from './goroutine-rows';
import { type Beginning, type CallPath, NO_PATH, NONE, type Told } from './told';

/** Of more Ps than that the ids are made as they come. */
const MOST_IDS = 4_096;
/** Longer lists seldom come again. */
const LONGEST_LIST = 24;

export class RecordedRun {
  readonly first: State;
  private readonly state: State;
  private readonly to: Recorder;
  private readonly threads = new Map<number, MId>();
  private readonly assumed = new AssumedPaths();
  private readonly goroutines = new GoroutineRows();
  private readonly queues: AssumedQueues;
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
    this.queues = new AssumedQueues(this.state, this.to, this.first.sched.runq);
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
      const row = this.goroutines.made(g, stack.fns[0] ?? '');
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
    state.sched.runq = known.flatMap(([g]) => (state.G[this.gId(g)]?.status === '_Grunnable' ? this.gId(g) : []));
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

  /** The row of a goroutine. */
  private gId(id: number): GId {
    return this.goroutines.of(id);
  }

  /** The row of one that has ended, for another one of the same function; null: it gets a row of its own. */
  private usedRow(id: number, entry: string): GId | null {
    const g = this.goroutines.reused(id, entry, (row) => this.state.G[row]?.goid ?? 0);
    if (g === null) return null;
    this.to.g(g, 'goid', id);
    this.to.g(g, 'waitreason', '');
    this.to.g(g, 'lines', NO_PATH.lines);
    return g;
  }

  private ends(g: GId): void {
    this.to.g(g, 'status', '_Gdead');
    this.goroutines.end(g);
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
    this.assumed.begin();
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
    const assumed = this.assumed.among(done.set);
    if (assumed.length > 0) done.assumed = assumed;
    return done;
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
        return this.queues.put(this.gId(id), this.state.M[m]?.p ?? null);
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
        this.queues.take(this.gId(id));
        return to.g(this.gId(id), 'status', '_Gwaiting');
      case 'GoInSyscall':
        this.queues.take(this.gId(id));
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
    const known = this.state.G[g] ? this.goroutines.comesBack(g) : this.usedRow(told.id, told.entry);
    if (known) {
      this.to.g(known, 'status', status);
      if (known !== g) this.to.g(known, 'frames', this.framesOf(told.entry));
    } else this.to.add('G', g, { ...this.goroutines.made(told.id, told.entry), status, frames: this.framesOf(told.entry) });
    if (!isBlocked) this.queues.put(known ?? g, this.state.M[m]?.p ?? null);
  }

  private goCreateSyscall(m: MId, id: number): void {
    const entry = `cgo#${m}`;
    const own = this.gId(id);
    const known = this.state.G[own] ? this.goroutines.comesBack(own) : this.usedRow(id, entry);
    const g = known ?? own;
    if (known) {
      this.to.g(g, 'status', '_Gsyscall');
      this.to.g(g, 'm', m);
    } else this.to.add('G', g, { ...this.goroutines.made(id, entry), status: '_Gsyscall', m });
    this.wakes(m);
    this.to.m(m, 'curg', g);
    this.to.m(m, 'ong0', false);
  }

  private starts(g: GId, m: MId): void {
    this.queues.take(g);
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
      this.queues.put(g, null);
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
    this.queues.put(g, null);
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
}

/** Each P's id once: what is looked up by the same string again is found sooner. */
const ids: PId[] = [];

function pId(id: number): PId {
  if (id < 0 || id > MOST_IDS) return `P${id}`;
  return (ids[id] ??= `P${id}`);
}

const threadName = (m: number): string => (m === NONE ? '?' : String(m));
