/** Text of people's files on its way to a terminal or a window: what would steer either, or reorder what stands there, is shown by its number. */

/** Controls (C0, DEL, C1), separators of lines, and what sets the direction of writing. */
const STEERING = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const shown = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** One line. */
export const visibleLine = (text: string): string => text.replace(STEERING, shown);

/** Several lines, which may have tabs. */
export const visibleLines = (text: string): string =>
  text.replace(STEERING, (character) => (character === '\n' || character === '\t' ? character : shown(character)));

/** So many faults of a file are listed: nobody reads more. */
export const MOST_FAULTS = 100;
