import { expect, test } from 'vitest';
import { golden, play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { PackedSteps } from '../../src-main/contract/index';
import { copyState, undoStep } from '../../src-main/model/trace/replay';
import { Playback } from './playback.svelte';

const { first, last, steps } = play(scenarioOf(golden('S2.scenario.yaml')));
const packed = new PackedSteps();
for (const step of steps) packed.push(step);
const QUICK = 1_000;

/** An open playback of S2, at step n, with motions of no length. */
async function opened(n = 0): Promise<{ playback: Playback; failures: unknown[] }> {
  const failures: unknown[] = [];
  const playback = new Playback({ isStill: () => true, onFailure: (error) => failures.push(error) });
  playback.speed = QUICK;
  await playback.open(
    copyState(first),
    steps.length,
    {
      readSteps: (from, to) => Promise.resolve(packed.slice(from, to)),
      stateAt: (at) => {
        const state = copyState(last);
        for (const step of steps.slice(at).reverse()) undoStep(state, step);
        return Promise.resolve(state);
      },
    },
    n,
  );
  return { playback, failures };
}

test('opens at the first state, and at any step', async () => {
  const { playback } = await opened();
  expect(playback.after).toEqual(first);
  expect((await opened(steps.length)).playback.after).toEqual(last);
});

test('is at rest when the last wish has arrived or was given up', async () => {
  const { playback } = await opened();
  expect(playback.isAtRest).toBe(true);
  const wishes = Promise.all([playback.forward(), playback.jump(9), playback.back()]);
  expect(playback.isAtRest).toBe(false);
  await wishes;
  await Promise.resolve();
  expect([playback.isAtRest, playback.n]).toEqual([true, 8]);
});

test('quick presses all count', async () => {
  const { playback } = await opened();
  await Promise.all([playback.forward(), playback.forward(), playback.forward()]);
  expect(playback.n).toBe(3);
  await Promise.all([playback.back(), playback.back()]);
  expect(playback.n).toBe(1);
});

test('a state that comes back is the same object', async () => {
  const { playback } = await opened(40);
  const { before, after } = playback;
  await playback.forward();
  expect(playback.before).toBe(after);
  await playback.back();
  expect([playback.before, playback.after]).toEqual([before, after]);
  expect(playback.before === before && playback.after === after).toBe(true);
});

test('there and back is the very same picture', async () => {
  const { playback } = await opened(40);
  const { before, after, step } = playback;
  await playback.forward();
  expect(playback.step?.n).toBe(41);
  await playback.back();
  expect([playback.before, playback.after, playback.step]).toEqual([before, after, step]);
});

test('before the first and behind the last step there is no way', async () => {
  const { playback } = await opened();
  await playback.back();
  expect(playback.n).toBe(0);
  await playback.jump(1e9);
  await playback.forward();
  expect(playback.n).toBe(steps.length);
});

test('plays to where it was told, and stops when it is paused', async () => {
  const { playback } = await opened();
  await playback.play(5);
  expect([playback.n, playback.isPlaying]).toEqual([5, false]);
  playback.speed = 1;
  const playing = playback.play();
  playback.pause();
  await playing;
  expect([playback.n <= 6, playback.isPlaying]).toEqual([true, false]);
});

test('a jump in the middle of playing wins', async () => {
  const { playback } = await opened();
  playback.speed = 1;
  const playing = playback.play();
  playback.speed = QUICK;
  playback.pause();
  await playback.jump(30);
  await playing;
  expect(playback.n).toBe(30);
});

test('steps that cannot be had are told, the place stays, and it can be tried again', async () => {
  const { playback, failures } = await opened();
  const gone = (): Promise<never> => Promise.reject(new Error('the run is gone'));
  await playback.open(copyState(first), steps.length, { readSteps: gone, stateAt: gone }, 0);
  expect(await playback.forward()).toBe(false);
  expect([playback.n, playback.target, playback.isPlaying]).toEqual([0, 0, false]);
  expect(failures.map(String)).toEqual(['Error: the run is gone']);
  await playback.play();
  expect([playback.n, failures.length]).toEqual([0, 2]);
});
