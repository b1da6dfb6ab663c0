/** Two runs beside each other on one clock. Both have come along whole; nothing is asked while one goes through them. */
import {
  applied,
  type Compared,
  type ComparedRun,
  type FoldedTime,
  type Lane,
  type LaneGroup,
  type LaneId,
  PackedSteps,
  plainStep,
  type RunEvent,
  type RunLine,
  type State,
  type Step,
  StepReader,
  type Text,
} from '../../src-main/contract/index';
import { commonClock, pairOf, stepAtNs, turnedPairs } from '../experiments/clock';
import { Playback } from './playback.svelte';
import { localLanes } from './run-source';
import type { LaneSource, ShownLane } from './timeline.svelte';

export const SIDES = ['original', 'changed'] as const;
export type Side = (typeof SIDES)[number];
/** At the same time, or at the same doing. */
export type Alignment = 'time' | 'doing';

/** A run with everything that is drawn of it. */
export class ComparedSide {
  readonly playback: Playback;
  line = $state.raw<RunLine | null>(null);
  private readonly steps: readonly Step[];
  private readonly packed = new PackedSteps();
  private readonly source: LaneSource;

  constructor(
    readonly run: ComparedRun,
    onFailure: (error: unknown) => void,
  ) {
    this.playback = new Playback({ isStill: () => true, onFailure });
    const reader = new StepReader(run.steps);
    this.steps = Array.from({ length: run.stepCount }, (_, i) => plainStep(reader.step(i + 1) as Step));
    for (const step of this.steps) this.packed.push(step);
    this.source = localLanes(run.first, this.steps, this.packed);
  }

  async open(n: number): Promise<void> {
    this.line = await this.source.line();
    const source = {
      readSteps: (from: number, to: number) => Promise.resolve(this.packed.slice(from, to)),
      stateAt: (at: number) => Promise.resolve(this.stateAt(at)),
    };
    await this.playback.open(this.run.first, this.run.stepCount, source, n);
  }

  /** After step n. */
  stateAt(n: number): State {
    return applied(this.run.first, ...this.steps.slice(0, n));
  }

  /** All lanes of a group, in places of a clock. */
  async lanes(group: LaneGroup, clock: FoldedTime): Promise<ShownLane[]> {
    const { line } = this;
    if (!line) return [];
    const ids = Array.from({ length: line.counts[group] }, (_, i) => `${group}${group === 'G' ? i + 1 : i}` as LaneId);
    const count = Math.max(1, this.run.stepCount);
    const view = await this.source.look({ axis: 'step', from: 0, to: count, columns: count, ids });
    const places = (at: Float64Array): Float64Array => at.map((n) => clock.placeOfNs(line.times[Math.min(n, count)] ?? 0));
    return view.lanes.map((lane: Lane) => ({
      lane: { ...lane, from: places(lane.from), to: places(lane.to) },
      who: view.who,
      from: 0,
      to: clock.length,
    }));
  }
}

export class Comparison {
  readonly original: ComparedSide;
  readonly changed: ComparedSide;
  readonly difference;
  /** What either does where they first differ, in the state of then; null: nothing, or both the same. */
  readonly does: Readonly<Record<Side, { event: RunEvent; state: State }>> | null;
  by = $state<Alignment>('time');
  /** Whose steps one goes through; the other follows. */
  lead = $state<Side>('original');
  /** Whether the run that follows does what the other one does, too. */
  isThere = $state(true);
  clock = $state.raw<FoldedTime | null>(null);
  private readonly pairs: Readonly<Record<Side, ArrayLike<number>>>;

  constructor(
    compared: Compared,
    onFailure: (error: unknown) => void,
    /** What the runs are called; null: the original, and what has become of it. */
    readonly names: Readonly<Record<Side, Text>> | null = null,
  ) {
    this.original = new ComparedSide(compared.original, onFailure);
    this.changed = new ComparedSide(compared.changed, onFailure);
    this.difference = compared.difference;
    this.does = this.doings(compared.does);
    this.pairs = { original: compared.pairs, changed: turnedPairs(compared.pairs, compared.changed.stepCount) };
  }

  private doings({ original, changed }: Compared['does']): Comparison['does'] {
    if (!original || !changed || !this.difference || this.difference.kind === 'time' || this.difference.kind === 'value') return null;
    return {
      original: { event: original, state: this.original.stateAt(original.n) },
      changed: { event: changed, state: this.changed.stateAt(changed.n) },
    };
  }

  /** Opens both where they first differ; where they do not, at the beginning. */
  async open(): Promise<void> {
    await Promise.all([this.original.open(0), this.changed.open(0)]);
    const [one, other] = [this.original.line, this.changed.line];
    if (one && other) this.clock = commonClock(one, other);
    await this.toDifference();
  }

  get other(): Side {
    return this.lead === 'original' ? 'changed' : 'original';
  }

  async toDifference(): Promise<void> {
    const { one, other } = this.difference ?? { one: null, other: null };
    this.isThere = true;
    await Promise.all([
      this.original.playback.jump(one?.n ?? (this.difference ? this.original.run.stepCount : 0)),
      this.changed.playback.jump(other?.n ?? (this.difference ? this.changed.run.stepCount : 0)),
    ]);
  }

  /** One run to its step n, the other after it. */
  async go(side: Side, n: number): Promise<void> {
    this.lead = side;
    const { playback, line } = this[side];
    const target = Math.min(Math.max(0, n), playback.stepCount);
    await Promise.all([playback.jump(target), this.follow(target, line)]);
  }

  private async follow(n: number, line: RunLine | null): Promise<void> {
    const follower = this[this.other];
    const at = follower.line;
    if (!line || !at) return;
    if (this.by === 'time') {
      this.isThere = true;
      await follower.playback.jump(stepAtNs(at, line.times[n] ?? 0));
    } else {
      const pair = pairOf(this.pairs[this.lead], n);
      this.isThere = pair.isThere;
      await follower.playback.jump(pair.n);
    }
  }

  /** Both to a place of the clock; what is aligned by its doing follows whoever leads. */
  async goToPlace(place: number): Promise<void> {
    const { clock } = this;
    if (!clock) return;
    // Times are whole numbers: what a place is rounded to is not before its step.
    const ns = clock.nsAt(place) + 0.5;
    if (this.by === 'time') await this.jumpBoth((line) => stepAtNs(line, ns));
    else {
      const { line } = this[this.lead];
      if (line) await this.go(this.lead, stepAtNs(line, ns));
    }
  }

  private async jumpBoth(stepOf: (line: RunLine, side: ComparedSide) => number): Promise<void> {
    this.isThere = true;
    await Promise.all(
      SIDES.map((name) => {
        const side = this[name];
        return side.line ? side.playback.jump(stepOf(side.line, side)) : Promise.resolve(false);
      }),
    );
  }

  /** One step on or back: by the clock whichever run's comes next, or both of one time; else that of the run that leads. */
  async step(way: 1 | -1): Promise<void> {
    if (this.by === 'doing') {
      await this.go(this.lead, this[this.lead].playback.target + way);
      return;
    }
    const timeOf = ({ playback, line }: ComparedSide): number => {
      const n = way > 0 ? playback.target + 1 : playback.target;
      return n < 1 || n > playback.stepCount ? NaN : (line?.times[n] ?? NaN);
    };
    const times = SIDES.map((name) => timeOf(this[name])).filter((ns) => !Number.isNaN(ns));
    const next = way > 0 ? Math.min(...times) : Math.max(...times);
    await this.jumpBoth((_, side) => (timeOf(side) === next ? side.playback.target + way : side.playback.target));
  }

  async align(by: Alignment): Promise<void> {
    this.by = by;
    await this.go(this.lead, this[this.lead].playback.target);
  }
}
