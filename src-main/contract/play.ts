/** What can be asked for of a page that plays. */
import type * as Zod from 'zod/mini';
import { type Language, LANGUAGES } from '../model/words';
import { LIMITS } from './limits';

/** An HTML file that opens in any browser, or the same in a package for learning platforms, in two versions of SCORM. */
export const PLAY_KINDS = ['html', 'scorm12', 'scorm2004'] as const;
export type PlayKind = (typeof PLAY_KINDS)[number];

export const PLAY_VIEWS = ['village', 'runtime', 'machine'] as const;
export type PlayView = (typeof PLAY_VIEWS)[number];

/** Id of the element of a page that holds its data. */
export const PLAY_DATA_ID = 'play-data';

export const PLAY_THEMES = ['light', 'dark'] as const;

/** Numbers from 1, both included: of the lesson's steps, or of the run's where there is no lesson. Steps of a run may begin at 0, its first state. */
export interface PlayRange {
  from: number;
  to: number;
}

export interface PlayAsk {
  /** '': a scenario or a trace of one's own. */
  lesson: string;
  /** How the files' names begin. */
  stem: string;
  kinds: PlayKind[];
  views: PlayView[];
  /** In which the page opens; its reader can change both. */
  language: Language;
  theme: (typeof PLAY_THEMES)[number];
  /** null: all of it. */
  range: PlayRange | null;
}

/** What the command line can ask for. */
export type PlayOrder = Pick<PlayAsk, 'kinds' | 'views' | 'range'>;

/** What has been written: the file, or the folder of several, and how many bytes altogether. */
export interface MadePages {
  path: string;
  files: number;
  bytes: number;
}

/** Limit of the steps of all runs in a page, which the browser keeps in memory. The largest lesson has less than a tenth of it. */
export const MOST_PLAY_STEPS = 100_000;

/** Percentage of correct answers from which a platform counts the lesson as passed. */
export const PLAY_PASS_PERCENT = 60;

type Z = Pick<typeof Zod, 'array' | 'enum' | 'gte' | 'int' | 'lte' | 'maxLength' | 'nullable' | 'strictObject' | 'string'>;

export const playShape = (z: Z): Zod.ZodMiniType<PlayAsk> => {
  const name = z.string().check(z.maxLength(LIMITS.nameCharacters));
  const step = z.int().check(z.gte(0), z.lte(LIMITS.step));
  return z.strictObject({
    lesson: name,
    stem: name,
    kinds: z.array(z.enum(PLAY_KINDS)).check(z.maxLength(PLAY_KINDS.length)),
    views: z.array(z.enum(PLAY_VIEWS)).check(z.maxLength(PLAY_VIEWS.length)),
    language: z.enum(LANGUAGES),
    theme: z.enum(PLAY_THEMES),
    range: z.nullable(z.strictObject({ from: step, to: step })),
  });
};
