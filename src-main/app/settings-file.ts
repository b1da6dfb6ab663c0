/** Settings in one small file. A file that cannot be read is set aside, never lost. */
import { isAbsolute, join } from 'node:path';
import { LEARNER_ID, LIMITS } from '../contract/limits';
import { type Layout, LAYOUT_KEYS } from '../contract/layout';
import type { LessonMove, Settings } from '../contract/requests';
import { readOwnJson, wrongPart } from './own-file';
import { type KnownLesson, MOST_KNOWN } from './own-moves';
import { type SaidOfIt, setAside } from './set-aside';
import { writeOwnFile } from './write-file';
import { isLanguage, type Text } from '../model/words';
import { THEMES } from '../contract/themes';

/** Where the window stood, in pixels of the screen. */
export interface WindowPlace {
  xPx: number;
  yPx: number;
  widthPx: number;
  heightPx: number;
  isMaximized: boolean;
}

/** What the page may set, and what only the main process knows. */
export interface AppSettings extends Settings {
  window: WindowPlace | null;
  /** Folders of the teacher's own lessons, from the root. */
  ownFolders: readonly string[];
  /** What lay in them, and in others before: a folder that is gone is found again by that. */
  ownKnown: readonly KnownLesson[];
  /** Which have moved, the first one first, as long as the page has not said that what was done of them is kept under their new ids. */
  ownMoved: readonly LessonMove[];
}

/** Who is there before anybody has been named. */
export const FIRST_LEARNER = 'me';

export const DEFAULT_SETTINGS: AppSettings = {
  language: 'zh',
  theme: 'system',
  speed: 1,
  place: null,
  learner: FIRST_LEARNER,
  layout: {},
  isInWords: false,
  isCourseFirst: true,
  hasLetterKeys: true,
  window: null,
  ownFolders: [],
  ownKnown: [],
  ownMoved: [],
};

export class SettingsFile {
  private readonly path: string;
  private latest: Promise<void> = Promise.resolve();
  private isLocked = false;

  /** `first`: what stands in the place of a file that nobody has written yet. */
  constructor(
    folder: string,
    private readonly first: Partial<AppSettings> = {},
  ) {
    this.path = join(folder, 'settings.json');
  }

  /**
   * The settings, and what became of a damaged file. Read at once: the window waits for them. `isTold` false: nobody would read that, so the file is
   * left where it is for whoever does.
   */
  async read(isTold = true): Promise<{ settings: AppSettings; warning: Text | null }> {
    const found = readOwnJson(this.path);
    const settings = found && 'json' in found ? settingsFrom(found.json) : null;
    const first = { ...DEFAULT_SETTINGS, ...this.first };
    if (found === null || settings || !isTold) return { settings: settings ?? first, warning: null };
    const { isMoved, told } = await setAside(this.path, 'why' in found ? found.why : wrongPart(''), OF_SETTINGS);
    // Where it cannot be moved it must not be written over either.
    this.isLocked = !isMoved;
    return { settings: first, warning: told };
  }

  /** One write after the other; each is whole. */
  write(settings: AppSettings): Promise<void> {
    if (this.isLocked) return Promise.resolve();
    const next = this.latest.catch(() => undefined).then(() => writeOwnFile(this.path, `${JSON.stringify(settings, null, 1)}\n`));
    this.latest = next;
    return next;
  }

  /** When nothing is being written any more; whoever wrote has been told how it went. */
  async written(): Promise<void> {
    await this.latest.catch(() => undefined);
  }
}

const OF_SETTINGS: SaidOfIt = { moved: ({ refusal }) => refusal.settingsRenamed, stuck: ({ refusal }) => refusal.settingsLocked };

/** What the window may not store it is not given either: else nothing of the settings could be stored any more. */
const isName = (value: unknown): value is string => typeof value === 'string' && value.length <= LIMITS.nameCharacters;
const isCount = (value: unknown, most: number): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= most;

/** Takes what is right of a settings file; null: it is no settings file at all. */
function settingsFrom(value: unknown): AppSettings | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const {
    language,
    theme,
    speed,
    place,
    learner,
    layout,
    isInWords,
    isCourseFirst,
    hasLetterKeys,
    window,
    ownFolders,
    ownKnown,
    ownMoved,
  } = value as Partial<Record<keyof AppSettings, unknown>>;
  return {
    language: isLanguage(language) ? language : DEFAULT_SETTINGS.language,
    theme: THEMES.find((each) => each === theme) ?? 'system',
    speed: typeof speed === 'number' && speed >= 0.25 && speed <= 8 ? speed : 1,
    place: placeFrom(place),
    learner: typeof learner === 'string' && LEARNER_ID.test(learner) ? learner : FIRST_LEARNER,
    layout: layoutFrom(layout),
    isInWords: isInWords === true,
    isCourseFirst: isCourseFirst !== false,
    hasLetterKeys: hasLetterKeys !== false,
    window: windowFrom(window),
    ownFolders: foldersFrom(ownFolders),
    ownKnown: knownFrom(ownKnown),
    ownMoved: movedFrom(ownMoved),
  };
}

function placeFrom(value: unknown): Settings['place'] {
  if (typeof value !== 'object' || value === null) return null;
  const { lesson, run, n } = value as Record<string, unknown>;
  return isName(lesson) && isName(run) && isCount(n, LIMITS.step) ? { lesson, run, n } : null;
}

function layoutFrom(value: unknown): Layout {
  const isGiven = typeof value === 'object' && value !== null;
  const given = new Map<string, unknown>(isGiven ? Object.entries(value) : []);
  return Object.fromEntries(
    LAYOUT_KEYS.flatMap((key) => {
      const percent = given.get(key);
      return typeof percent === 'number' && percent >= 0 && percent <= 100 ? [[key, percent] as const] : [];
    }),
  );
}

const isFolder = (each: unknown): each is string => typeof each === 'string' && isAbsolute(each) && each.length <= LIMITS.folderCharacters;

function knownFrom(value: unknown): KnownLesson[] {
  if (!Array.isArray(value)) return [];
  const known = value.flatMap((each: unknown): KnownLesson[] => {
    const { folder, id, title } = (each ?? {}) as Partial<Record<keyof KnownLesson, unknown>>;
    const isOne = isFolder(folder) && isName(id) && typeof title === 'string' && title.length <= LIMITS.fieldCharacters;
    return isOne ? [{ folder, id, title }] : [];
  });
  return known.slice(-MOST_KNOWN);
}

function movedFrom(value: unknown): LessonMove[] {
  if (!Array.isArray(value)) return [];
  const moved = value.flatMap((each: unknown): LessonMove[] => {
    const { from, to } = (each ?? {}) as Partial<Record<keyof LessonMove, unknown>>;
    return isName(from) && isName(to) ? [{ from, to }] : [];
  });
  return moved.slice(-LIMITS.ownMoves);
}

function foldersFrom(value: unknown): string[] {
  return Array.isArray(value) ? [...new Set(value.filter(isFolder))].slice(0, LIMITS.ownLessons) : [];
}

function windowFrom(value: unknown): WindowPlace | null {
  if (typeof value !== 'object' || value === null) return null;
  const { xPx, yPx, widthPx, heightPx, isMaximized } = value as Record<string, unknown>;
  if (![xPx, yPx, widthPx, heightPx].every((each) => Number.isSafeInteger(each))) return null;
  return { xPx: Number(xPx), yPx: Number(yPx), widthPx: Number(widthPx), heightPx: Number(heightPx), isMaximized: isMaximized === true };
}
