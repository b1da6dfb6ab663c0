/** What makes each export: the type check asks for one for every row of the table (contract/exports.ts). */
import { done } from '../app/refusal';
import { EXPORTS, type ExportId } from '../contract/exports';
import type { Result } from '../model/words';
import { type Session, target } from './session';

type Written = Promise<Result<string | null>>;

/** What is made before a dialog covers anything or the page goes on, and then how it is written. */
type Make = (session: Session) => Promise<Result<(path: string) => Written>>;

const trace: Make = (session) => Promise.resolve(done((path) => session.player.ask('writeTrace', { path })));

const MAKE: Record<ExportId, Make> = { trace };

/** The path written to; null: cancelled. */
export async function exportAs(id: ExportId, session: Session, suggestedName: string): Written {
  const made = await MAKE[id](session);
  if (!made.ok) return made;
  const path = await target(session, suggestedName, EXPORTS[id].extension);
  return path === null ? done(null) : made.value(path);
}
