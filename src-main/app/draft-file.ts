/** What lies on the playground's table, in a file of its own beside the settings. A file that cannot be read is set aside, never lost. */
import { join } from 'node:path';
import { LIMITS } from '../contract/limits';
import type { PlaygroundDraft } from '../contract/requests';
import { ARCH_NAMES, DEFAULT_ARCH, forEachArch } from '../model/asm/arch/index';
import { readOwnFile } from './people-file';
import { cannotWrite, done } from './refusal';
import { setAside } from './set-aside';
import { writeOwnFile } from './write-file';
import type { Result, Text } from '../model/words';

export class DraftFile {
  private readonly path: string;
  private writing: Promise<unknown> = Promise.resolve();
  /** What was wrong with the file that was read last; null: nothing. */
  damaged: Text | null = null;
  /** It could not be moved: it is not written over. */
  private isStuck = false;

  constructor(folder: string) {
    this.path = join(folder, 'playground.json');
  }

  /** null: there is none. */
  async read(): Promise<PlaygroundDraft | null> {
    await this.writing;
    this.damaged = null;
    const text = await readOwnFile(this.path).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? null : ''));
    if (text === null) return null;
    const draft = draftFrom(text);
    if (draft !== null || this.isStuck) return draft;
    const { isMoved, told } = await setAside(this.path);
    this.isStuck = !isMoved;
    this.damaged = told;
    return null;
  }

  /** One write after the other; each is whole. */
  keep(draft: PlaygroundDraft): Promise<Result<null>> {
    if (this.isStuck) return Promise.resolve(done(null));
    const next = this.writing.then(async (): Promise<Result<null>> => {
      try {
        await writeOwnFile(this.path, `${JSON.stringify(draft, null, 1)}\n`);
        return done(null);
      } catch (error) {
        return cannotWrite(this.path, error);
      }
    });
    this.writing = next;
    return next;
  }
}

/** What the window could not send back lies on no table: it would never be kept again. */
const isText = (value: unknown, most: number = LIMITS.fieldCharacters): value is string =>
  typeof value === 'string' && value.length <= most;

function draftFrom(text: string): PlaygroundDraft | null {
  let value: Partial<Record<keyof PlaygroundDraft, unknown>> | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || typeof value.texts !== 'object' || value.texts === null) return null;
  const texts = value.texts as Record<string, unknown>;
  // A listing that is longer than the window takes is set aside with its file: leaving it out would lose it.
  if (Object.values(texts).some((text) => typeof text === 'string' && !isText(text, LIMITS.listingCharacters))) return null;
  return {
    arch: ARCH_NAMES.find((arch) => arch === value.arch) ?? DEFAULT_ARCH,
    texts: forEachArch((arch) => {
      const text = texts[arch];
      return isText(text, LIMITS.listingCharacters) ? text : null;
    }),
    entry: isText(value.entry, LIMITS.listingCharacters) ? value.entry : '',
    call: isText(value.call, LIMITS.nameCharacters) ? value.call : '',
    args: Array.isArray(value.args) ? value.args.filter((each): each is string => isText(each)).slice(0, LIMITS.arguments) : [],
    returns: isText(value.returns) ? value.returns : '',
  };
}
