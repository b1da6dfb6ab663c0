/** What `sim run` writes: the trace, the facts, the state at a step. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { State, Step } from '../model/state';
import { FactsCollector } from '../model/trace/facts';
import { applyStep } from '../model/trace/replay';
import { ownFolder } from './testdata/own-folder';
import { sim } from './testdata/sim';

const { folder, file } = ownFolder();

test('a trace replays to the state that --state-at prints', async () => {
  const trace = join(folder, 't.jsonl');
  expect((await sim('run', file, '--trace', trace, '--quiet')).status).toBe(0);
  const [head = '', ...lines] = readFileSync(trace, 'utf8').trimEnd().split('\n');
  const { state } = JSON.parse(head) as { state: State };
  const steps = lines.map((line) => JSON.parse(line) as Step);
  for (const step of steps.slice(0, 20)) applyStep(state, step);
  const printed = await sim('run', file, '--state-at', '20', '--quiet');
  expect(JSON.parse(printed.out)).toEqual(state);
  expect(Object.keys(steps[0] ?? {})).toEqual(['n', 't', 'm', 'p', 'g', 'fn', 'at', 'd', 'set']);
});

test('facts on standard output, and nothing else there', async () => {
  const { out, err, status } = await sim('run', file, '--facts', '-');
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
    expect((await sim('run', file, ...options)).status).toBe(0);
    expect(add.mock.calls.length > 0).toBe(wanted);
  } finally {
    add.mockRestore();
  }
});

test('the header shows the scenario as it was run', async () => {
  const headOf = async (...args: string[]): Promise<unknown> =>
    JSON.parse((await sim('run', file, '--trace', '-', '--quiet', ...args)).out.split('\n')[0] ?? '');
  expect(await headOf()).not.toHaveProperty('scenario.limits');
  expect(await headOf('--until', '1500us', '--seed', '7')).toMatchObject({
    scenario: { limits: { time: '1500us' }, runtime: { seed: 7 } },
  });
  expect(await headOf('--until', '30000ms')).toMatchObject({ scenario: { limits: { time: '30s' } } });
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
