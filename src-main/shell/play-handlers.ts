/** Saves pages that play: the dialog, progress and cancelling. The player's thread makes them. */
import { dirname, join } from 'node:path';
import { fileName } from '../app/file-name';
import { cannotWrite, done } from '../app/refusal';
import { writeFileWhole } from '../app/write-file';
import type { MadePages, PlayAsk } from '../contract/play';
import type { Result } from '../model/words';
import { folder, type Pictures } from './pictures';
import { type Session, target } from './session';

const ENDINGS = { html: 'html', scorm12: 'zip', scorm2004: 'zip' } as const;

/** Where the build has put it: beside the folder of the preload. */
const programOf = ({ presenter }: Session): string => join(dirname(dirname(presenter.preload)), 'player');

/** The dialog asks for a file, or for a folder when there are several. Nothing is written before all of them have been made. */
export async function makePlay(session: Session, pictures: Pictures, ask: PlayAsk): Promise<Result<MadePages | null>> {
  pictures.begin();
  const made = await session.player.ask('playFiles', { ...ask, program: programOf(session) });
  if (!made.ok) return pictures.isCancelled ? done(null) : made;
  const [first] = made.value;
  const isFileAsked = made.value.length === 1 && first !== undefined;
  const where = isFileAsked ? await target(session, first.name, ENDINGS[ask.kinds[0] ?? 'html']) : await folder(session);
  if (where === null) return done(null);
  let bytes = 0;
  let files = 0;
  for (const { name, data } of made.value) {
    if (pictures.isCancelled) break;
    const path = isFileAsked ? where : join(where, fileName(name));
    try {
      await writeFileWhole(path, data);
    } catch (error) {
      return cannotWrite(path, error);
    }
    pictures.wrote(path);
    bytes += data.length;
    files++;
    session.window()?.webContents.send('schedville:exportProgress', { done: files, total: made.value.length });
  }
  return done({ path: where, files, bytes });
}
