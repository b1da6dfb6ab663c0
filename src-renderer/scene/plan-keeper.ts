/**
 * Plans from step to step. Most of a village stands still during a step: what a plan has in common with the one before is the same object in
 * both, so that whoever draws it sees at once what has not changed. A state's plan is made once, whether the state is where a step begins or
 * where it ends.
 */
import { isSameHolders } from './held';
import type { Plan, SceneInput } from './scene-figures';
import { houseLookedAt } from './scene-parents';
import { planAfter } from './scene-plan';

/** The two of the step that is shown, and those of the steps beside it. */
const KEPT_PLANS = 4;

interface Kept {
  input: SceneInput;
  plan: Plan;
  /** The step, too, has decided where somebody stands. */
  isOfStep: boolean;
}

export class PlanKeeper {
  /** The one that was asked for last at the end. */
  private kept: Kept[] = [];

  plan(input: SceneInput): Plan {
    const known = this.kept.find((each) => isOf(each, input)) ?? { input, ...planAfter(input, this.kept.at(-1)?.plan ?? null) };
    this.kept = [...this.kept.filter((each) => each !== known), known].slice(-KEPT_PLANS);
    return known.plan;
  }
}

function isOf({ input, isOfStep }: Kept, wanted: SceneInput): boolean {
  if (!(['state', 'cast', 'language'] as const).every((part) => input[part] === wanted[part])) return false;
  if (!isSameHolders(input.held ?? {}, wanted.held ?? {})) return false;
  if (input.frame.width !== wanted.frame.width || input.frame.height !== wanted.frame.height) return false;
  return input.step?.n === wanted.step?.n || (!isOfStep && houseLookedAt(wanted) === null);
}
