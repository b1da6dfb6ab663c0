import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LessonLibrary } from './lesson-library';
import { readOwnFileAtOnce, readPeopleFile } from './people-file';
import { findAssets, loadTables, loadListings } from './asset-folder';

let folder = '';
const place = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-people-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function said(file: string, mostBytes = 100): Promise<string> {
  const read = await readPeopleFile(file, { mostBytes });
  return read.ok ? 'read' : `${read.fault.line}:${read.fault.column} ${read.fault.message.en.replaceAll(file, 'FILE')}`;
}

test('a text is read, up to its limit', async () => {
  writeFileSync(place('a.yaml'), 'x'.repeat(100));
  expect(await said(place('a.yaml'))).toBe('read');
  writeFileSync(place('a.yaml'), 'x'.repeat(101));
  expect(await said(place('a.yaml'))).toBe('1:1 FILE is too large: at most 0 KiB are allowed');
});

test('a very large file is refused before it is read', async () => {
  writeFileSync(place('large.yaml'), '');
  truncateSync(place('large.yaml'), 2 ** 40);
  expect(await said(place('large.yaml'), 1024 * 1024)).toBe('1:1 FILE is too large: at most 1 MiB are allowed');
});

test.skipIf(process.platform === 'win32')('what is no plain file is not waited for', async () => {
  execFileSync('mkfifo', [place('pipe.yaml')]);
  expect(await said(place('pipe.yaml'))).toBe('1:1 FILE is not a regular file');
  expect(await said('/dev/zero')).toBe('1:1 FILE is not a regular file');
  expect(() => readOwnFileAtOnce(place('pipe.yaml'))).toThrow('not a regular file');
});

test('a folder, and what is not there', async () => {
  mkdirSync(place('folder.yaml'));
  expect(await said(place('folder.yaml'))).toBe('1:1 FILE is a folder; choose a file in it');
  expect(await said(place('none.yaml'))).toBe('1:1 there is no file FILE');
  expect(await said(join(place('a.yaml'), 'b.yaml'))).toBe('1:1 there is no file FILE');
});

test('damaged text has its place, an unknown encoding and no text at all a reason', async () => {
  writeFileSync(place('d.yaml'), Buffer.concat([Buffer.from('# 一\n# 二三'), Buffer.from([0xe4, 0xb8])]));
  expect(await said(place('d.yaml'))).toMatch(/^2:5 this byte is not UTF-8/);
  writeFileSync(place('d.yaml'), Buffer.from('# caf\u00e9', 'latin1'));
  expect(await said(place('d.yaml'))).toMatch(/^1:1 unknown text encoding/);
  writeFileSync(place('d.yaml'), Buffer.from([1, 0, 0, 2, 0]));
  expect(await said(place('d.yaml'))).toBe('1:1 this is not a text file');
});

const library = (): LessonLibrary => {
  const assets = findAssets(import.meta.dirname);
  return new LessonLibrary(assets, loadListings(assets), loadTables(assets));
};
const SCENARIO = 'schedville: 1\nkind: scenario\nid: own\ntitle: { zh: 甲, en: a }\ngoroutines:\n  main:\n    - compute: 5.22 µs\n';

test('a scenario in UTF-16 plays', async () => {
  writeFileSync(place('s.yaml'), Buffer.from(`\ufeff${SCENARIO}`, 'utf16le'));
  const opened = await library().openFile(place('s.yaml'));
  expect(opened.ok && opened.value.opened.lesson.title).toEqual({ zh: '甲', en: 'a' });
});

test('a lesson that is chosen like a scenario plays with the scenarios beside it', async () => {
  writeFileSync(place('s.yaml'), SCENARIO);
  const step =
    '{ id: begin, run: r, at: { fn: schedule, at: pick }, title: { zh: 甲, en: a }, story: { zh: 甲, en: a }, technical: { zh: 甲, en: a } }';
  writeFileSync(
    place('lesson.yaml'),
    `schedville: 1\nkind: lesson\nid: own\ntitle: { zh: 甲, en: a }\nsources: ["001"]\ngoals: [{ zh: 甲, en: a }]\nruns: { r: { scenario: s.yaml, title: { zh: 甲, en: a } } }\nsteps:\n  - ${step}\n`,
  );
  const opened = await library().openFile(place('lesson.yaml'));
  expect(opened.ok ? opened.value.opened.runs.map(({ name }) => name) : opened).toEqual(['r']);
});

test('a refusal names the file and what is wrong with it', async () => {
  const opened = await library().openFile(place('none.yaml'));
  expect(opened).toMatchObject({
    ok: false,
    message: { en: 'cannot read none.yaml' },
    faults: [{ message: { en: expect.stringContaining('there is no file') as string } }],
  });
});
