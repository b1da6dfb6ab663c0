/** The window's keys, as the help lists them. */
import type { Words } from '../../assets/words/index';

export const KEYS: readonly { keys: string; words: keyof Words['keys'] }[] = [
  { keys: 'Space', words: 'play' },
  { keys: '→ ←', words: 'steps' },
  { keys: 'PageDown PageUp', words: 'lessonSteps' },
  { keys: 'Shift → ←', words: 'lessonSteps' },
  { keys: 'Home End', words: 'ends' },
  { keys: '+ −', words: 'speed' },
  { keys: '1 2 3', words: 'views' },
  { keys: '0 Esc', words: 'back' },
  { keys: 'L', words: 'language' },
  { keys: 'T', words: 'theme' },
  { keys: 'E', words: 'exportPicture' },
  { keys: 'Shift E', words: 'exportTrace' },
  { keys: 'O', words: 'openScenario' },
  { keys: 'P', words: 'playground' },
  { keys: '?', words: 'help' },
];
