/**
 * Recorded programs (Go 1.19 and 1.26), read: after every event everybody is as Go's own reader says (npm run compare -- trace --keep has asked
 * it), and the steps are a trace of ours.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { EXPORTED, judgedExport } from '../cli/compare/trace/judged-exports';
import { isOld, kept, type Kept, RECORDED, said } from '../cli/compare/trace/recordings';
import { readTrace, traceHeader, traceLine } from '../formats/trace-jsonl';
import { TraceBytes } from '../formats/trace-bytes';
import { Go126Trace } from '../exports/go-trace/go126';
import { assets, play, scenarioOf } from '../model/testdata/run-scenario';
import { applyStep, copyState } from '../model/trace/replay';
import { importTrace, type ImportedTrace, isExecutionTrace, stepsOf } from './import-trace';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, RECORDED);
const dumps = JSON.parse(readFileSync(join(FOLDER, 'dumps.json'), 'utf8')) as Record<string, Kept>;
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.gz'));
const bytesOf = (name: string): Uint8Array => new Uint8Array(gunzipSync(readFileSync(join(FOLDER, name))));

function imported(bytes: Uint8Array, piece = bytes.length): ImportedTrace {
  let at = 0;
  return importTrace(() => {
    const next = bytes.subarray(at, (at += piece));
    return next.length === 0 ? null : next;
  });
}

test('there are recordings of both tracers', () => {
  expect(names.length).toBeGreaterThanOrEqual(40);
  expect(Object.keys(dumps).sort()).toEqual(names.map((name) => name.replace('.gz', '')).sort());
});

test('Ps stand in the order of their numbers, in whatever order threads come in the file', () => {
  for (const name of names) {
    const ids = Object.keys(imported(bytesOf(name)).first.P).map((id) => Number(id.slice(1)));
    expect(ids, name).toEqual(ids.toSorted((a, b) => a - b));
  }
});

test.each(names)('%s: everybody is as Go’s own reader says, after every event', (file) => {
  const name = file.replace('.gz', '');
  const ours = said(bytesOf(file), isOld(name));
  expect(ours.refusal).toBeNull();
  expect(kept(ours, isOld(name))).toEqual(dumps[name]);
});

describe('what is imported', () => {
  const made = imported(bytesOf('explosion.go126.gz'), 7);
  const steps = [...stepsOf(made)];

  test('is a trace, line by line, whatever pieces it came in', () => {
    const lines = [traceHeader(null, made.first, made.recorded), ...steps.map(traceLine)];
    const read = readTrace(lines.join(''), 'x');
    expect(read.ok && read.header.recorded).toEqual({ format: 'go 1.26' });
    expect(read.ok && read.steps).toHaveLength(steps.length);
    const bytes = new TraceBytes(1 << 20);
    for (const step of steps) bytes.add(step);
    expect(new TextDecoder().decode(bytes.take())).toBe(lines.slice(1).join(''));
  });

  test('lists what the recording does not tell, and nothing else', () => {
    const assumed = new Set(steps.flatMap((step) => (step.assumed ?? []).map((path) => path.replace(/\d+/g, 'N'))));
    const may = [
      'M.MN.blocked',
      'M.MN.parked',
      'P.PN.runnext',
      'P.PN.runq',
      'P.PN.status',
      'sched.gcwaiting',
      'sched.midle',
      'sched.pidle',
      'sched.runq',
    ];
    expect([...assumed].filter((path) => !may.includes(path))).toEqual([]);
    expect([...assumed]).toEqual(expect.arrayContaining(['M.MN.parked', 'P.PN.runnext', 'sched.pidle', 'sched.runq']));
    for (const { set, assumed: paths = [] } of steps) for (const path of paths) expect(set.map(([each]) => each)).toContain(path);
  });

  test('has each goroutine that can run in one queue, and no other', () => {
    const state = copyState(made.first);
    for (const step of steps) {
      applyStep(state, step);
      const queued = [
        ...state.sched.runq,
        ...Object.values(state.P).flatMap(({ runq, runnext }) => [...runq, ...(runnext === null ? [] : [runnext])]),
      ];
      const runnable = Object.entries(state.G).flatMap(([g, { status }]) => (status === '_Grunnable' ? [g] : []));
      // Who has come back from a system call with a P is about to run on it.
      const onItsWay =
        steps[step.n]?.ev === 'GoStart' && step.ev === 'GoSyscallEndBlocked' ? runnable.filter((g) => !queued.includes(g as never)) : [];
      expect(queued.length).toBe(new Set(queued).size);
      expect([...queued, ...onItsWay].sort()).toEqual(runnable.sort());
    }
  });
});

test.each(['server.go126.gz', 'server.go119.gz'])('%s: call paths with the file and line of each frame', (name) => {
  const made = imported(bytesOf(name));
  const state = copyState(made.first);
  const places = new Set<string>();
  for (const step of stepsOf(made)) {
    applyStep(state, step);
    for (const { frames, lines = [] } of Object.values(state.G)) {
      if (lines.length > 0) expect(lines).toHaveLength(frames.length);
      for (const [i, line] of lines.entries()) {
        expect(line).toMatch(/\.(go|s):\d+$/);
        if (frames[i] === 'os.ReadFile') places.add(line);
      }
    }
  }
  expect([...places].join()).toMatch(/\/os\/file\.go:\d+/);
});

describe('files that are none, or damaged', () => {
  const whole = bytesOf('locked.go126.gz');

  test.each([
    ['nothing', '', 'This is no execution trace of Go'],
    ['a text', 'schedville: 1\nkind: scenario\n', 'This is no execution trace of Go'],
    ['a release to come', 'go 1.99 trace\0\0\0', 'format version 1.99'],
    ['only the head', 'go 1.26 trace\0\0\0', 'The file ends at byte 16'],
  ])('%s is refused', (_, text, why) => {
    const bytes = new TextEncoder().encode(text);
    expect(isExecutionTrace(bytes)).toBe(text.startsWith('go'));
    expect(() => [...stepsOf(imported(bytes))]).toThrow(why);
  });

  test('a system call that is told to have ended before its goroutine was there is refused, with its time', () => {
    const bytes = readFileSync(join(import.meta.dirname, 'testdata', 'exit-before-creation.go119'));
    expect(() => [...stepsOf(imported(bytes))]).toThrow(/GoSysExit/);
  });

  test('a recording that is cut in its first generation is refused, one in a later generation is read so far', () => {
    expect(() => [...stepsOf(imported(whole.subarray(0, whole.length - 1)))]).toThrow(`The file ends at byte ${whole.length - 1}`);
    const generations = bytesOf('generations.go126.gz');
    const cut = imported(generations.subarray(0, generations.length - 20));
    const steps = [...stepsOf(cut)];
    expect(steps.length).toBeGreaterThan(100);
    expect(cut.cut?.en).toContain('The file ends at byte');
  });
});

describe.each(EXPORTED)('a run of ours that is exported as %s and read again', (format) => {
  test.each(['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9', 'S11', 'S13', 'S14'])(
    '%s: everybody does the same at the same time',
    (name) => {
      const { bytes, known } = judgedExport(ROOT, 'golden', name, format, assets, true);
      const again = said(bytes, format === 'go119');
      expect(again.refusal).toBeNull();
      const sums = new Map(again.lines.map(({ t, sum }) => [t, sum]));
      // Ticks count from 1. Of a P that is taken the older tracer tells twice, and only the first is a step.
      const at = (tick: number): number | undefined => sums.get(tick - 1) ?? (format === 'go119' ? sums.get(tick - 2) : undefined);
      expect(known.length).toBeGreaterThan(0);
      expect(known.map(({ tick }) => [tick, at(tick)])).toEqual(known.map(({ tick, sum }) => [tick, sum]));
    },
  );
});

test('a run of ours of several generations is read again whole', () => {
  const text = `{ "schedville": 1, "kind": "scenario", "id": "long", "title": { "zh": "长", "en": "long" },
    "goroutines": { "main": [{ "repeat": { "times": 3, "do": [{ "sleep": "700ms" }, { "go": "w" }] } }], "w": [{ "compute": "1ms" }] } }`;
  const { first, steps } = play(scenarioOf(text));
  const writer = new Go126Trace(first);
  const state = copyState(first);
  const pieces = [writer.head()];
  for (const step of steps) {
    applyStep(state, step);
    pieces.push(writer.step(step, state));
  }
  const made = imported(Buffer.concat([...pieces, writer.end()]));
  const events = [...stepsOf(made)].map(({ ev }) => ev);
  expect(made.cut).toBeNull();
  expect(events.filter((ev) => ev === 'GoCreate')).toHaveLength(3);
  expect(events.filter((ev) => ev === 'GoUnblock')).toHaveLength(3);
});
