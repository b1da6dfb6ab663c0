/**
 * What the model has read at steps of a kept run, found by playing its scenario once more (model/run/watched-run.ts): a piece with each ask,
 * so that nobody waits. Of a run that its scenario does not give, a recorded one or that of another version, nothing is told.
 */
import { WatchedRun } from '../model/run/watched-run';
import type { ModelAssets } from '../model/run/simulate';
import type { Scenario } from '../model/scenario';
import type { Step } from '../model/state';
import type { StepReads } from '../model/trace/reads';

/** Steps between two looks at the clock. */
const AT_ONCE = 500;
/** Of so many steps it is kept what was read. */
const MOST_KEPT = 60_000;

export class ModelReads {
  private run: WatchedRun | null = null;
  private readonly wanted = new Set<number>();
  private last = 0;
  private isOther = false;

  constructor(
    private readonly scenario: Scenario,
    private readonly assets: ModelAssets,
    private readonly step: (n: number) => Step,
  ) {}

  /** null: not known, or not yet. */
  of(n: number): StepReads | null {
    return this.isOther ? null : (this.run?.found.get(n) ?? null);
  }

  /** Asks for these steps; those behind the place that the run has come to begin it anew. */
  want(steps: Iterable<number>): void {
    for (const n of steps) {
      if (this.wanted.has(n)) continue;
      if (this.wanted.size >= MOST_KEPT) this.forget();
      this.wanted.add(n);
      this.last = Math.max(this.last, n);
      if (this.run && n <= this.run.stepCount) this.run = null;
    }
  }

  private forget(): void {
    this.wanted.clear();
    this.last = 0;
    this.run = null;
  }

  get isComplete(): boolean {
    return this.isOther || this.last === 0 || (this.run !== null && (this.run.stepCount >= this.last || this.run.outcome !== null));
  }

  /** Plays on for about so many ms; whether all that was asked for is known. */
  goOn(ms: number): boolean {
    const end = performance.now() + ms;
    while (!this.isComplete) {
      this.run ??= WatchedRun.of(this.scenario, this.assets, this.wanted);
      const { steps } = this.run.run(Math.min(AT_ONCE, this.last - this.run.stepCount));
      for (const { n, t, m, fn, at } of steps) {
        if (!this.wanted.has(n)) continue;
        const kept = this.step(n);
        if (kept.t !== t || kept.m !== m || kept.fn !== fn || kept.at !== at) this.isOther = true;
      }
      if (performance.now() >= end) break;
    }
    return this.isComplete;
  }
}
