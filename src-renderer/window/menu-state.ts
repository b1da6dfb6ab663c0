/** What the menu says of the window's commands: which would do nothing now, and which are on. Pure. */
import { type CommandId, type MenuState, ofEachExport, type Theme, type View } from '../../src-main/contract/index';

export interface MenuFacts {
  /** A run is shown. */
  hasRun: boolean;
  /** It was recorded, or made elsewhere: there is no scenario that it could be made from anew. */
  isRecorded: boolean;
  isPlaying: boolean;
  /** A question is open. */
  isAsking: boolean;
  isAtStart: boolean;
  isAtEnd: boolean;
  isAtLastLessonStep: boolean;
  hasLesson: boolean;
  /** Somebody's own. */
  isOwnLesson: boolean;
  canGoBack: boolean;
  canGoOn: boolean;
  hasHits: boolean;
  speed: number;
  theme: Theme;
  isBlank: boolean;
  isSpot: boolean;
  isReading: boolean;
  isInWords: boolean;
  /** Single letters are commands. */
  hasLetterKeys: boolean;
  /** A splitter has been put elsewhere. */
  isDivided: boolean;
  /** The view that has all the room. */
  enlarged: View | null;
}

const SLOWEST = 0.25;
const FASTEST = 8;

export function menuState(facts: MenuFacts): MenuState {
  const idle: Partial<Record<CommandId, boolean>> = {
    play: facts.isAtEnd && !facts.isPlaying && facts.isAtLastLessonStep,
    stepForward: facts.isAtEnd,
    stepBack: facts.isAtStart,
    toStart: facts.isAtStart,
    toEnd: facts.isAtEnd,
    placeBack: !facts.canGoBack,
    placeOn: !facts.canGoOn,
    faster: facts.speed >= FASTEST,
    slower: facts.speed <= SLOWEST,
    copyLink: !facts.hasLesson,
    lessonNext: !facts.hasLesson,
    lessonPrevious: !facts.hasLesson,
    lessonCheck: !facts.isOwnLesson,
    restart: !facts.hasRun,
    search: !facts.hasRun,
    searchNext: !facts.hasHits,
    searchPrevious: !facts.hasHits,
    resetLayout: !facts.isDivided && facts.enlarged === null && !facts.isReading,
    ...ofEachExport(() => !facts.hasRun || facts.isAsking),
    exportFacts: !facts.hasRun || facts.isAsking || facts.isRecorded,
  };
  const on: Partial<Record<CommandId, boolean>> = {
    lightTheme: facts.theme === 'light',
    darkTheme: facts.theme === 'dark',
    projectorTheme: facts.theme === 'projector',
    blank: facts.isBlank,
    spotlight: facts.isSpot,
    reading: facts.isReading,
    inWords: facts.isInWords,
    letterKeys: facts.hasLetterKeys,
    ...(facts.enlarged === null ? {} : { [facts.enlarged]: true }),
  };
  const those = (all: Partial<Record<CommandId, boolean>>): string[] => Object.entries(all).flatMap(([id, is]) => (is ? [id] : []));
  return { disabled: those(idle), checked: those(on) };
}
