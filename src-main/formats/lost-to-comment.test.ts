/** In a text without quotes a blank and # begin a comment: what it takes away is told, and no comment that somebody means. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hintText } from './fault';
import { parseEither, parseLesson } from './lesson';
import { parseScenario } from './scenario';
import { tables } from './testdata/lesson-tables';

const ROOT = join(import.meta.dirname, '../..');
const LESSON = readFileSync(join(ROOT, 'assets/lesson-template/lesson.yaml'), 'utf8');
const lesson = (...change: [from: string, to: string]): string[] => {
  const text = LESSON.replace(...change);
  expect(text).not.toBe(LESSON);
  const parsed = parseLesson(text, 'f', tables);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults.map(({ line, message }) => [line, message.en])));
  return parsed.hints.map(({ line, column, message }) => `${text.split('\n')[line - 1]?.slice(column - 1) ?? ''} ¦ ${message.zh}`);
};

const STORY = 'zh: 张三带着小明打猎去了。房子锁上了，门口还坐着小红。';

test.each([
  ['the number of something', STORY, 'zh: 张三去找 #3 号房子。', '#3 号房子。'],
  ['a key', STORY, 'zh: 按 # 键', '# 键'],
  ['behind several blanks', STORY, 'zh: 张三\t  #打猎', '#打猎'],
  ['at the end of several lines', STORY, 'zh: 张三带着小明\n        打猎去了 #3', '#3'],
  ['in a question', '{ zh: 张三要出门，房子怎么办？, en:', '{ zh: 张三要出门 #1\n        , en:', '#1'],
])('%s that is lost is told where it begins, with how to keep it', (_, from, to, lost) => {
  expect(lesson(from, to)).toEqual([expect.stringMatching(`^${lost} ¦ .*“${lost}”.*引号.*另起一行`)]);
});

test.each([
  ['with quotes', STORY, 'zh: "张三去找 #3 号房子。"'],
  ['without a blank', STORY, 'zh: 张三学 C#，住 3#楼'],
  ['as a block', STORY, 'zh: |\n        张三去找 #3 号房子。'],
  ['behind the mark of a block', STORY, 'zh: >- # 换行不算\n        张三'],
  ['behind the closing quote', STORY, 'zh: "张三" # 要改'],
  ['on a line of its own', STORY, '# 要改 #3\n      zh: 张三'],
  ['behind a number', 'answer: 0', 'answer: 0 # 从 0 数起'],
  ['behind an id', 'id: my-lesson', 'id: my-lesson # 小写字母 #3'],
  ['behind a map', 'title: { zh: 张三出门, en: Zhang San goes out }', 'title: { zh: 张三出门, en: Zhang San goes out } # 题目'],
  ['behind a key', '    story:', '    story: # 村里怎么说'],
  ['behind the name of a run', '    run: hunt', '    run: hunt # 那一次'],
  ['behind the name of a file', 'scenario: hunt.scenario.yaml', 'scenario: hunt.scenario.yaml # 情景'],
])('a # %s is none', (_, from, to) => {
  expect(lesson(from, to)).toEqual([]);
});

test('what begins with half a million blanks is read as quickly as anything else', () => {
  expect(scenario('print: x', `第 #3${' '.repeat(500_000)}个  `)).toEqual([expect.stringContaining('“#3   ')]);
});

test('one that takes the end of a bracket away is told there, and only that', () => {
  for (const text of [
    '{ zh: 张三 #3 出门, en: Zhang San goes out }',
    '{ zh: 张三出门, en: Number #3 goes out }',
    "{ zh: 张三出门, en: It's number #3 }",
    '{ zh: 学 C#, en: number #3 }',
  ]) {
    const typed = LESSON.replace('{ zh: 张三出门, en: Zhang San goes out }', text);
    const parsed = parseLesson(typed, 'f', tables);
    const line = typed.split('\n').findIndex((row) => row.includes('#3')) + 1;
    const column = (typed.split('\n')[line - 1] ?? '').indexOf('#3') + 1;
    expect(parsed.ok ? [] : parsed.faults).toMatchObject([
      { line, column, message: { zh: expect.stringContaining('给整句话加引号') as string } },
    ]);
  }
});

const scenario = (operation: string, title = '一个'): string[] => {
  const text = `schedville: 1\nkind: scenario\nid: a\ntitle: ${title}\ngoroutines:\n  main:\n    - ${operation}\n`;
  const parsed = parseScenario(text, 'f');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.hints.map((hint) => hintText(hint, 'en'));
};

test.each([
  ['print: job #3 is done', 'print: "job #3 is done"'],
  ['mark: 第 #3 次', 'mark: 第 3 次 # 最后一次'],
  ['panic: no room for #12', 'panic: no room # the twelfth'],
])('of a scenario: %s is told, %s is not', (lost, kept) => {
  expect(scenario(lost)).toEqual([expect.stringMatching(/^f:7:\d+: .*what follows a blank and # is a comment and was not read: “#/)]);
  expect(scenario(kept)).toEqual([]);
});

test('a title’s is told, and what an alias says again only once', () => {
  expect(scenario('print: x', '第 #3 个')).toHaveLength(1);
  expect(scenario('print: &a job #3\n    - print: *a')).toHaveLength(1);
  expect(scenario('compute: 1ms # 一会儿\n    - gosched # 让一让')).toEqual([]);
});

test('nothing that the product brings has one', () => {
  const files = ['assets', 'src-main'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /(^|[/\\])lesson\.yaml$|\.scenario\.yaml$/.test(name))
      .map((name) => join(folder, name)),
  );
  expect(files.length).toBeGreaterThan(200);
  for (const file of files) {
    const { parsed } = parseEither(readFileSync(join(ROOT, file), 'utf8'), file, () => tables);
    if (parsed.ok)
      expect(parsed.hints.filter(({ message }) => message.en.includes('blank and #')).map(({ line }) => `${file}:${line}`)).toEqual([]);
  }
});
