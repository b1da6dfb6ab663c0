/** Asks every law after every step of a run. For tests and the soak: the product itself does not doubt its model at every step. */
import { brokenLaw, type Law, LAWS } from './laws';
import { LivenessWatch } from './liveness';
import { plainStep } from '../trace/queue-versions';
import { EventOrder } from './trace-order';
import type { MId, PId, State, Step } from '../state';

export class LawKeeper {
  private readonly last = new Map<MId, Pick<Step, 'fn' | 'at'>>();
  private readonly ticks = new Map<PId, { schedtick: number; syscalltick: number }>();
  private readonly liveness = new LivenessWatch();
  private readonly events: EventOrder;

  /** `laws`: those of the version that is played (of-version.ts). */
  constructor(
    first: State,
    private readonly laws: readonly Law[] = LAWS,
  ) {
    this.keepTicks(first);
    this.events = new EventOrder(first);
  }

  private keepTicks(state: State): void {
    for (const [p, { schedtick, syscalltick }] of Object.entries(state.P)) this.ticks.set(p as PId, { schedtick, syscalltick });
  }

  /** `state` is as after `step`. Throws an error that names the step and the law. */
  check(state: State, step: Step): void {
    // A signal handler runs in between; the thread's own position has not changed.
    if (step.fn !== 'doSigPreempt') this.last.set(step.m, step);
    const said =
      brokenLaw({ state, last: this.last, step: plainStep(step), ticks: this.ticks }, this.laws) ??
      this.liveness.broken(state, step) ??
      this.events.broken(step);
    if (said !== null) throw new Error(`step ${step.n} (${step.m} ${step.fn}/${step.at}): ${said}`);
    this.keepTicks(state);
  }
}
