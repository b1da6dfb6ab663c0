/** What the model has read of the state where it decided (run/watched-run.ts). */
import type { Json } from '../state';

export interface PlaceRead {
  path: string;
  /** A list stands here as it was then. */
  value: Json;
  /** So many steps had been taken, the one under way among them. */
  at: number;
  /** The step under way had not written the place yet: what stood there is what the steps before it had left. */
  isBefore: boolean;
}

/** What was read on the way to a step, since the thread's last write before it; and what was read in it before its last write. */
export interface StepReads {
  led: PlaceRead[];
  wrote: PlaceRead[];
}
