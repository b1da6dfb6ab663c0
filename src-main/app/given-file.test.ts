import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { fill, WORDS } from '../../assets/words/index';
import { givenBy, givenLesson, lessonIn } from './given-file';

const firstFile = (args: readonly string[], folder: string, isInstalled = false): string | null => givenBy(args, folder, isInstalled).file;

test.each([
  [[], null],
  [['/opt/schedville', '--disable-gpu'], null],
  [['a.scenario.yaml'], '/here/a.scenario.yaml'],
  [['/opt/schedville', '课/一 课.yml'], '/here/课/一 课.yml'],
  [['dump.txt'], '/here/dump.txt'],
  [['main.LOG'], '/here/main.LOG'],
  [['trace.out'], '/here/trace.out'],
  [['--open=/x/a.json', 'b.yaml'], '/x/a.json'],
  [['x.trace.jsonl'], '/here/x.trace.jsonl'],
  [['--open', 'a.YAML'], '/here/a.YAML'],
  [['--open'], null],
  [['--export=b.yaml'], null],
  [['--export', 'b.yaml'], null],
  [['--theme', 'dark', 'schedville://lesson/a.yaml', 'file:///home/%E5%BC%A0%20%E4%B8%89/a.scenario.yaml'], '/home/张 三/a.scenario.yaml'],
  [['--', 'a.yaml'], '/here/a.yaml'],
])('%j', (args, file) => {
  expect(firstFile(args, '/here')).toBe(file === null ? null : resolve(file));
});

test('an installed program is given whatever is named; a checkout is named itself', () => {
  for (const [args, file] of [
    [['--lang', 'en', 'my.dump'], '/here/my.dump'],
    [['none.yam'], '/here/none.yam'],
    [['schedville://lesson/hunting'], null],
    [['--portable', '-psn_0_1'], null],
    [['file://elsewhere/a%00'], '/here/file:/elsewhere/a%00'],
  ] as const) {
    expect(firstFile(args, '/here', true)).toBe(file === null ? null : resolve(file));
    expect(firstFile(args, '/here')).toBeNull();
  }
});

test('a lesson’s folder means its lesson; any other folder is no file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'schedville 课 '));
  try {
    expect(firstFile([folder], '/here')).toBeNull();
    mkdirSync(join(folder, 'own'));
    writeFileSync(join(folder, 'own', 'lesson.yaml'), '');
    const lesson = join(folder, 'own', 'lesson.yaml');
    expect(firstFile(['own'], folder)).toBe(lesson);
    expect(firstFile([`--open=${join(folder, 'own')}`], '/here')).toBe(lesson);
    expect(firstFile(['\0'], folder)).toBeNull();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  ['schedville://lesson/hunting', 'hunting'],
  ['schedville://lesson/fast-ways/', 'fast-ways'],
  ['schedville://lesson/../../etc', null],
  ['schedville://lesson/hunting?run=x', null],
  ['schedville://export/x', null],
  ['schedville:lesson', null],
  ['https://lesson/hunting', null],
])('the link %s', (link, lesson) => {
  expect(givenLesson(['--disable-gpu', link])).toBe(lesson);
});

test('the lesson of a folder; whatever else is named stays what it is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'schedville-given-'));
  const lesson = join(folder, 'lesson.yaml');
  writeFileSync(lesson, '');
  try {
    expect(lessonIn(folder)).toBe(lesson);
    for (const path of [lesson, join(folder, 'none'), 'a\0b']) expect(lessonIn(path)).toBe(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('of several files the first is opened, and that is said; a link is no file', () => {
  const given = givenBy(['--lang', 'en', 'b.yaml', 'schedville://lesson/hunting', 'c.trace.jsonl'], '/here', true);
  expect(given).toMatchObject({ file: resolve('/here/b.yaml'), link: 'schedville://lesson/hunting' });
  expect(given.notice?.en).toBe(fill(WORDS.en.window.droppedMany, { file: 'b.yaml' }));
  expect(givenBy(['--open', 'a.yaml', 'b.yaml'], '/here', false).notice?.zh).toContain('a.yaml');
  expect(givenBy(['a.yaml'], '/here', true).notice).toBeNull();
  expect(givenBy([], '/here', true)).toEqual({ file: null, link: null, notice: null });
});
