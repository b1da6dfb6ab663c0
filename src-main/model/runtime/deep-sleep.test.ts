/** sysmon's deep sleep in front of a timer. */
import { expect, test } from 'vitest';
import { play, scenarioOf } from '../testdata/run-scenario';

test('a timer that comes due while sysmon is about to sleep ends the sleep at once: no step is earlier than the one before', () => {
  const { steps } = play(
    scenarioOf(`schedville: 1
kind: scenario
id: due
title: { zh: 到点, en: due }
runtime: { gomaxprocs: 1, asyncpreempt: false, costs: { test: 23027 } }
goroutines:
  main:
    - go: { name: e, times: 1 }
    - go: { name: c, times: 1 }
    - go: { name: e, times: 4 }
    - netread: { takes: 1us }
    - lockosthread
  c:
    - syscall: { name: read, via: Syscall }
  e:
    - sleep: 20352ns
    - gc: { stw: 0ns }
`),
  );
  expect(steps.filter((step, i) => step.t < (steps[i - 1]?.t ?? 0)).map(({ n, fn, at }) => `${n} ${fn} ${at}`)).toEqual([]);
  expect(steps.some(({ at }) => at === 'deepsleep')).toBe(true);
});
