/** select. Follows selectgo of runtime/select.go, Go 1.14, and what the compiler makes of a select with fewer than two cases (walk, select.go). */
import type { GId, MId, SelectCase } from '../state';
import { chanRow, chanrecv, chansend, dequeue, hasWaiter, lockOf, nonBlocking, parkOn, setChan } from './chan';
import { panicked } from './panicking';
import { gopark, goready } from './park';
import type { Runtime } from './runtime';
import { type Thread, rows } from './thread';

const SELECTGO = rows('selectgo', {
  pollorder: 'sync',
  recv: 'sudog',
  bufrecv: 'chanbuf',
  rclose: 'sync',
  send: 'sudog',
  bufsend: 'chanbuf',
  sclose: 'test',
  default: 'unlock',
  enqueue: 'sudog',
  'dequeue-others': 'sync',
});
const SELLOCK = rows('sellock', { lock: 'lock' });
const BLOCK = rows('block', { gopark: 'test' });

/** What a case of a select does; the default has none. */
export type Case = Omit<SelectCase, 'case'>;

/**
 * A select: the number of the case that went on, `cases.length` for the default. It waits where there is none. Panics where it sends to a closed
 * channel.
 */
export function* select(rt: Runtime, g: GId, cases: readonly Case[], hasDefault: boolean): Thread<number> {
  const [only, more] = cases;
  if (more !== undefined) return yield* selectgo(rt, g, cases, hasDefault);
  if (only === undefined) {
    if (!hasDefault) yield* block(rt, g);
    return 0;
  }
  if (hasDefault) return (yield* nonBlocking(rt, rt.mOf(g), only.chan, only.dir)) ? 0 : 1;
  yield* only.dir === 'send' ? chansend(rt, g, only.chan) : chanrecv(rt, g, only.chan);
  return 0;
}

/** Go 1.14, runtime/select.go, block: nobody will ever wake it. */
function* block(rt: Runtime, g: GId): Thread {
  yield BLOCK.gopark;
  for (;;) yield* gopark(rt, g, 'select (no cases)', 'GoStop', () => true);
}

function* selectgo(rt: Runtime, g: GId, cases: readonly Case[], hasDefault: boolean): Thread<number> {
  yield SELECTGO.pollorder;
  const pollorder = shuffled(rt, cases.length);
  const channels = [...new Set(cases.map(({ chan }) => chan))].sort();
  yield* sellock(rt, rt.mOf(g), channels);
  for (;;) {
    const won = yield* look(rt, rt.mOf(g), cases, pollorder, channels);
    if (won !== null) return won;
    if (hasDefault) {
      yield SELECTGO.default;
      selunlock(rt, rt.mOf(g), channels);
      return cases.length;
    }
    yield SELECTGO.enqueue;
    const selecting = channels.flatMap((chan) => cases.flatMap((each, i) => (each.chan === chan ? [{ case: i, ...each }] : [])));
    for (const { chan, dir } of selecting) {
      const queue = dir === 'recv' ? 'recvq' : 'sendq';
      setChan(rt, chan, queue, [...chanRow(rt, chan)[queue], g]);
    }
    rt.to.g(g, 'selecting', selecting);
    rt.to.g(g, 'selectDone', 0);
    rt.to.g(g, 'selected', -1);
    yield* parkOn(rt, g, channels, 'select', 'GoBlockSelect');
    yield* sellock(rt, rt.mOf(g), channels);
    yield SELECTGO['dequeue-others'];
    const { selected = -1 } = rt.G(g);
    rt.to.g(g, 'selectDone', 0);
    rt.to.g(g, 'selecting', []);
    rt.to.g(g, 'param', null);
    for (const { chan, dir } of selecting) leave(rt, g, chan, dir);
    if (selected >= 0) {
      selunlock(rt, rt.mOf(g), channels);
      return selected;
    }
    // close has woken it: the next look finds out which channel that was.
  }
}

/** Takes g off a channel's queue. Part of the step under way. */
function leave(rt: Runtime, g: GId, chan: string, dir: Case['dir']): void {
  const queue = dir === 'recv' ? 'recvq' : 'sendq';
  setChan(
    rt,
    chan,
    queue,
    chanRow(rt, chan)[queue].filter((waiter) => waiter !== g),
  );
}

/** Pass 1: the first case in the polling order that can go on; null: none can, and all locks are still held. */
function* look(
  rt: Runtime,
  m: MId,
  cases: readonly Case[],
  pollorder: readonly number[],
  channels: readonly string[],
): Thread<number | null> {
  for (const i of pollorder) {
    const { chan, dir } = cases[i] as Case;
    const { closed, count, cap } = chanRow(rt, chan);
    const queue = dir === 'recv' ? 'sendq' : 'recvq';
    if (dir === 'send' && closed) {
      yield SELECTGO.sclose;
      selunlock(rt, m, channels);
      panicked('send on closed channel');
    }
    if (hasWaiter(rt, chan, queue)) {
      yield dir === 'recv' ? SELECTGO.recv : SELECTGO.send;
      const other = dequeue(rt, chan, queue);
      if (other !== null) {
        rt.to.g(other, 'param', 'sudog');
        selunlock(rt, m, channels);
        yield* goready(rt, m, other);
        return i;
      }
    }
    if (dir === 'recv' ? count > 0 : count < cap) {
      yield dir === 'recv' ? SELECTGO.bufrecv : SELECTGO.bufsend;
      setChan(rt, chan, 'count', dir === 'recv' ? count - 1 : count + 1);
      selunlock(rt, m, channels);
      return i;
    }
    if (dir === 'recv' && closed) {
      yield SELECTGO.rclose;
      selunlock(rt, m, channels);
      return i;
    }
  }
  return null;
}

/** All channels' locks, always in the same order: two selects cannot wait for each other. Go sorts by address. */
function* sellock(rt: Runtime, m: MId, channels: readonly string[]): Thread {
  for (const name of channels) yield* rt.lock(m, lockOf(name), SELLOCK.lock);
}

function selunlock(rt: Runtime, m: MId, channels: readonly string[]): void {
  for (const name of [...channels].reverse()) rt.unlock(m, lockOf(name));
}

/** Go: pollorder, a permutation by fastrandn. */
function shuffled(rt: Runtime, count: number): number[] {
  const order = [0];
  for (let i = 1; i < count; i++) {
    const j = Math.floor((rt.random.next() * (i + 1)) / 2 ** 32);
    order[i] = order[j] ?? 0;
    order[j] = i;
  }
  return order;
}
