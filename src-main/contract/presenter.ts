/**
 * The teacher's window: what the projected window tells it, and what may be done from it. Two tables of requests, because each is answered
 * to one window only. Payloads are texts in the language that is shown.
 */
import type * as Zod from 'zod/mini';
import { LANGUAGES, type Language, type Result } from '../model/words';
import { LIMITS } from './limits';
import type { Z } from './shape';
import { type Theme, THEMES } from './themes';

/** Behind the page's address: the same page, as the teacher's window. */
export const PRESENTER_HASH = '#presenter';
/** What its preload is told; a page cannot change that. */
export const PRESENTER_ARGUMENT = '--schedville-presenter';

/** What the teacher sees of a question, open or not. */
export interface PresentedQuestion {
  question: string;
  /** `hands`: of each vote; `why`: why a wrong choice is wrong. */
  choices: { text: string; why: string | null; hands: number[] }[];
  /** The right one, from 0. */
  answer: number;
  because: string;
  /** It has not been revealed, and nothing beyond it is shown. */
  isOpen: boolean;
  isClass: boolean;
}

/** A lesson that is being taken: how long, and with which step. Times in ms; `sinceMs`: of Date.now, null while it stands still. */
export interface PresentedClock {
  elapsedMs: number;
  stepMs: number;
  sinceMs: number | null;
}

export interface PresenterView {
  language: Language;
  theme: Theme;
  /** `language`: the one that all of its texts are written in; null: it has each of them in both. */
  lesson: { title: string; language: Language | null; minutes: number | null; steps: number };
  /** The step whose text or question is shown; null: a run without steps, or before the first one. `number`: from 1. */
  step: { number: number; title: string; minutes: number | null; notes: string | null; plannedMinutes: number | null } | null;
  question: PresentedQuestion | null;
  /** What the class sees and hears after this; null: nothing, this is the end. */
  next: { title: string; story: string; technical: string; question: string | null } | null;
  clock: PresentedClock;
  isPlaying: boolean;
  isBlank: boolean;
  /** Single letters, digits and signs are commands, in both windows. */
  hasLetterKeys: boolean;
  /** Of the text that is projected. */
  page: { at: number; count: number };
  /** Where in the run. */
  status: string;
}

/** Commands that can be given from the teacher's window: those of clickers, and what changes how the projected window looks. */
export const PRESENTER_COMMANDS = [
  'play',
  'stepForward',
  'stepBack',
  'lessonNext',
  'lessonPrevious',
  'toStart',
  'toEnd',
  'placeBack',
  'placeOn',
  'faster',
  'slower',
  'village',
  'runtime',
  'machine',
  'lessonText',
  'timeline',
  'allViews',
  'back',
  'language',
  'theme',
  'blank',
  'spotlight',
  'reading',
  'presenter',
] as const;
export type PresenterCommand = (typeof PRESENTER_COMMANDS)[number];

export type PresenterAct =
  | { kind: 'command'; command: PresenterCommand }
  | { kind: 'reveal' }
  | { kind: 'hand'; choice: number; by: number }
  | { kind: 'clock'; what: 'toggle' | 'reset' };

type Request<Ask, Reply> = { shape: (z: Z) => Zod.ZodMiniType<Ask>; reply?: Result<Reply> };
const request =
  <Reply>() =>
  <Ask>(shape: (z: Z) => Zod.ZodMiniType<Ask>): Request<Ask, Reply> => ({ shape });

const text = (z: Z) => z.string().check(z.maxLength(LIMITS.presentedCharacters));
const count = (z: Z) => z.int().check(z.gte(0), z.lte(LIMITS.step));
const milliseconds = (z: Z) => z.int().check(z.gte(0), z.lte(Number.MAX_SAFE_INTEGER));
const minutes = (z: Z) => z.nullable(z.number().check(z.gte(0), z.lte(LIMITS.step)));

const question = (z: Z): Zod.ZodMiniType<PresentedQuestion> =>
  z.strictObject({
    question: text(z),
    choices: z
      .array(
        z.strictObject({
          text: text(z),
          why: z.nullable(text(z)),
          hands: z.array(z.int().check(z.gte(0), z.lte(LIMITS.hands))).check(z.maxLength(LIMITS.votes)),
        }),
      )
      .check(z.maxLength(LIMITS.choice)),
    answer: z.int().check(z.gte(0), z.lte(LIMITS.choice)),
    because: text(z),
    isOpen: z.boolean(),
    isClass: z.boolean(),
  });

const view = (z: Z): Zod.ZodMiniType<PresenterView> =>
  z.strictObject({
    language: z.enum(LANGUAGES),
    theme: z.enum(THEMES),
    lesson: z.strictObject({ title: text(z), language: z.nullable(z.enum(LANGUAGES)), minutes: minutes(z), steps: count(z) }),
    step: z.nullable(
      z.strictObject({
        number: count(z),
        title: text(z),
        minutes: minutes(z),
        notes: z.nullable(text(z)),
        plannedMinutes: minutes(z),
      }),
    ),
    question: z.nullable(question(z)),
    next: z.nullable(z.strictObject({ title: text(z), story: text(z), technical: text(z), question: z.nullable(text(z)) })),
    clock: z.strictObject({ elapsedMs: milliseconds(z), stepMs: milliseconds(z), sinceMs: z.nullable(milliseconds(z)) }),
    isPlaying: z.boolean(),
    isBlank: z.boolean(),
    hasLetterKeys: z.boolean(),
    page: z.strictObject({ at: count(z), count: count(z) }),
    status: text(z),
  });

const act = (z: Z): Zod.ZodMiniType<PresenterAct> =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('command'), command: z.enum(PRESENTER_COMMANDS) }),
    z.strictObject({ kind: z.literal('reveal') }),
    z.strictObject({
      kind: z.literal('hand'),
      choice: z.int().check(z.gte(0), z.lte(LIMITS.choice)),
      by: z.int().check(z.gte(-1), z.lte(1)),
    }),
    z.strictObject({ kind: z.literal('clock'), what: z.enum(['toggle', 'reset']) }),
  ]);

/** Asked by the projected window. */
export const PROJECTED_REQUESTS = {
  /** Opens the teacher's window, on the other screen where there is one, or closes it. Whether it is open now. */
  togglePresenter: request<boolean>()((z) => z.strictObject({})),
  /** What the teacher's window is to show. */
  tellPresenter: request<null>()(view),
};

/** Asked by the teacher's window. */
export const PRESENTER_REQUESTS = {
  /** What it shows first; null: the projected window has told nothing yet. */
  presenterView: request<PresenterView | null>()((z) => z.strictObject({})),
  /** Done in the projected window. */
  presenterAct: request<null>()(act),
};
