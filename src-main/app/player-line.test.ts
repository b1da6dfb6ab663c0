import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ResourceLimits, Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Ended, PlayerLine } from './player-line';
import { ThreadWatch, type WatchLimits } from './thread-watch';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-line-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A thread that does `code` for each message. */
function lineTo(code: string, limits?: ResourceLimits, watch?: WatchLimits): PlayerLine {
  const file = join(folder, 'thread.mjs');
  writeFileSync(file, `import { parentPort } from 'node:worker_threads';\nparentPort.on('message', ({ id, name, ask }) => { ${code} });\n`);
  return new PlayerLine(pathToFileURL(file), limits, watch);
}

/** When the next thread that is started ends. */
const nextThreadEnds = (): Promise<unknown> =>
  new Promise((resolve) => {
    process.once('worker', (worker: Worker) => worker.once('exit', resolve));
  });

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
    `const tell = () => { parentPort.postMessage({ progress: { stepsDone: ask.n } }); parentPort.postMessage({ id, reply: ask.n }); };
     if (ask.n === 1) globalThis.first = tell;
     else { tell(); globalThis.first(); parentPort.close(); }`,
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

/** Ticks of a test's own, and no patience. */
const SHORT: WatchLimits = { tickMs: 5, patienceMs: 200, cancelMs: 20, growthMb: 4_096 };
const HANGS = `if (name === 'stateAt') for (;;); parentPort.postMessage({ id, reply: 1 });`;

test('a thread that hangs is ended: after a while by itself, and everybody is told', async () => {
  const exited = nextThreadEnds();
  const line = lineTo(HANGS, undefined, SHORT);
  const asks = [line.ask('stateAt', { n: 1 }), line.ask('list', null)];
  await expect(asks[0]).rejects.toThrow('No answer for 0 s');
  await expect(asks[1]).rejects.toThrow(Ended);
  await exited;
});

test('… and soon when it is cancelled', async () => {
  const line = lineTo(HANGS, undefined, { ...SHORT, patienceMs: 1e9 });
  const asked = line.ask('stateAt', { n: 1 });
  const cancelled = line.ask('cancel', null);
  await expect(asked).rejects.toThrow('Cancelled. The computation did not hear it');
  expect(await cancelled).toBeNull();
});

test('one that works for long but gives signs of life goes on, also when something was cancelled', async () => {
  // On a clock of its own: a busy machine may keep a sign of life waiting for longer than any patience.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const heard = vi.spyOn(ThreadWatch.prototype, 'heard');
  try {
    const line = lineTo(
      `if (name === 'cancel') parentPort.postMessage({ id, reply: null });
       else if (name === 'stateAt') globalThis.asked = id;
       else if (name === 'list') { parentPort.postMessage({ id: globalThis.asked, reply: 2 }); parentPort.postMessage({ id, reply: 3 }); }
       else if (id === undefined) parentPort.postMessage({ isAlive: true });`,
      undefined,
      SHORT,
    );
    const asked = line.ask('stateAt', { n: 1 });
    expect(await line.ask('cancel', null)).toBeNull();
    for (let i = 0; i < 4; i++) {
      const before = heard.mock.calls.length;
      vi.advanceTimersByTime(0.9 * SHORT.patienceMs);
      while (heard.mock.calls.length === before) await new Promise(setImmediate);
    }
    expect(await Promise.all([asked, line.ask('list', null)])).toEqual([2, 3]);
    line.close();
  } finally {
    heard.mockRestore();
    vi.useRealTimers();
  }
});

test('one that gives none is ended when its patience is over, and not before', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const line = lineTo(HANGS, undefined, SHORT);
    const ended = vi.fn();
    line.onEnd = ended;
    const asked = line.ask('stateAt', { n: 1 });
    vi.advanceTimersByTime(SHORT.patienceMs);
    expect(ended).not.toHaveBeenCalled();
    vi.advanceTimersByTime(SHORT.tickMs);
    expect(ended).toHaveBeenCalledTimes(1);
    await expect(asked).rejects.toThrow('No answer');
  } finally {
    vi.useRealTimers();
  }
});

test('buffers, which no limit of V8 holds, are held, too', async () => {
  const line = lineTo(`const all = []; for (;;) if (all.length < 300) all.push(new Uint8Array(1 << 20).fill(1));`, undefined, {
    ...SHORT,
    patienceMs: 1e9,
    growthMb: 100,
  });
  await expect(line.ask('list', null)).rejects.toThrow('out of memory: this run is too large');
});

test('a thread that wants all memory ends alone, and says why once', async () => {
  const exited = nextThreadEnds();
  // Where the limit of V8's does not hold (Node 24), the watch does.
  const line = lineTo(
    `const all = []; for (;;) if (all.length < 50_000) all.push(new Array(1000).fill(id + all.length));`,
    { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 8 },
    { ...SHORT, patienceMs: 1e9, growthMb: 100 },
  );
  const ends: string[] = [];
  line.onEnd = ({ message }) => ends.push(message);
  await expect(line.ask('list', null)).rejects.toThrow('out of memory: this run is too large');
  await exited;
  expect(ends).toEqual(['out of memory: this run is too large']);
});
