/**
 * Rows on what the app writes without a person (`--export`): how long it takes from the start of the program to its end, and in the detail
 * how many files of each kind there are and how large they are. The first lesson whole, and a range of it.
 */
import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { inFolder, runToEndMs } from './electron';
import type { BenchRow, Measured } from './table';

/** Packages of both kinds end in .zip: their names say which. */
const kindOf = (name: string): string => /scorm-?(12|2004)/i.exec(name)?.[0] ?? extname(name).slice(1);

/** `7 png, 812345 bytes; 1 jsonl, 16000 bytes` */
function told(folder: string): string {
  const kinds = new Map<string, number[]>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const kind = kindOf(entry.name);
    kinds.set(kind, [...(kinds.get(kind) ?? []), statSync(join(entry.parentPath, entry.name)).size]);
  }
  if (kinds.size === 0) throw new Error('nothing was written');
  return [...kinds].map(([kind, sizes]) => `${sizes.length} ${kind}, ${sizes.reduce((sum, each) => sum + each, 0)} bytes`).join('; ');
}

const written = (args: readonly string[]): Promise<Measured> =>
  inFolder(async (folder) => {
    const out = join(folder, 'out');
    const given = [`--export=${out}`, '--lesson=hunting', '--lang=zh', `--user-data-dir=${join(folder, 'data')}`];
    const ms = await runToEndMs([...given, ...args]);
    return { figures: [ms / 1000], detail: told(out) };
  });

const row = (name: string, args: readonly string[], limit: number): BenchRow => ({
  name: `export ${name}`,
  figure: `seconds from start to end with ${args.join(' ') || 'nothing else'}`,
  limit,
  kind: 's',
  why: 'somebody waits for it, and is told how far it is',
  measure: () => written(args),
});

export const EXPORT_ROWS: readonly BenchRow[] = [
  row('png of the lesson', [], 60),
  row('png of a range', ['--steps=2-4'], 40),
  row('svg of the lesson', ['--format=svg'], 60),
  row('svg of a range', ['--format=svg', '--steps=2-4'], 40),
  row('papers of the lesson', ['--handout'], 90),
  row('pages of the lesson', ['--play', '--scorm'], 30),
  row('pages of a range', ['--play', '--scorm', '--range=3-5'], 30),
  row('webm of the lesson', ['--film=webm', '--range=1-67', '--per-step=1'], 180),
  row('webm of a range', ['--film=webm', '--range=20-30'], 90),
  row('gif of the lesson', ['--film=gif', '--range=1-67', '--per-step=1', '--height=360'], 180),
  row('gif of a range', ['--film=gif', '--range=20-30', '--height=360'], 90),
];
