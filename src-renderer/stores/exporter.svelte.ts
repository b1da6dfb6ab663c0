/** Traces as files, and all pictures and traces of a lesson without a person. */
import { fill, inEveryLanguage, type Language, WORDS } from '../../assets/words/index';
import {
  type EventGroup,
  type ExportId,
  exportName,
  EXPORTS,
  type FilmOrder,
  FIRST_FILM,
  LIMITS,
  PAPER_FORMATS,
  PAPERS,
  type Theme,
  type PlayOrder,
} from '../../src-main/contract/index';
import { bridge } from '../bridge';
import { stemOf } from '../picture/picture-names';
import type { LessonStore } from './lesson.svelte';
import type { Notices } from './notices.svelte';
import type { SettingsStore } from './settings.svelte';

export class Exporter {
  /** An export that takes longer than a moment: how many steps of the run are written. */
  writing = $state.raw<{ kind: ExportId; done: number; total: number } | null>(null);
  private isCancelled = false;

  constructor(
    private readonly lesson: LessonStore,
    private readonly settings: SettingsStore,
    private readonly notices: Notices,
  ) {}

  /** The run in one of its forms, as a file, but not at an open question: each of them tells all of it. What went wrong, and what was written where, is told. */
  async data(kind: ExportId): Promise<void> {
    if (this.lesson.isAsking) {
      this.notices.warn(inEveryLanguage((words) => words.window.exportTells));
      return;
    }
    if (this.writing !== null) {
      this.notices.warn(inEveryLanguage((words) => words.exports.busy));
      return;
    }
    const id = this.lesson.scenario?.id ?? 'run';
    // Several runs of a lesson may play one scenario.
    const name = this.lesson.isOwnScenario ? id : `${id}-${this.lesson.run}`;
    const leave = bridge.onDataProgress((progress) => (this.writing = { kind, ...progress }));
    this.isCancelled = false;
    try {
      const written = this.notices.told(await bridge[exportName(kind)]({ suggestedName: `${name}.${EXPORTS[kind].ending}` }));
      if (written)
        this.notices.good(inEveryLanguage((words) => fill(words.exports.saved, { path: written.path, size: sizeOf(written.bytes) })));
      else if (this.isCancelled) this.notices.good(inEveryLanguage((words) => words.exports.cancelled));
    } finally {
      this.writing = null;
      leave();
    }
  }

  /** Ends the export that is being written. */
  async cancel(): Promise<void> {
    this.isCancelled = true;
    await bridge.cancelExports({});
  }

  /**
   * --export: a picture of every lesson step, or of those with these numbers, and the trace of every run. Always says how it ended: nobody
   * is there to see.
   */
  async all(numbers: readonly number[] | null): Promise<void> {
    const { lesson, notices } = this;
    lesson.asksNothing = true;
    let pictures = 0;
    try {
      const steps = lesson.steps.filter((_, i) => numbers?.includes(i + 1) ?? true);
      if (steps.length === 0 && notices.failures.length === 0) {
        const count = lesson.steps.length;
        notices.fail(
          inEveryLanguage(({ window }) =>
            count === 0 ? window.nothingToExport : fill(window.noSuchSteps, { lesson: lesson.opened?.lesson.id ?? '', count }),
          ),
        );
      }
      const settings = steps.length === 0 ? null : notices.told(await bridge.pictureSettings({}));
      const exported = new Set<string>();
      for (const { id, run } of steps) {
        if (settings === null || notices.failures.length > 0) break;
        const made = await bridge.makePictures({
          lesson: lesson.opened?.lesson.id ?? '',
          stem: stemOf(lesson.opened, lesson.scenario?.id),
          settings,
          places: [{ run, stop: id, n: 0, isAsked: false }],
        });
        pictures += notices.told(made)?.files ?? 0;
        if (exported.has(run)) continue;
        exported.add(run);
        if (run !== lesson.run && !(await lesson.openRun(run, { n: 0 }))) break;
        await this.data('trace');
      }
    } catch (error) {
      notices.tellOf(error);
    } finally {
      lesson.asksNothing = false;
    }
    await this.end(pictures);
  }

  /** --export --events: a picture of every step of the open run at which an event of that group is told, and its trace. */
  async events(group: EventGroup): Promise<void> {
    const { lesson, notices } = this;
    lesson.asksNothing = true;
    let pictures = 0;
    try {
      const { eventSteps } = await import('../picture/event-steps');
      const steps = notices.failures.length > 0 ? null : notices.told(await eventSteps((ask) => bridge.events(ask), group, null));
      if (steps?.length === 0) notices.fail(inEveryLanguage((words) => words.window.noSuchEvents));
      const settings = steps && steps.length > 0 ? notices.told(await bridge.pictureSettings({})) : null;
      if (steps && settings) {
        const id = lesson.opened?.lesson.id ?? '';
        const places = steps.map((n) => ({ run: lesson.run, stop: null, n, isAsked: false }));
        const made = await bridge.makePictures({ lesson: id, stem: stemOf(lesson.opened, lesson.scenario?.id), settings, places });
        pictures = notices.told(made)?.files ?? 0;
        if (notices.failures.length === 0) await this.data('trace');
      }
    } catch (error) {
      notices.tellOf(error);
    } finally {
      lesson.asksNothing = false;
    }
    await this.end(pictures);
  }

  /** --export --handout: every hand-out of the lesson, or the contact sheet of all lessons, in these languages and in every form. */
  async handouts(languages: readonly Language[], isContact: boolean): Promise<void> {
    const { lesson, notices } = this;
    let files = 0;
    try {
      if (!lesson.opened && notices.failures.length === 0) notices.fail(inEveryLanguage((words) => words.window.nothingToExport));
      // One at a time: whoever watches the export hears of each.
      const each = languages.flatMap((language) =>
        PAPERS.filter((kind) => (kind === 'contact') === isContact).map((kind) => ({ language, kind })),
      );
      for (const { language, kind } of each) {
        if (notices.failures.length > 0) break;
        const ask = { lesson: lesson.opened?.lesson.id ?? '', papers: [kind], formats: [...PAPER_FORMATS], languages: [language], seed: 1 };
        files += notices.told(await bridge.makePapers(ask))?.files ?? 0;
      }
    } catch (error) {
      notices.tellOf(error);
    }
    await this.end(files);
  }

  /** --export --play: what is open as pages that play. */
  async pages(order: PlayOrder, language: Language, theme: Theme): Promise<void> {
    const { lesson, notices } = this;
    let files = 0;
    try {
      if (!lesson.opened && notices.failures.length === 0) notices.fail(inEveryLanguage((words) => words.window.nothingToExport));
      const id = lesson.opened?.lesson.id ?? '';
      const stem = `${stemOf(lesson.opened, lesson.scenario?.id)}-play`;
      if (notices.failures.length === 0) {
        const made = notices.told(
          await bridge.makePlay({ ...order, lesson: id, stem, language, theme: theme === 'dark' ? 'dark' : 'light' }),
        );
        files = made?.files ?? 0;
        if (made) notices.good(inEveryLanguage((words) => fill(words.play.made, { ...made, size: sizeOf(made.bytes) })));
      }
    } catch (error) {
      notices.tellOf(error);
    }
    await this.end(files);
  }

  /** --export --film: a part of the lesson's first run. */
  async film({ settings, range }: FilmOrder): Promise<void> {
    const { lesson, notices } = this;
    let films = 0;
    try {
      const { likelyRange, stopsIn } = await import('../film/film-range');
      const last = lesson.playback.stepCount;
      const wanted = range ?? likelyRange(lesson.stops[1]?.n ?? 0, last, lesson.stops);
      if (notices.failures.length === 0) {
        if (!lesson.opened) notices.fail(inEveryLanguage((words) => words.window.nothingToExport));
        else if (wanted.from > wanted.to || wanted.from > last)
          notices.fail(inEveryLanguage((words) => fill(words.film.noSuchSteps, { ...wanted, last })));
      }
      if (notices.failures.length > 0) {
        await this.end(0);
        return;
      }
      const part = { from: Math.min(wanted.from, last), to: Math.min(wanted.to, last) };
      const look = { language: this.settings.language, theme: this.settings.shownTheme === 'dark' ? 'dark' : 'light' } as const;
      const id = lesson.opened?.lesson.id ?? '';
      const made = notices.told(
        await bridge.makeFilm({
          ...part,
          stops: stopsIn(part, lesson.stops),
          lesson: id,
          run: lesson.run,
          stem: stemOf(lesson.opened, lesson.scenario?.id),
          isVeiled: false,
          settings: { ...FIRST_FILM, ...look, ...settings },
        }),
      );
      films = made ? 1 : 0;
    } catch (error) {
      notices.tellOf(error);
    }
    await this.end(films);
  }

  private async end(files: number): Promise<void> {
    const { language } = this.settings;
    const [first] = this.notices.failures;
    // As `sim check` prints them: whoever reads a terminal has no list of faults to press on.
    const lines = this.notices.firstFaults.map((fault) => {
      const guess = fault.suggestion === null ? '' : fill(WORDS[language].window.didYouMean, { word: fault.suggestion });
      return `${fault.file}:${fault.line}:${fault.column}: ${fault.message[language]}${guess}`;
    });
    const failure = first === undefined ? null : [first[language], ...lines].join('\n').slice(0, LIMITS.failureCharacters);
    await bridge.exportDone({ pictures: files, failure });
  }
}

/** Bytes, as people read them. */
export function sizeOf(bytes: number): string {
  const power = Math.min(3, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const number = bytes / 1024 ** power;
  return `${power === 0 || number >= 100 ? Math.round(number) : number.toPrecision(3)} ${['B', 'KiB', 'MiB', 'GiB'][power]}`;
}

/** Two frames: what was changed is on the screen then. The second one is over, too: what comes next would hold it up. */
export async function painted(): Promise<void> {
  await document.fonts.ready;
  await new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
  });
}
