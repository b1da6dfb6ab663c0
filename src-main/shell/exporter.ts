/** Exports of the open run: here a dialog asks for the file, the player's thread writes it. */
import { done } from '../app/refusal';
import { EXPORTS, type ExportId, type WrittenFile } from '../contract/exports';
import type { Result } from '../model/words';
import { type Session, target } from './session';

/** null: cancelled, in the dialog or while it was written. */
export async function exportAs(id: ExportId, session: Session, suggestedName: string): Promise<Result<WrittenFile | null>> {
  const path = await target(session, suggestedName, EXPORTS[id].ending.split('.').at(-1) ?? '');
  return path === null ? done(null) : session.player.ask('writeExport', { id, path });
}
