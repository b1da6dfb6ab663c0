/** The product's own fonts (app.css). */
const FACES = [
  '400 16px "Schedville Sans"',
  '700 16px "Schedville Sans"',
  '400 16px "Schedville Signs"',
  '400 16px "Schedville Mono"',
  '700 16px "Schedville Mono"',
];

/** When they are there: text that is laid out before its font asks the system for another one, and is laid out twice. */
export const ownLetters = (): Promise<unknown> => Promise.allSettled(FACES.map((face) => document.fonts.load(face)));
