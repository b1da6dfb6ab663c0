/** Real recordings of Go in the player. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { traceLine } from '../formats/trace-jsonl';
import { importTrace, stepsOf } from '../imports/import-trace';
import { StepReader } from '../model/trace/step-slice';
import { Player } from './player';
import { TraceFile } from './trace-file';

const RECORDED = join(import.meta.dirname, '../cli/compare/trace/testdata/recorded');
const recording = (name: string): Uint8Array => gunzipSync(readFileSync(join(RECORDED, `${name}.gz`)));

let folder: string;
let player: Player;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-go-trace-'));
  player = new Player(() => undefined);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test.each(['server.go126', 'pipes.go119'])('%s opens whatever its name is, and plays to its end', async (name) => {
  const opened = await player.handlers.openScenario({ file: file('x.out', recording(name)) });
  if (!opened.ok) throw new Error(opened.message.en);
  expect(opened.value.trace?.recorded).toMatch(/^go 1\.(19|26)$/);
  const run = await player.handlers.chooseRun({ lesson: '', run: 'run' });
  if (!run.ok) throw new Error(run.message.en);
  expect(run.value.stepCount).toBeGreaterThan(50);
  const end = await player.handlers.stateAt({ n: run.value.stepCount });
  expect(end.ok && end.value.G.G1?.name).toBe('main');
});

test('a long file is begun once, and its run can be had again', async () => {
  const opened = vi.spyOn(TraceFile, 'open');
  const path = file('y.out', recording('pipes.go119'));
  expect(await player.handlers.openScenario({ file: path })).toMatchObject({ ok: true });
  expect(await player.handlers.chooseRun({ lesson: '', run: 'run' })).toMatchObject({ ok: true });
  expect(opened).toHaveBeenCalledTimes(1);
  expect(await player.handlers.openScenario({ file: path })).toMatchObject({ ok: true });
  expect(opened).toHaveBeenCalledTimes(2);
  opened.mockRestore();
});

test('a text of schedtrace opens as moments; a damaged one is refused with its line', async () => {
  const text = readFileSync(join(import.meta.dirname, '../imports/testdata/schedtrace.go126.txt'), 'utf8');
  const opened = await player.handlers.openScenario({ file: file('stderr.txt', Buffer.from(text)) });
  if (!opened.ok) throw new Error(opened.message.en);
  expect(opened.value.trace?.recorded).toBe('GODEBUG=schedtrace');
  const run = await player.handlers.chooseRun({ lesson: '', run: 'run' });
  expect(run.ok && run.value.stepCount).toBe(text.split('SCHED ').length - 2);
  const lines = text.split('\n');
  const damaged = [...lines.slice(0, 20), '  G5: status=', ...lines.slice(20)].join('\n');
  const bad = await player.handlers.openScenario({ file: file('bad.txt', Buffer.from(damaged)) });
  expect(bad.ok ? null : bad.faults?.map(({ line }) => line)).toEqual([21]);
});

test('one that cannot be read is refused with the reason, one that is cut says so in its last step', async () => {
  const whole = recording('generations.go126');
  const bad = await player.handlers.openScenario({ file: file('a.trace', whole.subarray(0, 60)) });
  expect(bad.ok ? '' : JSON.stringify(bad)).toContain('The file ends at byte 60');
  const opened = await player.handlers.openScenario({ file: file('b.trace', whole.subarray(0, whole.length - 20)) });
  if (!opened.ok) throw new Error(opened.message.en);
  const run = await player.handlers.chooseRun({ lesson: '', run: 'run' });
  if (!run.ok) throw new Error(run.message.en);
  // It is told at once, not to those alone who come to its end.
  expect(run.value.shortened?.en).toContain(`in the middle of what it tells. What can be seen are the ${run.value.stepCount} steps`);
  const read = await player.handlers.readSteps({ from: run.value.stepCount, to: run.value.stepCount });
  if (!read.ok) throw new Error(read.message.en);
  expect(new StepReader(read.value).step(run.value.stepCount)?.note).toContain('The file ends at byte');
});

test('a reader that takes in much of a file at once is no further than what it has told', async () => {
  const { trace } = await TraceFile.open(file('d.trace', recording('generations.go126')));
  const shares: number[] = [];
  try {
    for (let some = await trace.next(20); some !== null; some = await trace.next(20)) shares.push(trace.share);
  } finally {
    await trace.close();
  }
  expect(shares.length).toBeGreaterThan(10);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  // One generation has been read whole by then, and hardly any of it told.
  expect(shares[0]).toBeLessThan(0.5);
  expect(new Set(shares).size).toBeGreaterThan(shares.length / 4);
  expect(shares.at(-1)).toBe(1);
});

test('what is no trace is refused with what could be opened', async () => {
  for (const content of [Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]), Buffer.alloc(3 << 20, 'a')]) {
    const opened = await player.handlers.openScenario({ file: file('picture.png', content) });
    expect(opened.ok ? '' : opened.message.en).toContain('execution traces that Go programs have recorded');
  }
});

test('what the recording does not tell is marked in the trace that is written of it', async () => {
  const bytes = recording('pipes.go119');
  const opened = await player.handlers.openScenario({ file: file('c.trace', bytes) });
  if (!opened.ok) throw new Error(opened.message.en);
  const written = await player.handlers.writeExport({ id: 'trace', path: join(folder, 'c.trace.jsonl') });
  if (!written.ok) throw new Error(written.message.en);
  const [header = '', ...lines] = readFileSync(join(folder, 'c.trace.jsonl'), 'utf8').split(/(?<=\n)/);
  const pieces = [bytes];
  const steps = [...stepsOf(importTrace(() => pieces.pop() ?? null))];
  expect(header).toContain('"recorded":{"format":"go 1.19"}');
  expect(lines).toEqual(steps.map(traceLine));
  expect(steps.filter(({ assumed }) => assumed).length).toBeGreaterThan(5);
});
