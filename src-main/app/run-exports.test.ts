/** Exports of a run that is open: each as `sim export` writes it, beside everything else, and gone without a trace when cancelled. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inEveryLanguage } from '../../assets/words/index';
import { exportOf } from '../cli/sim-export';
import { EXPORT_IDS, EXPORTS } from '../contract/exports';
import { findAssets, loadListings } from './asset-folder';
import { Player } from './player';
import type { ExportProgress } from './player-asks';
import { exported, type Pieces } from './run-exports';

const assets = loadListings(findAssets());
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-exports-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const scenario = (times: number): string => `schedville: 1
kind: scenario
id: many
title: { zh: 多, en: many }
runtime: { gomaxprocs: 2 }
limits: { time: 1000s, steps: 1000000 }
goroutines:
  main:
    - go: worker
    - repeat: { times: ${times}, do: [gosched] }
  worker:
    - repeat: { times: ${times}, do: [gosched] }
`;

async function opened(times: number, tell: (progress: ExportProgress) => void = () => undefined): Promise<Player> {
  const file = join(folder, 'many.scenario.yaml');
  writeFileSync(file, scenario(times));
  const player = new Player(() => undefined, tell);
  expect(await player.handlers.openScenario({ file })).toMatchObject({ ok: true });
  return player;
}

const bytesOf = (pieces: Pieces): Buffer => Buffer.concat([...pieces].map((piece) => Buffer.from(piece)));

test('each is what sim export writes of the same scenario', async () => {
  const player = await opened(20);
  for (const id of EXPORT_IDS) {
    const path = join(folder, `many.${EXPORTS[id].ending}`);
    const wrote = await player.handlers.writeExport({ id, path });
    const of = await exportOf(join(folder, 'many.scenario.yaml'), id, () => assets);
    if (!of.ok) throw new Error(JSON.stringify(of.faults));
    const bytes = bytesOf(of.pieces);
    expect(bytes.length).toBeGreaterThan(200);
    expect(wrote).toEqual({ ok: true, value: { path, bytes: bytes.length } });
    expect(readFileSync(path).equals(bytes)).toBe(true);
  }
});

test('a long one tells how far it is; cancelled it leaves nothing', async () => {
  // On a clock of its own: a fast machine would be done before the first slice is over.
  let nowMs = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => nowMs++);
  const told: ExportProgress[] = [];
  let cancels = 1;
  const player = await opened(400, (progress) => {
    told.push(progress);
    if (progress.done > 0 && cancels-- > 0) void player.handlers.cancelExports(null);
  });
  const before = readdirSync(folder);
  expect(await player.handlers.writeExport({ id: 'perfetto', path: join(folder, 'a.json') })).toEqual({ ok: true, value: null });
  expect(readdirSync(folder)).toEqual(before);
  clock.mockRestore();
  const { done = 0, total = 0 } = told.at(-1) ?? {};
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(total);
  // The next one is not cancelled with it.
  expect(await player.handlers.writeExport({ id: 'csv', path: join(folder, 'a.csv') })).toMatchObject({
    ok: true,
    value: { bytes: expect.any(Number) as number },
  });
});

test('a recorded run has no facts, and says why', async () => {
  const file = join(folder, 'real.trace');
  writeFileSync(file, gunzipSync(readFileSync(join(import.meta.dirname, '../cli/compare/trace/testdata/recorded/pipes.go119.gz'))));
  const player = new Player(() => undefined);
  expect(await player.handlers.openScenario({ file })).toMatchObject({ ok: true });
  const before = readdirSync(folder);
  const refused = await player.handlers.writeExport({ id: 'facts', path: join(folder, 'a.facts.json') });
  expect(refused).toMatchObject({ ok: false, message: { en: expect.stringContaining('no scenario') as string } });
  expect(readdirSync(folder)).toEqual(before);
});

test('whoever asks for something else meanwhile does not wait for the last line', async () => {
  const { MessageChannel } = await import('node:worker_threads');
  const { port1: ours, port2: parentPort } = new MessageChannel();
  vi.doMock('node:worker_threads', () => ({ parentPort }));
  try {
    writeFileSync(join(folder, 'many.scenario.yaml'), scenario(400));
    // A module that another file has loaded would listen to that file's line.
    vi.resetModules();
    await import('./player-thread');
    const answered: number[] = [];
    ours.on('message', (said: { id?: number }) => {
      if (said.id !== undefined) answered.push(said.id);
    });
    const asks = [
      ['openScenario', { file: join(folder, 'many.scenario.yaml') }],
      ['writeExport', { id: 'csv', path: join(folder, 'a.csv') }],
      ['stateAt', { n: 5 }],
    ] as const;
    for (const [i, [name, ask]] of asks.entries()) ours.postMessage({ id: i, name, ask });
    await expect.poll(() => answered).toEqual([0, 2, 1]);
  } finally {
    vi.doUnmock('node:worker_threads');
    ours.close();
  }
});

test('facts are worked out from a scenario that is run again: of what was recorded there are none, whatever its file says', () => {
  const run = { source: { schedville: 1 }, recorded: { format: 'go 1.22' }, first: {} as never, steps: [] };
  const made = exported('facts', run, () => assets);
  expect(made).toMatchObject({ ok: false, message: inEveryLanguage(({ refusal }) => refusal.factsOfRecorded) });
});
