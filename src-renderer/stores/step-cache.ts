/** Steps of the open run, fetched in chunks and kept. */
import type { Step } from '../../src-main/contract/index';

export const CHUNK_STEPS = 4_000;

export type ReadSteps = (from: number, to: number) => Promise<readonly Step[]>;

export class StepCache {
  private readonly chunks = new Map<number, Promise<readonly Step[]>>();
  private readonly ready = new Map<number, readonly Step[]>();

  constructor(private readonly read: ReadSteps) {}

  private chunkOf(n: number): number {
    return Math.floor((n - 1) / CHUNK_STEPS);
  }

  /** Step n (from 1), if it has been fetched. */
  peek(n: number): Step | undefined {
    return this.ready.get(this.chunkOf(n))?.[(n - 1) % CHUNK_STEPS];
  }

  async fetch(n: number): Promise<Step | undefined> {
    const index = this.chunkOf(n);
    let chunk = this.chunks.get(index);
    if (!chunk) {
      chunk = this.read(index * CHUNK_STEPS + 1, (index + 1) * CHUNK_STEPS).then((steps) => {
        this.ready.set(index, steps);
        return steps;
      });
      this.chunks.set(index, chunk);
      // What failed may be tried again.
      chunk.catch(() => this.chunks.delete(index));
    }
    return (await chunk)[(n - 1) % CHUNK_STEPS];
  }

  /** Steps from..to, both included. */
  async range(from: number, to: number): Promise<Step[]> {
    const steps: Step[] = [];
    for (let n = Math.max(1, from); n <= to; n++) {
      const step = this.peek(n) ?? (await this.fetch(n));
      if (step) steps.push(step);
    }
    return steps;
  }
}
