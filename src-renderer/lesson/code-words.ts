/**
 * Which parts of a lesson's prose are code: whatever its author put between backticks. They are set in the code font, where ffff stays four
 * letters. The reader of lessons has refused marks that are not closed.
 */

export interface Part {
  text: string;
  isCode: boolean;
}

export const codeParts = (text: string): Part[] =>
  text
    .split('`')
    .map((part, i) => ({ text: part, isCode: i % 2 === 1 }))
    .filter((part) => part.text !== '');
