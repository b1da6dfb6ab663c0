/** `sim export`: a run in the form that another program opens. */
import { exported, type Pieces } from '../app/run-exports';
import type { ExportId } from '../contract/exports';
import type { ModelAssets } from '../model/run/simulate';
import type { Read } from '../model/words';
import { runOfFile } from './run-of-file';

/** The pieces of the file, made as they are taken. */
export async function exportOf(file: string, format: ExportId, listings: () => ModelAssets): Promise<Read<{ pieces: Pieces }>> {
  const run = await runOfFile(file, listings);
  if (!run.ok) return run;
  const made = exported(format, run, listings);
  if (made.ok) return { ok: true, pieces: made.value };
  const { message, faults } = made;
  return { ok: false, faults: faults?.map((fault) => ({ ...fault, file })) ?? [{ file, line: 1, column: 1, message, suggestion: null }] };
}
