/** For tests: scenarios made by fast-check, with every operation, 1 to 16 Ps and every runtime option. Small enough to be read when they fail. */
import fc from 'fast-check';
import { FORCE_GC_PERIOD_NS } from '../go-constants';
import { COSTS } from '../run/costs';
import type { Operation, Scenario } from '../scenario';
import { writtenText } from '../words';

const NAMES = ['a', 'b', 'c', 'd', 'e'];
const COST_NAMES = Object.keys(COSTS);

const durationNs = fc.oneof(
  fc.integer({ min: 0, max: 500 }),
  fc.integer({ min: 1_000, max: 200_000 }),
  fc.integer({ min: 1_000_000, max: 40_000_000 }),
);
const channel = fc.constantFrom('c0', 'c1');
const mutex = fc.constantFrom('mu', 'nu');
const waitgroup = fc.constantFrom('wg');

/** Calls whose answer the modelled kernel works out: descriptors 3 and 4 are a file and whatever was opened first. */
const kernelCall: fc.Arbitrary<Operation> = fc
  .constantFrom<[string, (string | number | { buf: number })[]]>(
    ['read', [3, { buf: 8 }, 8]],
    ['write', [3, 'hello', 5]],
    ['lseek', [3, 0, 0]],
    ['pipe2', [{ buf: 8 }, 0]],
    ['read', [4, { buf: 1 }, 1]],
    ['write', [5, 'x', 1]],
    ['close', [4]],
    ['dup', [3]],
    ['openat', [-100, '/tmp/f', 0x42, 0o644]],
    ['openat', [-100, '/none', 0, 0]],
    ['eventfd2', [0, 0]],
    ['nanosleep', [0, 0]],
    ['getpid', []],
    ['clock_gettime', [1, { buf: 16 }]],
    ['sched_yield', []],
    ['read', [99, { buf: 1 }, 1]],
    ['kill', [1000, 0]],
  )
  .map(([name, args]): Operation => ({ kind: 'syscall', name, args, via: null, takesNs: null, returns: null, errno: null }));

const simple: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: durationNs.map((ns): Operation => ({ kind: 'compute', ns })) },
  { weight: 2, arbitrary: durationNs.map((ns): Operation => ({ kind: 'spin', ns })) },
  {
    weight: 5,
    arbitrary: fc
      .record({
        name: fc.constantFrom(...NAMES),
        times: fc.oneof(
          { weight: 19, arbitrary: fc.integer({ min: 1, max: 12 }) },
          { weight: 1, arbitrary: fc.integer({ min: 13, max: 300 }) },
        ),
      })
      .map(({ name, times }): Operation => ({ kind: 'go', name, times })),
  },
  { weight: 3, arbitrary: fc.constant<Operation>({ kind: 'gosched' }) },
  {
    weight: 7,
    arbitrary: fc
      .record({
        name: fc.constantFrom('read', 'getpid', 'nanosleep', 'openat', 'close'),
        via: fc.constantFrom('Syscall', 'Syscall6', 'RawSyscall', 'RawSyscall6', null),
        takesNs: fc.option(durationNs),
        returns: fc.option(fc.integer({ min: 0, max: 4096 })),
      })
      .map(({ name, via, takesNs, returns }): Operation => ({ kind: 'syscall', name, args: [], via, takesNs, returns, errno: null })),
  },
  { weight: 3, arbitrary: kernelCall },
  { weight: 2, arbitrary: durationNs.map((takesNs): Operation => ({ kind: 'blockingsyscall', takesNs })) },
  { weight: 2, arbitrary: durationNs.map((takesNs): Operation => ({ kind: 'cgo', takesNs, callback: null })) },
  { weight: 3, arbitrary: durationNs.map((ns): Operation => ({ kind: 'sleep', ns })) },
  { weight: 3, arbitrary: durationNs.map((takesNs): Operation => ({ kind: 'netread', takesNs })) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('send', 'recv'), channel }).map((each): Operation => each as Operation) },
  { weight: 1, arbitrary: mutex.map((name): Operation => ({ kind: 'lock', mutex: name })) },
  { weight: 2, arbitrary: waitgroup.map((name): Operation => ({ kind: 'add', waitgroup: name, n: 1 })) },
  { weight: 1, arbitrary: waitgroup.map((name): Operation => ({ kind: 'done', waitgroup: name })) },
  { weight: 1, arbitrary: waitgroup.map((name): Operation => ({ kind: 'wait', waitgroup: name })) },
  { weight: 2, arbitrary: fc.constant<Operation>({ kind: 'lockosthread' }) },
  { weight: 1, arbitrary: fc.constant<Operation>({ kind: 'unlockosthread' }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 3_000_000 }).map((stwNs): Operation => ({ kind: 'gc', stwNs })) },
  { weight: 1, arbitrary: fc.constant<Operation>({ kind: 'mark', text: 'here' }) },
);

/** What is rare in a function that C calls: further C, and ways out of it past C. */
const inCallback: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: fc.array(simple, { maxLength: 2 }).map((callback): Operation => ({ kind: 'cgo', takesNs: 3_000, callback })) },
  { weight: 4, arbitrary: fc.array(simple, { maxLength: 2 }).map((callback): Operation => ({ kind: 'cgothread', afterNs: 0, callback })) },
  { weight: 1, arbitrary: fc.constant<Operation>({ kind: 'panic', text: 'past C' }) },
  { weight: 1, arbitrary: fc.constant<Operation>({ kind: 'goexit' }) },
);

/** Operations that are made of others, or come in pairs. */
const composed: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({
        cases: fc.array(
          fc.record({ dir: fc.constantFrom<'recv' | 'send'>('recv', 'send'), chan: channel, body: fc.array(simple, { maxLength: 1 }) }),
          {
            maxLength: 4,
          },
        ),
        hasDefault: fc.boolean(),
      })
      .map(({ cases, hasDefault }): Operation => ({
        kind: 'select',
        cases: [
          ...cases.map(({ dir, chan, body }) => ({ does: { dir, chan }, body })),
          ...(hasDefault ? [{ does: null, body: [{ kind: 'gosched' }] }] : []),
        ],
      })),
  },
  { weight: 2, arbitrary: fc.array(simple, { maxLength: 2 }).map((body): Operation => ({ kind: 'once', name: 'o', body })) },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.oneof(simple, fc.constant<Operation>({ kind: 'recover' })), { maxLength: 2 })
      .map((body): Operation => ({ kind: 'defer', body })),
  },
  { weight: 2, arbitrary: fc.record({ channel, ns: durationNs }).map((each): Operation => ({ kind: 'after', ...each })) },
  {
    weight: 1,
    arbitrary: fc
      .record({ channel, everyNs: fc.integer({ min: 1_000, max: 5_000_000 }), times: fc.integer({ min: 0, max: 5 }) })
      .map((each): Operation => ({ kind: 'ticker', ...each })),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({ takesNs: durationNs, callback: fc.array(fc.oneof(simple, inCallback), { maxLength: 3 }) })
      .map((each): Operation => ({ kind: 'cgo', ...each })),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({ afterNs: durationNs, callback: fc.array(fc.oneof(simple, inCallback), { maxLength: 3 }) })
      .map((each): Operation => ({ kind: 'cgothread', ...each })),
  },
  {
    weight: 3,
    arbitrary: durationNs.map((ns): Operation => ({
      kind: 'repeat',
      times: 1,
      body: [
        { kind: 'rlock', rwmutex: 'rw' },
        { kind: 'compute', ns },
        { kind: 'runlock', rwmutex: 'rw' },
      ],
    })),
  },
  {
    weight: 1,
    arbitrary: durationNs.map((ns): Operation => ({
      kind: 'repeat',
      times: 1,
      body: [
        { kind: 'lock', mutex: 'rw' },
        { kind: 'compute', ns },
        { kind: 'unlock', mutex: 'rw' },
      ],
    })),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Operation>({
      kind: 'repeat',
      times: 1,
      body: [
        { kind: 'lock', mutex: 'mu' },
        { kind: 'condwait', cond: 'co' },
        { kind: 'unlock', mutex: 'mu' },
      ],
    }),
  },
  { weight: 2, arbitrary: fc.constantFrom<Operation>({ kind: 'signal', cond: 'co' }, { kind: 'broadcast', cond: 'co' }) },
  { weight: 1, arbitrary: fc.integer({ min: -2, max: 2 }).map((add): Operation => ({ kind: 'atomic', name: 'hits', add })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Operation>(
      { kind: 'foreachp' },
      { kind: 'gomaxprocs', n: 1 },
      { kind: 'gomaxprocs', n: 3 },
      { kind: 'print', text: 'hello' },
      { kind: 'recover' },
    ),
  },
);

/** What mostly goes well: a lock that is given back. */
const criticalSection: fc.Arbitrary<Operation> = fc.record({ name: mutex, ns: durationNs }).map(({ name, ns }): Operation => ({
  kind: 'repeat',
  times: 1,
  body: [
    { kind: 'lock', mutex: name },
    { kind: 'compute', ns },
    { kind: 'unlock', mutex: name },
  ],
}));

/** What ends the program, rarely: a scenario that always ends at once shows nothing. */
const ending: fc.Arbitrary<Operation> = fc.oneof(
  fc.integer({ min: 0, max: 255 }).map((code): Operation => ({ kind: 'exit', code })),
  fc.constant<Operation>({ kind: 'panic', text: 'that was it' }),
  fc.constant<Operation>({ kind: 'goexit' }),
  channel.map((name): Operation => ({ kind: 'close', channel: name })),
);

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 80, arbitrary: simple },
  { weight: 14, arbitrary: composed },
  { weight: 1, arbitrary: ending },
  { weight: 1, arbitrary: mutex.map((name): Operation => ({ kind: 'unlock', mutex: name })) },
  { weight: 8, arbitrary: criticalSection },
  {
    weight: 10,
    arbitrary: fc
      .record({ times: fc.integer({ min: 0, max: 4 }), body: fc.array(simple, { maxLength: 3 }) })
      .map(({ times, body }): Operation => ({ kind: 'repeat', times, body })),
  },
);

const program = (minLength: number): fc.Arbitrary<Operation[]> => fc.array(operation, { minLength, maxLength: 7 });

/** A goroutine may only start those after it in the alphabet: the tree of starts ends. */
function onlyLater(operations: readonly Operation[], self: string): Operation[] {
  return operations.flatMap((each): Operation[] => {
    if (each.kind === 'repeat' || each.kind === 'once' || each.kind === 'defer') return [{ ...each, body: onlyLater(each.body, self) }];
    if ((each.kind === 'cgo' || each.kind === 'cgothread') && each.callback !== null)
      return [{ ...each, callback: onlyLater(each.callback, self) }];
    if (each.kind === 'select')
      return [{ ...each, cases: each.cases.map(({ does, body }) => ({ does, body: onlyLater(body as Operation[], self) })) }];
    return each.kind === 'go' && self !== 'main' && each.name <= self ? [] : [each];
  });
}

/** Whom main starts before anything else: mostly a few, now and then a crowd. */
const crew: fc.Arbitrary<Operation[]> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Operation[]>([]) },
  {
    weight: 40,
    arbitrary: fc
      .array(fc.record({ name: fc.constantFrom(...NAMES), times: fc.integer({ min: 1, max: 6 }) }), { minLength: 1, maxLength: 3 })
      .map((starts) => starts.map(({ name, times }): Operation => ({ kind: 'go', name, times }))),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ name: fc.constantFrom(...NAMES), times: fc.integer({ min: 60, max: 299 }) })
      .map(({ name, times }): Operation[] => [{ kind: 'go', name, times }]),
  },
);

export const randomScenario: fc.Arbitrary<Scenario> = fc
  .record({
    gomaxprocs: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 16 })),
    maxthreads: fc.oneof({ weight: 1, arbitrary: fc.integer({ min: 3, max: 12 }) }, { weight: 9, arbitrary: fc.constant(10_000) }),
    sysmon: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    asyncpreempt: fc.boolean(),
    schedtraceNs: fc.oneof({ weight: 12, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(1_000_000, 10_000_000) }),
    scheddetail: fc.boolean(),
    forcegcperiodNs: fc.oneof(
      { weight: 4, arbitrary: fc.constant(FORCE_GC_PERIOD_NS) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 20_000_000 }) },
    ),
    seed: fc.nat(),
    schedtick: fc.option(fc.integer({ min: 0, max: 200 })),
    idleMs: fc.option(fc.integer({ min: 0, max: 3 })),
    syscalltick: fc.option(fc.integer({ min: 0, max: 200 })),
    sysmonDelayNs: fc.option(fc.integer({ min: 20_000, max: 60_000_000 })),
    arch: fc.constantFrom<'amd64' | 'arm64'>('amd64', 'arm64'),
    costs: fc.oneof(
      { weight: 4, arbitrary: fc.constant({}) },
      { weight: 2, arbitrary: fc.dictionary(fc.constantFrom(...COST_NAMES), fc.integer({ min: 0, max: 2_000 }), { maxKeys: 3 }) },
      // Now and then something that takes far longer than it ever does.
      { weight: 1, arbitrary: fc.dictionary(fc.constantFrom(...COST_NAMES), fc.integer({ min: 2_000, max: 20_000_000 }), { maxKeys: 2 }) },
    ),
    crew,
    main: program(2),
    others: fc.tuple(program(0), program(0), program(0), program(0), program(0)),
  })
  .map(
    ({
      gomaxprocs,
      maxthreads,
      sysmon,
      asyncpreempt,
      schedtraceNs,
      scheddetail,
      forcegcperiodNs,
      seed,
      schedtick,
      idleMs,
      syscalltick,
      sysmonDelayNs,
      arch,
      costs,
      crew: started,
      main,
      others,
    }) => ({
      id: 'random',
      title: writtenText({ zh: '随机', en: 'random' }),
      runtime: {
        go: '1.14',
        arch,
        gomaxprocs,
        maxthreads: Math.max(maxthreads, 2 + (idleMs ?? 0)),
        sysmon,
        asyncpreempt,
        schedtraceNs,
        scheddetail,
        forcegcperiodNs,
        seed,
        costs,
        start: { schedtick, syscalltick, sysmonDelayNs, idleMs },
      },
      limits: { timeNs: 100_000_000, steps: started.some((each) => each.kind === 'go' && each.times > 50) ? 4_000 : 1_200 },
      kernel: { files: { '/etc/motd': 'hello\n' }, fds: { 3: '/etc/motd' } },
      channels: { c0: { cap: 0 }, c1: { cap: 2 } },
      mutexes: ['mu', 'nu'],
      rwmutexes: ['rw'],
      conds: { co: { mutex: 'mu' } },
      waitgroups: ['wg'],
      cast: { M: [], P: [], G: {} },
      goroutines: {
        main: [...started, ...onlyLater(main, 'main')],
        ...Object.fromEntries(NAMES.map((name, i) => [name, onlyLater(others[i] ?? [], name)])),
      },
    }),
  );
