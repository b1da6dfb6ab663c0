/** For tests: many inputs for one reader. What fails is kept as a file, with how to see it again. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { LANGUAGES, type Fault } from '../../model/words';
import { Mutator } from './mutator';

/** npm run soak gives other seeds, and more inputs. */
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const TIMES = Number(process.env.FUZZ_TIMES ?? 1);
/** What one input may cost of the processor's time, ms. The dearest good file takes a tenth of it; whoever waits does not count. */
const MOST_CPU_MS = 3_000;

/** What one input may leave in memory while it is read, bytes: seen when it has been, so that what is given back at once does not count. */
const MOST_BYTES = 256 * 1024 * 1024;

const cpuMs = (): number => process.cpuUsage().user / 1_000;

/** `check` throws where something is wrong. It gives true for what was accepted; some inputs have to be, or nothing is tried of what comes after reading. */
export async function fuzz<Input extends string | Uint8Array>(
  name: string,
  count: number,
  make: (mutator: Mutator, i: number) => Input,
  check: (input: Input) => boolean | Promise<boolean>,
): Promise<void> {
  let accepted = 0;
  const started = cpuMs();
  for (let i = 0; i < count * TIMES; i++) {
    const seed = SEED * 1_000_003 + i;
    const input = make(new Mutator(seed), i);
    const began = cpuMs();
    const used = process.memoryUsage.rss();
    try {
      if (await check(input)) accepted++;
      const took = cpuMs() - began;
      const grown = process.memoryUsage.rss() - used;
      if (grown > MOST_BYTES) throw new Error(`it takes ${Math.round(grown / 1024 / 1024)} MiB`);
      if (took > MOST_CPU_MS) throw new Error(`it takes ${Math.round(took)} ms of the processor`);
    } catch (error) {
      const file = join(mkdtempSync(join(tmpdir(), 'schedville-fuzz-')), name);
      writeFileSync(file, input);
      throw new Error(`${name}, input ${i} of FUZZ_SEED=${SEED}, kept as ${file}: ${String(error)}`, { cause: error });
    }
  }
  if (process.env.FUZZ_CPU !== undefined) console.log(`${name}: ${Math.round(cpuMs() - started)} ms, ${accepted} accepted`);
  expect(accepted, `accepted of ${count * TIMES} inputs`).toBeGreaterThan(0);
  expect(Object.keys(Object.prototype), 'nothing has got into the prototype of everything').toEqual([]);
}

/** A fault is of this file, at a place of it, and says something in every language. */
export function expectFaults(faults: readonly Fault[], file: string, text: string): void {
  if (faults.length === 0) throw new Error('refused without a fault');
  const lines = text.split('\n');
  for (const fault of faults) {
    const { line, column, message } = fault;
    const length = lines[line - 1]?.length;
    const isPlace = Number.isInteger(line) && Number.isInteger(column) && line >= 1 && column >= 1;
    // The end of a file is a place, too.
    if (fault.file !== file || !isPlace || line > lines.length + 1 || column > (length ?? 0) + 2)
      throw new Error(`no place of the file: ${fault.file}:${line}:${column}`);
    for (const language of LANGUAGES) if (!/\S/.test(message[language])) throw new Error(`a fault without words at ${line}:${column}`);
    for (const language of LANGUAGES)
      if (/undefined(?! alias)|\[object|NaN/.test(message[language]) && !/undefined|object|NaN/.test(text))
        throw new Error(`a fault with a hole: ${message[language]}`);
  }
}
