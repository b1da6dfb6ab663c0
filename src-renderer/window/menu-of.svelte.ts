/** What the menu says of the window as it is now. */
import type { MenuState } from '../../src-main/contract/index';
import type { AppState } from '../stores/app.svelte';
import { menuState } from './menu-state';
import type { WindowState } from './window-state.svelte';

/** `hasHits`: the search has found something. */
export function menuOf({ lesson, settings, layout }: AppState, shown: WindowState, hasHits: boolean): MenuState {
  const { playback } = lesson;
  return menuState({
    hasRun: playback.after !== null,
    isRecorded: lesson.opened?.trace?.recorded ? true : false,
    isPlaying: playback.isPlaying,
    isAsking: lesson.isAsking,
    isAtStart: playback.n === 0,
    isAtEnd: playback.n >= playback.stepCount,
    isAtLastLessonStep: lesson.at >= lesson.steps.length - 1,
    isOwnLesson: lesson.opened?.isOwn === true,
    hasLesson: lesson.steps.length > 0,
    canGoBack: lesson.ways.back,
    canGoOn: lesson.ways.on,
    hasHits,
    speed: playback.speed,
    theme: settings.shownTheme,
    isBlank: shown.isBlank,
    isSpot: shown.isSpot,
    isReading: shown.isReading,
    isInWords: settings.isInWords,
    hasLetterKeys: settings.hasLetterKeys,
    isDivided: layout.isChanged,
    enlarged: shown.enlarged,
  });
}
