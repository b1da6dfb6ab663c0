/** The scenario that is being written: kept as it is typed, in a file of its own beside the settings. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LIMITS } from '../contract/limits';
import type { ScenarioDraft } from '../contract/requests';
import type { Result } from '../model/words';
import { readOwnFile } from './people-file';
import { cannotWrite, done } from './refusal';
import { setAside } from './set-aside';
import { writeOwnFile } from './write-file';

export class ScenarioDraftFile {
  private readonly path: string;
  private writing: Promise<unknown> = Promise.resolve();
  /** A damaged file could not be moved: it is not written over. */
  private isStuck = false;

  constructor(folder: string) {
    this.path = join(folder, 'scenario-draft.json');
  }

  /** null: there is none. What cannot be read is set aside, never lost: refused once, with what became of it. */
  async read(): Promise<Result<ScenarioDraft | null>> {
    await this.writing;
    const text = await readOwnFile(this.path).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? null : ''));
    const draft = text === null ? null : draftFrom(text);
    if (text === null || draft !== null || this.isStuck) return done(draft);
    const { isMoved, told } = await setAside(this.path);
    this.isStuck = !isMoved;
    return { ok: false, message: told };
  }

  /** One write after the other; each is whole. null: it has been saved elsewhere, or is given up. */
  keep(draft: ScenarioDraft | null): Promise<Result<null>> {
    if (this.isStuck) return Promise.resolve(done(null));
    const next = this.writing.then(async (): Promise<Result<null>> => {
      try {
        if (draft === null) await rm(this.path, { force: true });
        else await writeOwnFile(this.path, `${JSON.stringify(draft)}\n`);
        return done(null);
      } catch (error) {
        return cannotWrite(this.path, error);
      }
    });
    this.writing = next;
    return next;
  }
}

function draftFrom(text: string): ScenarioDraft | null {
  try {
    const { name, text: scenario } = JSON.parse(text) as Partial<Record<keyof ScenarioDraft, unknown>>;
    if (typeof name !== 'string' || name.length > LIMITS.nameCharacters) return null;
    return typeof scenario === 'string' && scenario.length <= LIMITS.scenarioCharacters ? { name, text: scenario } : null;
  } catch {
    return null;
  }
}
