/** For tests: a start of the window with nothing asked for on the command line. */
import type { StartOptions } from '../../src-main/contract/index';

export const ORDINARY: StartOptions = {
  language: null,
  theme: null,
  lesson: null,
  isExport: false,
  exportSteps: null,
  exportEvents: null,
  handout: null,
  play: null,
  film: null,
  warnings: [],
  hasFile: false,
  opensCourse: false,
};
