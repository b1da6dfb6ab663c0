import type { Translation } from './phrase';
import type zh from './pictures-zh';

/** The dialog that exports pictures. */
export default {
  title: 'Export a picture',
  parts: 'What it shows',
  part: { village: 'village', runtime: 'runtime', machine: 'machine', timeline: 'timeline', text: 'lesson text' },
  steps: 'Of which steps',
  step: { this: 'this step', lesson: 'every lesson step', chosen: 'chosen lesson steps' },
  hidden: 'A question is open: the {n:lesson step|lesson steps} behind it ({n}) cannot be drawn yet.',
  format: 'Format',
  size: 'Paper',
  sizes: { window: 'as the window', slide: '16:9 slide', a4: 'A4 width' },
  scale: 'Scale',
  theme: 'Look',
  themes: { light: 'light', dark: 'dark', print: 'print' },
  language: 'Language',
  transparent: 'transparent ground',
  hasTitle: 'title',
  hasLegend: 'legend',
  hasStory: 'the step’s story',
  drawing: 'Drawing …',
  preview: 'Preview of the picture',
  copy: 'Copy',
  copied: 'The picture has been copied.',
  make: 'Export…',
  making: '{done} of {total} drawn',
  cancel: 'Stop',
  made: '{n} {n:picture|pictures} written: {path}',
  stopped: 'Stopped: {n} of {asked} pictures are in {path}',
  show: 'Show in folder',
} as const satisfies Translation<typeof zh>;
