/** A trace of Go 1.22 or later, generation by generation: no more of the file than one of them is held. */
import { BadTrace } from '../bad-trace';
import type { ByteSource } from '../byte-source';
import { type Beginning, type CallPath, CallPaths, NO_PATH, type Told, type ToldTrace } from '../told';
import { Frontier, ThreadCursor } from './frontier';
import { type Generation, GenerationReader } from './generation';
import { addStatus, type Names, Order } from './order';

/** `source` stands behind the file's head. Throws BadTrace when not even the first generation can be read. */
export function readV2(source: ByteSource, minor: number): ToldTrace {
  const reader = new GenerationReader(source, minor);
  const first = reader.next();
  if (!first) throw BadTrace.cut(source.offset);
  const beginning = beginningOf(first);
  const now = { frontier: new Frontier() };
  return {
    version: `1.${minor}`,
    beginning,
    events: events(reader, first, beginning.t, now),
    shares: null,
    ahead: () => now.frontier.left,
  };
}

function namesOf({ strings, stacks }: Generation, paths: CallPaths): Names {
  const string = (id: number): string => strings.get(id) ?? '';
  const made = new Map<number, CallPath>();
  const stack = (id: number): CallPath => {
    if (id === 0) return NO_PATH;
    let path = made.get(id);
    if (!path) made.set(id, (path = paths.of(stacks.get(id) ?? [], string)));
    return path;
  };
  return { string, stack };
}

function beginningOf(first: Generation): Beginning {
  const beginning: Beginning = { t: Infinity, P: new Map(), G: new Map() };
  const { stack } = namesOf(first, new CallPaths());
  for (const [m, batches] of first.threads) {
    const cursor = new ThreadCursor(m, batches, first.nsPerTick);
    while (cursor.next()) {
      beginning.t = Math.min(beginning.t, cursor.event.t);
      addStatus(beginning, cursor.event, m, stack);
    }
  }
  if (beginning.t === Infinity) beginning.t = 0;
  // Not as threads happen to come in the file: the first house is the first one.
  beginning.P = new Map([...beginning.P].sort(([a], [b]) => a - b));
  return beginning;
}

/** `now`: where the events of the generation that is told come from. */
function* events(reader: GenerationReader, first: Generation, began: number, now: { frontier: Frontier }): Generator<Told, void> {
  const order = new Order(began);
  const paths = new CallPaths();
  for (let generation: Generation | null = first; generation; generation = reader.next()) {
    order.begin(generation.number, namesOf(generation, paths));
    const frontier = new Frontier();
    now.frontier = frontier;
    for (const [m, batches] of generation.threads) frontier.add(new ThreadCursor(m, batches, generation.nsPerTick));
    let told: readonly Told[] | null = null;
    while (!frontier.isEmpty) {
      const isTaken = frontier.take((event, m) => (told = order.advance(event, m)) !== null);
      if (!isTaken) throw BadTrace.stuck(frontier.earliest - began);
      if (told) yield* told as readonly Told[];
    }
  }
}
