/** The lesson and the run that are open, and everything the window asks of them. Node without Electron: it runs on a thread of its own. */
import { fill } from '../../assets/words/index';
import type { LessonList, OpenedLesson, OpenedRun, PlaygroundTable, Settings } from '../contract/requests';
import { traceHeader, traceLine } from '../formats/trace-jsonl';
import type { Arch } from '../model/asm/arch/index';
import type { PlaygroundAsk, PlaygroundRoutine, PlaygroundRun } from '../model/run/playground';
import type { Json, State, Step } from '../model/state';
import { findAssets, loadListings, MissingAsset } from './asset-folder';
import type { KeptRun, Progress } from './kept-run';
import { LessonLibrary, type PlayableLesson } from './lesson-library';
import { PlaygroundService, playgroundTable } from './playground-table';
import { cannotWrite, done, refusalOf, refuse } from './refusal';
import { GrowingFile } from './write-file';
import type { Result } from '../model/words';

const NO_RUN = refuse((words) => words.noRun);

/** At most so many steps in one reply. */
const MAX_STEPS = 20_000;
/** A first run up to this long is sent along whole. */
const STEPS_AT_START = 2_000;

/** What the first picture needs of lessons and runs. */
export interface Beginning {
  lessons: Result<LessonList>;
  opened: Result<OpenedLesson> | null;
  run: Result<OpenedRun> | null;
  steps: readonly Step[];
  place: Settings['place'];
}

/** What can be asked of the player across the threads. */
export interface PlayerAsks {
  begin: { ask: { lesson: string | null; place: Settings['place'] }; reply: Beginning };
  list: { ask: null; reply: Result<LessonList> };
  openLesson: { ask: { id: string }; reply: Result<OpenedLesson> };
  openScenario: { ask: { file: string }; reply: Result<OpenedLesson> };
  chooseRun: { ask: { lesson: string; run: string }; reply: Result<OpenedRun> };
  cancel: { ask: null; reply: null };
  readSteps: { ask: { from: number; to: number }; reply: Result<readonly Step[]> };
  stateAt: { ask: { n: number }; reply: Result<State> };
  writeTrace: { ask: { path: string }; reply: Result<string> };
  playgroundTable: { ask: null; reply: Result<Omit<PlaygroundTable, 'draft'>> };
  checkListing: { ask: { arch: Arch; source: string }; reply: Result<PlaygroundRoutine[]> };
  playListing: { ask: PlaygroundAsk; reply: Result<PlaygroundRun> };
}
export type PlayerAsk = keyof PlayerAsks;
export type PlayerHandlers = { [N in PlayerAsk]: (ask: PlayerAsks[N]['ask']) => PlayerAsks[N]['reply'] | Promise<PlayerAsks[N]['reply']> };

export class Player {
  private opened: PlayableLesson | null = null;
  private runName = '';
  private attempt = 0;
  private cancelledAttempt = 0;
  private made: LessonLibrary | null = null;
  private readonly playground = new PlaygroundService();

  constructor(private readonly tell: (progress: Progress) => void) {}

  /** The library; a missing asset is told, not thrown. */
  private async library<T>(use: (library: LessonLibrary) => Promise<Result<T>>): Promise<Result<T>> {
    try {
      const assets = findAssets();
      this.made ??= new LessonLibrary(assets, loadListings(assets));
    } catch (error) {
      if (error instanceof MissingAsset) return refusalOf(error);
      throw error;
    }
    return use(this.made);
  }

  private readonly isCancelled = (): boolean => this.cancelledAttempt === this.attempt;

  private async open(load: (library: LessonLibrary) => Promise<Result<PlayableLesson>>): Promise<Result<OpenedLesson>> {
    this.attempt++;
    const outcome = await this.library(load);
    if (!outcome.ok) return outcome;
    this.opened = outcome.value;
    this.runName = outcome.value.opened.runs[0]?.name ?? '';
    return done(outcome.value.opened);
  }

  private choose(lesson: string, name: string): Result<OpenedRun> {
    if (!this.opened) return NO_RUN;
    // Another lesson may have a run of the same name.
    if (this.opened.opened.lesson.id !== lesson) return refuse((words) => fill(words.otherLesson, { lesson }));
    const found = this.opened.runs.get(name);
    if (!found) return refuse((words) => fill(words.noSuchRun, { run: name }));
    this.runName = name;
    return done(found.run.opened);
  }

  private get run(): KeptRun | null {
    return this.opened?.runs.get(this.runName)?.run ?? null;
  }

  private get source(): Json {
    return this.opened?.runs.get(this.runName)?.source ?? null;
  }

  readonly handlers: PlayerHandlers = {
    begin: ({ lesson, place }) => this.begin(lesson, place),
    list: () => this.library((library) => library.list()),
    openLesson: ({ id }) => this.open((library) => library.open(id, this.tell, this.isCancelled)),
    openScenario: ({ file }) => this.open((library) => library.openScenario(file, this.tell, this.isCancelled)),
    chooseRun: ({ lesson, run }) => this.choose(lesson, run),
    cancel: () => {
      this.cancelledAttempt = this.attempt;
      return null;
    },
    readSteps: ({ from, to }) => (this.run ? done(this.run.read(from, Math.min(to, from + MAX_STEPS - 1))) : NO_RUN),
    stateAt: ({ n }) => (this.run ? done(this.run.stateAt(n)) : NO_RUN),
    writeTrace: ({ path }) => this.writeTrace(path),
    playgroundTable,
    checkListing: this.playground.checkListing,
    playListing: this.playground.playListing,
  };

  private async begin(lesson: string | null, place: Settings['place']): Promise<Beginning> {
    const lessons = await this.handlers.list(null);
    const cards = lessons.ok ? lessons.value.cards : [];
    const id = lesson ?? cards.find((card) => card.id === place?.lesson)?.id ?? cards[0]?.id;
    const opened = id === undefined ? null : await this.handlers.openLesson({ id });
    const isHere = opened?.ok === true && place?.lesson === id && opened.value.runs.some((run) => run.name === place?.run);
    const name = isHere ? place?.run : opened?.ok ? opened.value.runs[0]?.name : undefined;
    const run = opened?.ok !== true || name === undefined ? null : this.choose(opened.value.lesson.id, name);
    const steps = run?.ok && run.value.stepCount <= STEPS_AT_START ? (this.run?.read(1, run.value.stepCount) ?? []) : [];
    return { lessons, opened, run, steps, place: isHere ? place : null };
  }

  private async writeTrace(path: string): Promise<Result<string>> {
    const { run, source } = this;
    if (!run) return NO_RUN;
    let file: GrowingFile | null = null;
    try {
      file = await GrowingFile.create(path);
      await file.write(traceHeader(source, run.opened.first));
      for (const step of run.all()) await file.write(traceLine(step));
      await file.finish();
      return done(path);
    } catch (error) {
      await file?.abandon();
      return cannotWrite(path, error);
    }
  }
}
