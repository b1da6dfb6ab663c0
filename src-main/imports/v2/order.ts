/**
 * Which of the threads' next events can be the next one of all: each event says, by itself or by a number that counts the changes of its
 * goroutine or P, in which state it finds them. The rules are those of Go's own reader (internal/trace, ordering); what contradicts them is no trace.
 */
import { BadTrace } from '../bad-trace';
import { type Beginning, type CallPath, type GStatusTold, NO_PATH, NONE, type PStatusTold, type Told, type ToldKind } from '../told';
import { nameOf } from './events';
import type { RawEvent } from './frontier';

const P_STATUSES: readonly (PStatusTold | null)[] = [null, 'running', 'idle', 'syscall', 'abandoned'];
const G_STATUSES: readonly (GStatusTold | null)[] = [null, 'runnable', 'running', 'syscall', 'waiting'];

interface Counted<Status> {
  status: Status;
  /** Changes are counted anew in each generation. */
  generation: number;
  seq: number;
}

interface Thread {
  p: number;
  g: number;
}

/** What an event names that stands in its generation's tables. */
export interface Names {
  string: (id: number) => string;
  stack: (id: number) => CallPath;
}

const WITH_ALL = new Set(
  'ProcsChange STWBegin STWEnd GCMarkAssistBegin GCMarkAssistEnd GoLabel UserTaskBegin UserTaskEnd UserRegionBegin UserRegionEnd UserLog'.split(
    ' ',
  ),
);
const WITH_P = new Set('HeapAlloc HeapGoal GCSweepBegin GCSweepEnd'.split(' '));

export class Order {
  private readonly G = new Map<number, Counted<GStatusTold>>();
  private readonly P = new Map<number, Counted<PStatusTold>>();
  private readonly M = new Map<number, Thread>();
  private initial = 0;
  private gcSeq: number | null = null;
  private generation = 0;
  private names: Names = { string: () => '', stack: () => NO_PATH };
  private told: Told[] = [];
  private event: RawEvent = { type: 0, t: 0, args: [] };
  private m = NONE;

  constructor(private readonly began: number) {}

  begin(generation: number, names: Names): void {
    if (this.initial === 0) this.initial = generation;
    this.generation = generation;
    this.names = names;
  }

  /** What the event tells; null: it cannot be the next one. Throws BadTrace: it can never be. */
  advance(event: RawEvent, m: number): readonly Told[] | null {
    this.told = [];
    this.event = event;
    this.m = m;
    let thread = m === NONE ? { p: NONE, g: NONE } : this.M.get(m);
    if (!thread) this.M.set(m, (thread = { p: NONE, g: NONE }));
    return this.can(nameOf(event.type), event.args, thread) ? this.told : null;
  }

  private bad(): BadTrace {
    return BadTrace.impossible(nameOf(this.event.type), this.event.t - this.began);
  }

  private need(isSo: boolean): void {
    if (!isSo) throw this.bad();
  }

  private tell(kind: ToldKind, thread: Thread, id = NONE, why = '', stack = NO_PATH, entry = '', from = NONE): true {
    this.told.push({
      kind,
      t: this.event.t,
      m: this.m,
      p: thread.p,
      g: thread.g,
      id,
      from,
      why,
      stack,
      entry,
    });
    return true;
  }

  private succeeds(row: Counted<unknown>, seq: number): boolean {
    return row.generation === this.generation && row.seq + 1 === seq;
  }

  private can(name: string, [a = 0, b = 0, c = 0, d = 0]: readonly number[], thread: Thread): boolean {
    switch (name) {
      case 'ProcStatus':
        return this.procStatus(a, b, thread);
      case 'GoStatus':
      case 'GoStatusStack':
        return this.goStatus(a, b, c, thread);
      case 'ProcStart':
        return this.procStart(a, b, thread);
      case 'ProcStop':
        return this.procStop(thread);
      case 'ProcSteal':
        return this.procSteal(a, b, c, thread);
      case 'GoCreate':
      case 'GoCreateBlocked':
        return this.goCreate(name, a, b, c, thread);
      case 'GoCreateSyscall':
        this.need(thread.g === NONE && !this.G.has(a) && this.m !== NONE);
        this.tell('GoCreateSyscall', thread, a);
        this.G.set(a, { status: 'syscall', generation: this.generation, seq: 0 });
        thread.g = a;
        return true;
      case 'GoStart':
        return this.goStart(a, b, thread);
      case 'GoUnblock':
        return this.goUnblock(a, b, c, thread);
      case 'GoDestroy':
      case 'GoStop':
      case 'GoBlock':
        return this.leaves(name, thread, name === 'GoDestroy' ? '' : this.names.string(a), this.names.stack(b));
      case 'GoSwitch':
      case 'GoSwitchDestroy':
        return this.goSwitch(name, a, b, thread);
      case 'GoSyscallBegin':
        return this.syscallBegin(a, b, thread);
      case 'GoSyscallEnd':
        return this.syscallEnd(thread);
      case 'GoSyscallEndBlocked':
        return this.syscallEndBlocked(thread);
      case 'GoDestroySyscall':
        return this.goDestroySyscall(thread);
      case 'GCActive':
      case 'GCBegin':
      case 'GCEnd':
        return this.collection(name, a, thread);
      default:
        if (WITH_ALL.has(name)) this.need(thread.p !== NONE && thread.g !== NONE);
        else if (WITH_P.has(name)) this.need(thread.p !== NONE);
        return this.annotation(name, [a, b, c, d], thread);
    }
  }

  private procStatus(p: number, code: number, thread: Thread): boolean {
    const status = P_STATUSES[code];
    if (!status) throw this.bad();
    const row = this.P.get(p);
    if (!row) {
      if (this.generation !== this.initial) this.tell('ProcAdded', thread, p);
      this.P.set(p, { status, generation: this.generation, seq: 0 });
    } else {
      // Who is about to be robbed may not be there to say so itself.
      this.need(row.status === status || (status === 'abandoned' && row.status === 'syscall'));
      row.generation = this.generation;
      row.seq = 0;
    }
    if (status === 'running' || status === 'syscall') thread.p = p;
    return true;
  }

  private goStatus(g: number, m: number, code: number, thread: Thread): boolean {
    const status = G_STATUSES[code];
    if (!status) throw this.bad();
    const row = this.G.get(g);
    if (row) {
      this.need(row.status === status);
      row.generation = this.generation;
      row.seq = 0;
    } else {
      this.need(this.generation === this.initial);
      this.G.set(g, { status, generation: this.generation, seq: 0 });
    }
    if (status === 'running') thread.g = g;
    if (status !== 'syscall') return true;
    this.need(m !== NONE);
    if (m === this.m) {
      this.need(this.generation === this.initial || thread.g === g);
      thread.g = g;
      return true;
    }
    const other = this.M.get(m);
    this.need(!other || other.g === g);
    if (!other) this.M.set(m, { p: NONE, g });
    return true;
  }

  private procStart(p: number, seq: number, thread: Thread): boolean {
    const row = this.P.get(p);
    if (row?.status !== 'idle' || !this.succeeds(row, seq) || thread.p !== NONE) return false;
    this.need(this.m !== NONE);
    this.tell('ProcStart', thread, p);
    row.status = 'running';
    row.seq = seq;
    thread.p = p;
    return true;
  }

  private procStop(thread: Thread): boolean {
    const row = this.P.get(thread.p);
    if (!row || (row.status !== 'running' && row.status !== 'syscall')) throw this.bad();
    this.tell('ProcStop', thread, thread.p);
    row.status = 'idle';
    thread.p = NONE;
    return true;
  }

  private procSteal(p: number, seq: number, from: number, thread: Thread): boolean {
    const row = this.P.get(p);
    if (!row || (row.status !== 'syscall' && row.status !== 'abandoned') || !this.succeeds(row, seq)) return false;
    this.need(this.m !== NONE);
    const wasKept = row.status === 'syscall';
    const victim = from === this.m ? thread : this.M.get(from);
    if (wasKept && victim?.p !== p) throw this.bad();
    this.tell('ProcSteal', thread, p, '', NO_PATH, '', wasKept ? from : NONE);
    row.status = 'idle';
    row.seq = seq;
    if (wasKept && victim) victim.p = NONE;
    return true;
  }

  private goCreate(name: 'GoCreate' | 'GoCreateBlocked', g: number, entry: number, stack: number, thread: Thread): boolean {
    const creator = this.G.get(thread.g);
    this.need(thread.p !== NONE && !this.G.has(g) && (!creator || creator.status === 'running'));
    this.G.set(g, { status: name === 'GoCreate' ? 'runnable' : 'waiting', generation: this.generation, seq: 0 });
    return this.tell(name, thread, g, '', this.names.stack(stack), this.names.stack(entry).fns.at(-1) ?? '');
  }

  private goStart(g: number, seq: number, thread: Thread): boolean {
    const row = this.G.get(g);
    if (row?.status !== 'runnable' || !this.succeeds(row, seq)) return false;
    this.need(thread.p !== NONE && thread.g === NONE);
    this.tell('GoStart', thread, g);
    row.status = 'running';
    row.seq = seq;
    thread.g = g;
    return true;
  }

  private goUnblock(g: number, seq: number, stack: number, thread: Thread): boolean {
    const row = this.G.get(g);
    if (row?.status !== 'waiting' || !this.succeeds(row, seq)) return false;
    row.status = 'runnable';
    row.seq = seq;
    return this.tell('GoUnblock', thread, g, '', this.names.stack(stack));
  }

  /** The goroutine that runs on the thread. */
  private current(thread: Thread, status: GStatusTold): Counted<GStatusTold> {
    const row = this.G.get(thread.g);
    if (row?.status !== status) throw this.bad();
    return row;
  }

  private leaves(name: 'GoDestroy' | 'GoStop' | 'GoBlock', thread: Thread, why: string, stack: CallPath): boolean {
    this.need(thread.p !== NONE);
    const row = this.current(thread, 'running');
    this.tell(name, thread, thread.g, why, stack);
    if (name === 'GoDestroy') this.G.delete(thread.g);
    else row.status = name === 'GoStop' ? 'runnable' : 'waiting';
    thread.g = NONE;
    return true;
  }

  private goSwitch(name: 'GoSwitch' | 'GoSwitchDestroy', g: number, seq: number, thread: Thread): boolean {
    this.need(thread.p !== NONE);
    const row = this.current(thread, 'running');
    const next = this.G.get(g);
    if (next?.status !== 'waiting' || !this.succeeds(next, seq)) return false;
    this.tell(name, thread, g);
    if (name === 'GoSwitch') row.status = 'waiting';
    else this.G.delete(thread.g);
    next.status = 'running';
    next.seq = seq;
    thread.g = g;
    return true;
  }

  private syscallBegin(seq: number, stack: number, thread: Thread): boolean {
    const p = this.P.get(thread.p);
    const row = this.current(thread, 'running');
    if (!p || !this.succeeds(p, seq)) throw this.bad();
    row.status = 'syscall';
    p.status = 'syscall';
    p.seq = seq;
    return this.tell('GoSyscallBegin', thread, thread.g, '', this.names.stack(stack));
  }

  private syscallEnd(thread: Thread): boolean {
    const p = this.P.get(thread.p);
    const row = this.current(thread, 'syscall');
    if (p?.status !== 'syscall') throw this.bad();
    row.status = 'running';
    p.status = 'running';
    return this.tell('GoSyscallEnd', thread, thread.g);
  }

  private syscallEndBlocked(thread: Thread): boolean {
    if (thread.p !== NONE) {
      const p = this.P.get(thread.p);
      if (!p) throw this.bad();
      // It has lost its P, but nobody has said so yet.
      if (p.status === 'syscall') return false;
    }
    const row = this.current(thread, 'syscall');
    this.tell('GoSyscallEndBlocked', thread, thread.g);
    row.status = 'runnable';
    thread.g = NONE;
    return true;
  }

  private goDestroySyscall(thread: Thread): boolean {
    this.current(thread, 'syscall');
    this.tell('GoDestroySyscall', thread, thread.g);
    this.G.delete(thread.g);
    thread.g = NONE;
    if (thread.p === NONE) return true;
    const p = this.P.get(thread.p);
    if (p?.status !== 'syscall') throw this.bad();
    p.status = 'abandoned';
    thread.p = NONE;
    return true;
  }

  private collection(name: 'GCActive' | 'GCBegin' | 'GCEnd', seq: number, thread: Thread): boolean {
    const isFirst = this.gcSeq === null && name !== 'GCEnd';
    if (!isFirst && seq !== (this.gcSeq ?? 0) + 1) {
      this.need(this.gcSeq !== null);
      return false;
    }
    this.gcSeq = seq;
    return name === 'GCActive' ? true : this.tell(name, thread);
  }

  private annotation(name: string, [a = 0, b = 0, c = 0, d = 0]: readonly number[], thread: Thread): boolean {
    const { string, stack } = this.names;
    switch (name) {
      case 'STWBegin':
        return this.tell(name, thread, NONE, string(a), stack(b));
      case 'STWEnd':
        return this.tell(name, thread);
      case 'UserTaskBegin':
        return this.tell('Note', thread, NONE, `task ${string(c)}`, stack(d));
      case 'UserRegionBegin':
        return this.tell('Note', thread, NONE, `region ${string(b)}`, stack(c));
      case 'UserRegionEnd':
        return this.tell('Note', thread, NONE, `end of region ${string(b)}`, stack(c));
      case 'UserLog':
        return this.tell('Note', thread, NONE, [string(b), string(c)].filter((each) => each !== '').join(': '));
      default:
        return true;
    }
  }
}

/** Who was there at the beginning of the first generation: each is spoken of once in it before anything else of it is. */
export function addStatus(
  beginning: Beginning,
  { type, args: [id = 0, b = 0, c = 0, d = 0] }: RawEvent,
  m: number,
  stack: Names['stack'],
): void {
  const name = nameOf(type);
  if (name === 'ProcStatus') {
    const status = P_STATUSES[b];
    if (status && !beginning.P.has(id)) beginning.P.set(id, { status, m: status === 'running' || status === 'syscall' ? m : NONE });
  } else if (name === 'GoStatus' || name === 'GoStatusStack') {
    const status = G_STATUSES[c];
    const on = status === 'running' ? m : status === 'syscall' ? b : NONE;
    if (status && !beginning.G.has(id)) beginning.G.set(id, { status, m: on, stack: name === 'GoStatusStack' ? stack(d) : NO_PATH });
  }
}
