/** Pictures and traces as files: one at a time, or all of a lesson's without a person. */
import { fill, inEveryLanguage } from '../../assets/words/index';
import { LIMITS, type Result } from '../../src-main/contract/index';
import { bridge } from '../bridge';
import type { LessonStore } from './lesson.svelte';
import type { Notices } from './notices.svelte';
import type { SettingsStore } from './settings.svelte';

export class Exporter {
  /** The window looks as a picture does: with a caption, without anything to press. */
  isExporting = $state(false);

  constructor(
    private readonly lesson: LessonStore,
    private readonly settings: SettingsStore,
    private readonly notices: Notices,
  ) {}

  private get pictureName(): string {
    const { lesson, settings } = this;
    const id = lesson.isOwnScenario ? (lesson.scenario?.id ?? 'run') : (lesson.opened?.lesson.id ?? 'run');
    return `${id}-${lesson.run}-${String(lesson.playback.n).padStart(4, '0')}-${settings.language}.png`;
  }

  /** Whether something was written; what went wrong, and where it was written to, is told. */
  private saved(outcome: Result<string | null>): boolean {
    const path = this.notices.told(outcome);
    if (path !== null) this.notices.good(inEveryLanguage((words) => fill(words.window.saved, { path })));
    return path !== null;
  }

  async picture(): Promise<boolean> {
    const wasExporting = this.isExporting;
    this.isExporting = true;
    try {
      await painted();
      return this.saved(await bridge.exportPicture({ suggestedName: this.pictureName }));
    } finally {
      this.isExporting = wasExporting;
    }
  }

  async trace(): Promise<boolean> {
    const id = this.lesson.scenario?.id ?? 'run';
    // Several runs of a lesson may play one scenario.
    const name = this.lesson.isOwnScenario ? id : `${id}-${this.lesson.run}`;
    return this.saved(await bridge.exportTrace({ suggestedName: `${name}.trace.jsonl` }));
  }

  /** --export: a picture of every lesson step, and the trace of every run. Always says how it ended: nobody is there to see. */
  async all(): Promise<void> {
    const { lesson, notices } = this;
    let pictures = 0;
    // From one picture to the next the window need not look as a person needs it.
    this.isExporting = true;
    lesson.asksNothing = true;
    try {
      const exported = new Set<string>();
      for (const [i, step] of lesson.steps.entries()) {
        // At once: nobody is there to see them walk.
        await lesson.goTo(i, 'jump');
        // What is on the screen then is not this step.
        if (notices.failures.length > 0) break;
        if (await this.picture()) pictures++;
        if (!exported.has(step.run)) await this.trace();
        exported.add(step.run);
      }
      if (lesson.steps.length === 0 && notices.failures.length === 0)
        notices.fail(inEveryLanguage((words) => words.window.nothingToExport));
    } catch (error) {
      notices.tellOf(error);
    } finally {
      this.isExporting = false;
      lesson.asksNothing = false;
    }
    const failure = notices.failures[0]?.[this.settings.language].slice(0, LIMITS.failureCharacters) ?? null;
    await bridge.exportDone({ pictures, failure });
  }
}

/** Two frames: what was changed is on the screen then. */
export async function painted(): Promise<void> {
  await document.fonts.ready;
  await new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(resolve));
  });
}
