/** The player's thread, with its end of the line played. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { WORDS } from '../../assets/words/index';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.doUnmock('node:worker_threads');
});

const LONG =
  'schedville: 1\nkind: scenario\nid: long\ntitle: { zh: 长, en: long }\nlimits: { time: 1000s, steps: 1000000000 }\ngoroutines:\n  main:\n    - repeat: { times: TIMES, do: [gosched] }\n';

test('whoever opens something else does not wait until what he asked for before has been computed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'schedville-thread-'));
  const [long, short] = ['1000000000', '3'].map((times) => {
    const file = join(folder, `${times}.scenario.yaml`);
    writeFileSync(file, LONG.replace('TIMES', times));
    return file;
  });
  const { port1: ours, port2: parentPort } = new MessageChannel();
  vi.doMock('node:worker_threads', () => ({ parentPort }));
  vi.resetModules();
  await import('./player-thread');
  const heard = new Map<number, unknown>();
  let progress = 0;
  ours.on('message', (said: { id?: number; reply?: unknown }) => {
    if (said.id === undefined) progress++;
    else heard.set(said.id, said.reply);
  });
  const open = (id: number, file = long): void => {
    ours.postMessage({ id, name: 'openScenario', ask: { file } });
  };
  open(1);
  // It is being computed: two million steps, which is some seconds.
  await expect.poll(() => progress).toBeGreaterThan(0);
  open(2);
  open(3);
  open(4, short);
  await expect.poll(() => heard.size).toBe(4);
  for (const id of [1, 2, 3]) expect(heard.get(id)).toMatchObject({ ok: false, message: { en: WORDS.en.refusal.cancelled } });
  expect(heard.get(4)).toMatchObject({ ok: true, value: { runs: [{ name: 'run' }] } });
  ours.close();
  rmSync(folder, { recursive: true });
});

test('it says that it lives when it is asked, and answers what is asked', async () => {
  const { port1: ours, port2: parentPort } = new MessageChannel();
  vi.doMock('node:worker_threads', () => ({ parentPort }));
  // A module that another file has loaded would listen to that file's line.
  vi.resetModules();
  await import('./player-thread');
  const heard: unknown[] = [];
  ours.on('message', (said: unknown) => heard.push(said));
  ours.postMessage({ isAlive: true });
  ours.postMessage({ id: 1, name: 'cancel', ask: null });
  await expect.poll(() => heard).toEqual([{ isAlive: true }, { id: 1, reply: null }]);
  ours.close();
});
