/** The rows of the course page's reference tabs: what is looked up in the glossary, and where each misconception is refuted. */
import type { Glossary, LessonCard, Misconception } from '../../src-main/contract/index';

type Term = Glossary['terms'][string];

/** One that Go has names for or not; `id` is its entry's. */
export type GlossaryRow = Pick<Term, 'go' | 'word' | 'means'> & { id: string };

/** Terms in which every word of the query stands, in any of the columns and either language, whatever its case. */
export function glossaryRows({ terms }: Glossary, query: string): GlossaryRow[] {
  const wanted = query
    .normalize('NFKC')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return Object.entries(terms)
    .map(([id, { go, word, means }]) => ({ id, go, word, means }))
    .filter(({ go, word, means }) => {
      const all = [...go, ...Object.values(word), ...Object.values(means)].join('\n').normalize('NFKC').toLowerCase();
      return wanted.every((each) => all.includes(each));
    });
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
