import { expect, test } from 'vitest';
import { play, scenarioOf } from '../model/testdata/run-scenario';
import { applyStep, copyState } from '../model/trace/replay';
import type { GId, State } from '../model/state';
import { type Holders, holdersIn, holdsBetween, HoldsFinder } from './holds';

/** Three who lock a mutex, hold it over waits of every kind, and starve each other; a RWMutex and a Once beside it. */
const CROWD = `schedville: 1
kind: scenario
id: crowd
title: { zh: 抢锁, en: crowd }
runtime: { gomaxprocs: 2 }
mutexes: [mu, other]
rwmutexes: [rw]
waitgroups: [wg]
goroutines:
  main:
    - add: { wg: wg, n: 6 }
    - go: { name: w, times: 3 }
    - go: { name: long, times: 2 }
    - go: writer
    - wait: wg
  w:
    - repeat: { times: 4, do: [ { lock: mu }, { compute: 30us }, { lock: other }, { compute: 5us }, { unlock: other }, { unlock: mu } ] }
    - done: wg
  long:
    - lock: mu
    - sleep: 2ms
    - unlock: mu
    - done: wg
  writer:
    - lock: rw
    - compute: 50us
    - unlock: rw
    - done: wg
`;

function played(): { first: State; steps: ReturnType<typeof play>['steps']; holds: ReturnType<typeof holdersOf> } {
  const { first, steps } = play(scenarioOf(CROWD, 'crowd'));
  return { first, steps, holds: holdersOf(first, steps) };
}

function holdersOf(first: State, steps: ReturnType<typeof play>['steps']): HoldsFinder['found'] {
  const finder = new HoldsFinder(first);
  for (const step of steps) finder.add(step);
  return finder.found;
}

const isWaiting = (state: State, g: GId): boolean => Object.values(state.mutex).some(({ queue }) => queue.includes(g));

test('whoever has a mutex is one who locked it, never one who waits for it, and only while it is locked', () => {
  const { first, steps, holds } = played();
  const state = copyState(first);
  const seen = new Set<string>();
  let contended = 0;
  for (const step of steps) {
    applyStep(state, step);
    const held = holdersIn(holds, state, step.n);
    for (const [name, row] of Object.entries(state.mutex)) {
      if (name === 'rw') continue;
      expect(held[name] !== undefined, `step ${step.n}: ${name} is locked, and somebody has it`).toBe(row.locked);
      const holder = held[name];
      if (holder === undefined) continue;
      seen.add(`${name} ${holder}`);
      expect(row.queue, `step ${step.n}`).not.toContain(holder);
      if (row.queue.length > 0) contended++;
      // Whoever has both waits for neither.
      if (held['mu'] === held['other']) expect(isWaiting(state, holder)).toBe(false);
      // `other` is locked by whoever has mu only.
      if (name === 'other') expect(holder).toBe(held['mu']);
    }
  }
  expect(contended).toBeGreaterThan(50);
  expect([...seen].filter((each) => each.startsWith('mu '))).toHaveLength(5);
});

test('of a RWMutex nobody is said to have it', () => {
  const { holds } = played();
  expect(Object.keys(holds).sort()).toEqual(['mu', 'other']);
});

test('a part of the run has the same holders at its steps', () => {
  const { first, steps, holds } = played();
  const [from, to] = [Math.floor(steps.length / 3), Math.floor((2 * steps.length) / 3)];
  const part = holdsBetween(holds, from, to);
  const state = copyState(first);
  const told: Holders[] = [];
  for (const step of steps.slice(0, to)) {
    applyStep(state, step);
    if (step.n < from) continue;
    const held = holdersIn(holds, state, step.n);
    told.push(held);
    expect(holdersIn(part, state, step.n - from), `step ${step.n}`).toEqual(held);
  }
  expect(told.some(({ mu }) => mu !== undefined)).toBe(true);
  expect(Math.max(...(part['mu'] ?? []).filter((_, i) => i % 2 === 0))).toBeLessThanOrEqual(to - from);
});
