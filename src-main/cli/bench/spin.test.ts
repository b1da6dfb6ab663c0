import { expect, test } from 'vitest';
import type { Step } from '../../model/state';
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
