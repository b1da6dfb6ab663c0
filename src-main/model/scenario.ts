/** A checked scenario as the model takes it: defaults filled in, durations in ns. formats/scenario.ts makes it from a file. */
import type { Operation } from './operations/index';
import type { Setting } from './setting';

export type { Operation, OperationKind } from './operations/index';

export interface Scenario extends Setting {
  goroutines: Record<string, Operation[]>;
}
