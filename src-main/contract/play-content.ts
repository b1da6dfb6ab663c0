/** What a page that plays has in it. */
import type { StepSlice } from '../model/trace/packed-steps';
import type { Language } from '../model/words';
import type { ListingLine, OpenedLesson, OpenedRun, StepAnswers } from './payloads';
import type { PLAY_THEMES, PlayKind, PlayView } from './play';

/** A run, or a piece of one: its steps count from 1 as if it began there. */
export interface PlayRun extends Omit<OpenedRun, 'listings'> {
  /** Which of the page's listings are its own. */
  listings: number;
  /** One after the other. */
  steps: StepSlice[];
  /** The step of the whole run after which it begins. */
  base: number;
  /** Steps of the whole run. */
  whole: number;
}

/** All that a page plays. */
export interface PlayFile {
  opened: OpenedLesson;
  /** By name. */
  runs: Record<string, PlayRun>;
  listings: Record<string, ListingLine[]>[];
  /** By the lesson step's id: of those that have something to be done which is read from the runs. */
  answers: Record<string, StepAnswers>;
  /** What it tells how it was learned; null: nobody. */
  platform: Exclude<PlayKind, 'html'> | null;
  views: PlayView[];
  language: Language;
  theme: (typeof PLAY_THEMES)[number];
}
