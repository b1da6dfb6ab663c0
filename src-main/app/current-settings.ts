/** The settings as they are stored, and over them what the command line asked for this once. */
import { LIMITS } from '../contract/limits';
import type { Settings } from '../contract/requests';
import type { AppSettings, WindowPlace } from './settings-file';
import type { Theme } from '../contract/themes';

/** null: as it is stored. */
export interface Once {
  language: Settings['language'] | null;
  theme: Theme | null;
}

export class CurrentSettings {
  private languageOnce: Once['language'];
  private themeOnce: Once['theme'];

  constructor(
    private kept: AppSettings,
    { language, theme }: Once,
  ) {
    this.languageOnce = language;
    this.themeOnce = theme;
  }

  get stored(): AppSettings {
    return this.kept;
  }

  /** What of it the page knows. */
  get ofPage(): Settings {
    const { language, theme, speed, place, learner, layout, isInWords, isCourseFirst, hasLetterKeys } = this.kept;
    return { language, theme, speed, place, learner, layout, isInWords, isCourseFirst, hasLetterKeys };
  }

  /** What still stands of the command line's wishes. */
  get once(): Once {
    return { language: this.languageOnce, theme: this.themeOnce };
  }

  /** The language that is shown. */
  get language(): Settings['language'] {
    return this.languageOnce ?? this.kept.language;
  }

  /** The theme that is shown. */
  get theme(): Settings['theme'] {
    return this.themeOnce ?? this.kept.theme;
  }

  /** The page has these settings now. As long as one is what the command line asked for, the person has chosen nothing. */
  change(shown: Settings): void {
    if (shown.language !== this.languageOnce) this.languageOnce = null;
    if (shown.theme !== this.themeOnce) this.themeOnce = null;
    const { language, theme, window, ownFolders, ownKnown, ownMoved } = this.kept;
    this.kept = {
      ...shown,
      window,
      ownFolders,
      ownKnown,
      ownMoved,
      language: this.languageOnce === null ? shown.language : language,
      theme: this.themeOnce === null ? shown.theme : theme,
    };
  }

  get ownFolders(): readonly string[] {
    return this.kept.ownFolders;
  }

  setOwn(ownFolders: readonly string[]): void {
    this.kept = { ...this.kept, ownFolders };
  }

  get ownKnown(): AppSettings['ownKnown'] {
    return this.kept.ownKnown;
  }

  setKnown(ownKnown: AppSettings['ownKnown']): void {
    this.kept = { ...this.kept, ownKnown };
  }

  get ownMoved(): AppSettings['ownMoved'] {
    return this.kept.ownMoved;
  }

  setMoved(ownMoved: AppSettings['ownMoved']): void {
    this.kept = { ...this.kept, ownMoved: ownMoved.slice(-LIMITS.ownMoves) };
  }

  move(window: WindowPlace): void {
    this.kept = { ...this.kept, window };
  }
}
