import { expect, test } from 'vitest';
import { COMMANDS, type CommandId, EXPORT_IDS, exportName } from '../../src-main/contract/index';
import { type MenuFacts, menuState } from './menu-state';

const MIDDLE: MenuFacts = {
  hasRun: true,
  isRecorded: false,
  isPlaying: false,
  isAsking: false,
  isAtStart: false,
  isAtEnd: false,
  isAtLastLessonStep: false,
  hasLesson: true,
  isOwnLesson: true,
  canGoBack: true,
  canGoOn: true,
  hasHits: true,
  speed: 1,
  theme: 'light',
  isBlank: false,
  isSpot: false,
  isReading: false,
  isInWords: false,
  hasLetterKeys: false,
  isDivided: true,
  enlarged: null,
};

test('in the middle of a lesson everything can be done', () => {
  expect(menuState(MIDDLE)).toEqual({ disabled: [], checked: ['lightTheme'] });
});

test.each<[Partial<MenuFacts>, CommandId[]]>([
  [{ isAtStart: true }, ['stepBack', 'toStart']],
  [{ isAtEnd: true }, ['stepForward', 'toEnd']],
  [{ isAtEnd: true, isAtLastLessonStep: true }, ['play', 'stepForward', 'toEnd']],
  [{ isAsking: true }, EXPORT_IDS.map(exportName)],
  [{ canGoBack: false }, ['placeBack']],
  [{ canGoOn: false }, ['placeOn']],
  [{ hasLesson: false }, ['copyLink', 'lessonNext', 'lessonPrevious']],
  [{ isOwnLesson: false }, ['lessonCheck']],
  [{ hasHits: false }, ['searchNext', 'searchPrevious']],
  [{ speed: 8 }, ['faster']],
  [{ speed: 0.25 }, ['slower']],
  [{ isDivided: false }, ['resetLayout']],
  [{ hasRun: false }, ['restart', 'search', ...EXPORT_IDS.map(exportName)]],
  [{ isRecorded: true }, ['exportFacts']],
])('%o: these would do nothing: %j', (change, commands) => {
  const { disabled } = menuState({ ...MIDDLE, ...change });
  expect([...disabled].sort()).toEqual([...commands].sort());
});

test.each<[Partial<MenuFacts>, CommandId]>([
  [{ isBlank: true }, 'blank'],
  [{ isSpot: true }, 'spotlight'],
  [{ isReading: true }, 'reading'],
  [{ isInWords: true }, 'inWords'],
  [{ hasLetterKeys: true }, 'letterKeys'],
  [{ enlarged: 'machine' }, 'machine'],
])('%o: this is on: %s', (change, command) => {
  expect(menuState({ ...MIDDLE, ...change }).checked).toEqual(['lightTheme', command]);
  expect(COMMANDS[command].menu?.isToggle).toBe(true);
});

test.each([
  ['light', 'lightTheme'],
  ['dark', 'darkTheme'],
  ['projector', 'projectorTheme'],
] as const)('of the themes %s is on', (theme, command) => {
  expect(menuState({ ...MIDDLE, theme }).checked).toEqual([command]);
});
