import { afterEach, expect, test, vi } from 'vitest';
import { golden, play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { PackedSteps } from '../../src-main/contract/index';
import { copyState, undoStep } from '../../src-main/model/trace/replay';
import { Playback } from './playback.svelte';
import { Stepper } from './stepper.svelte';
import { tellingStops } from './telling';

const { first, last, steps } = play(scenarioOf(golden('S2.scenario.yaml')));
const packed = new PackedSteps();
for (const step of steps) packed.push(step);
const QUICK = 1_000;

/** An open playback of S2, at step n, with motions of no length. */
async function opened(n = 0, isStill = true): Promise<{ playback: Playback; failures: unknown[] }> {
  const failures: unknown[] = [];
  const playback = new Playback({ isStill: () => isStill, onFailure: (error) => failures.push(error) });
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

test('a run that has come along whole is shown at its place in the same moment, as if it had been asked for', async () => {
  const { playback } = await opened(3);
  const nobody = (): Promise<never> => Promise.reject(new Error('asked'));
  for (const n of [0, 1, 7, steps.length]) {
    const opening = playback.open(copyState(first), steps.length, { readSteps: nobody, stateAt: nobody }, n, packed.slice(1, steps.length));
    const there = (await opened(n)).playback;
    expect([playback.n, playback.before, playback.after, playback.step]).toEqual([there.n, there.before, there.after, there.step]);
    expect(playback.recent.map((step) => step.n)).toEqual(there.recent.map((step) => step.n));
    await opening;
  }
  await playback.jump(12);
  expect(playback.after).toEqual((await opened(12)).playback.after);
});

test.each([
  ['a jump', (playback: Playback) => playback.jump(20), 20],
  ['a travel', (playback: Playback) => playback.travel(20), 20],
  ['a step', (playback: Playback) => playback.forward(), 8],
])('%s that is wanted while another run is being opened happens in that one, after its own place', async (_, wish, n) => {
  const { playback } = await opened(3);
  const source = {
    readSteps: (from: number, to: number) => Promise.resolve(packed.slice(from, to)),
    stateAt: () => Promise.resolve(copyState(last)),
  };
  const opening = playback.open(copyState(first), steps.length, source, 7);
  const wished = wish(playback);
  expect(await wished).toBe(true);
  await opening;
  expect(playback.n).toBe(n);
});

test('what was wanted in a run that is not opened after all is given up', async () => {
  const { playback } = await opened();
  const source = {
    readSteps: (from: number, to: number) => Promise.resolve(packed.slice(from, to)),
    stateAt: () => Promise.resolve(copyState(last)),
  };
  const one = playback.open(copyState(first), steps.length, source, 7);
  const wished = playback.jump(20);
  const other = playback.open(copyState(first), steps.length, source, 5);
  expect(await wished).toBe(false);
  await Promise.all([one, other]);
  expect(playback.n).toBe(5);
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

/** Where a playback has been, in this order, as somebody sees it who looks all the time. */
function watched(playback: Playback): { stops: () => number[]; end: () => void } {
  const seen = [playback.n];
  // Each arrival itself: whoever looks now and then may miss one on a busy machine.
  const arrive = vi.spyOn(Stepper.prototype, 'arrive').mockImplementation(function arrived(this: Stepper, n: number) {
    this.n = n;
    if (seen.at(-1) !== n) seen.push(n);
  });
  return {
    stops: () => seen,
    end: () => {
      arrive.mockRestore();
    },
  };
}

/** With motions, which the test's frames make short. */
async function moving(n = 0): Promise<Playback> {
  vi.stubGlobal('requestAnimationFrame', (frame: (now: number) => void) =>
    setTimeout(() => {
      frame(performance.now());
    }, 1),
  );
  const { playback } = await opened(n, false);
  playback.speed = 20;
  return playback;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test('to a step far ahead the steps between that tell something are shown, six motions at most, and then it has arrived', async () => {
  const playback = await moving(40);
  const { stops, end } = watched(playback);
  const arriving = playback.travel(90);
  expect(playback.isAtRest).toBe(false);
  expect(await arriving).toBe(true);
  end();
  expect(stops()).toEqual([40, ...tellingStops(steps.slice(40, 90))]);
  expect(stops().length).toBeGreaterThan(3);
  expect([playback.n, playback.fraction, playback.isAtRest]).toEqual([90, 1, true]);
});

test('asked for once more while it travels, it is there at once', async () => {
  const playback = await moving(40);
  playback.speed = 0.01;
  const first = playback.travel(90);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(playback.n).toBeLessThan(90);
  expect([await playback.travel(90), await first]).toEqual([true, false]);
  expect([playback.n, playback.fraction]).toEqual([90, 1]);
});

test('another wish on the way gives the travel up', async () => {
  const playback = await moving(40);
  playback.speed = 0.01;
  const travel = playback.travel(90);
  await playback.jump(7);
  expect([await travel, playback.n]).toEqual([false, 7]);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(playback.n).toBe(7);
});

test('whoever wants no motion is there at once', async () => {
  const { playback } = await opened(40);
  const { stops, end } = watched(playback);
  await playback.travel(90);
  end();
  expect(stops()).toEqual([40, 90]);
});

test('back is one motion', async () => {
  const playback = await moving(90);
  const { stops, end } = watched(playback);
  expect(await playback.travel(40)).toBe(true);
  end();
  expect(stops()).toEqual([90, 40]);
});

test('what lies between and cannot be had is told, and the place stays', async () => {
  const { playback, failures } = await opened(0, false);
  await playback.open(
    copyState(first),
    steps.length,
    { readSteps: () => Promise.reject(new Error('gone')), stateAt: () => Promise.reject(new Error('gone')) },
    0,
  );
  expect([await playback.travel(20), playback.n, failures.map(String)]).toEqual([false, 0, ['Error: gone']]);
});

test('the next instruction is that of the steps, from wherever one looks, and none after the last one', async () => {
  const { playback } = await opened();
  const wanted = (n: number): number | 'none' => steps.find((step) => step.n > n && step.asm)?.n ?? 'none';
  for (const n of [0, 1, 5, 3, 40, 60, 30, 0, steps.length - 1, steps.length]) expect(await playback.nextAssembly(n)).toBe(wanted(n));
  expect(wanted(0)).not.toBe('none');
  expect(wanted(steps.length)).toBe('none');
});

test('the routine that a thread ran last is that of the steps, from wherever one looks', async () => {
  const { playback } = await opened(1);
  for (const n of [5, 40, 41, 39, 90, 12, 60, 61, steps.length, 3]) {
    await playback.jump(n);
    for (const m of Object.keys(last.M)) {
      const wanted = steps.findLast((step) => step.n <= n && step.m === m && step.asm)?.asm?.pc.replace(/\+\d+$/, '') ?? null;
      expect(playback.lastRoutine(m), `${m} at ${n}`).toBe(wanted);
    }
  }
});

test('a motion that is given up for the next one is not drawn to its end first', async () => {
  const playback = await moving(40);
  playback.speed = 0.01;
  const fractions = vi.spyOn(Playback.prototype, 'fraction', 'set');
  const given = playback.forward();
  await expect.poll(() => playback.n).toBe(41);
  const next = playback.forward();
  await expect.poll(() => playback.n).toBe(42);
  expect([fractions.mock.calls.flat().every((each) => each < 0.5), playback.isLate]).toEqual([true, false]);
  playback.speed = QUICK;
  expect([await given, await playback.jump(42), await next, playback.fraction, playback.isLate]).toEqual([false, true, false, 1, true]);
  fractions.mockRestore();
});

test('a motion back begins between the states that are seen already, as the same object', async () => {
  const playback = await moving(40);
  playback.speed = 0.01;
  const { seen } = playback;
  const given = playback.back();
  await expect.poll(() => playback.isUnderWay).toBe(true);
  expect([playback.n, playback.seen === seen]).toEqual([40, true]);
  playback.speed = QUICK;
  await playback.jump(39);
  expect([await given, playback.n, playback.seen === seen]).toEqual([false, 39, false]);
});

test('a motion is under way between its two ends only', async () => {
  const playback = await moving(40);
  const said: boolean[] = [];
  const fractions = [0, 0.01, 0.5, 0.99, 1];
  for (const fraction of fractions) {
    playback.fraction = fraction;
    said.push(playback.isUnderWay);
  }
  expect(said).toEqual([false, true, true, true, false]);
});
