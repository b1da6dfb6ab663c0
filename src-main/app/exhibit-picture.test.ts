import { expect, test } from 'vitest';
import { assets, golden, play, scenarioOf } from '../model/testdata/run-scenario';
import { applied } from '../model/trace/replay';
import { exhibitPicture } from './exhibit-picture';

const scenario = scenarioOf(golden('S2.scenario.yaml'));

test('the picture is of the first step of which the expression is true, with the state after it', () => {
  const picture = exhibitPicture(scenario, 'fn == retake && at == retake', assets);
  const { first, steps } = play(scenario);
  const at = steps.findIndex(({ fn, at: row }) => fn === 'retake' && row === 'retake');
  const state = applied(first, ...steps.slice(0, at + 1));
  expect(picture).toEqual({ ok: true, value: { state, step: steps[at], cast: scenario.cast, held: {} } });
});

test('where it is true nowhere the end is shown', () => {
  const picture = exhibitPicture(scenario, 'fn == nowhere', assets);
  expect(picture.ok && picture.value.step?.fn).toBe('main');
});

test('an expression that cannot be read is refused', () => {
  expect(exhibitPicture(scenario, 'fn = retake', assets)).toMatchObject({
    ok: false,
    message: { en: expect.stringContaining('two equals') as unknown },
  });
});

test('with the picture comes who has which lock then', () => {
  const locks = scenarioOf(`schedville: 1
kind: scenario
id: locks
title: { zh: 锁, en: locks }
mutexes: [mu]
goroutines:
  main:
    - go: other
    - lock: mu
    - sleep: 1ms
    - unlock: mu
  other:
    - lock: mu
`);
  const picture = exhibitPicture(locks, 'mutex.mu.waiters > 0', assets);
  expect(picture).toMatchObject({ ok: true, value: { held: { mu: 'G1' } } });
});
