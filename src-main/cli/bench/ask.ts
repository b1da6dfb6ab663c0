/** What questions to a run cost: its list of events, and what it costs a run that somebody may ask what the model has read. */
import { KeptRun } from '../../app/kept-run';
import { EventPages, type EventsAsk } from '../../ask/events/pages';
import { EVENT_GROUPS } from '../../ask/events/groups';
import { Simulation } from '../../model/run/simulate';
import { WatchedRun } from '../../model/run/watched-run';
import { busy, listings, MANY, scenarioOf, tookMs } from './runs';
import { type BenchRow, type Measured, ratios } from './table';

const WATCHED_STEPS = 100_000;
const ROUNDS = 5;
const MIB = 2 ** 20;

/** The same run before and after a watched run in this process: watching must not slow down the compiled code of later runs. */
function notAsked(): Measured {
  const scenario = scenarioOf(busy(20, WATCHED_STEPS));
  const plain = (): number => tookMs(() => new Simulation(scenario, listings).run(WATCHED_STEPS));
  for (let i = 0; i < 3; i++) plain();
  const before = Array.from({ length: ROUNDS }, plain);
  const asked = tookMs(() => WatchedRun.of(scenario, listings, new Set([WATCHED_STEPS])).run(WATCHED_STEPS));
  const after = Array.from({ length: ROUNDS }, plain);
  const pairs = after.map((a, i) => ({ a, b: before[i] ?? NaN }));
  return { figures: ratios(pairs), detail: `${WATCHED_STEPS} steps; to ask what was read took ${asked.toFixed(0)} ms` };
}

interface Listed {
  run: KeptRun;
  runMs: number;
  pages: EventPages;
  indexMs: number;
  bytes: number;
  total: number;
}

let made: Listed | null = null;

const ASK: EventsAsk = { groups: EVENT_GROUPS, of: null, match: null, horizon: null, n: MANY, from: null, count: 160 };

/** A million steps with all their events, made once for all rows. */
async function listed(): Promise<Listed> {
  if (made) return made;
  const began = performance.now();
  const run = await KeptRun.compute(
    scenarioOf(busy(20, MANY)),
    listings,
    [],
    () => undefined,
    () => false,
  );
  const runMs = performance.now() - began;
  const pages = new EventPages({ first: run.opened.first, stepCount: run.opened.stepCount, step: (n) => run.stepOf(n) });
  globalThis.gc?.();
  const heap = process.memoryUsage();
  let total = 0;
  const indexMs = tookMs(() => {
    for (let isComplete = false; !isComplete;) ({ isComplete, total } = pages.look(ASK));
  });
  globalThis.gc?.();
  const now = process.memoryUsage();
  made = { run, runMs, pages, indexMs, total, bytes: now.arrayBuffers - heap.arrayBuffers };
  return made;
}

async function indexing(): Promise<Measured> {
  const { runMs, indexMs, total, bytes } = await listed();
  return {
    figures: [indexMs / runMs],
    detail: `${MANY} steps, ${total} events, ${indexMs.toFixed(0)} ms, ${(bytes / MIB).toFixed(0)} MiB`,
  };
}

/** The slowest answer while a person scrolls through the list and filters it. */
async function looking(): Promise<Measured> {
  const { pages, total } = await listed();
  const scrolled = Array.from({ length: 40 }, (_, i) => tookMs(() => pages.look({ ...ASK, from: Math.floor((i * total) / 40) })));
  const narrowed = [
    { ...ASK, groups: ['syscall'] as const },
    { ...ASK, of: 'G7' as const },
    { ...ASK, match: { types: [], ids: ['G3' as const], text: 'getpid' } },
  ].map((ask) => tookMs(() => pages.look(ask)));
  const worst = Math.max(...scrolled, ...narrowed);
  return {
    figures: [worst],
    detail: `${total} events; a page at most ${Math.max(...scrolled).toFixed(1)} ms, another filter at most ${Math.max(...narrowed).toFixed(1)} ms`,
  };
}

export const ASK_ROWS: readonly BenchRow[] = [
  {
    name: 'ask: a run of which nobody asks what it has read',
    figure: 'a run after somebody has asked / before anybody has',
    limit: 1.15,
    kind: 'ratio',
    why: 'watching costs nothing unless somebody asks: the code of a run has nothing in it for that',
    measure: notAsked,
  },
  {
    name: 'ask: events of a million steps',
    figure: 'making the list of all events / making the run',
    limit: 1.5,
    kind: 'ratio',
    why: 'the list, which comes in pieces, takes about as long as the run itself (1.0 as measured)',
    measure: indexing,
  },
  {
    name: 'ask: the list of events',
    figure: 'the slowest page of it, or the slowest other filter',
    limit: 100,
    kind: 'ms',
    why: 'who scrolls or types sees the answer at once',
    measure: looking,
  },
];
