/**
 * What is looked at while a thread has something to answer: whether it still lives, and how much memory it takes. Time is counted in ticks
 * of our own, so that a computer that was asleep, or a main process that had no turn, accuses nobody.
 */
import inspector from 'node:inspector';

export interface WatchLimits {
  tickMs: number;
  /** Silent for so long, a thread hangs: a slice of computing takes milliseconds, the longest of a reader's work a second or two. */
  patienceMs: number;
  /** How long a thread may take to hear that something is cancelled. */
  cancelMs: number;
  /**
   * How much the process may grow, MiB: for what no limit of V8's holds, which are buffers always, and in some versions of Node
   * everything in a worker.
   */
  growthMb: number;
}

export const WATCH: WatchLimits = { tickMs: 250, patienceMs: 15_000, cancelMs: 500, growthMb: 4_096 };

/** Whoever is silent for less is not asked whether it lives. */
const ASKED_SHARE = 0.1;

export type Trouble = 'silent' | 'deafToCancel' | 'memory';

export class ThreadWatch {
  private timer: ReturnType<typeof setInterval> | null = null;
  private silentMs = 0;
  private cancelledMs: number | null = null;
  private readonly bytesBefore = process.memoryUsage.rss();

  /** `ask` wants a sign of life; `give` is told of trouble once, and ends the thread. */
  constructor(
    private readonly limits: WatchLimits,
    private readonly ask: () => void,
    private readonly give: (trouble: Trouble) => void,
  ) {}

  /** Something is asked of the thread. */
  begin(): void {
    if (this.timer) return;
    this.silentMs = 0;
    this.timer = setInterval(() => {
      this.tick();
    }, this.limits.tickMs);
  }

  /** Nothing is asked of it any more. */
  rest(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    this.cancelledMs = null;
  }

  heard(): void {
    this.silentMs = 0;
  }

  /** Somebody has cancelled: the thread is to hear it soon. */
  cancelled(): void {
    this.cancelledMs ??= 0;
  }

  cancelHeard(): void {
    this.cancelledMs = null;
  }

  private tick(): void {
    const trouble = this.trouble();
    if (trouble === null) return;
    this.rest();
    this.give(trouble);
  }

  private trouble(): Trouble | null {
    const { tickMs, patienceMs, cancelMs, growthMb } = this.limits;
    if (process.memoryUsage.rss() - this.bytesBefore > growthMb * 2 ** 20) return 'memory';
    // A thread that stands at a breakpoint is as silent.
    if (inspector.url() !== undefined) return null;
    this.silentMs += tickMs;
    if (this.cancelledMs !== null) this.cancelledMs += tickMs;
    if (this.cancelledMs !== null && this.cancelledMs > cancelMs) return 'deafToCancel';
    if (this.silentMs > patienceMs) return 'silent';
    if (this.silentMs > patienceMs * ASKED_SHARE) this.ask();
    return null;
  }
}
