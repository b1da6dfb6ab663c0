/** The lessons in assets/lessons, and scenario files opened on their own, as what the window can play. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fill } from '../../assets/words/index';
import type { LessonCard, LessonList, OpenedLesson } from '../contract/requests';
import { type Lesson, parseLesson } from '../formats/lesson';
import { parseScenario } from '../formats/scenario';
import type { ModelAssets } from '../model/run/simulate';
import type { Json } from '../model/state';
import { Cancelled, KeptRun, type Progress } from './kept-run';
import { refuse } from './refusal';
import { textOf } from '../model/words';
import type { Refused, Result } from '../model/words';

/** A lesson with its runs computed. */
export interface PlayableLesson {
  opened: OpenedLesson;
  runs: ReadonlyMap<string, { run: KeptRun; source: Json }>;
}

type LessonInFolder = Lesson & { folder: string };

export class LessonLibrary {
  constructor(
    private readonly assets: string,
    private readonly listings: ModelAssets,
  ) {}

  /** All lessons in the order of their folders' names, and those that cannot be opened with their faults. */
  async list(): Promise<Result<LessonList>> {
    const found = await this.all();
    const cards = [...found.usable.values()].map(({ id, title, sources, steps }): LessonCard => ({
      id,
      title,
      sources,
      steps: steps.length,
    }));
    if (cards.length > 0) return { ok: true, value: { cards, broken: found.broken.map(({ refused }) => refused) } };
    const none = refuse((words) => fill(words.noLessons, { folder: join(this.assets, 'lessons') }));
    return found.broken[0]?.refused ?? none;
  }

  /** A broken lesson does not hide the others; of two with one id the first is the lesson. */
  private async all(): Promise<{ usable: Map<string, LessonInFolder>; broken: { folder: string; refused: Refused }[] }> {
    const usable = new Map<string, LessonInFolder>();
    const broken: { folder: string; refused: Refused }[] = [];
    for (const folder of await this.folders()) {
      const read = await this.read(folder);
      if (!read.ok) {
        broken.push({ folder, refused: read });
        continue;
      }
      const { id } = read.value;
      const first = usable.get(id);
      if (!first) usable.set(id, read.value);
      else
        broken.push({
          folder,
          refused: refuse((words) => fill(words.sameLesson, { folder, first: first.folder, id })),
        });
    }
    return { usable, broken };
  }

  private async folders(): Promise<string[]> {
    const entries = await readdir(join(this.assets, 'lessons'), { withFileTypes: true }).catch(() => []);
    return entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
  }

  private async read(folder: string): Promise<Result<LessonInFolder>> {
    const file = join(this.assets, 'lessons', folder, 'lesson.yaml');
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) return refuse((words) => fill(words.lessonUnreadable, { file }));
    const parsed = parseLesson(text, file);
    return parsed.ok
      ? { ok: true, value: { ...parsed.lesson, folder } }
      : refuse((words) => fill(words.lessonFaults, { file }), parsed.faults);
  }

  /** Reads a lesson and computes all of its runs. */
  async open(id: string, tell: (progress: Progress) => void, isCancelled: () => boolean): Promise<Result<PlayableLesson>> {
    const { usable, broken } = await this.all();
    const lesson = usable.get(id);
    if (lesson) return this.compute(lesson, join(this.assets, 'lessons', lesson.folder), tell, isCancelled);
    // A broken file's id is not known: its folder is named NN-id.
    return broken.find(({ folder }) => folder.replace(/^\d+-/, '') === id)?.refused ?? refuse((words) => fill(words.noLesson, { id }));
  }

  private async compute(
    lesson: Lesson,
    folder: string,
    tell: (progress: Progress) => void,
    isCancelled: () => boolean,
  ): Promise<Result<PlayableLesson>> {
    const runs = new Map<string, { run: KeptRun; source: Json }>();
    for (const [name, { scenario: file }] of Object.entries(lesson.runs)) {
      const made = await this.computeRun(lesson, name, join(folder, file), tell, isCancelled);
      if (!made.ok) return made;
      runs.set(name, made.value);
    }
    return { ok: true, value: { opened: openedLesson(lesson, runs), runs } };
  }

  private async computeRun(
    lesson: Lesson,
    name: string,
    file: string,
    tell: (progress: Progress) => void,
    isCancelled: () => boolean,
  ): Promise<Result<{ run: KeptRun; source: Json }>> {
    const text = await readFile(file, 'utf8').catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
    if (text instanceof Error) return refuse((words) => fill(words.scenarioUnreadable, { file, why: text.message }));
    const parsed = parseScenario(text, file);
    if (!parsed.ok) return refuse((words) => fill(words.scenarioFaults, { file: basename(file), n: parsed.faults.length }), parsed.faults);
    const anchors = lesson.steps.filter((step) => step.run === name).map(({ id, at }) => ({ id, at }));
    try {
      const run = await KeptRun.compute(parsed.scenario, this.listings, anchors, tell, isCancelled);
      if (run.missing.length === 0) return { ok: true, value: { run, source: parsed.source } };
      return refuse((words, { language }) => fill(words.lostSteps, { steps: run.missing.join(language.comma) }));
    } catch (error) {
      if (error instanceof Cancelled) return refuse((words) => words.cancelled);
      throw error;
    }
  }

  /** A scenario file by itself: a lesson without steps. */
  async openScenario(file: string, tell: (progress: Progress) => void, isCancelled: () => boolean): Promise<Result<PlayableLesson>> {
    const title = textOf(() => basename(file));
    const lesson: Lesson = { id: '', title, sources: [], goals: [], runs: { run: { scenario: file, title } }, steps: [] };
    const made = await this.computeRun(lesson, 'run', file, tell, isCancelled);
    if (!made.ok) return made;
    const named: Lesson = { ...lesson, title: made.value.run.scenario.title };
    const runs = new Map([['run', made.value]]);
    return { ok: true, value: { opened: openedLesson(named, runs), runs } };
  }
}

function openedLesson(lesson: Lesson, runs: ReadonlyMap<string, { run: KeptRun }>): OpenedLesson {
  return {
    lesson,
    stops: lesson.steps.map((step) => ({ id: step.id, run: step.run, n: runs.get(step.run)?.run.places.get(step.id) ?? 0 })),
    runs: [...runs].map(([name, { run }]) => ({
      name,
      title: lesson.runs[name]?.title ?? textOf(() => name),
      scenario: run.scenario,
      stepCount: run.opened.stepCount,
    })),
  };
}
