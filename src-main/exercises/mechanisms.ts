/** What exercises are about. The order is that of the list in the window. */
export const MECHANISMS = ['home', 'retake', 'next', 'first', 'steal', 'threads', 'tick', 'machine', 'end'] as const;
export type Mechanism = (typeof MECHANISMS)[number];

/** 1: one or two Ps and a goroutine or two. 3: up to four Ps, and calls that meet. */
export const LEVELS = [1, 2, 3] as const;
export type Level = (typeof LEVELS)[number];

export const isMechanism = (word: unknown): word is Mechanism => MECHANISMS.some((each) => each === word);
export const isLevel = (number: unknown): number is Level => LEVELS.some((each) => each === number);
