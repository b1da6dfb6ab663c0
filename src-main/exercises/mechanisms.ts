/** What exercises are about. The order is that of the list in the window. */
export const MECHANISMS = ['home', 'retake', 'next', 'first', 'steal', 'threads', 'tick', 'machine', 'end'] as const;
export type Mechanism = (typeof MECHANISMS)[number];

/** 1: one or two Ps and a goroutine or two. 3: up to four Ps, and calls that meet. */
export const LEVELS = [1, 2, 3] as const;
export type Level = (typeof LEVELS)[number];

export const isMechanism = (word: unknown): word is Mechanism => MECHANISMS.some((each) => each === word);
export const isLevel = (number: unknown): number is Level => LEVELS.some((each) => each === number);

export interface ExerciseAsk {
  /** null: of all of them in turn. */
  mechanism: Mechanism | null;
  level: Level;
  /** Not negative. */
  seed: number;
}

/** The id of a lesson of exercises says all that it is made from. */
export const exerciseId = ({ mechanism, level, seed }: ExerciseAsk): string =>
  `exercise-${mechanism ?? 'all'}-${String(level)}-${String(seed)}`;

/** null: the id of some other lesson. */
export function exerciseAsk(id: string): ExerciseAsk | null {
  const [, word = '', digit = '', seed = ''] = /^exercise-([a-z]+)-(\d)-(\d{1,9})$/.exec(id) ?? [];
  const level = Number(digit);
  if (!isLevel(level) || (word !== 'all' && !isMechanism(word))) return null;
  return { mechanism: isMechanism(word) ? word : null, level, seed: Number(seed) };
}
