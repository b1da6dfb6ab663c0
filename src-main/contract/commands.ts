/**
 * The window's commands, by id: their keys, what the help says of them, and their place in the menu. Key handling, the menu's accelerators,
 * the Help dialog and the test of README's list go by this table.
 */
import type { Words } from '../../assets/words/index';
import { EXPORTS, ofEachExport } from './exports';
import { ofEachView } from './views';

export const MENU_PLACES = ['file', 'export', 'edit', 'view', 'playback', 'lesson', 'help'] as const;
export type MenuPlace = (typeof MENU_PLACES)[number];

interface CommandRow {
  /** As the help writes them: `Space`, `→`, `Shift →`, `L`. */
  keys: readonly string[];
  /** The same by other keys, which the help does not name: = lies where + does. */
  also?: readonly string[];
  /** Rows with the same words stand on one line of the help. */
  words: keyof Words['keys'] | null;
  /** `accelerator` null: the first of its keys is shown, which the page itself reads. `isToggle`: it is on or off; `isOneOf`: one of several that stand together is on. */
  menu?: { place: MenuPlace; accelerator: string | null; isToggle?: true; isOneOf?: true };
  /** Also while the playground lies over the window. */
  isEverywhere?: true;
}

const ROWS = {
  play: { keys: ['Space'], words: 'play', menu: { place: 'playback', accelerator: null } },
  stepForward: { keys: ['→'], words: 'steps', menu: { place: 'playback', accelerator: null } },
  stepBack: { keys: ['←'], words: 'steps', menu: { place: 'playback', accelerator: null } },
  lessonNext: { keys: ['PageDown', 'Shift →'], words: 'lessonSteps', menu: { place: 'lesson', accelerator: null } },
  lessonPrevious: { keys: ['PageUp', 'Shift ←'], words: 'lessonSteps', menu: { place: 'lesson', accelerator: null } },
  toStart: { keys: ['Home'], words: 'ends', menu: { place: 'playback', accelerator: null } },
  toEnd: { keys: ['End'], words: 'ends', menu: { place: 'playback', accelerator: null } },
  placeBack: { keys: ['Alt ←'], words: 'places', menu: { place: 'playback', accelerator: null } },
  placeOn: { keys: ['Alt →'], words: 'places', menu: { place: 'playback', accelerator: null } },
  search: { keys: ['/', 'Ctrl F'], words: 'search', menu: { place: 'edit', accelerator: null } },
  palette: { keys: ['Ctrl K'], words: 'palette', menu: { place: 'edit', accelerator: null } },
  searchNext: { keys: ['F3'], words: 'hits', menu: { place: 'edit', accelerator: null } },
  searchPrevious: { keys: ['Shift F3'], words: 'hits', menu: { place: 'edit', accelerator: null } },
  bookmark: { keys: ['Ctrl D'], words: 'bookmark', menu: { place: 'playback', accelerator: null } },
  bookmarks: { keys: [], words: null, menu: { place: 'playback', accelerator: 'CommandOrControl+B' } },
  faster: { keys: ['+'], also: ['='], words: 'speed', menu: { place: 'playback', accelerator: null } },
  slower: { keys: ['−'], words: 'speed', menu: { place: 'playback', accelerator: null } },
  ...ofEachView((_, key) => ({ keys: [key], words: 'views', menu: { place: 'view', accelerator: null, isToggle: true } }) as const),
  lessonText: { keys: ['4'], words: 'parts', menu: { place: 'view', accelerator: null } },
  timeline: { keys: ['5'], words: 'parts', menu: { place: 'view', accelerator: null } },
  allViews: { keys: ['0'], words: 'back', menu: { place: 'view', accelerator: null } },
  resetLayout: { keys: [], words: null, menu: { place: 'view', accelerator: 'CommandOrControl+Shift+L' } },
  back: { keys: ['Esc'], words: 'back' },
  language: { keys: ['L'], words: 'language', isEverywhere: true, menu: { place: 'view', accelerator: null } },
  // The key goes from one theme to the next; the menu says which there are.
  theme: { keys: ['T'], words: 'theme', isEverywhere: true },
  lightTheme: { keys: [], words: null, menu: { place: 'view', accelerator: 'CommandOrControl+Shift+7', isOneOf: true } },
  darkTheme: { keys: [], words: null, menu: { place: 'view', accelerator: 'CommandOrControl+Shift+8', isOneOf: true } },
  projectorTheme: { keys: [], words: null, menu: { place: 'view', accelerator: 'CommandOrControl+Shift+9', isOneOf: true } },
  openScenario: { keys: ['O'], words: 'openScenario', menu: { place: 'file', accelerator: 'CommandOrControl+O' } },
  gallery: { keys: ['G'], words: 'gallery', menu: { place: 'file', accelerator: null } },
  copyLink: { keys: [], words: null, menu: { place: 'lesson', accelerator: 'CommandOrControl+Shift+C' } },
  openLesson: { keys: [], words: null, menu: { place: 'file', accelerator: 'CommandOrControl+Shift+O' } },
  lessonCheck: { keys: [], words: null, menu: { place: 'lesson', accelerator: 'CommandOrControl+Shift+F' } },
  newLesson: { keys: [], words: null, menu: { place: 'file', accelerator: 'CommandOrControl+N' } },
  exportPicture: { keys: ['E'], words: 'exportPicture', menu: { place: 'file', accelerator: 'CommandOrControl+E' } },
  film: { keys: ['F'], words: 'film', menu: { place: 'file', accelerator: null } },
  ...ofEachExport(
    (id, name) =>
      ({
        keys: EXPORTS[id].key === null ? [] : [EXPORTS[id].key],
        // The help lists keys.
        words: name === 'exportTrace' ? name : null,
        menu: { place: 'export', accelerator: EXPORTS[id].accelerator },
      }) as const,
  ),
  course: { keys: ['M'], words: 'course', menu: { place: 'lesson', accelerator: null } },
  playground: { keys: ['P'], words: 'playground', menu: { place: 'lesson', accelerator: null } },
  papers: { keys: ['U'], words: 'papers', menu: { place: 'file', accelerator: null } },
  playable: { keys: [], words: null, menu: { place: 'file', accelerator: 'CommandOrControl+Shift+H' } },
  exercises: { keys: ['X'], words: 'exercises', menu: { place: 'lesson', accelerator: null } },
  experiment: { keys: ['J'], words: 'experiment', menu: { place: 'view', accelerator: null } },
  inspector: { keys: ['I'], words: 'inspector', menu: { place: 'view', accelerator: null } },
  previousChange: { keys: ['['], words: 'changes', menu: { place: 'view', accelerator: null } },
  nextChange: { keys: [']'], words: 'changes', menu: { place: 'view', accelerator: null } },
  // What clickers and other presenting programs have for it.
  blank: { keys: ['B', '.'], words: 'blank', menu: { place: 'lesson', accelerator: null, isToggle: true } },
  presenter: { keys: ['N'], words: 'presenter', menu: { place: 'lesson', accelerator: null } },
  spotlight: { keys: ['K'], words: 'spotlight', menu: { place: 'lesson', accelerator: null, isToggle: true } },
  reading: { keys: ['Y'], words: 'reading', menu: { place: 'lesson', accelerator: null, isToggle: true } },
  inWords: { keys: ['H'], words: 'inWords', menu: { place: 'view', accelerator: null, isToggle: true } },
  letterKeys: { keys: [], words: null, menu: { place: 'view', accelerator: 'CommandOrControl+Shift+K', isToggle: true } },
  cast: { keys: ['C'], words: 'cast', menu: { place: 'help', accelerator: null } },
  learners: { keys: ['R'], words: 'learners', menu: { place: 'lesson', accelerator: null } },
  events: { keys: ['V'], words: 'events', menu: { place: 'view', accelerator: null } },
  why: { keys: ['Q'], words: 'why', menu: { place: 'view', accelerator: null } },
  restart: { keys: [], words: null, menu: { place: 'lesson', accelerator: 'CommandOrControl+Home' } },
  simplified: { keys: [], words: null, menu: { place: 'help', accelerator: 'Shift+F1' } },
  help: { keys: ['?'], words: 'help', menu: { place: 'help', accelerator: 'F1' } },
} as const satisfies Record<string, CommandRow>;

export type CommandId = keyof typeof ROWS;
export const COMMANDS: Readonly<Record<CommandId, CommandRow>> = ROWS;
const COMMAND_IDS = Object.keys(ROWS) as readonly CommandId[];

/** Keys of the timeline, while the focus is in it: there they go before the window's own. */
const TIMELINE_ROWS = {
  zoomIn: { keys: ['W'], words: 'timelineZoom' },
  zoomOut: { keys: ['S'], words: 'timelineZoom' },
  earlier: { keys: ['A'], words: 'timelinePan' },
  later: { keys: ['D'], words: 'timelinePan' },
  whole: { keys: ['0'], words: 'timelineWhole' },
  toLessonStep: { keys: ['Z'], words: 'timelineLessonStep' },
  measure: { keys: ['M'], words: 'timelineMeasure' },
} as const satisfies Record<string, CommandRow>;

export type TimelineCommandId = keyof typeof TIMELINE_ROWS;
export const TIMELINE_COMMANDS: Readonly<Record<TimelineCommandId, CommandRow>> = TIMELINE_ROWS;
const TIMELINE_IDS = Object.keys(TIMELINE_ROWS) as readonly TimelineCommandId[];

/** Those that stand in the menu. */
export type MenuCommand = { [Id in CommandId]: (typeof ROWS)[Id] extends { menu: object } ? Id : never }[CommandId];

/** The menu's commands of one place, in the table's order. */
export function menuCommands(place: MenuPlace): { command: MenuCommand; accelerator: string | null; mark: 'checkbox' | 'radio' | null }[] {
  return COMMAND_IDS.flatMap((id) => {
    const { menu } = COMMANDS[id];
    return menu?.place === place
      ? [{ command: id as MenuCommand, accelerator: menu.accelerator, mark: menu.isToggle ? 'checkbox' : menu.isOneOf ? 'radio' : null }]
      : [];
  });
}

/** Commands as they stand in the menu, one place after the other: all that a person can ask for by name. */
export const NAMED_COMMANDS: readonly MenuCommand[] = MENU_PLACES.flatMap((place) => menuCommands(place).map(({ command }) => command));

/** What of the menu is not as it stands there: told by the page whenever it changes. */
export interface MenuState {
  /** They would do nothing now. */
  disabled: readonly string[];
  /** Of those that are on or off, or one of several: they are on. */
  checked: readonly string[];
}

/** Keys whose names in the help are not the browser's. */
const SHOWN: Readonly<Record<string, string>> = { ' ': 'Space', ArrowRight: '→', ArrowLeft: '←', '-': '−', Escape: 'Esc' };

function byKey<Id extends string>(ids: readonly Id[], rows: Readonly<Record<Id, CommandRow>>): ReadonlyMap<string, Id> {
  return new Map(ids.flatMap((id) => [...rows[id].keys, ...(rows[id].also ?? [])].map((key) => [key, id] as const)));
}

const BY_KEY = byKey(COMMAND_IDS, COMMANDS);
const TIMELINE_BY_KEY = byKey(TIMELINE_IDS, TIMELINE_COMMANDS);

/** What the browser tells of a key: the sign that it types, and where it lies, named after what lies there on a US keyboard. */
export interface PressedKey {
  key: string;
  code: string;
  shiftKey: boolean;
  /** Belongs to the window’s menus and the system, but for arrows. */
  altKey?: boolean;
  /** Either one makes another key of a letter: Ctrl F. */
  ctrlKey?: boolean;
  metaKey?: boolean;
}

/** By place, for keys that type none of our signs: an input method has taken them, or the keyboard has another script. */
const BY_PLACE: Readonly<Record<string, string>> = {
  Space: ' ',
  Period: '.',
  Slash: '/',
  NumpadDecimal: '.',
  Minus: '-',
  Equal: '=',
  BracketLeft: '[',
  BracketRight: ']',
};

function placeOf({ code, shiftKey }: PressedKey): string {
  const [, sign] = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(code) ?? [];
  return sign ?? (code === 'Slash' && shiftKey ? '?' : (BY_PLACE[code] ?? code));
}

/**
 * The command of a key that was pressed; null: none. Shift makes another key of letters and arrows only: signs such as ? are typed with it,
 * on some keyboards and not on others. Caps Lock changes nothing, nor do full-width signs or letters of another script.
 */
export function commandOf(pressed: PressedKey): CommandId | null {
  return keyIn(BY_KEY, pressed);
}

/** The same for the timeline's own. */
export function timelineCommandOf(pressed: PressedKey): TimelineCommandId | null {
  return keyIn(TIMELINE_BY_KEY, pressed);
}

function keyIn<Id>(keys: ReadonlyMap<string, Id>, pressed: PressedKey): Id | null {
  if (pressed.ctrlKey === true || pressed.metaKey === true) return withControl(keys, pressed);
  if (pressed.altKey) return keys.get(`Alt ${SHOWN[pressed.key] ?? pressed.key}`) ?? null;
  const typed = pressed.key.normalize('NFKC');
  const own = keyOfSign(keys, typed, pressed.shiftKey);
  if (own !== null) return own;
  // Digits lie behind Shift on a French keyboard; other signs of ours would be typed by other keys.
  const isForeign = !/^[\x20-\x7e]+$/.test(typed) || typed === 'Process' || typed === 'Unidentified';
  const isDigit = pressed.code.startsWith('Digit') && !pressed.shiftKey;
  return isForeign || isDigit ? keyOfSign(keys, placeOf(pressed), pressed.shiftKey) : null;
}

function withControl<Id>(keys: ReadonlyMap<string, Id>, pressed: PressedKey): Id | null {
  if (pressed.altKey === true || pressed.shiftKey) return null;
  const letter = /^[a-z]$/i.test(pressed.key) ? pressed.key : placeOf(pressed);
  return keys.get(`Ctrl ${letter.toUpperCase()}`) ?? null;
}

function keyOfSign<Id>(keys: ReadonlyMap<string, Id>, sign: string, shiftKey: boolean): Id | null {
  const shown = SHOWN[sign] ?? (/^[a-z]$/.test(sign) ? sign.toUpperCase() : sign);
  return keys.get(shiftKey && /^([A-Z]|→|←|F\d+)$/.test(shown) ? `Shift ${shown}` : shown) ?? null;
}

/** The lines of the help: keys of the commands that share their words stand together, each command's further keys on a line below. */
export function helpLines(): { keys: string; words: keyof Words['keys'] }[] {
  const rows: readonly CommandRow[] = [...COMMAND_IDS.map((id) => COMMANDS[id]), ...TIMELINE_IDS.map((id) => TIMELINE_COMMANDS[id])];
  const all = [...new Set(rows.flatMap((row) => row.words ?? []))];
  return all.flatMap((words) => {
    const own = rows.filter((row) => row.words === words).map((row) => row.keys);
    return Array.from({ length: Math.max(...own.map((keys) => keys.length)) }, (_, i) => ({
      keys: saidOnce(own.flatMap((keys) => keys[i] ?? [])),
      words,
    }));
  });
}

/** Shift → Shift ←: Shift → ←. */
function saidOnce(keys: readonly string[]): string {
  const [held] = /^(Shift|Alt) /.exec(keys[0] ?? '') ?? [];
  return keys.map((key, i) => (i > 0 && held !== undefined && key.startsWith(held) ? key.slice(held.length) : key)).join(' ');
}
