/**
 * What can be exported: one row each. The request of the page, the menu's item, the key, the dialog's filter and the file's ending follow;
 * the type check then asks for what makes it (shell/exporter.ts) and for its words.
 */
interface ExportRow {
  /** Of the file; in capitals also the name of the dialog's filter. */
  extension: string;
  /** As the help writes it. */
  key: string;
  accelerator: string;
}

export const EXPORTS = {
  trace: { extension: 'jsonl', key: 'Shift E', accelerator: 'CommandOrControl+Shift+E' },
} as const satisfies Record<string, ExportRow>;

export type ExportId = keyof typeof EXPORTS;
export const EXPORT_IDS = Object.keys(EXPORTS) as readonly ExportId[];

/** The command and the request of an export: exportPicture. */
export type ExportName<Id extends ExportId = ExportId> = `export${Capitalize<Id>}`;

/** Something for each export, under its command's name. */
export function ofEachExport<T>(make: (id: ExportId, name: ExportName) => T): Record<ExportName, T> {
  const named = EXPORT_IDS.map((id) => ({ id, name: `export${id.slice(0, 1).toUpperCase()}${id.slice(1)}` as ExportName }));
  return Object.fromEntries(named.map(({ id, name }) => [name, make(id, name)])) as Record<ExportName, T>;
}
