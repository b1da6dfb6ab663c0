/** All phenomena of the gallery (assets/gallery), in the order in which it shows them, and how they are found. Pure. */
import calls from '../../assets/gallery/calls.yaml';
import endings from '../../assets/gallery/endings.yaml';
import scheduling from '../../assets/gallery/scheduling.yaml';
import waiting from '../../assets/gallery/waiting.yaml';
import { LANGUAGES } from '../../assets/words/index';
import type { Exhibit, Phenomenon } from '../../src-main/contract/index';
import { type ExhibitFile, fileOf } from './files';

/** As `parseGallery` returned them to the build. */
export const PHENOMENA = [calls, scheduling, waiting, endings].flatMap((read) => read as readonly Phenomenon[]);

/** One of them with what its file says. */
export interface Shown extends ExhibitFile {
  phenomenon: Phenomenon;
  exhibit: Exhibit;
}

export const EXHIBITS: readonly Shown[] = PHENOMENA.flatMap((phenomenon) =>
  phenomenon.exhibits.map((exhibit) => ({ phenomenon, exhibit, ...fileOf(exhibit.file) })),
);

/** Everything of one that may be looked for; not how it ends. */
function searched({ phenomenon, exhibit, title, text }: Shown): string {
  const said = LANGUAGES.flatMap((each) => [title[each], phenomenon.title[each], exhibit.question[each], exhibit.look[each]]);
  return [...said, exhibit.file, phenomenon.is, text].join('\n').normalize('NFKC').toLowerCase();
}

let all: ReadonlyMap<Shown, string> | null = null;

/** Those of a phenomenon (null: of any) in which every word of what is typed stands somewhere, in either language, in their order. */
export function found(typed: string, phenomenon: string | null): Shown[] {
  all ??= new Map(EXHIBITS.map((each) => [each, searched(each)]));
  const wanted = typed.normalize('NFKC').toLowerCase().split(/\s+/);
  const texts = all;
  return EXHIBITS.filter(
    (each) => (phenomenon === null || each.phenomenon.id === phenomenon) && wanted.every((word) => texts.get(each)?.includes(word)),
  );
}

/** Where the arrows lead in rows of `columns`; within groups of these sizes, each of which begins a row of its own. */
export function moved(at: number, key: string, sizes: readonly number[], columns: number): number {
  const count = sizes.reduce((sum, size) => sum + size, 0);
  if (count === 0) return 0;
  const cells = sizes.flatMap((size) => Array.from({ length: size }, (_, i) => ({ row: Math.floor(i / columns), column: i % columns })));
  let row = 0;
  const rows: number[] = [];
  for (const size of sizes) {
    for (let i = 0; i < size; i++) rows.push(row + Math.floor(i / columns));
    row += Math.ceil(size / columns);
  }
  const last = count - 1;
  const by = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (by !== undefined) return Math.min(last, Math.max(0, at + by));
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  const down = { ArrowDown: 1, ArrowUp: -1, PageDown: 3, PageUp: -3 }[key];
  if (down === undefined) return at;
  const wanted = Math.min(row - 1, Math.max(0, (rows[at] ?? 0) + down));
  const column = cells[at]?.column ?? 0;
  // A shorter row's last.
  return rows.reduce((best, each, i) => (each === wanted && (cells[i]?.column ?? 0) <= column ? i : best), at);
}
