/** The scenario that is being written: kept as it is typed, in a file of its own beside the settings. */
import { join } from 'node:path';
import { LIMITS } from '../contract/limits';
import type { ScenarioDraft } from '../contract/requests';
import type { Result } from '../model/words';
import { OwnFile, type Taken } from './own-file';

export class ScenarioDraftFile {
  private readonly file: OwnFile<ScenarioDraft>;

  constructor(folder: string) {
    this.file = new OwnFile(join(folder, 'scenario-draft.json'), taken);
  }

  /** null: there is none. What cannot be read is set aside, never lost: refused once, with what became of it. */
  read(): Promise<Result<ScenarioDraft | null>> {
    return this.file.asked((value) => value);
  }

  /** One write after the other; each is whole. null: it has been saved elsewhere, or is given up. */
  keep(draft: ScenarioDraft | null): Promise<Result<null>> {
    return this.file.keep(draft);
  }

  /** See OwnFile. */
  written(): Promise<void> {
    return this.file.written();
  }
}

function taken(json: unknown): Taken<ScenarioDraft> {
  if (typeof json !== 'object' || json === null) return { value: null, wrong: '' };
  const { name, text } = json as Partial<Record<keyof ScenarioDraft, unknown>>;
  if (typeof name !== 'string' || name.length > LIMITS.nameCharacters) return { value: null, wrong: 'name' };
  if (typeof text !== 'string' || text.length > LIMITS.scenarioCharacters) return { value: null, wrong: 'text' };
  return { value: { name, text }, wrong: null };
}
