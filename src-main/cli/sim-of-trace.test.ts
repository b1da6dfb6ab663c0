/** Commands that take a scenario or its trace, and say the same of either. */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fill, WORDS } from '../../assets/words/index';
import { EXPORT_IDS } from '../contract/exports';
import { ownFolder } from './testdata/own-folder';
import { sim } from './testdata/sim';

const { folder, file } = ownFolder();

test('find prints the steps that fit, of a scenario as of its trace', async () => {
  const { out, status } = await sim('find', file, 'fn == retake && at == retake');
  const [head, line, ...more] = out.trimEnd().split('\n');
  expect([status, head, more]).toEqual([0, 'n\tt\tfn\tat', []]);
  expect(line).toMatch(/^\d+\t\d+\tretake\tretake$/);
  const trace = join(folder, 'find.trace.jsonl');
  await sim('run', file, '--trace', trace, '--quiet');
  expect((await sim('find', trace, 'fn == retake && at == retake')).out).toBe(out);
  const all = JSON.parse((await sim('find', trace, 'P0.m', '==', 'null', '--json', '--limit', '3')).out) as unknown[];
  expect(all).toHaveLength(3);
  expect(all[0]).toMatchObject({ n: expect.any(Number) as unknown, fn: 'reentersyscall' });
});

test('import refuses a trace of ours, whatever it is called, and says what to do with it', async () => {
  for (const name of ['ours.trace.jsonl', 'ours.out']) {
    const trace = join(folder, name);
    await sim('run', file, '--trace', trace, '--quiet');
    const imported = await sim('import', trace, '--out', join(folder, 'imported.trace.jsonl'));
    expect(imported).toMatchObject({ status: 1, out: '' });
    expect(imported.err).toContain(WORDS.en.recorded.isOurs);
    expect((await sim('import', trace, '--lang', 'zh')).err).toContain(WORDS.zh.recorded.isOurs);
  }
  expect(existsSync(join(folder, 'imported.trace.jsonl'))).toBe(false);
});

test('import says of what cannot be read what every command says of it', async () => {
  const none = join(folder, 'none.trace');
  for (const [path, words] of [
    [folder, WORDS.zh.files.isFolder],
    [none, WORDS.zh.files.noFile],
  ] as const)
    expect(await sim('import', path, '--lang', 'zh')).toEqual({
      status: 1,
      out: '',
      err: `${path}:1:1: ${fill(words, { path })}\n`,
    });
});

test('export writes the same of a scenario as of its trace', async () => {
  const trace = join(folder, 'export.trace.jsonl');
  await sim('run', file, '--trace', trace, '--quiet');
  for (const format of ['trace', 'facts', 'csv', 'perfetto', 'schedtrace']) {
    const made = await sim('export', file, '--format', format);
    expect([format, made.status, made.err]).toEqual([format, 0, '']);
    expect((await sim('export', trace, '--format', format)).out).toBe(made.out);
  }
  expect((await sim('export', file, '--format', 'trace')).out).toBe(readFileSync(trace, 'utf8'));
  expect((await sim('export', file, '--format', 'facts')).out).toBe((await sim('run', file, '--facts', '-', '--quiet')).out);
  const out = join(folder, 'run.csv');
  expect(await sim('export', file, '--format', 'csv', '--out', out)).toMatchObject({ status: 0, out: '' });
  expect(readFileSync(out, 'utf8')).toBe((await sim('export', file, '--format', 'csv')).out);
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
  expect(await sim('export', file)).toMatchObject({
    status: 2,
    err: expect.stringContaining(EXPORT_IDS.join('|')) as unknown,
  });
  expect((await sim('export', file, '--format', 'perfeto')).err).toContain('did you mean perfetto');
  expect((await sim('export', file, '--format', 'csv', '--out', file)).status).toBe(2);
  expect((await sim('export', file, '--format', 'csv', '--out', join(folder, 'none', 'x'))).status).toBe(1);
});

test('find says what was not understood and what was never there', async () => {
  expect(await sim('find', file, 'P0.status == _Pdead')).toMatchObject({ status: 3, out: 'n\tt\tfn\tat\n', err: 'no step fits.\n' });
  expect((await sim('find', file, 'P0.staus == 1')).err).toContain('the run never had a place P0.staus (did you mean status?)');
  expect(await sim('find', file, 'n = 1')).toMatchObject({ status: 2, out: '' });
  expect((await sim('find', file, 'n = 1')).err).toContain('character 3 of the expression');
  expect(await sim('find', file)).toMatchObject({ status: 2, out: '' });
});

test('anchors lists every row of a run once, of a scenario as of its trace', async () => {
  const { out, err, status } = await sim('anchors', file);
  expect({ err, status }).toEqual({ err: '', status: 0 });
  const [head, ...lines] = out.trimEnd().split('\n');
  expect(head).toBe('fn\tat\tcount\tfirst\tt');
  const traced = (await sim('run', file, '--trace', '-', '--quiet')).out;
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
  expect(await sim('anchors', file, '--json', '--trace', '-')).toMatchObject({ status: 2, out: '' });
});
