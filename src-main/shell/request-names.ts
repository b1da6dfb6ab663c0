/** The names of all requests; the compiler lists what is missing when the table grows. Light, because it is needed before the window opens. */
import type { RequestName } from '../contract/requests';

const NAMES: Record<RequestName, true> = {
  openLesson: true,
  openRun: true,
  cancelRun: true,
  readSteps: true,
  stateAt: true,
  chooseScenario: true,
  exportPicture: true,
  exportTrace: true,
  saveSettings: true,
  openPlayground: true,
  checkListing: true,
  playListing: true,
  keepDraft: true,
  saveListing: true,
  openListing: true,
  about: true,
  startUp: true,
  pageReady: true,
  exportDone: true,
};

export const REQUEST_NAMES = Object.keys(NAMES) as RequestName[];
