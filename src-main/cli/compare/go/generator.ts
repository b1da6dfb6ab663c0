/** Random programs: goroutines that use a few of the things that Go has for them, well and badly, with a mark behind most of what they do. */
import type { Operation } from '../../../model/operations/index';
import { Draw } from '../kernel/draw';
import type { Program } from './program';

const MS = 1_000_000;
const US = 1_000;

/** Those that main or an earlier one may start, so that no chain of starts goes in a circle. */
const NAMES = ['a', 'b', 'c', 'd'];
const CHANNELS = { c0: { cap: 0 }, c1: { cap: 1 }, c2: { cap: 3 } };
const CHANNEL_NAMES = Object.keys(CHANNELS);
const MUTEXES = ['mu', 'nu'];
/** Filled by a timer alone, once: main makes it before anybody can look at it. */
const AFTER = 't0';
/** Filled by a ticker, and emptied by one goroutine, so that no tick gets lost. */
const TICKER = 'k0';
const DRAIN = 'drain';
const TICKS = 3;
const MOST_NESTING = 3;

type Maker = (w: Writer) => Operation[];
type Weighted = readonly (readonly [weight: number, make: Maker])[];

const lockOf = (name: string): Operation => ({ kind: 'lock', mutex: name });
const unlockOf = (name: string): Operation => ({ kind: 'unlock', mutex: name });

/** Sleeps differ by so much that a busy machine does not turn them around. */
const sleep: Maker = ({ d }) => [{ kind: 'sleep', ns: d.pick([0, 2, 5, 9, 14, 20]) * MS }];
const compute: Maker = ({ d }) => [{ kind: 'compute', ns: d.pick([1, 5, 20]) * US }];
const call = (name: string, args: (string[] | number)[], via: 'Syscall' | 'RawSyscall'): Operation => ({
  kind: 'syscall',
  name,
  args: args.map((arg) => (typeof arg === 'number' ? arg : { words: arg })),
  via,
  takesNs: null,
  returns: null,
  errno: null,
});

/** What belongs together; each program uses some. */
const GROUPS: Readonly<Record<string, Weighted>> = {
  channels: [
    [4, ({ d }) => [{ kind: 'send', channel: d.pick(CHANNEL_NAMES) }]],
    [4, ({ d }) => [{ kind: 'recv', channel: d.pick(CHANNEL_NAMES) }]],
    [1, ({ d }) => [{ kind: 'close', channel: d.pick(CHANNEL_NAMES) }]],
    [1, ({ d }) => [{ kind: 'repeat', times: 1 + d.below(5), body: [{ kind: d.pick(['send', 'recv']), channel: d.pick(CHANNEL_NAMES) }] }]],
  ],
  select: [
    [3, (w) => [select(w, 1 + w.d.below(3), w.d.oneIn(2))]],
    [1, (w) => [select(w, w.d.below(2), true)]],
    [1, ({ d }) => [{ kind: 'recv', channel: d.pick(CHANNEL_NAMES) }]],
    [1, ({ d }) => [{ kind: 'send', channel: d.pick(CHANNEL_NAMES) }]],
  ],
  mutex: [
    [6, (w) => critical(w, w.d.pick(MUTEXES))],
    [1, ({ d }) => [lockOf(d.pick(MUTEXES))]],
    [1, ({ d }) => [unlockOf(d.pick(MUTEXES))]],
  ],
  rwmutex: [
    [5, (w) => [{ kind: 'rlock', rwmutex: 'rw' }, ...w.some(2), { kind: 'runlock', rwmutex: 'rw' }]],
    [3, (w) => critical(w, 'rw')],
    [
      1,
      ({ d }) => [d.pick<Operation>([{ kind: 'rlock', rwmutex: 'rw' }, { kind: 'runlock', rwmutex: 'rw' }, lockOf('rw'), unlockOf('rw')])],
    ],
  ],
  cond: [
    [4, (w) => [lockOf('mu'), { kind: 'condwait', cond: 'co' }, ...w.some(1), unlockOf('mu')]],
    [3, () => [{ kind: 'signal', cond: 'co' }]],
    [2, () => [{ kind: 'broadcast', cond: 'co' }]],
    [2, (w) => critical(w, 'mu')],
    [1, () => [{ kind: 'condwait', cond: 'co' }]],
  ],
  waitgroup: [
    [3, ({ d }) => [{ kind: 'add', waitgroup: 'wg', n: 1 + d.below(3) }]],
    [4, () => [{ kind: 'done', waitgroup: 'wg' }]],
    [3, () => [{ kind: 'wait', waitgroup: 'wg' }]],
  ],
  once: [[3, (w) => [{ kind: 'once', name: w.d.pick(['o', 'p']), body: w.inside() }]]],
  defer: [
    [3, (w) => [{ kind: 'defer', body: w.d.oneIn(2) ? [{ kind: 'recover' }, ...w.inside()] : w.inside() }]],
    [2, (w) => [{ kind: 'panic', text: `panic ${w.d.below(10)}` }]],
    [1, () => [{ kind: 'recover' }]],
    [1, () => [{ kind: 'goexit' }]],
    [1, (w) => [{ kind: 'once', name: 'q', body: w.inside() }]],
  ],
  time: [
    [4, sleep],
    [2, (w) => [{ kind: 'sleep', ns: 2 * MS }, ...w.some(1)]],
    [1, () => [{ kind: 'recv', channel: AFTER }]],
  ],
  calls: [
    [3, ({ d }) => [call('getpid', [], d.pick(['Syscall', 'RawSyscall']))]],
    [1, () => [call('sched_yield', [], 'Syscall')]],
    [2, ({ d }) => [call('nanosleep', [['0', String(d.pick([30, 45]) * MS)], 0], d.oneIn(4) ? 'RawSyscall' : 'Syscall')]],
  ],
  long: [
    [1, ({ d }) => [{ kind: 'compute', ns: d.pick([4, 35]) * MS }]],
    [1, ({ d }) => [{ kind: 'spin', ns: d.pick([4, 35]) * MS }]],
    [2, compute],
  ],
  thread: [
    [2, () => [{ kind: 'lockosthread' }]],
    [1, () => [{ kind: 'unlockosthread' }]],
    [1, sleep],
  ],
  procs: [[1, ({ d }) => [{ kind: 'gomaxprocs', n: 1 + d.below(3) }]]],
  print: [[1, ({ d }) => [{ kind: 'print', text: `say ${d.below(10)}` }]]],
  net: [
    [3, ({ d }) => [{ kind: 'netread', takesNs: d.pick([1, 4, 8, 13]) * MS }]],
    [1, sleep],
  ],
  c: [
    [3, (w) => [{ kind: 'cgo', takesNs: w.d.pick([1, 12, 30]) * MS, callback: w.d.oneIn(2) ? w.insideC() : null }]],
    [2, (w) => [{ kind: 'cgothread', afterNs: w.d.pick([3, 10, 25]) * MS, callback: w.insideC() }]],
    [1, sleep],
  ],
  atomic: [[1, ({ d }) => [{ kind: 'atomic', name: 'hits', add: d.below(3) - 1 }]]],
};

/**
 * What main does in a program with C: in such a one Go never finds that all are asleep, and a main that waits for nobody would have to be waited
 * for until it is given up.
 */
const OF_MAIN_WITH_C = ['c', 'calls', 'long', 'thread', 'procs', 'print', 'atomic'];

/** What a function does that C calls: it comes back to C. */
const IN_C: Weighted = [
  [3, () => [{ kind: 'gosched' }]],
  [2, sleep],
  [2, compute],
  [2, ({ d }) => [{ kind: d.pick(['send', 'recv']), channel: d.pick(CHANNEL_NAMES) }]],
  [1, () => [lockOf('nu'), { kind: 'gosched' }, unlockOf('nu')]],
  [1, ({ d }) => [{ kind: 'atomic', name: 'hits', add: d.below(3) - 1 }]],
];

/** What every program has. */
const COMMON: Weighted = [
  [4, () => [{ kind: 'gosched' }]],
  [4, (w) => w.start()],
  [1, compute],
  [1, (w) => [{ kind: 'repeat', times: w.d.below(4), body: w.inside() }]],
];

const start = (name: string, times: number): Operation => ({ kind: 'go', name, times });

function critical(w: Writer, mutex: string): Operation[] {
  return [lockOf(mutex), ...w.some(2), unlockOf(mutex)];
}

function select(w: Writer, cases: number, hasDefault: boolean): Operation {
  const branches = Array.from({ length: cases }, () => ({
    does: { dir: w.d.pick<'recv' | 'send'>(['recv', 'recv', 'send']), chan: w.d.pick(CHANNEL_NAMES) },
    body: w.inside(1),
  }));
  return { kind: 'select', cases: [...branches, ...(hasDefault ? [{ does: null, body: w.inside(1) }] : [])] };
}

/** Writes the goroutines of one program. */
class Writer {
  private marks = 0;
  private nesting = 0;
  private self = 'main';

  constructor(
    readonly d: Draw,
    private readonly names: readonly string[],
    private makers: Weighted,
  ) {}

  goroutine(name: string, most: number, makers = this.makers): Operation[] {
    this.self = name;
    this.makers = makers;
    return Array.from({ length: 1 + this.d.below(most) }, () => this.marked(this.draw())).flat();
  }

  /** A few operations that stand between two others. */
  some(most: number): Operation[] {
    if (this.nesting >= MOST_NESTING) return [];
    this.nesting++;
    const made = Array.from({ length: this.d.below(most + 1) }, () => this.marked(this.draw())).flat();
    this.nesting--;
    return made;
  }

  /** The body of something; not empty where a mark may stand. */
  inside(most = 2): Operation[] {
    return [...this.some(most), this.mark()];
  }

  /** The body of a function that C calls. */
  insideC(): Operation[] {
    return [...Array.from({ length: this.d.below(3) }, () => this.marked(this.draw(IN_C))).flat(), this.mark()];
  }

  start(): Operation[] {
    const later = this.names.filter((name) => this.self === 'main' || name > this.self);
    return later.length === 0 ? [{ kind: 'gosched' }] : [start(this.d.pick(later), this.d.oneIn(3) ? 2 : 1)];
  }

  mark(): Operation {
    return { kind: 'mark', text: String(++this.marks) };
  }

  private marked(operations: Operation[]): Operation[] {
    return this.d.oneIn(4) ? operations : [...operations, this.mark()];
  }

  private draw(makers = this.makers): Operation[] {
    let left = this.d.below(makers.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, make] of makers) {
      if (left < weight) return make(this);
      left -= weight;
    }
    throw new Error('nothing to draw from');
  }
}

/** How main ends: it waits for the others in some way, or not at all. `endless`: whether it may wait for ever. */
function ending(d: Draw, endless: boolean): Operation[] {
  const way = d.below(8);
  switch (endless || ![1, 3, 5].includes(way) ? way : 7) {
    case 0:
      return [];
    case 1:
      return [{ kind: 'goexit' }];
    case 2:
      return [{ kind: 'exit', code: d.pick([0, 3]) }];
    case 3:
      return [{ kind: 'recv', channel: 'c0' }];
    case 4:
      return [{ kind: 'repeat', times: 1 + d.below(20), body: [{ kind: 'gosched' }] }];
    case 5:
      return [{ kind: 'select', cases: [] }];
    default:
      return [{ kind: 'sleep', ns: 60 * MS }];
  }
}

function program(d: Draw): Program {
  const names = NAMES.slice(0, 1 + d.below(NAMES.length));
  const kinds = Object.keys(GROUPS);
  const used = new Set(Array.from({ length: 1 + d.below(3) }, () => d.pick(kinds)));
  const made = (kinds: Iterable<string>): Weighted => [...COMMON, ...[...kinds].flatMap((kind) => GROUPS[kind] ?? [])];
  const makers = made(used);
  const ofMain = used.has('c') ? made([...used].filter((kind) => OF_MAIN_WITH_C.includes(kind))) : makers;
  const w = new Writer(d, names, makers);
  const usesTicker = d.oneIn(8);
  const timers: Operation[] = [
    ...(used.has('time') ? [{ kind: 'after', channel: AFTER, ns: 7 * MS } as const] : []),
    ...(usesTicker ? [{ kind: 'ticker', channel: TICKER, everyNs: 12 * MS, times: TICKS } as const, start(DRAIN, 1)] : []),
  ];
  const drain: Operation[] = [{ kind: 'repeat', times: TICKS, body: [{ kind: 'recv', channel: TICKER }, w.mark()] }];
  const crew = names.filter(() => !d.oneIn(3)).map((name) => start(name, 1 + d.below(2)));
  return {
    gomaxprocs: d.oneIn(3) ? 2 + d.below(3) : 1,
    channels: { ...CHANNELS, [AFTER]: { cap: 1 }, [TICKER]: { cap: 1 } },
    timers: [AFTER, TICKER],
    mutexes: MUTEXES,
    rwmutexes: ['rw'],
    conds: { co: { mutex: 'mu' } },
    waitgroups: ['wg'],
    goroutines: {
      main: [...timers, ...crew, ...w.goroutine('main', 5, ofMain), ...ending(d, !used.has('c'))],
      ...Object.fromEntries(names.map((name) => [name, w.goroutine(name, 5, makers)])),
      ...(usesTicker && { [DRAIN]: drain }),
    },
  };
}

/** The same seed, the same programs. */
export function generate(seed: number, count: number): Program[] {
  const d = new Draw(seed);
  return Array.from({ length: count }, () => program(d));
}
