/** What a person has seen of the gallery, in a small file of its own. What of it cannot be read is set aside, never lost. */
import { join } from 'node:path';
import { LIMITS } from '../contract/limits';
import type { GalleryMemory } from '../contract/requests';
import type { Result } from '../model/words';
import { OwnFile, type Taken } from './own-file';
import { done } from './refusal';

export class GalleryFile {
  private readonly file: OwnFile<GalleryMemory>;

  constructor(folder: string) {
    this.file = new OwnFile(join(folder, 'gallery.json'), taken);
  }

  /** Refused once where the file is damaged, with what became of it; after that what can be read is there. */
  read(): Promise<Result<GalleryMemory>> {
    return this.file.asked((value) => value ?? NOTHING);
  }

  /** Writes follow each other. One that fails is not reported: only a tick is lost. */
  async keep({ last, reached }: GalleryMemory): Promise<Result<null>> {
    await this.file.keep({ last, reached });
    return done(null);
  }

  /** See OwnFile. */
  written(): Promise<void> {
    return this.file.written();
  }
}

const NOTHING: GalleryMemory = { last: null, reached: [] };
const isName = (value: unknown): value is string => typeof value === 'string' && value.length <= LIMITS.nameCharacters;

function taken(json: unknown): Taken<GalleryMemory> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return { value: null, wrong: '' };
  const { last = null, reached = [] } = json as Partial<Record<keyof GalleryMemory, unknown>>;
  const names = Array.isArray(reached) ? reached.filter(isName).slice(0, LIMITS.exhibits) : [];
  const isWhole = Array.isArray(reached) && names.length === reached.length;
  const isLast = last === null || isName(last);
  return { value: { last: isLast ? last : null, reached: names }, wrong: isWhole ? (isLast ? null : 'last') : 'reached' };
}
