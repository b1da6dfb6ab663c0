/** The open lesson or scenario file as it is shown: which of its runs is played, where in its steps we are, and what may be seen of it. */
import { fill, inEveryLanguage } from '../../assets/words/index';
import type {
  LessonCard,
  LessonList,
  LessonStep,
  ListingLine,
  Misconception,
  Moment,
  OpenedLesson,
  OpenedRun,
  Settings,
} from '../../src-main/contract/index';
import { bridge } from '../bridge';
import { Activities } from './activities.svelte';
import { Answers } from './answers.svelte';
import { Learners } from './learners.svelte';
import type { Notices } from './notices.svelte';
import { OwnRun, type ToldStory } from './own-run.svelte';
import { Pages } from './pages.svelte';
import { Playback } from './playback.svelte';
import { type InspectSource, readSource } from './run-source';
import { TimelineStore } from './timeline.svelte';

const STILL = matchMedia('(prefers-reduced-motion: reduce)');

export class ShownLesson {
  protected readonly onFailure = (error: unknown): void => {
    const why = error instanceof Error ? error.message : String(error);
    this.notices.fail(inEveryLanguage((words) => fill(words.window.noStep, { why })));
  };
  readonly playback = new Playback({ isStill: () => STILL.matches, onFailure: this.onFailure });
  readonly timeline = new TimelineStore(this.onFailure);
  /** Of the text that stands beside the run. */
  readonly pages = new Pages();
  /** What is done at the lesson's steps. */
  readonly activities = new Activities((lesson, step) => bridge.stepAnswers({ lesson, step }));
  cards = $state.raw<readonly LessonCard[]>([]);
  /** Of the teacher's own lessons. */
  ownCards = $state.raw<readonly LessonCard[]>([]);
  misconceptions = $state.raw<readonly Misconception[]>([]);
  /** The course’s units. */
  units = $state.raw<LessonList['units']>([]);
  opened = $state.raw<OpenedLesson | null>(null);
  run = $state('');
  openedRun = $state.raw<OpenedRun | null>(null);
  progress = $state.raw<{ stepsDone: number; limitSteps: number; readShare: number | null } | null>(null);
  isOpening = $state(true);
  /** The map of the course lies over it since the start: nobody has looked at it yet. */
  isCovered = $state(false);
  /** The question that stands before the next lesson step. */
  pending = $state.raw<LessonStep | null>(null);
  /** Where the lesson was left for a scenario file. */
  wayBack = $state.raw<Settings['place']>(null);
  /** Votes and answers of whoever learns. */
  readonly answers: Answers;
  /** What is told of a scenario of one's own, and how much of it may be seen. */
  protected readonly own = new OwnRun();
  /** Nobody is there to guess. */
  asksNothing = $state(false);
  /** Answers what is asked of one thing of the open run. */
  inspected: InspectSource = readSource;
  /** The trace step at which playing ended because a lesson step stands there. */
  protected playedTo = $state<number | null>(null);

  readonly scenario = $derived(this.opened?.runs.find((each) => each.name === this.run)?.scenario ?? null);
  readonly steps = $derived(this.opened?.lesson.steps ?? []);
  /** Where the lesson's steps of the run that is played stand. */
  readonly stops = $derived(this.openedRun?.stops ?? []);
  readonly listings: Record<string, ListingLine[]> = $derived(this.openedRun?.listings ?? {});
  /** Index into steps of the lesson step we have come to; −1 before the first of the run. */
  readonly at = $derived.by(() => {
    const stop = this.stops.findLast((each) => each.n <= this.playback.n);
    return stop ? this.steps.findIndex((step) => step.id === stop.id) : -1;
  });
  /** Index of the lesson step that comes next: as many are behind us. In a run before its first stop that is its first step. */
  readonly next = $derived(
    this.at >= 0
      ? this.at + 1
      : Math.max(
          0,
          this.steps.findIndex((each) => each.run === this.run),
        ),
  );
  readonly current = $derived(this.steps[this.at] ?? null);
  /** Somebody has jumped to where a later run of the lesson has not come to its first step yet. */
  readonly isBeforeRun = $derived(this.at < 0 && this.next > 0);
  /** True for a scenario file, which has no lesson around it. */
  readonly isOwnScenario = $derived(this.opened?.lesson.id === '');
  readonly hasPlayedToStop = $derived(!this.playback.isPlaying && this.pending === null && this.playedTo === this.playback.n);
  /** The question that stands before the next step is still open. */
  readonly isAsking = $derived(this.isToBeAsked(this.pending));
  /**
   * The last step of the open run that may be seen; null: all of it may. While a question is open that is the step that is shown. Before, it is
   * the lesson step from which the next question is asked, or where somebody has walked beyond it: lanes that ran on, be it only to the
   * question's own step, would answer it long before it is asked. What has been passed without being asked hides nothing, and an export, at
   * which nobody guesses, nothing either.
   */
  readonly horizon: number | null = $derived.by(() => {
    if (this.asksNothing) return null;
    if (this.own.isVeiled) return this.own.horizon(this.playback.n, this.playback.stepCount);
    if (this.isAsking) return this.playback.n;
    const ahead = this.stepOf(this.stops.find((stop) => stop.n > this.playback.n && this.isToBeAsked(this.stepOf(stop))));
    return ahead ? Math.max(this.playback.n, this.placeBefore(ahead)) : null;
  });
  /** Index of the first lesson step after this one whose question has not been answered; null: there is none. */
  readonly firstOpen: number | null = $derived.by(() => {
    const index =
      this.pending && this.isAsking
        ? this.steps.indexOf(this.pending)
        : this.steps.findIndex((step, i) => i > this.at && this.isToBeAsked(step));
    return index < 0 ? null : index;
  });
  /** Of a veiled run something has not been seen yet. */
  get isStillVeiled(): boolean {
    return this.own.isVeiled && this.horizon !== null;
  }

  /** Whether something that happens in these runs is still to be guessed, further on in the lesson. */
  hasQuestionsIn(runs: readonly string[]): boolean {
    return this.steps.some((step, i) => i > this.at && runs.includes(step.run) && this.isToBeAsked(step));
  }

  /** What is told beside the open run. `isAsTold`: none of its numbers has been changed. `hasEnding`: it has been played to its end. */
  get told(): (ToldStory & { hasEnding: boolean }) | null {
    const told = this.isOwnScenario ? this.own.told : null;
    return told && { ...told, hasEnding: !this.isStillVeiled };
  }

  /** Index of the first lesson step, and of the first run, whose title would give away what is being asked; null: none would. */
  readonly hidden: { step: number; run: number } | null = $derived.by(() => {
    if (!this.isAsking || !this.pending) return null;
    const run = this.opened?.runs.findIndex((each) => each.name === this.run) ?? 0;
    return { step: this.steps.indexOf(this.pending), run: run + 1 };
  });
  /** Ids of the misconceptions that choices of the open question come from. */
  readonly believed: ReadonlySet<string> = $derived(
    new Set(this.isAsking ? (this.pending?.ask?.choices ?? []).flatMap(({ believes }) => believes ?? []) : []),
  );
  readonly isRunOver = $derived(this.playback.stepCount > 0 && this.playback.n >= this.playback.stepCount && this.pending === null);

  /** How the run has ended; null while its last step has not been reached. */
  readonly ended = $derived(this.playback.n >= this.playback.stepCount ? (this.openedRun?.outcome ?? null) : null);

  /** `keepPlace`: the place has changed and is to be kept for the next start. */
  constructor(
    protected readonly notices: Notices,
    protected readonly keepPlace: () => void,
    readonly learners: Learners = new Learners(notices, keepPlace),
  ) {
    this.answers = new Answers(learners, () => this.lessonId);
  }

  protected stepOf(stop: { id: string } | undefined): LessonStep | undefined {
    return stop && this.steps.find((step) => step.id === stop.id);
  }

  /** Where a step of the open run stands. */
  protected placeOf(step: LessonStep): number {
    return this.stops.find((stop) => stop.id === step.id)?.n ?? 0;
  }

  /** The lesson step before it in the same run, or the run's beginning. */
  protected placeBefore(step: LessonStep): number {
    const n = this.placeOf(step);
    return this.stops.findLast((stop) => stop.n < n)?.n ?? 0;
  }

  /** The lesson step that belongs to step n of the open run, when its question has not been asked. */
  protected askedAt(n: number): LessonStep | null {
    const step = this.stepOf(this.stops.findLast((stop) => stop.n <= n));
    return step && this.isToBeAsked(step) ? step : null;
  }

  protected get lessonId(): string {
    return this.opened?.lesson.id ?? '';
  }

  protected isToBeAsked(step: LessonStep | null | undefined): boolean {
    return !this.asksNothing && this.answers.isOpen(step);
  }

  isSeen(step: LessonStep): boolean {
    return this.learners.progressOf(this.lessonId).seen.includes(step.id);
  }

  /** The moment that is shown; null: it is in no lesson. */
  get moment(): Moment | null {
    const { place } = this;
    return place && { ...place, step: this.current?.id ?? null };
  }

  /** Where in a lesson we are; null in a scenario of one's own. */
  get place(): Settings['place'] {
    const lesson = this.opened?.lesson.id ?? '';
    return lesson === '' ? null : { lesson, run: this.run, n: this.playback.n };
  }
}
