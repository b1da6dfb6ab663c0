/** The app's switches, as `npm start` reads them. */
import { resolve } from 'node:path';
import { Misuse } from './failures.mjs';
import { ROOT } from './processes.mjs';

/** null: the switch takes no value. `form` is what a value may look like, `wanted` the same in words. */
export const SWITCHES = {
  '--window': null,
  '--export': { form: /./, wanted: 'a folder', isPath: true },
  '--open': {
    form: /\.(ya?ml|jsonl?|trace|out|txt|log)(\.gz)?$/i,
    wanted: 'a scenario or lesson file (.yaml), a trace, or what schedtrace has printed (.txt, .log)',
    isPath: true,
  },
  '--lesson': { form: /^[a-z0-9]+(-[a-z0-9]+)*$/, wanted: 'the id of a lesson, such as hunting' },
  '--lang': { form: /^(zh|en)$/, wanted: 'zh or en' },
  '--theme': { form: /^(light|dark|projector|print)$/, wanted: 'light, dark or projector, or print for pictures' },
  '--format': { form: /^(png|svg)$/, wanted: 'png or svg' },
  '--scale': { form: /^[1-4]$/, wanted: '1, 2, 3 or 4' },
  '--views': {
    form: /^(village|runtime|machine|timeline|text)(,(village|runtime|machine|timeline|text))*$/,
    wanted: 'some of village,runtime,machine,timeline,text',
  },
  '--steps': {
    form: /^[1-9]\d{0,3}(-[1-9]\d{0,3})?(,[1-9]\d{0,3}(-[1-9]\d{0,3})?)*$/,
    wanted: 'numbers of lesson steps, the smaller first, such as 1,3-5',
    isForward: true,
  },
  '--events': {
    form: /^(program|schedule|threads|syscall|wait|sysmon|timers|stop|c|end)$/,
    wanted: 'program, schedule, threads, syscall, wait, sysmon, timers, stop, c or end',
  },
  '--paper': { form: /^(window|slide|a4)$/, wanted: 'window, slide or a4' },
  '--transparent': null,
  '--handout': null,
  '--contact-sheet': null,
  '--play': null,
  '--scorm': null,
  '--range': { form: /^\d{1,9}-\d{1,9}$/, wanted: 'two numbers, the smaller first, such as 3-7', isForward: true },
  '--film': { form: /^(webm|gif)$/, wanted: 'webm or gif' },
  '--height': { form: /^(360|540|720|1080)$/, wanted: '360, 540, 720 or 1080' },
  '--per-step': { form: /^[1248]$/, wanted: '1, 2, 4 or 8' },
  '--step-ms': { form: /^(200|400|800|1500|3000)$/, wanted: '200, 400, 800, 1500 or 3000' },
  '--size': { form: /^\d{3,4}x\d{3,4}$/, wanted: 'width and height in pixels, such as 1366x768' },
  '--user-data-dir': { form: /./, wanted: 'a folder', isPath: true },
};

/** 20-10 is no part of anything; 3-7 and 1,3-5 are. */
const runsBackwards = (value) =>
  value.split(',').some((part) => {
    const [from, to] = part.split('-').map(Number);
    return from > to;
  });

/** Switches that mean nothing without one of these. */
export const GOES_WITH = {
  '--events': ['--export'],
  '--scorm': ['--play'],
  '--range': ['--play', '--film'],
  '--height': ['--film'],
  '--per-step': ['--film'],
  '--step-ms': ['--film'],
};

/**
 * Switch -> value, '' where there is none. A misspelt one is refused here: Chromium would ignore it in silence. Paths are meant from
 * where the command was typed, which npm tells.
 */
export function startSwitches(args) {
  const found = new Map();
  const open = (file) => {
    const path = resolve(process.env.INIT_CWD ?? ROOT, file);
    const other = found.get('--open');
    if (other !== undefined) throw new Misuse(`One file can be opened, found two: ${other} and ${path}. Leave one out.`);
    found.set('--open', path);
  };
  for (let i = 0; i < args.length; i++) {
    // A file by itself, as one types it.
    if (!args[i].startsWith('-') && SWITCHES['--open'].form.test(args[i])) {
      open(args[i]);
      continue;
    }
    const [, name, glued] = /^(--[^=]+)(?:=(.*))?$/.exec(args[i]) ?? [];
    if (name === undefined || !Object.hasOwn(SWITCHES, name)) throw new Misuse(`${args[i]} is not a switch of npm start.`);
    const kind = SWITCHES[name];
    if (kind === null) {
      if (glued !== undefined) throw new Misuse(`${name} takes no value, found ${glued}.`);
      found.set(name, '');
      continue;
    }
    const value = glued ?? args[++i];
    if (value === undefined || value === '' || value.startsWith('--')) throw new Misuse(`${name} needs a value: ${kind.wanted}.`);
    if (!kind.form.test(value) || (kind.isForward && runsBackwards(value)))
      throw new Misuse(`${name} should be ${kind.wanted}, found ${value}.`);
    if (name === '--open') {
      open(value);
      continue;
    }
    found.set(name, kind.isPath ? resolve(process.env.INIT_CWD ?? ROOT, value) : value);
  }
  for (const [name, others] of Object.entries(GOES_WITH))
    if (found.has(name) && !others.some((other) => found.has(other))) throw new Misuse(`${name} goes with ${others.join(' or ')}.`);
  return found;
}

/** As the app is to be given them: glued together, so that Electron and the app cannot read them differently. */
export const asArguments = (switches) => [...switches].map(([name, value]) => (value === '' ? name : `${name}=${value}`));
