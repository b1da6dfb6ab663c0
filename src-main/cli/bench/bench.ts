/**
 * npm run bench: how fast and how large, as figures with limits. `--strict` makes a missed limit the exit status, a text chooses rows by
 * their name, `--keep` writes what was found into FIGURES.md. Ratios within one run, so that a slow machine changes both sides; the median of
 * several rounds, printed with its spread.
 */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { version } from '../../../package.json';
import { ASM_ROWS } from './asm';
import { ASK_ROWS } from './ask';
import { EXCHANGE_ROWS } from './exchange';
import { EXPORT_ROWS } from './exports';
import { withFigures } from './figures';
import { FIND_ROWS } from './find';
import { MODEL_ROWS } from './model';
import { PLAYING_ROWS } from './playing';
import { type BenchRow, type Measured, runBench } from './table';
import { TRACE_ROWS } from './trace';
import { WINDOW_ROWS } from './window';

/** Measures one row in this process, and prints what was found: for ourselves. */
const MEASURE = '--measure';
/** What the model makes of a row's work depends on what it has made before. */
const APART = [...MODEL_ROWS, ...TRACE_ROWS, ...EXCHANGE_ROWS, ...FIND_ROWS, ...ASK_ROWS, ...ASM_ROWS];
/** Each of their rounds is a process of its own. */
const OF_PROCESSES = [...WINDOW_ROWS, ...PLAYING_ROWS, ...EXPORT_ROWS];

/** The same row, measured in a process that has done nothing else: the order of the rows changes nothing. */
function apart(row: BenchRow): BenchRow {
  const measure = async (): Promise<Measured> => {
    const args = [...process.execArgv, fileURLToPath(import.meta.url), MEASURE, row.name];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return JSON.parse(stdout) as Measured;
  };
  return { ...row, measure };
}

/** Beside the checkout's package.json: where npm runs its scripts. */
const PAGE = join(import.meta.dirname, '../../FIGURES.md');

async function bench(args: readonly string[]): Promise<number> {
  const today = new Date().toISOString().slice(0, 'yyyy-mm-dd'.length);
  const rows = [...APART.map(apart), ...OF_PROCESSES];
  return runBench(
    rows,
    args,
    (line) => {
      console.log(line);
    },
    (outcome) => {
      const names = rows.map(({ name }) => name);
      writeFileSync(PAGE, withFigures(readFileSync(PAGE, 'utf8'), [outcome], names, `${version}, ${today}`));
    },
  );
}

const [order, name] = process.argv.slice(2);
const alone = order === MEASURE ? APART.find((row) => row.name === name) : undefined;
if (alone) console.log(JSON.stringify(await alone.measure()));
else process.exitCode = await bench(process.argv.slice(2));
