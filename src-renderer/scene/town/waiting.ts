/** The crèche by what its children wait for: a channel, a lock, a time, a letter. Pure. */
import type { GId, GRow, Holders, State } from '../../../src-main/contract/index';
import type { Young } from './persons';

/** A drawing for each kind of thing that is waited for. */
export type ThingKind = 'sleep' | 'channel' | 'lock' | 'group' | 'post' | 'select' | 'other';

export interface Group {
  /** Of the thing: `chan c`, `lock mu`; of several things of a kind, the kind. Go's own words. */
  id: string;
  kind: ThingKind;
  label: string;
  count: number;
  first: readonly Young[];
  /** Of a lock: who has it. */
  holder: Young | null;
}

export interface Waiting {
  count: number;
  /** The largest first. */
  groups: readonly Group[];
  /** The first of all, in the order of their numbers. */
  first: readonly Alone[];
}

/** Somebody who waits, and for what; of a lock: who has it. */
interface Alone extends Young {
  label: string;
  holder: Young | null;
}

const FIRST = 6;

/** Reasons in Go's words (waitReason in runtime2.go) that are of no thing with a name. */
const KINDS: readonly [RegExp, ThingKind, string][] = [
  [/^sleep/, 'sleep', 'sleep'],
  [/^IO wait/, 'post', 'fd'],
  [/^select/, 'select', 'select'],
  [/^chan/, 'channel', 'chan'],
  [/^semacquire|^sync/, 'lock', 'lock'],
  // What Go itself keeps for its collector and the like, in sentences that no pen is wide enough for.
  [/\bGC\b|^force gc/, 'other', 'GC'],
  [/^system goroutine/, 'other', 'system'],
];

/** `held`: who has which mutex. */
export function waitingBy(state: State, young: (id: GId) => Young, held: Holders = {}): Waiting {
  const things = thingsOf(state);
  const groups = new Map<string, { id: string; kind: ThingKind; label: string; count: number; members: GId[]; holder: GId | null }>();
  const first: Alone[] = [];
  let count = 0;
  // Not as a list of pairs: every step goes through all of them.
  for (const id in state.G) {
    const g = id as GId;
    const row = state.G[g] as GRow;
    if (row.status !== '_Gwaiting') continue;
    count++;
    const { kind, label, mutex } = things.get(g) ?? reasonOf(row);
    const holder = held[mutex ?? ''] ?? null;
    let group = groups.get(label);
    if (!group) groups.set(label, (group = { id: label, kind, label, holder, count: 0, members: [] }));
    group.count++;
    if (group.members.length < FIRST) group.members.push(g);
    if (first.length < FIRST) first.push({ ...young(g), label, holder: holder === null ? null : young(holder) });
  }
  return {
    count,
    groups: [...groups.values()]
      .sort((a, b) => b.count - a.count)
      .map(({ members, holder, ...group }) => ({ ...group, first: members.map(young), holder: holder === null ? null : young(holder) })),
    first,
  };
}

interface Thing {
  kind: ThingKind;
  label: string;
  /** Of a sync.Mutex: its name in the state. */
  mutex?: string;
}

function reasonOf({ waitreason }: GRow): Thing {
  const known = KINDS.find(([pattern]) => pattern.test(waitreason));
  // A recording does not say it of those who have waited since before it began.
  return known ? { kind: known[1], label: known[2] } : { kind: 'other', label: waitreason === '' ? '?' : waitreason };
}

/** What each waiting goroutine waits for, as short as the thing's name allows: `chan receive done`, `lock mu`; Go's reason where it has none. */
export function reasonsIn(state: State): (g: GId, row: Pick<GRow, 'status' | 'waitreason'>) => string {
  const things = thingsOf(state);
  return (g, { status, waitreason }) => {
    if (status !== '_Gwaiting') return '';
    const thing = things.get(g);
    if (!thing) return waitreason;
    // Of a channel Go's words say which end.
    return thing.kind === 'channel' ? `${waitreason} ${thing.label.slice('chan '.length)}` : thing.label;
  };
}

/** Of everybody in the queue of a thing that has a name: which. */
export function thingsOf(state: State): Map<GId, Thing> {
  const found = new Map<GId, Thing>();
  const put = (queue: readonly GId[], kind: ThingKind, label: string, mutex?: string): void => {
    const thing = mutex === undefined ? { kind, label } : { kind, label, mutex };
    for (const g of queue) found.set(g, found.has(g) ? { kind: 'select', label: 'select' } : thing);
  };
  for (const [name, { recvq, sendq }] of Object.entries(state.chan)) {
    put(recvq, 'channel', `chan ${name}`);
    put(sendq, 'channel', `chan ${name}`);
  }
  for (const [name, { queue }] of Object.entries(state.mutex)) put(queue, 'lock', `lock ${name}`, name);
  for (const [name, { queue }] of Object.entries(state.waitgroup)) put(queue, 'group', `wg ${name}`);
  for (const [name, { readerSem, writerSem }] of Object.entries(state.rwmutex ?? {})) {
    put(readerSem.queue, 'lock', `rlock ${name}`);
    put(writerSem.queue, 'lock', `lock ${name}`);
  }
  for (const [name, { queue }] of Object.entries(state.cond ?? {}))
    put(
      queue.map(({ g }) => g),
      'other',
      `cond ${name}`,
    );
  return found;
}
