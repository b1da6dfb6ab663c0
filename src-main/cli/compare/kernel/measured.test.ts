/** The modelled kernel against what Linux 6.18 has answered (npm run compare -- kernel --keep). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generate, THEMES } from './generator';
import { compared } from './ignored';
import { differenceOf, type Kept } from './kernel-judge';
import { playInModel } from './model';

const kept = JSON.parse(readFileSync(join(import.meta.dirname, 'testdata/measured.json'), 'utf8')) as Kept;
const sequences = generate(kept.seed, kept.calls);

test('there is something of every theme', () => {
  expect(kept.sequences).toHaveLength(sequences.length);
  expect(sequences.length).toBeGreaterThan(Object.keys(THEMES).length * 3);
});

describe('call by call', () => {
  test.each(sequences.map((sequence, number) => [number, sequence] as const))('process %i', (number, sequence) => {
    const own = compared(sequence, playInModel(sequence));
    for (const [i, [result, ...written]] of (kept.sequences[number] ?? []).entries()) {
      const name = sequence[i]?.name ?? '';
      const why = differenceOf(name, { result, written }, own[i]);
      expect(why, `call ${i}, ${JSON.stringify(sequence[i])}`).toBeNull();
    }
  });
});
