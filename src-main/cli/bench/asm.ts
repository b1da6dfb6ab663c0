/** Instructions a second: through the recorder, and in a plain loop over the same decoded program. */
import { rounds } from './runs';
import { type Spun, spinPlain, spinProgram, spinRecorded } from './spin';
import { type BenchRow, type Measured, median, ratios } from './table';

const PAIRS = 15;
/** Rounds until the code is compiled. */
const WARM = 2;
const LOOPS = 20_000;

function instructions(): Measured {
  const program = spinProgram();
  const timed = (run: () => Spun): { ms: number; instructions: number } => {
    const began = performance.now();
    const spun = run();
    return { ms: performance.now() - began, instructions: spun.instructions };
  };
  const pairs = rounds(PAIRS + WARM, () => ({
    plain: timed(() => spinPlain(program, LOOPS)),
    recorded: timed(() => spinRecorded(program, LOOPS)),
  })).slice(WARM);
  const perMs = median(pairs.map(({ recorded }) => recorded.instructions / recorded.ms));
  return {
    figures: ratios(pairs.map(({ plain, recorded }) => ({ a: recorded.ms, b: plain.ms }))),
    detail: `${(perMs / 1_000).toFixed(2)} million a second with recording`,
  };
}

export const ASM_ROWS: readonly BenchRow[] = [
  {
    name: 'asm: recording',
    figure: 'instructions with recording / in a plain loop',
    limit: 2.5,
    kind: 'ratio',
    why: 'every instruction is a step that can be undone; that is to cost less than twice the instruction again',
    measure: instructions,
  },
];
