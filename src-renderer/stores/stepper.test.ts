import { expect, test } from 'vitest';
import { Stepper } from './stepper.svelte';

/** A stepper over ten steps, from 2 on, in strides of two; what it showed, in order. */
async function stepperOf(refused: readonly number[] = []): Promise<{ stepper: Stepper; shown: string[]; failures: unknown[] }> {
  const shown: string[] = [];
  const failures: unknown[] = [];
  const stepper: Stepper = new Stepper({
    show: async (n, ms, isWanted) => {
      await Promise.resolve();
      if (refused.includes(n)) throw new Error(`no step ${n}`);
      shown.push(ms === null ? `${n}` : `${n} in ${ms}`);
      stepper.arrive(n);
      return isWanted();
    },
    forward: (from) => ({ to: from + 1, ms: 100 }),
    back: (from) => ({ to: from - 1, ms: 50 }),
    strides: () => (from, end) => Promise.resolve({ to: Math.min(end, from + 2), ms: 10 }),
    onFailure: (error) => failures.push(error),
  });
  await stepper.begin(10, 2);
  return { stepper, shown, failures };
}

test('goes on and back within its steps', async () => {
  const { stepper, shown } = await stepperOf();
  await stepper.back();
  await stepper.forward();
  await stepper.jump(99);
  await stepper.forward();
  expect(shown).toEqual(['2 in 50', '3 in 100', '10', '10 in 100']);
  expect([stepper.n, stepper.isAtEnd]).toEqual([10, true]);
});

test('quick presses all count, and only the last is shown', async () => {
  const { stepper, shown } = await stepperOf();
  await Promise.all([stepper.forward(), stepper.forward(), stepper.forward()]);
  expect([stepper.n, shown.at(-1), stepper.target]).toEqual([5, '5 in 100', 5]);
});

test('plays in strides up to where it was told', async () => {
  const { stepper, shown } = await stepperOf();
  await stepper.play(7);
  expect(shown).toEqual(['4 in 10', '6 in 10', '7 in 10']);
  expect(stepper.isPlaying).toBe(false);
});

test('a pause ends playing, and a jump in between wins', async () => {
  const { stepper } = await stepperOf();
  const playing = stepper.play();
  stepper.pause();
  await stepper.jump(9);
  await playing;
  expect([stepper.n, stepper.isPlaying]).toEqual([9, false]);
});

test('what cannot be shown is told, and the next step is counted from where we are', async () => {
  const { stepper, failures } = await stepperOf([4]);
  await stepper.jump(3);
  expect(await stepper.forward()).toBe(false);
  expect([stepper.n, stepper.target, failures.map(String)]).toEqual([3, 3, ['Error: no step 4']]);
});

test('another row of steps begins at its first', async () => {
  const { stepper } = await stepperOf();
  await stepper.jump(9);
  await stepper.begin(4);
  expect([stepper.n, stepper.stepCount, stepper.target, stepper.isAtRest]).toEqual([0, 4, 0, true]);
});
