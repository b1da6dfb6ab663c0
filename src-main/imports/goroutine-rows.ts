/**
 * Which row each goroutine of a recording has. Goroutines keep the numbers that Go has given them. A program may start millions: when many of
 * one function have ended, a new one gets the row of the one that ended first, as Go itself uses its structures again, and `goid` tells which
 * one it is.
 */
import type { GId, GRow } from '../model/state';
import { newGRow } from '../model/runtime/newproc';
import { NO_PATH } from './told';

/** So many goroutines of one function that have ended keep their rows. */
const ENDED_KEPT = 256;

export class GoroutineRows {
  private readonly names = new Map<string, number>();
  /** Of each goroutine the row that it has, and of each row the function it is for. */
  private readonly rows = new Map<number, GId>();
  private readonly entries = new Map<GId, string>();
  /** By function: rows of those that have ended, the first one first. */
  private readonly ended = new Map<string, GId[]>();

  /** The row of a goroutine. */
  of(id: number): GId {
    return this.rows.get(id) ?? `G${id}`;
  }

  /** A row of its own for a goroutine, by its number, which begins with the function `entry`; '': nobody knows with which. */
  made(id: number, entry: string): GRow {
    const plain = entry === '' ? `goroutine ${id}` : entry.replace(/^main\./, '');
    const count = (this.names.get(plain) ?? 0) + 1;
    this.names.set(plain, count);
    const name = id === 1 ? 'main' : count === 1 ? plain : `${plain}#${count}`;
    this.rows.set(id, `G${id}`);
    this.entries.set(`G${id}`, entry);
    return { ...newGRow(name, id), system: entry.startsWith('runtime.') && entry !== 'runtime.main', lines: NO_PATH.lines };
  }

  /** The row of one that has ended, for another one of the same function; null: it gets a row of its own. `goidOf`: which goroutine a row tells of so far. */
  reused(id: number, entry: string, goidOf: (g: GId) => number): GId | null {
    const ended = this.ended.get(entry);
    const g = ended !== undefined && ended.length > ENDED_KEPT ? ended.shift() : undefined;
    if (g === undefined) return null;
    this.rows.delete(goidOf(g));
    this.rows.set(id, g);
    return g;
  }

  /** The tracer has told of its end, and now of it again. */
  comesBack(g: GId): GId {
    const ended = this.ended.get(this.entries.get(g) ?? '') ?? [];
    const at = ended.indexOf(g);
    if (at >= 0) ended.splice(at, 1);
    return g;
  }

  /** It has ended: its row may be used again. */
  end(g: GId): void {
    const entry = this.entries.get(g) ?? '';
    const ended = this.ended.get(entry);
    if (ended) ended.push(g);
    else this.ended.set(entry, [g]);
  }
}
