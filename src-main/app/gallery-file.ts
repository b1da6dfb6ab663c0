/** What a person has seen of the gallery. A convenience only: a file that cannot be read counts as none. */
import { join } from 'node:path';
import { LIMITS } from '../contract/limits';
import type { GalleryMemory } from '../contract/requests';
import type { Result } from '../model/words';
import { readOwnFile } from './people-file';
import { done } from './refusal';
import { writeOwnFile } from './write-file';

export class GalleryFile {
  private readonly path: string;
  private writing: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.path = join(folder, 'gallery.json');
  }

  async read(): Promise<GalleryMemory> {
    await this.writing;
    return readOwnFile(this.path)
      .then(memoryFrom)
      .catch(() => NOTHING);
  }

  /** Writes follow each other. One that fails is not reported: only a tick is lost. */
  async keep({ last, reached }: GalleryMemory): Promise<Result<null>> {
    this.writing = this.writing.then(() => writeOwnFile(this.path, `${JSON.stringify({ last, reached })}\n`).catch(() => undefined));
    await this.writing;
    return done(null);
  }
}

const NOTHING: GalleryMemory = { last: null, reached: [] };
const isName = (value: unknown): value is string => typeof value === 'string' && value.length <= LIMITS.nameCharacters;

function memoryFrom(text: string): GalleryMemory {
  const value = JSON.parse(text) as Partial<Record<keyof GalleryMemory, unknown>> | null;
  const { last, reached } = value ?? {};
  return {
    last: isName(last) ? last : null,
    reached: Array.isArray(reached) ? reached.filter(isName).slice(0, LIMITS.exhibits) : [],
  };
}
