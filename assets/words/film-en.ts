import type zh from './film-zh';
import type { Translation } from './phrase';

/** The dialog that exports films. */
export default {
  title: 'Export a film',
  about: 'From one step to another, each drawn as pictures, one after the other.',
  range: 'Which part',
  from: 'From step',
  to: 'To step',
  parts: 'What it shows',
  file: 'File',
  format: 'Format',
  formats: { webm: 'WebM (video)', gif: 'GIF (animation)' },
  height: 'Size',
  perStep: 'Pictures of a step',
  perStepOf: { one: '1, without motion', more: '{n}' },
  stepTime: 'A step takes',
  hold: 'Longer at lesson steps',
  seconds: '{s} s',
  length: '{n} {n:picture|pictures}, {s} s',
  wrongRange: 'There are no steps in this range: choose from {first} to {last}.',
  tooLong: 'The film would have {n} pictures, and {most} is the most: shorten the range, or draw fewer of each step.',
  make: 'Export…',
  making: '{done} of {total} drawn',
  made: 'The film is in {path} ({size}, {n} {n:picture|pictures}, {s} s)',
  stopped: 'Stopped; no file was left behind.',
} as const satisfies Translation<typeof zh>;
