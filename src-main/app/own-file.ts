/**
 * The small files of JSON that the program keeps for a person, beside the settings. What of one cannot be read is told once, after the file has gone
 * out of the way of the next write; what can be read is kept.
 */
import { rm } from 'node:fs/promises';
import { fill, inEveryLanguage } from '../../assets/words/index';
import type { Result, Text } from '../model/words';
import { OwnFileRefused, readOwnFileAtOnce, textOfError } from './people-file';
import { cannotWrite, done } from './refusal';
import { setAside } from './set-aside';
import { writeOwnFile } from './write-file';

/** What was made of a file. */
export interface Taken<T> {
  /** What can be used of it; null: nothing. */
  value: T | null;
  /** The first part that is not as it should be, '': the whole; null: all of it was taken. */
  wrong: string | null;
}

/** What stands in a file of one's own; `why`: it cannot be read, or is no JSON. null: there is no such file. Read at once. */
export function readOwnJson(path: string): { json: unknown } | { why: Text } | null {
  let text = '';
  try {
    text = readOwnFileAtOnce(path);
    return { json: JSON.parse(text) as unknown };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : { why: whyUnread(path, error, text) };
  }
}

/** A part that is not as it should be, in words; '': the whole. */
export const wrongPart = (what: string): Text =>
  inEveryLanguage(({ files }) => (what === '' ? files.wrongWhole : fill(files.wrongPart, { what })));

/** `text`: what was read of it. */
export function whyUnread(path: string, error: unknown, text: string): Text {
  if (error instanceof OwnFileRefused) return error.text;
  if (!(error instanceof SyntaxError)) return textOfError(path, error);
  const why = error.message;
  // A write of somebody else's was cut off, or a disk was full.
  const at = Number(/at position (\d+)/.exec(why)?.[1] ?? -1);
  const isCutOff = /end of JSON|Unterminated string/.test(why) || at >= text.trimEnd().length;
  return inEveryLanguage(({ files }) => (isCutOff ? files.cutOff : fill(files.noJson, { why })));
}

export class OwnFile<T> {
  private turn: Promise<unknown> = Promise.resolve();
  /** A damaged file could not be moved: it is not written over. */
  private isStuck = false;

  /** `take`: what of a file's JSON can be used. `indent`: of a file that people look into. */
  constructor(
    private readonly path: string,
    private readonly take: (json: unknown) => Taken<T>,
    private readonly indent = 0,
  ) {}

  /** `value` null: there is none. `told`: what became of a damaged file, once. Never throws. */
  read(): Promise<{ value: T | null; told: Text | null }> {
    return this.next(() => this.readNow());
  }

  /** The same, refused once where the file is damaged; after that what can be read of it is there. */
  async asked<Shown>(shown: (value: T | null) => Shown): Promise<Result<Shown>> {
    const { value, told } = await this.read();
    return told ? { ok: false, message: told } : done(shown(value));
  }

  /** One write after the other; each is whole. null: there shall be no file. */
  keep(value: T | null): Promise<Result<null>> {
    return this.next(() => this.write(value));
  }

  /** When nothing is being read or written any more. */
  async written(): Promise<void> {
    for (let turn: unknown = null; turn !== this.turn;) {
      turn = this.turn;
      await turn;
    }
  }

  private async readNow(): Promise<{ value: T | null; told: Text | null }> {
    const found = readOwnJson(this.path);
    if (found === null) return { value: null, told: null };
    const { value, wrong }: Taken<T> = 'json' in found ? this.take(found.json) : { value: null, wrong: '' };
    if (wrong === null || this.isStuck) return { value, told: null };
    const { isMoved, told } = await setAside(this.path, 'json' in found ? wrongPart(wrong) : found.why);
    this.isStuck = !isMoved;
    // Nobody need change anything before the next start.
    if (value !== null) await this.write(value);
    return { value, told };
  }

  private async write(value: T | null): Promise<Result<null>> {
    if (this.isStuck) return done(null);
    try {
      if (value === null) await rm(this.path, { force: true });
      else await writeOwnFile(this.path, `${JSON.stringify(value, null, this.indent)}\n`);
      return done(null);
    } catch (error) {
      return cannotWrite(this.path, error);
    }
  }

  /** Each in its turn: two that read a damaged file at once would both want to move it. Nothing that is given here throws. */
  private next<R>(what: () => Promise<R>): Promise<R> {
    const next = this.turn.then(what);
    this.turn = next;
    return next;
  }
}
