/** A film of a part of a run: its settings, its pictures and how long each is shown, and the jobs for the page that packs them. */
import type * as Zod from 'zod/mini';
import { type Language, LANGUAGES } from '../model/words';
import { LIMITS } from './limits';
import { PICTURE_PARTS, type PicturePart } from './picture';
import type { Z } from './shape';

/** The hash, after the window's own address, that opens the page which packs films. */
export const FILM_HASH = '#film';

export const FILM_FORMATS = ['webm', 'gif'] as const;
export const FILM_THEMES = ['light', 'dark'] as const;
/** Height of the film, which is 16:9. */
export const FILM_HEIGHTS_PX = [360, 540, 720, 1080] as const;
/** Pictures per step: with more than one the village moves. */
export const FILM_PER_STEP = [1, 2, 4, 8] as const;
/** How long a step is shown, ms. */
export const FILM_STEP_MS = [200, 400, 800, 1_500, 3_000] as const;
/** How much longer a step of the lesson is shown, ms. */
export const FILM_HOLD_MS = [0, 1_000, 2_000, 4_000] as const;

/** Every picture is drawn at this size, in CSS pixels, and scaled to the film's: a small film is not laid out anew. */
export const FILM_PAPER_PX = { width: 1_280, height: 720 } as const;

export interface FilmSettings {
  format: (typeof FILM_FORMATS)[number];
  heightPx: number;
  perStep: number;
  stepMs: number;
  holdMs: number;
  parts: readonly PicturePart[];
  theme: (typeof FILM_THEMES)[number];
  language: Language;
  hasTitle: boolean;
  /** The story of the lesson's step, above the picture. */
  hasStory: boolean;
}

export const FIRST_FILM: FilmSettings = {
  format: 'webm',
  heightPx: 720,
  perStep: 4,
  stepMs: 800,
  holdMs: 2_000,
  parts: ['village', 'timeline'],
  theme: 'light',
  language: 'zh',
  hasTitle: true,
  hasStory: true,
};

/** A film that the command line asks for. */
export interface FilmOrder {
  settings: Partial<FilmSettings>;
  /** null: the way to the lesson's second step. */
  range: { from: number; to: number } | null;
}

/** Which steps, both included. */
export interface FilmRange {
  from: number;
  to: number;
  /** Steps of the lesson in the run. */
  stops: readonly number[];
}

export interface FilmAsk extends FilmRange {
  /** '': a scenario of one's own. */
  lesson: string;
  run: string;
  /** How its name begins. */
  stem: string;
  /** The run is there to be found out: with each step nothing is shown that lies behind it. */
  isVeiled: boolean;
  settings: FilmSettings;
}

export interface MadeFilm {
  path: string;
  bytes: number;
  pictures: number;
  /** How long it plays, ms. */
  lastsMs: number;
}

/** A picture of a film, and when it is shown, ms. */
export interface FilmFrame {
  n: number;
  /** Of the way from the step before, 0 to 1. */
  fraction: number;
  atMs: number;
  forMs: number;
}

/** A film has at most this many pictures: drawing one takes a good part of a second. */
export const MOST_FILM_FRAMES = 3_000;

/** The number of pictures in a film. */
export const filmLength = ({ from, to }: FilmRange, { perStep }: FilmSettings): number => 1 + Math.max(0, to - from) * perStep;

/** The pictures in order, timed in whole ms: the first step stands still, each further one has `perStep` pictures that lead to it. */
export function filmFrames({ from, to, stops }: FilmRange, { perStep, stepMs, holdMs }: FilmSettings): FilmFrame[] {
  const isStop = new Set(stops);
  const frames: FilmFrame[] = [];
  let atMs = 0;
  const add = (n: number, fraction: number, forMs: number): void => {
    frames.push({ n, fraction, atMs, forMs });
    atMs += forMs;
  };
  for (let n = from; n <= to; n++) {
    const hold = isStop.has(n) ? holdMs : 0;
    if (n === from) add(n, 1, stepMs + hold);
    else {
      const start = atMs;
      for (let i = 1; i <= perStep; i++) {
        const ends = start + Math.round((stepMs * i) / perStep) + (i === perStep ? hold : 0);
        add(n, i / perStep, ends - atMs);
      }
    }
  }
  return frames;
}

/** The next job of the page that packs the film. */
export type FilmJob =
  | { kind: 'begin'; format: FilmSettings['format']; widthPx: number; heightPx: number }
  /** A PNG of that size. */
  | { kind: 'frame'; png: Uint8Array; atMs: number; forMs: number }
  /** It answers with the file. */
  | { kind: 'end' };

const one = (z: Z, all: readonly number[]): Zod.ZodMiniType<number> => z.int().check(z.gte(Math.min(...all)), z.lte(Math.max(...all)));
const step = (z: Z): Zod.ZodMiniType<number> => z.int().check(z.gte(0), z.lte(LIMITS.step));
const name = (z: Z): Zod.ZodMiniType<string> => z.string().check(z.maxLength(LIMITS.nameCharacters));

export const filmShape = (z: Z): Zod.ZodMiniType<FilmAsk> =>
  z.strictObject({
    lesson: name(z),
    run: name(z),
    stem: name(z),
    isVeiled: z.boolean(),
    from: step(z),
    to: step(z),
    stops: z.array(step(z)).check(z.maxLength(LIMITS.lessonSteps)),
    settings: z.strictObject({
      format: z.enum(FILM_FORMATS),
      heightPx: one(z, FILM_HEIGHTS_PX),
      perStep: one(z, FILM_PER_STEP),
      stepMs: one(z, FILM_STEP_MS),
      holdMs: one(z, FILM_HOLD_MS),
      parts: z.array(z.enum(PICTURE_PARTS)).check(z.maxLength(PICTURE_PARTS.length)),
      theme: z.enum(FILM_THEMES),
      language: z.enum(LANGUAGES),
      hasTitle: z.boolean(),
      hasStory: z.boolean(),
    }),
  });
