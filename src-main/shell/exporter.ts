/** What makes each export: the type check asks for one for every row of the table (contract/exports.ts). */
import { cannotWrite, done, refuse } from '../app/refusal';
import { writeFileWhole } from '../app/write-file';
import { EXPORTS, type ExportId } from '../contract/exports';
import type { Result } from '../model/words';
import { type Session, target } from './session';
import { pictureOf } from './picture-export';

type Written = Promise<Result<string | null>>;

/** What is made before a dialog covers anything or the page goes on, and then how it is written. */
type Make = (session: Session) => Promise<Result<(path: string) => Written>>;

/** What the window shows, at twice its size. The page has put its caption (title, step, legend) on before it asks. */
const picture: Make = async (session) => {
  const window = session.window();
  if (!window) return refuse((words) => words.windowClosed);
  const [widthPx = 0, heightPx = 0] = window.getContentSize();
  const png = await pictureOf(window.webContents, { widthPx, heightPx, isOneOfMany: session.options.exportTo !== null });
  return done(async (path) => {
    try {
      await writeFileWhole(path, png);
      return done(path);
    } catch (error) {
      return cannotWrite(path, error);
    }
  });
};

const trace: Make = (session) => Promise.resolve(done((path) => session.player.ask('writeTrace', { path })));

const MAKE: Record<ExportId, Make> = { picture, trace };

/** The path written to; null: cancelled. */
export async function exportAs(id: ExportId, session: Session, suggestedName: string): Written {
  const made = await MAKE[id](session);
  if (!made.ok) return made;
  const path = await target(session, suggestedName, EXPORTS[id].extension);
  return path === null ? done(null) : made.value(path);
}
