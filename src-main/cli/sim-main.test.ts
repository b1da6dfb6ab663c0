import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { EXPORT_IDS } from '../contract/exports';
import type { State, Step } from '../model/state';
import { FactsCollector } from '../model/trace/facts';
import { applyStep } from '../model/trace/replay';
import { humanNs } from './human-time';
import { simMain } from './sim-main';
import { sim } from './testdata/sim';
import { ReaderGone } from './standard-output';

let folder: string;
const file = (): string => join(folder, 's.scenario.yaml');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-cli-'));
  writeFileSync(
    file(),
    'schedville: 1\nkind: scenario\nid: cli\ntitle: { zh: 甲, en: a }\ngoroutines:\n  main:\n    - syscall: { name: read, takes: 1ms, returns: 5 }\n',
  );
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** With a standard output that dies of `error` at once. */
async function simWithout(error: Error, ...args: string[]): Promise<{ status: number; err: string }> {
  let err = '';
  const status = await simMain(args, {
    out: () => Promise.reject(error),
    err: (text) => (err += text),
    isErrTerminal: false,
    environment: { LANG: 'en_US.UTF-8' },
    onInterrupt: () => undefined,
  });
  return { status, err };
}

test('a trace replays to the state that --state-at prints', async () => {
  const trace = join(folder, 't.jsonl');
  expect((await sim('run', file(), '--trace', trace, '--quiet')).status).toBe(0);
  const [head = '', ...lines] = readFileSync(trace, 'utf8').trimEnd().split('\n');
  const { state } = JSON.parse(head) as { state: State };
  const steps = lines.map((line) => JSON.parse(line) as Step);
  for (const step of steps.slice(0, 20)) applyStep(state, step);
  const printed = await sim('run', file(), '--state-at', '20', '--quiet');
  expect(JSON.parse(printed.out)).toEqual(state);
  expect(Object.keys(steps[0] ?? {})).toEqual(['n', 't', 'm', 'p', 'g', 'fn', 'at', 'd', 'set']);
});

test('facts on standard output, and nothing else there', async () => {
  const { out, err, status } = await sim('run', file(), '--facts', '-');
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ schedville: 1, kind: 'facts', id: 'cli', outcome: { kind: 'exit', code: 0 } });
  expect(err).toContain('cli: exit 0');
});

test.each([
  [['--quiet'], false],
  [[], true],
  [['--quiet', '--facts', '/dev/null'], true],
] as const)('facts are collected only for whoever sees them: %j', async (options, wanted) => {
  const add = vi.spyOn(FactsCollector.prototype, 'add');
  try {
    expect((await sim('run', file(), ...options)).status).toBe(0);
    expect(add.mock.calls.length > 0).toBe(wanted);
  } finally {
    add.mockRestore();
  }
});

test('a reader of the trace that leaves takes nothing from the facts', async () => {
  const facts = join(folder, 'left.json');
  expect(await simWithout(new ReaderGone(), 'run', file(), '--trace', '-', '--facts', facts, '--quiet')).toEqual({ status: 0, err: '' });
  expect(JSON.parse(readFileSync(facts, 'utf8'))).toMatchObject({ kind: 'facts', id: 'cli', outcome: { kind: 'exit', code: 0 } });
  expect(await simWithout(new ReaderGone(), 'run', file(), '--trace', '-')).toEqual({ status: 0, err: '' });
});

test.each([['run', '--trace', '-'], ['run', '--facts', '-'], ['run', '--state-at', '3'], ['--version']])(
  'a full standard output: %s %s %s',
  async (command, ...options) => {
    const { status, err } = await simWithout(
      new Error('ENOSPC: no space left on device, write'),
      command,
      ...(command === 'run' ? [file()] : []),
      ...options,
    );
    expect({ status, err }).toEqual({ status: 1, err: 'cannot write standard output: the disk is full (ENOSPC)\n' });
  },
);

test('find prints the steps that fit, of a scenario as of its trace', async () => {
  const { out, status } = await sim('find', file(), 'fn == retake && at == retake');
  const [head, line, ...more] = out.trimEnd().split('\n');
  expect([status, head, more]).toEqual([0, 'n\tt\tfn\tat', []]);
  expect(line).toMatch(/^\d+\t\d+\tretake\tretake$/);
  const trace = join(folder, 'find.trace.jsonl');
  await sim('run', file(), '--trace', trace, '--quiet');
  expect((await sim('find', trace, 'fn == retake && at == retake')).out).toBe(out);
  const all = JSON.parse((await sim('find', trace, 'P0.m', '==', 'null', '--json', '--limit', '3')).out) as unknown[];
  expect(all).toHaveLength(3);
  expect(all[0]).toMatchObject({ n: expect.any(Number) as unknown, fn: 'reentersyscall' });
});

test('export writes the same of a scenario as of its trace', async () => {
  const trace = join(folder, 'export.trace.jsonl');
  await sim('run', file(), '--trace', trace, '--quiet');
  for (const format of ['trace', 'facts', 'csv', 'perfetto', 'schedtrace']) {
    const made = await sim('export', file(), '--format', format);
    expect([format, made.status, made.err]).toEqual([format, 0, '']);
    expect((await sim('export', trace, '--format', format)).out).toBe(made.out);
  }
  expect((await sim('export', file(), '--format', 'trace')).out).toBe(readFileSync(trace, 'utf8'));
  expect((await sim('export', file(), '--format', 'facts')).out).toBe((await sim('run', file(), '--facts', '-', '--quiet')).out);
  const out = join(folder, 'run.csv');
  expect(await sim('export', file(), '--format', 'csv', '--out', out)).toMatchObject({ status: 0, out: '' });
  expect(readFileSync(out, 'utf8')).toBe((await sim('export', file(), '--format', 'csv')).out);
});

test('a trace of more than a scenario may have is asked and exported, too, and refused where it is damaged', async () => {
  const long = join(folder, 'long.scenario.yaml');
  const body = 'goroutines: { main: [{ repeat: { times: 520, do: [gosched] } }] }';
  writeFileSync(long, `schedville: 1\nkind: scenario\nid: long\ntitle: { zh: 甲, en: a }\n${body}\n`);
  const trace = join(folder, 'long.trace.jsonl');
  await sim('run', long, '--trace', trace, '--quiet');
  const text = readFileSync(trace, 'utf8');
  expect(text.length).toBeGreaterThan(2 ** 20);
  const steps = text.trimEnd().split('\n').length - 1;
  const { out: anchors, status } = await sim('anchors', trace);
  expect([status, anchors]).toEqual([0, (await sim('anchors', long)).out]);
  expect((await sim('find', trace, `n >= ${steps}`)).out.split('\n')[1]).toMatch(`${steps}\t`);
  expect((await sim('export', trace, '--format', 'trace')).out === text).toBe(true);
  appendFileSync(trace, '{"n":0}\n');
  const refused = await sim('find', trace, 'n > 0', '--limit', '1');
  expect([refused.status, refused.out]).toEqual([1, '']);
  expect(refused.err).toContain(`${trace}:${steps + 2}:`);
});

test('export names the formats, and never replaces what it reads', async () => {
  expect(await sim('export', file())).toMatchObject({
    status: 2,
    err: expect.stringContaining(EXPORT_IDS.join('|')) as unknown,
  });
  expect((await sim('export', file(), '--format', 'perfeto')).err).toContain('did you mean perfetto');
  expect((await sim('export', file(), '--format', 'csv', '--out', file())).status).toBe(2);
  expect((await sim('export', file(), '--format', 'csv', '--out', join(folder, 'none', 'x'))).status).toBe(1);
});

test('find says what was not understood and what was never there', async () => {
  expect(await sim('find', file(), 'P0.status == _Pdead')).toMatchObject({ status: 3, out: 'n\tt\tfn\tat\n', err: 'no step fits.\n' });
  expect((await sim('find', file(), 'P0.staus == 1')).err).toContain('the run never had a place P0.staus (did you mean status?)');
  expect(await sim('find', file(), 'n = 1')).toMatchObject({ status: 2, out: '' });
  expect((await sim('find', file(), 'n = 1')).err).toContain('character 3 of the expression');
  expect(await sim('find', file())).toMatchObject({ status: 2, out: '' });
});

test('anchors lists every row of a run once, of a scenario as of its trace', async () => {
  const { out, err, status } = await sim('anchors', file());
  expect({ err, status }).toEqual({ err: '', status: 0 });
  const [head, ...lines] = out.trimEnd().split('\n');
  expect(head).toBe('fn\tat\tcount\tfirst\tt');
  const traced = (await sim('run', file(), '--trace', '-', '--quiet')).out;
  const steps = traced
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line) as { n: number; t: number; fn: string; at: string });
  const rows = lines.map((line) => line.split('\t'));
  expect(rows.reduce((sum, [, , count]) => sum + Number(count), 0)).toBe(steps.length);
  expect(new Set(rows.map(([fn, at]) => `${fn ?? ''} ${at ?? ''}`)).size).toBe(rows.length);
  const [first] = steps.filter(({ fn, at }) => fn === 'reentersyscall' && at === 'psyscall');
  expect(rows).toContainEqual(['reentersyscall', 'psyscall', '1', String(first?.n), String(first?.t)]);
  const trace = join(folder, 'anchors.trace.jsonl');
  writeFileSync(trace, traced);
  expect((await sim('anchors', trace)).out).toBe(out);
  const [row] = JSON.parse((await sim('anchors', trace, '--json')).out) as unknown[];
  expect(row).toEqual({ fn: steps[0]?.fn, at: steps[0]?.at, count: expect.any(Number) as number, n: 1, t: steps[0]?.t });
  writeFileSync(trace, traced.slice(0, -20));
  expect(await sim('anchors', trace)).toMatchObject({ status: 1, out: '' });
  expect(await sim('anchors', file(), '--json', '--trace', '-')).toMatchObject({ status: 2, out: '' });
});

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
    const { status, err, out } = await sim('check', file(), '--expect', facts);
    expect(out).toBe('');
    return [status, err];
  };
  const call = '"goroutines": { "main": { "syscalls": [{ "name": "read", "result": 5 }] } }';
  expect(await expecting(`{ ${call} }`)).toEqual([0, `${file()}: ok (scenario)\n`]);
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
  expect(await sim('check', file(), '--expect', join(folder, 'none.json'))).toMatchObject({ status: 1 });
  const lesson = join(import.meta.dirname, '../../assets/lessons/01-hunting/lesson.yaml');
  expect(await sim('check', lesson, '--expect', facts)).toMatchObject({ status: 1, err: expect.stringContaining('homework') as unknown });
  expect(await sim('run', file(), '--expect', facts)).toMatchObject({ status: 2 });
});

test('check lists all faults of all files', async () => {
  const bad = join(folder, 'bad.yaml');
  writeFileSync(bad, 'schedville: 1\nkind: scenario\nid: x\ntitle: { zh: 甲, en: a }\ngoroutines: { main: [ slep, { exit: x } ] }\n');
  const { status, err, out } = await sim('check', file(), bad, join(folder, 'none.yaml'));
  expect(status).toBe(1);
  expect(out).toBe('');
  expect(err.trimEnd().split('\n')).toHaveLength(4);
  expect(err).toContain(`${file()}: ok (scenario)`);
  expect(err).toContain(`there is no file ${join(folder, 'none.yaml')}`);
  expect(await sim('check', file())).toEqual({ status: 0, out: '', err: `${file()}: ok (scenario)\n` });
  expect(await sim('check', file(), '--quiet')).toEqual({ status: 0, out: '', err: '' });
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

test.each([
  [[], 'no command given: write sim run FILE, sim check FILE, sim anchors FILE or sim find FILE EXPR.'],
  [['run'], 'run needs a file, as in sim run assets/examples/two-houses.scenario.yaml.'],
  [['check'], 'check needs a file, as in'],
  [['rum', 'x'], 'unknown command rum (did you mean run?)'],
  [['s.scenario.yaml'], 'To run this file: sim run s.scenario.yaml'],
  [['run', 'x', 'y'], 'run takes one file, found 2: x y'],
  [['run', 'x', '--fact', '-'], 'unknown option --fact (did you mean --facts?); known options: --trace, '],
  [['run', 'x', '-q'], 'unknown option -q'],
  [['check', 'x', '--trace', 'y'], '--trace belongs to run; check does not accept it.'],
  [['run', 'x', '--seed', '1', '--seed=2'], '--seed is given twice.'],
  [['run', 'x', '--seed', '-1'], 'expected a whole number from 0 to 999999999999999 for --seed, found -1.'],
  [['run', 'x', '--trace'], '--trace needs a value, as in --trace run.trace.jsonl.'],
  [['run', 'x', '--trace', '--quiet'], '--trace needs a value'],
  [['run', 'x', '--quiet=yes'], '--quiet takes no value, found --quiet=yes.'],
  [['run', 'x', '--until', 'soon'], 'expected a duration such as 200ns, 5us, 30ms or 1s for --until, found soon.'],
  [['run', 'x', '--lang', 'fr'], 'expected zh or en for --lang, found fr.'],
])('bad usage is told with what would be right: %j', async (args, message) => {
  const { status, out, err } = await sim(...args);
  expect([status, out]).toEqual([2, '']);
  expect(err).toContain(`sim: `);
  expect(err).toContain(message);
  expect(err.trimEnd().split('\n')).toHaveLength(2);
});

test.each([
  [267, '267 ns'],
  [0, '0 ns'],
  [999_999, '999.999 µs'],
  [5_243, '5.243 µs'],
  [30_288_141, '30.288 ms'],
  [999_999_999, '1 s'],
  [1_000_000_000_000, '1000 s'],
])('%i ns is said as %s', (ns, said) => {
  expect(humanNs(ns)).toBe(said);
});

test('a folder that is not there is not made', async () => {
  const path = join(folder, 'nowhere', 'x.jsonl');
  expect(await sim('run', file(), '--trace', path)).toEqual({
    status: 1,
    out: '',
    err: `cannot write ${path}: there is no folder ${join(folder, 'nowhere')}; create it first\n`,
  });
  expect((await sim('run', file(), '--facts', path, '--lang', 'zh')).err).toContain('先建好它');
  expect(existsSync(join(folder, 'nowhere'))).toBe(false);
});

test('a refused file leaves no output', async () => {
  const bad = join(folder, 'bad2.yaml');
  writeFileSync(bad, 'kind: nothing\n');
  const out = join(folder, 'never.jsonl');
  expect((await sim('run', bad, '--trace', out)).status).toBe(1);
  expect(existsSync(out)).toBe(false);
});

test('a place that cannot be written to is said', async () => {
  expect(await sim('run', file(), '--trace', join(file(), 'x.jsonl'))).toMatchObject({
    status: 1,
    err: expect.stringContaining('cannot write') as string,
  });
  expect(await sim('run', file(), '--trace', folder)).toEqual({
    status: 1,
    out: '',
    err: `cannot write ${folder}: it is a folder; name a file in it\n`,
  });
  expect((await sim('run', file(), '--facts', folder)).status).toBe(1);
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test.skipIf(!existsSync('/dev/full')).each(['--trace', '--facts'])('a full disk is said of %s, too', async (output) => {
  const { status, err } = await sim('run', file(), output, '/dev/full');
  expect(err).toMatch(/^cannot write \/dev\/full: .*ENOSPC/);
  expect(status).toBe(1);
});

test('outputs that would replace one another or the scenario are bad usage', async () => {
  const out = join(folder, 'same.jsonl');
  const link = join(folder, 'link.yaml');
  symlinkSync(file(), link);
  const before = readFileSync(file(), 'utf8');
  for (const [args, said] of [
    [['--trace', '-', '--facts', '-'], '--trace and --facts cannot both go to standard output'],
    [['--trace', '-', '--state-at', '3'], '--trace and --state-at cannot both go to standard output'],
    [['--facts', '-', '--state-at', '3'], '--facts and --state-at cannot both go to standard output'],
    [['--trace', out, '--facts', join(folder, '.', 'same.jsonl')], '--trace and --facts are the same file'],
    [['--facts', file()], '--facts would overwrite the scenario'],
    [['--trace', link], '--trace would overwrite the scenario'],
  ] as const) {
    const { status, err } = await sim('run', file(), ...args);
    expect(err).toContain(said);
    expect(status).toBe(2);
  }
  expect(readFileSync(file(), 'utf8')).toBe(before);
  expect(existsSync(out)).toBe(false);
  expect((await sim('run', file(), '--trace', '/dev/null', '--facts', '/dev/null')).status).toBe(0);
});

test('the header shows the scenario as it was run', async () => {
  const headOf = async (...args: string[]): Promise<unknown> =>
    JSON.parse((await sim('run', file(), '--trace', '-', '--quiet', ...args)).out.split('\n')[0] ?? '');
  expect(await headOf()).not.toHaveProperty('scenario.limits');
  expect(await headOf('--until', '1500us', '--seed', '7')).toMatchObject({
    scenario: { limits: { time: '1500us' }, runtime: { seed: 7 } },
  });
  expect(await headOf('--until', '30000ms')).toMatchObject({ scenario: { limits: { time: '30s' } } });
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

test.each([
  [{ LC_ALL: '', LANG: 'zh_CN.UTF-8' }, '没有写要做什么'],
  [{ LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }, 'no command given'],
  [{}, 'no command given'],
])('the language of %j', async (environment, said) => {
  let err = '';
  await simMain([], {
    out: () => undefined,
    err: (text) => (err += text),
    isErrTerminal: false,
    environment,
    onInterrupt: () => undefined,
  });
  expect(err).toContain(said);
});

test('an interrupted run leaves no half-written file', async () => {
  const long = join(folder, 'long.yaml');
  writeFileSync(
    long,
    'schedville: 1\nkind: scenario\nid: long\ntitle: { zh: 甲, en: a }\nlimits: { time: 100s }\ngoroutines: { main: [ { repeat: { times: 1000000, do: [gosched] } } ] }\n',
  );
  const out = join(folder, 'long.jsonl');
  const status = await simMain(['run', long, '--trace', out], {
    out: () => undefined,
    err: () => undefined,
    isErrTerminal: false,
    environment: {},
    onInterrupt: (stop) => {
      setTimeout(stop, 30);
    },
  });
  expect(status).toBe(130);
  expect(readdirSync(folder).filter((name) => name.includes('long.jsonl') || name.endsWith('.part'))).toEqual([]);
});

/** Every call reads 64 KiB, whose hex stands twice in a line. */
const LARGE_READS =
  'schedville: 1\nkind: scenario\nid: large\ntitle: { zh: 甲, en: a }\ngoroutines: { main: [ { repeat: { times: 40, do: [ { syscall: { name: getrandom, args: [{ buf: 65536 }, 65536, 0] } } ] } } ] }\n';
const LARGEST_LINE = 300_000;

test('large lines are written one by one, not joined', async () => {
  const large = join(folder, 'large.yaml');
  writeFileSync(large, LARGE_READS);
  const sizes: number[] = [];
  const status = await simMain(['run', large, '--trace', '-', '--quiet'], {
    out: (data) => sizes.push(data.length),
    err: () => undefined,
    isErrTerminal: false,
    environment: {},
    onInterrupt: () => undefined,
  });
  expect(status).toBe(0);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan((20 * LARGEST_LINE) / 3);
  expect(Math.max(...sizes)).toBeLessThan(LARGEST_LINE + 65_536);
});

test('an interruption is looked at while a slice is written', async () => {
  const large = join(folder, 'large.yaml');
  writeFileSync(large, LARGE_READS);
  let stop = (): void => undefined;
  let pieces = 0;
  const status = await simMain(['run', large, '--trace', '-', '--quiet'], {
    out: () => {
      if (++pieces === 3) stop();
    },
    err: () => undefined,
    isErrTerminal: false,
    environment: {},
    onInterrupt: (given) => {
      stop = given;
    },
  });
  expect([status, pieces]).toEqual([130, 3]);
});

test('loops around nothing end at once', async () => {
  const empty = join(folder, 'empty.yaml');
  writeFileSync(
    empty,
    'schedville: 1\nkind: scenario\nid: empty\ntitle: { zh: 甲, en: a }\ngoroutines: { main: [ { repeat: { times: 1000000000, do: [ { repeat: { times: 1000000000, do: [] } } ] } } ] }\n',
  );
  const { status, out } = await sim('run', empty, '--facts', '-', '--quiet');
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ steps: 1 });
});

test('--help and --version', async () => {
  expect((await sim('--help')).out).toContain('run --help');
  expect((await sim('run', '--help')).out).toContain('--state-at N');
  expect((await sim('check', '-h', '--lang', 'zh')).out).toContain('没有错误的文件');
  expect((await sim('--version')).out).toMatch(/^schedville \d/);
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
  expect(await sim('upgrade', file())).toMatchObject({ status: 1, out: '', err: expect.stringContaining('this is a scenario') as string });
});
