/**
 * The program's own switches as they are typed in a terminal, held against what each may be: a misspelt one would do nothing, in silence. What
 * they mean is read by command-line.ts; `npm start` refuses the same before it starts anything (.ci/switches.mjs).
 */
import { fill, inEveryLanguage, type Words } from '../../assets/words/index';
import { EVENT_GROUPS } from '../ask/events/groups';
import { nearest } from '../model/nearest-word';
import type { Text } from '../model/words';
import { refusedSwitch } from './refused-switches';

type Wanted = keyof Words['program']['wanted'];

/** What a value may look like; null: the switch takes none. */
interface Kind {
  form: RegExp;
  /** Its ranges run forwards. */
  isForward?: true;
  wanted: Wanted;
}

const VIEW = '(village|runtime|machine|timeline|text)';
const NUMBERS = String.raw`[1-9]\d{0,3}(-[1-9]\d{0,3})?`;

/** 20-10 is no part of anything; 3-7 and 1,3-5 are. */
const runsBackwards = (value: string): boolean =>
  value.split(',').some((part) => {
    const [, from, to] = /^(\d+)-(\d+)$/.exec(part) ?? [];
    return Number(from) > Number(to);
  });

export const SWITCHES: Readonly<Record<string, Kind | null>> = {
  '--help': null,
  '--version': null,
  '--portable': null,
  '--export': { form: /./, wanted: 'folder' },
  '--open': { form: /./, wanted: 'file' },
  '--lesson': { form: /^[a-z0-9]+(-[a-z0-9]+)*$/, wanted: 'lesson' },
  '--lang': { form: /^(zh|en)$/, wanted: 'language' },
  '--theme': { form: /^(light|dark|projector|print)$/, wanted: 'theme' },
  '--size': { form: /^\d{3,4}x\d{3,4}$/, wanted: 'size' },
  '--user-data-dir': { form: /./, wanted: 'folder' },
  '--format': { form: /^(png|svg)$/, wanted: 'format' },
  '--scale': { form: /^[1-4]$/, wanted: 'scale' },
  '--views': { form: new RegExp(`^${VIEW}(,${VIEW})*$`), wanted: 'views' },
  '--steps': { form: new RegExp(`^${NUMBERS}(,${NUMBERS})*$`), wanted: 'steps', isForward: true },
  '--events': { form: new RegExp(`^(${EVENT_GROUPS.join('|')})$`), wanted: 'events' },
  '--paper': { form: /^(window|slide|a4)$/, wanted: 'paper' },
  '--transparent': null,
  '--handout': null,
  '--contact-sheet': null,
  '--play': null,
  '--scorm': null,
  '--range': { form: /^\d{1,9}-\d{1,9}$/, wanted: 'range', isForward: true },
  '--film': { form: /^(webm|gif)$/, wanted: 'film' },
  '--height': { form: /^(360|540|720|1080)$/, wanted: 'height' },
  '--per-step': { form: /^[1248]$/, wanted: 'perStep' },
  '--step-ms': { form: /^(200|400|800|1500|3000)$/, wanted: 'stepMs' },
};

/** Switches that mean nothing without one of these. */
export const GOES_WITH: Readonly<Record<string, readonly string[]>> = {
  '--scorm': ['--play'],
  '--range': ['--play', '--film'],
  '--height': ['--film'],
  '--per-step': ['--film'],
  '--step-ms': ['--film'],
  ...Object.fromEntries(
    [
      ...['--format', '--scale', '--views', '--steps', '--events', '--paper', '--transparent'],
      ...['--handout', '--contact-sheet', '--play', '--film'],
    ].map((name) => [name, ['--export']]),
  ),
};

/** Chromium's own, by how their names begin: for machines whose graphics or screens need one. There are hundreds, and no list of them. */
const CHROMIUM = [
  ...['allow', 'disable', 'enable', 'explicitly', 'force', 'ignore', 'no', 'show', 'use'],
  ...[
    'angle',
    'autoplay',
    'blink',
    'canvas',
    'crash',
    'default',
    'device',
    'disk',
    'field',
    'gl',
    'gpu',
    'gtk',
    'high',
    'in',
    'log',
    'max',
  ],
  ...[
    'metrics',
    'mojo',
    'num',
    'ozone',
    'password',
    'pull',
    'renderer',
    'sandbox',
    'single',
    'start',
    'test',
    'time',
    'touch',
    'trace',
    'ui',
  ],
  ...['unsafely', 'wayland', 'webview', 'window', 'x11'],
];
const CHROMIUM_WORDS = ['class', 'headless', 'name', 'original-process-start-time', 'original-xdg-current-desktop', 'v', 'vmodule'];
/** What Electron's installers and updaters on Windows call a program with. */
const ELECTRON = /^(squirrel|relaunch|updated$)/;

const isForeign = (name: string): boolean =>
  CHROMIUM_WORDS.includes(name) ||
  CHROMIUM.some((first) => name.startsWith(`${first}-`)) ||
  ELECTRON.test(name) ||
  // Whether these are let through is decided there, for installed programs only.
  refusedSwitch([`--${name}`]) !== null;

/** What is said at once, and the exit status. */
export interface SaidAtOnce {
  text: Text;
  status: 0 | 2;
}

const misuse = (said: (words: Words['program'], all: Words) => string): SaidAtOnce => ({
  text: inEveryLanguage((words) => `${said(words.program, words)}\n${words.program.seeHelp}`),
  status: 2,
});

/** The answer to `--help`, `--version` and to whatever is typed wrongly; null: the program starts. What stands behind `--` is no switch. */
export function saidAtOnce(args: readonly string[], version: string): SaidAtOnce | null {
  const end = args.indexOf('--');
  const typed = end < 0 ? args : args.slice(0, end);
  if (typed.includes('--help') || typed.includes('-h')) return { text: inEveryLanguage(({ program }) => program.help), status: 0 };
  if (typed.includes('--version')) return { text: inEveryLanguage(() => `schedville ${version}`), status: 0 };
  const found = new Set<string>();
  for (let i = 0; i < typed.length; i++) {
    const [, name, glued] = /^(--[^=]+)(?:=([^]*))?$/.exec(typed[i] ?? '') ?? [];
    if (name === undefined) continue;
    const kind = Object.hasOwn(SWITCHES, name) ? SWITCHES[name] : undefined;
    if (kind === undefined) {
      if (isForeign(name.slice(2).toLowerCase())) continue;
      const near = nearest(name, Object.keys(SWITCHES));
      return misuse((words, { window }) =>
        fill(words.noSwitch, { name, guess: near === null ? '' : fill(window.didYouMean, { word: near }) }),
      );
    }
    found.add(name);
    if (kind === null) {
      if (glued !== undefined) return misuse((words) => fill(words.takesNoValue, { name, found: glued }));
      continue;
    }
    const value = glued ?? typed[++i];
    const wanted = ({ wanted: each }: Words['program']): string => each[kind.wanted];
    if (value === undefined || value === '' || value.startsWith('--'))
      return misuse((words) => fill(words.lacksValue, { name, wanted: wanted(words) }));
    if (!kind.form.test(value) || (kind.isForward === true && runsBackwards(value)))
      return misuse((words) => fill(words.wrongValue, { name, wanted: wanted(words), found: value }));
  }
  for (const [name, others] of Object.entries(GOES_WITH))
    if (found.has(name) && !others.some((other) => found.has(other)))
      return misuse((words, { language }) =>
        fill(words.goesWith, { name, others: new Intl.ListFormat(language.tag, { type: 'disjunction' }).format(others) }),
      );
  return null;
}

/** What is typed besides switches and their values: a file, or a link. */
export function othersOf(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  const typed = end < 0 ? args : args.slice(0, end);
  const isValue = (i: number): boolean => {
    const before = typed[i - 1] ?? '';
    return Object.hasOwn(SWITCHES, before) && SWITCHES[before] !== null;
  };
  return [...typed.filter((arg, i) => !arg.startsWith('-') && !isValue(i)), ...(end < 0 ? [] : args.slice(end + 1))];
}

/** Where Chromium finds a desktop; a Wayland session may leave its socket to the default. */
const DESKTOPS = ['DISPLAY', 'WAYLAND_DISPLAY', 'WAYLAND_SOCKET'];

/** On Linux, without anything to draw on: Chromium would crash before it could say why. Whoever chooses its platform knows better. */
export function lacksDisplay({ platform, env, args }: { platform: string; env: NodeJS.ProcessEnv; args: readonly string[] }): boolean {
  if (platform !== 'linux' || args.some((arg) => /^--(ozone-platform|headless)/.test(arg))) return false;
  return env.XDG_SESSION_TYPE !== 'wayland' && DESKTOPS.every((name) => !env[name]);
}
