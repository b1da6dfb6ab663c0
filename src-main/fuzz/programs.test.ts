/** What comes from other programs: traces, the product's own files, command lines, the window's requests. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { appOptions } from '../app/command-line';
import { DraftFile } from '../app/draft-file';
import { givenBy } from '../app/given-file';
import { readPrepared } from '../app/prepared-beginning';
import { saidAtOnce } from '../app/program-switches';
import { SettingsFile } from '../app/settings-file';
import { findAssets } from '../app/asset-folder';
import { readArguments as readCompare } from '../cli/compare/arguments';
import { readArguments, Usage } from '../cli/sim-arguments';
import { REQUEST_NAMES } from '../contract/request-table';
import { readTrace, traceHeader, traceLine } from '../formats/trace-jsonl';
import { playListing, type PlaygroundAsk } from '../model/run/playground';
import type { Json, State } from '../model/state';
import { golden, play, scenarioOf } from '../model/testdata/run-scenario';
import { applyStep, copyState, undoStep } from '../model/trace/replay';
import { shaped } from '../shell/request-shapes';
import { EXAMPLES } from '../shell/testdata/request-examples';
import { expectFaults, fuzz } from './testdata/fuzzed';

const scratch = mkdtempSync(join(tmpdir(), 'schedville-fuzz-files-'));
/** npm run soak leaves thousands of files that were set aside. */
const SWEPT_MS = 120_000;
afterAll(() => {
  rmSync(scratch, { recursive: true });
}, SWEPT_MS);

const { first, steps } = play(scenarioOf(golden('S1.scenario.yaml')));
const TRACE = [traceHeader({ id: 's1' }, first), ...steps.slice(0, 25).map(traceLine)].join('');

test('traces', async () => {
  await fuzz(
    'x.trace.jsonl',
    50,
    (m) => m.text([TRACE], ['G', 'G1', 'M0', 'sched', 'runq', 'set', 'length', 'kernel', 'files', 'n', 't', 'd']),
    (text) => {
      const read = readTrace(text, 'x');
      if (!read.ok) {
        expectFaults(read.faults, 'x', text);
        return false;
      }
      // A member that a step has made is null after going back: it had no value.
      const written = (state: State): string => JSON.stringify(state, (_, value: unknown) => value ?? undefined);
      const began = written(read.header.state);
      const state = copyState(read.header.state);
      for (const step of read.steps) applyStep(state, step);
      for (const step of [...read.steps].reverse()) undoStep(state, step);
      expect(written(state)).toBe(began);
      return true;
    },
  );
});

const SETTINGS: Json = {
  language: 'en',
  theme: 'dark',
  speed: 2,
  place: { lesson: '01-hunting', run: 'home', n: 7 },
  learner: 'me',
  layout: { 'low.village': 50, 'middle.timeline': 70 },
  isInWords: true,
  isCourseFirst: false,
  hasLetterKeys: false,
  window: { xPx: 1, yPx: 2, widthPx: 900, heightPx: 700, isMaximized: false },
};
const SETTINGS_TEXT = JSON.stringify(SETTINGS, null, 1);
const DRAFT: Json = {
  arch: 'amd64',
  texts: { amd64: 'TEXT ·f(SB),NOSPLIT,$0-0\n\tRET\n', arm64: null },
  entry: 'syscall.f',
  call: 'read',
  args: ['1', '"x"'],
  returns: '',
};

test('settings: what is made of them can be stored again', async () => {
  const check = async (text: string): Promise<boolean> => {
    writeFileSync(join(scratch, 'settings.json'), text);
    const { settings, warning } = await new SettingsFile(scratch).read();
    const { language, theme, speed, place, learner, layout, isInWords, isCourseFirst, hasLetterKeys } = settings;
    const set = { language, theme, speed, place, learner, layout, isInWords, isCourseFirst, hasLetterKeys };
    if (!shaped('saveSettings', set)) throw new Error(`the window could not store ${JSON.stringify(set).slice(0, 300)}`);
    return warning === null;
  };
  await fuzz('settings.json', 40, (m) => m.text([SETTINGS_TEXT]), check);
  await fuzz('settings-values.json', 80, (m) => JSON.stringify(m.json(SETTINGS, ['seen', 'answers', 'n'])), check);
});

test('drafts: what is read lies on the table, and can be kept again', async () => {
  const check = async (text: string): Promise<boolean> => {
    writeFileSync(join(scratch, 'playground.json'), text);
    const draft = await new DraftFile(scratch).read();
    if (draft !== null && !shaped('keepDraft', draft)) throw new Error(`the window could not keep ${JSON.stringify(draft).slice(0, 300)}`);
    return draft !== null;
  };
  await fuzz('playground.json', 30, (m) => m.text([JSON.stringify(DRAFT)]), check);
  await fuzz('playground-values.json', 60, (m) => JSON.stringify(m.json(DRAFT, ['arm64', 'texts'])), check);
});

test('a prepared beginning that is damaged is no beginning', async () => {
  const assets = findAssets(import.meta.dirname);
  await fuzz(
    'beginning.json',
    5,
    (m) => m.text(['{"key":"0123456789abcdef","beginning":{"lesson":{}}}']),
    (text) => {
      writeFileSync(join(scratch, 'beginning.json'), text);
      expect(readPrepared(scratch, assets)).toBeNull();
      return true;
    },
  );
});

const COMMAND_LINES = [
  'run x.yaml --trace - --seed 7 --until 1ms --state-at 3 --quiet --lang en',
  'check a.yaml b.yaml --quiet',
  'anchors x.yaml --json',
  '--help',
  '--lang=zh --theme=dark --size 1366x768 --export /tmp/x --lesson 01-hunting --open=a.yaml',
  'kernel --seed 3 --count 100 --keep',
  '--export=/x --handout --film webm --range 3-7 --height=360 file:///home/a%20b/x.scenario.yaml schedville://lesson/hunting -- y.yaml',
];

test('command lines', async () => {
  await fuzz(
    'command.txt',
    200,
    (m) => m.text(COMMAND_LINES, ['run', 'check', 'anchors', '--trace', '--lang', '--seed', 'zh', 'x.yaml']),
    (line) => {
      const args = line.split(' ');
      const { size, language } = appOptions(args);
      if (size) expect(size.widthPx).toBeLessThan(10_000);
      expect(['zh', 'en', null]).toContain(language);
      for (const isInstalled of [false, true]) {
        const { file: given } = givenBy(args, '/work', isInstalled);
        if (given !== null) expect(given.startsWith('/')).toBe(true);
      }
      const said = saidAtOnce(args, '1.0.0');
      if (said) expect(said.status === 0 || said.text.en.includes('--help')).toBe(true);
      const compare = readCompare(args, ['kernel']);
      if (typeof compare !== 'string') expect(compare.seed).toBeGreaterThan(0);
      try {
        readArguments(args);
        return true;
      } catch (error) {
        if (!(error instanceof Usage)) throw error;
        return false;
      }
    },
  );
});

/** Every request of the table, whoever adds one: what it takes, changed. */
test.each(REQUEST_NAMES)('request %s: another shape is turned away, and a shape that fits can be carried out', async (name) => {
  const { good } = EXAMPLES[name];
  await fuzz(
    `request-${name}.json`,
    5,
    // Each good example once as it is: whatever else is taken is taken beside that.
    (m, i) => JSON.stringify(i < good.length ? good[i] : m.json((good[i % good.length] ?? {}) as Json, ['kind', 'args', 'source'])),
    (text) => {
      const asked = shaped(name, JSON.parse(text));
      if (asked && name === 'playListing') playListing(asked.data as PlaygroundAsk);
      // What goes on is what the handler's type says, and nothing that JSON cannot say.
      if (asked) expect(JSON.parse(JSON.stringify(asked.data))).toEqual(asked.data);
      return asked !== null;
    },
  );
});

/** Whatever a structured message can carry beside JSON. */
const STRANGE: readonly unknown[] = [
  undefined, null, NaN, -0, 1n, true, '', [], [[]], new Map([['n', 1]]), new Set([1]), new Date(NaN), /x/, new Error('x'), new Uint8Array(9),
  Object.assign(Object.create(null) as object, { n: 1 }), JSON.parse('{"__proto__":{"n":1}}'), JSON.parse('{"constructor":{"prototype":{}}}'),
]; // prettier-ignore

/** Every place of a good example, with something strange there. */
function* withStrange(value: unknown): Generator<unknown> {
  for (const each of STRANGE) yield each;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value))
    for (const strange of withStrange(inner)) yield Array.isArray(value) ? value.with(Number(key), strange) : { ...value, [key]: strange };
}

test.each(REQUEST_NAMES)('request %s: nothing strange gets through at any place', (name) => {
  // A finished film is bytes.
  const hasBytes = EXAMPLES[name].good.some((good) => Object.values(good as object).some((value) => value instanceof Uint8Array));
  for (const good of EXAMPLES[name].good) {
    let tried = 0;
    for (const ask of withStrange(good)) {
      const asked = shaped(name, ask);
      tried++;
      if (asked && !isPlain(asked.data, hasBytes)) throw new Error(`taken: ${String(JSON.stringify(asked.data))}`);
    }
    expect(tried).toBeGreaterThanOrEqual(STRANGE.length);
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
});

/** Nothing but what JSON has, and bytes where a request takes them. */
function isPlain(value: unknown, hasBytes: boolean): boolean {
  if (value === null || ['string', 'boolean'].includes(typeof value)) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return false;
  if (value instanceof Uint8Array) return hasBytes;
  const isPlainObject = Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
  return isPlainObject && Object.values(value).every((each) => isPlain(each, hasBytes));
}
