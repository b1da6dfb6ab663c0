import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { appOptions } from './command-line';
import { GOES_WITH, lacksDisplay, othersOf, saidAtOnce, SWITCHES } from './program-switches';

const launcher = (await import(pathToFileURL(join(import.meta.dirname, '../../.ci/switches.mjs')).href)) as {
  SWITCHES: Record<string, { form: RegExp } | null>;
  GOES_WITH: Record<string, string[]>;
  startSwitches: (args: string[]) => Map<string, string>;
  asArguments: (switches: Map<string, string>) => string[];
};

test.each([
  [['--hlep'], '--hlep', '--help'],
  [['--handuot', '--export=/x'], '--handuot', '--handout'],
  [['--language=en'], '--language', null],
  [['--lesson'], '--lesson', 'hunting'],
  [['--lesson', '--export=/x'], '--lesson', 'hunting'],
  [['--export='], '--export', 'a folder'],
  [['--lang=fr'], '--lang', 'zh or en, found fr'],
  [['--size', '1366'], '--size', '1366x768, found 1366'],
  [['--export=/x', '--handout='], '--handout', 'takes no value'],
  [['--export=/x', '--scale=5'], '--scale', '1, 2, 3 or 4, found 5'],
  [['--export=/x', '--film=gif', '--range=20-10'], '--range', 'the smaller first, such as 3-7, found 20-10'],
  [['--export=/x', '--steps=1,5-3'], '--steps', 'the smaller first, such as 1,3-5, found 1,5-3'],
  [['--export=/x', '--steps=0'], '--steps', 'such as 1,3-5, found 0'],
  [['--handout'], '--handout', 'goes with --export'],
  [['--contact-sheet'], '--contact-sheet', 'goes with --export'],
  [['--export=/x', '--height=360'], '--height', 'goes with --film'],
  [['--export=/x', '--range=3-7'], '--range', '--play or --film'],
])('%j is told in both languages, and ends with 2', (args, name, hint) => {
  const said = saidAtOnce(args, '1.0.0');
  expect(said?.status).toBe(2);
  for (const text of Object.values(said?.text ?? {})) expect(text).toContain(name);
  expect(said?.text.en).toContain(hint ?? 'There is no switch');
  expect(said?.text.zh).toMatch(/[一-鿿]/);
  expect(said?.text.en).toContain('--help');
});

test.each([
  [],
  ['a.scenario.yaml'],
  ['schedville://lesson/hunting'],
  ['--portable', '--lang', 'zh', '--theme=dark', '--size=1366x768', '--lesson', 'hunting'],
  ['--export', '/x y/图', '--handout', '--theme=print'],
  ['--export=/x', '--play', '--scorm', '--range=3-7', '--views=village,machine'],
  ['--export=/x', '--film=gif', '--range=3-7', '--height=360', '--per-step=2', '--step-ms=400'],
  // What is Chromium's and Electron's.
  ['--disable-gpu', '--no-sandbox', '--ozone-platform-hint=auto', '--force-device-scale-factor=1.5', '--use-gl=angle', '--in-process-gpu'],
  ['--v=1', '--enable-logging=stderr', '--log-file=/x', '--gtk-version=4', '--password-store=basic', '--user-data-dir=/x', '--class=x'],
  ['--inspect=0', '--remote-debugging-port=0', '--js-flags=--expose-gc', '--squirrel-firstrun', '-psn_0_1'],
  ['--', '--hlep'],
])('%j begins', (...args) => {
  expect(saidAtOnce(args, '1.0.0')).toBeNull();
});

test('help comes before everything else, and the version is the package’s', () => {
  expect(saidAtOnce(['--hlep', '-h'], '1.0.0')).toMatchObject({ status: 0 });
  expect(saidAtOnce(['--version'], '1.2.3')).toEqual({ status: 0, text: { zh: 'schedville 1.2.3', en: 'schedville 1.2.3' } });
  const help = Object.values(saidAtOnce(['--help'], '1.0.0')?.text ?? {});
  expect(help).toHaveLength(2);
  for (const text of help) for (const name of Object.keys(SWITCHES)) expect(text).toContain(name);
});

test('what is named besides switches and their values', () => {
  expect(othersOf(['--lang', 'en', 'a.yaml', '--disable-gpu', '-x', 'b.yaml', '--', '--c'])).toEqual(['a.yaml', 'b.yaml', '--c']);
});

describe('npm start', () => {
  /** What only the launcher does, and only an installed program. */
  const OWN = ['--window'];
  const INSTALLED = ['--help', '--version', '--portable'];
  const of = (table: object, without: readonly string[]): string[] =>
    Object.keys(table)
      .filter((name) => !without.includes(name))
      .sort();

  test('takes the same switches and values', () => {
    expect(of(launcher.SWITCHES, OWN)).toEqual(of(SWITCHES, INSTALLED));
    for (const name of of(SWITCHES, [...INSTALLED, '--open'])) {
      expect(launcher.SWITCHES[name]?.form.source, name).toBe(SWITCHES[name]?.form.source);
    }
    for (const [name, others] of Object.entries(launcher.GOES_WITH)) expect(GOES_WITH[name], name).toEqual(others);
  });

  test('opens every kind of file that the window opens, but one only', () => {
    for (const name of ['a.yaml', 'b.trace.jsonl', 'dump.txt', 'main.log', 'trace.out', 'go.trace']) {
      for (const args of [[`/x/${name}`], ['--open', `/x/${name}`], [`--open=/x/${name}`]])
        expect(launcher.startSwitches(args).get('--open')).toBe(resolve(`/x/${name}`));
    }
    for (const args of [
      ['/x/a.yaml', '/x/b.yaml'],
      ['--open=/x/a.yaml', '/x/b.yaml'],
      ['/x/a.yaml', '--open', '/x/b.yaml'],
    ])
      expect(() => launcher.startSwitches(args)).toThrow(`found two: ${resolve('/x/a.yaml')} and ${resolve('/x/b.yaml')}`);
    expect(() => launcher.startSwitches(['x.png'])).toThrow('x.png is not a switch');
  });

  test('hands them over as the program reads them', () => {
    const given = launcher.asArguments(launcher.startSwitches(['--export', '/x', '--handout', '--transparent', '--lang', 'en']));
    expect(saidAtOnce(given, '1.0.0')).toBeNull();
    expect(appOptions(given)).toMatchObject({ exportTo: '/x', handout: 'lesson', language: 'en', pictures: { isTransparent: true } });
    const play = launcher.asArguments(launcher.startSwitches(['--export', '/x', '--play', '--scorm', '--range', '3-7']));
    expect(appOptions(play).play).toMatchObject({ kinds: ['html', 'scorm12', 'scorm2004'], range: { from: 3, to: 7 } });
  });
});

test.each([
  ['zh', '#### 开关'],
  ['en', '#### Switches'],
])('README’s tables name every switch of npm start once, and no other: %s', (_, title) => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  const [, section = ''] = readme.split(`${title}\n`);
  const rows = section.slice(0, section.search(/^(#|\*\*)/m)).matchAll(/^\| `(--[\w-]+)/gm);
  expect([...rows].map(([, name = '']) => name).sort()).toEqual(Object.keys(launcher.SWITCHES).sort());
});

test.each<[string, NodeJS.ProcessEnv, string[], boolean]>([
  ['linux', {}, ['--export=/x'], true],
  ['linux', { DISPLAY: '', XDG_SESSION_TYPE: 'tty' }, [], true],
  ['linux', { DISPLAY: ':0' }, [], false],
  ['linux', { WAYLAND_DISPLAY: 'wayland-1' }, [], false],
  ['linux', { XDG_SESSION_TYPE: 'wayland' }, [], false],
  ['linux', {}, ['--ozone-platform=headless'], false],
  ['win32', {}, [], false],
  ['darwin', {}, [], false],
])('on %s with %j and %j: nothing to draw on is %s', (platform, env, args, wanted) => {
  expect(lacksDisplay({ platform, env, args })).toBe(wanted);
});
