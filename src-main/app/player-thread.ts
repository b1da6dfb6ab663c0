/** The thread on which the player lives: the window and the main process never wait for a run to be computed. */
import { parentPort } from 'node:worker_threads';
import type { LaneRows } from '../ask/lanes';
import type { FoundSteps, Tried } from '../contract/requests';
import type { SentLine } from '../ask/timeline';
import type { StepSlice } from '../model/trace/step-slice';
import { Player } from './player';
import type { PlayerAsk, PlayerAsks } from './player-asks';
import { Refusal, refusalOf, refuse } from './refusal';

const port = parentPort;
if (!port) throw new Error('the player runs on a thread of its own only');

const player = new Player(
  (progress) => {
    port.postMessage({ progress });
  },
  (written) => {
    port.postMessage({ written });
  },
);

const arraysOf = (object: object): ArrayBufferView[] => Object.values(object).filter((each) => ArrayBuffer.isView(each));

const arraysOfSteps = (steps: StepSlice | null): ArrayBufferView[] => (steps ? [...arraysOf(steps), ...steps.logs] : []);

/** Typed arrays that were made for the window alone are handed over instead of copied. */
function handedOver<N extends PlayerAsk>(name: N, reply: PlayerAsks[N]['reply']): ArrayBuffer[] {
  const value = reply !== null && 'ok' in reply && reply.ok ? reply.value : null;
  const arrays =
    value === null
      ? []
      : name === 'runLine'
        ? [...arraysOf(value as SentLine), ...arraysOf((value as SentLine).folds)]
        : name === 'lanes'
          ? arraysOf(value)
          : name === 'find'
            ? [(value as FoundSteps).hits]
            : name === 'laneRows'
              ? Object.values(value as LaneRows).flatMap(arraysOf)
              : name === 'readSteps'
                ? arraysOfSteps(value as StepSlice)
                : name === 'tryScenario'
                  ? arraysOfSteps((value as Tried).steps)
                  : [];
  return arrays.map(({ buffer }) => buffer as ArrayBuffer);
}

/** These are not queued. */
const AT_ONCE: ReadonlySet<PlayerAsk> = new Set<PlayerAsk>(['cancel', 'cancelExports']);
/** These start in their turn, on the run that is open then, but the queue does not wait for their end. */
const BESIDE: ReadonlySet<PlayerAsk> = new Set<PlayerAsk>(['writeExport', 'lanes', 'runLine', 'checkLesson']);

/** Whoever opens something else does not want what he has asked to open before, and nobody waits until that has been computed. */
const OPENINGS: ReadonlySet<PlayerAsk> = new Set<PlayerAsk>(['openLesson', 'openScenario']);
/** What is given up for it when it is under way: a run that is being computed to be shown. */
const GIVEN_UP: ReadonlySet<PlayerAsk> = new Set<PlayerAsk>([...OPENINGS, 'chooseRun', 'tryScenario', 'compareRuns', 'compareWith']);
let newestOpening = 0;
let underWay: PlayerAsk | null = null;

/** One ask after the other: what is read always belongs to what was opened last. Only a cancellation overtakes. */
let queue: Promise<unknown> = Promise.resolve();

port.on('message', (heard: { id: number; name: PlayerAsk; ask: unknown } | { isAlive: true }) => {
  if ('isAlive' in heard) {
    port.postMessage(heard);
    return;
  }
  const { id, name, ask } = heard;
  if (OPENINGS.has(name)) {
    newestOpening = id;
    if (underWay !== null && GIVEN_UP.has(underWay)) void player.handlers.cancel(null);
  }
  // The two ends of the line are typed by the same table.
  const handler = player.handlers[name] as (ask: unknown) => PlayerAsks[PlayerAsk]['reply'];
  const answered = (AT_ONCE.has(name) ? Promise.resolve() : queue)
    .then(() => {
      if (OPENINGS.has(name) && id !== newestOpening) return refuse((words) => words.cancelled);
      if (!AT_ONCE.has(name)) underWay = name;
      return handler(ask);
    })
    .then(
      (reply) => {
        port.postMessage({ id, reply }, handedOver(name, reply));
      },
      (error: unknown) => {
        if (!(error instanceof Refusal)) console.error(`player, ${name}:`, error);
        port.postMessage({ id, failure: refusalOf(error).message });
      },
    );
  if (!AT_ONCE.has(name) && !BESIDE.has(name)) queue = answered;
});
