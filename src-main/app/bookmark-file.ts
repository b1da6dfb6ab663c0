/** Moments that a person has marked, in all lessons and scenarios. A file that cannot be read is set aside, never lost. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LIMITS } from '../contract/limits';
import type { Bookmark } from '../contract/requests';
import type { Result } from '../model/words';
import { signOf } from './data-mark';
import { readOwnFile } from './people-file';
import { cannotWrite, done } from './refusal';
import { setAside } from './set-aside';
import { writeOwnFile } from './write-file';

/** How often it is tried again to write what could not be written: a stick that was pulled out, a share that is away. */
const AGAIN_MS = 2_000;

export class BookmarkFile {
  private readonly path: string;
  private writing: Promise<unknown> = Promise.resolve();
  /** What could not be written last; null: nothing is left to be written. */
  private unwritten: readonly Bookmark[] | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  /** The folder was away when the file was to be read: what is in it is known to nobody, and must not be lost. */
  private isUnread = false;
  /** What was in it after all; null: it has not been looked at yet. */
  private others: readonly Bookmark[] | null = null;
  /** A damaged file could not be moved: it is not written over. */
  private isStuck = false;

  constructor(
    private readonly folder: string,
    private readonly againMs = AGAIN_MS,
  ) {
    this.path = join(folder, 'bookmarks.json');
  }

  /** Refused once where the file is damaged, with what became of it; after that the good ones are read. */
  async read(): Promise<Result<Bookmark[]>> {
    await this.writing;
    // A page that is loaded again finds what the last one had.
    if (this.unwritten) return done([...this.unwritten]);
    const text = await readOwnFile(this.path).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? null : ''));
    this.isUnread = text === null && !existsSync(signOf(this.folder));
    this.others = null;
    if (text === null) return done([]);
    const all = listIn(text);
    const good = all?.filter(isBookmark).slice(0, LIMITS.bookmarks) ?? [];
    if (this.isStuck || (all !== null && good.length === all.length)) return done(good);
    // The window cannot send a bad one back: the next save would lose it.
    const { isMoved, told } = await setAside(this.path);
    this.isStuck = !isMoved;
    if (isMoved && good.length > 0) await this.keep(good);
    return { ok: false, message: told };
  }

  /**
   * Writes follow each other and replace the file as a whole: a crash in the middle leaves the last one. What cannot be written is refused, and
   * written as soon as it can be.
   */
  keep(all: readonly Bookmark[]): Promise<Result<null>> {
    if (this.isStuck) return Promise.resolve(done(null));
    const next = this.writing.then(() => this.written(all));
    this.writing = next;
    return next;
  }

  private async written(all: readonly Bookmark[]): Promise<Result<null>> {
    try {
      await this.write(all);
      this.unwritten = null;
      return done(null);
    } catch (error) {
      this.unwritten = all;
      this.later();
      return cannotWrite(this.path, error);
    }
  }

  private async write(all: readonly Bookmark[]): Promise<void> {
    const others = this.isUnread ? (this.others ?? (await this.unread())) : [];
    const ids = new Set(all.map(({ id }) => id));
    const both = [...others.filter(({ id }) => !ids.has(id)), ...all].slice(0, LIMITS.bookmarks);
    await writeOwnFile(this.path, `${JSON.stringify(both, null, 1)}\n`);
    // Read once: from now on the file has the page's own, too, and those that it takes away must not come back from there.
    this.others = others;
  }

  /** The bookmarks of a file that nobody has read. Throws where it is damaged and cannot be moved: it must not be written over. */
  private async unread(): Promise<Bookmark[]> {
    const text = await readOwnFile(this.path).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? '[]' : ''));
    const all = listIn(text);
    const good = all?.filter(isBookmark) ?? [];
    if (all !== null && good.length === all.length) return good;
    const { isMoved, told } = await setAside(this.path);
    if (!isMoved) throw new Error(told.en);
    return good;
  }

  private later(): void {
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      // In its turn: whatever is being written by then is newer.
      this.writing = this.writing.then(() => (this.unwritten ? this.written(this.unwritten) : null));
    }, this.againMs);
    // Nobody has to wait for it at the end.
    this.timer.unref();
  }
}

function listIn(text: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

type Loose<T> = { [K in keyof T]?: unknown };
const isShort = (value: unknown, most: number = LIMITS.nameCharacters): boolean => typeof value === 'string' && value.length <= most;
const isField = (value: unknown): boolean => isShort(value, LIMITS.fieldCharacters);
const isWhole = (value: unknown, least: number): boolean =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= LIMITS.step;

function isBookmark(value: unknown): value is Bookmark {
  if (typeof value !== 'object' || value === null) return false;
  const { id, lesson, run, scenario, title, place, note } = value as Loose<Bookmark>;
  if (typeof place !== 'object' || place === null || typeof title !== 'object' || title === null) return false;
  const { n, t, who, op, visit, fn, at } = place as Loose<Bookmark['place']>;
  const { zh, en } = title as Loose<Bookmark['title']>;
  const isPlace = isWhole(n, 0) && typeof t === 'number' && t >= 0 && isWhole(op, -1) && isWhole(visit, 0) && isField(at);
  return isPlace && [id, lesson, run, scenario, who, fn].every((each) => isShort(each)) && [zh, en, note].every(isField);
}
