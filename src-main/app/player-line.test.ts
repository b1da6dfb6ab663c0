import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
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
function lineTo(code: string): PlayerLine {
  const file = join(folder, 'thread.mjs');
  writeFileSync(file, `import { parentPort } from 'node:worker_threads';\nparentPort.on('message', ({ id, name, ask }) => { ${code} });\n`);
  return new PlayerLine(pathToFileURL(file));
}

test.each([
  ['throws', `throw new Error('out of memory');`, 'out of memory'],
  ['ends', 'process.exit(3);', 'status 3'],
  ['refuses', `parentPort.postMessage({ id, failure: 'not now' }); process.nextTick(() => process.exit(0));`, 'not now'],
])('whoever asks a thread that %s is told', async (_, code, said) => {
  const line = lineTo(code);
  const ended = new Promise<void>((resolve) => {
    line.onEnd = resolve;
  });
  const asks = [line.ask('list', null), line.ask('list', null)];
  await expect(asks[0]).rejects.toThrow(said);
  await expect(asks[1]).rejects.toThrow();
  await ended;
});

test('answers find their askers in any order, and tidings pass between', async () => {
  const line = lineTo(`setTimeout(() => { parentPort.postMessage({ progress: { stepsDone: ask.n } }); parentPort.postMessage({ id, reply: ask.n }); if (ask.n === 1) setTimeout(() => process.exit(0), 50); }, 10 * (3 - ask.n));`);
  const told: number[] = [];
  line.onProgress = ({ stepsDone }) => told.push(stepsDone);
  const ended = new Promise<void>((resolve) => {
    line.onEnd = resolve;
  });
  expect(await Promise.all([line.ask('stateAt', { n: 1 }), line.ask('stateAt', { n: 2 })])).toEqual([1, 2]);
  expect(told).toEqual([2, 1]);
  await ended;
});
