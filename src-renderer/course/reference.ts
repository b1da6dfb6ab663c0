/** The rows of the course page's reference tabs: what is looked up in the glossary, and where each misconception is refuted. */
import type { Glossary, LessonCard, Misconception } from '../../src-main/contract/index';

type Term = Glossary['terms'][string];

/** One that Go has names for or not; `id` is its entry's. */
export type GlossaryRow = Pick<Term, 'go' | 'word' | 'term' | 'means'> & { id: string };

/** One or two letters, such as P or GC, would stand in nearly every sentence: they are looked for as whole words. */
const isShort = (word: string): boolean => /^[a-z0-9]{1,2}$/.test(word);

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/**
 * Terms in which every word of the query stands, in any of the columns and either language, whatever its case; first those that are called so, then
 * those in whose names it stands, then those that only tell of it.
 */
export function glossaryRows({ terms }: Glossary, query: string): GlossaryRow[] {
  const asked = folded(query).trim();
  const wanted = asked.split(/\s+/).filter((word) => word !== '');
  const whole = new Map(wanted.filter(isShort).map((word) => [word, new RegExp(`(?<![a-z0-9_])${word}(?![a-z0-9_])`)]));
  const stands = (text: string): boolean => wanted.every((word) => whole.get(word)?.test(text) ?? text.includes(word));
  const found = Object.entries(terms).flatMap(([id, { go, word, term, means }]) => {
    const names = [...go, ...Object.values(word), ...Object.values(term)].map(folded);
    const told = Object.values(means).map(folded);
    if (!stands([...names, ...told].join('\n'))) return [];
    const rank = names.includes(asked) ? 0 : names.some((name) => stands(name)) ? 1 : 2;
    return [{ rank, row: { id, go, word, term, means } }];
  });
  return found.sort((a, b) => a.rank - b.rank).map(({ row }) => row);
}

export interface Refutation {
  misconception: Misconception;
  /** The lessons that refute it, in the course's order. `number`: from 1. */
  steps: { lesson: string; number: number; title: LessonCard['title']; step: string }[];
}

export const refutations = (misconceptions: readonly Misconception[], cards: readonly LessonCard[]): Refutation[] =>
  misconceptions.map((misconception) => ({
    misconception,
    steps: cards.flatMap(({ id, title, refutes }, i) =>
      refutes.filter(({ belief }) => belief === misconception.id).map(({ step }) => ({ lesson: id, number: i + 1, title, step })),
    ),
  }));
