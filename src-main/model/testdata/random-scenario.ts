/** For tests: scenarios made by fast-check, with every operation, 1 to 16 Ps and every runtime option. Small enough to be read when they fail. */
import fc from 'fast-check';
import type { Operation, Scenario } from '../scenario';

const NAMES = ['a', 'b', 'c', 'd', 'e'];

const durationNs = fc.oneof(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1_000, max: 200_000 }), fc.integer({ min: 1_000_000, max: 40_000_000 }));
const channel = fc.constantFrom('c0', 'c1');
const mutex = fc.constantFrom('mu', 'nu');
const waitgroup = fc.constantFrom('wg');

const simple: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: durationNs.map((ns): Operation => ({ kind: 'compute', ns })) },
  { weight: 2, arbitrary: durationNs.map((ns): Operation => ({ kind: 'spin', ns })) },
  { weight: 5, arbitrary: fc.record({ name: fc.constantFrom(...NAMES), times: fc.integer({ min: 1, max: 12 }) }).map(({ name, times }): Operation => ({ kind: 'go', name, times })) },
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
  { weight: 2, arbitrary: durationNs.map((takesNs): Operation => ({ kind: 'blockingsyscall', takesNs })) },
  { weight: 2, arbitrary: durationNs.map((takesNs): Operation => ({ kind: 'cgo', takesNs })) },
  { weight: 3, arbitrary: durationNs.map((ns): Operation => ({ kind: 'sleep', ns })) },
  { weight: 3, arbitrary: durationNs.map((takesNs): Operation => ({ kind: 'netread', takesNs })) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('send', 'recv'), channel }).map((each): Operation => each as Operation) },
  { weight: 1, arbitrary: channel.map((name): Operation => ({ kind: 'close', channel: name })) },
  { weight: 3, arbitrary: mutex.map((name): Operation => ({ kind: 'lock', mutex: name })) },
  { weight: 3, arbitrary: mutex.map((name): Operation => ({ kind: 'unlock', mutex: name })) },
  { weight: 2, arbitrary: waitgroup.map((name): Operation => ({ kind: 'add', waitgroup: name, n: 1 })) },
  { weight: 1, arbitrary: waitgroup.map((name): Operation => ({ kind: 'done', waitgroup: name })) },
  { weight: 1, arbitrary: waitgroup.map((name): Operation => ({ kind: 'wait', waitgroup: name })) },
  { weight: 2, arbitrary: fc.constant<Operation>({ kind: 'lockosthread' }) },
  { weight: 1, arbitrary: fc.constant<Operation>({ kind: 'unlockosthread' }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 3_000_000 }).map((stwNs): Operation => ({ kind: 'gc', stwNs })) },
  { weight: 1, arbitrary: fc.constant<Operation>({ kind: 'mark', text: 'here' }) },
);

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 9, arbitrary: simple },
  {
    weight: 1,
    arbitrary: fc
      .record({ times: fc.integer({ min: 0, max: 4 }), body: fc.array(simple, { maxLength: 3 }) })
      .map(({ times, body }): Operation => ({ kind: 'repeat', times, body })),
  },
);

const program = (minLength: number): fc.Arbitrary<Operation[]> => fc.array(operation, { minLength, maxLength: 7 });

/** A goroutine may only start those after it in the alphabet: the tree of starts ends. */
function onlyLater(operations: readonly Operation[], self: string): Operation[] {
  return operations.flatMap((each): Operation[] => {
    if (each.kind === 'repeat') return [{ ...each, body: onlyLater(each.body, self) }];
    return each.kind === 'go' && self !== 'main' && each.name <= self ? [] : [each];
  });
}

export const randomScenario: fc.Arbitrary<Scenario> = fc
  .record({
    gomaxprocs: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 16 })),
    maxthreads: fc.oneof({ weight: 1, arbitrary: fc.integer({ min: 3, max: 12 }) }, { weight: 9, arbitrary: fc.constant(10_000) }),
    sysmon: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    asyncpreempt: fc.boolean(),
    seed: fc.nat(),
    schedtick: fc.option(fc.integer({ min: 0, max: 200 })),
    idleMs: fc.option(fc.integer({ min: 0, max: 3 })),
    main: program(2),
    others: fc.tuple(program(0), program(0), program(0), program(0), program(0)),
  })
  .map(({ gomaxprocs, maxthreads, sysmon, asyncpreempt, seed, schedtick, idleMs, main, others }) => ({
    id: 'random',
    title: { zh: '随机', en: 'random' },
    runtime: {
      go: '1.14',
      arch: 'amd64',
      gomaxprocs,
      maxthreads: Math.max(maxthreads, 2 + (idleMs ?? 0)),
      sysmon,
      asyncpreempt,
      seed,
      costs: {},
      start: { schedtick, syscalltick: null, sysmonDelayNs: null, idleMs },
    },
    limits: { timeNs: 100_000_000, steps: 2_500 },
    kernel: { files: {}, fds: {} },
    channels: { c0: { cap: 0 }, c1: { cap: 2 } },
    mutexes: ['mu', 'nu'],
    waitgroups: ['wg'],
    cast: { M: [], P: [], G: {} },
    goroutines: { main: onlyLater(main, 'main'), ...Object.fromEntries(NAMES.map((name, i) => [name, onlyLater(others[i] ?? [], name)])) },
  }));
