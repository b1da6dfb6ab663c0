import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ResourceLimits, Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PlayerLine } from './player-line';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-line-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A thread that does `code` for each message. */
function lineTo(code: string, limits?: ResourceLimits): PlayerLine {
  const file = join(folder, 'thread.mjs');
  writeFileSync(file, `import { parentPort } from 'node:worker_threads';\nparentPort.on('message', ({ id, name, ask }) => { ${code} });\n`);
  return new PlayerLine(pathToFileURL(file), limits);
}

test.each([
  ['throws', `throw new Error('out of memory');`, 'out of memory'],
  ['ends', 'process.exit(3);', 'status 3'],
  [
    'refuses',
    `parentPort.postMessage({ id, failure: { zh: '不行', en: 'not now' } }); process.nextTick(() => process.exit(0));`,
    'not now',
  ],
])('whoever asks a thread that %s is told', async (_, code, said) => {
  const line = lineTo(code);
  const ended = new Promise<Error>((resolve) => {
    line.onEnd = resolve;
  });
  const asks = [line.ask('list', null), line.ask('list', null)];
  await expect(asks[0]).rejects.toThrow(said);
  await expect(asks[1]).rejects.toThrow();
  await ended;
});

test('answers find their askers in any order, and tidings pass between', async () => {
  const line = lineTo(
    `setTimeout(() => { parentPort.postMessage({ progress: { stepsDone: ask.n } }); parentPort.postMessage({ id, reply: ask.n }); if (ask.n === 1) setTimeout(() => process.exit(0), 50); }, 10 * (3 - ask.n));`,
  );
  const told: number[] = [];
  line.onProgress = ({ stepsDone }) => told.push(stepsDone);
  const ended = new Promise<Error>((resolve) => {
    line.onEnd = resolve;
  });
  expect(await Promise.all([line.ask('stateAt', { n: 1 }), line.ask('stateAt', { n: 2 })])).toEqual([1, 2]);
  expect(told).toEqual([2, 1]);
  await ended;
});

test('a thread that wants all memory ends alone, and says why once', async () => {
  const exited = new Promise((resolve) => {
    process.once('worker', (worker: Worker) => worker.once('exit', resolve));
  });
  const line = lineTo(`const all = []; for (;;) all.push(new Array(1000).fill(id + all.length));`, {
    maxOldGenerationSizeMb: 32,
    maxYoungGenerationSizeMb: 8,
  });
  const ends: string[] = [];
  line.onEnd = ({ message }) => ends.push(message);
  await expect(line.ask('list', null)).rejects.toThrow('out of memory: this run is too large');
  await exited;
  expect(ends).toEqual(['out of memory: this run is too large']);
});
