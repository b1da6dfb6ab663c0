/** Traces as files, and all pictures and traces of a lesson without a person. */
import { fill, inEveryLanguage, type Language } from '../../assets/words/index';
import { LIMITS, PAPER_FORMATS, PAPERS, type Result } from '../../src-main/contract/index';
import { bridge } from '../bridge';
import { stemOf } from '../picture/picture-names';
import type { LessonStore } from './lesson.svelte';
import type { Notices } from './notices.svelte';
import type { SettingsStore } from './settings.svelte';

export class Exporter {
  constructor(
    private readonly lesson: LessonStore,
    private readonly settings: SettingsStore,
    private readonly notices: Notices,
  ) {}

  /** Whether something was written; what went wrong, and where it was written to, is told. */
  private saved(outcome: Result<string | null>): boolean {
    const path = this.notices.told(outcome);
    if (path !== null) this.notices.good(inEveryLanguage((words) => fill(words.window.saved, { path })));
    return path !== null;
  }

  async trace(): Promise<boolean> {
    const id = this.lesson.scenario?.id ?? 'run';
    // Several runs of a lesson may play one scenario.
    const name = this.lesson.isOwnScenario ? id : `${id}-${this.lesson.run}`;
    return this.saved(await bridge.exportTrace({ suggestedName: `${name}.trace.jsonl` }));
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
      if (steps.length === 0 && notices.failures.length === 0) notices.fail(inEveryLanguage((words) => words.window.nothingToExport));
      const settings = steps.length === 0 ? null : notices.told(await bridge.pictureSettings({}));
      const exported = new Set<string>();
      for (const { id, run } of steps) {
        if (settings === null || notices.failures.length > 0) break;
        const made = await bridge.makePictures({
          lesson: lesson.opened?.lesson.id ?? '',
          stem: stemOf(lesson.opened?.lesson.id ?? '', lesson.scenario?.id),
          settings,
          places: [{ run, stop: id, n: 0, isAsked: false }],
        });
        pictures += notices.told(made)?.files ?? 0;
        if (exported.has(run)) continue;
        exported.add(run);
        if (run !== lesson.run && !(await lesson.openRun(run, { n: 0 }))) break;
        await this.trace();
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

  private async end(files: number): Promise<void> {
    const failure = this.notices.failures[0]?.[this.settings.language].slice(0, LIMITS.failureCharacters) ?? null;
    await bridge.exportDone({ pictures: files, failure });
  }
}

/** Two frames: what was changed is on the screen then. */
export async function painted(): Promise<void> {
  await document.fonts.ready;
  await new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(resolve));
  });
}
