/** Moments that a person has marked, in all lessons and scenarios. A file that cannot be read is set aside, never lost. */
import { join } from 'node:path';
import { LIMITS } from '../contract/limits';
import type { Bookmark } from '../contract/requests';
import type { Result } from '../model/words';
import { readOwnFile } from './people-file';
import { cannotWrite, done } from './refusal';
import { setAside } from './set-aside';
import { writeOwnFile } from './write-file';

export class BookmarkFile {
  private readonly path: string;
  private writing: Promise<unknown> = Promise.resolve();
  /** A damaged file could not be moved: it is not written over. */
  private isStuck = false;

  constructor(folder: string) {
    this.path = join(folder, 'bookmarks.json');
  }

  /** Refused once where the file is damaged, with what became of it; after that the good ones are read. */
  async read(): Promise<Result<Bookmark[]>> {
    await this.writing;
    const text = await readOwnFile(this.path).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? null : ''));
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

  /** Writes follow each other and replace the file as a whole: a crash in the middle leaves the last one. */
  keep(all: readonly Bookmark[]): Promise<Result<null>> {
    if (this.isStuck) return Promise.resolve(done(null));
    const next = this.writing.then(async (): Promise<Result<null>> => {
      try {
        await writeOwnFile(this.path, `${JSON.stringify(all, null, 1)}\n`);
        return done(null);
      } catch (error) {
        return cannotWrite(this.path, error);
      }
    });
    this.writing = next;
    return next;
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
