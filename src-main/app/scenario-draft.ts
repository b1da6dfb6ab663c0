/** The scenario that is being written: kept as it is typed, in a file of its own beside the settings. */
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LIMITS } from '../contract/limits';
import type { ScenarioDraft } from '../contract/requests';
import type { Result } from '../model/words';
import { readOwnFile } from './people-file';
import { cannotWrite, done } from './refusal';
import { writeFileWhole } from './write-file';

export class ScenarioDraftFile {
  private readonly path: string;
  private writing: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.path = join(folder, 'scenario-draft.json');
  }

  /** null: there is none. What cannot be read is set aside, never lost. */
  async read(): Promise<ScenarioDraft | null> {
    await this.writing;
    const text = await readOwnFile(this.path).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? null : ''));
    if (text === null) return null;
    const draft = draftFrom(text);
    if (draft === null) await rename(this.path, `${this.path}.broken-${Date.now()}`).catch(() => undefined);
    return draft;
  }

  /** One write after the other; each is whole. null: it has been saved elsewhere, or is given up. */
  keep(draft: ScenarioDraft | null): Promise<Result<null>> {
    const next = this.writing.then(async (): Promise<Result<null>> => {
      try {
        if (draft === null) await rm(this.path, { force: true });
        else await writeFileWhole(this.path, `${JSON.stringify(draft)}\n`);
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
