/** What can go wrong in a way that a person can mend: told in a sentence, without a stack. */

/** Exit status 1. */
export class Failure extends Error {}

/** The command was typed wrongly: exit status 2. */
export class Misuse extends Error {}
