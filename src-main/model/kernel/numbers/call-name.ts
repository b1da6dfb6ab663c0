import type { AMD64_NUMBERS } from './amd64';

/** What calls are called. A name without a number, or a number that an architecture’s table lacks, fails the type check. */
export type CallName = keyof typeof AMD64_NUMBERS;
