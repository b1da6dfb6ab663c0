/**
 * Where in the run we are. What is shown lies between two states: `before`, `after` and how far from one to the other (`fraction`).
 * Going on, the fraction grows; going back, it shrinks over the same pair: the picture of a place is always the same.
 */
import { applyStep, copyState, type State, type Step, undoStep } from '../../src-main/contract/index';
import { StepCache } from './step-cache';

/** Farther than this a state is asked for instead of being replayed. */
const FAR_STEPS = 3_000;
/** Milliseconds of motion at speed 1: for a step that moves somebody, for one that only changes a field, and for a whole lesson step. */
const MOVING_MS = 620;
const QUIET_MS = 150;
const JUMP_MS = 1_100;
const RECENT_STEPS = 40;

export interface RunSource {
  readSteps: (from: number, to: number) => Promise<readonly Step[]>;
  stateAt: (n: number) => Promise<State>;
}

/** Fields whose change moves a figure in the village. */
const MOVING = /^(G\.G\d+\.(m|status)|G\.G\d+|M\.M\d+\.(p|nextp|curg|kernel|parked|spinning)|M\.M\d+|P\.P\d+\.(status|runq|runnext|m)|sched\.(runq|midle|pidle))$/;

export class Playback {
  stepCount = $state(0);
  /** The step after which we are; 0: the first state. */
  n = $state(0);
  fraction = $state(1);
  before = $state.raw<State | null>(null);
  after = $state.raw<State | null>(null);
  step = $state.raw<Step | null>(null);
  recent = $state.raw<readonly Step[]>([]);
  isPlaying = $state(false);
  speed = $state(1);
  nowNs = $derived(this.step?.t ?? 0);

  private source: RunSource | null = null;
  private cache = new StepCache(() => Promise.resolve([]));
  private cursor: State | null = null;
  private cursorN = 0;
  /** Raised by every new wish: what an older one still awaits is void then. */
  private wish = 0;
  private readonly isStill = matchMedia('(prefers-reduced-motion: reduce)');

  /** Opens a run at step n. */
  async open(first: State, stepCount: number, source: RunSource, n: number): Promise<void> {
    this.pause();
    this.source = source;
    this.cache = new StepCache(source.readSteps);
    this.stepCount = stepCount;
    this.cursor = copyState(first);
    this.cursorN = 0;
    this.before = this.after = copyState(first);
    this.n = 0;
    this.step = null;
    this.recent = [];
    this.fraction = 1;
    await this.jump(n);
  }

  get steps(): StepCache {
    return this.cache;
  }

  /** A state of its own, as it is after step n. */
  private async stateAfter(n: number): Promise<State> {
    if (!this.cursor || !this.source) throw new Error('no run is open');
    if (Math.abs(n - this.cursorN) > FAR_STEPS) {
      this.cursor = await this.source.stateAt(n);
      this.cursorN = n;
    }
    while (this.cursorN < n) {
      const step = this.cache.peek(this.cursorN + 1) ?? (await this.cache.fetch(this.cursorN + 1));
      if (!step) throw new Error(`step ${this.cursorN + 1} is missing`);
      applyStep(this.cursor, step);
      this.cursorN++;
    }
    while (this.cursorN > n) {
      const step = this.cache.peek(this.cursorN) ?? (await this.cache.fetch(this.cursorN));
      if (!step) throw new Error(`step ${this.cursorN} is missing`);
      undoStep(this.cursor, step);
      this.cursorN--;
    }
    return copyState(this.cursor);
  }

  private clamp(n: number): number {
    return Math.min(Math.max(0, Math.round(n)), this.stepCount);
  }

  /** One wish at a time replays: they share the cursor. */
  private queue: Promise<unknown> = Promise.resolve();

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.queue.then(work, work);
    this.queue = next.catch(() => undefined);
    return next;
  }

  private async settle(n: number, before: State, after: State): Promise<void> {
    this.before = before;
    this.after = after;
    this.n = n;
    this.step = n === 0 ? null : ((await this.cache.fetch(n)) ?? null);
    this.recent = await this.cache.range(n - RECENT_STEPS + 1, n);
  }

  /** To step n at once. */
  jump(n: number): Promise<void> {
    const mine = ++this.wish;
    return this.inTurn(async () => {
      if (mine !== this.wish) return;
      const target = this.clamp(n);
      const previous = await this.stateAfter(Math.max(0, target - 1));
      const state = await this.stateAfter(target);
      this.fraction = 1;
      await this.settle(target, previous, state);
    });
  }

  /** To step n with everybody walking there, on or back. Resolves when they have arrived; false when another wish came in between. */
  travel(n: number, durationMs = JUMP_MS): Promise<boolean> {
    const mine = ++this.wish;
    return this.inTurn(async () => {
      if (mine !== this.wish) return false;
      const target = this.clamp(n);
      const from = this.n;
      if (target === from) return true;
      const here = await this.stateAfter(from);
      const there = await this.stateAfter(target);
      if (target > from) {
        this.fraction = 0;
        await this.settle(target, here, there);
        return this.animate(0, 1, durationMs, mine);
      }
      this.fraction = 1;
      this.before = there;
      this.after = here;
      const arrived = await this.animate(1, 0, durationMs, mine);
      const previous = await this.stateAfter(Math.max(0, target - 1));
      this.fraction = 1;
      await this.settle(target, previous, there);
      return arrived;
    });
  }

  private animate(from: number, to: number, durationMs: number, mine: number): Promise<boolean> {
    const length = durationMs / this.speed;
    if (this.isStill.matches || length < 20) {
      this.fraction = to;
      return new Promise((resolve) => {
        setTimeout(() => {
          resolve(mine === this.wish);
        }, Math.max(0, length));
      });
    }
    return new Promise((resolve) => {
      const began = performance.now();
      const frame = (now: number): void => {
        const part = Math.min(1, Math.max(0, (now - began) / length));
        this.fraction = from + (to - from) * part;
        if (part < 1 && mine === this.wish) requestAnimationFrame(frame);
        else {
          this.fraction = to;
          resolve(mine === this.wish);
        }
      };
      requestAnimationFrame(frame);
    });
  }

  async forward(): Promise<boolean> {
    const step = await this.cache.fetch(this.n + 1);
    return this.travel(this.n + 1, durationOf(step));
  }

  async back(): Promise<boolean> {
    return this.travel(this.n - 1, durationOf(this.step ?? undefined));
  }

  /** Plays step by step up to `until`, or up to the end. */
  async play(until = this.stepCount): Promise<void> {
    if (this.isPlaying) return;
    this.isPlaying = true;
    while (this.isPlaying && this.n < Math.min(until, this.stepCount)) {
      if (!(await this.forward())) break;
    }
    this.isPlaying = false;
  }

  pause(): void {
    this.isPlaying = false;
    this.wish++;
  }
}

function durationOf(step: Step | undefined): number {
  return step?.set.some(([path]) => MOVING.test(path)) ? MOVING_MS : QUIET_MS;
}
