/**
 * What each field of a state may hold, as state.ts, kernel-state.ts and sync-rows.ts of src-main/model say it: a trace may come from anywhere, and
 * whoever reads one takes its values for what their types say. A shape is held against its type by the compiler, so none can let through what the type has not.
 */
import type { Words } from '../../assets/words/index';
import { G_STATUSES, P_STATUSES } from '../model/go-constants';
import type { FileLock, KernelFd, KernelFile, KernelMap, KernelStay, KernelState, StraceLine } from '../model/kernel-state';
import type { GId, GRow, MRow, PRow, Sched, SelectCase, State, SysmonRow, SysmonTick, TimerRow } from '../model/state';
import type {
  ChanRow,
  CondRow,
  MutexRow,
  NetpollRow,
  PollDescRow,
  PollWaiter,
  RWMutexRow,
  SemaRow,
  WaitGroupRow,
} from '../model/sync-rows';

export interface Shape<T = unknown> {
  /** What a value should be, in words. */
  readonly named: keyof Words['traceShape'];
  /** The values that it may have, where there are but few. */
  readonly values: readonly string[];
  readonly mayBeNull: boolean;
  /** Keys that must be there. */
  readonly needed: readonly string[];
  /** Takes time in proportion to the value, and goes no deeper than a state is. */
  readonly fits: (value: unknown) => value is T;
  /** What stands below a key; null: nothing that the state knows, so that it may be anything. */
  readonly below: (key: string) => Shape | null;
}

/** Where a value is not what it should be, from the value itself, and what should be there. */
export interface Misfit {
  way: readonly string[];
  wanted: Shape;
  /** undefined: it is missing. */
  found: unknown;
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

function leaf<T>(named: Shape['named'], fits: (value: unknown) => value is T, values: readonly string[] = []): Shape<T> {
  return { named, values, mayBeNull: false, needed: [], fits, below: () => null };
}

function idOf<L extends 'G' | 'M' | 'P'>(letter: L): Shape<`${L}${number}`> {
  const form = new RegExp(`^${letter}\\d+$`);
  return leaf(
    `${letter.toLowerCase() as Lowercase<L>}Id`,
    (value): value is `${L}${number}` => typeof value === 'string' && form.test(value),
  );
}

const oneOf = <const T extends string | number>(...all: readonly T[]): Shape<T> =>
  leaf(
    'text',
    (value): value is T => (all as readonly unknown[]).includes(value),
    all.map((each) => JSON.stringify(each)),
  );

const text = leaf('text', (value): value is string => typeof value === 'string');
const number = leaf('wholeNumber', (value): value is number => Number.isInteger(value));
const flag = leaf('flag', (value): value is boolean => typeof value === 'boolean');
const bit = oneOf(0, 1);
const [g, m, p] = [idOf('G'), idOf('M'), idOf('P')];

const orNull = <T>(shape: Shape<T>): Shape<T | null> => ({
  ...shape,
  mayBeNull: true,
  fits: (value): value is T | null => value === null || shape.fits(value),
});

const list = <T>(each: Shape<T>): Shape<T[]> => ({
  ...leaf('list', (value): value is T[] => Array.isArray(value) && value.every(each.fits)),
  below: (key) => (/^\d+$/.test(key) ? each : null),
});

/** A list of so many. */
const tuple = <T extends readonly unknown[]>(length: T['length'], each: Shape<T[number]>): Shape<T> => ({
  ...list(each),
  fits: (value): value is T => Array.isArray(value) && value.length === length && value.every(each.fits),
});

/** Members by names that come with the run; `key`: what a name must be. */
function table<K extends string, T>(row: Shape<T>, key: Shape<K> | null = null): Shape<Record<K, T>> {
  return {
    ...leaf('object', (value): value is Record<K, T> => {
      if (!isFields(value)) return false;
      for (const name of Object.keys(value)) if ((key !== null && !key.fits(name)) || !row.fits(value[name])) return false;
      return true;
    }),
    below: (name) => (key === null || key.fits(name) ? row : nobody),
  };
}

/** Of a name that no row can have: nothing fits. */
const nobody: Shape<never> = leaf('nothing', (_): _ is never => false);

const optional = Symbol('optional');
type Optional<T> = Shape<T> & { readonly [optional]: true };
const maybe = <T>(shape: Shape<T>): Optional<T> => ({ ...shape, [optional]: true });
const isOptional = (shape: Shape): boolean => optional in shape;

type FieldShapes<T> = { readonly [K in keyof T]-?: undefined extends T[K] ? Optional<Exclude<T[K], undefined>> : Shape<T[K]> };

/** Whatever else stands in a row is a newer version's, and nobody here looks at it. */
function row<T>(fields: FieldShapes<T>): Shape<T> {
  const all = fields as unknown as Readonly<Record<string, Shape>>;
  const entries = Object.entries(all).map(([name, shape]) => ({ name, shape, isNeeded: !isOptional(shape) }));
  const needed = entries.filter(({ isNeeded }) => isNeeded).map(({ name }) => name);
  return {
    ...leaf('object', (value): value is T => {
      if (!isFields(value)) return false;
      for (const { name, shape, isNeeded } of entries) if (Object.hasOwn(value, name) ? !shape.fits(value[name]) : isNeeded) return false;
      return true;
    }),
    needed,
    below: (key) => (Object.hasOwn(all, key) ? (all[key] as Shape) : null),
  };
}

const sema: Shape<SemaRow> = row({ sema: number, queue: list(g), lock: orNull(m) });

const goroutine: Shape<GRow> = row({
  name: text,
  system: flag,
  goid: number,
  status: oneOf(...G_STATUSES),
  m: orNull(m),
  lockedm: orNull(m),
  waitreason: text,
  waitsince: number,
  ticket: bit,
  param: orNull(oneOf('sudog')),
  selecting: maybe(list<SelectCase>(row({ case: number, chan: text, dir: oneOf('recv', 'send') }))),
  selectDone: maybe(bit),
  selected: maybe(number),
  preempt: flag,
  stackguard0: oneOf('normal', 'stackPreempt'),
  throwsplit: flag,
  syscallsp: text,
  syscallpc: text,
  sched: row({ pc: text, sp: text }),
  sysblocktraced: flag,
  sysexitticks: number,
  op: number,
  opname: text,
  stack: table(text),
  frames: list(text),
  lines: maybe(list(text)),
});

const stay: Shape<KernelStay> = row({ nr: number, name: text, since: number, until: orNull(number) });

const thread: Shape<MRow> = row({
  name: text,
  curg: orNull(g),
  ong0: flag,
  p: orNull(p),
  nextp: orNull(p),
  oldp: orNull(p),
  mcache: orNull(p),
  spinning: flag,
  blocked: flag,
  parked: flag,
  park: bit,
  locks: number,
  syscalltick: number,
  lockedg: orNull(g),
  lockedExt: number,
  lockedInt: number,
  incgo: flag,
  ncgo: number,
  ncgocall: number,
  signalPending: flag,
  preemptoff: text,
  needextram: maybe(flag),
  role: oneOf('worker', 'sysmon', 'template', 'extra'),
  dead: flag,
  kernel: orNull(stay),
  regs: orNull(table(text)),
  flags: orNull(list(text)),
});

const sleeper: Shape<Extract<TimerRow, { g: GId }>> = row({ when: number, g });
const ticker: Shape<Exclude<TimerRow, { g: GId }>> = row({ when: number, chan: text, period: number, left: number });
const timer: Shape<TimerRow> = {
  ...leaf('object', (value): value is TimerRow => sleeper.fits(value) || ticker.fits(value)),
  below: (key) => sleeper.below(key) ?? ticker.below(key),
};

const processor: Shape<PRow> = row({
  status: oneOf(...P_STATUSES),
  m: orNull(m),
  runq: list(g),
  runnext: orNull(g),
  schedtick: number,
  syscalltick: number,
  preempt: flag,
  runSafePointFn: flag,
  gfree: list(g),
  goidcache: number,
  goidcacheend: number,
  timers: list(timer),
});

const waiter: Shape<PollWaiter> = orNull(
  leaf('waiter', (value): value is Exclude<PollWaiter, null> => value === 'pdReady' || value === 'pdWait' || g.fits(value)),
);

const pollDesc: Shape<PollDescRow> = row({
  fd: number,
  inside: number,
  closing: flag,
  rg: waiter,
  wg: waiter,
  reader: orNull(g),
  writer: orNull(g),
  rwait: number,
  wwait: number,
  rsema: sema,
  wsema: sema,
  csema: sema,
});

const netpoll: Shape<NetpollRow> = row({ epfd: number, breakRd: number, breakWr: number, free: list(text), pd: table(pollDesc) });

const sched: Shape<Sched> = row({
  lock: orNull(m),
  runq: list(g),
  midle: list(m),
  pidle: list(p),
  nmidlelocked: number,
  nmspinning: number,
  nmsys: number,
  ngsys: number,
  gcwaiting: flag,
  stopwait: number,
  stopnote: bit,
  sysmonwait: flag,
  lastpoll: number,
  pollUntil: number,
  netpollInited: flag,
  netpoll: maybe(netpoll),
  netpollWaiters: number,
  maxmcount: number,
  mcount: number,
  mnext: number,
  nmfreed: number,
  goidgen: number,
  gfree: list(g),
  haveTemplateThread: flag,
  extram: maybe(list(m)),
  extramLock: maybe(orNull(m)),
  newmHandoff: list(row<Sched['newmHandoff'][number]>({ m, p: orNull(p), spinning: flag })),
  safePointFn: orNull(text),
  safePointWait: number,
  safePointNote: bit,
  forcegc: maybe(row<NonNullable<Sched['forcegc']>>({ g, idle: bit, lock: orNull(m), lastgc: number })),
  worldsema: row({ holder: orNull(g), queue: list(g), lock: orNull(m) }),
});

const tick: Shape<SysmonTick> = row({ schedtick: number, schedwhen: number, syscalltick: number, syscallwhen: number });
const sysmon: Shape<SysmonRow> = row({ m: orNull(m), delay: number, idle: number, asleep: flag, deepsleep: flag, ticks: table(tick, p) });

const file: Shape<KernelFile> = row({
  data: text,
  mode: maybe(number),
  type: maybe(oneOf('symlink')),
  object: maybe(number),
  sameAs: maybe(text),
  gone: maybe(flag),
  uid: maybe(number),
  gid: maybe(number),
  atime: maybe(number),
  mtime: maybe(number),
  seals: maybe(number),
});

const descriptor: Shape<KernelFd> = row({
  kind: oneOf('file', 'dir', 'symlink', 'pipe-read', 'pipe-write', 'eventfd', 'epoll', 'socket', 'timerfd', 'signalfd', 'tty'),
  path: text,
  offset: number,
  flags: number,
  object: number,
  description: number,
  cloexec: flag,
});

const never: Shape<false> = leaf('flag', (value) => value === false);
const map: Shape<KernelMap> = row({
  start: text,
  bytes: number,
  prot: number,
  flags: number,
  path: text,
  offset: number,
  writable: maybe(never),
});
const lock: Shape<FileLock> = row({ on: text, owner: number, whole: flag, type: number, from: number, to: number });
const called: Shape<StraceLine> = row({ pid: number, text, open: maybe(flag) });
const three = tuple<[number, number, number]>(3, number);

const kernel: Shape<KernelState> = row({
  pid: number,
  files: table(file),
  cwd: maybe(text),
  umask: maybe(number),
  ids: maybe(row<NonNullable<KernelState['ids']>>({ uid: maybe(three), gid: maybe(three) })),
  groups: maybe(list(number)),
  limits: maybe(table(tuple<[string, string]>(2, text))),
  nice: maybe(number),
  comm: maybe(text),
  brk: maybe(text),
  held: maybe(list(row<NonNullable<KernelState['held']>[number]>({ m, open: descriptor }))),
  locks: maybe(list(lock)),
  masks: maybe(table(text, m)),
  pending: maybe(list(number)),
  actions: maybe(table(text)),
  altstacks: maybe(table(text, m)),
  robust: maybe(table(text, m)),
  owners: maybe(table(number)),
  fds: table(descriptor),
  // What an object is made of is its own kind's: nobody but the model, which does not read traces, looks inside.
  objects: table(leaf('object', isFields)),
  mem: table(text),
  maps: list(map),
  futex: list(row<KernelState['futex'][number]>({ m, on: text, bitset: maybe(number) })),
  strace: list(called),
  stdout: text,
  stderr: text,
  netpoll: list(row<KernelState['netpoll'][number]>({ g, at: number, fd: number })),
  poller: orNull(m),
  netpollBreak: flag,
});

const chan: Shape<ChanRow> = row({ cap: number, count: number, closed: flag, lock: orNull(m), recvq: list(g), sendq: list(g) });
const mutex: Shape<MutexRow> = row({
  locked: flag,
  woken: flag,
  starving: flag,
  waiters: number,
  sema: number,
  queue: list(g),
  lock: orNull(m),
});
const waitgroup: Shape<WaitGroupRow> = row({ counter: number, waiters: number, sema: number, queue: list(g), lock: orNull(m) });
const rwmutex: Shape<RWMutexRow> = row({ readerCount: number, readerWait: number, writerSem: sema, readerSem: sema });
const cond: Shape<CondRow> = row({
  mutex: text,
  wait: number,
  notify: number,
  queue: list(row<CondRow['queue'][number]>({ g, ticket: number })),
  lock: orNull(m),
});

export const STATE: Shape<State> = row({
  G: table(goroutine, g),
  M: table(thread, m),
  P: table(processor, p),
  sched,
  kernel,
  sysmon,
  chan: table(chan),
  mutex: table(mutex),
  waitgroup: table(waitgroup),
  rwmutex: maybe(table(rwmutex)),
  cond: maybe(table(cond)),
  once: maybe(table(row<{ done: 0 | 1 }>({ done: bit }))),
  atomic: maybe(table(number)),
});

/** The shape of a place, by its keys from the root; null: the state knows none there. */
export function shapeAt(keys: readonly string[]): Shape | null {
  let shape: Shape | null = STATE;
  for (const key of keys) {
    if (shape === null) return null;
    shape = shape.below(key);
  }
  return shape;
}

/** The innermost place at which the value does not fit; null: it fits. */
export function misfit(shape: Shape, value: unknown): Misfit | null {
  if (shape.fits(value)) return null;
  if (isFields(value) || (Array.isArray(value) && shape.named === 'list')) {
    const lacking = shape.needed.find((key) => !Object.hasOwn(value, key));
    if (lacking !== undefined) return { way: [lacking], wanted: shape.below(lacking) as Shape, found: undefined };
    for (const key of Object.keys(value)) {
      const inside = shape.below(key);
      const found = inside && misfit(inside, (value as Fields)[key]);
      if (found) return { ...found, way: [key, ...found.way] };
    }
  }
  return { way: [], wanted: shape, found: value };
}
