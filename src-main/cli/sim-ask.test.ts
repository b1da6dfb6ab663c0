import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerOf } from './sim-ask';
import { sim } from './testdata/sim';

const EXAMPLE = join(import.meta.dirname, '../../assets/examples/two-houses.scenario.yaml');
let folder: string;
let trace: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-ask-'));
  trace = join(folder, 'two.trace.jsonl');
  await sim('run', EXAMPLE, '--trace', trace, '--quiet');
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('events tells a run in sentences, of a scenario as of its trace, in both voices and languages', async () => {
  const village = await sim('events', EXAMPLE);
  expect(village).toMatchObject({ status: 0, err: '' });
  expect(village.out).toContain('90\t40.415 µs\tsysmon\tWatchman M1 takes House 1 P0 away: Zhang San M0 has been hunting');
  expect((await sim('events', trace)).out).toBe(village.out);
  expect((await sim('events', EXAMPLE, '--voice', 'go', '--lang', 'zh')).out).toContain('sysmon（M1）收走 P0');
  const some = await sim('events', EXAMPLE, '--only', 'g1', '--kind', 'syscall,wait', '--limit', '2');
  expect(some.out.split('\n').map((line) => line.split('\t')[2] ?? '')).toEqual(['syscall', 'syscall', '']);
  expect((await sim('events', EXAMPLE, '--only', 'main', '--kind', 'syscall,wait', '--limit', '2')).out).toBe(some.out);
  const [first] = JSON.parse((await sim('events', EXAMPLE, '--json', '--limit', '1')).out) as Record<string, unknown>[];
  expect(first).toMatchObject({ n: 1, t: 0, kind: 'program', g: 'G1', text: expect.stringContaining('G1') as string });
  expect(await sim('events', EXAMPLE, '--kind', 'c')).toMatchObject({ status: 3, out: '', err: 'there is no such event.\n' });
});

test('why gives the chain of causes at a step, a time or a row; of a goroutine at the end of its longest wait', async () => {
  const { out, status } = await sim('why', EXAMPLE, 'P0', '--at', 'retake/retake', '--voice', 'go');
  expect(status).toBe(0);
  expect(out).toMatch(/^P0 at step 90 \(40\.415 µs\):\n {2}90 · 40\.415 µs {2}sysmon \(M1\) took P0/);
  expect(out).toMatch(/\n {6}50 · 12\.342 µs {2}main G1 is in a system call, read/);
  expect((await sim('why', trace, 'p0', '--at', '90', '--voice', 'go')).out).toBe(out);
  expect((await sim('why', EXAMPLE, 'P0', '--at', '40415ns', '--voice', 'go')).out).toBe(out);
  const waited = JSON.parse((await sim('why', EXAMPLE, 'main', '--json')).out) as { n: number; links: { type: string; text: string }[] };
  expect(waited).toMatchObject({ of: 'G1', n: 264 });
  expect(waited.links[0]).toMatchObject({ type: 'g.returned', text: expect.stringContaining('found no house') as string });
});

test('why says what the model had read, and who set a place', async () => {
  const { out } = await sim('why', EXAMPLE, 'P0.status', '--at', 'retake/retake', '--voice', 'go');
  expect(out).toMatch(/sysmon \(M1\) took P0.*\n +because it read .*sched\.nmspinning = 0 \(\d+\).*P0\.status = _Psyscall \(57\)/);
  const place = await sim('why', EXAMPLE, 'P0.syscalltick', '--voice', 'go');
  expect(place.out).toContain('M1 set P0.syscalltick to 4: retake / p.syscalltick++');
  expect((await sim('why', trace, 'P0.syscalltick', '--voice', 'go')).out).toBe(place.out);
  expect(await sim('why', EXAMPLE, 'sched.nonsense')).toMatchObject({ status: 3, out: '' });
});

test('compare says the first difference of two runs, or that there is none', async () => {
  expect(await sim('compare', EXAMPLE, trace)).toMatchObject({
    status: 0,
    out: expect.stringMatching(/^Both do the same from beginning to end\.\n.*278 steps\n.*278 steps\n$/) as string,
  });
  const { out, status } = await sim('compare', EXAMPLE, '--with', 'gomaxprocs=1');
  expect(status).toBe(3);
  expect(out).toBe(
    'At step 10 main goes another way. two-houses.scenario.yaml: wakep / cas-nmspinning. gomaxprocs=1: newproc1 / releasem.\n' +
      'two-houses.scenario.yaml: exit 0, 2.02 ms, 278 steps\ngomaxprocs=1: exit 0, 6.06 ms, 282 steps\n',
  );
  expect(JSON.parse((await sim('compare', EXAMPLE, '--with', 'gomaxprocs=1', '--json')).out)).toMatchObject({
    same: false,
    difference: { kind: 'row', one: { n: 10 } },
    other: { steps: 282 },
  });
  const changed = join(folder, 'changed.yaml');
  writeFileSync(changed, readFileSync(EXAMPLE, 'utf8').replace('gomaxprocs: 2', 'gomaxprocs: 1'));
  expect((await sim('compare', EXAMPLE, changed)).out.split('\n')[0]).toContain('changed.yaml: newproc1 / releasem');
});

test.each([
  { kind: 'events', file: EXAMPLE, only: null, groups: [], limit: 3, isJson: true, voice: 'go' },
  { kind: 'events', file: EXAMPLE, only: 'G99', groups: [], limit: 3, isJson: false, voice: 'go' },
  { kind: 'why', file: EXAMPLE, who: 'main', at: null, isJson: true, voice: 'go' },
  { kind: 'why', file: EXAMPLE, who: 'main', at: '200', isJson: false, voice: 'go' },
  { kind: 'compare', file: EXAMPLE, other: EXAMPLE, changes: [], isJson: false },
] as const)('whoever asks of a run that is kept in part is told so, whatever is found: %j', async (wish) => {
  const answer = await answerOf(wish, 'en', { maxSteps: 100, isFull: () => false });
  expect(answer.ok && answer.notes[0]?.en).toContain('only its first 100 steps are kept');
  const ofAll = await answerOf(wish, 'en');
  expect(ofAll.ok && ofAll.notes.map(({ en }) => en).join(' ')).not.toContain('are kept');
});

test.each([
  [['why', EXAMPLE], 2, 'why needs somebody or something to explain: write sim why'],
  [['why', EXAMPLE, 'G99'], 3, 'there is no G99 in this run'],
  [['why', EXAMPLE, 'mian'], 3, 'there is no mian in this run (did you mean main?)'],
  [['why', EXAMPLE, 'P0.toString'], 3, 'there is no P0.toString at step 278.'],
  [['why', EXAMPLE, 'P0.constructor'], 3, 'there is no P0.constructor at step 278.'],
  [['why', EXAMPLE, 'sched.__proto__'], 3, 'there is no sched.__proto__ at step 278.'],
  [['why', EXAMPLE, 'G2', '--at', '3'], 3, 'there is no G2 at step 3.'],
  [['why', EXAMPLE, 'G2', '--at', '999'], 3, 'the run has only 278 steps.'],
  [['why', EXAMPLE, 'G2', '--at', 'soon'], 2, 'for --at, found soon.'],
  [['why', EXAMPLE, 'G2', '--at', 'retake/retak'], 3, 'the run never comes to retake/retak (did you mean retake/retake?).'],
  [['why', EXAMPLE, 'G2', '--at', 'retake/retake#7'], 3, 'the run comes to retake/retake only 1 time.'],
  [['why', EXAMPLE, 'G2', '--voice', 'goo'], 2, 'expected village|go for --voice, found goo.'],
  [['why', EXAMPLE, 'G1', 'G2'], 2, 'why takes at most 2 words, found 3'],
  [['events', EXAMPLE, '--kind', 'syscal'], 2, 'there is no event kind syscal (did you mean syscall?)'],
  [['events', join('nowhere', 'x.yaml')], 1, 'there is no file'],
  [['compare', EXAMPLE], 2, 'compare needs something to compare with'],
  [['compare', EXAMPLE, EXAMPLE, '--with', 'seed=2'], 2, 'not both'],
  [['compare', EXAMPLE, '--with', 'seed'], 2, 'expected something like gomaxprocs=2,seed=7'],
  [['compare', EXAMPLE, '--with', 'gomaxprocs=1,gomaxprocs=2'], 2, '--with names gomaxprocs twice, found gomaxprocs=1,gomaxprocs=2'],
  [['compare', EXAMPLE, '--with', 'seed=1,runtime.seed=2'], 2, '--with names runtime.seed twice'],
  [['events', EXAMPLE, '--limit', '0'], 2, 'expected a whole number from 1 to 9007199254740991 for --limit, found 0.'],
  [['find', EXAMPLE, 'n > 0', '--limit', '0'], 2, 'expected a whole number from 1 to 9007199254740991 for --limit, found 0.'],
  [['run', EXAMPLE, '--seed', '9'.repeat(23)], 2, 'expected a whole number from 0 to 9007199254740991 for --seed, found 99999'],
  [['compare', EXAMPLE, '--with', 'gomaxproc=2'], 2, 'no number called gomaxproc (did you mean gomaxprocs?)'],
  [['compare', EXAMPLE, '--with', 'gomaxprocs=0'], 2, 'gomaxprocs cannot be 0.'],
])('%j ends with %d', async (args, status, said) => {
  const { err, out, status: found } = await sim(...args);
  expect(err).toContain(said);
  expect([found, out]).toEqual([status, '']);
});

test.each(['events', 'why', 'compare'])('%s has its help in both languages', async (command) => {
  for (const [language, word] of [
    ['en', 'Examples:'],
    ['zh', '例子：'],
  ] as const) {
    const { out, status } = await sim(command, '--help', '--lang', language);
    expect(status).toBe(0);
    expect(out).toContain(`sim ${command} `);
    expect(out).toContain(word);
    expect(out).not.toMatch(/[{}]/);
  }
});
