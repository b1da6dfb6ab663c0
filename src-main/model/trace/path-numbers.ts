/**
 * The paths of changes as numbers, from 0 in the order in which they come. The steps of a long run name the same few thousand paths millions of
 * times, and several follow the same steps: each path is looked up once for all of them.
 */
import type { Change } from '../state';

export class PathNumbers {
  private readonly numbers = new Map<string, number>();
  /** By number. */
  readonly paths: string[] = [];
  private changes: readonly Change[] = [];
  private readonly found: number[] = [];

  /** Those of a step's changes, in their order; the list may be longer, and is good until another step's are asked for. */
  ofAll(changes: readonly Change[]): readonly number[] {
    const { found } = this;
    if (this.changes === changes) return found;
    this.changes = changes;
    for (let i = 0; i < changes.length; i++) found[i] = this.of((changes[i] as Change)[0]);
    return found;
  }

  private of(path: string): number {
    let number = this.numbers.get(path);
    if (number === undefined) this.numbers.set(path, (number = this.paths.push(path) - 1));
    return number;
  }
}
