/**
 * What can be exported of a run: one row each. The request of the page, the menu's item and the palette's, the key, the dialog's filter, the
 * file's name, `sim export --format` and its help follow; the type check then asks for what makes it (exports/formats.ts, or app/run-exports.ts) and for its words.
 */
interface ExportRow {
  /** Of the file's name, without the first dot; its last part is also the dialog's filter. */
  ending: string;
  /** As the help writes it; null: it is found in the menu and the palette. */
  key: string | null;
  accelerator: string | null;
}

export const EXPORTS = {
  trace: { ending: 'trace.jsonl', key: 'Shift E', accelerator: 'CommandOrControl+Shift+E' },
  facts: { ending: 'facts.json', key: null, accelerator: 'CommandOrControl+Shift+1' },
  csv: { ending: 'csv', key: null, accelerator: 'CommandOrControl+Shift+2' },
  perfetto: { ending: 'perfetto.json', key: null, accelerator: 'CommandOrControl+Shift+3' },
  go119: { ending: 'go119.trace', key: null, accelerator: 'CommandOrControl+Shift+4' },
  go126: { ending: 'go126.trace', key: null, accelerator: 'CommandOrControl+Shift+5' },
  schedtrace: { ending: 'schedtrace.txt', key: null, accelerator: 'CommandOrControl+Shift+6' },
} as const satisfies Record<string, ExportRow>;

export type ExportId = keyof typeof EXPORTS;
export const EXPORT_IDS = Object.keys(EXPORTS) as readonly ExportId[];

/** The command and the request of an export: exportTrace. */
export type ExportName<Id extends ExportId = ExportId> = `export${Capitalize<Id>}`;

export const exportName = (id: ExportId): ExportName => `export${id.slice(0, 1).toUpperCase()}${id.slice(1)}` as ExportName;

/** A record with one entry for each export, keyed by its command's name. */
export function ofEachExport<T>(make: (id: ExportId, name: ExportName) => T): Record<ExportName, T> {
  return Object.fromEntries(EXPORT_IDS.map((id) => [exportName(id), make(id, exportName(id))])) as Record<ExportName, T>;
}

/** A file that has been written. */
export interface WrittenFile {
  path: string;
  bytes: number;
}
