/**
 * The run that is played. What is shown lies between two states: `before`, `after` and how far from one to the other (`fraction`).
 * Going on, the fraction grows; going back, it shrinks over the same pair: the picture of a place is always the same.
 */
import { applied, plainStep, type State, type Step, type StepSlice, undone } from '../../src-main/contract/index';
import { durationMs, nextStride } from './pacing';
import { StepCache } from './step-cache';
import { type Motion, Stepper } from './stepper.svelte';
import { hopMs, tellingStops } from './telling';

/** Farther than this a state is asked for instead of being replayed. */
const FAR_STEPS = 3_000;
const RECENT_STEPS = 40;
/** What a step shows, and what the steps beside it would. */
const KEPT_STATES = 4;
/** So far back it is looked for what a thread ran last. */
const ROUTINE_STEPS = 8_000;
/** So far ahead the next instruction is looked for. */
const ASSEMBLY_STEPS = 12_000;
/** Shorter motions than a frame are jumps. */
const FRAME_MS = 16;

export interface RunSource {
  readSteps: (from: number, to: number) => Promise<StepSlice>;
  stateAt: (n: number) => Promise<State>;
}

export interface PlaybackSetting {
  /** The person wants no motion. */
  isStill: () => boolean;
  /** Steps or states could not be had. */
  onFailure: (error: unknown) => void;
}

/** What a picture is drawn of. */
interface Seen {
  /** The step whose state `before` is; more than one before n while several steps are one motion. */
  beforeN: number;
  before: State | null;
  after: State | null;
  step: Step | null;
  recent: readonly Step[];
}

export class Playback {
  private way = $state(1);
  private isSecondHalf = $state(true);
  private isMoving = $state(false);
  /**
   * One signal for all of it: mostly all of it changes with a step, and Svelte goes through everything that hangs on a signal each time it is
   * set, by every way that leads there.
   */
  seen = $state.raw<Seen>({ beforeN: 0, before: null, after: null, step: null, recent: [] });
  speed = $state(1);
  private readonly stepper: Stepper;

  private source: RunSource | null = null;
  /** Steps after `from` up to `to`, none of them an instruction. */
  private bare: { cache: StepCache | null; from: number; to: number } = { cache: null, from: 0, to: 0 };
  /** By thread: the steps after `from` up to `to` are no instructions of its; the one at `from` is of `symbol`, unless that is null. */
  private readonly routines = new Map<string, { from: number; to: number; symbol: string | null }>();
  /** A run is being opened; what is wanted meanwhile is done in it, when it is there. */
  private opening: Promise<void> | null = null;
  /** Where a travel that is under way leads. */
  private travellingTo: number | null = null;
  private cache = new StepCache(() => Promise.reject(new Error('no run is open')));
  /**
   * The states that were asked for last, by step, the newest last: the next one is mostly near. States are shared, never changed; one that
   * comes back is the same object, so whoever has drawn it knows it again.
   */
  private readonly kept = new Map<number, State>();

  constructor(private readonly setting: PlaybackSetting) {
    this.stepper = new Stepper({
      show: (n, ms, isWanted) => (ms === null ? this.showAtOnce(n) : this.walkTo(n, ms, isWanted)),
      forward: (from) => ({ to: from + 1, ms: durationMs(this.cache.peek(from + 1)) }),
      back: (from) => ({ to: from - 1, ms: durationMs(this.cache.peek(from)) }),
      strides: () => this.strides(),
      onFailure: (error) => {
        this.fraction = 1;
        setting.onFailure(error);
      },
    });
  }

  get fraction(): number {
    return this.way;
  }

  set fraction(fraction: number) {
    this.way = fraction;
    this.isSecondHalf = fraction >= 0.5;
    this.isMoving = fraction > 0 && fraction < 1;
  }

  get before(): State | null {
    return this.seen.before;
  }

  get after(): State | null {
    return this.seen.after;
  }

  get step(): Step | null {
    return this.seen.step;
  }

  /** The steps up to the one shown, the latest last. */
  get recent(): readonly Step[] {
    return this.seen.recent;
  }

  /** The motion is half over or more. Whoever asks this need not look at every frame. */
  get isLate(): boolean {
    return this.isSecondHalf;
  }

  /** The motion has begun and is not over. Neither need whoever asks this. */
  get isUnderWay(): boolean {
    return this.isMoving;
  }

  get stepCount(): number {
    return this.stepper.stepCount;
  }

  /** The step after which we are, or, while going back, from which we come; 0: the first state. */
  get n(): number {
    return this.stepper.n;
  }

  get isPlaying(): boolean {
    return this.stepper.isPlaying;
  }

  get isAtRest(): boolean {
    return this.stepper.isAtRest;
  }

  get target(): number {
    return this.stepper.target;
  }

  get nowNs(): number {
    return this.step?.t ?? 0;
  }

  /** The place as a real number of steps. */
  get position(): number {
    const { beforeN } = this.seen;
    return beforeN + (this.n - beforeN) * this.fraction;
  }

  /** Opens a run at step n. `along`: all of its steps, where they have come along: mostly it is shown at once then. */
  async open(first: State, stepCount: number, source: RunSource, n: number, along: StepSlice | null = null): Promise<void> {
    const opening = along !== null && this.isAtRest ? this.openWhole(first, source, n, along) : this.openNow(first, stepCount, source, n);
    this.opening = opening;
    try {
      await opening;
    } finally {
      if (this.opening === opening) this.opening = null;
    }
  }

  /** Else the place at which a run opens would win over one that was wanted after it. False: by then another run is being opened. */
  private async afterOpening(go: () => Promise<boolean>): Promise<boolean> {
    await this.opening?.catch(() => undefined);
    return this.opening === null && (await go());
  }

  private async openNow(first: State, stepCount: number, source: RunSource, n: number): Promise<void> {
    await this.stepper.begin(stepCount);
    this.source = source;
    this.cache = new StepCache(source.readSteps);
    this.kept.clear();
    this.routines.clear();
    this.keep(0, first);
    this.show(0, 0, first, first, []);
    await this.stepper.jump(n);
  }

  /** Everybody sees the new run at its place in one picture, instead of its beginning first. */
  private openWhole(first: State, source: RunSource, n: number, along: StepSlice): Promise<void> {
    const stepCount = along.t.length;
    const to = Math.min(Math.max(0, Math.round(n)), stepCount);
    this.source = source;
    this.cache = new StepCache(source.readSteps);
    const reader = this.cache.take(along);
    const steps = Array.from({ length: to }, (_, i) => reader.step(i + 1) as Step);
    const last = steps.pop();
    this.kept.clear();
    this.routines.clear();
    const before = this.keep(Math.max(0, to - 1), applied(first, ...steps));
    const after = last ? this.keep(to, applied(before, last)) : before;
    this.stepper.beginAt(to, stepCount);
    this.fraction = 1;
    this.show(Math.max(0, to - 1), to, before, after, [...steps, ...(last ? [last] : [])].slice(-RECENT_STEPS));
    return Promise.resolve();
  }

  /**
   * Symbol of the assembly routine that a thread ran last before or at the step shown; null when it is not at hand. Every step asks: what has
   * been looked through is not looked through again.
   */
  lastRoutine(m: string): string | null {
    const { n } = this;
    const known = this.routines.get(m);
    let from = n;
    let symbol: string | null = null;
    while (symbol === null && from > 0 && from > n - ROUTINE_STEPS) {
      if (known && known.from < from && from <= known.to) {
        ({ from, symbol } = known);
        continue;
      }
      const step = this.cache.glance(from);
      if (!step) break;
      if (step.m === m && step.asm) symbol = step.asm.pc.replace(/\+\d+$/, '');
      else from--;
    }
    this.routines.set(m, { from, to: known && known.from <= n && n <= known.to ? known.to : n, symbol });
    return symbol;
  }

  /** The first instruction after step n: none in the run, or too far away to be looked for. What was looked through once is not again. */
  async nextAssembly(n: number): Promise<number | 'none' | 'far'> {
    const { cache, bare } = this;
    const isKnown = bare.cache === cache && bare.from <= n && n <= bare.to;
    const end = Math.min(this.stepCount, n + ASSEMBLY_STEPS);
    let to = isKnown ? bare.to : n;
    while (to < end) {
      // A step that cannot be had is told of when somebody goes there.
      if (!cache.glance(to + 1)) await cache.fetch(to + 1).catch(() => undefined);
      const step = cache.glance(to + 1);
      if (!step) return 'far';
      if (step.asm) break;
      to++;
    }
    this.bare = { cache, from: isKnown ? bare.from : n, to };
    return to < end ? to + 1 : end < this.stepCount ? 'far' : 'none';
  }

  /** The state after step n. */
  private async stateAfter(n: number): Promise<State> {
    if (!this.source) throw new Error('no run is open');
    const [near] = [...this.kept].sort(([a], [b]) => Math.abs(a - n) - Math.abs(b - n));
    if (!near || Math.abs(n - near[0]) > FAR_STEPS) {
      // It shares nothing with them.
      this.kept.clear();
      return this.keep(n, await this.source.stateAt(n));
    }
    const [from, state] = near;
    if (n === from) return this.keep(n, state);
    const steps = await this.stepsBetween(Math.min(n, from) + 1, Math.max(n, from));
    return this.keep(n, n > from ? applied(state, ...steps) : undone(state, ...steps));
  }

  private keep(n: number, state: State): State {
    this.kept.delete(n);
    this.kept.set(n, state);
    for (const oldest of this.kept.keys()) if (this.kept.size > KEPT_STATES) this.kept.delete(oldest);
    return state;
  }

  private async stepsBetween(from: number, to: number): Promise<Step[]> {
    const steps = await this.cache.range(from, to);
    if (steps.length !== to - from + 1) throw new Error(`steps ${from} to ${to} of ${this.stepCount} are missing`);
    return steps;
  }

  private show(beforeN: number, n: number, before: State, after: State, recent: readonly Step[]): void {
    const step = recent.at(-1);
    this.stepper.arrive(n);
    this.seen = { beforeN, before, after, step: step ? plainStep(step) : null, recent };
  }

  private async settle(beforeN: number, n: number, before: State, after: State, fraction: number): Promise<void> {
    const recent = await this.cache.range(n - RECENT_STEPS + 1, n);
    this.fraction = fraction;
    this.show(beforeN, n, before, after, recent);
  }

  private async showAtOnce(n: number): Promise<boolean> {
    const previous = Math.max(0, n - 1);
    const before = await this.stateAfter(previous);
    await this.settle(previous, n, before, await this.stateAfter(n), 1);
    return true;
  }

  private async walkTo(target: number, lengthMs: number, isWanted: () => boolean): Promise<boolean> {
    const from = this.n;
    if (target === from) {
      this.fraction = 1;
      return true;
    }
    const here = await this.stateAfter(from);
    const there = await this.stateAfter(target);
    if (target > from) {
      await this.settle(from, target, here, there, this.setting.isStill() ? 1 : 0);
      const isArrived = await this.animate(0, 1, lengthMs, isWanted);
      // Else the next motion begins here: drawing the end of this one as well would be in vain.
      if (isArrived) this.fraction = 1;
      return isArrived;
    }
    this.fraction = 1;
    const { seen } = this;
    if (seen.beforeN !== target || seen.before !== there || seen.after !== here)
      this.seen = { ...seen, beforeN: target, before: there, after: here };
    const isArrived = await this.animate(1, 0, lengthMs, isWanted);
    const previous = Math.max(0, target - 1);
    await this.settle(previous, target, await this.stateAfter(previous), there, 1);
    return isArrived;
  }

  /** The end itself is left to whoever shows what comes then. */
  private animate(from: number, to: number, lengthMs: number, isWanted: () => boolean): Promise<boolean> {
    const length = lengthMs / this.speed;
    return new Promise((resolve) => {
      if (this.setting.isStill() || length < FRAME_MS) {
        setTimeout(() => {
          resolve(isWanted());
        }, length);
        return;
      }
      const began = performance.now();
      const frame = (now: number): void => {
        const part = Math.min(1, Math.max(0, (now - began) / length));
        const isOver = part >= 1 || !isWanted();
        if (isOver) {
          resolve(isWanted());
          return;
        }
        this.fraction = from + (to - from) * part;
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
  }

  private strides(): (from: number, end: number) => Promise<Motion> {
    let quietStrides = 0;
    return async (from, end) => {
      // Fetched before it is judged; a failure shows when it is travelled to.
      await this.cache.fetch(from + 1).catch(() => undefined);
      const stride = nextStride((n) => this.cache.peek(n), from, end, quietStrides);
      quietStrides = stride.isQuiet ? quietStrides + 1 : 0;
      return { to: from + stride.steps, ms: stride.ms };
    };
  }

  /** To step n at once. */
  jump(n: number): Promise<boolean> {
    if (this.opening) return this.afterOpening(() => this.jump(n));
    return this.stepper.jump(n);
  }

  /**
   * To step n with everybody walking there, on or back; what lies between is told on the way (telling.ts). The same wish once more while that is
   * going on: there at once. True when they have arrived; false when another wish came in between.
   */
  async travel(n: number): Promise<boolean> {
    if (this.opening) return this.afterOpening(() => this.travel(n));
    const target = Math.min(Math.max(0, Math.round(n)), this.stepCount);
    if (this.travellingTo === target || (this.setting.isStill() && target > this.n)) return this.jump(target);
    this.travellingTo = target;
    try {
      return await this.stepper.tour(() => this.wayTo(target));
    } finally {
      if (this.travellingTo === target) this.travellingTo = null;
    }
  }

  private async wayTo(target: number): Promise<Motion[]> {
    const from = this.n;
    const isNear = target > from && target - from <= FAR_STEPS;
    const stops = isNear ? tellingStops(await this.stepsBetween(from + 1, target)) : [target];
    return stops.map((to) => ({ to, ms: hopMs(stops.length) }));
  }

  forward(): Promise<boolean> {
    if (this.opening) return this.afterOpening(() => this.forward());
    return this.stepper.forward();
  }

  back(): Promise<boolean> {
    if (this.opening) return this.afterOpening(() => this.back());
    return this.stepper.back();
  }

  /** Plays up to `until`, or up to the end. */
  play(until?: number): Promise<void> {
    return this.stepper.play(until);
  }

  pause(): void {
    this.stepper.pause();
  }
}
