/** What the model reads of the state where it decides (run/watched-run.ts). */
import type { Json } from '../state';

export interface PlaceRead {
  path: string;
  /** A list is a copy, as it was then. */
  value: Json;
  /** How many steps had been taken, including the current one. */
  at: number;
  /** The current step had not written the place yet: the value is from the steps before it. */
  isBefore: boolean;
}

/** `led`: what the thread read before the step, since its last write. `wrote`: what it read in the step before the last write. */
export interface StepReads {
  led: PlaceRead[];
  wrote: PlaceRead[];
}
