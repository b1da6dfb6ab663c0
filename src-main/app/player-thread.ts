/** The thread on which the player lives: the window and the main process never wait for a run to be computed. */
import { parentPort } from 'node:worker_threads';
import { Player, type PlayerAsk } from './player';
import { Refusal, refusalOf } from './refusal';

const port = parentPort;
if (!port) throw new Error('the player runs on a thread of its own only');

const player = new Player((progress) => {
  port.postMessage({ progress });
});

/** One ask after the other: what is read always belongs to what was opened last. Only a cancellation overtakes. */
let queue: Promise<unknown> = Promise.resolve();

port.on('message', ({ id, name, ask }: { id: number; name: PlayerAsk; ask: unknown }) => {
  // The two ends of the line are typed by the same table.
  const handler = player.handlers[name] as (ask: unknown) => unknown;
  const answered = (name === 'cancel' ? Promise.resolve() : queue)
    .then(() => handler(ask))
    .then(
      (reply) => {
        port.postMessage({ id, reply });
      },
      (error: unknown) => {
        if (!(error instanceof Refusal)) console.error(`player, ${name}:`, error);
        port.postMessage({ id, failure: refusalOf(error).message });
      },
    );
  if (name !== 'cancel') queue = answered;
});
