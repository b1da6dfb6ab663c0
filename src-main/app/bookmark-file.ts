/** Moments that a person has marked, in all lessons and scenarios. A file that cannot be read is set aside, never lost. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LIMITS } from '../contract/limits';
import type { Bookmark } from '../contract/requests';
import { type Result, type Text, writtenText } from '../model/words';
import { signOf } from './data-mark';
import { readOwnJson, wrongPart } from './own-file';
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
  read(): Promise<Result<Bookmark[]>> {
    // In its turn: two that read a damaged file at once would both want to move it.
    const read = this.writing.then(() => this.readNow());
    this.writing = read;
    return read;
  }

  private async readNow(): Promise<Result<Bookmark[]>> {
    // A page that is loaded again finds what the last one had.
    if (this.unwritten) return done([...this.unwritten]);
    const found = readOwnJson(this.path);
    this.isUnread = found === null && !existsSync(signOf(this.folder));
    this.others = null;
    if (found === null) return done([]);
    const { good, why } = bookmarksIn(found);
    if (this.isStuck || why === null) return done(good);
    // The window cannot send a bad one back: the next save would lose it.
    const { isMoved, told } = await setAside(this.path, why);
    this.isStuck = !isMoved;
    if (good.length > 0) await this.tried(good);
    return { ok: false, message: told };
  }

  /**
   * Writes follow each other and replace the file as a whole: a crash in the middle leaves the last one. What cannot be written is refused, and
   * written as soon as it can be.
   */
  keep(all: readonly Bookmark[]): Promise<Result<null>> {
    const next = this.writing.then(() => this.tried(all));
    this.writing = next;
    return next;
  }

  /** When nothing is being written any more; what could not be written is not waited for. */
  async written(): Promise<void> {
    for (let turn: unknown = null; turn !== this.writing;) {
      turn = this.writing;
      await turn;
    }
  }

  private async tried(all: readonly Bookmark[]): Promise<Result<null>> {
    // Asked in its turn: a read before it may just have found that out.
    if (this.isStuck) return done(null);
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
    const { good, why } = bookmarksIn(readOwnJson(this.path) ?? { json: [] });
    if (why === null) return good;
    const { isMoved, told } = await setAside(this.path, why);
    if (!isMoved) throw new Error(told.en);
    return good;
  }

  private later(): void {
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      // In its turn: whatever is being written by then is newer.
      this.writing = this.writing.then(() => (this.unwritten ? this.tried(this.unwritten) : null));
    }, this.againMs);
    // Nobody has to wait for it at the end.
    this.timer.unref();
  }
}

/** As many as the window takes; `why`: something of it is none, or is too much. */
function bookmarksIn(found: { json: unknown } | { why: Text }): { good: Bookmark[]; why: Text | null } {
  if ('why' in found) return { good: [], why: found.why };
  const { json } = found;
  if (!Array.isArray(json)) return { good: [], why: wrongPart('') };
  const all = json.map(bookmarkFrom);
  const at = all.findIndex((each, i) => each === null || i >= LIMITS.bookmarks);
  return { good: all.filter((each) => each !== null).slice(0, LIMITS.bookmarks), why: at < 0 ? null : wrongPart(`[${at}]`) };
}

type Loose<T> = { [K in keyof T]?: unknown };
const isShort = (value: unknown, most: number = LIMITS.nameCharacters): value is string =>
  typeof value === 'string' && value.length <= most;
const isField = (value: unknown): value is string => isShort(value, LIMITS.fieldCharacters);
const isWhole = (value: unknown, least: number): value is number =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= LIMITS.step;

/** What is known of it and nothing else: a part of a later version, sent back, would keep all bookmarks from being kept. null: it is none. */
function bookmarkFrom(value: unknown): Bookmark | null {
  if (typeof value !== 'object' || value === null) return null;
  const { id, lesson, run, scenario, title: said, place: at, note } = value as Loose<Bookmark>;
  const [title, place] = [titleFrom(said), placeFrom(at)];
  if (!isShort(id) || !isShort(lesson) || !isShort(run) || !isShort(scenario) || !isField(note)) return null;
  return title && place && { id, lesson, run, scenario, title, place, note };
}

function titleFrom(value: unknown): Bookmark['title'] | null {
  if (typeof value !== 'object' || value === null) return null;
  const { zh, en } = value as Loose<Bookmark['title']>;
  return isField(zh) && isField(en) ? writtenText({ zh, en }) : null;
}

function placeFrom(value: unknown): Bookmark['place'] | null {
  if (typeof value !== 'object' || value === null) return null;
  const { n, t, who, op, visit, fn, at } = value as Loose<Bookmark['place']>;
  if (!isWhole(n, 0) || typeof t !== 'number' || !(t >= 0) || !isWhole(op, -1) || !isWhole(visit, 0)) return null;
  return isField(at) && isShort(who) && isShort(fn) ? { n, t, who, op, visit, fn, at } : null;
}
