/** What a person has set, kept for the next start. */
import { MediaQuery } from 'svelte/reactivity';
import type { Settings, Theme } from '../../src-main/contract/index';
import { bridge } from '../bridge';
import { servedLanguage, servedTheme } from '../served-root';
import type { Notices } from './notices.svelte';

const SAVE_AFTER_MS = 200;
/** Followed while the window is open. */
const DARK = new MediaQuery('prefers-color-scheme: dark');
export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8] as const;

export class SettingsStore {
  /** Until the settings have been told, both are what the page was served with. */
  language = $state<Settings['language']>(servedLanguage());
  theme = $state<Settings['theme']>(servedTheme());
  /** The state in words in the place of the pictures. */
  isInWords = $state(false);
  /** A start shows the map of the course first. */
  isCourseFirst = $state(true);
  /** Single letters, digits and signs are commands. */
  hasLetterKeys = $state(true);
  /** The theme that is shown. */
  readonly shownTheme = $derived<Theme>(this.theme === 'system' ? (DARK.current ? 'dark' : 'light') : this.theme);
  /** The settings have been told: before that nothing stands here that could be kept. */
  isTold = false;
  private saving: ReturnType<typeof setTimeout> | null = null;

  /** `rest`: what belongs to the settings and is kept elsewhere. */
  constructor(
    private readonly notices: Notices,
    private readonly rest: () => Pick<Settings, 'speed' | 'place' | 'learner' | 'layout'>,
  ) {}

  setLanguage(language: Settings['language']): void {
    this.language = language;
    this.keep();
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    this.keep();
  }

  toggleInWords(): void {
    this.isInWords = !this.isInWords;
    this.keep();
  }

  setCourseFirst(isCourseFirst: boolean): void {
    this.isCourseFirst = isCourseFirst;
    this.keep();
  }

  toggleLetterKeys(): void {
    this.hasLetterKeys = !this.hasLetterKeys;
    this.keep();
  }

  /** Saves after a while, as it is then: what changes quickly is saved once, and what goes on changing does not put it off. */
  keep(): void {
    if (!this.isTold) return;
    this.saving ??= setTimeout(() => {
      this.saveNow();
    }, SAVE_AFTER_MS);
  }

  /** What still waits to be saved. */
  saveNow(): void {
    if (!this.saving) return;
    clearTimeout(this.saving);
    this.saving = null;
    void bridge
      .saveSettings({
        language: this.language,
        theme: this.theme,
        isInWords: this.isInWords,
        isCourseFirst: this.isCourseFirst,
        hasLetterKeys: this.hasLetterKeys,
        ...this.rest(),
      })
      .then((outcome) => this.notices.told(outcome));
  }
}
