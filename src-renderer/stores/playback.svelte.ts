/**
 * Where in the run we are. What is shown lies between two states: `before`, `after` and how far from one to the other (`fraction`).
 * Going on, the fraction grows; going back, it shrinks over the same pair: the picture of a place is always the same.
 */
import { applyStep, copyState, type State, type Step, undoStep } from '../../src-main/contract/index';
import { durationMs, nextStride, TRAVEL_MS } from './pacing';
import { StepCache } from './step-cache';

/** Farther than this a state is asked for instead of being replayed. */
const FAR_STEPS = 3_000;
const RECENT_STEPS = 40;
/** So far back it is looked for what a thread ran last. */
const ROUTINE_STEPS = 8_000;
/** Shorter motions than a frame are jumps. */
const FRAME_MS = 16;

export interface RunSource {
  readSteps: (from: number, to: number) => Promise<readonly Step[]>;
  stateAt: (n: number) => Promise<State>;
}

export interface PlaybackSetting {
  /** The person wants no motion. */
  isStill: () => boolean;
  /** Steps or states could not be had. */
  onFailure: (error: unknown) => void;
}

export class Playback {
  stepCount = $state(0);
  /** The step after which we are, or, while going back, from which we come; 0: the first state. */
  n = $state(0);
  fraction = $state(1);
  before = $state.raw<State | null>(null);
  after = $state.raw<State | null>(null);
  step = $state.raw<Step | null>(null);
  recent = $state.raw<readonly Step[]>([]);
  isPlaying = $state(false);
  speed = $state(1);
  private underWay = $state(0);
  /** Nobody walks, and nothing is being fetched. */
  readonly isAtRest = $derived(this.underWay === 0);
  /** The step whose state `before` is; more than one before n while several steps are one motion. */
  private beforeN = $state(0);
  readonly nowNs = $derived(this.step?.t ?? 0);
  /** The place as a real number of steps. */
  readonly position = $derived(this.beforeN + (this.n - this.beforeN) * this.fraction);

  private source: RunSource | null = null;
  private cache = new StepCache(() => Promise.resolve([]));
  private cursor: State | null = null;
  private cursorN = 0;
  /** Where the last wish leads, arrived or not: the next step is counted from there, so that quick presses all count. */
  private aim = 0;
  /** Raised by every new wish: what an older one still awaits is void then. */
  private wish = 0;
  /** Raised by every play and pause: a loop that has been stopped must not stop its successor. */
  private playing = 0;
  /** One wish at a time replays: they share the cursor. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly setting: PlaybackSetting) {}

  /** Opens a run at step n. */
  async open(first: State, stepCount: number, source: RunSource, n: number): Promise<void> {
    this.pause();
    this.wish++;
    await this.queue;
    this.source = source;
    this.cache = new StepCache(source.readSteps);
    this.stepCount = stepCount;
    this.cursor = copyState(first);
    this.cursorN = 0;
    this.show(0, 0, copyState(first), copyState(first), null, []);
    await this.jump(n);
  }

  get steps(): StepCache {
    return this.cache;
  }

  /** Symbol of the assembly routine that a thread ran last before or at the step shown; null when it is not at hand. */
  lastRoutine(m: string): string | null {
    for (let n = this.n; n > 0 && n > this.n - ROUTINE_STEPS; n--) {
      const step = this.cache.peek(n);
      if (step?.m === m && step.asm) return step.asm.pc.replace(/\+\d+$/, '');
    }
    return null;
  }

  /** Where the next step is counted from. */
  get target(): number {
    return this.aim;
  }

  /** A state of its own, as it is after step n. */
  private async stateAfter(n: number): Promise<State> {
    if (!this.source) throw new Error('no run is open');
    if (!this.cursor || Math.abs(n - this.cursorN) > FAR_STEPS) {
      this.cursor = await this.source.stateAt(n);
      this.cursorN = n;
    }
    while (this.cursorN < n) {
      const step = await this.stepNumber(this.cursorN + 1);
      applyStep(this.cursor, step);
      this.cursorN++;
    }
    while (this.cursorN > n) {
      const step = await this.stepNumber(this.cursorN);
      undoStep(this.cursor, step);
      this.cursorN--;
    }
    return copyState(this.cursor);
  }

  private async stepNumber(n: number): Promise<Step> {
    const step = this.cache.peek(n) ?? (await this.cache.fetch(n));
    if (!step) throw new Error(`step ${n} of ${this.stepCount} is missing`);
    return step;
  }

  private clamp(n: number): number {
    return Math.min(Math.max(0, Math.round(n)), this.stepCount);
  }

  /** Does the work of a wish when its turn comes, unless a newer wish has come meanwhile. False: it did not arrive. */
  private fulfil(target: number, work: (mine: number) => Promise<boolean>): Promise<boolean> {
    const mine = ++this.wish;
    this.aim = target;
    const turn = this.queue.then(async () => {
      if (mine !== this.wish) return false;
      try {
        return await work(mine);
      } catch (error) {
        // The cursor may stand in the middle of a step: the next state is asked for anew.
        this.cursor = null;
        this.aim = this.n;
        this.pause();
        this.setting.onFailure(error);
        return false;
      }
    });
    this.queue = turn;
    this.underWay++;
    void turn.finally(() => this.underWay--);
    return turn;
  }

  private show(beforeN: number, n: number, before: State, after: State, step: Step | null, recent: readonly Step[]): void {
    this.beforeN = beforeN;
    this.n = n;
    this.before = before;
    this.after = after;
    this.step = step;
    this.recent = recent;
  }

  private async settle(beforeN: number, n: number, before: State, after: State, fraction: number): Promise<void> {
    const recent = await this.cache.range(n - RECENT_STEPS + 1, n);
    this.fraction = fraction;
    this.show(beforeN, n, before, after, recent.at(-1) ?? null, recent);
  }

  /** To step n at once. */
  jump(n: number): Promise<boolean> {
    const target = this.clamp(n);
    return this.fulfil(target, async () => {
      const previous = Math.max(0, target - 1);
      const before = await this.stateAfter(previous);
      await this.settle(previous, target, before, await this.stateAfter(target), 1);
      return true;
    });
  }

  /** To step n with everybody walking there, on or back. True when they have arrived; false when another wish came in between. */
  travel(n: number, lengthMs = TRAVEL_MS): Promise<boolean> {
    const target = this.clamp(n);
    return this.fulfil(target, async (mine) => {
      const from = this.n;
      if (target === from) return true;
      const here = await this.stateAfter(from);
      const there = await this.stateAfter(target);
      if (target > from) {
        await this.settle(from, target, here, there, this.setting.isStill() ? 1 : 0);
        return this.animate(0, 1, lengthMs, mine);
      }
      this.fraction = 1;
      this.beforeN = target;
      this.before = there;
      this.after = here;
      const isArrived = await this.animate(1, 0, lengthMs, mine);
      const previous = Math.max(0, target - 1);
      await this.settle(previous, target, await this.stateAfter(previous), there, 1);
      return isArrived;
    });
  }

  private animate(from: number, to: number, lengthMs: number, mine: number): Promise<boolean> {
    const length = lengthMs / this.speed;
    return new Promise((resolve) => {
      if (this.setting.isStill() || length < FRAME_MS) {
        this.fraction = to;
        setTimeout(() => {
          resolve(mine === this.wish);
        }, length);
        return;
      }
      const began = performance.now();
      const frame = (now: number): void => {
        const part = Math.min(1, Math.max(0, (now - began) / length));
        const isOver = part >= 1 || mine !== this.wish;
        this.fraction = isOver ? to : from + (to - from) * part;
        if (isOver) resolve(mine === this.wish);
        else requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
  }

  async forward(): Promise<boolean> {
    const from = this.aim;
    const step = this.cache.peek(from + 1);
    return this.travel(from + 1, durationMs(step));
  }

  async back(): Promise<boolean> {
    const from = this.aim;
    return this.travel(from - 1, durationMs(this.cache.peek(from)));
  }

  /** Plays up to `until`, or up to the end. */
  async play(until = this.stepCount): Promise<void> {
    const mine = ++this.playing;
    const end = Math.min(until, this.stepCount);
    let quietStrides = 0;
    this.isPlaying = true;
    while (mine === this.playing && this.aim < end) {
      const from = this.aim;
      // Fetched before it is judged; a failure shows when it is travelled to.
      await this.cache.fetch(from + 1).catch(() => undefined);
      if (mine !== this.playing || this.aim !== from) break;
      const stride = nextStride((n) => this.cache.peek(n), from, end, quietStrides);
      quietStrides = stride.isQuiet ? quietStrides + 1 : 0;
      if (!(await this.travel(from + stride.steps, stride.ms))) break;
    }
    if (mine === this.playing) this.pause();
  }

  /** Ends playing; a motion that is under way comes to its end. */
  pause(): void {
    this.playing++;
    this.isPlaying = false;
  }
}
