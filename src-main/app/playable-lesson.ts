/** A lesson that can be played: its scenarios have been read, and its runs are computed, or read from a trace, when they are asked for. */
import { fill, inEveryLanguage } from '../../assets/words/index';
import type { LessonFault, OpenedLesson, OpenedRun, StepAnswers } from '../contract/requests';
import type { Lesson } from '../formats/lesson';
import type { ModelAssets } from '../model/run/simulate';
import { Evidence } from '../lessons/evidence';
import { noPlace } from '../lessons/proofs';
import type { Scenario } from '../model/scenario';
import { type Fault, type Refused, type Result, textOf } from '../model/words';
import { Cancelled, KeptRun, type Progress } from './kept-run';
import { LessonAnswers } from './lesson-answers';
import type { CheckBeside } from './lesson-check';
import { witnessOf } from './lesson-witness';
import type { ReadScenario, ScenarioSource } from './read-scenario';
import { refuse } from './refusal';
import { TraceFile, TraceRefused } from './trace-file';

export type OpenedTrace = Awaited<ReturnType<typeof TraceFile.open>>;

/** A run, and the scenario file that it comes from. */
export interface PlayedRun extends ScenarioSource {
  run: KeptRun;
}

/** Whom the computing of a run belongs to: who hears of its progress, and who may cancel it. */
interface Waiter {
  tell: (progress: Progress) => void;
  isCancelled: () => boolean;
}

/** A run that is being computed or has been. */
interface MadeRun {
  outcome: Promise<Result<PlayedRun>>;
  waiter: Waiter;
}

/** The file of somebody's own lesson. */
export interface OwnLessonFile {
  /** What of it does not hold in its runs. */
  check: (beside: CheckBeside) => Promise<LessonFault[]>;
  /** Where in it a step says where it stands. */
  placeOf: (step: string) => Pick<Fault, 'file' | 'line' | 'column'>;
}

/** A lesson whose scenarios have been read. Its runs are computed when they are asked for, each once. */
export class PlayableLesson {
  private readonly made = new Map<string, MadeRun>();
  /** Runs in which a step has no place, of a lesson that can be checked. */
  private readonly lost = new Map<string, KeptRun>();
  private answered: LessonAnswers | null = null;

  constructor(
    readonly opened: OpenedLesson,
    private readonly sources: ReadonlyMap<string, ScenarioSource>,
    private readonly listings: ModelAssets,
    /** Where its run is read from; null: it is computed. `opened`: for whoever reads it first, so that a long file need not be begun twice. */
    private readonly trace: { file: string; opened: OpenedTrace | null } | null = null,
    /** null: it is one of the course. */
    private readonly own: OwnLessonFile | null = null,
  ) {}

  /** What of it does not hold in its runs. null: there is nothing to be checked, or it has been given up. */
  async checked(isGivenUp: () => boolean): Promise<LessonFault[] | null> {
    try {
      return (await this.own?.check({ run: (name) => this.looked(name, isGivenUp), isGivenUp })) ?? null;
    } catch (error) {
      if (error instanceof Cancelled) return null;
      throw error;
    }
  }

  /** A run, even one that cannot be shown because a step has no place in it. null: it cannot be had. */
  private async looked(name: string, isGivenUp: () => boolean): Promise<KeptRun | null> {
    const lost = this.lost.get(name);
    if (lost) return lost;
    const made = await (this.made.get(name)?.outcome ?? this.runAhead(name, isGivenUp));
    return made.ok ? made.value.run : (this.lost.get(name) ?? null);
  }

  /** What a step asks of the lesson's runs, which are computed for it, unless the lesson is given up. */
  answers(step: string, isGivenUp: () => boolean): Promise<Result<StepAnswers>> {
    this.answered ??= new LessonAnswers(this.opened.lesson, async (name) => {
      const made = await this.run(name, () => undefined, isGivenUp);
      return made.ok ? { ok: true, value: witnessOf(made.value.run, this.listings) } : made;
    });
    return this.answered.of(step);
  }

  get runNames(): readonly string[] {
    return this.opened.runs.map(({ name }) => name);
  }

  /** One of the lesson's runs, for somebody who waits for it. One that is being computed already belongs to whoever asked last. */
  run(name: string, tell: (progress: Progress) => void, isCancelled: () => boolean): Promise<Result<PlayedRun>> {
    const waiter: Waiter = { tell, isCancelled };
    const known = this.made.get(name);
    if (!known) return this.make(name, waiter).outcome;
    known.waiter = waiter;
    return known.outcome;
  }

  /** The same before anybody waits for it: given up when `isCancelled` says so, unless somebody has come to wait meanwhile. */
  async runAhead(name: string, isCancelled: () => boolean): Promise<Result<PlayedRun>> {
    const known = this.made.get(name);
    if (known) return known.outcome;
    const waiter: Waiter = { tell: () => undefined, isCancelled };
    const made = this.make(name, waiter);
    const outcome = await made.outcome;
    // Another lesson may have filled the memory that this run lacked: whoever asks for it later may get more of it.
    if (outcome.ok && outcome.value.run.opened.shortened && made.waiter === waiter) this.made.delete(name);
    return outcome;
  }

  private make(name: string, waiter: Waiter): MadeRun {
    const made: MadeRun = {
      waiter,
      outcome: Promise.resolve().then(() =>
        this.compute(
          name,
          (progress) => made.waiter.tell(progress),
          () => made.waiter.isCancelled(),
        ),
      ),
    };
    this.made.set(name, made);
    // What was cancelled or has failed may be tried again.
    const forget = (): void => {
      this.made.delete(name);
    };
    made.outcome.then((outcome) => {
      if (!outcome.ok) forget();
    }, forget);
    return made;
  }

  private async compute(name: string, tell: (progress: Progress) => void, isCancelled: () => boolean): Promise<Result<PlayedRun>> {
    const { lesson, runs } = this.opened;
    const scenario = runs.find((each) => each.name === name)?.scenario;
    if (!scenario) return refuse((words) => fill(words.noSuchRun, { run: name }));
    const anchors = lesson.steps.filter((step) => step.run === name).map(({ id, at }) => ({ id, at }));
    try {
      const run =
        this.trace === null
          ? await KeptRun.compute(scenario, this.listings, anchors, tell, isCancelled)
          : await keptTrace(this.openedTrace(this.trace), scenario, this.listings, tell, isCancelled);
      if (run.missing.length === 0) return { ok: true, value: { run, ...(this.sources.get(name) ?? { source: null, text: '' }) } };
      if (this.own) this.lost.set(name, run);
      return await this.lostSteps(name, run);
    } catch (error) {
      if (error instanceof Cancelled) return refuse((words) => words.cancelled);
      if (error instanceof TraceRefused) return error.refused;
      throw error;
    }
  }

  /** Which steps the run never comes to, each with the row that was likely meant, or with all rows of its function. */
  private async lostSteps(name: string, run: KeptRun): Promise<Refused> {
    const { lesson } = this.opened;
    const evidence = await Evidence.gather(lesson, name, witnessOf(run, this.listings));
    const lost = lesson.steps.flatMap(({ id, at }) => (at && run.missing.includes(id) ? [{ id, ...noPlace(name, at, evidence) }] : []));
    const { own } = this;
    if (own) {
      const faults = lost.map(({ id, message, suggestion, mend }) => {
        const isMended = suggestion === null && mend !== null;
        const said = inEveryLanguage(({ language }, each) => (isMended ? `${message[each]}${language.list}${mend[each]}` : message[each]));
        return { ...own.placeOf(id), message: said, suggestion };
      });
      return refuse((words) => words.lostStepsHere, faults);
    }
    const message = inEveryLanguage(({ refusal, window }, id) => {
      const steps = lost.map((each) => {
        const meant = each.suggestion === null ? '' : fill(window.didYouMean, { word: each.suggestion });
        return `${each.id} – ${each.message[id]}${meant}`;
      });
      return fill(refusal.lostSteps, { steps: steps.join(' · ') });
    });
    return { ok: false, message };
  }

  private openedTrace(trace: { file: string; opened: OpenedTrace | null }): OpenedTrace | Promise<OpenedTrace> {
    const { opened, file } = trace;
    trace.opened = null;
    return opened ?? TraceFile.open(file);
  }

  /** What the window is told of a run that has been computed. */
  openedRun(name: string, { run }: PlayedRun): OpenedRun {
    const stops = this.opened.lesson.steps
      .filter((step) => step.run === name)
      .map((step) => ({ id: step.id, run: name, n: run.places.get(step.id) ?? 0 }));
    return { ...run.opened, stops };
  }
}

async function keptTrace(
  from: OpenedTrace | Promise<OpenedTrace>,
  scenario: Scenario,
  listings: ModelAssets,
  tell: (progress: Progress) => void,
  isCancelled: () => boolean,
): Promise<KeptRun> {
  const { trace, header } = await from;
  try {
    return await KeptRun.read(scenario, listings, header.state, trace, tell, isCancelled);
  } finally {
    await trace.close();
  }
}

/** What somebody's own lesson has besides. `stem`: how its files begin. */
export interface OwnPart extends OwnLessonFile {
  stem: string;
  /** What may be a mistake in its file, though it can be used. */
  hints: readonly Fault[];
}

/** A lesson with the scenarios of its runs, by the runs' names. `own`: of one that is not the product's. */
export function playableOf(
  lesson: Lesson,
  scenarios: ReadonlyMap<string, ReadScenario>,
  listings: ModelAssets,
  own: OwnPart | null = null,
): PlayableLesson {
  const runs = [...scenarios].map(([name, { scenario }]) => ({
    name,
    title: lesson.runs[name]?.title ?? textOf(() => name),
    scenario,
  }));
  const hints = [...(own?.hints ?? []), ...[...scenarios.values()].flatMap((each) => each.hints)];
  const opened = { lesson, runs, hints, ...(own ? { isOwn: true as const, stem: own.stem } : {}) };
  return new PlayableLesson(opened, scenarios, listings, null, own);
}
