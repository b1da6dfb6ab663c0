/**
 * One order for the events of all Ps: of those whose goroutine is in the state that they need, the earliest is next. The rules are those of
 * Go's own reader (internal/trace of Go 1.19, order1007).
 *
 * A goroutine that has come back from a system call says so only when it has a P again, with the time at which it had really come back, long
 * before. So the file is read twice, the first time for these times alone: nothing else of it has to be kept.
 */
import { BadTrace } from '../bad-trace';
import { NONE } from '../told';
import { PCursor, type V1Event, type V1File } from './raw';

type Status = 'dead' | 'runnable' | 'running' | 'waiting';

interface Need {
  g: number;
  from: Status;
  to: Status;
  /** How often it must have been changed by then; null: whoever tells has seen to it. */
  seq: number | null;
  counts: boolean;
}

/** Collections are counted like the changes of a goroutine. */
const COLLECTOR = -2;

/** A cache: there are few names, and each event asks. */
const blocking = new Map<string, boolean>();

function isBlocking(name: string): boolean {
  let is = blocking.get(name);
  if (is === undefined) blocking.set(name, (is = /^Go(Sleep|SysBlock|Block\w*)$/.test(name)));
  return is;
}

function needOf({ name, g, args: [a = 0, b = 0] }: V1Event): Need | null {
  switch (name) {
    case 'GoCreate':
      return { g: a, from: 'dead', to: 'runnable', seq: 0, counts: true };
    case 'GoWaiting':
    case 'GoInSyscall':
      return { g, from: 'runnable', to: 'waiting', seq: 1, counts: true };
    case 'GoStart':
    case 'GoStartLabel':
      return { g, from: 'runnable', to: 'running', seq: b, counts: true };
    case 'GoStartLocal':
      return { g, from: 'runnable', to: 'running', seq: null, counts: true };
    case 'GoSched':
    case 'GoPreempt':
      return { g, from: 'running', to: 'runnable', seq: null, counts: false };
    case 'GoUnblock':
    case 'GoSysExit':
      return { g: a, from: 'waiting', to: 'runnable', seq: b, counts: true };
    case 'GoUnblockLocal':
    case 'GoSysExitLocal':
      return { g: a, from: 'waiting', to: 'runnable', seq: null, counts: true };
    case 'GCStart':
      return { g: COLLECTOR, from: 'dead', to: 'dead', seq: a, counts: true };
    default:
      return isBlocking(name) ? { g, from: 'running', to: 'waiting', seq: null, counts: false } : null;
  }
}

const isReady = (need: Need | null, known: { status: Status; seq: number }): boolean =>
  need === null || ((need.seq === null || need.seq === known.seq) && need.from === known.status);

const NEW = { status: 'dead', seq: 0 } as const;

/** Of each P's next event it is asked once for each event of the others. */
const needs = new WeakMap<PCursor, { event: V1Event; need: Need | null }>();

function needOfNext(cursor: PCursor, event: V1Event): Need | null {
  const known = needs.get(cursor);
  if (known?.event === event) return known.need;
  const need = needOf(event);
  needs.set(cursor, { event, need });
  return need;
}

/** The events in the order in which they were recorded. */
export function* inOrder(file: V1File): Generator<V1Event, void> {
  const cursors = [...file.batches].map(([p, stretches]) => new PCursor(p, file, stretches));
  const known = new Map<number, { status: Status; seq: number }>();
  let began: number | null = null;
  let last = 0;
  let index = 0;
  const stuck = (): BadTrace => BadTrace.stuck(Math.trunc((last - (began ?? last)) * file.nsPerTick));
  for (;;) {
    let best: PCursor | null = null;
    let need: Need | null = null;
    let isLeft = false;
    for (const cursor of cursors) {
      const { event } = cursor;
      if (!event) continue;
      isLeft = true;
      if (best?.event && best.event.ticks <= event.ticks) continue;
      const its = needOfNext(cursor, event);
      if (!isReady(its, its === null ? NEW : (known.get(its.g) ?? NEW))) continue;
      best = cursor;
      need = its;
    }
    const event = best?.event;
    if (!best || !event) {
      if (!isLeft) return;
      throw stuck();
    }
    if (need) {
      const row = known.get(need.g);
      if (!row) known.set(need.g, { status: need.to, seq: need.counts ? 1 : 0 });
      else {
        row.status = need.to;
        if (need.counts) row.seq++;
      }
    }
    // Clocks of two processors that differ: Go refuses the trace, too.
    if (event.ticks < last) throw stuck();
    began ??= event.ticks;
    last = event.ticks;
    event.index = index++;
    yield event;
    best.next();
  }
}

/** Recorded when there is a P again, long after it happened; the time of that is an argument of the event. */
const isExit = ({ name }: V1Event): boolean => name === 'GoSysExit' || name === 'GoSysExitLocal';
const exitTicks = ({ name, args, ticks }: V1Event): number => (name === 'GoSysExit' ? args[2] : args[1]) || ticks;

/** Ticks, place among all events, P, goroutine. */
const EXIT_FIELDS = 4;

/** What has to be known of the whole trace before its first event can be passed on. */
export class Survey {
  /** For each P the thread that starts it first. */
  readonly threads = new Map<number, number>();
  private readonly found: number[] = [];
  /** Ticks of the first event; null: there is none. */
  began: number | null = null;

  add(event: V1Event): void {
    const { name, p, g, args } = event;
    const ticks = isExit(event) ? exitTicks(event) : event.ticks;
    this.began = Math.min(this.began ?? Infinity, ticks);
    if (isExit(event)) this.found.push(ticks, event.index, p, g);
    else if (name === 'ProcStart' && !this.threads.has(p)) this.threads.set(p, args[0] ?? NONE);
  }

  /** The ends of system calls in order of time, EXIT_FIELDS numbers each. */
  exits(): Float64Array {
    const { found } = this;
    const at = (i: number, field: number): number => found[i * EXIT_FIELDS + field] as number;
    const order = Uint32Array.from({ length: found.length / EXIT_FIELDS }, (_, i) => i);
    order.sort((a, b) => at(a, 0) - at(b, 0) || at(a, 1) - at(b, 1));
    const exits = new Float64Array(found.length);
    for (const [to, from] of order.entries()) for (let f = 0; f < EXIT_FIELDS; f++) exits[to * EXIT_FIELDS + f] = at(from, f);
    return exits;
  }
}

/** All events in order of time. */
export function* ordered(file: V1File, exits: Float64Array): Generator<V1Event, void> {
  let next = 0;
  const isBefore = (event: V1Event): boolean => {
    const ticks = exits[next] as number;
    return ticks < event.ticks || (ticks === event.ticks && (exits[next + 1] as number) < event.index);
  };
  const exit = (): V1Event => {
    const [ticks = 0, index = 0, p = 0, g = 0] = exits.subarray(next, (next += EXIT_FIELDS));
    return { name: 'GoSysExit', ticks, p, g, args: [g], stack: 0, text: '', index };
  };
  for (const event of inOrder(file)) {
    if (isExit(event)) continue;
    while (next < exits.length && isBefore(event)) yield exit();
    yield event;
  }
  while (next < exits.length) yield exit();
}
