import { expect, test } from 'vitest';
import type { LessonStep } from '../../src-main/contract/index';
import { allLessons, openedLesson } from '../testdata/told';
import { clockText, cleared, elapsedMs, onNextStep, onStepMs, STOPPED, toggled } from './class-clock';
import { type Around, type ClassPlace, presenterView } from './presenter-view';

test('the clock runs, stands still, and begins again', () => {
  let clock = toggled(STOPPED, 1_000);
  expect([elapsedMs(clock, 5_000), onStepMs(clock, 5_000)]).toEqual([4_000, 4_000]);
  clock = onNextStep(clock, 6_000);
  expect([elapsedMs(clock, 7_000), onStepMs(clock, 7_000)]).toEqual([6_000, 1_000]);
  clock = toggled(clock, 8_000);
  expect([elapsedMs(clock, 90_000), onStepMs(clock, 90_000)]).toEqual([7_000, 2_000]);
  clock = toggled(clock, 90_000);
  expect(elapsedMs(clock, 91_000)).toBe(8_000);
  expect(cleared(clock, 91_000)).toEqual({ elapsedMs: 0, stepMs: 0, sinceMs: 91_000 });
  // Somebody has set the machine's clock back.
  expect(elapsedMs(clock, 1_000)).toBe(7_000);
  expect(['0:00', '1:05', '59:59', '1:00:00'].map(String)).toEqual([0, 65_999, 3_599_999, 3_600_000].map(clockText));
});

const around: Around = {
  language: 'en',
  theme: 'light',
  clock: STOPPED,
  isPlaying: false,
  isBlank: false,
  hasLetterKeys: true,
  page: { at: 0, count: 1 },
  status: '',
};

async function placeAt(id: string, change: Partial<ClassPlace> = {}): Promise<{ place: ClassPlace; shown: LessonStep }> {
  const [first] = await allLessons();
  const { lesson } = (await openedLesson(first?.id ?? '')).opened;
  const at = lesson.steps.findIndex((step) => step.id === id);
  const shown = lesson.steps[at]!;
  const place = { lesson, shown, isPending: false, asked: null, isClass: true, next: lesson.steps[at + 1] ?? null, isNextAsked: false };
  return { place: { ...place, ...change }, shown };
}

test('notes, minutes and what comes next belong to the step that is shown', async () => {
  const { place } = await placeAt('village');
  const { lesson } = place;
  const second = lesson?.steps[1];
  const view = presenterView(place, around);
  expect(view.step).toMatchObject({ number: 1, minutes: lesson?.steps[0]?.minutes, plannedMinutes: lesson?.steps[0]?.minutes });
  expect([view.lesson.language, presenterView({ ...place, lesson: { ...lesson!, language: 'zh' } }, around).lesson.language]).toEqual([
    null,
    'zh',
  ]);
  expect(view.step?.notes).toBe(lesson?.steps[0]?.notes?.en);
  expect(view.next).toMatchObject({ title: second?.title.en, story: second?.story.en, question: null });
  const last = lesson?.steps.at(-1) ?? null;
  const end = presenterView({ ...place, shown: last, next: null }, around);
  expect(end.next).toBe(null);
  expect(end.step?.plannedMinutes).toBe(lesson?.steps.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0));
});

test('the teacher has the answer and the hands of a question that is open, and what will be told after it', async () => {
  const [first] = await allLessons();
  const { lesson } = (await openedLesson(first?.id ?? '')).opened;
  const asking = lesson.steps.find(({ ask }) => ask !== null)!;
  const { ask } = asking;
  const counts = ask!.choices.map((_, i) => i);
  const asked = { question: ask!.question, choices: [], answer: ask!.answer, votes: [{ counts, timeMs: 1 }], isRevealed: false };
  const { place } = await placeAt(asking.id, { isPending: true, asked });
  const view = presenterView(place, around);
  expect(view.question).toMatchObject({ question: ask?.question.en, answer: ask?.answer, because: ask?.because.en, isOpen: true });
  expect(view.question?.choices.map(({ hands }) => hands)).toEqual(counts.map((n) => [n]));
  expect(view.question?.choices.filter((_, i) => i !== ask?.answer).every(({ why }) => why !== null)).toBe(true);
  expect(view.next).toMatchObject({ title: asking.title.en, question: null });
  // From the step before it is announced as a question.
  const before = lesson.steps[lesson.steps.indexOf(asking) - 1]!;
  const { place: earlier } = await placeAt(before.id, { isNextAsked: true });
  expect(presenterView(earlier, around).next?.question).toBe(ask?.question.en);
});

test('a run without a lesson has nothing to tell', () => {
  const place = { lesson: null, shown: null, isPending: false, asked: null, isClass: false, next: null, isNextAsked: false };
  expect(presenterView(place, around)).toMatchObject({ lesson: { title: '', steps: 0 }, step: null, question: null, next: null });
});
