/** A run that is kept so that any of its steps and states can be had again. Computing goes in slices, so that nothing else waits. */
import type { OpenedRun } from '../contract/requests';
import { listingView } from './listing-view';
import { type ModelAssets, Simulation } from '../model/simulate';
import type { Scenario } from '../model/scenario';
import type { State, Step } from '../model/state';
import { applyStep, copyState } from '../model/trace/replay';
import { AnchorFinder, type AnchorLike } from '../model/trace/anchors';

/** A copy of the state is kept this often; in between, steps are applied. */
const KEYFRAME_STEPS = 2_000;
/** How long one slice of computing may take. */
const SLICE_MS = 8;
const SLICE_STEPS = 200;

export class Cancelled extends Error {}

export interface Progress {
  stepsDone: number;
  virtualNs: number;
  limitSteps: number;
}

export class KeptRun {
  private constructor(
    readonly scenario: Scenario,
    private readonly steps: readonly Step[],
    private readonly keyframes: readonly State[],
    readonly opened: OpenedRun,
    /** Lesson step id to trace step. */
    readonly places: ReadonlyMap<string, number>,
    readonly missing: readonly string[],
  ) {}

  /** Throws Cancelled when `isCancelled` says so between two slices. */
  static async compute(
    scenario: Scenario,
    assets: ModelAssets,
    anchors: readonly { id: string; at: AnchorLike | null }[],
    tell: (progress: Progress) => void,
    isCancelled: () => boolean,
  ): Promise<KeptRun> {
    const simulation = new Simulation(scenario, assets);
    const finder = new AnchorFinder(simulation.first, anchors);
    const steps: Step[] = [];
    const keyframes: State[] = [copyState(simulation.first)];
    for (let sliceEnd = performance.now() + SLICE_MS; !simulation.outcome; ) {
      const untilKeyframe = KEYFRAME_STEPS - (steps.length % KEYFRAME_STEPS);
      for (const step of simulation.run(Math.min(SLICE_STEPS, untilKeyframe)).steps) {
        steps.push(step);
        finder.add(step);
      }
      if (steps.length > 0 && steps.length % KEYFRAME_STEPS === 0) keyframes[steps.length / KEYFRAME_STEPS] = copyState(simulation.state);
      if (performance.now() < sliceEnd) continue;
      tell({ stepsDone: steps.length, virtualNs: simulation.nowNs, limitSteps: scenario.limits.steps });
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      if (isCancelled()) throw new Cancelled();
      sliceEnd = performance.now() + SLICE_MS;
    }
    const opened: OpenedRun = { first: simulation.first, listings: listingView(assets, scenario.runtime.arch), stepCount: steps.length, endNs: steps.at(-1)?.t ?? 0, outcome: simulation.outcome };
    return new KeptRun(scenario, steps, keyframes, opened, finder.found, finder.missing);
  }

  /** Steps from..to, both included, counted from 1; what lies outside is left out. */
  read(from: number, to: number): readonly Step[] {
    return this.steps.slice(Math.max(1, from) - 1, Math.max(0, to));
  }

  all(): readonly Step[] {
    return this.steps;
  }

  /** The state after step n. */
  stateAt(n: number): State {
    const at = Math.min(Math.max(0, n), this.steps.length);
    const base = Math.floor(at / KEYFRAME_STEPS);
    const keyframe = this.keyframes[base];
    if (!keyframe) throw new Error(`no keyframe ${base} for step ${at} of ${this.steps.length}`);
    const state = copyState(keyframe);
    for (let i = base * KEYFRAME_STEPS; i < at; i++) applyStep(state, this.steps[i] as Step);
    return state;
  }
}
