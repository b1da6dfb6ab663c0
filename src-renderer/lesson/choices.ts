/** A, B, C, as people call them. */
export const letterOf = (choice: number): string => String.fromCodePoint(65 + choice);
