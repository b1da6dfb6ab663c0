/** Two runs, whole, with what is the same in both and the first thing that is not. */
import { fill } from '../../assets/words/index';
import { aligned, firstDifference } from '../ask/alike/difference';
import { tallyOf } from '../ask/alike/tally';
import type { RunEvent } from '../ask/events/events';
import { eventOfStep } from '../ask/events/of-step';
import { LIMITS } from '../contract/limits';
import type { Compared, ComparedRun } from '../contract/requests';
import type { Result } from '../model/words';
import type { KeptRun } from './kept-run';
import { refuse } from './refusal';

export function comparedRuns(original: KeptRun, changed: KeptRun): Result<Compared> {
  const most = LIMITS.comparedSteps;
  const [one, other] = [original, changed].map((run) => ({ first: run.opened.first, steps: run.all() }));
  if (!one || !other || Math.max(original.opened.stepCount, changed.opened.stepCount) > most)
    return refuse((_, { compare }) => fill(compare.tooLong, { most }));
  const difference = firstDifference(one, other);
  const value = {
    original: whole(original),
    changed: whole(changed),
    difference,
    does: { original: doneAt(original, difference?.one?.n), changed: doneAt(changed, difference?.other?.n) },
    pairs: aligned({ ...one, steps: original.all() }, { ...other, steps: changed.all() }),
  };
  return { ok: true, value };
}

const doneAt = (run: KeptRun, n: number | undefined): RunEvent | null =>
  n === undefined ? null : eventOfStep({ first: run.opened.first, steps: run.all() }, n);

const whole = (run: KeptRun): ComparedRun => ({
  ...run.opened,
  stops: [],
  scenario: run.scenario,
  steps: run.read(1, run.opened.stepCount),
  tally: tallyOf(run.all()),
});
