import { expect, test } from 'vitest';
import type { GId, GRow, State } from '../../../src-main/contract/index';
import { play, scenarioOf } from '../../../src-main/model/testdata/run-scenario';
import { applyStep, copyState } from '../../../src-main/model/trace/replay';
import { reasonsIn } from './waiting';

/** Everything that is said of whoever waits, in the whole of a run. */
function said(text: string): Set<string> {
  const { first, steps } = play(scenarioOf(text, 'waits'));
  const state: State = copyState(first);
  const all = new Set<string>();
  for (const step of steps) {
    applyStep(state, step);
    const reasonOf = reasonsIn(state);
    for (const [g, row] of Object.entries(state.G) as [GId, GRow][]) if (!row.system) all.add(reasonOf(g, row));
  }
  return all;
}

test('whoever waits is said to wait for the thing, by its name; for what has none Go’s own reason stands', () => {
  const all = said(`schedville: 1
kind: scenario
id: waits
title: { zh: 等, en: waits }
mutexes: [mu]
waitgroups: [wg]
channels: { done: { cap: 0 }, jobs: { cap: 0 } }
goroutines:
  main:
    - add: { wg: wg, n: 1 }
    - lock: mu
    - go: worker
    - go: { name: reader }
    - sleep: 1ms
    - unlock: mu
    - wait: wg
    - send: jobs
    - recv: done
  worker:
    - lock: mu
    - compute: 1ms
    - unlock: mu
    - done: wg
  reader:
    - recv: jobs
    - sleep: 1ms
    - send: done
`);
  // Whoever is being woken stands in no queue any more.
  const woken = ['chan receive', 'semacquire'];
  expect([...all].sort()).toEqual(['', 'chan receive done', 'chan receive jobs', 'lock mu', 'sleep', 'wg wg', ...woken].sort());
});
