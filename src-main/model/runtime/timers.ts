/**
 * Timers. Follows runtime/time.go and checkTimers of runtime/proc.go, Go 1.14: each P has its own, ordered by when they fire.
 * Simplified: only time.Sleep, time.After and tickers make timers, and none is modified or deleted before it fires.
 */
import type { GId, MId, PId, TimerRow } from '../state';
import { nonBlocking } from './chan';
import { netpollGenericInit, wakeNetPoller } from './netpoll';
import { gopark, goready } from './park';
import { throwFatal } from './panic';
import { panicked } from './panicking';
import type { Runtime } from './runtime';
import { type Thread, row, rows } from './thread';

const CHECK = rows('checkTimers', { run: 'store' });
const TIMER = rows('startTimer', { addtimer: 'store' });

/** Go 1.14, runtime/time.go, timeSleep: the timer is inserted when the goroutine is already _Gwaiting, so it cannot fire too early. */
export function* timeSleep(rt: Runtime, g: GId, ns: number): Thread {
  if (ns <= 0) return;
  yield row('timeSleep', 'when', 'store');
  const when = rt.now + ns;
  yield* gopark(rt, g, 'sleep', 'GoSleep', (m) => {
    addtimer(rt, m, { when, g });
    return true;
  });
}

/** Go: addtimer, as part of the step under way. */
function addtimer(rt: Runtime, m: MId, timer: TimerRow): void {
  const p = rt.pOf(m);
  netpollGenericInit(rt, m);
  rt.to.p(p, 'timers', withTimer(rt.P(p).timers, timer));
  wakeNetPoller(rt, m, timer.when);
}

/** The heap as a list, the earliest first; among equals the one that came first. */
function withTimer(timers: readonly TimerRow[], timer: TimerRow): TimerRow[] {
  const later = timers.findIndex(({ when }) => when > timer.when);
  const place = later < 0 ? timers.length : later;
  return [...timers.slice(0, place), timer, ...timers.slice(place)];
}

/**
 * Go 1.14, time.After and time.NewTicker, and runtime/time.go, startTimer: a timer that sends to a channel, once, or `times` times every `ns`; then
 * it is stopped. A ticker of length 0 panics.
 */
export function* startTimer(rt: Runtime, g: GId, chan: string, ns: number, times: number | null): Thread {
  yield TIMER.addtimer;
  if (times !== null && ns <= 0) panicked('non-positive interval for NewTicker');
  if (times === 0) return;
  addtimer(rt, rt.mOf(g), { when: rt.now + ns, chan, period: times === null ? 0 : ns, left: times ?? 1 });
}

/** Go 1.14, runtime/time.go, runOneTimer: a ticker's timer goes back into the heap, at the next multiple of its period. Part of the step under way. */
function runOneTimer(rt: Runtime, p: PId, due: TimerRow): void {
  const others = rt.P(p).timers.slice(1);
  const isLast = !('chan' in due) || due.left <= 1;
  const missed = isLast ? 0 : Math.floor((rt.now - due.when) / due.period);
  const next = isLast ? null : { ...due, when: due.when + due.period * (1 + missed), left: due.left - 1 };
  rt.to.p(p, 'timers', next ? withTimer(others, next) : others);
}

export interface CheckedTimers {
  /** The time (ns) up to which timers counted as due; 0: the clock was not read, because p has no timer. */
  rnow: number;
  /** When p's next timer fires, ns; 0: none. */
  next: number;
  ran: boolean;
}

/**
 * Go 1.14, runtime/proc.go, checkTimers: runs what is due on p; the goroutines go to m's own P. The clock is read once, and only if the
 * caller has not read it (`now` 0): what falls due while timers run waits for the next look.
 */
export function* checkTimers(rt: Runtime, m: MId, p: PId, now = 0): Thread<CheckedTimers> {
  let ran = false;
  let rnow = now;
  for (;;) {
    const first = rt.P(p).timers[0];
    if (!first) return { rnow, next: 0, ran };
    if (rnow === 0) rnow = Math.max(1, rt.now);
    if (first.when > rnow) return { rnow, next: first.when, ran };
    yield CHECK.run;
    const [due] = rt.P(p).timers;
    // Another M may have run it between the look and this step.
    if (!due || due.when > rnow) continue;
    runOneTimer(rt, p, due);
    ran = true;
    if ('g' in due) yield* goready(rt, m, due.g);
    // Go: sendTime, which drops the time if nobody has taken the last one.
    else yield* sendTime(rt, m, due.chan);
  }
}

/** Go 1.14, runtime/proc.go, timeSleepUntil: when the next timer of any P fires (ns), Infinity when there is none. */
export function timeSleepUntil(rt: Runtime): number {
  let next = Infinity;
  for (const p of rt.allp) next = Math.min(next, rt.P(p).timers[0]?.when ?? Infinity);
  return next;
}

/** Go 1.14, time/sleep.go, sendTime: a send that does not wait, on g0. A closed channel panics there, which nobody can recover. */
function* sendTime(rt: Runtime, m: MId, chan: string): Thread {
  if (rt.state.chan[chan]?.closed) yield* throwFatal(rt, m, { text: 'send on closed channel' });
  yield* nonBlocking(rt, m, chan, 'send');
}
