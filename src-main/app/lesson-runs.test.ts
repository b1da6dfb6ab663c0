/** Runs of other lessons are found beside the lesson, then among the product's own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LessonRun } from '../formats/lesson';
import { findAssets, loadListings, loadTables } from './asset-folder';
import { LessonLibrary } from './lesson-library';
import { scenarioOf } from './lesson-runs';

const assets = findAssets(import.meta.dirname);
const bundled = join(assets, 'lessons');
let root = '';

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'schedville-runs-'));
  const write = (folder: string, text: string): void => {
    mkdirSync(join(root, folder));
    writeFileSync(join(root, folder, 'lesson.yaml'), text);
  };
  // What is wrong elsewhere in a lesson does not matter to those that use its runs.
  write(
    '01-one',
    'id: one\nruns: { a: { scenario: a.yaml }, far: { lesson: two, run: b }, round: { lesson: one, run: round } }\nsteps: 5\n',
  );
  write('02-other-name', 'id: two\nruns: { b: { scenario: sub/b.yaml }, odd: 3 }\n');
  write('03-broken', 'id: [\n');
  write('04-mine', '');
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

const title = { zh: '', en: '' };
const from = (lesson: string, run: string): LessonRun => ({ kind: 'lesson', lesson, run, title, vary: [] });
const find = (run: LessonRun): ReturnType<typeof scenarioOf> => scenarioOf(run, join(root, '04-mine'), bundled);

test('in its own folder, in another one, and round a corner', async () => {
  expect(await find({ kind: 'scenario', scenario: 'x.yaml', title, vary: [] })).toEqual({ ok: true, file: join(root, '04-mine/x.yaml') });
  expect(await find(from('one', 'a'))).toEqual({ ok: true, file: join(root, '01-one/a.yaml') });
  expect(await find(from('two', 'b'))).toEqual({ ok: true, file: join(root, '02-other-name/sub/b.yaml') });
  expect(await find(from('one', 'far'))).toEqual({ ok: true, file: join(root, '02-other-name/sub/b.yaml') });
});

test('a lesson of the product is found from anywhere', async () => {
  expect(await find(from('hunting', 'home'))).toEqual({ ok: true, file: join(bundled, '01-hunting/home.scenario.yaml') });
});

test.each([
  ['three', 'a', 'there is no lesson three', null],
  ['one', 'aa', 'the lesson one has no run aa', 'a'],
  ['two', 'odd', 'the lesson two has no run odd', 'odd'],
  ['one', 'round', 'the run round of the lesson one leads back to itself', null],
])('%s / %s: %s', async (lesson, run, why, suggestion) => {
  expect(await find(from(lesson, run))).toMatchObject({ ok: false, why: { en: why }, suggestion });
});

const LESSON = `schedville: 2
kind: lesson
id: mine
title: { zh: 甲, en: a }
sources: []
goals: []
runs: { home: { lesson: hunting, title: { zh: 甲, en: a } } }
steps:
  - { id: s, run: home, at: { fn: reentersyscall, at: psyscall }, title: { zh: 甲, en: a }, story: { zh: 甲, en: a }, technical: { zh: 甲, en: a } }
`;

test('a lesson with a run of another one is opened and played', async () => {
  const library = new LessonLibrary(assets, loadListings(assets), loadTables(assets));
  const file = join(root, '04-mine', 'lesson.yaml');
  writeFileSync(file, LESSON);
  const opened = await library.openFile(file);
  if (!opened.ok) throw new Error(opened.message.en);
  const made = await opened.value.run(
    'home',
    () => undefined,
    () => false,
  );
  expect(made.ok && opened.value.openedRun('home', made.value).stops).toMatchObject([{ id: 's', run: 'home' }]);
  writeFileSync(file, LESSON.replace('lesson: hunting', 'lesson: huntin'));
  expect(await library.openFile(file)).toMatchObject({
    ok: false,
    message: { en: 'the run home cannot be had: there is no lesson huntin' },
  });
});
