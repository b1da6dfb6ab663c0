/**
 * Execution traces held against the readers of Go's own tools: what we export is taken by them, and after every event they know of every
 * goroutine, P and thread what the model says of it.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { findAssets, loadListings } from '../../../app/asset-folder';
import { Differences, type Judge } from '../judge';
import { type Dump, GO, GoReaders, record } from './go-readers';
import { firstDifference, isOld, type Kept, kept, RECORDED, said } from './recordings';
import { EXPORTED, type Exported, hashOf, type JudgedExport, judgedExport, scenarioNames, SCENARIOS } from './judged-exports';

/** What the tests are held against: `scenario format` to the hash of the bytes that were judged and the number of events. */
export const VERDICTS = 'src-main/cli/compare/trace/testdata/verdicts.json';
export type Verdicts = Record<string, { hash: string; events: number; verdict: string }>;

/** What differs; null: the reader took the file, and knew after each step that is told what the model says. */
function difference(made: JudgedExport, dump: Dump, format: Exported): string | null {
  if (dump.refusal !== null) return `refused: ${dump.refusal}`;
  // The old tracer has no events for threads of C that come and go.
  if (format === 'go119' && made.hasThreadsOfC) return null;
  const sums = new Map(dump.lines.map(({ t, sum }) => [t, sum]));
  // The older reader counts from the first event.
  const zero = format === 'go119' ? 1 : 0;
  // Of a goroutine that goes back to C with its P the newer reader makes two events, a ns apart; of a P that is taken the older one's checks
  // know after the first of two.
  const found = (tick: number): number | undefined => [0, 1, -1].map((off) => sums.get(tick - zero + off)).find((sum) => sum !== undefined);
  const wrong = made.known.find(({ tick, sum }) => found(tick) !== sum);
  return wrong ? `after the event of ${wrong.tick - zero} ns everybody is not as the model says` : null;
}

/** Programs that record themselves: what our reader makes of the traces, and what Go's own says of them. */
function recordings(readers: GoReaders, differences: Differences, keep: boolean): { total: number; equal: number } {
  const dumps: Record<string, Kept> = {};
  let total = 0;
  let equal = 0;
  if (keep) {
    rmSync(RECORDED, { recursive: true, force: true });
    mkdirSync(RECORDED, { recursive: true });
  }
  for (const which of ['old', 'new'] as const) {
    const files = record(which, readers.folder);
    const theirs = readers.dumps(which, files);
    for (const [i, file] of files.entries()) {
      const name = basename(file);
      const dump = theirs[i] ?? { lines: [], refusal: 'not read' };
      const bytes = readFileSync(file);
      const wrong = firstDifference(said(bytes, isOld(name)), dump, isOld(name));
      total++;
      if (wrong === null) equal++;
      else differences.add(`recorded by ${which}`, () => `${name}: ${wrong}`);
      if (!keep || dump.refusal !== null) continue;
      writeFileSync(join(RECORDED, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      dumps[name] = kept(dump, isOld(name));
    }
  }
  if (keep) writeFileSync(join(RECORDED, 'dumps.json'), `${JSON.stringify(dumps, null, 1)}\n`);
  return { total, equal };
}

export const TRACE_JUDGE: Judge = {
  about: "execution traces that we write and read, held against Go's own readers (1.19 and 1.26)",
  needs: [
    { program: GO.old, probe: ['version'] },
    { program: GO.new, probe: ['version'] },
  ],
  atLeast: 1,
  compare: ({ keep, say }) => {
    const readers = new GoReaders();
    const differences = new Differences();
    const verdicts: Verdicts = {};
    const count = { total: 0, equal: 0 };
    let steps = 0;
    let unsettled = 0;
    try {
      const assets = loadListings(findAssets(import.meta.dirname));
      for (const format of EXPORTED) {
        const made = (Object.keys(SCENARIOS) as (keyof typeof SCENARIOS)[]).flatMap((kind) =>
          scenarioNames('.', kind).map((name) => ({ kind, name, ...judgedExport('.', kind, name, format, assets, true) })),
        );
        const files = made.map(({ name, bytes }) => {
          const file = join(readers.folder, `${name}.${format}`);
          writeFileSync(file, bytes);
          return file;
        });
        const dumps = readers.dumps(format === 'go119' ? 'old' : 'new', files);
        for (const [i, each] of made.entries()) {
          const dump = dumps[i] ?? { lines: [], refusal: 'not read' };
          const wrong = difference(each, dump, format);
          count.total++;
          steps += each.known.length;
          unsettled += each.unsettled;
          if (wrong === null) count.equal++;
          else differences.add(`${format}: ${wrong.replace(/\d+/g, 'N').slice(0, 80)}`, () => `${each.name}: ${wrong}`);
          if (each.kind === 'golden')
            verdicts[`${each.name} ${format}`] = { hash: hashOf(each.bytes), events: dump.lines.length, verdict: wrong ?? 'taken' };
        }
      }
      const read = recordings(readers, differences, keep);
      count.total += read.total;
      count.equal += read.equal;
      say(`${read.total} recorded programs read`);
    } finally {
      readers.close();
    }
    say(`${steps} steps compared as a whole; in ${unsettled} more a P was between two hands`);
    if (keep) writeFileSync(VERDICTS, `${JSON.stringify(verdicts, null, 1)}\n`);
    return Promise.resolve({ unit: 'exports and recordings', ...count, differences: differences.list });
  },
};
