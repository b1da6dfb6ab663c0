/** Queues and lists: who may stand where. */
import { RUNQ_SLOTS } from '../go-constants';
import type { GId } from '../state';
import { first, law, type Law } from './law';
import type { Seen } from './moment';

/** How often each G is in a structure of the scheduler: ring, runnext, global queue. */
export function queuedCounts(state: Seen<'sched.runq' | 'P.runq' | 'P.runnext'>): Map<GId, number> {
  const counts = new Map<GId, number>();
  const add = (g: GId): void => {
    counts.set(g, (counts.get(g) ?? 0) + 1);
  };
  state.sched.runq.forEach(add);
  for (const p of Object.values(state.P)) {
    p.runq.forEach(add);
    if (p.runnext !== null) add(p.runnext);
  }
  return counts;
}

export const QUEUES: readonly Law[] = [
  law({
    number: 18,
    name: 'each G is in one place, and whatever is queued can run',
    reads: ['G.status', 'G.m', 'P.runq', 'P.runnext', 'M.ong0', 'M.parked', 'M.park', 'M.dead', 'sched.runq'],
    outsideLock: false,
    broken: ({ state, gs, ms }) => {
      const queued = queuedCounts(state);
      for (const [g, n] of queued) {
        if (n > 1) return `${g} is queued ${n} times`;
        if (state.G[g]?.status !== '_Grunnable') return `${g} is queued as ${String(state.G[g]?.status)}`;
      }
      const inHand = gs.filter(([g, row]) => row.status === '_Grunnable' && row.m === null && !queued.has(g)).length;
      // In the hand of an M between two places, up to a batch of 129 where a ring overflows.
      const hands = ms.filter(([, row]) => row.ong0 && (!row.parked || row.park === 1) && !row.dead).length;
      return inHand <= hands * (RUNQ_SLOTS / 2 + 1) ? null : `${inHand} runnable goroutines are nowhere`;
    },
  }),
  law({
    number: 19,
    name: 'a ring holds at most 256',
    reads: ['P.runq'],
    outsideLock: false,
    broken: ({ ps }) => first(ps, (p, row) => (row.runq.length > RUNQ_SLOTS ? `${p}.runq holds ${row.runq.length}` : false)),
  }),
  law({
    // The lengths are the lists' own here; what is left of the law is that a list has no duplicates and no members that do not exist.
    number: 20,
    name: 'the scheduler’s lists hold everybody once',
    reads: ['G', 'M', 'P', 'sched.runq', 'sched.midle', 'sched.pidle'],
    outsideLock: true,
    broken: ({ state }) => {
      const { runq, midle, pidle } = state.sched;
      const lists: [string, readonly string[], object][] = [
        ['sched.runq', runq, state.G],
        ['midle', midle, state.M],
        ['pidle', pidle, state.P],
      ];
      for (const [name, list, table] of lists) {
        if (new Set(list).size !== list.length) return `${name} holds somebody twice: ${list.join(' ')}`;
        const stranger = list.find((id) => !Object.hasOwn(table, id));
        if (stranger !== undefined) return `${name} holds ${stranger}, which does not exist`;
      }
      return null;
    },
  }),
  law({
    number: 40,
    name: 'the helper is asleep while sysmon may call it',
    reads: ['sched.forcegc', 'G.status', 'G.waitreason', 'G.m'],
    outsideLock: false,
    broken: ({ state, last }) => {
      const { forcegc } = state.sched;
      if (!forcegc || forcegc.idle === 0) return null;
      const row = state.G[forcegc.g];
      // From the store to the park it holds forcegc.lock, for which sysmon waits.
      const isParking = forcegc.lock !== null && row?.m != null && last.get(row.m) !== undefined;
      return isParking || (row?.status === '_Gwaiting' && row.waitreason === 'force gc (idle)')
        ? null
        : `forcegc.idle is 1, but ${forcegc.g} is ${String(row?.status)} (${String(row?.waitreason)})`;
    },
  }),
  law({
    number: 41,
    name: 'who stands in a pollDesc waits for the poller, and in one place only',
    reads: ['sched.netpoll', 'G.status', 'G.waitreason'],
    outsideLock: false,
    broken: ({ state }) => {
      const seen = new Set<GId>();
      for (const [pd, { rg, wg }] of Object.entries(state.sched.netpoll?.pd ?? {})) {
        for (const waiter of [rg, wg]) {
          if (waiter === null || waiter === 'pdReady' || waiter === 'pdWait') continue;
          const row = state.G[waiter];
          if (row?.status !== '_Gwaiting' || row.waitreason !== 'IO wait')
            return `${waiter} stands in ${pd}, but is ${String(row?.status)} (${String(row?.waitreason)})`;
          if (seen.has(waiter)) return `${waiter} waits in ${pd} and elsewhere`;
          seen.add(waiter);
        }
      }
      return null;
    },
  }),
];
