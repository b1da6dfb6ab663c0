/** What of a step is inferred: some fields always are (model/trace/recorded.ts), and some are in single steps. */
import { parsePath } from '../model/state-path';
import type { Change, Json } from '../model/state';
import { knownOf } from '../model/trace/recorded';

export class AssumedPaths {
  /** Paths that the step under way infers, beside the fields that are always inferred. */
  private readonly ofStep = new Set<string>();
  private readonly isAlways = new Map<string, boolean>();

  /** Another step. */
  begin(): void {
    this.ofStep.clear();
  }

  add(path: string): void {
    this.ofStep.add(path);
  }

  /** The paths among the step's changes that are inferred. */
  among(set: readonly Change[]): string[] {
    const assumed: string[] = [];
    const isAny = this.ofStep.size > 0;
    for (const [path, , now] of set) {
      let isAssumed = now === '_Pgcstop' ? true : this.isAlways.get(path);
      if (isAssumed === undefined) this.isAlways.set(path, (isAssumed = isAlwaysAssumed(path, now)));
      if (isAssumed || (isAny && this.ofStep.has(path))) assumed.push(path);
    }
    return assumed;
  }
}

function isAlwaysAssumed(path: string, now: Json): boolean {
  const { table, id, field } = parsePath(path);
  return field !== null && (id !== null || table === 'sched') && knownOf(table, field, now) === 'assumed';
}
