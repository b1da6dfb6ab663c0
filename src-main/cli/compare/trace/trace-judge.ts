/**
 * Execution traces held against the readers of Go's own tools: what we export is taken by them, and after every event they know of every
 * goroutine, P and thread what the model says of it.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findAssets, loadListings } from '../../../app/asset-folder';
import { Differences, type Judge } from '../judge';
import { type Dump, GO, GoReaders } from './go-readers';
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
  // Of a goroutine that goes back to C with its P the newer reader makes two events, a ns apart.
  const wrong = made.known.find(({ tick, sum }) => (sums.get(tick - zero) ?? sums.get(tick + 1)) !== sum);
  return wrong ? `after the event of ${wrong.tick - zero} ns everybody is not as the model says` : null;
}

export const TRACE_JUDGE: Judge = {
  about: "execution traces that we write, read by Go's own tools (1.19 and 1.26)",
  needs: [
    { program: GO.old, probe: ['version'] },
    { program: GO.new, probe: ['version'] },
  ],
  atLeast: 1,
  compare: ({ keep, say }) => {
    const readers = new GoReaders();
    const differences = new Differences();
    const verdicts: Verdicts = {};
    let total = 0;
    let equal = 0;
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
          total++;
          steps += each.known.length;
          unsettled += each.unsettled;
          if (wrong === null) equal++;
          else differences.add(`${format}: ${wrong.replace(/\d+/g, 'N').slice(0, 80)}`, () => `${each.name}: ${wrong}`);
          if (each.kind === 'golden')
            verdicts[`${each.name} ${format}`] = { hash: hashOf(each.bytes), events: dump.lines.length, verdict: wrong ?? 'taken' };
        }
      }
    } finally {
      readers.close();
    }
    say(`${steps} steps compared as a whole; in ${unsettled} more a P was between two hands`);
    if (keep) writeFileSync(VERDICTS, `${JSON.stringify(verdicts, null, 1)}\n`);
    return Promise.resolve({ unit: 'exports', total, equal, differences: differences.list });
  },
};
