/** The assembly listings as the machine view shows them: every line of a routine, with the byte offset that steps carry in their pc. */
import type { ListingLine } from '../contract/requests';
import { parseListing } from '../model/asm/parse-listing';
import type { ModelAssets } from '../model/simulate';

/** Routines of one architecture by symbol. Comments are written “zh | en” in the listing. */
export function listingView({ listings }: ModelAssets, arch: 'amd64' | 'arm64'): Record<string, ListingLine[]> {
  const view: Record<string, ListingLine[]> = {};
  for (const [file, text] of Object.entries(listings)) {
    if (!file.startsWith(`${arch}/`)) continue;
    const parsed = parseListing(text, file, arch);
    if (!parsed.ok) continue;
    const source = text.split(/\r?\n/);
    for (const routine of Object.values(parsed.program.routines)) {
      const offsets = new Map(routine.instructions.map((instruction) => [instruction.line, instruction.offset]));
      const last = routine.instructions.at(-1)?.line ?? routine.line;
      view[routine.symbol] = source.slice(routine.line - 1, last).flatMap((line, i) => shown(line, offsets.get(routine.line + i)));
    }
  }
  return view;
}

function shown(line: string, offset: number | undefined): ListingLine[] {
  const at = line.indexOf('//');
  const code = (at < 0 ? line : line.slice(0, at)).trim().replace(/\s+/g, ' ');
  if (code === '') return [];
  const [zh = '', en = ''] = (at < 0 ? '' : line.slice(at + 2)).split('|').map((part) => part.trim());
  return [{ offset: offset ?? null, code, zh, en: en === '' ? zh : en }];
}
