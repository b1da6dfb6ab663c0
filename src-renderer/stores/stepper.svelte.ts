/**
 * Where in a row of steps we are, and how we get from one to another: forward, back, at once, or playing. What there is to see at a step is
 * none of its business: `walk` shows it. The lesson's runs and the playground's go by the same stepper.
 */

/** A motion to another step; `ms` null: at once. */
export interface Motion {
  to: number;
  ms: number | null;
}

export interface Walk {
  /** Shows step n and says so with `arrive`. False: `isWanted` said that another wish had come in between. */
  show: (n: number, ms: number | null, isWanted: () => boolean) => boolean | Promise<boolean>;
  forward: (from: number) => Motion;
  back: (from: number) => Motion;
  /** How playing goes on, step by step, from where it begins. */
  strides: () => (from: number, end: number) => Promise<Motion>;
  /** What a step needs could not be had. */
  onFailure: (error: unknown) => void;
}

export class Stepper {
  /** Steps lie between these two, both included. */
  first = $state(0);
  stepCount = $state(0);
  /** The step that is shown. */
  n = $state(0);
  isPlaying = $state(false);
  private underWay = $state(0);
  /** Nothing moves, and nothing is being fetched. */
  readonly isAtRest = $derived(this.underWay === 0);
  readonly isAtEnd = $derived(this.n >= this.stepCount);

  /** Where the last wish leads, arrived or not: the next step is counted from there, so that quick presses all count. */
  private aim = 0;
  /** Raised by every new wish: what an older one still awaits is void then. */
  private wish = 0;
  /** Raised by every play and pause: a loop that has been stopped must not stop its successor. */
  private playing = 0;
  /** One wish at a time. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly walk: Walk) {}

  /** Another row of steps: what was under way is given up. Resolves when it has ended. */
  async begin(stepCount: number, first = 0): Promise<void> {
    this.pause();
    this.wish++;
    await this.queue;
    this.first = first;
    this.stepCount = stepCount;
    this.arrive(first);
    this.aim = first;
  }

  /** The same where nothing is under way: step n is shown in the same moment. */
  beginAt(n: number, stepCount: number): void {
    this.pause();
    this.wish++;
    this.first = 0;
    this.stepCount = stepCount;
    this.arrive(n);
    this.aim = n;
  }

  /** Said by whoever shows: this step is seen now. */
  arrive(n: number): void {
    this.n = n;
  }

  /** Where the next step is counted from. */
  get target(): number {
    return this.aim;
  }

  /** To step n, in so many milliseconds or at once. True when it has arrived; false when another wish came in between. */
  go(n: number, ms: number | null): Promise<boolean> {
    const target = Math.min(Math.max(this.first, Math.round(n)), this.stepCount);
    const mine = ++this.wish;
    this.aim = target;
    const turn = this.queue.then(async () => {
      if (mine !== this.wish) return false;
      try {
        return await this.walk.show(target, ms, () => mine === this.wish);
      } catch (error) {
        this.aim = this.n;
        this.pause();
        this.walk.onFailure(error);
        return false;
      }
    });
    this.queue = turn;
    this.underWay++;
    void turn.finally(() => this.underWay--);
    return turn;
  }

  /**
   * To the last of these, by way of the others; they may have to be looked up first. True when it has arrived; false when another wish came in
   * between. Not at rest until then.
   */
  async tour(find: () => Promise<readonly Motion[]>): Promise<boolean> {
    let mine = ++this.wish;
    this.underWay++;
    try {
      for (const { to, ms } of await find()) {
        if (mine !== this.wish) return false;
        const going = this.go(to, ms);
        mine = this.wish;
        if (!(await going)) return false;
      }
      return mine === this.wish;
    } catch (error) {
      this.pause();
      this.walk.onFailure(error);
      return false;
    } finally {
      this.underWay--;
    }
  }

  jump(n: number): Promise<boolean> {
    return this.go(n, null);
  }

  forward(): Promise<boolean> {
    const { to, ms } = this.walk.forward(this.aim);
    return this.go(to, ms);
  }

  back(): Promise<boolean> {
    const { to, ms } = this.walk.back(this.aim);
    return this.go(to, ms);
  }

  /** Plays up to `until`, or up to the end. */
  async play(until = this.stepCount): Promise<void> {
    const mine = ++this.playing;
    const end = Math.min(until, this.stepCount);
    const stride = this.walk.strides();
    this.isPlaying = true;
    while (mine === this.playing && this.aim < end) {
      const from = this.aim;
      const { to, ms } = await stride(from, end);
      if (mine !== this.playing || this.aim !== from) break;
      if (!(await this.go(to, ms))) break;
    }
    if (mine === this.playing) this.pause();
  }

  /** Ends playing; a motion that is under way comes to its end. */
  pause(): void {
    this.playing++;
    this.isPlaying = false;
  }
}
