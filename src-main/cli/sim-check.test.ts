/** `sim check` and `sim upgrade`: files of people, their faults, and the newest form of a lesson. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownFolder } from './testdata/own-folder';
import { sim } from './testdata/sim';

const { folder, file } = ownFolder();

test('a cast for somebody who is not there is a hint, and the scenario is run', async () => {
  const cast = join(folder, 'cast.yaml');
  writeFileSync(
    cast,
    'schedville: 1\nkind: scenario\nid: x\ntitle: { zh: 甲, en: a }\ncast: { G: { mian: 小明 } }\ngoroutines: { main: [ gosched ] }\n',
  );
  const hint = `${cast}:5:14: hint: cast.G names mian, but no goroutine is called that (did you mean main?)\n`;
  expect(await sim('check', cast)).toEqual({ status: 0, out: '', err: `${hint}${cast}: ok (scenario)\n` });
  expect((await sim('run', cast)).err).toContain(hint);
  expect(await sim('run', cast, '--quiet')).toEqual({ status: 0, out: '', err: '' });
});

test('check --expect holds the facts of a run against a file, each difference at its place', async () => {
  const facts = join(folder, 'expected.json');
  const expecting = async (text: string): Promise<[number, string]> => {
    writeFileSync(facts, text);
    const { status, err, out } = await sim('check', file, '--expect', facts);
    expect(out).toBe('');
    return [status, err];
  };
  const call = '"goroutines": { "main": { "syscalls": [{ "name": "read", "result": 5 }] } }';
  expect(await expecting(`{ ${call} }`)).toEqual([0, `${file}: ok (scenario)\n`]);
  expect(await expecting(`{\n  "retakes": [],\n  "threads": { "paek": 2 },\n  ${call.replace('5', '6')}\n}`)).toEqual([
    1,
    [
      `${facts}:2:14: expected retakes.length to be 0 in the facts, found 1`,
      `${facts}:3:24: expected threads.paek to be 2 in the facts, which have no such place (did you mean peak?)`,
      `${facts}:4:70: expected goroutines.main.syscalls[0].result to be 6 in the facts, found 5\n`,
    ].join('\n'),
  ]);
  expect(await expecting('[1]')).toEqual([1, `${facts}:1:1: expected a map for facts, found […]\n`]);
  expect(await expecting('{ "a": ')).toMatchObject([1, expect.stringContaining(`${facts}:1:`) as unknown]);
  expect(await sim('check', file, '--expect', join(folder, 'none.json'))).toMatchObject({ status: 1 });
  const lesson = join(import.meta.dirname, '../../assets/lessons/01-hunting/lesson.yaml');
  expect(await sim('check', lesson, '--expect', facts)).toMatchObject({ status: 1, err: expect.stringContaining('homework') as unknown });
  expect(await sim('run', file, '--expect', facts)).toMatchObject({ status: 2 });
});

test('check lists all faults of all files', async () => {
  const bad = join(folder, 'bad.yaml');
  writeFileSync(bad, 'schedville: 1\nkind: scenario\nid: x\ntitle: { zh: 甲, en: a }\ngoroutines: { main: [ slep, { exit: x } ] }\n');
  const { status, err, out } = await sim('check', file, bad, join(folder, 'none.yaml'));
  expect(status).toBe(1);
  expect(out).toBe('');
  expect(err.trimEnd().split('\n')).toHaveLength(4);
  expect(err).toContain(`${file}: ok (scenario)`);
  expect(err).toContain(`there is no file ${join(folder, 'none.yaml')}`);
  expect(await sim('check', file)).toEqual({ status: 0, out: '', err: `${file}: ok (scenario)\n` });
  expect(await sim('check', file, '--quiet')).toEqual({ status: 0, out: '', err: '' });
});

test('check runs a lesson’s scenarios and finds steps without a place', async () => {
  const lesson = join(folder, 'lesson.yaml');
  const text = (runs: string, at: string): string =>
    `schedville: 1\nkind: lesson\nid: l\ntitle: { zh: 课, en: Lesson }\nsources: []\ngoals: []\nruns: { a: { scenario: ${runs}, title: { zh: 甲, en: A } } }\nsteps:\n  - { id: one, run: a, title: { zh: 一, en: One }, at: ${at}, story: { zh: 甲, en: a }, technical: { zh: 甲, en: a } }\n`;
  writeFileSync(lesson, text('s.scenario.yaml', '{ fn: reentersyscall, at: psyscall }'));
  expect(await sim('check', lesson)).toEqual({ status: 0, out: '', err: `${lesson}: ok (lesson, 1 step)\n` });
  writeFileSync(lesson, text('s.scenario.yaml', '{ fn: retake, at: retake, occurrence: 2 }'));
  expect(await sim('check', lesson)).toEqual({
    status: 1,
    out: '',
    err: `${lesson}:9:55: step one matches nothing in the trace of a: there is no occurrence 2 of retake / retake\n`,
  });
  writeFileSync(lesson, text('none.yaml', '~'));
  expect((await sim('check', lesson)).err).toMatch(/lesson\.yaml:7:\d+: there is no file .*none\.yaml/);
});

test('the lesson that formats/README shows can be used', async () => {
  const readme = readFileSync(join(import.meta.dirname, '../formats/README.md'), 'utf8');
  const [scenario = '', lesson = ''] = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => yaml);
  const own = mkdtempSync(join(folder, 'own-'));
  writeFileSync(join(own, 'two-houses.scenario.yaml'), scenario);
  writeFileSync(join(own, 'lesson.yaml'), lesson);
  expect(await sim('check', join(own, 'lesson.yaml'))).toEqual({
    status: 0,
    out: '',
    err: `${join(own, 'lesson.yaml')}: ok (lesson, 3 steps)\n`,
  });
});

test('a lesson is known by its kind, however the file is written', async () => {
  const path = join(folder, 'lesson.json');
  writeFileSync(path, '{"schedville": 1, "kind": "lesson"}');
  expect((await sim('check', path)).err).toContain('lesson is missing the key steps');
  writeFileSync(path, '{"schedville": 1, "kind": "leson", "runs": {}}');
  expect((await sim('check', path)).err).toContain('expected lesson for kind');
  writeFileSync(path, 'schedville: 1\nkind: scenario\ntitle: |\n  kind\nkind: lesson\n');
  expect((await sim('check', path)).err).toContain('duplicate key kind');
});

test('a lesson of version 1 becomes one of version 2, with its comments; over itself, too', async () => {
  const lesson = join(folder, 'old.yaml');
  const old = `# mine
"schedville": 1 # the version
kind: lesson
id: old
title: { zh: 甲, en: a }
sources: []
goals: []
runs: { run: { scenario: s.scenario.yaml, title: { zh: 甲, en: a } } }
steps:
  - { id: one, run: run, at: ~, title: { zh: 甲, en: a }, story: { zh: 甲, en: a }, technical: { zh: 甲, en: a } }
`;
  writeFileSync(lesson, old);
  const printed = await sim('upgrade', lesson);
  expect(printed).toEqual({ status: 0, out: old.replace('1 # the', '2 # the'), err: '' });
  expect((await sim('upgrade', lesson, '--out', lesson)).status).toBe(0);
  expect(readFileSync(lesson, 'utf8')).toBe(printed.out);
  expect((await sim('check', lesson)).err).toContain('ok (lesson');
  const again = await sim('upgrade', lesson);
  expect([again.status, again.out]).toEqual([0, printed.out]);
  expect(again.err).toContain('of the newest version already');
  expect(await sim('upgrade', file)).toMatchObject({ status: 1, out: '', err: expect.stringContaining('this is a scenario') as string });
});
