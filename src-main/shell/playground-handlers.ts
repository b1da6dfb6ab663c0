/** The playground's files: its draft, and listings that a person saves and opens. */
import { dialog, type OpenDialogOptions } from 'electron';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { cannotWrite, refuse } from '../app/refusal';
import { writeFileWhole } from '../app/write-file';
import { LIMITS } from '../contract/limits';
import type { PlaygroundTable } from '../contract/requests';
import { type Session, target } from './handlers';
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
  const zh = session.settings.language === 'zh';
  const options: OpenDialogOptions = {
    title: zh ? '打开清单' : 'Open a listing',
    properties: ['openFile'],
    filters: [{ name: zh ? '汇编清单' : 'Assembly listing', extensions: ['s', 'S', 'asm', 'txt'] }],
  };
  const window = session.window();
  const { canceled, filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  const [file] = filePaths;
  if (canceled || file === undefined) return { ok: true, value: null };
  try {
    const { size } = await stat(file);
    const text = size > 4 * LIMITS.listingCharacters ? null : (await readFile(file, 'utf8')).replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
    if (text === null || text.length > LIMITS.listingCharacters)
      return refuse(
        `${file} 太长：最多 ${LIMITS.listingCharacters} 个字符`,
        `${file} is too long: at most ${LIMITS.listingCharacters} characters`,
      );
    if (text.includes('\0')) return refuse(`${file} 不是文本文件`, `${file} is not a text file`);
    return { ok: true, value: { name: basename(file), text } };
  } catch (error) {
    return refuse(`读不了 ${file}：${String(error)}`, `cannot read ${file}: ${String(error)}`);
  }
}
