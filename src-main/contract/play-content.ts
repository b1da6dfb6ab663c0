/** The data inside a page that plays. */
import type { StepSlice } from '../model/trace/step-slice';
import type { Language } from '../model/words';
import type { ListingLine, OpenedLesson, OpenedRun, StepAnswers } from './payloads';
import type { PLAY_THEMES, PlayKind, PlayView } from './play';

/** A run, or a part of one, whose steps are then numbered from 1. */
export interface PlayRun extends Omit<OpenedRun, 'listings'> {
  /** Index into PlayFile.listings. */
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
  /** By id of the lesson step: answers of tables and orders, which come from the runs. */
  answers: Record<string, StepAnswers>;
  /** The standard by which it reports to a learning platform; null: it does not report. */
  platform: Exclude<PlayKind, 'html'> | null;
  views: PlayView[];
  language: Language;
  theme: (typeof PLAY_THEMES)[number];
}
