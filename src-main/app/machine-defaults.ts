/**
 * What whoever looks after a room of machines has set for everybody who starts there for the first time. Defaults, no rules: what a person
 * sets later is kept, and stands over them.
 */
import { readFileSync, statSync } from 'node:fs';
import { fill, inEveryLanguage, type Words } from '../../assets/words/index';
import type { Settings } from '../contract/requests';
import { peopleText } from '../formats/people-text';
import { isLanguage, LANGUAGES, type Text } from '../model/words';
import { THEMES } from '../contract/themes';

export interface MachineDefaults {
  file: string;
  settings: Partial<Pick<Settings, 'language' | 'theme' | 'speed'>>;
  /** Id of the lesson that is opened first. */
  lesson: string | null;
  /** What of the file was not used, and why. */
  faults: Text[];
}

const MOST_BYTES = 64 * 1024;
const LESSON_ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const [SLOWEST, FASTEST] = [0.25, 8];

const faultOf = (said: (words: Words['installed']) => string): Text => inEveryLanguage(({ installed }) => said(installed));

/** null: there is no such file. Never throws: a damaged file of the machine keeps nobody from learning. */
export function readMachineDefaults(file: string): MachineDefaults | null {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return null;
  const nothing = (why: string): MachineDefaults => ({
    file,
    settings: {},
    lesson: null,
    faults: [faultOf((words) => fill(words.defaultsUnreadable, { why }))],
  });
  try {
    if (!found.isFile() || found.size > MOST_BYTES) return nothing('not a small file');
    const read = peopleText(readFileSync(file));
    return read.ok ? defaultsFrom(file, JSON.parse(read.text)) : nothing('not text');
  } catch (error) {
    return nothing(error instanceof Error ? error.message : String(error));
  }
}

export function defaultsFrom(file: string, value: unknown): MachineDefaults {
  const made: MachineDefaults = { file, settings: {}, lesson: null, faults: [] };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    made.faults.push(faultOf((words) => fill(words.defaultsUnreadable, { why: '{ … }' })));
    return made;
  }
  for (const [key, given] of Object.entries(value)) {
    const wanted = take(made, key, given);
    if (wanted === null) continue;
    made.faults.push(
      wanted === ''
        ? faultOf((words) => fill(words.defaultsKey, { key, known: Object.keys(WANTED).join(', ') }))
        : faultOf((words) => fill(words.defaultsValue, { key, wanted })),
    );
  }
  return made;
}

/** What each key may be. */
const WANTED = {
  language: LANGUAGES.join(' | '),
  theme: [...THEMES, 'system'].join(' | '),
  speed: `${SLOWEST} … ${FASTEST}`,
  lesson: '"hunting" | "call" | "line-by-line" …',
} as const;

/** Takes one entry over; null: done, '': the key is unknown, else what its value should be. */
function take(made: MachineDefaults, key: string, given: unknown): string | null {
  switch (key) {
    case 'language':
      if (!isLanguage(given)) return WANTED.language;
      made.settings.language = given;
      return null;
    case 'theme': {
      const theme = ([...THEMES, 'system'] as const).find((each) => each === given);
      if (theme === undefined) return WANTED.theme;
      made.settings.theme = theme;
      return null;
    }
    case 'speed':
      if (typeof given !== 'number' || !(given >= SLOWEST && given <= FASTEST)) return WANTED.speed;
      made.settings.speed = given;
      return null;
    case 'lesson':
      if (typeof given !== 'string' || given.length > 100 || !LESSON_ID.test(given)) return WANTED.lesson;
      made.lesson = given;
      return null;
    default:
      return '';
  }
}
