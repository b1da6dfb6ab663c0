/**
 * npm run bench: how fast and how large, as figures with limits. `--strict` makes a missed limit the exit status, a text chooses rows by
 * their name. Ratios within one run, so that a slow machine changes both sides; the median of several rounds, printed with its spread.
 */
import { ASM_ROWS } from './asm';
import { ASK_ROWS } from './ask';
import { EXPORT_ROWS } from './exports';
import { FIND_ROWS } from './find';
import { MODEL_ROWS } from './model';
import { runBench } from './table';
import { TRACE_ROWS } from './trace';
import { WINDOW_ROWS } from './window';

process.exitCode = await runBench(
  [...MODEL_ROWS, ...TRACE_ROWS, ...FIND_ROWS, ...ASK_ROWS, ...ASM_ROWS, ...WINDOW_ROWS, ...EXPORT_ROWS],
  process.argv.slice(2),
  (line) => {
    console.log(line);
  },
);
