/** Who is said to have kept a lock from somebody is who a scan of all states finds with it, and for as long. */
import { expect, test } from 'vitest';
import type { GId, State } from '../../model/state';
import { scenarioOf } from '../../model/testdata/run-scenario';
import { needTrueLinks, play, type Played, told, toldByAll } from './testdata/played';
import type { WhyLink } from './why';

const HOLDER = `
schedville: 1
kind: scenario
id: holder
title: { zh: 一把锁, en: One lock }
runtime: { gomaxprocs: 2 }
mutexes: [mu]
waitgroups: [wg]
goroutines:
  main:
    - add: { wg: wg, n: 4 }
    - go: { name: worker, times: 3 }
    - go: holder
    - wait: wg
  holder: [{ lock: mu }, { compute: 2ms }, { unlock: mu }, { syscall: { name: nanosleep, via: Syscall, takes: 5ms } }, { done: wg }]
  worker: [{ compute: 50us }, { lock: mu }, { compute: 100us }, { unlock: mu }, { done: wg }]
`;
const played = play(scenarioOf(HOLDER, 'holder'), 5_000);

/** Since the goroutine waits for the lock, ns by whoever had it. */
function scanned({ steps, states }: Played, g: GId, until: number): Map<string, number> {
  const sums = new Map<string, number>();
  let holder: string | null = null;
  for (const { n, g: by, set } of steps.slice(0, until)) {
    for (const [path, , now] of set) if (path === 'mutex.mu.locked') holder = now === true ? by : null;
    const waits = (states[n] as State).G[g]?.status === '_Gwaiting';
    if (waits && holder !== null)
      sums.set(holder, (sums.get(holder) ?? 0) + (steps[Math.min(n, until - 1)]?.t ?? 0) - (steps[n - 1]?.t ?? 0));
  }
  return sums;
}

const heldOf = (links: readonly WhyLink[]): WhyLink[] =>
  (links.find(({ type }) => type === 'g.slept' || type === 'g.waits')?.causes ?? [])
    .map((each) => links[each] as WhyLink)
    .filter(({ type }) => type.startsWith('held'));

test('who was woken after a wait for a lock is told first who had it, and for how long', () => {
  const n =
    played.steps.findLast(({ set }) =>
      set.some(([path, old, now]) => /^G\.G[2-4]\.status$/.test(path) && old === '_Gwaiting' && now === '_Grunnable'),
    )?.n ?? 0;
  const g = (played.steps[n - 1]?.set.find(([path]) => path.endsWith('.status'))?.[0].split('.')[1] ?? '') as GId;
  const why = played.finder.find({ of: g, n });
  needTrueLinks(played, why);
  toldByAll(why);
  const [first] = heldOf(why.links);
  expect([first?.type, first?.other, first?.dt]).toEqual(['held.before', 'G5', scanned(played, g, n).get('G5')]);
  // Nothing of the waker's own story: what had kept it was the lock.
  expect(told(why)).toMatchInlineSnapshot(`
    [
      "371 G4 was made runnable by G2 on M2 · read G2.preempt = false (7), G4.status = _Gwaiting (165)",
      "  165 G4 had waited 2046.874 µs: semacquire, mu · read mutex.mu.sema = 0 (0), G4.status = _Grunning (143)",
      "    68 meanwhile mu was locked by G5, for 1842.669 µs · read G5.stackguard0 = normal (42), mutex.mu.locked = false (0), mutex.mu.starving = false (0), mutex.mu.waiters = 0 (0), mutex.mu.woken = false (0)",
      "      64 G5 had run for 2000.018 µs · clock · read M0.spinning = false (0), G5.status = _Grunnable (44)",
    ]
  `);
});

test('who still waits is told who had the lock longest, and who has it by now', () => {
  let facts = 0;
  for (const { n } of played.steps)
    for (const g of ['G2', 'G3', 'G4'] as const) {
      if ((played.states[n] as State).G[g]?.status !== '_Gwaiting') continue;
      const why = played.finder.find({ of: g, n });
      needTrueLinks(played, why);
      const sums = scanned(played, g, n);
      const held = heldOf(why.links);
      for (const { type, other, dt } of held) {
        if (type !== 'held') expect(dt, `${g} at step ${n}, ${other}`).toBe(sums.get(other ?? ''));
        facts++;
      }
      const past = held.filter(({ type }) => type !== 'held').map(({ dt }) => dt ?? 0);
      expect(past).toEqual([...past].sort((one, other) => other - one));
      const isLocked = (played.states[n] as State).mutex.mu?.locked;
      expect(
        held.some(({ type }) => type === 'held'),
        `step ${n}`,
      ).toBe(isLocked);
    }
  expect(facts).toBeGreaterThan(100);
});

test('a wait for others to be done goes back through the hunt of the last of them to what it had done before', () => {
  const n = played.steps.findLast(({ set }) => set.some(([path, old]) => path === 'G.G1.status' && old === '_Gwaiting'))?.n ?? 0;
  const why = played.finder.find({ of: 'G1', n });
  needTrueLinks(played, why);
  expect(told(why).slice(0, 6)).toMatchInlineSnapshot(`
    [
      "461 G1 was made runnable by G5 on M0 · read G5.preempt = false (42), G1.status = _Gwaiting (58)",
      "  58 G1 had waited 7001.179 µs: semacquire, wg · woken · read waitgroup.wg.sema = 0 (0), G1.status = _Grunning (0)",
      "  447 G5 had run for 0.037 µs · read M0.syscalltick = 3 (306), P0.syscalltick = 3 (0), G5.status = _Gsyscall (305)",
      "    305 G5 had been in a system call for 5000.045 µs · kernel · read G5.stackguard0 = normal (42), G5.status = _Grunning (64)",
      "      64 G5 had run for 2001.079 µs · read M0.spinning = false (0), G5.status = _Grunnable (44)",
      "        44 G5 was created by G1 on M0 and then waited 0.066 µs · read sched.gfree = [] (0), P0.gfree = [] (0), G5.status = _Gdead (42)",
    ]
  `);
});
