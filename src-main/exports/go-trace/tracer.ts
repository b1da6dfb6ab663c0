/**
 * What Go's execution tracer would tell of a run, whichever version's rules it was played by: read from the changes of its steps, in the
 * words of the tracer of Go 1.22 and later (internal/trace/tracev2), from which the older words follow. An event is told in the step that
 * makes it so: the status of a goroutine, who has a P.
 */
import { FREEZE_STOP_WAIT } from '../../model/go-constants';
import type { Change, GId, GRow, MId, MRow, PId, State, Step } from '../../model/state';

export type TracerKind =
  | 'ProcStart'
  | 'ProcStop'
  | 'ProcSteal'
  | 'GoCreate'
  | 'GoCreateSyscall'
  | 'GoStart'
  | 'GoDestroy'
  | 'GoDestroySyscall'
  | 'GoStop'
  | 'GoBlock'
  | 'GoUnblock'
  | 'GoSyscallBegin'
  | 'GoSyscallEnd'
  | 'GoSyscallEndBlocked'
  | 'STWBegin'
  | 'STWEnd';

export interface TracerEvent {
  kind: TracerKind;
  /** Virtual time, ns. */
  t: number;
  /** The thread that tells it, and what it had before the event. */
  m: MId;
  p: PId | null;
  g: GId | null;
  /** The P of a Proc event. */
  proc: PId | null;
  /** The goroutine of a Go event. */
  go: GId | null;
  /** ProcSteal: the thread that had the P. */
  from: MId | null;
  /** GoStop, GoBlock and STWBegin: Go's reason. */
  why: string;
  /** Functions, innermost first. */
  stack: readonly string[];
}

/** What a reader of the trace knows of a goroutine; none: not yet or no longer there. */
export type TracedG = 'none' | 'runnable' | 'running' | 'waiting' | 'syscall';
/** abandoned: in the system call of a thread of C that has gone. */
export interface TracedP {
  status: 'idle' | 'running' | 'syscall' | 'abandoned';
  m: MId | null;
}

const TRACED: Readonly<Record<string, TracedG>> = {
  _Grunnable: 'runnable',
  _Grunning: 'running',
  _Gcopystack: 'running',
  _Gsyscall: 'syscall',
  _Gwaiting: 'waiting',
  _Gpreempted: 'waiting',
};

/** Go: traceBlockReasonStrings, by the wait reasons that the model uses. */
const BLOCK_REASONS: Readonly<Record<string, string>> = {
  sleep: 'sleep',
  'chan send': 'chan send',
  'chan receive': 'chan receive',
  'chan send (nil chan)': 'chan send',
  'chan receive (nil chan)': 'chan receive',
  select: 'select',
  'select (no cases)': 'forever',
  panicwait: 'forever',
  'IO wait': 'network',
  semacquire: 'sync',
  'sync.Mutex.Lock': 'sync',
  'sync.RWMutex.RLock': 'sync',
  'sync.RWMutex.Lock': 'sync',
  'sync.WaitGroup.Wait': 'sync',
  'sync.Cond.Wait': 'sync.(*Cond).Wait',
  'force gc (idle)': 'system goroutine wait',
};

const tracedStatus = (status: string): TracedG => TRACED[status.replace('_Gscan|', '')] ?? 'none';

/** Follows one run. */
export class Tracer {
  readonly G = new Map<GId, TracedG>();
  readonly P = new Map<PId, TracedP>();
  readonly M = new Map<MId, { p: PId | null; g: GId | null }>();
  private readonly threadOf = new Map<GId, MId>();
  /** Goroutines that have a status already, but no number yet. */
  private readonly unborn = new Set<GId>();
  /** Why each thread's goroutine gives way. */
  private readonly giving = new Map<MId, string>();
  /** The program dies: Go's tracer would not come to write any more. */
  isOver = false;
  private events: TracerEvent[] = [];
  private step: Step | null = null;
  private state: State;

  constructor(first: State) {
    this.state = first;
    for (const p of Object.keys(first.P) as PId[]) this.P.set(p, { status: 'idle', m: null });
    for (const [m, row] of Object.entries(first.M) as [MId, MRow][]) this.firstThread(m, row);
    for (const [g, { status, goid }] of Object.entries(first.G) as [GId, GRow][]) this.G.set(g, goid === 0 ? 'none' : tracedStatus(status));
  }

  private firstThread(m: MId, { p, curg, oldp }: MRow): void {
    const status = curg === null ? 'none' : tracedStatus(this.state.G[curg]?.status ?? '');
    const g = status === 'running' || status === 'syscall' ? curg : null;
    const kept = p ?? (status === 'syscall' && oldp !== null && this.state.P[oldp]?.status === '_Psyscall' ? oldp : null);
    this.M.set(m, { p: kept, g });
    if (kept !== null) this.P.set(kept, { status: status === 'syscall' ? 'syscall' : 'running', m });
    if (g !== null) this.threadOf.set(g, m);
  }

  /** The events of a step, in their order. `state`: after it. */
  take(step: Step, state: State): readonly TracerEvent[] {
    this.events = [];
    this.step = step;
    this.state = state;
    if (step.fn === 'gosched_m') this.giving.set(step.m, 'runtime.Gosched');
    else if (step.fn === 'gopreempt_m' || step.fn === 'goyield_m') this.giving.set(step.m, 'preempted');
    if (state.sched.stopwait === FREEZE_STOP_WAIT) this.isOver = true;
    if (!this.isOver) for (const change of step.set) this.change(change);
    return this.events;
  }

  private thread(m: MId): { p: PId | null; g: GId | null } {
    let row = this.M.get(m);
    if (!row) this.M.set(m, (row = { p: null, g: null }));
    return row;
  }

  private change([path, old, now]: Change): void {
    const [table, id, field] = path.split('.');
    if (id === undefined) return;
    if (table === 'G') {
      if (field === undefined && now !== null) this.added(id as GId, now as unknown as GRow);
      else if (field === 'status') this.status(id as GId, String(now));
      else if (field === 'goid' && this.unborn.delete(id as GId)) this.status(id as GId, this.state.G[id as GId]?.status ?? '');
    } else if (table === 'M') {
      if (field === 'p') this.owner(id as MId, now as PId | null);
      else if (field === 'preemptoff') this.world(id as MId, String(old), String(now));
    } else if (table === 'P' && field === 'status') this.statusChanges(id as PId, String(old), String(now));
  }

  private added(g: GId, { status }: GRow): void {
    this.G.set(g, 'none');
    this.status(g, status);
  }

  private tell(kind: TracerKind, m: MId, about: Partial<TracerEvent> = {}): void {
    const { p, g } = this.thread(m);
    const stack = about.stack ?? this.stackOf(g);
    this.events.push({ kind, t: this.step?.t ?? 0, m, p, g, proc: null, go: null, from: null, why: '', ...about, stack });
  }

  /** Of what a thread does for its goroutine. */
  private stackOf(g: GId | null): readonly string[] {
    if (!this.step || g === null) return [];
    const { fn } = this.step;
    const inner = fn.includes('.') ? fn : `runtime.${fn}`;
    const row = this.state.G[g];
    return [inner, ...(row?.frames ?? []).slice().reverse(), entryOf(row)].filter((name, i, all) => i === 0 || name !== all[i - 1]);
  }

  private status(g: GId, is: string): void {
    const before = this.G.get(g) ?? 'none';
    const after = tracedStatus(is);
    if (before === after) return;
    // Who has its stack scanned, or stops the world, calls itself waiting and stays on its thread.
    if (before === 'running' && is === '_Gwaiting' && this.step?.fn !== 'park_m') return;
    const row = this.state.G[g];
    if (before === 'none' && row?.goid === 0) {
      this.unborn.add(g);
      return;
    }
    this.G.set(g, after);
    switch (after) {
      case 'runnable':
        return this.toRunnable(g, before);
      case 'running':
        return this.toRunning(g, before);
      case 'waiting':
        if (before === 'running') return this.leaves('GoBlock', g, BLOCK_REASONS[row?.waitreason ?? ''] ?? 'unspecified');
        return;
      case 'syscall':
        return before === 'none' ? this.comesFromC(g) : this.enters(g);
      case 'none':
        return before === 'syscall' ? this.goesToC(g) : this.leaves('GoDestroy', g, '');
    }
  }

  private toRunnable(g: GId, before: TracedG): void {
    const by = this.step?.m ?? 'M0';
    if (before === 'none') this.tell('GoCreate', by, { go: g });
    else if (before === 'waiting') this.tell('GoUnblock', by, { go: g });
    else if (before === 'running') this.leaves('GoStop', g, this.giving.get(by) ?? 'preempted');
    else this.leaves('GoSyscallEndBlocked', g, '');
  }

  private toRunning(g: GId, before: TracedG): void {
    const m = this.state.G[g]?.m ?? this.threadOf.get(g) ?? this.step?.m ?? 'M0';
    const thread = this.thread(m);
    if (before === 'syscall') {
      const p = thread.p === null ? undefined : this.P.get(thread.p);
      if (p?.status === 'syscall') {
        p.status = 'running';
        this.tell('GoSyscallEnd', m, { go: g });
        return;
      }
      this.leaves('GoSyscallEndBlocked', g, '');
    }
    this.starts(m, g);
  }

  private starts(m: MId, g: GId): void {
    this.tell('GoStart', m, { go: g });
    this.thread(m).g = g;
    this.threadOf.set(g, m);
  }

  /** A goroutine is on its thread no longer. */
  private leaves(kind: TracerKind, g: GId, why: string): void {
    const m = this.threadOf.get(g) ?? this.step?.m ?? 'M0';
    this.tell(kind, m, { go: g, why });
    this.thread(m).g = null;
    this.threadOf.delete(g);
  }

  private enters(g: GId): void {
    const m = this.threadOf.get(g) ?? this.step?.m ?? 'M0';
    this.tell('GoSyscallBegin', m, { go: g });
    const { p } = this.thread(m);
    if (p !== null) this.P.set(p, { status: 'syscall', m });
  }

  private comesFromC(g: GId): void {
    const m = this.state.G[g]?.m ?? this.step?.m ?? 'M0';
    this.tell('GoCreateSyscall', m, { go: g });
    this.thread(m).g = g;
    this.threadOf.set(g, m);
  }

  private goesToC(g: GId): void {
    const m = this.threadOf.get(g) ?? this.step?.m ?? 'M0';
    this.leaves('GoDestroySyscall', g, '');
    const thread = this.thread(m);
    if (thread.p !== null) this.P.set(thread.p, { status: 'abandoned', m });
    thread.p = null;
  }

  /** Somebody writes m.p. */
  private owner(m: MId, now: PId | null): void {
    const thread = this.thread(m);
    // Who gives a P back has done so when its status says what has become of it; who enters a system call still has it.
    if (now === null || thread.p === now) return;
    // Whoever changes its P without having given way (procresize) is told to have done so.
    const { g } = thread;
    if (thread.p !== null) {
      if (g !== null) this.leaves('GoStop', g, 'runtime.Gosched');
      this.stop(m, thread.p);
    }
    const traced = this.P.get(now);
    if (traced && traced.status !== 'idle') this.steal(now, this.step?.m ?? m);
    this.tell('ProcStart', m, { proc: now });
    const isMoved = thread.p === null && g !== null && thread.g === null;
    thread.p = now;
    this.P.set(now, { status: 'running', m });
    if (isMoved) this.starts(m, g);
  }

  /** Somebody writes p.status. */
  private statusChanges(p: PId, old: string, now: string): void {
    const traced = this.P.get(p);
    if (!traced || traced.status === 'idle' || now === '_Psyscall' || now === '_Prunning') return;
    const by = this.step?.m ?? 'M0';
    if (traced.status === 'abandoned') return this.steal(p, by);
    if (traced.m === null) return;
    // Up to 1.25 a thread that comes back in time takes its P by the same change of status by which others would have robbed it.
    if (old === '_Psyscall' && traced.m === by && now === '_Pidle') return;
    if (old !== '_Psyscall' && this.state.M[traced.m]?.p === p) return;
    if (old !== '_Psyscall' && traced.m === by) this.stop(by, p);
    else this.steal(p, by);
  }

  private stop(m: MId, p: PId): void {
    this.tell('ProcStop', m, { proc: p });
    this.thread(m).p = null;
    this.P.set(p, { status: 'idle', m: null });
  }

  private steal(p: PId, by: MId): void {
    const traced = this.P.get(p);
    this.tell('ProcSteal', by, { proc: p, from: traced?.m ?? by });
    if (traced?.status === 'syscall' && traced.m !== null) this.thread(traced.m).p = null;
    this.P.set(p, { status: 'idle', m: null });
  }

  /** m.preemptoff says why the world is stopped, from before it is until it has been started. */
  private world(m: MId, old: string, now: string): void {
    const { p, g } = this.thread(m);
    if (p === null || g === null || this.G.get(g) !== 'running') return;
    if (old === '' && now !== '') this.tell('STWBegin', m, { why: now });
    else if (now === '' && old !== '') this.tell('STWEnd', m);
  }
}

/** The function that a goroutine was started with. */
export function entryOf(row: GRow | undefined): string {
  const name = (row?.name ?? '').replace(/#.*$/, '');
  return name.includes('.') ? name : `main.${name}`;
}
