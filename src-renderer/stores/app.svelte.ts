/** The window's stores, one for each concern, and how they begin. */
import { LANGUAGES, type StartOptions } from '../../src-main/contract/index';
import { bridge } from '../bridge';
import { Bookmarks } from './bookmarks.svelte';
import { Experiment } from './experiment.svelte';
import { Exporter } from './exporter.svelte';
import { LayoutStore } from './layout.svelte';
import { LessonStore } from './lesson.svelte';
import { Notices } from './notices.svelte';
import { OwnLessons } from './own-lessons.svelte';
import { Selection } from './selection.svelte';
import { SettingsStore } from './settings.svelte';
import { Vary } from './vary.svelte';

export class AppState {
  readonly notices = new Notices();
  readonly settings: SettingsStore = new SettingsStore(this.notices, () => ({
    speed: this.lesson.playback.speed,
    place: this.lesson.place ?? this.lesson.wayBack,
    learner: this.lesson.learners.currentId,
    layout: this.layout.kept,
  }));
  readonly lesson: LessonStore = new LessonStore(this.notices, () => {
    this.settings.keep();
  });
  readonly layout: LayoutStore = new LayoutStore(() => {
    this.settings.keep();
  });
  readonly bookmarks = new Bookmarks(this.lesson, this.notices, bridge);
  readonly own = new OwnLessons(this.lesson, this.notices, this.bookmarks);
  readonly selection = new Selection(this.lesson);
  readonly experiment = new Experiment(this.lesson, this.notices);
  readonly vary = new Vary(this.lesson, this.experiment, this.notices);
  readonly exporter = new Exporter(this.lesson, this.settings, this.notices);

  /** What stands beside the lesson and its village is in the page: told by who draws it. */
  showsBeside: () => void = () => undefined;

  constructor() {
    this.lesson.timeline.waitFor(
      new Promise<void>((done) => {
        this.showsBeside = done;
      }),
    );
  }

  /** The map of the course is to lie over the lesson at first: nothing else was asked for, and nothing has gone wrong. */
  opensCourse = false;

  /** Never throws: what goes wrong is told, and an export ends with it. */
  async start(): Promise<void> {
    const options = await this.begin().catch((error: unknown) => {
      this.lesson.isOpening = false;
      this.notices.tellOf(error);
      return null;
    });
    // When the start has failed, this says so to whoever waits for an export; where nobody does, it is refused.
    if (options?.isExport === false) return;
    if (options?.play) void this.exporter.pages(options.play, options.language ?? this.settings.language, this.settings.shownTheme);
    else if (options?.film) void this.exporter.film(options.film);
    else if (options?.handout)
      void this.exporter.handouts(options.language === null ? LANGUAGES : [options.language], options.handout === 'contact');
    else if (options?.exportEvents) void this.exporter.events(options.exportEvents);
    else void this.exporter.all(options?.exportSteps ?? null);
  }

  /** What was asked for on the command line; null: nothing could be had. */
  private async begin(): Promise<StartOptions | null> {
    addEventListener('pagehide', () => {
      this.settings.saveNow();
      // A note whose last letters have just been typed.
      void this.bookmarks.settle();
    });
    bridge.onRunProgress((progress) => {
      this.lesson.progress = progress;
    });
    bridge.onFileGiven((notice) => {
      void this.openGiven().then(() => {
        if (notice) this.notices.warn(notice);
      });
    });
    const started = this.notices.told(await bridge.startUp({}));
    this.lesson.isOpening = false;
    if (!started) return null;
    const { options, settings, learners, lessons, opened, run, steps, place } = started;
    this.settings.isTold = true;
    this.settings.language = options.language ?? settings.language;
    this.settings.theme = options.theme ?? settings.theme;
    this.layout.kept = settings.layout;
    this.settings.isInWords = settings.isInWords && !options.isExport;
    this.settings.isCourseFirst = settings.isCourseFirst;
    this.settings.hasLetterKeys = settings.hasLetterKeys;
    this.lesson.playback.speed = settings.speed;
    this.lesson.learners.begin(learners, settings.learner);
    this.lesson.asksNothing = options.isExport;
    this.lesson.isCovered = options.opensCourse;
    await this.lesson.begin(lessons, opened, run, steps, place);
    for (const warning of options.warnings) this.notices.mustRead(warning);
    if (options.hasFile) await this.openGiven();
    this.opensCourse = options.opensCourse && this.lesson.cards.length > 0 && this.notices.shown === null;
    this.lesson.isCovered = this.opensCourse;
    return options;
  }

  /** A lesson's folder, a scenario, a trace, or a link. */
  private async openGiven(): Promise<void> {
    await this.own.openGiven();
    await this.lesson.openGiven();
  }
}
