/** A file that has more is shown the first ones: each is told in every language, and of half a million the last helps nobody. */
export const MOST_FAULTS = 5_000;
