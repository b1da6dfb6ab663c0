import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readTrace, traceHeader, traceLine } from '../formats/trace-jsonl';
import { golden, play, scenarioOf } from '../model/testdata/run-scenario';
import { StepReader } from '../model/trace/step-slice';
import { plainStep } from '../model/trace/queue-versions';
import { Player } from './player';

let folder: string;
let player: Player;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-trace-'));
  player = new Player(() => undefined);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const text = golden('S4.scenario.yaml');
const { first, last, steps } = play(scenarioOf(text));
const SCENARIO = { schedville: 1, kind: 'scenario', id: 's4', title: { zh: '四', en: 'four' }, goroutines: { main: ['gosched'] } };
const lines = [traceHeader(SCENARIO, first), ...steps.map(traceLine)];

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const open = (path: string) => player.handlers.openScenario({ file: path });

test('a trace is played as it stands, with the states that its steps make', async () => {
  const opened = await open(file('a.trace.jsonl', lines.join('')));
  expect(opened).toMatchObject({ ok: true, value: { trace: { recorded: '' }, lesson: { id: '', steps: [] } } });
  const run = await player.handlers.chooseRun({ lesson: '', run: 'run' });
  if (!run.ok) throw new Error(run.message.en);
  expect(run.value).toMatchObject({ stepCount: steps.length, outcome: null, shortened: null, endNs: steps.at(-1)?.t });
  expect(run.value.most).toEqual({ goroutines: Object.keys(last.G).length, threads: Object.keys(last.M).length });
  expect(await player.handlers.stateAt({ n: steps.length })).toEqual({ ok: true, value: last });
  const read = await player.handlers.readSteps({ from: 1, to: 50 });
  if (!read.ok) throw new Error(read.message.en);
  const reader = new StepReader(read.value);
  expect(traceLine(plainStep(reader.step(7)!))).toBe(traceLine(steps[6]!));
  // It is one again when it is exported.
  const copy = join(folder, 'b.trace.jsonl');
  await player.handlers.writeExport({ id: 'trace', path: copy });
  expect(readFileSync(copy, 'utf8')).toBe(lines.join(''));
});

test('a recorded run has no scenario, and says where it comes from', async () => {
  const recorded = traceHeader(null, first, { format: 'go 1.26' });
  expect(readTrace(recorded, 'a').ok).toBe(true);
  const opened = await open(file('real', [recorded, ...lines.slice(1)].join('')));
  if (!opened.ok) throw new Error(opened.message.en);
  expect(opened.value.trace).toEqual({ recorded: 'go 1.26' });
  expect(opened.value.runs[0]?.scenario.runtime.gomaxprocs).toBe(Object.keys(first.P).length);
  expect(await player.handlers.scenarioText(null)).toMatchObject({ ok: false });
});

const broken = (at: number, line: string): string => lines.map((each, i) => (i === at ? line : each)).join('');

test.each([
  ['a foreign file', '{"hello":1}\n', 1, 'schedville'],
  ['nothing', '', 1, 'JSON'],
  ['a line that is cut off', lines.slice(0, 9).join('') + (lines[9] ?? '').slice(0, 20), 10, 'JSON'],
  ['a line that is no step', broken(5, '[1]\n'), 6, 'JSON'],
  ['a step that is missing', lines.filter((_, i) => i !== 5).join(''), 6, 'expected step 5'],
  ['a place that was not as it says', broken(3, (lines[3] ?? '').replace(/"set":\[\[("[^"]+"),/, '"set":[[$1,"no",')), 4, ''],
  ['bytes that are no text', Buffer.concat([Buffer.from(lines.slice(0, 4).join('')), Buffer.from([0xff, 0xfe, 0x0a])]), 1, 'UTF-8'],
])('%s is refused with its line, and what was open stays', async (_, content, line, why) => {
  expect((await open(file('good.trace.jsonl', lines.join('')))).ok).toBe(true);
  const refused = await open(file('bad.trace.jsonl', content));
  expect(refused).toMatchObject({ ok: false });
  const fault = refused.ok ? null : refused.faults?.[0];
  expect(fault?.line).toBe(line);
  expect(fault?.message.en).toContain(why);
  expect(await player.handlers.stateAt({ n: steps.length })).toEqual({ ok: true, value: last });
});

test('what is no file, or is not there, is refused', async () => {
  mkdirSync(join(folder, 'folder.jsonl'));
  for (const name of ['folder.jsonl', 'none.jsonl']) expect(await open(join(folder, name))).toMatchObject({ ok: false });
});
