/** For tests: the lessons that the product brings, at any of their steps, as the window would have them. */
import { plainStep } from '../../src-main/contract/index';
import { findAssets, loadTables, loadListings } from '../../src-main/app/asset-folder';
import type { KeptRun } from '../../src-main/app/kept-run';
import { LessonLibrary } from '../../src-main/app/lesson-library';
import type { PlayableLesson } from '../../src-main/app/playable-lesson';
import type { LessonCard, LessonStep, OpenedRun, Scenario, State, Step } from '../../src-main/contract/index';

const assets = findAssets(import.meta.dirname);
const library = new LessonLibrary(assets, loadListings(assets), loadTables(assets));

function must<T>(outcome: { ok: true; value: T } | { ok: false; message: { en: string } }): T {
  if (!outcome.ok) throw new Error(outcome.message.en);
  return outcome.value;
}

/** To list them all lessons are read: once is enough for everybody. */
let listed: Promise<readonly LessonCard[]> | null = null;

export function allLessons(): Promise<readonly LessonCard[]> {
  listed ??= library.list().then((list) => must(list).cards);
  return listed;
}

/** Opening computes every run of a lesson: once for each is enough. */
const opened = new Map<string, Promise<PlayableLesson>>();

/** What the window shows when it has come to a lesson step. */
export interface Told {
  lesson: PlayableLesson['opened'];
  told: LessonStep;
  run: OpenedRun;
  scenario: Scenario;
  /** The trace step that the lesson step stands after; null: it stands before the first. */
  step: Step | null;
  /** The steps up to it, the latest last. */
  recent: readonly Step[];
  before: State;
  after: State;
  /** The whole run, as the main process has it. */
  kept: KeptRun;
}

export function openedLesson(lessonId: string): Promise<PlayableLesson> {
  let opening = opened.get(lessonId);
  if (!opening) opened.set(lessonId, (opening = library.open(lessonId).then(must)));
  return opening;
}

export async function toldAt(lessonId: string, stepId: string): Promise<Told> {
  const lesson = await openedLesson(lessonId);
  const told = lesson.opened.lesson.steps.find(({ id }) => id === stepId);
  if (!told) throw new Error(`lesson ${lessonId} has no step ${stepId}`);
  const played = must(
    await lesson.run(
      told.run,
      () => {},
      () => false,
    ),
  );
  const run = lesson.openedRun(told.run, played);
  const kept = played.run;
  const { n = 0 } = run.stops.find(({ id }) => id === stepId) ?? {};
  const recent = [...kept.all()].slice(Math.max(0, n - 21), n).map(plainStep);
  return {
    lesson: lesson.opened,
    told,
    run,
    scenario: kept.scenario,
    step: recent.at(-1) ?? null,
    recent,
    before: kept.stateAt(Math.max(0, n - 1)),
    after: kept.stateAt(n),
    kept,
  };
}
