/** The playground's files: its draft, and listings that a person saves and opens. */
import { dialog, type OpenDialogOptions } from 'electron';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fill, WORDS } from '../../assets/words/index';
import { cannotWrite, refuse } from '../app/refusal';
import { writeFileWhole } from '../app/write-file';
import { LIMITS } from '../contract/limits';
import type { PlaygroundTable } from '../contract/requests';
import { type Session, target } from './session';
import type { Result } from '../model/words';

export async function openPlayground({ player, draftFile }: Session): Promise<Result<PlaygroundTable>> {
  const table = await player.ask('playgroundTable', null);
  return table.ok ? { ok: true, value: { ...table.value, draft: await draftFile.read() } } : table;
}

export async function saveListing(
  session: Session,
  { suggestedName, text }: { suggestedName: string; text: string },
): Promise<Result<string | null>> {
  const path = await target(session, suggestedName, 's');
  if (path === null) return { ok: true, value: null };
  try {
    await writeFileWhole(path, text);
    return { ok: true, value: path };
  } catch (error) {
    return cannotWrite(path, error);
  }
}

export async function openListing(session: Session): Promise<Result<{ name: string; text: string } | null>> {
  const words = WORDS[session.settings.language].dialog;
  const options: OpenDialogOptions = {
    title: words.openListing,
    properties: ['openFile'],
    filters: [{ name: words.listing, extensions: ['s', 'S', 'asm', 'txt'] }],
  };
  const window = session.window();
  const { canceled, filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  const [file] = filePaths;
  if (canceled || file === undefined) return { ok: true, value: null };
  try {
    const { size } = await stat(file);
    const text = size > 4 * LIMITS.listingCharacters ? null : (await readFile(file, 'utf8')).replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
    if (text === null || text.length > LIMITS.listingCharacters)
      return refuse((said) => fill(said.listingTooLong, { file, n: LIMITS.listingCharacters }));
    if (text.includes('\0')) return refuse((said) => fill(said.notText, { file }));
    return { ok: true, value: { name: basename(file), text } };
  } catch (error) {
    return refuse((said) => fill(said.unreadable, { file, why: String(error) }));
  }
}
