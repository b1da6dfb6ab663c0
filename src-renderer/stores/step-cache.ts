/** Steps of the open run, fetched in chunks; the chunks fetched last are kept. */
import type { Step } from '../../src-main/contract/index';

export const CHUNK_STEPS = 4_000;
/** A quarter of a million steps: more than anybody looks at, less than the page can hold. */
const KEPT_CHUNKS = 64;

export type ReadSteps = (from: number, to: number) => Promise<readonly Step[]>;

export class StepCache {
  /** By chunk number, the one fetched longest ago first. */
  private readonly chunks = new Map<number, Promise<readonly Step[]>>();
  private readonly ready = new Map<number, readonly Step[]>();

  constructor(private readonly read: ReadSteps) {}

  private chunkOf(n: number): number {
    return Math.floor((n - 1) / CHUNK_STEPS);
  }

  /** Step n (from 1), if it is at hand. */
  peek(n: number): Step | undefined {
    return this.ready.get(this.chunkOf(n))?.[(n - 1) % CHUNK_STEPS];
  }

  async fetch(n: number): Promise<Step | undefined> {
    if (n < 1) return undefined;
    const index = this.chunkOf(n);
    const chunk = this.chunks.get(index) ?? this.load(index);
    return (await chunk)[(n - 1) % CHUNK_STEPS];
  }

  private load(index: number): Promise<readonly Step[]> {
    const chunk = this.read(index * CHUNK_STEPS + 1, (index + 1) * CHUNK_STEPS).then((steps) => {
      if (this.chunks.get(index) === chunk) this.ready.set(index, steps);
      return steps;
    });
    this.chunks.set(index, chunk);
    // What failed may be tried again.
    chunk.catch(() => this.forget(index));
    for (const oldest of this.chunks.keys()) {
      if (this.chunks.size <= KEPT_CHUNKS) break;
      this.forget(oldest);
    }
    return chunk;
  }

  private forget(index: number): void {
    this.chunks.delete(index);
    this.ready.delete(index);
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
