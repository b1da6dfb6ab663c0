/** Whether the map of the course lies over the lesson when the window opens. */
import type { AppOptions } from './command-line';
import type { Settings } from '../contract/requests';
import type { Text } from '../model/words';

/** How a page begins. */
export interface Beginning extends Pick<AppOptions, 'lesson' | 'exportTo'> {
  /** A file or a link was given. */
  hasFile: boolean;
  /** Something went wrong before: that is to be read first. */
  warnings: readonly Text[];
  /** Not the first page since the start, but one that was loaded again. */
  hasBegun: boolean;
}

/** Only at a start at which nothing in particular is asked for: whoever names a lesson, a file or a moment is to see that. */
export function opensCourse(
  { isCourseFirst }: Pick<Settings, 'isCourseFirst'>,
  { lesson, exportTo, hasFile, warnings, hasBegun }: Beginning,
): boolean {
  return isCourseFirst && lesson === null && exportTo === null && !hasFile && warnings.length === 0 && !hasBegun;
}
