/**
 * Timers. Follows runtime/time.go and checkTimers of runtime/proc.go, Go 1.14: each P has its own, ordered by when they fire.
 * Simplified: only time.Sleep makes timers, so none is ever modified or deleted before it fires.
 */
import type { GId, MId, PId } from '../state';
import { netpollGenericInit, wakeNetPoller } from './netpoll';
import { gopark, goready } from './park';
import type { Runtime } from './runtime';
import { type Thread, row, rows } from './thread';

const CHECK = rows('checkTimers', { run: 'store' });

/** Go 1.14, runtime/time.go, timeSleep: the timer is inserted when the goroutine is already _Gwaiting, so it cannot fire too early. */
export function* timeSleep(rt: Runtime, g: GId, ns: number): Thread {
  if (ns <= 0) return;
  yield row('timeSleep', 'when', 'store');
  const when = rt.now + ns;
  yield* gopark(rt, g, 'sleep', 'GoSleep', (m) => {
    addtimer(rt, rt.pOf(m), when, g);
    return true;
  });
}

/** Go: addtimer, as part of the step under way. */
function addtimer(rt: Runtime, p: PId, when: number, g: GId): void {
  netpollGenericInit(rt);
  const { timers } = rt.P(p);
  const later = timers.findIndex((timer) => timer.when > when);
  const place = later < 0 ? timers.length : later;
  rt.to.p(p, 'timers', [...timers.slice(0, place), { when, g }, ...timers.slice(place)]);
  wakeNetPoller(rt, when);
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
    const [due, ...others] = rt.P(p).timers;
    // Another M may have run it between the look and this step.
    if (!due || due.when > rnow) continue;
    rt.to.p(p, 'timers', others);
    ran = true;
    yield* goready(rt, m, due.g);
  }
}

/** Go 1.14, runtime/proc.go, timeSleepUntil: when the next timer of any P fires (ns), Infinity when there is none. */
export function timeSleepUntil(rt: Runtime): number {
  let next = Infinity;
  for (const p of rt.allp) next = Math.min(next, rt.P(p).timers[0]?.when ?? Infinity);
  return next;
}
