import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseScenario } from '../formats/scenario';
import { readTrace } from '../formats/trace-jsonl';
import { Simulation } from '../model/run/simulate';
import type { LessonList } from '../contract/requests';
import type { Step } from '../model/state';
import type { Result } from '../model/words';
import { applyStep, copyState } from '../model/trace/replay';
import { findAssets, loadListings } from './asset-folder';
import { Cancelled, KeptRun, ROOM, type Room, type StepSource } from './kept-run';
import { LessonLibrary } from './lesson-library';
import { Player } from './player';
import { eventually } from './testdata/eventually';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-player-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const LONG =
  'schedville: 1\nkind: scenario\nid: long\ntitle: { zh: 长, en: long }\nlimits: { time: 1000s, steps: 1000000000 }\ngoroutines:\n  main:\n    - repeat: { times: TIMES, do: [gosched] }\n';
const assets = loadListings(findAssets(import.meta.dirname));

function scenario(times: number): string {
  const file = join(folder, `long-${times}.scenario.yaml`);
  writeFileSync(file, LONG.replace('TIMES', String(times)));
  return file;
}

function kept(times: number, room?: Room): Promise<KeptRun> {
  const parsed = parseScenario(LONG.replace('TIMES', String(times)), 'long');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return KeptRun.compute(
    parsed.scenario,
    assets,
    [],
    () => undefined,
    () => false,
    room,
  );
}

afterEach(() => {
  vi.restoreAllMocks();
});

test('whoever knows the list of lessons waits for the reading of one only', async () => {
  const all = vi.spyOn(LessonLibrary.prototype as unknown as { all: () => Promise<unknown> }, 'all');
  const known = {
    ok: true,
    value: { cards: [{ id: 'slow-way' }], units: [], misconceptions: [], broken: [] },
  } as unknown as Result<LessonList>;
  const begun = await new Player(() => undefined).handlers.begin({ lesson: null, place: { lesson: 'slow-way', run: 'x', n: 1 }, known });
  expect(begun.opened).toMatchObject({ ok: true, value: { lesson: { id: 'slow-way' } } });
  expect(begun.lessons).toEqual(known);
  expect(all).not.toHaveBeenCalled();
});

test('a run that ends by itself is kept whole', async () => {
  const { opened } = await kept(100);
  expect(opened).toMatchObject({ outcome: { kind: 'exit', code: 0 }, shortened: null });
});

test.each([
  ['many steps', { ...ROOM, maxSteps: 3_333 }],
  ['full memory', { maxSteps: Infinity, isFull: () => true }],
])('a run without end stops at %s, and what was computed is kept', async (_, room) => {
  const run = await kept(1_000_000_000, room);
  const { stepCount, outcome, shortened } = run.opened;
  if (room.maxSteps < Infinity) expect(stepCount).toBe(3_333);
  expect(stepCount).toBeGreaterThan(0);
  expect(outcome).toEqual({ kind: 'limit', code: null, message: '' });
  expect(shortened?.en).toContain(`first ${stepCount} steps`);
  expect(run.read(stepCount, stepCount + 10).t).toHaveLength(1);
  expect(run.stateAt(stepCount).sched).toBeDefined();
});

/** A recording of so many steps: who is counted up. */
function counting(steps: number, told: number): StepSource {
  let n = 0;
  return {
    next: (most) => {
      const some: Step[] = [];
      for (; some.length < most && n < steps; n++)
        some.push({ n: n + 1, t: n * 1_000, m: 'M0', p: null, g: null, fn: 'f', at: 'a', d: 0, set: [['sched.mnext', n, n + 1]] });
      return Promise.resolve(some.length === 0 ? null : some);
    },
    share: 0.5,
    told,
  };
}

function read(source: StepSource, room?: Room): Promise<KeptRun> {
  const parsed = parseScenario(LONG.replace('TIMES', '1'), 'long');
  if (!parsed.ok) throw new Error('refused');
  const { first } = new Simulation(parsed.scenario, assets);
  first.sched.mnext = 0;
  return KeptRun.read(
    parsed.scenario,
    assets,
    first,
    source,
    () => undefined,
    () => false,
    room,
  );
}

test('a recording that is read whole has each of its states', async () => {
  const run = await read(counting(45_000, 1));
  expect(run.opened).toMatchObject({ stepCount: 45_000, shortened: null });
  for (const n of [0, 1, 19_999, 20_000, 20_001, 40_000, 40_001, 45_000]) expect(run.stateAt(n).sched.mnext).toBe(n);
});

test('of one that has no room it is said how much of it is shown', async () => {
  const run = await read(counting(20_000, 0.374), { ...ROOM, maxSteps: 5_000 });
  expect(run.opened.stepCount).toBe(5_000);
  expect(run.opened.shortened?.en).toMatch(/the first 5000 steps, about 37 % of the file, 0\.00500 s/);
  expect(run.opened.shortened?.zh).toContain('37%');
});

test('the state is right before, at and after each copy that is kept', async () => {
  const run = await kept(2_000);
  const parsed = parseScenario(LONG.replace('TIMES', '2000'), 'long');
  if (!parsed.ok) throw new Error('refused');
  const simulation = new Simulation(parsed.scenario, assets);
  const state = copyState(simulation.first);
  const asked = new Set([0, 1, 1_999, 2_000, 2_001, 3_999, 4_000, 4_001, run.opened.stepCount]);
  expect(run.stateAt(0)).toEqual(state);
  expect(run.stateAt(-5)).toEqual(state);
  for (const step of simulation.run(Infinity).steps) {
    applyStep(state, step);
    if (asked.has(step.n)) expect(run.stateAt(step.n), String(step.n)).toEqual(state);
  }
  expect(run.stateAt(1e9)).toEqual(state);
});

async function opened(times: number): Promise<Player> {
  const player = new Player(() => undefined);
  expect(await player.handlers.openScenario({ file: scenario(times) })).toMatchObject({ ok: true });
  return player;
}

test('one answer holds at most 20,000 steps', async () => {
  const { handlers } = await opened(20_000);
  const read = await handlers.readSteps({ from: 5, to: 1_000_000 });
  if (!read.ok) throw new Error(read.message.en);
  expect([read.value.t.length, read.value.first]).toEqual([20_000, 5]);
});

test('a run is chosen only of the lesson that is open', async () => {
  const player = new Player(() => undefined);
  expect(await player.handlers.chooseRun({ lesson: '', run: 'run' })).toMatchObject({ ok: false, message: { en: 'no run is open' } });
  await player.handlers.openScenario({ file: scenario(10) });
  expect(await player.handlers.chooseRun({ lesson: '', run: 'run' })).toMatchObject({ ok: true });
  expect(await player.handlers.chooseRun({ lesson: 'hunting', run: 'run' })).toMatchObject({ ok: false });
  expect(await player.handlers.chooseRun({ lesson: '', run: 'home' })).toMatchObject({ ok: false });
});

test('a lesson is there as soon as its first run is; the others follow, each once', async () => {
  const compute = vi.spyOn(KeptRun, 'compute');
  const player = new Player(() => undefined);
  const opened = await player.handlers.openLesson({ id: 'hunting', run: null });
  expect(compute).toHaveBeenCalledTimes(1);
  if (!opened.ok) throw new Error(opened.message.en);
  const names = opened.value.runs.map(({ name }) => name);
  expect(names.length).toBeGreaterThan(2);
  await eventually(() => {
    expect(compute).toHaveBeenCalledTimes(names.length);
  });
  for (const run of names) expect(await player.handlers.chooseRun({ lesson: 'hunting', run })).toMatchObject({ ok: true });
  expect(compute).toHaveBeenCalledTimes(names.length);
});

test('the other runs of a lesson that was left are not computed', async () => {
  const compute = vi.spyOn(KeptRun, 'compute');
  const player = new Player(() => undefined);
  let isGivenUp = false;
  const first = await kept(10);
  compute.mockClear();
  compute.mockResolvedValueOnce(first);
  compute.mockImplementationOnce(async (_scenario, _assets, _anchors, _tell, isCancelled) => {
    while (!isCancelled()) await new Promise((resolve) => setTimeout(resolve, 1));
    isGivenUp = true;
    throw new Cancelled();
  });
  expect(await player.handlers.openLesson({ id: 'hunting', run: null })).toMatchObject({ ok: true });
  await eventually(() => {
    expect(compute).toHaveBeenCalledTimes(2);
  });
  await player.handlers.openScenario({ file: scenario(10) });
  await eventually(() => {
    expect(isGivenUp).toBe(true);
  });
  expect(compute).toHaveBeenCalledTimes(3);
});

/** Plays the part of KeptRun.compute for a run that takes until it is told to end. */
function slowRun(run: KeptRun): { end: () => void; compute: typeof KeptRun.compute; begun: () => number; givenUp: () => boolean } {
  let isOver = false;
  let begun = 0;
  let isGivenUp = false;
  const compute: typeof KeptRun.compute = async (_scenario, _assets, _anchors, tell, isCancelled) => {
    begun++;
    while (!isOver) {
      isGivenUp = isCancelled();
      if (isGivenUp) throw new Cancelled();
      tell({ stepsDone: 7, virtualNs: 0, limitSteps: 10, readShare: null });
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return run;
  };
  return { compute, begun: () => begun, givenUp: () => isGivenUp, end: () => (isOver = true) };
}

test('a run that was begun ahead belongs to whoever comes to wait for it: progress is told, and it can be cancelled', async () => {
  const first = await kept(10);
  const slow = slowRun(first);
  const told = vi.fn();
  const player = new Player(told);
  vi.spyOn(KeptRun, 'compute').mockResolvedValueOnce(first).mockImplementation(slow.compute);
  const opened = await player.handlers.openLesson({ id: 'hunting', run: null });
  if (!opened.ok) throw new Error(opened.message.en);
  const run = opened.value.runs[1]?.name ?? '';
  await eventually(() => {
    expect(slow.begun()).toBe(1);
  });
  expect(told).not.toHaveBeenCalled();
  const choosing = player.handlers.chooseRun({ lesson: 'hunting', run });
  await eventually(() => {
    expect(told).toHaveBeenCalledWith(expect.objectContaining({ stepsDone: 7 }));
  });
  await player.handlers.cancel(null);
  expect(await choosing).toMatchObject({ ok: false, message: { en: 'cancelled' } });
  slow.end();
});

test('whoever waits is told how far a run is after a moment, and then not for every slice of it', async () => {
  const run = await kept(10);
  const file = scenario(10);
  const told: number[] = [];
  const player = new Player(({ stepsDone }) => told.push(stepsDone));
  const clock = vi.spyOn(performance, 'now').mockReturnValue(1_000);
  vi.spyOn(KeptRun, 'compute').mockImplementationOnce((_scenario, _assets, _anchors, tell) => {
    for (const ms of [0, 8, 249, 250, 258, 299, 300, 308]) {
      clock.mockReturnValue(1_000 + ms);
      tell({ stepsDone: ms, virtualNs: 0, limitSteps: 1_000, readShare: null });
    }
    return Promise.resolve(run);
  });
  expect(await player.handlers.openScenario({ file })).toMatchObject({ ok: true });
  expect(told).toEqual([250, 300]);
});

test('a run that was begun ahead gives way to one that somebody waits for, and is begun again', async () => {
  const first = await kept(10);
  const slow = slowRun(first);
  const player = new Player(() => undefined);
  const waitedFor: typeof KeptRun.compute = async () => {
    await eventually(() => {
      expect(slow.givenUp()).toBe(true);
    });
    return first;
  };
  const compute = vi.spyOn(KeptRun, 'compute').mockResolvedValueOnce(first).mockImplementationOnce(slow.compute);
  compute.mockImplementationOnce(waitedFor).mockResolvedValue(first);
  const opened = await player.handlers.openLesson({ id: 'hunting', run: null });
  if (!opened.ok) throw new Error(opened.message.en);
  const [, ahead, wanted] = opened.value.runs.map(({ scenario }) => scenario);
  await eventually(() => {
    expect(slow.begun()).toBe(1);
  });
  expect(await player.handlers.chooseRun({ lesson: 'hunting', run: opened.value.runs[2]?.name ?? '' })).toMatchObject({ ok: true });
  await eventually(() => {
    expect(compute).toHaveBeenCalledTimes(4);
  });
  expect(compute.mock.calls.slice(1, 4).map(([scenario]) => scenario)).toEqual([ahead, wanted, ahead]);
});

test('a lesson is opened at the run that was left, in one request', async () => {
  const player = new Player(() => undefined);
  const opened = await player.handlers.openLesson({ id: 'hunting', run: 'noroom' });
  if (!opened.ok) throw new Error(opened.message.en);
  const chosen = await player.handlers.chooseRun({ lesson: 'hunting', run: 'noroom' });
  if (!chosen.ok) throw new Error(chosen.message.en);
  const { stepCount } = chosen.value;
  const again = new Player(() => undefined);
  await again.handlers.openLesson({ id: 'hunting', run: 'noroom' });
  const read = await again.handlers.readSteps({ from: stepCount, to: stepCount });
  expect(read).toMatchObject({ ok: true, value: { first: stepCount } });
  expect(read.ok && read.value.t.length).toBe(1);
});

test('a cancelled run leaves open what was', async () => {
  const tell = vi.fn<() => void>();
  const player = new Player(tell);
  expect(await player.handlers.openScenario({ file: scenario(10) })).toMatchObject({ ok: true });
  // As soon as it says that it is under way.
  tell.mockImplementation(() => void player.handlers.cancel(null));
  const opening = player.handlers.openScenario({ file: scenario(1_000_000_000) });
  expect(await opening).toMatchObject({ ok: false, message: { en: 'cancelled' } });
  expect(await player.handlers.stateAt({ n: 1 })).toMatchObject({ ok: true });
});

test('the trace is written whole, or refused without a trace of it', async () => {
  const { handlers } = await opened(500);
  const path = join(folder, 'a.trace.jsonl');
  expect(await handlers.writeExport({ id: 'trace', path })).toMatchObject({ ok: true, value: { path } });
  expect(readTrace(readFileSync(path, 'utf8'), path).ok).toBe(true);
  const before = readdirSync(folder);
  expect(await handlers.writeExport({ id: 'trace', path: folder })).toMatchObject({
    ok: false,
    message: { en: expect.stringContaining('cannot write') as string },
  });
  expect(await handlers.writeExport({ id: 'trace', path: join(path, 'below') })).toMatchObject({ ok: false });
  expect(readdirSync(folder)).toEqual(before);
  expect(await new Player(() => undefined).handlers.writeExport({ id: 'trace', path })).toMatchObject({ ok: false });
});

test('a run is that of the opening that it was asked of, or none', async () => {
  const { handlers } = new Player(() => undefined);
  const first = await handlers.openScenario({ file: scenario(1) });
  const second = await handlers.openScenario({ file: scenario(2) });
  if (!first.ok || !second.ok) throw new Error('refused');
  const run = { lesson: '', run: 'run' };
  expect(await handlers.chooseRun({ ...run, opening: first.value.opening ?? 0 })).toMatchObject({ ok: false });
  expect(await handlers.chooseRun({ ...run, opening: second.value.opening ?? 0 })).toMatchObject({ ok: true });
  expect(await handlers.chooseRun({ ...run, opening: null })).toMatchObject({ ok: true });
});
