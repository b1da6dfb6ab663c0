/**
 * What the model read at steps of a kept run, found by playing its scenario once more (model/run/watched-run.ts), a part with each request so
 * that none takes long. Nothing is known of a run that its scenario does not reproduce: a recorded one, or one of another version.
 */
import { WatchedRun } from '../model/run/watched-run';
import type { ModelAssets } from '../model/run/simulate';
import type { Scenario } from '../model/scenario';
import type { Step } from '../model/state';
import type { StepReads } from '../model/trace/reads';

/** Steps between two looks at the clock. */
const AT_ONCE = 500;
/** For at most this many steps the reads are kept. */
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

  /** Asks for the reads of these steps. The run starts over when it has already passed one of them. */
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

  /** Plays on for about `ms` ms. Whether all that was asked for is known. */
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
