import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { State, Step } from '../model/state';
import { applyStep } from '../model/trace/replay';
import { simMain } from './sim-main';

let folder: string;
const file = (): string => join(folder, 's.scenario.yaml');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-cli-'));
  writeFileSync(file(), 'schedville: 1\nkind: scenario\nid: cli\ntitle: { zh: 甲, en: a }\ngoroutines:\n  main:\n    - syscall: { name: read, takes: 1ms, returns: 5 }\n');
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function sim(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const status = await simMain(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    isErrTerminal: false,
    environment: { LANG: 'en_US.UTF-8' },
    onInterrupt: () => undefined,
  });
  return { status, out, err };
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

test('check lists all faults of all files', async () => {
  const bad = join(folder, 'bad.yaml');
  writeFileSync(bad, 'schedville: 1\nkind: scenario\nid: x\ntitle: { zh: 甲, en: a }\ngoroutines: { main: [ slep, { exit: x } ] }\n');
  const { status, err, out } = await sim('check', file(), bad, join(folder, 'none.yaml'));
  expect(status).toBe(1);
  expect(out).toBe('');
  expect(err.trimEnd().split('\n')).toHaveLength(3);
  expect((await sim('check', file())).status).toBe(0);
});

test.each([[[]], [['run']], [['fly', 'x']], [['run', 'x', '--nonsense']], [['run', 'x', '--until', 'soon']]])('bad usage: %j', async (args) => {
  expect((await sim(...args)).status).toBe(2);
});

test('a refused file leaves no output', async () => {
  const bad = join(folder, 'bad2.yaml');
  writeFileSync(bad, 'kind: nothing\n');
  const out = join(folder, 'never.jsonl');
  expect((await sim('run', bad, '--trace', out)).status).toBe(1);
  expect(existsSync(out)).toBe(false);
});

test('a place that cannot be written to is said', async () => {
  const { status, err } = await sim('run', file(), '--trace', join(file(), 'x.jsonl'));
  expect(status).toBe(1);
  expect(err).toContain('cannot write');
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('an interrupted run leaves no half-written file', async () => {
  const long = join(folder, 'long.yaml');
  writeFileSync(long, 'schedville: 1\nkind: scenario\nid: long\ntitle: { zh: 甲, en: a }\nlimits: { time: 100s }\ngoroutines: { main: [ { repeat: { times: 1000000, do: [gosched] } } ] }\n');
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
  expect((await sim('--help')).out).toContain('sim run');
  expect((await sim('--version')).out).toMatch(/^schedville \d/);
});
