/** Steps of the open run, fetched in chunks and kept packed; what was fetched last stays, as much as there is room for. */
import { type Step, StepReader, type StepSlice } from '../../src-main/contract/index';

export const CHUNK_STEPS = 4_000;
/** A hundred thousand steps, mostly: more than anybody looks at, little beside what the page takes itself. */
export const KEPT_BYTES = 16 * 2 ** 20;

export type ReadSteps = (from: number, to: number) => Promise<StepSlice>;

export class StepCache {
  /** By chunk number, the one fetched longest ago first. */
  private readonly chunks = new Map<number, Promise<StepReader>>();
  private readonly ready = new Map<number, StepReader>();

  constructor(private readonly read: ReadSteps) {}

  /** Steps that have come along, from the first one on; those of the first chunk are not asked for any more. */
  take(slice: StepSlice): StepReader {
    const reader = new StepReader(slice);
    this.ready.set(0, reader);
    this.chunks.set(0, Promise.resolve(reader));
    return reader;
  }

  private chunkOf(n: number): number {
    return Math.floor((n - 1) / CHUNK_STEPS);
  }

  /** Step n (from 1), if it is at hand. */
  peek(n: number): Step | undefined {
    return this.ready.get(this.chunkOf(n))?.step(n);
  }

  /** Whose step n is, and its instruction, if they are at hand. */
  glance(n: number): ReturnType<StepReader['glance']> {
    return this.ready.get(this.chunkOf(n))?.glance(n);
  }

  async fetch(n: number): Promise<Step | undefined> {
    if (n < 1) return undefined;
    const index = this.chunkOf(n);
    return (await (this.chunks.get(index) ?? this.load(index))).step(n);
  }

  private load(index: number): Promise<StepReader> {
    const chunk = this.read(index * CHUNK_STEPS + 1, (index + 1) * CHUNK_STEPS).then((slice) => {
      const reader = new StepReader(slice);
      if (this.chunks.get(index) === chunk) this.ready.set(index, reader);
      this.makeRoom(index);
      return reader;
    });
    this.chunks.set(index, chunk);
    // What failed may be tried again.
    chunk.catch(() => {
      this.forget(index);
    });
    return chunk;
  }

  /** The chunk that was asked for stays, however large it is. */
  private makeRoom(newest: number): void {
    let bytes = 0;
    for (const reader of this.ready.values()) bytes += reader.bytes;
    for (const [index, reader] of [...this.ready]) {
      if (bytes <= KEPT_BYTES) return;
      if (index === newest) continue;
      bytes -= reader.bytes;
      this.forget(index);
    }
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
