import type zh from './film-zh';
import type { Translation } from './phrase';

/** The dialog that exports films. */
export default {
  title: 'Export a film',
  about: 'A range of steps, drawn as pictures and joined into a film.',
  range: 'Which part',
  from: 'From step',
  to: 'To step',
  parts: 'What it shows',
  file: 'File',
  format: 'Format',
  formats: { webm: 'WebM (video)', gif: 'GIF (animation)' },
  height: 'Size',
  perStep: 'Pictures per step',
  perStepOf: { one: '1, without motion', more: '{n}' },
  stepTime: 'Time per step',
  hold: 'Extra time at lesson steps',
  seconds: '{s} s',
  length: '{n} {n:picture|pictures}, {s} s',
  wrongRange: 'This range has no steps: choose from {first} to {last}.',
  noSuchSteps: '--range {from}-{to}: the run has the steps 0 to {last}; choose from these, the smaller first',
  tooLong: 'That makes {n} pictures, and a film has at most {most}: shorten the range, or draw fewer pictures per step.',
  make: 'Export…',
  making: '{done} of {total} drawn',
  made: 'The film is in {path} ({size}, {n} {n:picture|pictures}, {s} s)',
  stopped: 'Stopped; no file was left behind.',
} as const satisfies Translation<typeof zh>;
