/** Which misconceptions a class or person held, by what was chosen: before the discussion, and after it. Pure. */
import type { Learner, Text } from '../../src-main/contract/index';

export interface Belief {
  /** Id of the misconception; null: the lesson names none, and `text` is the choice itself. */
  id: string | null;
  text: Text;
  first: number;
  /** In the last vote; null: no question of it was voted on twice. */
  last: number | null;
}

/** The most common first. */
export function beliefsOf({ lessons }: Pick<Learner, 'lessons'>): Belief[] {
  const found = new Map<string, Belief>();
  for (const { asked } of Object.values(lessons)) {
    for (const { choices, answer, votes } of Object.values(asked)) {
      const [first, second] = votes;
      for (const [i, { text, believes }] of choices.entries()) {
        const held = first?.counts[i] ?? 0;
        const heldLater = second?.counts[i] ?? 0;
        if (i === answer || held + heldLater === 0) continue;
        const key = believes ?? `“${text.zh}”`;
        const before = found.get(key) ?? { id: believes, text, first: 0, last: null };
        const last = second ? (before.last ?? 0) + heldLater : before.last;
        found.set(key, { ...before, first: before.first + held, last });
      }
    }
  }
  return [...found.values()].sort((a, b) => b.first - a.first);
}

/** How many questions have been answered. */
export function answeredBy({ lessons }: Pick<Learner, 'lessons'>): number {
  return Object.values(lessons).reduce((sum, { asked }) => sum + Object.values(asked).filter(({ isRevealed }) => isRevealed).length, 0);
}
