/** The run that is open, with other numbers: a copy of its scenario, run anew with each change. What it is a copy of stays as it was. */
import { inEveryLanguage } from '../../assets/words/index';
import type {
  Compared,
  Kept,
  Knob,
  LessonStep,
  OpenedLesson,
  Refused,
  Result,
  ScenarioText,
  Text,
  Tried,
} from '../../src-main/contract/index';
import { bridge } from '../bridge';
import type { Comparison } from './comparison.svelte';
import type { LessonStore } from './lesson.svelte';
import type { Notices } from './notices.svelte';

/** Whoever types another digit at once wants the number that he has typed then. */
const RUN_AFTER_MS = 80;
/** Nobody goes back further. */
const MOST_BACK = 200;

/** A text, and values that it is run with. */
interface Version {
  text: string;
  values: ReadonlyMap<string, string>;
}

const NO_VALUES: ReadonlyMap<string, string> = new Map();

/** An experiment that another lesson or file has taken the place of. `mine`: the run of ours that was shown; the rest: as in Experiment. */
interface Left {
  mine: OpenedLesson;
  refused: Experiment['refused'];
  original: ScenarioText | null;
  version: Version;
  behind: readonly Version[];
  ahead: readonly Version[];
}

export class Experiment {
  isOpen = $state(false);
  /** Whoever asked for the bar wants to turn its numbers now. Not so with a scenario from the gallery: that is to be played first. */
  takesFocus = true;
  /** Its text lies beside the run. */
  isWriting = $state(false);
  /** What it began with. */
  original = $state.raw<ScenarioText | null>(null);
  /** As it has run last: the text with its values written in. */
  text = $state('');
  knobs = $state.raw<readonly Knob[]>([]);
  isRunning = $state(false);
  /** Why the last change could not be run; what was shown before stays. */
  refused = $state.raw<Pick<Refused, 'message' | 'faults'> | null>(null);
  /** How much of the place could be kept by the last change. */
  kept = $state<Kept>('row');
  /** The original and what has become of it, while they are shown beside each other. */
  comparison = $state.raw<Comparison | null>(null);
  private version = $state.raw<Version>({ text: '', values: NO_VALUES });
  private behind = $state.raw<readonly Version[]>([]);
  private ahead = $state.raw<readonly Version[]>([]);
  /** The run of ours that is open; null: that of the lesson or of a file. */
  private mine = $state.raw<OpenedLesson | null>(null);
  private left: Left | null = null;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;
  /** When what is run next was asked for; null: nothing was, or it has been measured. */
  private askedAtMs: number | null = null;

  /** A run is there that was asked for then, ms of `performance.now()`. */
  onShown: (askedAtMs: number) => void = () => undefined;

  readonly canUndo = $derived(this.behind.length > 0);
  readonly canRedo = $derived(this.ahead.length > 0);
  /** A text or a value is another one than at the beginning. */
  readonly isChanged = $derived(this.original !== null && (this.version.values.size > 0 || this.version.text !== this.original.text));

  constructor(
    private readonly lesson: LessonStore,
    private readonly notices: Notices,
  ) {
    lesson.onTriedAgain = (tried, was) => {
      this.takeAgain(tried, was);
    };
  }

  /** Whether what is open is an experiment, and not what it was begun with. */
  get isShown(): boolean {
    return this.mine !== null && this.lesson.opened === this.mine;
  }

  async toggle(): Promise<void> {
    if (this.isOpen) this.close();
    else await this.open();
  }

  /** At an open question there is nothing to be tried: a copy would answer it. */
  async open(): Promise<void> {
    this.lesson.playback.pause();
    if (this.mayTry() && (await this.begin())) this.isOpen = true;
  }

  /** The row, and the text, may have been open before the question came. */
  private mayTry(): boolean {
    if (this.lesson.isAsking) this.notices.warn(inEveryLanguage(({ experiment }) => experiment.guessFirst));
    return !this.lesson.isAsking;
  }

  close(): void {
    this.isOpen = false;
    this.takesFocus = true;
    this.isWriting = false;
  }

  /** Lays the original beside what is open now. */
  async compare(): Promise<void> {
    const { original } = this;
    if (!original) return;
    this.lesson.playback.pause();
    if (this.lesson.isStillVeiled) {
      this.notices.warn(inEveryLanguage(({ compare }) => compare.veiled));
      return;
    }
    const { opened } = this.lesson;
    const reply = await bridge.compareRuns({ name: original.name, text: original.text });
    // Another number may have been tried meanwhile; of another lesson nobody has asked.
    if (this.lesson.opened !== opened && !this.isShown) return;
    await this.lay(reply, null);
  }

  /** Lays another run of the lesson beside the one of this step. */
  async compareWith(step: LessonStep): Promise<void> {
    const { beside } = step;
    const { opened } = this.lesson;
    if (beside === null || !opened) return;
    this.lesson.playback.pause();
    if (this.lesson.hasQuestionsIn([step.run, beside])) {
      this.notices.warn(inEveryLanguage(({ compare }) => compare.guessFirst));
      return;
    }
    const titleOf = (name: string): Text => opened.lesson.runs[name]?.title ?? inEveryLanguage(() => name);
    const reply = await bridge.compareWith({ lesson: opened.lesson.id, run: beside });
    // A long run takes its time: whoever has opened something else meanwhile does not want it any more.
    if (this.lesson.opened !== opened) return;
    await this.lay(reply, { original: titleOf(step.run), changed: titleOf(beside) });
  }

  private async lay(reply: Result<Compared>, names: Comparison['names']): Promise<void> {
    const compared = this.notices.told(reply);
    if (!compared) return;
    const { Comparison } = await import('./comparison.svelte');
    const comparison = new Comparison(
      compared,
      (error) => {
        this.notices.tellOf(error);
      },
      names,
    );
    await comparison.open();
    this.comparison = comparison;
  }

  /** What stands at another value than in the beginning. */
  get turned(): readonly { name: string; value: string }[] {
    return this.knobs.filter((knob) => this.isTurned(knob)).map((knob) => ({ name: knob.name, value: this.valueOf(knob) }));
  }

  /** With what is open now, unless that is an experiment already. False: it cannot be had. */
  async begin(): Promise<boolean> {
    if (this.isShown || this.lesson.openedRun === null) return this.isShown;
    const { opened } = this.lesson;
    const told = this.notices.told(await bridge.scenarioText({}));
    if (!told || this.lesson.opened !== opened) return false;
    this.beginWith(told);
    return true;
  }

  private beginWith(told: ScenarioText): void {
    const { mine, original, version, behind, ahead, refused } = this;
    if (mine !== null) this.left = { mine, original, version, behind, ahead, refused };
    this.mine = null;
    this.original = told;
    this.text = told.text;
    this.knobs = told.knobs;
    this.version = { text: told.text, values: NO_VALUES };
    this.behind = [];
    this.ahead = [];
    this.refused = null;
    this.kept = 'row';
  }

  /** A value as it is now: the one that has been asked for, run or not. */
  valueOf({ path, value }: Knob): string {
    return this.version.values.get(path) ?? value;
  }

  /** What a knob stood at in the beginning; null: it was not there. */
  originalOf({ path }: Knob): string | null {
    return this.original?.knobs.find((each) => each.path === path)?.value ?? null;
  }

  isTurned(knob: Knob): boolean {
    const before = this.originalOf(knob);
    return before !== null && this.valueOf(knob) !== before;
  }

  /** `isTyped`: another digit may follow at once. Whatever is pressed, chosen or stepped is run without a pause. */
  set(knob: Knob, value: string, isTyped = false): void {
    if (value === this.valueOf(knob)) return;
    const values = new Map(this.version.values);
    // A value that the text has anyway is no change of it.
    if (value === this.originalOf(knob) && this.version.text === this.original?.text) values.delete(knob.path);
    else values.set(knob.path, value);
    this.go({ ...this.version, values }, isTyped ? RUN_AFTER_MS : 0);
  }

  /** Enter, or the field is left: nothing more is typed, so what waits is run. */
  runNow(): void {
    if (this.waiting !== undefined) void this.run();
  }

  reset(knob: Knob): void {
    const before = this.originalOf(knob);
    if (before !== null) this.set(knob, before);
  }

  resetAll(): void {
    if (this.original && this.isChanged) this.go({ text: this.original.text, values: NO_VALUES });
  }

  /** Another text, as it was typed. */
  write(text: string): void {
    if (text !== this.text) this.go({ text, values: NO_VALUES });
  }

  private go(version: Version, afterMs = 0): void {
    if (!this.mayTry()) return;
    this.behind = [...this.behind, this.version].slice(-MOST_BACK);
    this.ahead = [];
    this.version = version;
    this.runSoon(afterMs);
  }

  undo(): void {
    const version = this.behind.at(-1);
    if (!version || !this.mayTry()) return;
    this.behind = this.behind.slice(0, -1);
    this.ahead = [...this.ahead, this.version];
    this.version = version;
    this.runSoon(0);
  }

  redo(): void {
    const version = this.ahead.at(-1);
    if (!version || !this.mayTry()) return;
    this.ahead = this.ahead.slice(0, -1);
    this.behind = [...this.behind, this.version];
    this.version = version;
    this.runSoon(0);
  }

  private runSoon(ms: number): void {
    clearTimeout(this.waiting);
    this.askedAtMs = performance.now();
    // After whatever else is changed by the same press.
    this.waiting = setTimeout(() => void this.run(), ms);
  }

  /** Runs what is asked for now; an older trial that is still going on is given up. */
  async run(): Promise<void> {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    const { original, version, askedAtMs } = this;
    if (!original) return;
    const mine = ++this.asked;
    if (this.isRunning) await bridge.cancelRun({});
    this.isRunning = true;
    const changes = [...version.values].map(([path, value]) => ({ path, value }));
    const outcome = await this.lesson.tryScenario({ name: original.name, text: version.text, changes }, (tried) => {
      if (mine === this.asked) this.take(tried);
      return mine === this.asked;
    });
    if (mine !== this.asked) return;
    this.isRunning = false;
    if (!outcome.ok) this.refused = outcome;
    else if (askedAtMs !== null) this.onShown(askedAtMs);
    this.askedAtMs = null;
  }

  /**
   * What was left is shown again: with the numbers that were changed, what can be undone, and why its text could not be run, if it could not. A
   * run that was never an experiment has none of it.
   */
  private takeAgain(tried: Tried, was: OpenedLesson): void {
    if (this.mine !== was) {
      if (this.left?.mine !== was) return;
      ({ original: this.original, version: this.version, behind: this.behind, ahead: this.ahead, refused: this.refused } = this.left);
    }
    const { refused } = this;
    this.take(tried);
    this.refused = refused;
  }

  /** Before it is shown: whoever sees another run opened is to know that it is ours. */
  private take({ opened, text, knobs, place }: Tried): void {
    this.mine = opened;
    this.text = text;
    this.knobs = knobs;
    this.refused = null;
    this.kept = place.kept;
  }
}
