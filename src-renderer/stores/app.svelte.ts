/** The open lesson, the settings, and what the window says: everything that is not the place in the run. */
import { fill, inEveryLanguage } from '../../assets/words/index';
import type {
  LessonCard,
  LessonStep,
  LessonStop,
  ListingLine,
  OpenedLesson,
  OpenedRun,
  Settings,
  Step,
  Fault,
  Language,
  Result,
  Text,
} from '../../src-main/contract/index';
import { bridge } from '../bridge';
import { LaneBuilder, type Lane } from '../timeline/timeline-lanes';
import { TRAVEL_MS } from './pacing';
import { Playback } from './playback.svelte';

/** Steps asked for at once when the whole run is read for the timeline. */
const CHUNK = 10_000;
const SAVE_AFTER_MS = 200;
/** The main process takes no longer ones. */
const LONGEST_FAILURE = 2_000;
const STILL = matchMedia('(prefers-reduced-motion: reduce)');

export interface Notice {
  kind: 'good' | 'bad';
  message: Text;
  faults: readonly Fault[];
}

export class AppState {
  readonly playback = new Playback({
    isStill: () => STILL.matches,
    onFailure: (error) => {
      const why = error instanceof Error ? error.message : String(error);
      this.tell(inEveryLanguage((words) => fill(words.window.noStep, { why })));
    },
  });
  language = $state<Language>('zh');
  theme = $state<Settings['theme']>('system');
  lessons = $state.raw<readonly LessonCard[]>([]);
  opened = $state.raw<OpenedLesson | null>(null);
  run = $state('');
  openedRun = $state.raw<OpenedRun | null>(null);
  lanes = $state.raw<readonly Lane[]>([]);
  times = $state.raw<readonly number[]>([0]);
  notice = $state.raw<Notice | null>(null);
  progress = $state.raw<{ stepsDone: number; limitSteps: number } | null>(null);
  isOpening = $state(true);
  /** The question that stands before the next lesson step. */
  pending = $state.raw<LessonStep | null>(null);
  /** What was chosen, by lesson and step. */
  private answers = $state.raw<Readonly<Record<string, number>>>({});
  /** Where the lesson was left for a scenario of one's own. */
  wayBack = $state.raw<Settings['place']>(null);
  /** The trace step at which playing ended because a lesson step stands there. */
  private playedTo = $state<number | null>(null);
  isExporting = $state(false);
  /** --export: nobody sees anybody walk, so they arrive at once. */
  private isUnwatched = false;

  readonly scenario = $derived(this.opened?.runs.find((each) => each.name === this.run)?.scenario ?? null);
  readonly steps = $derived(this.opened?.lesson.steps ?? []);
  readonly stops = $derived((this.opened?.stops ?? []).filter((stop) => stop.run === this.run));
  readonly listings: Record<string, ListingLine[]> = $derived(this.openedRun?.listings ?? {});
  /** Index into steps of the lesson step we have come to; −1 before the first of the run. */
  readonly at = $derived(this.indexAt(this.run, this.playback.n));
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
  readonly isRunOver = $derived(this.playback.stepCount > 0 && this.playback.n >= this.playback.stepCount && this.pending === null);
  readonly isDark = $derived(this.theme === 'dark' || (this.theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches));

  private saving: ReturnType<typeof setTimeout> | null = null;

  private indexAt(run: string, n: number): number {
    let found = -1;
    for (const [i, stop] of (this.opened?.stops ?? []).entries()) if (stop.run === run && stop.n <= n) found = i;
    return found;
  }

  /** What a request gives, or null after telling what went wrong. */
  private told<T>(outcome: Result<T>): T | null {
    if (outcome.ok) return outcome.value;
    this.tell(outcome.message, outcome.faults);
    return null;
  }

  private tell(message: Text, faults: readonly Fault[] = []): void {
    this.failures.push(message);
    this.notice = { kind: 'bad', message, faults };
  }

  /** Everything that went wrong since the start; an export ends at the first. */
  private readonly failures: Text[] = [];

  /** Never throws: what goes wrong is told, and an export ends with it. */
  async start(): Promise<void> {
    const isExport = await this.begin().catch((error: unknown) => {
      this.isOpening = false;
      this.tellOf(error);
      return null;
    });
    // When the start has failed, this says so to whoever waits for an export; where nobody does, it is refused.
    if (isExport !== false) void this.exportAll();
  }

  private tellOf(error: unknown): void {
    console.error(error);
    const why = error instanceof Error ? error.message : String(error);
    this.tell(inEveryLanguage((words) => fill(words.window.failed, { why })));
  }

  /** Whether everything is to be exported; null: nothing could be had. */
  private async begin(): Promise<boolean | null> {
    addEventListener('pagehide', () => {
      this.saveNow();
    });
    bridge.onRunProgress((progress) => {
      this.progress = progress;
    });
    const started = this.told(await bridge.startUp({}));
    this.isOpening = false;
    if (!started) return null;
    const { options, settings, lessons, opened, run, steps, place } = started;
    this.language = options.language ?? settings.language;
    this.theme = options.theme ?? settings.theme;
    this.playback.speed = settings.speed;
    this.isUnwatched = options.isExport;
    const list = this.told(lessons);
    this.lessons = list?.cards ?? [];
    for (const { message, faults } of list?.broken ?? []) this.notice = { kind: 'bad', message, faults: faults ?? [] };
    this.opened = opened === null ? null : this.told(opened);
    const openedRun = run === null ? null : this.told(run);
    const name = place?.run ?? this.opened?.runs[0]?.name;
    if (openedRun && name !== undefined) await this.showRun(name, openedRun, place?.n ?? 0, steps);
    if (options.warning) this.notice = { kind: 'bad', message: options.warning, faults: [] };
    return options.isExport;
  }

  async openLesson(id: string, place: Settings['place'] = null): Promise<void> {
    await this.show(() => bridge.openLesson({ id }), place);
  }

  async openScenario(): Promise<void> {
    await this.show(() => bridge.chooseScenario({}), null);
  }

  private async show(load: () => Promise<Result<OpenedLesson | null>>, place: Settings['place']): Promise<void> {
    this.isOpening = true;
    this.progress = null;
    try {
      const opened = this.told(await load());
      if (!opened) return;
      this.notice = null;
      this.pending = null;
      this.wayBack = opened.lesson.id === '' ? (this.place ?? this.wayBack) : null;
      this.opened = opened;
      const run = opened.runs.find((each) => each.name === place?.run) ?? opened.runs[0];
      if (run) await this.openRun(run.name, place?.run === run.name ? place.n : 0);
    } finally {
      this.isOpening = false;
      this.progress = null;
    }
  }

  /** From a scenario of one's own to where the lesson was left. */
  async backToLesson(): Promise<void> {
    if (!this.isOwnScenario) return;
    const id = this.wayBack?.lesson ?? this.lessons[0]?.id;
    if (id !== undefined) await this.openLesson(id, this.wayBack);
  }

  cancel(): void {
    void bridge.cancelRun({});
  }

  async openRun(name: string, n: number): Promise<void> {
    const lesson = this.opened?.lesson.id ?? '';
    const opened = this.told(await bridge.openRun({ lesson, run: name }));
    if (!opened) return;
    await this.showRun(name, opened, n, []);
    this.keepPlace();
  }

  /** `steps`: those that came along, from the first on. */
  private async showRun(name: string, opened: OpenedRun, n: number, steps: readonly Step[]): Promise<void> {
    this.run = name;
    this.openedRun = opened;
    const must = async <T>(reply: Promise<Result<T>>): Promise<T> => {
      const outcome = await reply;
      if (!outcome.ok) throw new Error(outcome.message.en);
      return outcome.value;
    };
    const isWhole = steps.length === opened.stepCount;
    await this.playback.open(
      opened.first,
      opened.stepCount,
      {
        readSteps: (from, to) =>
          isWhole ? Promise.resolve(steps.slice(from - 1, to)) : must<readonly Step[]>(bridge.readSteps({ from, to })),
        stateAt: (at) => must(bridge.stateAt({ n: at })),
      },
      n,
    );
    if (opened.shortened) this.notice = { kind: 'bad', message: opened.shortened, faults: [] };
    void this.readLanes(name, opened, isWhole ? steps : null);
  }

  private async readLanes(name: string, opened: OpenedRun, known: readonly Step[] | null): Promise<void> {
    const builder = new LaneBuilder(opened.first);
    this.lanes = builder.lanes;
    this.times = builder.times;
    for (let from = 1; from <= opened.stepCount && this.run === name; from += CHUNK) {
      const steps = known ?? this.told(await bridge.readSteps({ from, to: from + CHUNK - 1 }));
      if (!steps || this.openedRun !== opened) return;
      for (const step of steps) builder.add(step);
      this.lanes = [...builder.lanes];
      this.times = [...builder.times];
    }
  }

  /** To the next lesson step; its question comes first, once. */
  async lessonNext(): Promise<void> {
    this.playback.pause();
    const next = this.steps[this.next];
    if (!next) {
      await this.playback.travel(this.playback.stepCount);
      return;
    }
    if (this.isToBeAsked(next) && this.pending?.id !== next.id) {
      this.pending = next;
      return;
    }
    await this.goTo(this.next);
  }

  async lessonPrev(): Promise<void> {
    this.playback.pause();
    if (this.pending) {
      this.pending = null;
      return;
    }
    const here = this.opened?.stops[this.at];
    // In the middle of a step, back goes to its beginning.
    await this.goTo(here && here.n < this.playback.n ? this.at : Math.max(0, this.next - (here ? 2 : 1)));
  }

  async goTo(index: number): Promise<void> {
    this.pending = null;
    const stop: LessonStop | undefined = this.opened?.stops[index];
    if (!stop) return;
    if (stop.run !== this.run) await this.openRun(stop.run, stop.n);
    else await this.playback.travel(stop.n, this.isUnwatched ? 0 : TRAVEL_MS);
    this.keepPlace();
  }

  private answerKey(step: LessonStep): string {
    return `${this.opened?.lesson.id ?? ''}/${step.id}`;
  }

  answer(step: LessonStep, choice: number): void {
    this.answers = { ...this.answers, [this.answerKey(step)]: choice };
  }

  /** What was chosen; undefined: nothing yet. */
  answerTo(step: LessonStep): number | undefined {
    return this.answers[this.answerKey(step)];
  }

  private isToBeAsked(step: LessonStep | undefined): boolean {
    return step?.ask != null && this.answerTo(step) === undefined;
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
    const step = this.steps.find((each) => each.id === next?.id);
    if (step && this.isToBeAsked(step)) {
      this.pending = step;
      return;
    }
    await this.playback.play(next?.n);
    if (next && this.playback.n === next.n) this.playedTo = next.n;
    this.keepPlace();
  }

  async restart(): Promise<void> {
    this.pending = null;
    const [first] = this.opened?.runs ?? [];
    if (first && first.name !== this.run) await this.openRun(first.name, 0);
    else await this.playback.jump(0);
    this.keepPlace();
  }

  keepPlace(): void {
    if (this.saving) clearTimeout(this.saving);
    this.saving = setTimeout(() => {
      this.saveNow();
    }, SAVE_AFTER_MS);
  }

  /** What still waits to be saved. */
  private saveNow(): void {
    if (!this.saving) return;
    clearTimeout(this.saving);
    this.saving = null;
    void this.save();
  }

  /** Where in a lesson we are; null in a scenario of one's own. */
  private get place(): Settings['place'] {
    const lesson = this.opened?.lesson.id ?? '';
    return lesson === '' ? null : { lesson, run: this.run, n: this.playback.n };
  }

  private async save(): Promise<void> {
    this.told(
      await bridge.saveSettings({
        language: this.language,
        theme: this.theme,
        speed: this.playback.speed,
        place: this.place ?? this.wayBack,
      }),
    );
  }

  setLanguage(language: Language): void {
    this.language = language;
    this.keepPlace();
  }

  toggleTheme(): void {
    this.theme = this.isDark ? 'light' : 'dark';
    this.keepPlace();
  }

  changeSpeed(factor: number): void {
    this.playback.speed = Math.min(8, Math.max(0.25, this.playback.speed * factor));
    this.keepPlace();
  }

  private get pictureName(): string {
    const id = this.opened?.lesson.id === '' ? (this.scenario?.id ?? 'run') : (this.opened?.lesson.id ?? 'run');
    return `${id}-${this.run}-${String(this.playback.n).padStart(4, '0')}-${this.language}.png`;
  }

  async exportPicture(): Promise<boolean> {
    this.isExporting = true;
    try {
      await painted();
      const path = this.told(await bridge.exportPicture({ suggestedName: this.pictureName }));
      if (path !== null)
        this.notice = { kind: 'good', message: inEveryLanguage((words) => fill(words.window.saved, { path })), faults: [] };
      return path !== null;
    } finally {
      this.isExporting = false;
    }
  }

  async exportTrace(): Promise<boolean> {
    const id = this.scenario?.id ?? 'run';
    // Several runs of a lesson may play one scenario.
    const name = this.isOwnScenario ? id : `${id}-${this.run}`;
    const path = this.told(await bridge.exportTrace({ suggestedName: `${name}.trace.jsonl` }));
    if (path !== null) this.notice = { kind: 'good', message: inEveryLanguage((words) => fill(words.window.saved, { path })), faults: [] };
    return path !== null;
  }

  /** --export: a picture of every lesson step, and the trace of every run. Always says how it ended: nobody is there to see. */
  private async exportAll(): Promise<void> {
    let pictures = 0;
    try {
      const exported = new Set<string>();
      for (const [i, step] of this.steps.entries()) {
        await this.goTo(i);
        // What is on the screen then is not this step.
        if (this.failures.length > 0) break;
        if (await this.exportPicture()) pictures++;
        if (!exported.has(step.run)) await this.exportTrace();
        exported.add(step.run);
      }
      if (this.steps.length === 0 && this.failures.length === 0) this.tell(inEveryLanguage((words) => words.window.nothingToExport));
    } catch (error) {
      this.tellOf(error);
    }
    const failure = this.failures[0]?.[this.language].slice(0, LONGEST_FAILURE) ?? null;
    await bridge.exportDone({ pictures, failure });
  }
}

/** Two frames: what was changed is on the screen then. */
async function painted(): Promise<void> {
  await document.fonts.ready;
  await new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(resolve));
  });
}
