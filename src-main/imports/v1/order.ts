/**
 * One order for the events of all Ps: of those whose goroutine is in the state that they need, the earliest is next. The rules are those of
 * Go's own reader (internal/trace of Go 1.19, order1007).
 */
import { BadTrace } from '../bad-trace';
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
      return /^Go(Sleep|SysBlock|Block\w*)$/.test(name) ? { g, from: 'running', to: 'waiting', seq: null, counts: false } : null;
  }
}

const isReady = (need: Need | null, known: { status: Status; seq: number }): boolean =>
  need === null || ((need.seq === null || need.seq === known.seq) && need.from === known.status);

const NEW = { status: 'dead', seq: 0 } as const;

/** `nsPerTick` and `began` (ticks) for what is said of events that fit nowhere. */
export function ordered(file: V1File): V1Event[] {
  const cursors = [...file.batches].map(([p, stretches]) => new PCursor(p, file, stretches));
  const known = new Map<number, { status: Status; seq: number }>();
  const events: V1Event[] = [];
  const exits: V1Event[] = [];
  let last = 0;
  for (;;) {
    let best: PCursor | null = null;
    let need: Need | null = null;
    let isLeft = false;
    for (const cursor of cursors) {
      const { event } = cursor;
      if (!event) continue;
      isLeft = true;
      if (best?.event && best.event.ticks <= event.ticks) continue;
      const its = needOf(event);
      if (!isReady(its, its === null ? NEW : (known.get(its.g) ?? NEW))) continue;
      best = cursor;
      need = its;
    }
    const event = best?.event;
    if (!best || !event) {
      if (!isLeft) break;
      throw BadTrace.stuck(Math.trunc((last - (events[0]?.ticks ?? last)) * file.nsPerTick));
    }
    if (need) known.set(need.g, { status: need.to, seq: (known.get(need.g)?.seq ?? 0) + (need.counts ? 1 : 0) });
    // Clocks of two processors that differ: Go refuses the trace, too.
    if (event.ticks < last) throw BadTrace.stuck(Math.trunc((last - (events[0]?.ticks ?? last)) * file.nsPerTick));
    last = event.ticks;
    event.index = events.length + exits.length;
    if (event.name.startsWith('GoSysExit')) exits.push(withItsTime(event));
    else events.push(event);
    best.next();
  }
  return merged(events, exits);
}

/** Told when there is a P again, long after it happened: the moment stands in the event. */
function withItsTime(event: V1Event): V1Event {
  const real = event.name === 'GoSysExit' ? event.args[2] : event.args[1];
  if (real) event.ticks = real;
  event.name = 'GoSysExit';
  return event;
}

function merged(events: readonly V1Event[], exits: V1Event[]): V1Event[] {
  const isBefore = (a: V1Event, b: V1Event): boolean => a.ticks < b.ticks || (a.ticks === b.ticks && a.index < b.index);
  exits.sort((a, b) => a.ticks - b.ticks || a.index - b.index);
  const all: V1Event[] = [];
  let next = 0;
  for (const event of events) {
    for (let exit = exits[next]; exit && isBefore(exit, event); exit = exits[++next]) all.push(exit);
    all.push(event);
  }
  all.push(...exits.slice(next));
  return all;
}
