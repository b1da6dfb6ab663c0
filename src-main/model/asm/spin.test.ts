import { expect, test } from 'vitest';
import type { Step } from '../state';
import { spinPlain, spinProgram, spinRecorded } from './spin';

test('both ways end with the same, one step an instruction', () => {
  const program = spinProgram();
  const steps: Step[] = [];
  const plain = spinPlain(program, 500);
  const recorded = spinRecorded(program, 500, (step) => {
    steps.push(step);
  });
  expect(recorded).toMatchObject({ instructions: plain.instructions, result: plain.result });
  expect(plain.result).not.toBe(0n);
  expect(steps).toHaveLength(plain.instructions);
  expect(steps.every((step, i) => step.n === i + 1 && step.set.some(([path]) => path === 'M.M0.regs.PC'))).toBe(true);
});

/** A rough guard; npm run bench measures it properly. Halves of the same run, in turn, so that a busy machine slows both. */
test('recording costs no more than a few times the plain loop', () => {
  const program = spinProgram();
  const time = (run: () => void): number => {
    const began = performance.now();
    run();
    return performance.now() - began;
  };
  const ratios = Array.from({ length: 9 }, () => {
    const plainMs = time(() => spinPlain(program, 10_000));
    return time(() => spinRecorded(program, 10_000)) / plainMs;
  }).sort((a, b) => a - b);
  const median = ratios[4] ?? NaN;
  console.log(`recorded / plain: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}`);
  expect(median).toBeLessThan(6);
});
