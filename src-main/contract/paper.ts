/** Hand-outs: what there is to print, in which forms. */
import type * as Zod from 'zod/mini';
import { type Language, LANGUAGES } from '../model/words';
import { LIMITS } from './limits';

/** The first three are of the open lesson; the last one is of the whole course. */
export const PAPERS = ['sheet', 'storyboard', 'slides', 'glossary', 'exercises', 'contact'] as const;
export type PaperKind = (typeof PAPERS)[number];
export const PAPER_FORMATS = ['pdf', 'html'] as const;
export type PaperFormat = (typeof PAPER_FORMATS)[number];

/** Those that a scenario of one's own does not have. */
export const OF_LESSON: ReadonlySet<PaperKind> = new Set(['sheet', 'storyboard', 'slides']);

/** Those with a key, which is a file of its own: whoever gets the paper does not get what is right. */
export const WITH_KEY: ReadonlySet<PaperKind> = new Set(['sheet', 'exercises']);

export interface PapersAsk {
  /** '': a scenario of one's own, of which there is nothing to be told. */
  lesson: string;
  papers: PaperKind[];
  /** Of all but slides, which have a form of their own. */
  formats: PaperFormat[];
  languages: Language[];
  /** Of the exercises. */
  seed: number;
}

/** How many files that makes; one less in each form and language for a lesson that asks nothing, whose sheet has no key. */
export const filesOf = ({ papers, formats, languages }: PapersAsk): number =>
  languages.length * papers.reduce((sum, kind) => sum + (kind === 'slides' ? 1 : formats.length * (WITH_KEY.has(kind) ? 2 : 1)), 0);

type Z = Pick<typeof Zod, 'array' | 'enum' | 'gte' | 'int' | 'lte' | 'maxLength' | 'strictObject' | 'string'>;

/** As large as the number behind an exercise's name. */
const MOST_SEED = 999_999_999;

export const papersShape = (z: Z): Zod.ZodMiniType<PapersAsk> =>
  z.strictObject({
    lesson: z.string().check(z.maxLength(LIMITS.nameCharacters)),
    papers: z.array(z.enum(PAPERS)).check(z.maxLength(PAPERS.length)),
    formats: z.array(z.enum(PAPER_FORMATS)).check(z.maxLength(PAPER_FORMATS.length)),
    languages: z.array(z.enum(LANGUAGES)).check(z.maxLength(LANGUAGES.length)),
    seed: z.int().check(z.gte(0), z.lte(MOST_SEED)),
  });
