/** Version 2 of the lesson format: everything that it has is read, and whatever is wrong is a fault with its place. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { faultText } from '../fault';
import { parseEither, parseLesson } from '../lesson';
import { tables } from '../testdata/lesson-tables';
import { ACTIVITIES, OBJECTS } from './keys';
import type { Lesson } from './types';

const EVERYTHING = readFileSync(join(import.meta.dirname, 'testdata', 'everything.yaml'), 'utf8');

function read(text: string): Lesson {
  const parsed = parseLesson(text, 'l', tables);
  if (!parsed.ok) throw new Error(parsed.faults.map((fault) => faultText(fault, 'en')).join('\n'));
  return parsed.lesson;
}

const faultsOf = (text: string): string[] => {
  const parsed = parseLesson(text, 'l', tables);
  return parsed.ok ? [] : parsed.faults.map((fault) => faultText(fault, 'en'));
};

/** The text with `what` replaced, and where that stands, from 1. */
function replaced(what: string, by: string): { text: string; line: number; column: number } {
  const at = EVERYTHING.indexOf(what);
  if (at < 0 || EVERYTHING.includes(what, at + 1)) throw new Error(`${what} is not there exactly once`);
  const before = EVERYTHING.slice(0, at).split('\n');
  return { text: EVERYTHING.replace(what, () => by), line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const lesson = read(EVERYTHING);
const step = (id: string): Lesson['steps'][number] => {
  const found = lesson.steps.find((each) => each.id === id);
  if (!found) throw new Error(`no step ${id}`);
  return found;
};

describe('a lesson in one language', () => {
  /** The same without the other language, as a person would write it: a text that has nothing beside it stands alone. */
  function only(language: 'zh' | 'en', json: unknown): unknown {
    if (Array.isArray(json)) return json.map((each) => only(language, each));
    if (json === null || typeof json !== 'object') return json;
    const { zh, en, ...rest } = json as Record<string, unknown>;
    const others = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, only(language, value)]));
    if (zh === undefined || en === undefined) return others;
    const text = language === 'zh' ? zh : en;
    return Object.keys(others).length === 0 ? text : { [language]: text, ...others };
  }

  /** Both texts of each pair are those of the language. */
  function alike(language: 'zh' | 'en', json: unknown): unknown {
    if (Array.isArray(json)) return json.map((each) => alike(language, each));
    if (json === null || typeof json !== 'object') return json;
    const pairs = Object.entries(json as Record<string, unknown>).map(([key, value]) => [key, alike(language, value)] as const);
    const { [language]: said } = json as Record<string, unknown>;
    return Object.fromEntries(pairs.map(([key, value]) => [key, key === 'zh' || key === 'en' ? said : value]));
  }

  /** Sentences of the errata's table are in every language, whatever the lesson is written in. */
  const withoutTable = (read: Lesson): unknown => ({
    ...read,
    steps: read.steps.map(({ errata: _, activity, ...rest }) => ({ ...rest, activity: activity?.kind === 'claim' ? null : activity })),
  });

  const file = (language: 'zh' | 'en', also: object = {}): string =>
    JSON.stringify({ ...(only(language, parse(EVERYTHING)) as object), language, ...also });

  test.each(['zh', 'en'] as const)('%s: is as good as one in both, and its texts stand in for the other’s', (language) => {
    const written = read(file(language));
    expect(written.language).toBe(language);
    expect(withoutTable(written)).toEqual({ ...(alike(language, withoutTable(lesson)) as object), language });
    expect(lesson.language).toBeNull();
  });

  test('may still write its texts as pairs of which one is left out, but not the other one', () => {
    expect(read(file('zh', { title: { zh: '题' } })).title).toEqual({ zh: '题', en: '题' });
    expect(faultsOf(file('zh', { title: { zh: '题', en: 'title' } }))).toEqual([expect.stringContaining('leave out en')]);
    expect(faultsOf(file('zh', { title: { en: 'title' } }))).toHaveLength(2);
    expect(faultsOf(file('zh', { title: '  ' }))).toEqual([expect.stringContaining('title')]);
    expect(faultsOf(file('zh', { title: '`题`' }))).toEqual([expect.stringContaining('title')]);
  });

  test('says so: otherwise every text is needed in both', () => {
    expect(faultsOf(EVERYTHING.replace(/^title: .*$/m, 'title: { zh: 题 }'))).toEqual([expect.stringContaining('en')]);
    expect(faultsOf(EVERYTHING.replace(/^title: .*$/m, 'title: 题'))).toHaveLength(1);
    expect(faultsOf(file('zh', { language: 'cn' })).join()).toMatch(/unknown language cn; expected one of: zh, en/);
    expect(faultsOf(file('zh', { schedville: 1 })).join()).toMatch(/language/);
  });
});

test('a file that is no YAML is still what it says that it is: its one fault is told, and no key of the other kind', () => {
  const broken = EVERYTHING.replace(/^title: /m, 'title： ');
  const { kind, parsed } = parseEither(broken, 'lesson.yaml', () => tables);
  expect([kind, parsed.ok ? 0 : parsed.faults.length]).toEqual(['lesson', 1]);
  expect(parseEither('kind: scenario\nid： x\nruns\n', 'x.yaml', () => tables).kind).toBe('scenario');
});

test('a place as the window shows it is told as the format writes it', () => {
  const { text } = replaced(
    '{ run: home, at: { fn: reentersyscall, at: psyscall }, state: M.M0.oldp, is: P0 }',
    '{ run: home, at: reentersyscall/psyscall, state: M.M0.oldp, is: P0 }',
  );
  expect(faultsOf(text)).toEqual([expect.stringContaining('(did you mean { fn: reentersyscall, at: psyscall }?)')]);
});

test('what is wrong with one line is not told of all that hangs on it', () => {
  const plain =
    'schedville: 2\nkind: lesson\nlanguage: 中文\nid: x\ntitle: 题\nsources: []\ngoals: [弄懂]\nruns: { r: { scenario: a.yaml, title: 运行 } }\nsteps:\n  - { id: a, run: r, at: ~, title: 段, story: 话, technical: 话 }\n';
  expect(faultsOf(plain)).toEqual([expect.stringContaining('unknown language 中文')]);
  const { text } = replaced(
    '      choices:\n        - { zh: 乙, en: b, why: { zh: 不对, en: no }, believes: entry-hands-off }\n        - { zh: 丙, en: c }\n',
    '      choices: 乙\n',
  );
  expect(faultsOf(text)).toEqual([expect.stringContaining('ask.choices')]);
});

test('whoever counts the choices from 1 is told that they begin with 0', () => {
  const from = (answer: string): string[] => faultsOf(replaced('      answer: 1\n', `      answer: ${answer}\n`).text);
  expect(from('2')).toEqual([expect.stringMatching(/counts from 0.*the last one 1, found 2 \(did you mean 1\?\)/)]);
  expect(from('3')).toEqual([expect.stringContaining('a whole number from 0 to 1')]);
});

test('what stands above the steps', () => {
  expect(lesson).toMatchObject({
    version: 2,
    sources: ['004', 'mine'],
    documents: { mine: { title: { zh: '讲义' }, author: 'A. Author', url: 'https://example.org/notes' } },
    prerequisites: ['hunting'],
    minutes: 45,
    terms: ['P', 'sysmon'],
    telling: 'first',
    runs: {
      read: {
        kind: 'scenario',
        scenario: 'two-houses.scenario.yaml',
        vary: [
          { path: 'gomaxprocs', values: [2, 1, 4] },
          { path: 'main[2].syscall.takes', values: ['1ms', '10us'] },
        ],
      },
      other: { kind: 'lesson', lesson: 'hunting', run: 'home' },
      home: { kind: 'lesson', lesson: 'hunting', run: 'home', vary: [] },
    },
    exercise: { text: { en: 'do' }, answer: { en: 'done' } },
    homework: {
      scenario: 'two-houses.scenario.yaml',
      solution: 'done.scenario.yaml',
      expect: { outcome: { kind: 'exit', code: 0 }, retakes: [{ p: 'P0' }] },
    },
  });
});

test('a step and its question', () => {
  expect(step('first')).toMatchObject({
    minutes: 3,
    notes: { en: 'Ask them' },
    lines: { '004': '91-93, 100', mine: '1' },
    gdb: 'b runtime.reentersyscall',
    beside: 'home',
    ask: {
      choices: [
        { zh: '乙', en: 'b', why: { en: 'no' }, believes: 'entry-hands-off' },
        { zh: '丙', en: 'c', why: null, believes: null },
      ],
      answer: 1,
    },
  });
});

test('every kind of proof', () => {
  const at = { fn: 'reentersyscall', at: 'psyscall', occurrence: 1 };
  const retake = { fn: 'retake', at: 'retake', occurrence: 1 };
  expect(step('first').ask?.proof).toEqual([
    { run: 'read', kind: 'state', at: { ...at, g: 'main' }, path: 'P.P0.status', is: '_Psyscall' },
    { run: 'home', kind: 'state', at, path: 'M.M0.oldp', is: 'P0' },
    { run: 'home', kind: 'state', at: null, path: 'sched.runq', is: [] },
    { run: 'read', kind: 'facts', path: 'goroutines.main.syscalls[0].name', is: 'read' },
    { run: 'read', kind: 'count', of: { fn: 'retake', at: 'retake', after: 'first' }, is: 1 },
    { run: 'read', kind: 'order', first: at, then: retake },
    { run: 'read', kind: 'time', at: retake, fromNs: 20_000, toNs: 1_000_000 },
    { run: 'read', kind: 'time', at: retake, fromNs: 20_000, toNs: null },
  ]);
});

test('every activity', () => {
  const activities = lesson.steps.flatMap(({ activity }) => activity ?? []);
  expect(new Set(activities.map(({ kind }) => kind))).toEqual(new Set(ACTIVITIES));
  expect(activities[0]).toMatchObject({
    columns: [
      { run: 'read', title: null, at: { fn: 'reentersyscall' } },
      { run: 'home', title: { en: 'Home' }, at: null },
    ],
    rows: [
      { kind: 'state', path: 'P.P0.status' },
      { kind: 'state', at: { fn: 'main.main', at: 'go' } },
      { kind: 'time', at: { fn: 'main.worker' } },
      { kind: 'count', of: { fn: 'retake', at: 'first' } },
      { kind: 'facts', path: 'threads.peak' },
    ],
    ask: true,
  });
  expect(activities[1]).toMatchObject({ of: 'function', run: 'read', fn: 'reentersyscall', g: 'main', m: null });
  expect(activities[2]).toMatchObject({
    of: 'steps',
    run: 'home',
    steps: [{ label: { en: 'back' }, at: { fn: 'exitsyscall' } }, { label: null }],
  });
  expect(activities[3]).toMatchObject({
    pairs: [
      { left: { en: 'a' }, proof: [{ kind: 'facts', run: 'home' }] },
      { right: { en: 'd' }, proof: [] },
    ],
  });
  // The bins are those of the table of system calls.
  expect(activities[4]).toMatchObject({
    calls: [
      { name: 'close', bin: 'Syscall' },
      { name: 'socket', bin: 'RawSyscall' },
      { name: 'getpid', bin: 'rawSyscallNoError' },
    ],
  });
  expect(activities[5]).toMatchObject({
    arch: 'amd64',
    call: 'write',
    entry: 'syscall.Syscall',
    args: ['9', '-1', '0xffffffffffffffff', 'hello', { buf: 64 }, { words: ['0', '0x10'] }],
    expect: { r1: '-1', r2: null, err: '9' },
  });
  const erratum = tables.errata.get('E42');
  expect(activities[6]).toMatchObject({ erratum: 'E42', places: erratum?.places, text: erratum?.verdict, runs: ['home', 'read'] });
  expect(activities[7]).toMatchObject({ erratum: null, verdict: 'right', places: [{ document: 'mine', lines: '3-4' }], runs: ['home'] });
});

test('places of what only a run can show', () => {
  const parsed = parseLesson(EVERYTHING, 'l', tables);
  const place = (what: string): string => {
    const { line, column } = parsed.ok ? parsed.placeOf(what) : { line: 0, column: 0 };
    return EVERYTHING.split('\n')[line - 1]?.slice(column - 1, column + 25) ?? '';
  };
  expect(place('runs.home')).toMatch(/^hunting, title/);
  expect(place('runs.read.vary[1]')).toMatch(/^"main\[2\]/);
  expect(place('runs.read.vary[1][1]')).toMatch(/^10us/);
  expect(place('steps.first.ask.proof[1]')).toMatch(/^\{ run: home, at/);
  expect(place('steps.first.table.columns[1]')).toMatch(/^\{ run: home, title/);
  expect(place('steps.first.table.rows[4]')).toMatch(/^\{ label: \{ zh: 线程/);
  expect(place('steps.third.order.steps[1]')).toMatch(/^\{ fn: reentersyscall/);
  expect(place('steps.fourth.match.pairs[0].proof[0]')).toMatch(/^\{ facts: threads\.peak/);
  expect(place('steps.seventh.claim.proof[0]')).toMatch(/^\{ facts: "retakes/);
  expect(place('homework.expect.retakes[0].p')).toMatch(/^P0/);
  expect(place('prerequisites[0]')).toMatch(/^hunting/);
});

describe('a fault is told at its place', () => {
  test.each<[what: string, by: string, message: string, at?: string]>([
    ['minutes: 45', 'minutes: 0', 'expected a whole number from 1 to 600 for minutes, found 0', '0'],
    ['sources: ["004", mine]', 'sources: ["005"]', 'unknown document 005; expected one of: 000, 001, 002, 003, 004, mine', '"005"'],
    ['documents: { mine: {', 'documents: { "004": {', '004 is one of the five documents; choose another name', '"004"'],
    ['prerequisites: [hunting]', 'prerequisites: [hunting, hunting]', 'duplicate name hunting in prerequisites', 'hunting]'],
    ['beside: home', 'beside: read', 'the step is in read itself: beside names another run', 'read'],
    ['beside: home', 'beside: hom', 'no run named hom (declare it under runs) (did you mean home?)', 'hom'],
    ['prerequisites: [hunting]', 'prerequisites: [everything]', 'a lesson cannot come before itself', 'everything]'],
    ['values: [2, 1, 4]', 'values: [2]', 'expected at least 2 items in runs.read.vary.values, found 1', '[2]'],
    [
      '  home: { lesson: hunting,',
      '  home: { lesson: hunting, scenario: a.yaml,',
      'expected exactly one of these keys in runs.home: scenario, lesson; found 2',
      'lesson',
    ],
    ['  home: { lesson: hunting,', '  home: {', 'expected exactly one of these keys in runs.home: scenario, lesson; found 0', '{'],
    [
      '    scenario: two-houses.scenario.yaml\n    title',
      '    scenario: two-houses.scenario.yaml\n    run: home\n    title',
      'run in runs.read names a run of another lesson, so lesson is needed, too',
      'run',
    ],
    [
      'lines: { "004": "91-93, 100", mine: "1" }',
      'lines: { "007": "1" }',
      'unknown document 007; expected one of: 000, 001, 002, 003, 004, mine',
      '"007"',
    ],
    ['"91-93, 100"', '"93-91"', 'expected lines such as "21, 54" or "16-18", found 93-91', '"93-91"'],
    [
      'believes: entry-hands-off',
      'believes: entry-hand-off',
      'no misconception entry-hand-off in assets/misconceptions.yaml (did you mean entry-hands-off?)',
      'entry-hand-off',
    ],
    [
      '{ zh: 丙, en: c }\n      answer',
      '{ zh: 丙, en: c, why: { zh: 对, en: yes } }\n      answer',
      'the right choice needs no why and no believes: because says why it is right',
      '{ zh: 丙',
    ],
    [
      '{ state: P.P0.status, is: _Psyscall }',
      '{ is: 1 }',
      'expected exactly one of these keys in ask.proof: state, facts, count, first, time; found 0',
      '{ is',
    ],
    [
      '{ state: P.P0.status, is: _Psyscall }',
      '{ state: a, facts: b, is: 1 }',
      'expected exactly one of these keys in ask.proof: state, facts, count, first, time; found 2',
      'facts',
    ],
    ['{ state: P.P0.status, is: _Psyscall }', '{ state: P.P0.status }', 'ask.proof (state) is missing the key is', '{ state'],
    [
      '{ run: home, at: { fn: reentersyscall, at: psyscall }, state: M.M0.oldp, is: P0 }',
      '{ run: home, state: M.M0.oldp, is: P0 }',
      'ask.proof is missing the key at',
      '{ run',
    ],
    [
      '{ first: { fn: reentersyscall, at: psyscall }, then:',
      '{ first: { fn: reentersyscall, at: psyscall }, is: 1, then:',
      'unknown key is in ask.proof (first); expected one of: run, first, then',
      'is: 1',
    ],
    [
      '{ time: { fn: retake, at: retake }, from: 20us }',
      '{ time: { fn: retake, at: retake } }',
      'ask.proof (time) is missing the key from',
      '{ time',
    ],
    ['from: 20us, to: 1ms', 'from: 20us, to: 1us', 'to comes before from in ask.proof', '1us'],
    [
      'count: { fn: retake, at: retake, after: first }, is: 1',
      'count: { fn: retake, at: retake, after: frist }, is: 1',
      'there is no earlier step frist in this run (did you mean first?)',
      'frist',
    ],
    [
      'count: { fn: retake, at: retake, after: first }, is: 1',
      'count: { fn: retake, at: retake, occurrence: 2 }, is: 1',
      'unknown key occurrence in ask.proof.count; expected one of: fn, at, g, m, after',
      'occurrence',
    ],
    [
      '{ run: home, title: { zh: 家, en: Home }, at: ~ }',
      '{ run: home, title: { zh: 家, en: Home } }',
      'a row with state needs a place: at in the row, or in every column',
      '{ label: { zh: 状态, en: status }, state: P.P0.status }',
    ],
    [
      'facts: threads.peak }\n      ask: true',
      'facts: threads.peak, at: ~ }\n      ask: true',
      'at in table.rows goes with state only',
      'at: ~',
    ],
    ['ask: true', 'ask: 1', 'expected true or false for table.ask, found 1', '1'],
    [
      'fn: reentersyscall, g: main }\n  - id: third',
      'g: main }\n  - id: third',
      'expected exactly one of these keys in order: fn, steps; found 0',
      '{ prompt',
    ],
    [
      '    sort: {',
      '    open: { question: { zh: 甲, en: a }, answer: { zh: 甲, en: a } }\n    sort: {',
      'a step has one activity at most; here are sort and open',
      'open',
    ],
    ['telling: first', 'telling: frist', 'no step has the id frist (did you mean first?)', 'frist'],
    ['calls: [close, socket, getpid]', 'calls: [close, sockit]', 'unknown system call sockit (did you mean socket?)', 'sockit'],
    ['calls: [close, socket, getpid]', 'calls: [close, close]', 'duplicate name close in sort.calls', 'close]'],
    [
      'calls: [close, socket, getpid]',
      'calls: [close, io_uring_setup]',
      'Go’s package syscall has no wrapper for io_uring_setup, so there is no routine to sort it to',
      'io_uring',
    ],
    ['expect: { r1: -1, err: 9 }', 'expect: {}', 'expected at least one of r1, r2, err in playground.expect', '{}'],
    ['arch: amd64', 'arch: x86', 'unknown value x86 for playground.arch; expected one of: amd64, arm64', 'x86'],
    ['verdict: incomplete', 'verdict: wrong', 'E42 is incomplete in the table of errata, found wrong (did you mean incomplete?)', 'wrong'],
    ['runs: [home, read]', 'runs: [read]', 'the run home of this proof is not among the runs that claim offers', '{ facts: "retakes'],
    ['claim: { erratum: E42', 'claim: { erratum: E99', 'no erratum E99 in assets/errata.yaml (did you mean E09?)', 'E99'],
    [
      '      because: { zh: 因为, en: because }\n      proof: [{ facts: threads.peak',
      '      proof: [{ facts: threads.peak',
      'claim is missing the key because',
      'says',
    ],
    ['expect: { outcome: { kind: exit, code: 0 }, retakes: [{ p: P0 }] }', 'expect: 3', 'expected a map for homework.expect, found 3', '3'],
    [
      'exercise: { text: { zh: 做, en: do }, answer',
      'exercise: { text: { zh: 做, en: do }, anwser',
      'unknown key anwser in exercise; expected one of: text, answer (did you mean answer?)',
      'anwser',
    ],
  ])('%s → %s', (what, by, message, at = by) => {
    const { text, line } = replaced(what, by);
    const faults = faultsOf(text);
    const found = faults.find((fault) => fault.endsWith(`: ${message}`));
    expect(found, faults.join('\n')).toBeDefined();
    const [, atLine = 0, atColumn = 0] = /^l:(\d+):(\d+)/.exec(found ?? '') ?? [];
    expect(Number(atLine)).toBeGreaterThanOrEqual(line - 2);
    expect(text.split('\n')[Number(atLine) - 1]?.slice(Number(atColumn) - 1)).toMatch(
      new RegExp(`^${at.replace(/[[\]{}().*?~"]/g, '\\$&')}`),
    );
  });
});

describe('version 1', () => {
  const old = `schedville: 1
kind: lesson
id: x
title: { zh: 甲, en: a }
sources: []
goals: []
runs: { r: { scenario: r.yaml, title: { zh: 甲, en: a } } }
steps:
  - id: s
    run: r
    at: ~
    title: { zh: 甲, en: a }
    story: { zh: 甲, en: a }
    technical: { zh: 甲, en: a }
    ask:
      question: { zh: 甲, en: a }
      choices: [{ zh: 乙, en: b }, { zh: 丙, en: c }]
      answer: 0
      because: { zh: 甲, en: a }
`;

  test('is read as before, with nothing in what is new', () => {
    const { version, documents, prerequisites, minutes, telling, exercise, homework, runs, steps } = read(old);
    expect({ version, documents, prerequisites, minutes, telling, exercise, homework }).toEqual({
      version: 1,
      documents: {},
      prerequisites: [],
      minutes: null,
      telling: null,
      exercise: null,
      homework: null,
    });
    expect(runs.r).toMatchObject({ kind: 'scenario', scenario: 'r.yaml', vary: [] });
    expect(steps[0]).toMatchObject({ minutes: null, notes: null, lines: {}, gdb: null, beside: null, activity: null, ask: { proof: [] } });
    expect(steps[0]?.ask?.choices[1]).toEqual({ zh: '丙', en: 'c', why: null, believes: null });
  });

  test.each([
    ['goals: []', 'goals: []\nminutes: 45', 'l:7:1: minutes in lesson needs schedville: 2 (the first line of the file)'],
    ['    at: ~', '    at: ~\n    notes: 3', 'l:12:5: notes in step needs schedville: 2 (the first line of the file)'],
    ['{ zh: 丙, en: c }', '{ zh: 丙, en: c, why: 3 }', 'l:17:51: why in ask.choices needs schedville: 2 (the first line of the file)'],
    ['scenario: r.yaml,', 'scenario: r.yaml, vary: [],', 'l:7:32: vary in runs.r needs schedville: 2 (the first line of the file)'],
    ['scenario: r.yaml, ', '', 'l:7:12: runs.r is missing the key scenario'],
    ['      answer: 0', '      answer: 0\n      proof: []', 'l:19:7: proof in ask needs schedville: 2 (the first line of the file)'],
    [
      '{ zh: 丙, en: c }',
      '{ zh: 丙, en: c, wyh: 3 }',
      'l:17:51: unknown key wyh in ask.choices; expected one of: zh, en (did you mean zh?)',
    ],
    [
      '    at: ~',
      '    at: ~\n    nots: 3',
      'l:12:5: unknown key nots in step; expected one of: id, title, run, at, story, technical, errata, focus, ask',
    ],
    ['schedville: 1', 'schedville: 3', 'l:1:13: expected format version 1 or 2 for schedville, found 3'],
  ])('%s → %s', (what, by, fault) => {
    const faults = faultsOf(old.replace(what, by));
    expect(faults, faults.join('\n')).toContain(fault);
  });
});

test('the example has every key that there is', () => {
  for (const [name, keys] of Object.entries(OBJECTS))
    for (const key of Object.keys(keys))
      if (!['m', 'errata', 'sources', 'occurrence', 'r2', 'language'].includes(key))
        expect(EVERYTHING, name).toMatch(new RegExp(`\\b${key}:`));
});
