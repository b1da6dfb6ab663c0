/** The player's thread, with its end of the line played. */
import { MessageChannel } from 'node:worker_threads';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.doUnmock('node:worker_threads');
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
