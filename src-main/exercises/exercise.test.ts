import { describe, expect, test } from 'vitest';
import { findAssets, loadListings } from '../app/asset-folder';
import { holds, type Trace } from './claims';
import { exerciseOf, study, type Studied } from './exercise';
import { LEVELS, MECHANISMS } from './mechanisms';
import type { Question } from './question';

const listings = loadListings(findAssets(import.meta.dirname));

function traceOf({ run }: Studied): Trace {
  return { first: run.first, steps: run.steps, after: (n) => run.after(n), outcome: run.outcome.kind };
}

/** What is wrong with a question when its choices are held against the steps of the run. */
function faultsOf(question: Question, trace: Trace): string[] {
  const true_ = question.choices.flatMap(({ claim }, i) => (holds(claim, trace) ? [i] : []));
  const faults: string[] = [];
  if (JSON.stringify(true_) !== JSON.stringify([question.answer]))
    faults.push(`true: ${true_.join()}, said to be right: ${String(question.answer)}`);
  if (question.choices.some(({ why }, i) => (why === null) !== (i === question.answer)))
    faults.push('a reason is missing, or the right choice has one');
  if (!(question.asked < question.shown)) faults.push(`asked at ${String(question.asked)}, shown at ${String(question.shown)}`);
  for (const language of ['zh', 'en'] as const)
    for (const text of [
      question.question,
      question.because,
      ...question.choices.flatMap(({ text: each, why }) => (why ? [each, why] : [each])),
    ])
      if (text[language].trim() === '' || /[{}]|undefined|NaN/.test(text[language])) faults.push(`text: ${text[language]}`);
  return faults;
}

const FROM = process.env.SOAK_SEED === undefined ? Date.now() & 0x3fffffff : Number(process.env.SOAK_SEED);
/** The soak draws ten thousand. */
const WANTED = Number(process.env.SOAK_QUESTIONS ?? 2_500);

describe('questions drawn at random', () => {
  test(`${String(WANTED)} of them have exactly one right choice (SOAK_SEED=${String(FROM)})`, () => {
    const counts = new Map<string, number>();
    let total = 0;
    for (let seed = FROM; total < WANTED; seed++) {
      for (const mechanism of MECHANISMS) {
        const level = LEVELS[seed % LEVELS.length] ?? 1;
        const studied = study(seed, mechanism, level, listings, MECHANISMS);
        if (!studied) continue;
        const trace = traceOf(studied);
        for (const question of studied.questions) {
          total++;
          counts.set(question.mechanism, (counts.get(question.mechanism) ?? 0) + 1);
          const faults = faultsOf(question, trace);
          if (faults.length > 0)
            throw new Error(
              `seed ${String(seed)} ${mechanism} level ${String(level)}: ${question.question.en}: ${faults.join('; ')}\n${studied.scenario}`,
            );
        }
      }
    }
    for (const mechanism of MECHANISMS) expect(counts.get(mechanism) ?? 0, mechanism).toBeGreaterThan(10);
  });

  test.each(MECHANISMS.flatMap((mechanism) => LEVELS.map((level) => [mechanism, level] as const)))(
    '%s at level %i has exercises',
    (mechanism, level) => {
      const { question, scenario } = exerciseOf(7, mechanism, level, listings);
      expect(question.mechanism).toBe(mechanism);
      expect(exerciseOf(7, mechanism, level, listings).scenario).toBe(scenario);
    },
  );
});
