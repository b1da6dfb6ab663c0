/** For tests: many inputs for one reader. What fails is kept as a file, with how to see it again. */
import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { LANGUAGES, type Fault } from '../../model/words';
import { Mutator } from './mutator';
import { Watchdog } from './watchdog';

/** npm run soak gives other seeds, and more inputs. */
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const TIMES = Number(process.env.FUZZ_TIMES ?? 1);
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
  const watchdog = new Watchdog(name);
  for (let i = 0; i < count * TIMES; i++) {
    const input = make(new Mutator(SEED * 1_000_003 + i), i);
    watchdog.begin(input);
    try {
      if (await check(input)) accepted++;
      watchdog.end();
    } catch (error) {
      const file = join(mkdtempSync(join(tmpdir(), 'schedville-fuzz-')), name);
      writeFileSync(file, input);
      throw new Error(`${name}, input ${i} of FUZZ_SEED=${SEED}, kept as ${file}: ${String(error)}`, { cause: error });
    }
  }
  await watchdog.close();
  // npm run soak keeps the account.
  const { FUZZ_COUNTS: counts } = process.env;
  const ms = Math.round(cpuMs() - started);
  if (counts !== undefined) appendFileSync(counts, `${JSON.stringify({ name, inputs: count * TIMES, accepted, ms })}\n`);
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
