/** What lies on the playground's table, in a file of its own beside the settings. A file that cannot be read is set aside, never lost. */
import { join } from 'node:path';
import { LIMITS } from '../contract/limits';
import type { PlaygroundDraft } from '../contract/requests';
import { ARCH_NAMES, DEFAULT_ARCH, forEachArch } from '../model/asm/arch/index';
import type { Result, Text } from '../model/words';
import { OwnFile, type Taken } from './own-file';

export class DraftFile {
  private readonly file: OwnFile<PlaygroundDraft>;
  /** What was wrong with the file that was read last; null: nothing. */
  damaged: Text | null = null;

  constructor(folder: string) {
    this.file = new OwnFile(join(folder, 'playground.json'), taken, 1);
  }

  /** null: there is none. */
  async read(): Promise<PlaygroundDraft | null> {
    const { value, told } = await this.file.read();
    this.damaged = told;
    return value;
  }

  /** One write after the other; each is whole. */
  keep(draft: PlaygroundDraft): Promise<Result<null>> {
    return this.file.keep(draft);
  }

  /** See OwnFile. */
  written(): Promise<void> {
    return this.file.written();
  }
}

/** What the window could not send back lies on no table: it would never be kept again. */
const isText = (value: unknown, most: number = LIMITS.fieldCharacters): value is string =>
  typeof value === 'string' && value.length <= most;

function taken(json: unknown): Taken<PlaygroundDraft> {
  if (typeof json !== 'object' || json === null) return { value: null, wrong: '' };
  const value = json as Partial<Record<keyof PlaygroundDraft, unknown>>;
  if (typeof value.texts !== 'object' || value.texts === null) return { value: null, wrong: 'texts' };
  const texts = value.texts as Record<string, unknown>;
  // A listing that is longer than the window takes is set aside with its file: leaving it out would lose it.
  const long = Object.keys(texts).find((key) => typeof texts[key] === 'string' && !isText(texts[key], LIMITS.listingCharacters));
  if (long !== undefined) return { value: null, wrong: `texts.${long}` };
  const draft = {
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
  return { value: draft, wrong: null };
}
