/** The lesson and the run that are open, and everything the window asks of them. Node without Electron: it runs on a thread of its own. */
import { fill } from '../../assets/words/index';
import { placeIn, placesFound } from '../ask/alike/place';
import type { LaneAsk } from '../ask/lanes';
import { packedLanes, type SentLanes } from '../ask/sent-lanes';
import { packedTimes } from '../ask/sent-times';
import type { SentLine } from '../ask/timeline';
import type { Compared, LessonFault, LessonList, OpenedLesson, OpenedRun, Settings, Tried, TryAsk } from '../contract/requests';
import type { PlayAsk } from '../contract/play';
import type { WrittenPage } from '../playable/files';
import { scenarioKeys } from '../formats/scenario-keys';
import { turned } from '../formats/scenario-knobs';
import type { Step } from '../model/state';
import type { Result } from '../model/words';
import { findAssets, loadTables, loadListings, MissingAsset } from './asset-folder';
import type { KeptRun, Progress } from './kept-run';
import { LessonLibrary } from './lesson-library';
import type { PlayableLesson, PlayedRun } from './playable-lesson';
import { RunSearches } from './run-searches';
import type { ExportId, WrittenFile } from '../contract/exports';
import { plainStep } from '../model/trace/queue-versions';
import { PlaygroundService, playgroundTable } from './playground-table';
import { done, refusalOf, refuse } from './refusal';
import { exported } from './run-exports';
import { writeRun } from './run-writer';
import { comparedRuns } from './compared-runs';
import { checkedScenario, textOfRun, triedIn } from './tried-scenario';
import type { Beginning, ExportProgress, PlayerHandlers } from './player-asks';

const NO_RUN = refuse((words) => words.noRun);

/** At most so many steps in one reply. */
const MAX_STEPS = 20_000;
/** A first run up to this long is sent along whole. */
const STEPS_AT_START = 2_000;
/** Whoever has waited so long for a run is told how far it is, and then so often. Told at once, it would come and go like a flash. */
const PROGRESS_AFTER_MS = 250;
const PROGRESS_APART_MS = 50;

const quiet = (): void => undefined;

export class Player {
  private opened: PlayableLesson | null = null;
  /** The run that everything is asked of, and its name. */
  private chosen: PlayedRun | null = null;
  /** The run that somebody waits for now: progress is told of it alone, and nothing else is computed meanwhile. */
  private awaited: { lesson: PlayableLesson; run: string } | null = null;
  /** Settles when nobody waits for a run any more. */
  private waiting: Promise<void> = Promise.resolve();
  /** Settles when the other runs of what was opened last are there, too. */
  private rest: Promise<void> = Promise.resolve();
  private attempt = 0;
  /** How often something has been opened. */
  private openings = 0;
  private cancelledAttempt = 0;
  private made: LessonLibrary | null = null;
  private readonly playground = new PlaygroundService();
  private readonly searches = new RunSearches();
  private cancelledExports = 0;

  constructor(
    private readonly tell: (progress: Progress) => void,
    private readonly tellExport: (progress: ExportProgress) => void = quiet,
  ) {}

  /** The library; a missing asset is told, not thrown. */
  private async library<T>(use: (library: LessonLibrary) => Promise<Result<T>>): Promise<Result<T>> {
    try {
      const assets = findAssets();
      this.made ??= new LessonLibrary(assets, loadListings(assets), loadTables(assets));
    } catch (error) {
      if (error instanceof MissingAsset) return refusalOf(error);
      throw error;
    }
    return use(this.made);
  }

  /** Opens a lesson at one of its runs, the first when `run` names none of them; what was open stays open until that can be shown. */
  private async open(
    load: (library: LessonLibrary) => Promise<Result<PlayableLesson>>,
    run: string | null = null,
  ): Promise<Result<OpenedLesson>> {
    const attempt = ++this.attempt;
    const outcome = await this.library(load);
    if (!outcome.ok) return outcome;
    const lesson = outcome.value;
    const name = lesson.runNames.find((each) => each === run) ?? lesson.runNames[0] ?? '';
    const made = await this.computed(lesson, name, attempt);
    if (!made.ok) return made;
    this.opened = lesson;
    this.chosen = made.value;
    // After the reply: the first sentence of a lesson does not wait for its other runs.
    this.rest = new Promise((resolve) => {
      setImmediate(() => void this.computeRest(lesson).finally(resolve));
    });
    return done({ ...lesson.opened, opening: ++this.openings });
  }

  private computed(lesson: PlayableLesson, run: string, attempt: number): Promise<Result<PlayedRun>> {
    const mine = { lesson, run };
    this.awaited = mine;
    let toldNextMs = performance.now() + PROGRESS_AFTER_MS;
    const made = lesson.run(
      run,
      (progress) => {
        const now = performance.now();
        if (this.awaited !== mine || now < toldNextMs) return;
        toldNextMs = now + PROGRESS_APART_MS;
        this.tell(progress);
      },
      () => this.cancelledAttempt === attempt,
    );
    const over = (): void => {
      if (this.awaited === mine) this.awaited = null;
    };
    this.waiting = made.then(over, over);
    return made;
  }

  /**
   * Runs that nobody has asked for yet, until something else is opened. One gives way to a run that somebody waits for and is begun again
   * after that. What goes wrong is told when such a run is asked for.
   */
  private async computeRest(lesson: PlayableLesson): Promise<void> {
    for (const name of lesson.runNames) {
      let gaveWay: boolean;
      do {
        await this.waiting;
        if (this.opened !== lesson) return;
        gaveWay = false;
        const givesWay = (): boolean => {
          const isAwaitedElsewhere = this.awaited !== null && !(this.awaited.lesson === lesson && this.awaited.run === name);
          gaveWay ||= isAwaitedElsewhere;
          return isAwaitedElsewhere || this.opened !== lesson;
        };
        await lesson.runAhead(name, givesWay).catch(quiet);
      } while (gaveWay);
    }
  }

  private async choose(lesson: string, name: string, opening: number | null = null): Promise<Result<OpenedRun>> {
    const { opened } = this;
    if (!opened) return NO_RUN;
    // Another lesson may have a run of the same name.
    if (opened.opened.lesson.id !== lesson || (opening ?? this.openings) !== this.openings)
      return refuse((words) => fill(words.otherLesson, { lesson }));
    const made = await this.computed(opened, name, ++this.attempt);
    if (!made.ok) return made;
    this.chosen = made.value;
    return done(opened.openedRun(name, made.value));
  }

  /** Opens a text with other values as a scenario of its own, and says where in its run the place is that the window was at. */
  private async try(ask: TryAsk): Promise<Result<Tried>> {
    const text = turned(ask.text, ask.changes);
    const before = this.run;
    const opened = await this.open((library) => Promise.resolve(library.openText(text, ask.name)));
    const { opened: lesson, chosen } = this;
    if (!opened.ok) return opened;
    if (!lesson || !chosen) return NO_RUN;
    return done(triedIn(lesson, chosen, ask, before));
  }

  /** Runs a text without opening it, beside the run that is open. */
  private async compare(name: string, text: string): Promise<Result<Compared>> {
    const { chosen } = this;
    if (!chosen) return NO_RUN;
    const lesson = await this.library((library) => Promise.resolve(library.openText(text, name)));
    if (!lesson.ok) return lesson;
    const made = await this.computed(lesson.value, 'run', ++this.attempt);
    return made.ok ? comparedRuns(made.value.run, chosen.run) : made;
  }

  private async compareWith(lesson: string, run: string): Promise<Result<Compared>> {
    const { opened, chosen } = this;
    if (!opened || !chosen) return NO_RUN;
    if (opened.opened.lesson.id !== lesson) return refuse((words) => fill(words.otherLesson, { lesson }));
    const made = await this.computed(opened, run, ++this.attempt);
    return made.ok ? comparedRuns(chosen.run, made.value.run) : made;
  }

  private get run(): KeptRun | null {
    return this.chosen?.run ?? null;
  }

  readonly handlers: PlayerHandlers = {
    begin: ({ lesson, place, own, known }) => this.begin(lesson, place, own ?? [], known ?? null),
    ownLessons: ({ folders }) => this.library((library) => library.ownLessons(folders)),
    list: () => this.library((library) => library.list()),
    openLesson: ({ id, run }) => this.open((library) => library.open(id), run),
    openScenario: ({ file }) => this.open((library) => library.openFile(file)),
    scenarioText: () =>
      this.opened?.opened.trace
        ? refuse((words) => words.noScenarioText)
        : this.chosen && this.opened
          ? done(textOfRun(this.opened.opened, this.chosen))
          : NO_RUN,
    tryScenario: (ask) => this.try(ask),
    openedLesson: () => (this.opened ? done(this.opened.opened) : NO_RUN),
    checkScenario: (ask) => done(checkedScenario(ask)),
    scenarioKeys: () => done(scenarioKeys()),
    compareRuns: ({ name, text }) => this.compare(name, text),
    compareWith: ({ lesson, run }) => this.compareWith(lesson, run),
    placeAt: ({ n }) => (this.run ? done(placeIn({ first: this.run.opened.first, steps: this.run.doings() }, n)) : NO_RUN),
    findPlaces: ({ places }) => (this.run ? done(placesFound(places, { first: this.run.opened.first, steps: this.run.doings() })) : NO_RUN),
    exhibitPicture: (ask) => this.library((library) => Promise.resolve(library.picture(ask))),
    chooseRun: ({ lesson, run, opening }) => this.choose(lesson, run, opening),
    stepAnswers: ({ lesson, step }) => {
      const { opened } = this;
      if (opened?.opened.lesson.id !== lesson) return refuse((words) => fill(words.otherLesson, { lesson }));
      return opened.answers(step, () => this.opened !== opened);
    },
    checkLesson: ({ lesson }) => this.check(lesson),
    cancel: () => {
      this.cancelledAttempt = this.attempt;
      return null;
    },
    readSteps: ({ from, to }) => (this.run ? done(this.run.read(from, Math.min(to, from + MAX_STEPS - 1))) : NO_RUN),
    lanes: (ask) => this.lanes(ask),
    laneRows: (ask) => (this.run ? done(this.run.rows(ask)) : NO_RUN),
    links: (ask) => (this.run ? done(this.run.links(ask)) : NO_RUN),
    inspect: (ask) => (this.run ? done(this.run.inspect(ask)) : NO_RUN),
    events: (ask) => (this.run ? done(this.run.events(ask)) : NO_RUN),
    why: (ask) => (this.run ? done(this.run.why(ask)) : NO_RUN),
    runLine: () => this.line(),
    find: (ask) => (this.run ? this.searches.find(this.run, ask) : NO_RUN),
    runAnchors: () => (this.run ? done(this.run.anchors()) : NO_RUN),
    stateAt: ({ n }) => (this.run ? done(this.run.stateAt(n)) : NO_RUN),
    writeExport: ({ id, path }) => this.writeExport(id, path),
    cancelExports: () => {
      this.cancelledExports++;
      return null;
    },
    playFiles: (ask) => this.playFiles(ask),
    playgroundTable,
    checkListing: this.playground.checkListing,
    playListing: this.playground.playListing,
  };

  /** When nobody waits for a run of it any more, and for as long as it is open. */
  private async check(lesson: string): Promise<Result<LessonFault[] | null>> {
    const { opened } = this;
    if (opened?.opened.lesson.id !== lesson) return done(null);
    await this.rest;
    return done(this.opened === opened ? await opened.checked(() => this.opened !== opened) : null);
  }

  /** What is asked of the run that is open now may be answered when another one is: whoever asks knows of what. */
  private async lanes(ask: LaneAsk): Promise<Result<SentLanes>> {
    const { run } = this;
    await run?.prepare(ask);
    return run ? done(packedLanes(run.look(ask))) : NO_RUN;
  }

  private async line(): Promise<Result<SentLine>> {
    const { run } = this;
    await run?.prepare(null);
    if (!run) return NO_RUN;
    const line = run.line();
    return done({ ...line, times: packedTimes(line.times) });
  }

  private async begin(
    lesson: string | null,
    place: Settings['place'],
    own: readonly string[],
    known: Result<LessonList> | null,
  ): Promise<Beginning> {
    const mine = own.length > 0 ? await this.library((library) => library.ownLessons(own)) : null;
    const lessons = await this.library((library) => (known?.ok ? library.known(known.value) : library.list()));
    const cards = lessons.ok ? lessons.value.cards : [];
    const all = [...cards, ...(mine?.ok ? mine.value.flatMap(({ card }) => card ?? []) : [])];
    const id = lesson ?? all.find((card) => card.id === place?.lesson)?.id ?? cards[0]?.id;
    const first = cards[0]?.id;
    const begun = await this.beginWith(id, place);
    // Where nothing else was asked for, an empty window is not to be all that is left of a lesson whose runs cannot be had any more.
    return { lessons, ...(lesson === null && id !== first && begun.run?.ok !== true ? await this.beginWith(first, null) : begun) };
  }

  private async beginWith(id: string | undefined, place: Settings['place']): Promise<Omit<Beginning, 'lessons'>> {
    const wanted = place?.lesson === id ? (place?.run ?? null) : null;
    const opened = id === undefined ? null : await this.open((library) => library.open(id), wanted);
    const isHere = opened?.ok === true && place?.lesson === id && opened.value.runs.some((run) => run.name === place?.run);
    const name = isHere ? place?.run : opened?.ok ? (opened.value.lesson.steps[0]?.run ?? opened.value.runs[0]?.name) : undefined;
    const run = opened?.ok !== true || name === undefined ? null : await this.choose(opened.value.lesson.id, name);
    const steps = run?.ok && run.value.stepCount <= STEPS_AT_START ? [...(this.run?.all() ?? [])].map(plainStep) : [];
    return { opened, run, steps, place: isHere ? place : null };
  }

  /** What is open stays open. */
  private async playFiles(ask: PlayAsk & { program: string }): Promise<Result<WrittenPage[]>> {
    const attempt = ++this.attempt;
    const { opened } = this;
    const isOpen = opened?.opened.lesson.id === ask.lesson;
    if (!isOpen && ask.lesson === '') return NO_RUN;
    const lesson = isOpen ? done(opened) : await this.library((library) => library.open(ask.lesson));
    if (!lesson.ok) return lesson;
    const { playedFiles } = await import('./play-file');
    return playedFiles(lesson.value, ask, this.tell, () => this.cancelledAttempt === attempt);
  }

  /** The run is kept for as long as that takes, whatever is opened meanwhile. */
  private writeExport(id: ExportId, path: string): Result<WrittenFile | null> | Promise<Result<WrittenFile | null>> {
    const { chosen } = this;
    if (!chosen) return NO_RUN;
    const { run, source, recorded = null } = chosen;
    const total = run.opened.stepCount;
    const before = this.cancelledExports;
    let n = 0;
    const counted = function* (): Generator<Step> {
      for (const step of run.all()) {
        n++;
        yield step;
      }
    };
    const made = exported(id, { source, recorded, first: run.opened.first, steps: counted() }, () => loadListings(findAssets()));
    if (!made.ok) return made;
    return writeRun(path, made.value, () => {
      this.tellExport({ done: n, total });
      return this.cancelledExports !== before;
    });
  }
}
