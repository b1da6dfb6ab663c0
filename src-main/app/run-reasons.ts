/** Why something in a kept run is as it is: the chain comes from the trace at once, what the model had read as soon as it is found. */
import { History } from '../ask/history';
import { mayEnd } from '../ask/why/may-end';
import { rowsBack } from '../ask/why/reads';
import { type Why, type WhyAsk, WhyFinder } from '../ask/why/why';
import type { ModelAssets } from '../model/run/simulate';
import type { Scenario } from '../model/scenario';
import type { State } from '../model/state';
import type { PackedSteps } from '../model/trace/packed-steps';
import { ModelReads } from './model-reads';

/** Each link in the chain of a place follows from the reads of the one before it: this many steps back, the reads of all steps are asked for. */
const PLACE_BACK = 3_000;

interface Run {
  scenario: Scenario;
  assets: ModelAssets;
  steps: PackedSteps;
  stateAt: (n: number) => State;
}

export class RunReasons {
  private readonly reads: ModelReads;
  private readonly finder: WhyFinder;
  private readonly step: (n: number) => ReturnType<PackedSteps['step']>;

  constructor({ scenario, assets, steps, stateAt }: Run) {
    const history = new History(steps);
    this.step = (n) => steps.step(n);
    this.reads = new ModelReads(scenario, assets, this.step);
    this.finder = new WhyFinder({
      step: this.step,
      stateAt,
      lastWrite: (path, n) => history.lastWrite(path, n),
      nextWrite: (path, n) => history.nextWrite(path, n),
      mayEnd: (state, reason, object) => mayEnd(scenario.goroutines, state, reason, object),
      reads: (n) => this.reads.of(n),
    });
  }

  /** `ms`: how long to look for what the model had read. */
  why(ask: WhyAsk, ms: number): Why {
    const found = this.finder.find(ask);
    const [first] = found.links;
    if (!first) return found;
    this.reads.want(found.links.flatMap(({ n }) => (n > 0 ? rowsBack({ step: this.step }, n) : [])));
    if (first.type.startsWith('place.')) this.reads.want(Array.from({ length: Math.min(PLACE_BACK, first.n) }, (_, i) => first.n - i));
    if (!this.reads.goOn(ms)) return { ...found, isComplete: false };
    return this.finder.find(ask);
  }
}
