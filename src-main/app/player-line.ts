/** The main thread's end of the line to the player. */
import { type ResourceLimits, Worker } from 'node:worker_threads';
import type { Progress } from './kept-run';
import type { PlayerAsk, PlayerAsks } from './player';
import { Refusal } from './refusal';
import type { Text } from '../model/words';

interface Waiting {
  resolve: (reply: never) => void;
  reject: (error: Error) => void;
}

type Said = { id: number; reply: unknown } | { id: number; failure: Text } | { progress: Progress };

/** A thread that wants more ends alone. Without a limit it would take the whole app with it. */
const LIMITS: ResourceLimits = { maxOldGenerationSizeMb: 2_048, maxYoungGenerationSizeMb: 64 };

export class PlayerLine {
  private readonly waiting = new Map<number, Waiting>();
  private readonly worker: Worker;
  private asked = 0;
  onProgress: (progress: Progress) => void = () => undefined;
  private isOver = false;
  /** The thread is gone; whoever waited has been told. Called once. */
  onEnd: (why: Error) => void = () => undefined;

  /** `thread`: where the built player-thread lies. */
  constructor(thread: URL, resourceLimits = LIMITS) {
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
  }

  private end(error: Error): void {
    if (this.isOver) return;
    this.isOver = true;
    for (const each of this.waiting.values()) each.reject(error);
    this.waiting.clear();
    this.onEnd(error);
  }

  ask<N extends PlayerAsk>(name: N, ask: PlayerAsks[N]['ask']): Promise<PlayerAsks[N]['reply']> {
    const id = ++this.asked;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as (reply: never) => void, reject });
      this.worker.postMessage({ id, name, ask });
    });
  }

  private hear(said: Said): void {
    if ('progress' in said) {
      this.onProgress(said.progress);
      return;
    }
    const asker = this.waiting.get(said.id);
    this.waiting.delete(said.id);
    if ('failure' in said) asker?.reject(new Refusal(said.failure));
    else asker?.resolve(said.reply as never);
  }
}
