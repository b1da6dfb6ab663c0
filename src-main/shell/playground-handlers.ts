/** The playground's files: its draft, and listings that a person saves and opens. */
import { dialog, type OpenDialogOptions } from 'electron';
import { basename } from 'node:path';
import { fill, inEveryLanguage, WORDS } from '../../assets/words/index';
import { readPeopleFile } from '../app/people-file';
import { cannotWrite, refuse } from '../app/refusal';
import { writeFileWhole } from '../app/write-file';
import { LIMITS } from '../contract/limits';
import type { OpenedListing, PlaygroundTable } from '../contract/requests';
import { ENCODING_NAMES } from '../formats/people-text';
import { type Session, target } from './session';
import { type Result, textOf } from '../model/words';

export async function openPlayground({ player, draftFile }: Session): Promise<Result<PlaygroundTable>> {
  const table = await player.ask('playgroundTable', null);
  if (!table.ok) return table;
  const draft = await draftFile.read();
  return { ok: true, value: { ...table.value, draft, damaged: draftFile.damaged } };
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

export async function openListing(session: Session): Promise<Result<OpenedListing | null>> {
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
  return readListing(file);
}

/** UTF-8 takes up to four bytes a character. */
const MOST_BYTES = 4 * LIMITS.listingCharacters;

async function readListing(file: string): Promise<Result<OpenedListing>> {
  const read = await readPeopleFile(file, { mostBytes: MOST_BYTES });
  if (!read.ok) {
    const { line, message } = read.fault;
    const text = textOf((language) =>
      fill(WORDS[language].refusal.listingUnreadable, { file: basename(file), line, why: message[language] }),
    );
    return { ok: false, message: text };
  }
  const text = read.text.replace(/\r\n?/g, '\n');
  if (text.length > LIMITS.listingCharacters) return refuse((said) => fill(said.listingTooLong, { file, n: LIMITS.listingCharacters }));
  const note =
    read.encoding === 'utf-8' ? null : inEveryLanguage(({ files }) => fill(files.wasOther, { encoding: ENCODING_NAMES[read.encoding] }));
  return { ok: true, value: { name: basename(file), text, note } };
}
