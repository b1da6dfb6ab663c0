/** Exercises as the window opens them: lessons that no file holds. */
import { expect, test } from 'vitest';
import { QUESTIONS } from '../exercises/exercise-lesson';
import { exerciseAsk, exerciseId, LEVELS, MECHANISMS } from '../exercises/mechanisms';
import { findAssets, loadListings, loadTables } from './asset-folder';
import { LessonLibrary } from './lesson-library';

const assets = findAssets(import.meta.dirname);
const tables = loadTables(assets);
const library = new LessonLibrary(assets, loadListings(assets), tables);

test.each([null, ...MECHANISMS].flatMap((mechanism) => LEVELS.map((level) => ({ mechanism, level, seed: 11 }))))(
  'a lesson of exercises: $mechanism, level $level',
  async (ask) => {
    const id = exerciseId(ask);
    expect(exerciseAsk(id)).toEqual(ask);
    const opened = await library.open(id);
    if (!opened.ok) throw new Error(`${opened.message.en} ${JSON.stringify(opened.faults ?? [])}`);
    const { lesson } = opened.value.opened;
    expect([lesson.id, lesson.steps.length]).toEqual([id, 2 * QUESTIONS]);
    for (const name of opened.value.runNames) {
      const made = await opened.value.run(
        name,
        () => undefined,
        () => false,
      );
      if (!made.ok) throw new Error(made.message.en);
      const [program, answer] = opened.value.openedRun(name, made.value).stops;
      expect(program?.n).toBeLessThan(answer?.n ?? -1);
    }
    for (const { ask: question } of lesson.steps.filter((_, i) => i % 2 === 1)) {
      expect(question?.choices.map(({ why }) => why === null)).toEqual(question?.choices.map((_, i) => i === question.answer));
      for (const { believes } of question?.choices ?? []) expect(believes === null || tables.misconceptions.has(believes)).toBe(true);
    }
  },
);

test.each(['exercise', 'exercise-home-4-1', 'exercise-nobody-1-1', 'exercise-home-1-', 'exercise-home-1-1234567890', 'hunting'])(
  '%s is no lesson of exercises',
  (id) => {
    expect(exerciseAsk(id)).toBeNull();
  },
);
