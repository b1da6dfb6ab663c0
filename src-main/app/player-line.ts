/** The main thread's end of the line to the player. */
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { fill } from '../../assets/words/index';
import type { Progress } from './kept-run';
import type { ExportProgress, PlayerAsk, PlayerAsks } from './player-asks';
import { PLAYER_HEAP_MB } from './player-heap';
import { Refusal } from './refusal';
import { ThreadWatch, type Trouble, WATCH, type WatchLimits } from './thread-watch';
import type { Text } from '../model/words';

interface Waiting {
  name: PlayerAsk;
  resolve: (reply: never) => void;
  reject: (error: Error) => void;
}

type Said =
  { id: number; reply: unknown } | { id: number; failure: Text } | { progress: Progress } | { written: ExportProgress } | { isAlive: true };

/** A thread that wants more ends alone. Without a limit it would take the whole app with it. */
const LIMITS: ResourceLimits = { maxOldGenerationSizeMb: PLAYER_HEAP_MB, maxYoungGenerationSizeMb: 64 };

/** The reason for ending a thread that cannot be left alone. */
export class Ended extends Refusal {}

export class PlayerLine {
  private readonly waiting = new Map<number, Waiting>();
  private readonly worker: Worker;
  private readonly watch: ThreadWatch;
  private asked = 0;
  onProgress: (progress: Progress) => void = () => undefined;
  onExport: (progress: ExportProgress) => void = () => undefined;
  private isOver = false;
  /** Whether anything has ever been answered. */
  hasAnswered = false;
  /** The thread is gone, or is being ended; whoever waited has been told. Called once. */
  onEnd: (why: Error) => void = () => undefined;

  /** `thread`: where the built player-thread lies. */
  constructor(
    thread: URL,
    resourceLimits = LIMITS,
    private readonly limits: WatchLimits = WATCH,
  ) {
    this.worker = new Worker(thread, { resourceLimits });
    this.worker.on('message', (said: Said) => {
      this.hear(said);
    });
    this.worker.on('error', (error: NodeJS.ErrnoException) => {
      this.end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? Refusal.of((words) => words.outOfMemory) : error);
    });
    this.worker.on('exit', (status) => {
      this.end(new Error(`the player's thread ended with status ${status}`));
    });
    this.watch = new ThreadWatch(
      limits,
      () => {
        this.worker.postMessage({ isAlive: true });
      },
      (trouble) => {
        this.end(this.reason(trouble));
        void this.worker.terminate();
      },
    );
  }

  private reason(trouble: Trouble): Ended {
    if (trouble === 'memory') return Ended.of((words) => words.outOfMemory);
    if (trouble === 'deafToCancel') return Ended.of((words) => words.cancelledByForce);
    return Ended.of((words) => fill(words.hangs, { seconds: Math.round(this.limits.patienceMs / 1000) }));
  }

  private end(error: Error): void {
    if (this.isOver) return;
    this.isOver = true;
    this.watch.rest();
    for (const { name, resolve, reject } of this.waiting.values()) {
      // What was to be cancelled has ended.
      if (name === 'cancel' && error instanceof Ended) resolve(null as never);
      else reject(error);
    }
    this.waiting.clear();
    this.onEnd(error);
  }

  /** Nobody needs the thread any more. */
  close(): void {
    // Nothing went wrong that anybody should read of.
    this.onEnd = () => undefined;
    this.end(new Error('closed'));
    void this.worker.terminate();
  }

  ask<N extends PlayerAsk>(name: N, ask: PlayerAsks[N]['ask']): Promise<PlayerAsks[N]['reply']> {
    const id = ++this.asked;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { name, resolve: resolve as (reply: never) => void, reject });
      this.worker.postMessage({ id, name, ask });
      this.watch.begin();
      if (name === 'cancel') this.watch.cancelled();
    });
  }

  private hear(said: Said): void {
    this.watch.heard();
    if ('isAlive' in said) return;
    if ('progress' in said) {
      this.onProgress(said.progress);
      return;
    }
    if ('written' in said) {
      this.onExport(said.written);
      return;
    }
    const asker = this.waiting.get(said.id);
    this.waiting.delete(said.id);
    this.hasAnswered = true;
    if (asker?.name === 'cancel') this.watch.cancelHeard();
    if (this.waiting.size === 0) this.watch.rest();
    if ('failure' in said) asker?.reject(new Refusal(said.failure));
    else asker?.resolve(said.reply as never);
  }
}
