/** What opens lessons, scenarios and their runs, and remembers where one came from. */
import { inEveryLanguage } from '../../assets/words/index';
import {
  type LessonList,
  type LessonMove,
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
import { type Entry, entryOf, firstRunOf, traceStepOf } from './lesson-entry';
import type { LeftRun, Story } from './own-run.svelte';
import { localLanes, readSource } from './run-source';
import { ShownLesson } from './shown-lesson.svelte';
import { type Place, Trail } from './trail';

/** Whether the player has let it be. What is wrong with a file is told, even when another has been asked for since. */
const wasGivenUp = (reply: Result<unknown>): boolean =>
  !reply.ok && reply.message.en === inEveryLanguage((words) => words.refusal.cancelled).en;

/** A text that was tried: what is needed to show it again. */
interface TriedRun {
  name: string;
  left: LeftRun;
  opened: OpenedLesson;
  copyOf: CopyOf;
}

/** What a text is a copy of, and which of its questions had been answered then: whoever is asked them anew is not to find the answer in the copy. */
interface CopyOf {
  lesson: string;
  run: string;
  answered: readonly string[];
}

const NO_COPY: CopyOf = { lesson: '', run: '', answered: [] };

export class LessonOpener extends ShownLesson {
  protected readonly trail = new Trail();
  /** Whether there is a place behind, and one ahead. */
  ways = $state.raw({ back: false, on: false });
  /** A place of the trail is being gone to, which leaves none. */
  protected isReturning = false;
  /** What was being opened last was stopped by somebody. */
  protected wasStopped = false;
  /** The run of one's own that is shown, or was shown last, if it is a text that was tried; null: it is in a file, which can be opened again. */
  private tried: TriedRun | null = null;
  /** A text that was tried is shown again after something else: called before it is there. `was`: the lesson as which it was shown before. */
  onTriedAgain: (tried: Tried, was: OpenedLesson) => void = () => undefined;
  /** How often a lesson or a file has been asked for. */
  private asked = 0;
  /** How many things are being opened: the first that is there does not end the waiting for another. */
  private openings = 0;
  /** The last of them, whatever becomes of it. */
  private last: Promise<unknown> = Promise.resolve();

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
    for (const { message, faults } of list?.broken ?? []) this.notices.mustRead(message, faults);
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

  /** A scenario of one's own that was left, at the place where it was left. */
  protected async openAgain({ run, n }: Place): Promise<void> {
    if (this.tried) await this.tryAgain(this.tried, n);
    else await this.show(() => bridge.openAgain({}), { lesson: '', run, n });
  }

  private tryAgain({ name, left, opened, copyOf }: TriedRun, n: number): Promise<void> {
    return this.opening(async () => {
      const isLate = this.asking();
      const reply = await bridge.tryScenario({ name, text: left.text, changes: [], n: 0, listings: null });
      const outcome = isLate() ? null : this.toldOf(reply);
      if (!outcome) return;
      const isAskedAnew = !left.isVeiled && this.isAskedAnew(copyOf);
      const tried: Tried = { ...outcome, place: { n: isAskedAnew ? 0 : n, kept: 'row' } };
      this.onTriedAgain(tried, opened);
      await this.showTried(name, tried, isAskedAnew ? { ...left, isVeiled: true, furthest: 0 } : left, copyOf);
    });
  }

  /** What a copy of a lesson that has moved is a copy of has the new id, or its questions would be taken for unanswered. */
  protected followTried({ from, to }: LessonMove): void {
    const { tried } = this;
    if (tried?.copyOf.lesson === from) this.tried = { ...tried, copyOf: { ...tried.copyOf, lesson: to } };
  }

  private isAskedAnew({ lesson, run, answered }: CopyOf): boolean {
    if (this.asksNothing) return false;
    if (lesson === this.lessonId && run === this.run && this.horizon !== null) return true;
    const { asked } = this.learners.progressOf(lesson);
    return answered.some((id) => asked[id]?.isRevealed !== true);
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
      const isLate = this.asking();
      const reply = await bridge.openLesson({ id: this.lessonId, run: this.run });
      const opened = isLate() && wasGivenUp(reply) ? null : this.notices.told(reply);
      if (!opened) return;
      const { steps } = opened.lesson;
      const same = steps.find(({ id }) => id === step?.id) ?? steps[Math.min(at, steps.length - 1)];
      const run = same?.run ?? firstRunOf(opened);
      const entry = same ? { stop: same.id } : { n: this.playback.n };
      if (run !== undefined && (await this.openRun(run, entry, opened, isLate))) this.tellHints(opened);
    });
  }

  /** A scenario, a trace or a lesson's file that is opened otherwise than by its dialog. */
  async openWith(load: () => Promise<Result<OpenedLesson | null>>): Promise<void> {
    await this.show(load, null);
  }

  /** While something is being computed: told, and it can be cancelled. */
  protected opening<T>(work: () => Promise<T>): Promise<T> {
    this.openings++;
    this.isOpening = true;
    this.progress = null;
    const working = work().finally(() => {
      this.openings--;
      this.isOpening = this.openings > 0;
      if (!this.isOpening) this.progress = null;
    });
    this.last = working.catch(() => undefined);
    return working;
  }

  /** Something is asked for, which anything that is asked for later makes late. */
  private asking(): () => boolean {
    const mine = ++this.asked;
    return () => mine !== this.asked;
  }

  private laterThanNow(): () => boolean {
    const { asked } = this;
    return () => asked !== this.asked;
  }

  /** As Notices.told(), but that what somebody has stopped is stopped is no failure. */
  private toldOf<T>(reply: Result<T>): T | null {
    if (reply.ok || !wasGivenUp(reply)) return this.notices.told(reply);
    this.wasStopped = true;
    this.notices.good(reply.message);
    return null;
  }

  /** When nothing is being opened any more. */
  async settled(): Promise<void> {
    while (this.openings > 0) await this.last;
  }

  protected show(load: () => Promise<Result<OpenedLesson | null>>, place: Settings['place']): Promise<void> {
    return this.opening(async () => {
      const isLate = this.asking();
      const reply = await load();
      // What was given up for something else is not told of.
      const opened = isLate() && wasGivenUp(reply) ? null : this.toldOf(reply);
      if (!opened) return;
      const wayBack = opened.lesson.id === '' ? (this.place ?? this.wayBack) : null;
      const run = opened.runs.find((each) => each.name === place?.run)?.name ?? firstRunOf(opened);
      if (run === undefined || !(await this.openRun(run, entryOf(opened, run, place), opened, isLate))) return;
      this.wayBack = wayBack;
      this.tellHints(opened);
    });
  }

  private tellHints({ lesson, hints }: OpenedLesson): void {
    if (hints.length === 0) return;
    const isLesson = lesson.id !== '';
    this.notices.hint(
      inEveryLanguage(({ refusal }) => (isLesson ? refusal.lessonHints : refusal.scenarioHints)),
      hints,
    );
  }

  /**
   * Runs a scenario's text beside the lesson, as a scenario of one's own, and shows the place that means what the present one does. What cannot be
   * run is answered, not told, and what was shown stays; so it does when `take`, which gets the run before it is shown, does not want it any more.
   */
  tryScenario(ask: Omit<TryAsk, 'n' | 'listings'>, take: (tried: Tried) => boolean): Promise<Result<Tried>> {
    this.playback.pause();
    // What is asked further on in the lesson is not told by its copy.
    const isVeiled = this.isOwnScenario ? this.own.isVeiled : this.horizon !== null;
    const copyOf = this.isOwnScenario ? (this.tried?.copyOf ?? NO_COPY) : this.copyOfThis();
    return this.opening(async () => {
      this.asking();
      const { listings, scenario, openedRun } = this;
      const has = scenario && openedRun ? listingsOf(scenario) : null;
      const outcome = await bridge.tryScenario({ ...ask, listings: has, n: this.playback.n });
      if (outcome.ok && take(outcome.value)) await this.showTried(ask.name, outcome.value, { isVeiled }, copyOf, listings);
      return outcome;
    });
  }

  /** A scenario with what it is there to be asked: from its beginning, and veiled until it has been played. False: it cannot be had. */
  async openTold({ name, text }: Pick<TryAsk, 'name' | 'text'>, told: Story): Promise<boolean> {
    this.playback.pause();
    return this.opening(async () => {
      this.asking();
      const tried = this.notices.told(await bridge.tryScenario({ name, text, changes: [], n: 0, listings: null }));
      if (!tried) return false;
      this.notices.moveOn();
      this.own.tell(told, text);
      await this.showTried(name, { ...tried, place: { n: 0, kept: 'row' } }, { isVeiled: true }, NO_COPY);
      return true;
    });
  }

  private copyOfThis(): CopyOf {
    const { lessonId: lesson, run } = this;
    const answered = this.steps.filter((step) => step.run === run && step.ask && !this.isToBeAsked(step)).map(({ id }) => id);
    return { lesson, run, answered };
  }

  /** `how`: as it was left, or anew. `listings`: those that the run does not bring because it shows the same. */
  protected async showTried(
    name: string,
    { opened, run, steps, place, text }: Tried,
    how: LeftRun | { isVeiled: boolean },
    copyOf: CopyOf,
    listings: OpenedRun['listings'] = {},
  ): Promise<void> {
    this.wayBack = this.place ?? this.wayBack;
    if (!this.isReturning) {
      this.leave();
      this.forgetOwn();
    }
    this.activities.clear();
    this.pending = null;
    this.opened = opened;
    if ('text' in how) this.own.takeUp(how);
    else this.own.show(text, how.isVeiled, place.n);
    this.tried = { name, left: this.own.left, opened, copyOf };
    try {
      await this.showRun('run', { ...run, listings: run.listings ?? listings }, { n: place.n }, [], steps);
    } finally {
      this.own.arrive();
    }
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

  /** False: it cannot be had, and what was shown stays. `isLate`: something else has been asked for since. */
  openRun(name: string, entry: Entry, of: OpenedLesson | null = this.opened, isLate = this.laterThanNow()): Promise<boolean> {
    return this.opening(async () => {
      const opening = of === this.opened ? null : (of?.opening ?? null);
      const reply = await bridge.openRun({ lesson: of?.lesson.id ?? '', run: name, opening });
      // The player may have gone on to that already, and refuses: nobody wants to hear of it.
      const opened = !reply.ok && isLate() ? null : this.toldOf(reply);
      if (!opened) return false;
      if (of !== this.opened) {
        const isOwn = of?.lesson.id === '';
        if (!this.isReturning) this.leave();
        // There is one scenario of one's own to go back to at most: the file that was opened last, or what was tried since.
        if (isOwn && !this.isReturning) this.forgetOwn();
        if (isOwn) this.tried = null;
        else if (this.isOwnScenario && this.tried) this.tried = { ...this.tried, left: this.own.left };
        this.activities.clear();
        this.notices.moveOn();
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
  protected async showRun(
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

  protected get here(): Place {
    return { lesson: this.lessonId, run: this.run, n: this.playback.n };
  }

  protected leave(): void {
    this.trail.leave(this.here);
    this.ways = this.trail.ways;
  }

  protected forgetOwn(): void {
    this.trail.forgetOwn();
    this.ways = this.trail.ways;
  }
}
