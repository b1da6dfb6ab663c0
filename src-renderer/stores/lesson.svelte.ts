/** The open lesson or scenario file: which of its runs is played, where in its steps we are, and its questions. */
import { fill, inEveryLanguage } from '../../assets/words/index';
import {
  type LessonCard,
  type LessonList,
  type LessonStep,
  type ListingLine,
  type Misconception,
  type Moment,
  type OpenedLesson,
  type OpenedRun,
  type Result,
  listingsOf,
  PackedSteps,
  type Settings,
  type Step,
  type StepSlice,
  type Tried,
  type TryAsk,
} from '../../src-main/contract/index';
import { bridge } from '../bridge';
import { Activities } from './activities.svelte';
import { Answers } from './answers.svelte';
import { Learners } from './learners.svelte';
import { type Entry, entryOf, firstRunOf, traceStepOf } from './lesson-entry';
import type { Notices } from './notices.svelte';
import { OwnRun, type Story, type ToldStory } from './own-run.svelte';
import { Pages } from './pages.svelte';
import { Playback } from './playback.svelte';
import { type InspectSource, localLanes, readSource } from './run-source';
import { TimelineStore } from './timeline.svelte';
import { type Place, Trail } from './trail';

const STILL = matchMedia('(prefers-reduced-motion: reduce)');

export class LessonStore {
  private readonly onFailure = (error: unknown): void => {
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
  /** The question that stands before the next lesson step. */
  pending = $state.raw<LessonStep | null>(null);
  /** Where the lesson was left for a scenario file. */
  wayBack = $state.raw<Settings['place']>(null);
  /** Votes and answers of whoever learns. */
  readonly answers: Answers;
  /** What is told of a scenario of one's own, and how much of it may be seen. */
  private readonly own = new OwnRun();
  /** Nobody is there to guess. */
  asksNothing = $state(false);
  /** Answers what is asked of one thing of the open run. */
  inspected: InspectSource = readSource;
  private readonly trail = new Trail();
  /** Whether there is a place behind, and one ahead. */
  ways = $state.raw({ back: false, on: false });
  /** A place of the trail is being gone to, which leaves none. */
  private isReturning = false;
  /** The lesson step to which everybody is walking. */
  private heading: LessonStep | null = null;
  /** The trace step at which playing ended because a lesson step stands there. */
  private playedTo = $state<number | null>(null);

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
  /** True for a scenario file, which has no lesson around it. */
  readonly isOwnScenario = $derived(this.opened?.lesson.id === '');
  readonly hasPlayedToStop = $derived(!this.playback.isPlaying && this.pending === null && this.playedTo === this.playback.n);
  /** The question that stands before the next step is still open. */
  readonly isAsking = $derived(this.isToBeAsked(this.pending));
  /**
   * The last step of the open run that may be seen; null: all of it may. While a question is open that is the step that is shown. Before, it is
   * the one before the next question's: lanes that ran on to the end would answer it long before it is asked. What has been passed without
   * being asked hides nothing, and an export, at which nobody guesses, nothing either.
   */
  readonly horizon: number | null = $derived.by(() => {
    if (this.asksNothing) return null;
    if (this.own.isVeiled) return this.own.horizon(this.playback.n, this.playback.stepCount);
    if (this.isAsking) return this.playback.n;
    const ahead = this.stops.find((stop) => stop.n > this.playback.n && this.isToBeAsked(this.stepOf(stop)));
    return ahead ? ahead.n - 1 : null;
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
    private readonly notices: Notices,
    private readonly keepPlace: () => void,
    readonly learners: Learners = new Learners(notices, keepPlace),
  ) {
    this.answers = new Answers(learners, () => this.lessonId);
  }

  /** What the start has brought along. */
  async begin(
    lessons: Result<LessonList>,
    opened: Result<OpenedLesson> | null,
    run: Result<OpenedRun> | null,
    steps: readonly Step[],
    place: Settings['place'],
  ): Promise<void> {
    const list = this.notices.told(lessons);
    this.cards = list?.cards ?? [];
    this.misconceptions = list?.misconceptions ?? [];
    this.units = list?.units ?? [];
    for (const { message, faults } of list?.broken ?? []) this.notices.warn(message, faults);
    this.opened = opened === null ? null : this.notices.told(opened);
    const openedRun = run === null ? null : this.notices.told(run);
    const name = place?.run ?? (this.opened ? firstRunOf(this.opened) : undefined);
    if (this.opened && openedRun && name !== undefined) await this.showRun(name, openedRun, entryOf(this.opened, name, place), steps);
  }

  async openLesson(id: string, place: Settings['place'] = null): Promise<void> {
    await this.show(() => bridge.openLesson({ id, run: place?.run ?? null }), place);
  }

  async openScenario(): Promise<void> {
    await this.show(() => bridge.chooseScenario({}), null);
  }

  /** Its files have changed: as they are now, at the same step, or the one that has its place. When they cannot be had all stays as it was. */
  reload(): Promise<void> {
    const step = this.pending ?? this.current;
    const at = Math.max(
      0,
      this.steps.findIndex((each) => each === step),
    );
    return this.opening(async () => {
      this.playback.pause();
      const opened = this.notices.told(await bridge.openLesson({ id: this.lessonId, run: this.run }));
      if (!opened) return;
      const { steps } = opened.lesson;
      const same = steps.find(({ id }) => id === step?.id) ?? steps[Math.min(at, steps.length - 1)];
      const run = same?.run ?? firstRunOf(opened);
      if (run !== undefined) await this.openRun(run, same ? { stop: same.id } : { n: this.playback.n }, opened);
    });
  }

  /** The file that the program was started with, or that a second start handed over. */
  async openGiven(): Promise<void> {
    const moment = this.notices.told(await bridge.takeLink({}));
    if (moment) await this.openMoment(moment);
    await this.openWith(() => bridge.openGiven({}));
  }

  /** A scenario, a trace or a lesson's file that is opened otherwise than by its dialog. */
  async openWith(load: () => Promise<Result<OpenedLesson | null>>): Promise<void> {
    await this.show(load, null);
  }

  /** To a moment that a link names. What is not there is told, and what is shown stays. */
  async openMoment({ lesson, step, run, n }: Moment): Promise<void> {
    if (lesson !== this.lessonId) {
      await this.openLesson(lesson, run === null ? null : { lesson, run, n: n ?? 0 });
      if (lesson !== this.lessonId) return;
    }
    const index = this.steps.findIndex(({ id }) => id === step);
    if (step !== null && index < 0) this.notices.warn(inEveryLanguage(({ refusal }) => fill(refusal.noLessonStep, { step })));
    const name = run ?? this.steps[index]?.run ?? this.run;
    if (n === null) {
      if (index >= 0) await this.visit(index);
    } else if (name === this.run) await this.jump(n);
    else {
      this.leave();
      await this.openRun(name, { n });
    }
  }

  /** The moment that is shown; null: it is in no lesson. */
  get moment(): Moment | null {
    const { place } = this;
    return place && { ...place, step: this.current?.id ?? null };
  }

  /** While something is being computed: told, and it can be cancelled. */
  private async opening<T>(work: () => Promise<T>): Promise<T> {
    this.isOpening = true;
    this.progress = null;
    try {
      return await work();
    } finally {
      this.isOpening = false;
      this.progress = null;
    }
  }

  private show(load: () => Promise<Result<OpenedLesson | null>>, place: Settings['place']): Promise<void> {
    return this.opening(async () => {
      const opened = this.notices.told(await load());
      if (!opened) return;
      const wayBack = opened.lesson.id === '' ? (this.place ?? this.wayBack) : null;
      const run = opened.runs.find((each) => each.name === place?.run)?.name ?? firstRunOf(opened);
      if (run === undefined || !(await this.openRun(run, entryOf(opened, run, place), opened))) return;
      this.wayBack = wayBack;
      if (opened.hints.length > 0)
        this.notices.warn(
          inEveryLanguage((words) => words.refusal.scenarioHints),
          opened.hints,
        );
    });
  }

  /**
   * Runs a scenario's text beside the lesson, as a scenario of one's own, and shows the place that means what the present one does. What cannot be
   * run is answered, not told, and what was shown stays; so it does when `take`, which gets the run before it is shown, does not want it any more.
   */
  tryScenario(ask: Omit<TryAsk, 'n' | 'listings'>, take: (tried: Tried) => boolean): Promise<Result<Tried>> {
    this.playback.pause();
    // What is asked further on in the lesson is not told by its copy.
    const isVeiled = this.isOwnScenario ? this.own.isVeiled : this.horizon !== null;
    return this.opening(async () => {
      const { listings, scenario, openedRun } = this;
      const has = scenario && openedRun ? listingsOf(scenario) : null;
      const outcome = await bridge.tryScenario({ ...ask, listings: has, n: this.playback.n });
      if (outcome.ok && take(outcome.value)) await this.showTried(outcome.value, isVeiled, listings);
      return outcome;
    });
  }

  /** A scenario with what it is there to be asked: from its beginning, and veiled until it has been played. False: it cannot be had. */
  async openTold({ name, text }: Pick<TryAsk, 'name' | 'text'>, told: Story): Promise<boolean> {
    this.playback.pause();
    return this.opening(async () => {
      const tried = this.notices.told(await bridge.tryScenario({ name, text, changes: [], n: 0, listings: null }));
      if (!tried) return false;
      this.notices.close();
      this.own.tell(told, text);
      await this.showTried({ ...tried, place: { n: 0, kept: 'row' } }, true);
      return true;
    });
  }

  /** `listings`: those that the run does not bring because it shows the same. */
  private async showTried(
    { opened, run, steps, place, text }: Tried,
    isVeiled: boolean,
    listings: OpenedRun['listings'] = {},
  ): Promise<void> {
    this.wayBack = this.place ?? this.wayBack;
    this.leave();
    if (this.isOwnScenario) this.forgetOwn();
    this.activities.clear();
    this.pending = null;
    this.opened = opened;
    this.own.show(text, isVeiled, place.n);
    await this.showRun('run', { ...run, listings: run.listings ?? listings }, { n: place.n }, [], steps);
    this.keepPlace();
  }

  /** From a scenario of one's own to where the lesson was left. */
  async backToLesson(): Promise<void> {
    if (!this.isOwnScenario) return;
    const id = this.wayBack?.lesson ?? this.cards[0]?.id;
    if (id !== undefined) await this.openLesson(id, this.wayBack);
  }

  cancel(): void {
    void bridge.cancelRun({});
  }

  /** False: it cannot be had, and what was shown stays. */
  openRun(name: string, entry: Entry, of: OpenedLesson | null = this.opened): Promise<boolean> {
    return this.opening(async () => {
      const opened = this.notices.told(await bridge.openRun({ lesson: of?.lesson.id ?? '', run: name }));
      if (!opened) return false;
      if (of !== this.opened) {
        if (!this.isReturning) this.leave();
        if (this.isOwnScenario) this.forgetOwn();
        this.activities.clear();
        this.notices.close();
        this.pending = null;
        this.own.clear();
      }
      this.opened = of;
      await this.showRun(name, opened, entry, []);
      this.keepPlace();
      return true;
    });
  }

  /** `steps`: those that came along, from the first on. `along`: all of them, as they travel; what is asked of the run is still answered where it is kept. */
  private async showRun(
    name: string,
    opened: OpenedRun,
    entry: Entry,
    steps: readonly Step[],
    along: StepSlice | null = null,
  ): Promise<void> {
    this.run = name;
    this.openedRun = opened;
    // A short run that came along whole is read here, without another request.
    const whole = steps.length === opened.stepCount ? new PackedSteps() : null;
    for (const step of whole ? steps : []) whole?.push(step);
    const source = whole ? localLanes(opened.first, steps, whole) : readSource;
    this.inspected = source;
    this.timeline.open(source, opened.endNs, this.isOwnScenario);
    const wanted = traceStepOf(entry, opened.stops);
    const asked = this.askedAt(wanted);
    if (asked) this.pending = asked;
    const n = asked ? this.placeBefore(asked) : wanted;
    await this.playback.open(
      opened.first,
      opened.stepCount,
      whole ? { ...readSource, readSteps: (from, to) => Promise.resolve(whole.slice(from, to)) } : readSource,
      n,
      along,
    );
    if (opened.shortened) this.notices.warn(opened.shortened);
  }

  /**
   * To the next page; after the last one to the next lesson step. Its question comes first. Once more at an open question: the answer is
   * revealed, chosen or not; then on to the step.
   */
  async lessonNext(): Promise<void> {
    this.playback.pause();
    if (this.pages.next()) return;
    const { pending } = this;
    if (pending && this.isToBeAsked(pending)) {
      this.reveal();
      return;
    }
    // On the way to a step that was picked, "next" is that step, whatever else they come past.
    const goal = this.heading === this.current ? null : this.heading;
    const next = pending ?? goal ?? this.steps[this.next];
    if (!next) await this.playback.travel(this.playback.stepCount);
    else if (this.isToBeAsked(next)) this.pending = next;
    else {
      this.leave();
      await this.goTo(this.steps.indexOf(next));
    }
  }

  /** To the page before; from the first one to the lesson step before. */
  async lessonPrev(): Promise<void> {
    this.playback.pause();
    if (this.pages.previous()) return;
    if (this.pending && !this.isToBeAsked(this.current)) {
      this.pending = null;
      return;
    }
    const here = this.stops.find((stop) => stop.id === this.current?.id);
    // In the middle of a step, back goes to its beginning.
    await this.goTo(here && here.n < this.playback.n && !this.pending ? this.at : Math.max(0, this.next - (here ? 2 : 1)));
  }

  /** To a step that was picked: back leads here. */
  async visit(index: number): Promise<void> {
    this.leave();
    await this.goTo(index);
  }

  /** To a lesson step; its question is asked first, from a place before it. `how`: with everybody walking there, or at once. */
  async goTo(index: number, how: 'travel' | 'jump' = 'travel'): Promise<void> {
    this.playback.pause();
    this.pending = null;
    this.heading = null;
    const step = this.steps[index];
    if (!step) return;
    if (step.run !== this.run) await this.openRun(step.run, { stop: step.id });
    else if (this.isToBeAsked(step)) await this.ask(step);
    else {
      this.heading = step;
      try {
        await this.playback[how](this.placeOf(step));
      } finally {
        if (this.heading === step) this.heading = null;
      }
    }
    this.keepPlace();
  }

  private stepOf(stop: { id: string } | undefined): LessonStep | undefined {
    return stop && this.steps.find((step) => step.id === stop.id);
  }

  /** Where a step of the open run stands. */
  private placeOf(step: LessonStep): number {
    return this.stops.find((stop) => stop.id === step.id)?.n ?? 0;
  }

  /** The lesson step before it in the same run, or the run's beginning. */
  private placeBefore(step: LessonStep): number {
    const n = this.placeOf(step);
    return this.stops.findLast((stop) => stop.n < n)?.n ?? 0;
  }

  /** The lesson step that belongs to step n of the open run, when its question has not been asked. */
  private askedAt(n: number): LessonStep | null {
    const step = this.stepOf(this.stops.findLast((stop) => stop.n <= n));
    return step && this.isToBeAsked(step) ? step : null;
  }

  /** Asks the question of a step of the open run, where nothing of what it is about has been seen. */
  private async ask(step: LessonStep): Promise<void> {
    this.pending = step;
    const before = this.placeBefore(step);
    if (this.playback.n < before || this.playback.n >= this.placeOf(step)) await this.playback.jump(before);
  }

  /** Whether a question stands in the way to step n of the open run. Then it is asked; nobody gets past one that is open. */
  private async isStopped(n: number): Promise<boolean> {
    const { pending } = this;
    if (pending?.run === this.run && this.isToBeAsked(pending) && n >= this.placeOf(pending)) return true;
    this.pending = null;
    const asked = this.askedAt(n);
    if (asked) await this.ask(asked);
    return asked !== null;
  }

  /** One step on or back, out of whatever was going on. */
  async one(way: 'forward' | 'back'): Promise<void> {
    this.playback.pause();
    const to = this.playback.target + (way === 'forward' ? 1 : -1);
    if (!(await this.isStopped(Math.min(Math.max(0, to), this.playback.stepCount)))) await this.playback[way]();
    this.keepPlace();
  }

  /** `isDragged`: on from where the last jump went, so that going back leads to where the pointer was put down. */
  async jump(n: number, isDragged = false): Promise<void> {
    if (!isDragged) this.leave();
    this.playback.pause();
    if (!(await this.isStopped(n))) await this.playback.jump(n);
    this.keepPlace();
  }

  private get here(): Place {
    return { lesson: this.lessonId, run: this.run, n: this.playback.n };
  }

  private leave(): void {
    this.trail.leave(this.here);
    this.ways = this.trail.ways;
  }

  private forgetOwn(): void {
    this.trail.forgetOwn();
    this.ways = this.trail.ways;
  }

  /** To where the last jump came from: another step, or another lesson. */
  placeBack(): Promise<void> {
    return this.return(this.trail.back(this.here));
  }

  placeOn(): Promise<void> {
    return this.return(this.trail.on(this.here));
  }

  private async return(place: Place | null): Promise<void> {
    this.ways = this.trail.ways;
    if (!place) return;
    this.playback.pause();
    this.isReturning = true;
    try {
      if (place.lesson !== this.lessonId) await this.openLesson(place.lesson, place);
      else if (place.run !== this.run) {
        this.pending = null;
        await this.openRun(place.run, { n: place.n });
      } else if (!(await this.isStopped(place.n))) await this.playback.jump(place.n);
    } finally {
      this.isReturning = false;
    }
    this.keepPlace();
  }

  /** The step that is shown has been seen, and is where whoever learns has stopped. */
  markSeen(step: LessonStep): void {
    const { seen } = this.learners.progressOf(this.lessonId);
    const { place } = this.learners.current;
    if (seen.includes(step.id) && place?.lesson === this.lessonId && place.run === this.run) return;
    this.learners.setProgress(this.lessonId, { seen: [...new Set([...seen, step.id])] }, this.place);
  }

  isSeen(step: LessonStep): boolean {
    return this.learners.progressOf(this.lessonId).seen.includes(step.id);
  }

  /** Somebody else learns from now on, from where they stopped. */
  async switchTo(id: string): Promise<void> {
    if (id === this.learners.current.id) return;
    this.learners.choose(id);
    await this.goToLearner();
  }

  /** To where whoever learns now has stopped; who has not begun yet begins with the lesson that is open. */
  async goToLearner(): Promise<void> {
    const { place } = this.learners.current;
    const id = place?.lesson ?? this.lessonId;
    if (id !== '') await this.openLesson(id, place);
  }

  private get lessonId(): string {
    return this.opened?.lesson.id ?? '';
  }

  /** For the next class: every question of the lesson is asked again, and nothing of what it gives to do has been done. */
  askAgain(): void {
    this.answers.forget();
    this.activities.clear();
  }

  /** The answer to the question that is open. */
  reveal(): void {
    if (this.pending) this.answers.reveal(this.pending);
  }

  private isToBeAsked(step: LessonStep | null | undefined): boolean {
    return !this.asksNothing && this.answers.isOpen(step);
  }

  /** Plays up to the next lesson step. A question that stands before it is asked first, and playing waits for the answer. */
  async togglePlay(): Promise<void> {
    if (this.playback.isPlaying) {
      this.playback.pause();
      return;
    }
    if (this.pending) {
      if (this.isToBeAsked(this.pending)) return;
      if (this.pending.run !== this.run) {
        await this.goTo(this.steps.indexOf(this.pending));
        return;
      }
      this.pending = null;
    }
    if (this.isRunOver && this.at < this.steps.length - 1) {
      await this.lessonNext();
      return;
    }
    const next = this.stops.find((stop) => stop.n > this.playback.n);
    const step = this.stepOf(next);
    if (step && this.isToBeAsked(step)) {
      this.pending = step;
      return;
    }
    await this.playback.play(next?.n);
    if (next && this.playback.n === next.n) this.playedTo = next.n;
    this.keepPlace();
  }

  async restart(): Promise<void> {
    this.playback.pause();
    this.pending = null;
    const first = this.opened ? firstRunOf(this.opened) : undefined;
    if (!this.opened || first === undefined) return;
    const entry = entryOf(this.opened, first);
    const n = traceStepOf(entry, this.stops);
    if (first !== this.run) await this.openRun(first, entry);
    else if (!(await this.isStopped(n))) await this.playback.jump(n);
    this.keepPlace();
  }

  changeSpeed(factor: number): void {
    this.playback.speed = Math.min(8, Math.max(0.25, this.playback.speed * factor));
    this.keepPlace();
  }

  /** Where in a lesson we are; null in a scenario of one's own. */
  get place(): Settings['place'] {
    const lesson = this.opened?.lesson.id ?? '';
    return lesson === '' ? null : { lesson, run: this.run, n: this.playback.n };
  }
}
