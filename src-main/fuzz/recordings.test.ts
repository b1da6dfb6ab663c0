/** Execution traces of real Go that something has happened to: each is refused with a reason, read until the fault comes, or read whole. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { RECORDED } from '../cli/compare/trace/recordings';
import { BadTrace } from '../imports/bad-trace';
import { importTrace, stepsOf } from '../imports/import-trace';
import { applyStep, copyState } from '../model/trace/replay';
import { LANGUAGES, type Text } from '../model/words';
import { fuzz } from './testdata/fuzzed';

const FOLDER = join(import.meta.dirname, '../..', RECORDED);
const recording = (name: string): Uint8Array => new Uint8Array(gunzipSync(readFileSync(join(FOLDER, `${name}.gz`))));
/** One reader for each of the two formats. */
const READERS = [
  ['go-1.19.trace', ['pingpong.go119', 'locked.go119'].map(recording)],
  ['go-1.26.trace', ['locked.go126', 'generations.go126'].map(recording)],
] as const;
/** Of each that is read. */
const MOST_STEPS = 1_500;

function expectWords(why: Text): void {
  for (const language of LANGUAGES) expect(why[language]).toMatch(/\S/);
}

test.each(READERS)('%s', async (name, recordings) => {
  let cuts = 0;
  await fuzz(
    name,
    60,
    (m) => m.binary(recordings),
    (bytes) => {
      let at = 0;
      // A file comes piece by piece; where one ends means nothing.
      const piece = 1 + (bytes.length % 4_093);
      try {
        const made = importTrace(() => (at < bytes.length ? bytes.subarray(at, (at += piece)) : null));
        const state = copyState(made.first);
        let left = MOST_STEPS;
        for (const step of stepsOf(made)) {
          applyStep(state, step);
          if (--left === 0) break;
        }
        if (made.cut) {
          cuts++;
          expectWords(made.cut);
        }
        return true;
      } catch (error) {
        if (!(error instanceof BadTrace)) throw error;
        expectWords(error.text);
        return false;
      }
    },
  );
  if (name === 'go-1.26.trace') expect(cuts).toBeGreaterThan(0);
});
