/** A run of an exercise's program, to be asked about: its steps, its facts, and the state after any of them. */
import { type ModelAssets, Simulation } from '../model/run/simulate';
import type { Scenario } from '../model/scenario';
import type { GId, MId, Outcome, PId, State, Step } from '../model/state';
import type { Anchor } from '../model/trace/anchors';
import { type Facts, FactsCollector } from '../model/trace/facts';
import { plainStep } from '../model/trace/queue-versions';
import { applied } from '../model/trace/replay';

/** Runs that take longer are no exercise. */
const MOST_STEPS = 6_000;

/** So many steps lie between two states that are kept. */
const KEPT_EVERY = 50;

export class StudiedRun {
  private constructor(
    readonly scenario: Scenario,
    readonly first: State,
    readonly steps: readonly Step[],
    readonly facts: Facts,
    readonly outcome: Outcome,
  ) {}

  /** Every so many steps' state. */
  private readonly kept: State[] = [];

  /** Null: the program takes too many steps. */
  static of(scenario: Scenario, listings: ModelAssets): StudiedRun | null {
    const simulation = new Simulation(scenario, listings);
    const facts = new FactsCollector(scenario.id, simulation.first);
    const steps: Step[] = [];
    while (simulation.outcome === null) {
      if (steps.length > MOST_STEPS) return null;
      for (const step of simulation.run(200).steps) {
        steps.push(plainStep(step));
        facts.add(step);
      }
    }
    return new StudiedRun(scenario, simulation.first, steps, facts.result(simulation.outcome, simulation.nowNs), simulation.outcome);
  }

  /** The state after step `n`; 0 is the first state. */
  after(n: number): State {
    const i = Math.floor(n / KEPT_EVERY);
    if (this.kept.length === 0) this.kept.push(this.first);
    while (this.kept.length <= i) {
      const from = this.kept.length - 1;
      this.kept.push(applied(this.stateAt(from), ...this.steps.slice(from * KEPT_EVERY, (from + 1) * KEPT_EVERY)));
    }
    return applied(this.stateAt(i), ...this.steps.slice(i * KEPT_EVERY, n));
  }

  private stateAt(i: number): State {
    return this.kept[i] ?? this.first;
  }

  step(n: number): Step {
    const step = this.steps[n - 1];
    if (!step) throw new RangeError(`exercises: no step ${String(n)}`);
    return step;
  }

  /** The first step after `n` that `fits`; null when there is none before `end`. */
  next(n: number, fits: (step: Step) => boolean, end = this.steps.length): Step | null {
    for (let i = n; i < end; i++) {
      const step = this.steps[i];
      if (step && fits(step)) return step;
    }
    return null;
  }

  /** The last step before `n` that `fits`. */
  previous(n: number, fits: (step: Step) => boolean): Step | null {
    for (let i = n - 2; i >= 0; i--) {
      const step = this.steps[i];
      if (step && fits(step)) return step;
    }
    return null;
  }

  all(fits: (step: Step) => boolean): Step[] {
    return this.steps.filter(fits);
  }

  /** The step `n` as a lesson names it. */
  anchor(n: number): Anchor | null {
    if (n === 0) return null;
    const { fn, at, m } = this.step(n);
    const same = (step: Step): boolean => step.fn === fn && step.at === at && step.m === m;
    return { fn, at, m, occurrence: this.steps.slice(0, n).filter(same).length };
  }

  /** Name of a goroutine at step `n`. */
  nameOf(g: GId, n: number): string {
    return this.after(n).G[g]?.name ?? g;
  }

  get processors(): PId[] {
    return Object.keys(this.first.P) as PId[];
  }
}

/** One call from its SYSCALL to what follows its SYSRET. */
export interface Stay {
  g: GId;
  name: string;
  m: MId;
  p: PId;
  call: string;
  via: string;
  /** The number of the step of SYSCALL, and of SYSRET. */
  entry: number;
  exit: number;
  /** The step after which it is settled how the caller goes on: it has a P again, or lies in a queue. */
  settled: number;
  path: string;
}

/** The calls that came back and whose callers went on, or went into a queue, before the run ended. */
export function stays(run: StudiedRun): Stay[] {
  const found: Stay[] = [];
  for (const [name, { id: g, syscalls }] of Object.entries(run.facts.goroutines)) {
    let n = 0;
    for (const { name: call, via, path, enter } of syscalls) {
      const entry = run.next(n, (step) => step.at === 'SYSCALL' && step.g === g && step.t >= enter && step.fn.startsWith('syscall.'));
      const exit = entry && run.next(entry.n, (step) => step.at === 'SYSRET' && step.g === g && step.m === entry.m);
      if (!entry || !exit) break;
      n = exit.n;
      const isRaw = entry.fn.startsWith('syscall.Raw');
      const settled = isRaw ? exit : run.next(exit.n, (step) => step.set.some(([place]) => place === `G.${g}.status`));
      const before = run.after(entry.n).M[entry.m];
      const p = isRaw ? before?.p : before?.oldp;
      if (settled && p) found.push({ g, name, m: entry.m, p, call, via, entry: entry.n, exit: exit.n, settled: settled.n, path });
    }
  }
  return found.sort((a, b) => a.entry - b.entry);
}
