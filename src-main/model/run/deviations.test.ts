/**
 * Where the model once did otherwise than Go 1.14. Each test holds one such place: a small program and what the real runtime does with it,
 * or a function of the runtime driven row by row where only a race shows the difference.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COSTS } from './costs';
import { firstState } from './first-state';
import { LawKeeper } from '../laws/law-keeper';
import { plainStep } from '../trace/queue-versions';
import { SeededRandom } from './random';
import { Recorder } from './recorder';
import { forEachP } from '../runtime/for-each-p';
import { newGRow, newproc } from '../runtime/newproc';
import type { GoProgram } from '../operations/go-program';
import { keysOf } from '../state-path';
import { type Engine, Runtime } from '../runtime/runtime';
import { runqput } from '../runtime/runq';
import { semacquire, semrelease, worldsema } from '../runtime/semaphore';
import { waitGroupAdd } from '../runtime/sync';
import { ProgramEnd, rest, type Row, row, type Thread } from '../runtime/thread';
import { templateThread } from '../runtime/mstart';
import { newm } from '../runtime/threads';
import { type CheckedTimers, checkTimers } from '../runtime/timers';
import type { Scenario } from '../scenario';
import { Simulation } from './simulate';
import type { GId, MId, PId, State, Step } from '../state';
import { randomScenario } from '../testdata/random-scenario';
import { assets, play, type Played, scenarioOf } from '../testdata/run-scenario';
import { applyStep, copyState } from '../trace/replay';
import { GO_1_14 } from '../versions/go1.14';

/** A scenario from its goroutines and whatever else it needs. */
function scenario(goroutines: Record<string, unknown>, others: Record<string, unknown> = {}): Scenario {
  const whole = { schedville: 1, kind: 'scenario', id: 'test', title: { zh: '试', en: 'test' }, ...others, goroutines };
  return scenarioOf(JSON.stringify(whole));
}

const run = (goroutines: Record<string, unknown>, others?: Record<string, unknown>): Played => play(scenario(goroutines, others));
const at = (step: Step): string => `${step.fn}/${step.at}`;
const marks = ({ facts }: Played): string[] => facts.marks.map((mark) => mark.text);
const change = (step: Step, path: string): unknown => step.set.find(([changed]) => changed === path)?.[2];

/** What `seen` says of each step and the state before it, where it says anything. */
function over<T>({ first, steps }: Played, seen: (step: Step, before: State) => T | undefined): T[] {
  const state = copyState(first);
  return steps.flatMap((step) => {
    const said = seen(step, state);
    applyStep(state, step);
    return said === undefined ? [] : [said];
  });
}

const channel = { channels: { c: { cap: 0 } } };
const one = { runtime: { gomaxprocs: 1 } };

/** The first goroutine that a program starts. */
const FIRST_GOID = 6;

describe('goroutine numbers', () => {
  test('come in batches of 16 for each P, without gaps', () => {
    const { last } = run({ main: [{ go: { name: 'w', times: 18 } }], w: [{ compute: '1us' }] }, one);
    expect(Object.values(last.G).map((g) => g.goid)).toEqual([1, ...Array.from({ length: 18 }, (_, i) => i + FIRST_GOID)]);
  });

  test('of the runtime’s own goroutines come first: forcegchelper, bgsweep, bgscavenge and, with package os, runfinq', () => {
    const { facts } = run({ main: [{ go: 'a' }, { recv: 'c' }], a: [{ recv: 'c' }] }, channel);
    expect(facts.outcome.message).toBe(
      'fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\n\ngoroutine 6 [chan receive]:',
    );
  });
});

describe('wait groups that are misused', () => {
  const wg = { waitgroups: ['wg'], ...one };
  test('used again before Wait has returned', () => {
    const { facts } = run(
      {
        main: [{ add: { wg: 'wg', n: 1 } }, { go: 'w' }, { wait: 'wg' }, { mark: 'unreachable' }],
        w: [{ done: 'wg' }, { add: { wg: 'wg', n: 1 } }],
      },
      wg,
    );
    expect(facts.outcome).toMatchObject({ kind: 'panic', code: 2 });
    expect(facts.outcome.message).toMatch(
      /^panic: sync: WaitGroup is reused before previous Wait has returned\n\ngoroutine 1 \[running\]:/,
    );
  });

  test.each([
    [
      'an Add from zero while somebody waits',
      { counter: 0, waiters: 1 },
      1,
      0,
      'sync: WaitGroup misuse: Add called concurrently with Wait',
    ],
    [
      'an Add while the waiters are being released',
      { counter: 1, waiters: 1 },
      -1,
      1,
      'sync: WaitGroup misuse: Add called concurrently with Wait',
    ],
    ['a counter that wraps as an int32 does', { counter: 2_147_483_647, waiters: 0 }, 1, 0, 'sync: negative WaitGroup counter'],
  ])('%s', (_, begin, n, addedMeanwhile, message) => {
    const { rt, drive } = bench(scenario({ main: [] }, wg));
    Object.assign(rt.state.waitgroup.wg ?? {}, begin);
    const add = (): unknown =>
      drive('M0', waitGroupAdd(rt, 'G1', 'wg', n), ({ at: name }, state) => {
        if (name === 'Add-release' && state.waitgroup.wg) state.waitgroup.wg.counter += addedMeanwhile;
      });
    expect(add).toThrow(`panic: ${message}`);
  });
});

test('a starving mutex stays so while others wait', () => {
  const w = (name: string): unknown[] => [{ lock: 'mu' }, { compute: '2ms' }, { unlock: 'mu' }, { mark: name }];
  const played = run(
    {
      main: [
        { lock: 'mu' },
        { go: 'a' },
        { go: 'b' },
        { go: 'c' },
        'gosched',
        { compute: '3ms' },
        { unlock: 'mu' },
        { lock: 'mu' },
        { compute: '1ms' },
        'gosched',
        { unlock: 'mu' },
        { sleep: '40ms' },
      ],
      a: w('a'),
      b: w('b'),
      c: w('c'),
    },
    { mutexes: ['mu'], ...one },
  );
  const ends = over(played, (step, before) =>
    change(step, 'mutex.mu.starving') === false ? [at(step), before.mutex.mu?.waiters] : undefined,
  );
  expect(ends).toEqual([['Lock/handed', 1]]);
  expect(marks(played)).toHaveLength(3);
});

/** A runtime without an engine: a thread is driven row by row up to its first rest, and the test does what others would do in between. */
function bench(made: Scenario): {
  rt: Runtime;
  started: MId[];
  drive: (m: MId, thread: Thread, before?: (row: Row, state: State) => unknown) => string[];
} {
  const started: MId[] = [];
  const engine: Engine = {
    start: (m) => started.push(m),
    wake: () => true,
    restOf: () => null,
    signal: () => undefined,
    callFromC: () => undefined,
    lookForExtraM: () => undefined,
  };
  const state = firstState(made);
  const to = new Recorder(state);
  const rt = new Runtime(
    to,
    made,
    COSTS,
    new SeededRandom(1),
    engine,
    { arch: 'amd64', program: { symbols: new Map() } } as never,
    GO_1_14,
  );
  for (const p of Object.keys(state.P)) rt.declareP(p as PId);
  const drive = (m: MId, thread: Thread, before: (row: Row, state: State) => unknown = () => undefined): string[] => {
    const seen: string[] = [];
    let next = thread.next('time');
    while (!next.done && next.value.wait === 'row') {
      const here = next.value;
      before(here, state);
      to.begin(0, m, here.fn, here.at, 0);
      next = thread.next('time');
      to.end();
      seen.push(`${here.fn}/${here.at}`);
    }
    return seen;
  };
  return { rt, started, drive };
}

test('a full ring that a thief has emptied meanwhile takes the newcomer', () => {
  const { rt, drive } = bench(scenario({ main: [] }, one));
  const p0 = rt.P('P0');
  p0.runq = Array.from({ length: 256 }, (_, i): GId => `G${i + 2}`);
  const seen = drive('M0', runqput(rt, 'M0', 'P0', 'G300', false), ({ at: name }, state) => {
    if (name === 'cas-head' && state.P.P0) state.P.P0.runq = state.P.P0.runq.slice(128);
  });
  expect(seen).toEqual(['runqputslow/cas-head', 'runqput/put']);
  expect([p0.runq.length, p0.runq.at(-1), rt.state.sched.runq]).toEqual([129, 'G300', []]);
});

test('a request to give way reaches a goroutine whose thread is on g0 for it', () => {
  const played = run(
    {
      main: [{ go: 'w' }, { compute: '300us' }, { gc: { stw: '10us' } }, { sleep: '1ms' }],
      w: [{ go: { name: 'x', times: 100 } }, { compute: '1ms' }],
      x: [{ compute: '1us' }],
    },
    { runtime: { gomaxprocs: 2, costs: { malg: 100_000 } } },
  );
  const asked = over(
    played,
    (step, { M }) =>
      Object.values(M).find((m) => m.ong0 && m.curg !== null && change(step, `G.${m.curg}.preempt`) === true)?.curg ?? undefined,
  );
  expect(asked).toContain('G2');
});

describe('the network poller', () => {
  test('lists the goroutine that became ready last first', () => {
    const netread = (takes: string, mark: string): unknown[] => [{ netread: { takes } }, { mark }];
    const played = run(
      {
        main: [{ go: 'a' }, { go: 'b' }, { go: 'c' }, 'gosched', { compute: '5ms' }, { sleep: '5ms' }],
        a: netread('3ms', 'a'),
        b: netread('2ms', 'b'),
        c: netread('1ms', 'c'),
      },
      one,
    );
    expect(marks(played)).toEqual(['a', 'b', 'c']);
  });

  test('once it has been waited for, one idle thread stays in it, and no deadlock is seen', () => {
    const { facts, last } = run(
      { main: [{ netread: { takes: '1ms' } }, { recv: 'c' }] },
      { ...channel, limits: { time: '200ms', steps: 100_000 } },
    );
    expect(facts.outcome.kind).toBe('limit');
    expect([last.sched.netpollWaiters, last.kernel.poller, last.kernel.netpoll]).toEqual([1, 'M0', []]);
  });

  test.each([
    ['amd64', 281],
    ['arm64', 22],
  ])('waits in epoll_pwait: %s number %i', (arch, nr) => {
    const { steps } = run({ main: [{ netread: { takes: '1ms' } }] }, { runtime: { arch } });
    const entered = steps.flatMap((step) => step.set).filter(([path, , now]) => path === 'M.M0.kernel' && now !== null);
    expect(entered.map(([, , stay]) => (stay as { nr: number; name: string }).name)).toEqual(['read', 'epoll_pwait', 'read']);
    expect(entered[1]?.[2]).toMatchObject({ nr });
  });

  test('sysmon looks at it every 10 ms since the first timer, whoever waits', () => {
    const looks = (main: unknown[]): number => run({ main }, one).steps.filter((step) => at(step) === 'sysmon/netpoll').length;
    expect(looks([{ compute: '50ms' }])).toBe(0);
    expect(looks([{ sleep: '1ms' }, { compute: '50ms' }])).toBeGreaterThan(2);
  });

  test('an interrupted sleep is kept in the state until it has been read', () => {
    const played = run(
      { main: [{ go: 's' }, { netread: { takes: '20ms' } }], s: [{ compute: '1ms' }, { sleep: '2ms' }, { mark: 'slept' }] },
      { runtime: { gomaxprocs: 2 } },
    );
    const written = played.steps.filter((step) => step.set.some(([path]) => path === 'kernel.netpollBreak'));
    expect(written.map((step) => change(step, 'kernel.netpollBreak'))).toEqual([true, false]);
    expect(played.facts.marks[0]?.t).toBeLessThan(4_000_000);
  });
});

describe('counting those who may still run', () => {
  test('an M that raises nmidlelocked calls checkdead, under the lock', () => {
    const { steps } = run({ main: [{ go: 'w' }, { syscall: { name: 'read', takes: '1ms', returns: 1 } }], w: [{ compute: '2ms' }] }, one);
    const sysmon = steps.filter((step) => step.m === 'M1').map(at);
    const up = sysmon.lastIndexOf('incidlelocked/nmidlelocked');
    expect(sysmon.slice(up - 1, up + 2)).toEqual(['incidlelocked/lock', 'incidlelocked/nmidlelocked', 'checkdead/run']);
    expect(sysmon.filter((each) => each === 'incidlelocked/nmidlelocked')).toHaveLength(2);
  });

  test('five C calls need eight threads: main, sysmon, the template thread and one for each', () => {
    const { facts, first } = run({ main: [{ go: { name: 'w', times: 5 } }, { sleep: '20ms' }], w: [{ cgo: { takes: '50ms' } }] }, one);
    expect(facts.threads).toEqual({ created: 8, peak: 8 });
    expect(first.M.M2).toMatchObject({ role: 'template', parked: true });
    expect(first.sched).toMatchObject({ nmsys: 2, mcount: 3, haveTemplateThread: true });
  });

  test('a program with C in it is never called dead', () => {
    const { facts } = run({ main: [{ cgo: { takes: '1ms' } }, { recv: 'c' }] }, { ...channel, limits: { time: '100ms', steps: 100_000 } });
    expect(facts.outcome.kind).toBe('limit');
  });

  test('a limit below the threads that are there is fatal at once', () => {
    const { facts } = run({ main: [{ mark: 'unreachable' }] }, { runtime: { maxthreads: 1 } });
    expect(facts.outcome).toEqual({
      kind: 'fatal',
      code: 2,
      message: 'runtime: program exceeds 1-thread limit\nfatal error: thread exhaustion\n\ngoroutine 1 [running]:',
    });
    expect(facts.marks).toEqual([]);
  });
});

test('what falls due while timers run waits for the next look', () => {
  const { rt, drive } = bench(scenario({ main: [] }, one));
  for (const g of ['G2', 'G3'] as const) rt.state.G[g] = { ...newGRow('s', 2), status: '_Gwaiting' };
  rt.P('P0').timers = [
    { when: 100, g: 'G2' },
    { when: 105, g: 'G3' },
  ];
  rt.now = 102;
  let checked: CheckedTimers | null = null;
  const seen = drive(
    'M0',
    (function* (): Thread {
      checked = yield* checkTimers(rt, 'M0', 'P0');
    })(),
    () => (rt.now += 10),
  );
  expect(seen.filter((each) => each === 'checkTimers/run')).toHaveLength(1);
  expect(checked).toEqual({ rnow: 102, next: 105, ran: true });
});

test('the template thread takes all that wait for it, the newest first', () => {
  const { rt, started, drive } = bench(scenario({ main: [{ cgo: { takes: '1ms' } }] }, one));
  rt.M('M0').lockedExt = 1;
  rt.M('M2').park = 1;
  for (let i = 0; i < 3; i++) drive('M0', newm(rt, 'M0', null, null));
  expect(rt.state.sched.newmHandoff.map(({ m }) => m)).toEqual(['M5', 'M4', 'M3']);
  const seen = drive('M2', templateThread(rt, 'M2', true));
  expect(seen).toEqual([
    'templateThread/noteclear',
    'templateThread/take',
    'newm1/clone',
    'newm1/clone',
    'newm1/clone',
    'templateThread/notesleep',
  ]);
  expect(started).toEqual(['M5', 'M4', 'M3']);
});

describe('facts', () => {
  test('a retake that ends on the idle list has no receiver', () => {
    const { facts } = run(
      {
        main: [{ go: 'w' }, { compute: '100us' }, { syscall: { name: 'read', takes: '30ms' } }, { compute: '100us' }, { recv: 'c' }],
        w: [{ compute: '40ms' }, { go: 'x' }, { compute: '10ms' }, { send: 'c' }],
        x: [{ compute: '1ms' }],
      },
      { ...channel, runtime: { gomaxprocs: 3 } },
    );
    for (const retake of facts.retakes) {
      const handoff = facts.handoffs.find((each) => each.p === retake.p && each.t >= retake.t);
      expect(retake.to === null, JSON.stringify([retake, handoff])).toBe(handoff?.why === 'idle' || handoff?.why === 'gcwaiting');
    }
    expect(facts.retakes.length).toBeGreaterThan(0);
  });

  test('a run cut off by its limit ends at the limit', () => {
    const { facts } = run({ main: [{ compute: '50ms' }] }, { limits: { time: '10ms' } });
    expect([facts.outcome.kind, facts.time, facts.goroutines.main?.ended, facts.goroutines.main?.runs.at(-1)?.to]).toEqual([
      'limit',
      10_000_000,
      null,
      10_000_000,
    ]);
  });

  test('main has not ended when another goroutine calls exit', () => {
    const ended = (main: unknown[]): number | null | undefined => run({ main, w: [{ exit: 3 }] }, one).facts.goroutines.main?.ended;
    expect(ended([{ go: 'w' }, { sleep: '1ms' }])).toBeNull();
    expect(ended([{ exit: 3 }])).toBeTypeOf('number');
  });

  test('the world runs again before wakep', () => {
    const { steps } = run(
      { main: [{ go: 'w' }, { gc: { stw: '1ms' } }, { compute: '1ms' }], w: [{ compute: '5ms' }] },
      { runtime: { gomaxprocs: 4 } },
    );
    const started = steps.find((step) => step.fact?.kind === 'stw');
    expect(at(started as Step)).toBe('startTheWorldWithSema/started');
    expect(started?.fact).toMatchObject({ started: started?.t });
    const after = steps
      .slice(started?.n)
      .filter((step) => step.m === started?.m)
      .map(at);
    expect(after).not.toContain('newm/nextp');
  });
});

describe('messages name a wired goroutine', () => {
  test.each([
    [['lockosthread', { recv: 'c' }], 'goroutine 1 [chan receive, locked to thread]:'],
    [['lockosthread', { panic: 'x' }], 'goroutine 1 [running, locked to thread]:'],
    [[{ recv: 'c' }], 'goroutine 1 [chan receive]:'],
  ])('%j', (main, line) => {
    expect(run({ main }, channel).facts.outcome.message).toContain(line);
  });
});

describe('fields', () => {
  test('blocked: asleep on a note, and only then', () => {
    const played = run(
      { main: [{ netread: { takes: '1ms' } }, { sleep: '200us' }, { go: 'w' }, { gc: { stw: '1ms' } }], w: [{ spin: '3ms' }] },
      { runtime: { gomaxprocs: 2 } },
    );
    const asleep = played.steps.filter((step) => step.set.some(([path, , now]) => path.endsWith('.blocked') && now === true));
    expect(new Set(asleep.map(at))).toEqual(new Set(['stopm/notesleep', 'stopTheWorldWithSema/wait', 'sysmon/deepsleep']));
    expect(played.steps.map(at)).toEqual(expect.arrayContaining(['sysmon/usleep', 'netpoll/epollwait']));
    const notes = new Set(over(played, (_, state) => state.kernel.futex.map(({ on }) => on)).flat());
    expect(notes).toContain('sched.sysmonnote');
    expect(notes).toContain('sched.stopnote');
  });

  test('m0 sleeps on its note when its wired goroutine has ended', () => {
    const { last } = run(
      { main: [{ go: 'w' }, 'lockosthread', { recv: 'c' }, 'unlockosthread', { sleep: '1ms' }], w: [{ send: 'c' }] },
      channel,
    );
    expect(last.kernel.futex.length).toBeGreaterThan(0);
    expect(last.kernel.futex.filter(({ m }) => last.M[m]?.park !== 0)).toEqual([]);
    const wired = run({ main: [{ go: 'w' }, 'gosched', { sleep: '1ms' }, { sleep: '5ms' }], w: ['lockosthread', { compute: '1us' }] }, one);
    const gone = Object.entries(wired.last.M).filter(([, row]) => row.dead || (row.parked && row.p === null && row.lockedExt > 0));
    expect(gone).toHaveLength(1);
    for (const [m, row] of gone) expect(row.dead || wired.last.kernel.futex.some((sleeper) => sleeper.m === m)).toBe(true);
  });

  test('waitreason and syscallpc keep their last value', () => {
    const { last, steps } = run(
      { main: [{ go: 'w' }, { recv: 'c' }, { syscall: { name: 'read', takes: '1us' } }, { compute: '1us' }], w: [{ send: 'c' }] },
      { ...channel, ...one },
    );
    expect(last.G.G1?.waitreason).toBe('chan receive');
    expect(last.G.G1?.syscallsp).toBe('0x0');
    expect(last.G.G1?.syscallpc).not.toBe('0x0');
    expect(steps.filter((step) => step.set.some(([path]) => path.endsWith('.waitreason'))).map(at)).toEqual(['gopark/waitreason']);
  });

  test('a dead goroutine keeps its request to give way', () => {
    const { steps } = run({ main: [{ go: 'w' }, { sleep: '1ms' }], w: [{ compute: '1us' }] });
    const cut = steps.find((step) => at(step) === 'goexit0/g.m=nil');
    expect(cut?.set.map(([path]) => keysOf(path).at(-1))).not.toEqual(expect.arrayContaining(['preempt']));
    expect(cut?.set.map(([path]) => keysOf(path).at(-1))).not.toEqual(expect.arrayContaining(['stackguard0']));
  });

  test('no preemption while gopark and startTheWorldWithSema hold their M', () => {
    const { steps } = run({ main: [{ gc: { stw: '1us' } }, { sleep: '1us' }] }, one);
    const locks = (fn: string): unknown[] =>
      steps
        .filter((step) => step.fn === fn)
        .map((step) => change(step, 'M.M0.locks'))
        .filter((each) => each !== undefined);
    expect(locks('gopark')).toEqual([1, 0]);
    expect([locks('startTheWorldWithSema').at(0), locks('startTheWorldWithSema').at(-1)]).toEqual([1, 0]);
  });

  test('C calls are counted, and the cache follows the P', () => {
    const { last, steps } = run({ main: [{ cgo: { takes: '1us' } }, { cgo: { takes: '1us' } }] }, one);
    expect(last.M.M0).toMatchObject({ ncgocall: 2, ncgo: 0, lockedInt: 0, mcache: 'P0' });
    expect(steps.filter((step) => at(step) === 'reentersyscall/mcache').map((step) => change(step, 'M.M0.mcache'))).toEqual([null, null]);
  });

  test('a slow exit notes its time', () => {
    const { steps, facts } = run({ main: [{ go: 'w' }, { syscall: { name: 'read', takes: '1ms' } }], w: [{ compute: '3ms' }] }, one);
    expect(facts.goroutines.main?.syscalls[0]?.path).toBe('slow-queued');
    const noted = steps.find((step) => at(step) === 'exitsyscall/sysexitticks');
    expect(noted && change(noted, 'G.G1.sysexitticks')).toBe(noted?.t);
  });

  test('a sender that close wakes finds no sudog in gp.param', () => {
    const { facts, steps } = run(
      { main: [{ go: 's' }, 'gosched', { close: 'c' }, { sleep: '1ms' }], s: [{ send: 'c' }] },
      { ...channel, ...one },
    );
    expect(facts.outcome.message).toContain('send on closed channel');
    expect(steps.flatMap((step) => step.set).filter(([path]) => path.endsWith('.param'))).toEqual([]);
    const taken = run({ main: [{ go: 's' }, 'gosched', { recv: 'c' }, { sleep: '1ms' }], s: [{ send: 'c' }] }, { ...channel, ...one });
    expect(
      taken.steps
        .flatMap((step) => step.set)
        .filter(([path]) => path.endsWith('.param'))
        .map(([, , now]) => now),
    ).toEqual(['sudog', null]);
  });

  test('a handed-over count is kept in the waiter’s ticket', () => {
    const { steps } = run(
      { main: [{ go: 'w' }, { gc: { stw: '1ms' } }, { compute: '1us' }, { sleep: '5ms' }], w: [{ gc: { stw: '1ms' } }] },
      { runtime: { gomaxprocs: 2 } },
    );
    // worldsema is released without a hand-over; a starving mutex hands its count over.
    expect(steps.flatMap((step) => step.set).filter(([path]) => path.endsWith('.ticket'))).toEqual([]);
    const w: unknown[] = [{ lock: 'mu' }, { compute: '2ms' }, { unlock: 'mu' }];
    const starving = run(
      {
        main: [
          { lock: 'mu' },
          { go: 'a' },
          { go: 'b' },
          'gosched',
          { compute: '3ms' },
          { unlock: 'mu' },
          { lock: 'mu' },
          { compute: '1ms' },
          'gosched',
          { unlock: 'mu' },
          { sleep: '30ms' },
        ],
        a: w,
        b: w,
      },
      { mutexes: ['mu'], ...one },
    );
    expect(
      starving.steps
        .flatMap((step) => step.set)
        .filter(([path]) => path.endsWith('.ticket'))
        .map(([, , now]) => now)
        .slice(0, 2),
    ).toEqual([1, 0]);
  });
});

describe('events are written where Go writes them', () => {
  const where = ({ steps }: Played, event: string): string[] => [
    ...new Set(steps.filter((step) => step.ev?.split(' ').includes(event)).map(at)),
  ];

  test('creation after the number, start after the tick, end in goexit1', () => {
    const played = run({ main: [{ go: 'w' }, { sleep: '1ms' }], w: [{ compute: '1us' }] }, one);
    expect([where(played, 'GoCreate'), where(played, 'GoStart'), where(played, 'GoEnd')]).toEqual([
      ['newproc1/goid'],
      ['execute/gogo'],
      ['goexit1/goexit0'],
    ]);
  });

  test('a delayed exit just before the start, in the same row', () => {
    const { steps } = run({ main: [{ go: 'w' }, { syscall: { name: 'read', takes: '1ms' } }], w: [{ compute: '3ms' }] }, one);
    expect(steps.filter((step) => step.ev?.includes('GoSysExit')).map((step) => [at(step), step.ev])).toEqual([
      ['execute/gogo', 'GoSysExit GoStart'],
    ]);
  });

  test('a list is told before the lock is taken', () => {
    const { steps } = run(
      { main: [{ go: { name: 'r', times: 3 } }, 'gosched', { sleep: '5ms' }], r: [{ netread: { takes: '1ms' } }] },
      one,
    );
    const told = steps.filter((step) => at(step) === 'injectglist/trace');
    expect(told.map((step) => step.ev)).toContain('GoUnblock GoUnblock');
    for (const step of told) expect(steps.slice(step.n).find((each) => each.m === step.m)).toMatchObject({ fn: 'injectglist', at: 'lock' });
  });
});

test('waiting for the taker of a P takes time even when it costs none', () => {
  // Stores are so slow that the M is back before the taker of its P has counted.
  const played = run(
    {
      main: [
        { go: { name: 'w', times: 2 } },
        { syscall: { name: 'read', takes: '3ms' } },
        'unlockosthread',
        { repeat: { times: 5, do: [{ syscall: { name: 'read', takes: '300ns' } }] } },
        'unlockosthread',
        { repeat: { times: 2, do: [{ syscall: { name: 'read', takes: '1us' } }] } },
      ],
      w: [{ cgo: { takes: '4ms' } }],
    },
    { runtime: { gomaxprocs: 1, costs: { epoll: 0, store: 17_956 } }, limits: { time: '1s', steps: 100_000 } },
  );
  const waits = played.steps.filter((step) => step.at === 'tracewait');
  expect(waits.length).toBeGreaterThan(0);
  const next = new Map<string, number>();
  for (const { m, t } of waits) {
    expect(t, 'two looks of one M at one time').toBeGreaterThan(next.get(m) ?? -1);
    next.set(m, t);
  }
  expect(played.facts.outcome.kind).toBe('exit');
});

describe('forEachP with a function that is counted', () => {
  /** Plays `others` next to a main that does `before` and then asks forEachP of every P. */
  function asked(
    gomaxprocs: number,
    before: unknown[],
    others: Record<string, unknown>,
  ): { did: PId[]; steps: Step[]; state: State; outcome: unknown } {
    const made = scenario(
      { main: [{ go: 'begin' }, ...Object.keys(others).map((go) => ({ go }))], begin: before, ...others },
      { runtime: { gomaxprocs }, ...channel, limits: { time: '1s', steps: 20_000 } },
    );
    const did: PId[] = [];
    function* main(rt: Runtime, g: GId, program: GoProgram): Thread {
      yield* program.goroutine(g, 'begin');
      yield row('test', 'systemstack', 'switch');
      const m = rt.mOf(g);
      rt.to.m(m, 'ong0', true);
      yield* forEachP(rt, m, { name: 'test', run: (p) => did.push(p) });
      yield row('test', 'exit', 'op');
      throw new ProgramEnd('exit', 0, '');
    }
    const simulation = new Simulation(made, assets, main);
    const steps: Step[] = [];
    const keeper = new LawKeeper(simulation.first);
    while (!simulation.outcome) {
      for (const step of simulation.run(1).steps) {
        steps.push(plainStep(step));
        keeper.check(simulation.state, step);
      }
    }
    return { did, steps, state: simulation.state, outcome: simulation.outcome.kind };
  }

  test('idle Ps at once, the own one, those in a system call through handoffp', () => {
    const { did, steps, state, outcome } = asked(3, [{ go: 'reader' }, { compute: '300us' }], {
      // The first call only moves the tick: a P whose tick is 0 is taken at sysmon's first look.
      reader: [{ syscall: { name: 'read', takes: '1us' } }, { syscall: { name: 'read', takes: '5ms' } }],
    });
    expect(outcome).toBe('exit');
    expect([...did].sort()).toEqual(['P0', 'P1', 'P2']);
    expect(steps.map(at)).toContain('forEachP/idle');
    expect(steps.filter((step) => step.fact?.kind === 'handoff').map((step) => step.fact)).toEqual([
      expect.objectContaining({ also: ['safepoint'] }),
    ]);
    expect(steps.filter((step) => at(step) === 'forEachP/p.syscalltick++')).toHaveLength(1);
    expect(state.sched).toMatchObject({ safePointFn: null, safePointWait: 0, safePointNote: 0 });
  });

  test('those that run do it themselves at the next safe point, and the last one wakes the asker', () => {
    const { did, steps, outcome } = asked(3, [{ go: 'w' }, { go: 'v' }, { compute: '300us' }], {
      w: [{ compute: '20ms' }],
      v: [{ spin: '20ms' }],
    });
    expect(outcome).toBe('exit');
    expect([...did].sort()).toEqual(['P0', 'P1', 'P2']);
    expect(did[0]).toBe('P0');
    expect(steps.filter((step) => at(step) === 'runSafePointFn/cas')).toHaveLength(2);
    expect(steps.map(at)).toContain('forEachP/wait-over');
    expect(steps.filter((step) => step.set.some(([path, , now]) => path === 'sched.safePointNote' && now === 1)).map(at)).toEqual([
      'runSafePointFn/safePointWait',
    ]);
  });

  test('among random programs every P runs it once, and every law holds', () => {
    let asked = 0;
    fc.assert(
      fc.property(randomScenario, (made) => {
        function* main(rt: Runtime, g: GId, program: GoProgram): Thread {
          for (const name of ['a', 'b', 'c']) yield* newproc(rt, g, name, (started) => program.goroutine(started, name));
          for (let i = 0; i < 3; i++) {
            yield rest('spin', 40_000);
            // As Go demands of forEachP's caller.
            yield* semacquire(rt, g, worldsema(g));
            yield row('test', 'systemstack', 'switch');
            const m = rt.mOf(g);
            rt.to.m(m, 'ong0', true);
            const did: PId[] = [];
            yield* forEachP(rt, m, { name: 'test', run: (p) => did.push(p) });
            rt.to.m(m, 'ong0', false);
            expect([...did].sort()).toEqual([...rt.allp].sort());
            asked++;
            yield* semrelease(rt, g, worldsema(g), false);
          }
          yield row('test', 'exit', 'op');
          throw new ProgramEnd('exit', 0, '');
        }
        const simulation = new Simulation(
          { ...made, runtime: { ...made.runtime, maxthreads: 10_000 }, limits: { timeNs: 100_000_000, steps: 5_000 } },
          assets,
          main,
        );
        const keeper = new LawKeeper(simulation.first);
        while (!simulation.outcome) for (const step of simulation.run(1).steps) keeper.check(simulation.state, step);
      }),
      { numRuns: 300 },
    );
    expect(asked).toBeGreaterThan(300);
  });

  test('a goroutine on its way into a system call runs it before its P is nobody’s', () => {
    const { did, steps } = asked(2, [{ go: 'caller' }, { compute: '100us' }], {
      caller: [{ repeat: { times: 3000, do: [{ syscall: { name: 'getpid', via: 'Syscall' } }] } }],
    });
    expect([...did].sort()).toEqual(['P0', 'P1']);
    expect(steps.map(at).some((each) => each === 'runSafePointFn/fn' || each === 'forEachP/syscalls')).toBe(true);
  });
});

describe('as Go 1.19.8 was seen to run', () => {
  test('twenty that sleep equally long are found together, and the last one found runs first', () => {
    const { facts } = run(
      { main: [{ go: { name: 'a', times: 20 } }, { sleep: '10ms' }], a: [{ sleep: '3ms' }, { mark: 'woke' }] },
      { runtime: { gomaxprocs: 1 } },
    );
    const order = facts.marks.map(({ g }) => Number(g.split('#')[1]));
    expect(order).toEqual([19, 20, ...Array.from({ length: 18 }, (_, i) => i + 1)]);
  });

  test('a goroutine that is to yield does so before it records anything', () => {
    expect(
      marks(
        run(
          { main: [{ go: 'a' }, 'gosched', { mark: 'm' }, { sleep: '100ms' }], a: [{ spin: '40ms' }, { mark: 'A' }] },
          { runtime: { gomaxprocs: 1, asyncpreempt: false } },
        ),
      ),
    ).toEqual(['m', 'A']);
  });

  test('goroutines do not overlap on one P', () => {
    const { facts } = run(
      { main: [{ go: 'w' }, { blockingsyscall: { takes: '1ms' } }, { compute: '5us' }], w: [{ compute: '10us' }] },
      { runtime: { gomaxprocs: 1 } },
    );
    const runs = Object.values(facts.goroutines)
      .flatMap((each) => each.runs)
      .sort((a, b) => a.from - b.from);
    expect(runs.length).toBe(3);
    for (const [i, each] of runs.entries()) expect(each.from).toBeGreaterThanOrEqual(runs[i - 1]?.to ?? 0);
  });
});
