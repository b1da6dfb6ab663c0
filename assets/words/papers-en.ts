import type zh from './papers-zh';
import type { Translation } from './phrase';

/** Hand-outs: what the dialog says, and what is printed on the paper. */
export default {
  title: 'Hand-outs',
  about:
    'To print and give out: one A4 sheet of the lesson (its key is another file), a storyboard of the whole lesson, the glossary, and exercises; or slides, one step on each.',
  aboutOwn:
    'A scenario of your own is open. It has no text, so there is no sheet, storyboard or slides: open a lesson for those. The glossary, exercises and the contact sheet of all lessons can be printed.',
  which: 'What to print',
  kinds: {
    sheet: 'sheet, and its key apart',
    storyboard: 'storyboard',
    slides: 'slides (PPTX), with both narrations as notes',
    glossary: 'glossary',
    exercises: 'exercises, and their key apart',
    contact: 'contact sheet: first and most telling step of every lesson',
  },
  format: 'Format',
  formats: { pdf: 'PDF', html: 'one HTML file' },
  language: 'Language',
  seed: 'Paper no. of the exercises',
  make: 'Export…',
  making: '{done} of {total}',
  made: '{n} {n:file|files} written: {path}',
  stopped: 'Stopped: {n} of {asked} files are in {path}',
  nothing: 'nothing to print has been chosen',
  notYet: 'Choose at least one thing to print, one format and one language; the paper no. is a whole number from 0 to 999999999.',
  needsLesson: 'a sheet or a storyboard needs a lesson: a scenario of your own is open',
  answered: 'Answer: {answer}',
  name: 'Name',
  date: 'Date',
  task: 'Think, and fill in',
  ways: 'Ways to choose from:',
  key: 'Key: {title}',
  storyboard: '{title} · storyboard {page} / {pages}',
  seeded: 'paper no. {seed}',
  glossary: 'Glossary',
  contact: 'All lessons',
  first: 'first',
  telling: 'most telling',
  village: 'In the village',
  inGo: 'In Go; term',
  means: 'What it is',
} as const satisfies Translation<typeof zh>;
