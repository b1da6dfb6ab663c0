/**
 * npm run bench: how fast and how large, as figures with limits. `--strict` makes a missed limit the exit status, a text chooses rows by
 * their name, `--keep` writes what was found into FIGURES.md. Ratios within one run, so that a slow machine changes both sides; the median of
 * several rounds, printed with its spread.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../../package.json';
import { ASM_ROWS } from './asm';
import { ASK_ROWS } from './ask';
import { EXCHANGE_ROWS } from './exchange';
import { EXPORT_ROWS } from './exports';
import { withFigures } from './figures';
import { FIND_ROWS } from './find';
import { MODEL_ROWS } from './model';
import { PLAYING_ROWS } from './playing';
import { runBench } from './table';
import { TRACE_ROWS } from './trace';
import { WINDOW_ROWS } from './window';

const ROWS = [
  ...[...MODEL_ROWS, ...TRACE_ROWS, ...EXCHANGE_ROWS, ...FIND_ROWS, ...ASK_ROWS, ...ASM_ROWS],
  ...[...WINDOW_ROWS, ...PLAYING_ROWS, ...EXPORT_ROWS],
];
/** Beside the checkout's package.json: where npm runs its scripts. */
const PAGE = join(import.meta.dirname, '../../FIGURES.md');
const today = new Date().toISOString().slice(0, 'yyyy-mm-dd'.length);

process.exitCode = await runBench(
  ROWS,
  process.argv.slice(2),
  (line) => {
    console.log(line);
  },
  (outcome) => {
    const names = ROWS.map(({ name }) => name);
    writeFileSync(PAGE, withFigures(readFileSync(PAGE, 'utf8'), [outcome], names, `${version}, ${today}`));
  },
);
