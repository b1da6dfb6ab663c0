/** Hand-outs: what there is to print, in which forms. */
import type * as Zod from 'zod/mini';
import { type Language, LANGUAGES } from '../model/words';
import { LIMITS } from './limits';

/** The first two are of the open lesson. */
export const PAPERS = ['sheet', 'storyboard', 'glossary', 'exercises'] as const;
export type PaperKind = (typeof PAPERS)[number];
export const PAPER_FORMATS = ['pdf', 'html'] as const;
export type PaperFormat = (typeof PAPER_FORMATS)[number];

export interface PapersAsk {
  /** '': a scenario of one's own, which has neither sheet nor storyboard. */
  lesson: string;
  papers: PaperKind[];
  formats: PaperFormat[];
  languages: Language[];
  /** Of the exercises. */
  seed: number;
}

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
