/** What a picture for a file shows and how it is made: what a person sets, what is remembered of it, and what the page that draws it is told. */
import type * as Zod from 'zod/mini';
import { type Language, LANGUAGES } from '../model/words';
import { LIMITS } from './limits';
import { THEMES } from './themes';

/** Names the page that draws pictures, behind the address of the window's. */
export const PICTURE_HASH = '#picture';

/** What a picture may show, from top to bottom. */
export const PICTURE_PARTS = ['village', 'runtime', 'machine', 'timeline', 'text'] as const;
export type PicturePart = (typeof PICTURE_PARTS)[number];

export const PICTURE_FORMATS = ['png', 'svg'] as const;
export const PICTURE_THEMES = [...THEMES, 'print'] as const;
/** How large the paper is: like the window, a slide of 16:9, or as wide as A4 and as high as its parts need. */
export const PICTURE_SIZES = ['window', 'slide', 'a4'] as const;
/** Of which steps: the one that is shown, every one of the lesson, those that were ticked, or those at which events of one kind are told. */
export const PICTURE_STEPS = ['this', 'lesson', 'chosen', 'events'] as const;
export const PICTURE_SCALES = [1, 2, 3, 4] as const;

export interface PictureSettings {
  parts: readonly PicturePart[];
  steps: (typeof PICTURE_STEPS)[number];
  format: (typeof PICTURE_FORMATS)[number];
  /** Pixels of the file for one of the paper, each way. */
  scale: number;
  /** Where nothing is drawn one sees through. */
  isTransparent: boolean;
  theme: (typeof PICTURE_THEMES)[number];
  language: Language;
  size: (typeof PICTURE_SIZES)[number];
  hasTitle: boolean;
  hasLegend: boolean;
  /** The banner over the village. */
  hasStory: boolean;
}

/** Before anybody has set anything: what the window shows. */
export const FIRST_PICTURE: PictureSettings = {
  parts: ['village', 'runtime', 'machine', 'timeline'],
  steps: 'this',
  format: 'png',
  scale: 2,
  isTransparent: false,
  theme: 'light',
  language: 'zh',
  size: 'window',
  hasTitle: true,
  hasLegend: true,
  hasStory: true,
};

/** Where in the open lesson or scenario a picture is taken. */
export interface PicturePlace {
  run: string;
  /** Id of the lesson's step; null: the step of the run that `n` counts. */
  stop: string | null;
  n: number;
  /** A question is open there: nothing after that step is to be seen. */
  isAsked: boolean;
}

/** What the drawing page is to show next. */
export interface PictureJob {
  /** '': a scenario of one's own. A lesson or scenario with another number is to be opened anew. */
  source: { lesson: string; opening: number };
  place: PicturePlace;
  settings: PictureSettings;
  /** The paper in CSS pixels; null: as high as its parts need. */
  paperPx: { width: number; height: number | null };
  /** An SVG that will stand in a page with the product's letters, among others: in front of the names in it. null: a file of its own. */
  prefix: string | null;
  /** Of the way from the step before, 0 to 1: a film shows the village between two steps, too. */
  fraction: number;
  /** One of a film: what stands above the views is as high in each. */
  isFrame: boolean;
}

/** What the page says when it has been drawn. */
export interface DrawnPicture {
  /** Of the paper, in CSS pixels. */
  widthPx: number;
  heightPx: number;
  /** The step of the run that is shown. */
  n: number;
  /** The drawing as text; null: a PNG of the page is wanted. */
  svg: string | null;
}

/** What has been written. */
export interface MadePictures {
  /** The file, or the folder of several. */
  path: string;
  /** How many were written, and how many had been asked for: it may have been cancelled in between. */
  files: number;
  asked: number;
}

/** Largest paper, in CSS pixels each way: an A4 sheet with all parts is less than half of it. */
export const MOST_PAPER_PX = 8_000;
/** A drawing of the largest town is less than a tenth of it. */
const MOST_SVG = 64_000_000;
/** As many pictures as a lesson may have steps. */
const MOST_PLACES = LIMITS.lessonSteps;

type Z = Pick<typeof Zod, 'array' | 'boolean' | 'enum' | 'gte' | 'int' | 'lte' | 'maxLength' | 'nullable' | 'strictObject' | 'string'>;

export const pictureSettingsShape = (z: Z): Zod.ZodMiniType<PictureSettings> =>
  z.strictObject({
    parts: z.array(z.enum(PICTURE_PARTS)).check(z.maxLength(PICTURE_PARTS.length)),
    steps: z.enum(PICTURE_STEPS),
    format: z.enum(PICTURE_FORMATS),
    scale: z.int().check(z.gte(1), z.lte(4)),
    isTransparent: z.boolean(),
    theme: z.enum(PICTURE_THEMES),
    language: z.enum(LANGUAGES),
    size: z.enum(PICTURE_SIZES),
    hasTitle: z.boolean(),
    hasLegend: z.boolean(),
    hasStory: z.boolean(),
  });

const name = (z: Z): Zod.ZodMiniType<string> => z.string().check(z.maxLength(LIMITS.nameCharacters));

export const picturePlaceShape = (z: Z): Zod.ZodMiniType<PicturePlace> =>
  z.strictObject({
    run: name(z),
    stop: z.nullable(name(z)),
    n: z.int().check(z.gte(0), z.lte(LIMITS.step)),
    isAsked: z.boolean(),
  });

export const picturePlacesShape = (z: Z): Zod.ZodMiniType<PicturePlace[]> => z.array(picturePlaceShape(z)).check(z.maxLength(MOST_PLACES));

export const drawnPictureShape = (z: Z): Zod.ZodMiniType<DrawnPicture> =>
  z.strictObject({
    widthPx: z.int().check(z.gte(1), z.lte(MOST_PAPER_PX)),
    heightPx: z.int().check(z.gte(1), z.lte(MOST_PAPER_PX)),
    n: z.int().check(z.gte(0), z.lte(LIMITS.step)),
    svg: z.nullable(z.string().check(z.maxLength(MOST_SVG))),
  });
