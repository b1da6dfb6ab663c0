/** What comes from other programs: traces, the product's own files, command lines, the window's requests. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { appOptions } from '../app/command-line';
import { DraftFile } from '../app/draft-file';
import { givenFile } from '../app/given-file';
import { readPrepared } from '../app/prepared-beginning';
import { SettingsFile } from '../app/settings-file';
import { findAssets } from '../app/asset-folder';
import { readArguments as readCompare } from '../cli/compare/arguments';
import { readArguments, Usage } from '../cli/sim-arguments';
import { type RequestName, REQUEST_NAMES } from '../contract/request-table';
import { readTrace, traceHeader, traceLine } from '../formats/trace-jsonl';
import { playListing, type PlaygroundAsk } from '../model/run/playground';
import type { Json, State } from '../model/state';
import { golden, play, scenarioOf } from '../model/testdata/run-scenario';
import { applyStep, copyState, undoStep } from '../model/trace/replay';
import { shaped } from '../shell/request-shapes';
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
    const { language, theme, speed, place, learner, layout } = settings;
    const set = { language, theme, speed, place, learner, layout };
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
      const given = givenFile(args, '/work');
      if (given !== null) expect(given.startsWith('/')).toBe(true);
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

const LISTING = 'TEXT ·f(SB),NOSPLIT,$0-16\n\tMOVQ a+0(FP), AX\n\tMOVQ AX, ret+8(FP)\n\tRET\n';
const ASKS: Readonly<Partial<Record<RequestName, Json>>> = {
  openLesson: { id: '01-hunting', run: null },
  openRun: { lesson: '', run: 'x' },
  readSteps: { from: 1, to: 20 },
  lanes: { axis: 'step', from: 0, to: 100, columns: 400, lanes: 5 },
  stateAt: { n: 3 },
  saveSettings: { language: 'zh', theme: 'dark', speed: 1, place: null, learner: 'me', layout: { 'middle.village': 60 } },
  checkListing: { arch: 'amd64', source: LISTING },
  playListing: {
    arch: 'amd64',
    source: LISTING,
    entry: 'syscall.f',
    args: [
      { kind: 'number', value: '0x10' },
      { kind: 'string', value: '/etc/motd' },
      { kind: 'buffer', bytes: 16 },
      { kind: 'words', values: ['1', '-2'] },
    ],
    returns: null,
  },
  keepDraft: DRAFT,
  saveListing: { suggestedName: 'x.s', text: LISTING },
  exportDone: { pictures: 3, failure: null },
};

test('requests of the window: another shape is turned away, and a shape that fits can be carried out', async () => {
  await fuzz(
    'request.json',
    120,
    (m) => {
      const name = m.pick(REQUEST_NAMES);
      return JSON.stringify([name, m.json(ASKS[name] ?? {}, ['kind', 'args', 'source'])]);
    },
    (text) => {
      const [name, ask] = JSON.parse(text) as [RequestName, unknown];
      const asked = shaped(name, ask);
      if (asked && name === 'playListing') playListing(asked.data as PlaygroundAsk);
      return asked !== null;
    },
  );
});
