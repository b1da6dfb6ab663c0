/** Who holds, waits for and remembers whom: the references between the rows of a state, around some of them. Pure. */
import type { CondRow, GId, MId, PId, SemaRow, State } from '../../src-main/contract/index';

/** What a reference says. By these names the words say it. */
export type Relation =
  | 'owns'
  | 'runs'
  | 'getsNext'
  | 'remembers'
  | 'mcache'
  | 'locked'
  | 'runsNext'
  | 'queued'
  | 'queuedGlobally'
  | 'idle'
  | 'holdsLock'
  | 'waits'
  | 'receives'
  | 'sends'
  | 'timer'
  | 'saw'
  | 'isRunBy'
  | 'polls'
  | 'awaits'
  | 'sleepsOn'
  | 'opens'
  | 'stopsWorld'
  | 'usesMutex';

/** How it is drawn: what is held by a whole line, what is waited for by a dashed one, what is only noted by a dotted one. */
export type RelationKind = 'holds' | 'waits' | 'remembers';

export const KIND_OF: Readonly<Record<Relation, RelationKind>> = {
  owns: 'holds',
  runs: 'holds',
  getsNext: 'remembers',
  remembers: 'remembers',
  mcache: 'holds',
  locked: 'holds',
  runsNext: 'waits',
  queued: 'waits',
  queuedGlobally: 'waits',
  idle: 'holds',
  holdsLock: 'holds',
  waits: 'waits',
  receives: 'waits',
  sends: 'waits',
  timer: 'waits',
  saw: 'remembers',
  isRunBy: 'holds',
  polls: 'holds',
  awaits: 'waits',
  sleepsOn: 'waits',
  opens: 'holds',
  stopsWorld: 'holds',
  usesMutex: 'holds',
};

/** `from` and `to` are rows' paths, as in state-rows.ts; `field` is where Go keeps it. */
export interface Edge {
  from: string;
  to: string;
  field: string;
  relation: Relation;
}

/** So many more stand in the same list of the row. */
export interface More {
  at: string;
  field: string;
  relation: Relation;
  count: number;
}

export interface Around {
  edges: Edge[];
  more: More[];
}

const pathOf = (id: GId | MId | PId): string => `${id[0] ?? ''}.${id}`;

/** The id of a row's path: G7 of G.G7. */
const idOf = (path: string): string => path.slice(path.indexOf('.') + 1);
const itself = <T>(member: T): T => member;

class Collector {
  readonly edges: Edge[] = [];
  readonly more: More[] = [];
  /** Of threads, Ps and goroutines: no path is put together for the ten thousand in a queue. */
  private readonly wantedIds: ReadonlySet<string>;

  constructor(
    private readonly wanted: ReadonlySet<string>,
    /** So many of a wanted row's list come along with it. */
    private readonly perList: number,
  ) {
    this.wantedIds = new Set([...wanted].filter((path) => /^[GMP]\./.test(path)).map(idOf));
  }

  one(from: string, to: string | null, field: string, relation: Relation): void {
    if (to !== null && (this.wanted.has(from) || this.wanted.has(to))) this.edges.push({ from, to, field, relation });
  }

  /** The same for two of the threads, Ps and goroutines: no path is put together for those whom nobody asks about. */
  between(from: GId | MId | PId, to: GId | MId | PId, field: string, relation: Relation): void {
    if (this.wantedIds.has(from) || this.wantedIds.has(to)) this.edges.push({ from: pathOf(from), to: pathOf(to), field, relation });
  }

  /** Each of the list's members has the same relation to the row `at`: from the member to the row, or `down`, from the row to the member. */
  list<T>(
    at: string,
    members: readonly T[],
    of: (member: T) => GId | MId | PId | null,
    field: string,
    relation: Relation,
    way: 'up' | 'down',
  ): void {
    if (members.length === 0) return;
    const isWanted = this.wanted.has(at);
    let shown = 0;
    let count = 0;
    for (const member of members) {
      const id = of(member);
      if (id === null) continue;
      count++;
      if (!(isWanted && count <= this.perList) && !this.wantedIds.has(id)) continue;
      shown++;
      this.edges.push(way === 'up' ? { from: pathOf(id), to: at, field, relation } : { from: at, to: pathOf(id), field, relation });
    }
    if (isWanted && shown < count) this.more.push({ at, field, relation, count: count - shown });
  }
}

function threads(state: State, found: Collector): void {
  for (const [m, row] of Object.entries(state.M)) {
    const id = m as MId;
    if (row.p !== null) found.between(id, row.p, state.P[row.p]?.m === id ? 'p ⇄ m' : 'p', 'owns');
    if (row.curg !== null) found.between(id, row.curg, state.G[row.curg]?.m === id ? 'curg ⇄ m' : 'curg', 'runs');
    if (row.nextp !== null) found.between(id, row.nextp, 'nextp', 'getsNext');
    if (row.oldp !== null) found.between(id, row.oldp, 'oldp', 'remembers');
    if (row.mcache !== null && row.mcache !== row.p) found.between(id, row.mcache, 'mcache', 'mcache');
    if (row.lockedg !== null) found.between(id, row.lockedg, 'lockedg', 'locked');
  }
}

function processors(state: State, found: Collector): void {
  for (const [id, row] of Object.entries(state.P)) {
    const at = `P.${id}`;
    if (row.m !== null && state.M[row.m]?.p !== id) found.between(id as PId, row.m, 'm', 'isRunBy');
    if (row.runnext !== null) found.between(id as PId, row.runnext, 'runnext', 'runsNext');
    found.list(at, row.runq, itself, 'runq', 'queued', 'up');
    found.list(at, row.timers, (timer) => ('g' in timer ? timer.g : null), 'timers', 'timer', 'up');
  }
}

function scheduler(state: State, found: Collector): void {
  const { sched, sysmon, kernel } = state;
  if (sched.lock !== null) found.one(pathOf(sched.lock), 'sched', 'lock', 'holdsLock');
  found.list('sched', sched.runq, itself, 'runq', 'queuedGlobally', 'up');
  found.list('sched', sched.midle, itself, 'midle', 'idle', 'down');
  found.list('sched', sched.pidle, itself, 'pidle', 'idle', 'down');
  if (sched.worldsema.holder !== null) found.one(pathOf(sched.worldsema.holder), 'sched', 'worldsema', 'stopsWorld');
  found.list('sched', sched.worldsema.queue, itself, 'worldsema', 'waits', 'up');
  if (sysmon.m !== null) found.one('sysmon', pathOf(sysmon.m), 'm', 'isRunBy');
  for (const p of Object.keys(sysmon.ticks)) found.one('sysmon', pathOf(p as PId), 'sysmontick', 'saw');
  if (kernel.poller !== null) found.one(pathOf(kernel.poller), 'poll', 'poller', 'polls');
  found.list('poll', kernel.netpoll, ({ g }) => g, 'netpoll', 'awaits', 'up');
  found.list('kernel.futex', kernel.futex, ({ m }) => m, 'futex', 'sleepsOn', 'up');
}

function semaphore(at: string, { queue, lock }: SemaRow, field: string, found: Collector): void {
  found.list(at, queue, itself, field, 'waits', 'up');
  if (lock !== null) found.one(pathOf(lock), at, `${field} lock`, 'holdsLock');
}

function namedThings(state: State, found: Collector): void {
  for (const [name, row] of Object.entries(state.chan)) {
    const at = `chan.${name}`;
    if (row.lock !== null) found.one(pathOf(row.lock), at, 'lock', 'holdsLock');
    found.list(at, row.recvq, itself, 'recvq', 'receives', 'up');
    found.list(at, row.sendq, itself, 'sendq', 'sends', 'up');
  }
  for (const [name, row] of Object.entries(state.mutex)) semaphore(`mutex.${name}`, row, 'sema', found);
  for (const [name, row] of Object.entries(state.waitgroup)) semaphore(`waitgroup.${name}`, row, 'sema', found);
  for (const [name, row] of Object.entries(state.rwmutex ?? {})) {
    const at = `rwmutex.${name}`;
    semaphore(at, row.writerSem, 'writerSem', found);
    semaphore(at, row.readerSem, 'readerSem', found);
    found.one(at, `mutex.${name}`, 'w', 'usesMutex');
  }
  for (const name of Object.keys(state.once ?? {})) found.one(`once.${name}`, `mutex.${name}`, 'm', 'usesMutex');
  for (const [name, row] of Object.entries(state.cond ?? {})) condition(`cond.${name}`, row, found);
}

function condition(at: string, row: CondRow, found: Collector): void {
  const { mutex, queue, lock } = row;
  found.one(at, `mutex.${mutex}`, 'L', 'usesMutex');
  if (lock !== null) found.one(pathOf(lock), at, 'lock', 'holdsLock');
  found.list(at, queue, ({ g }) => g, 'notify', 'waits', 'up');
}

function descriptors({ kernel }: State, found: Collector): void {
  for (const [n, fd] of Object.entries(kernel.fds))
    if (fd.object !== 0) found.one(`kernel.fds.${n}`, `kernel.objects.${fd.object}`, 'object', 'opens');
}

/** The references from and to the wanted rows. Of a list that is longer than `perList` only so many come along, and the count of the rest. */
export function around(state: State, wanted: ReadonlySet<string>, perList: number): Around {
  const found = new Collector(wanted, perList);
  threads(state, found);
  processors(state, found);
  scheduler(state, found);
  namedThings(state, found);
  descriptors(state, found);
  return { edges: found.edges, more: found.more };
}
