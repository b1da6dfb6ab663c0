/** Every law can be broken: each is shown a state in which one thing is wrong, and must say so. A law that never speaks proves nothing. */
import { describe, expect, test } from 'vitest';
import { firstState } from '../run/first-state';
import { Simulation } from '../run/simulate';
import { LawKeeper } from './law-keeper';
import { brokenLaw, LAWS } from './laws';
import { LIVENESS, LivenessWatch } from './liveness';
import { Moment } from './moment';
import type { Change, GRow, MId, PId, State } from '../state';
import type { PollWaiter } from '../sync-rows';
import { assets, play, scenarioOf } from '../testdata/run-scenario';

/** G1 runs on M0 with P0; M1 is sysmon; M2 sleeps; P1 and P2 are idle; G2 waits. */
function threePs(): State {
  const state = firstState(
    scenarioOf(
      `{schedville: 1, kind: scenario, id: three, title: {zh: 三, en: three}, runtime: {gomaxprocs: 3, start: {idlems: 1}}, goroutines: {main: [{compute: 1us}]}}`,
    ),
  );
  state.G.G2 = { ...state.G.G1!, name: 'two', goid: 2, status: '_Gwaiting', m: null };
  return state;
}

interface Wrong {
  state: State;
  g1: GRow;
  g2: GRow;
  m0: State['M'][MId];
  m2: State['M'][MId];
  p0: State['P'][PId];
  p1: State['P'][PId];
  /** The step that led here. */
  at: (fn: string, at: string, set?: Change[]) => void;
}

function moment(spoil: (wrong: Wrong) => void): Moment {
  const state = threePs();
  const { G1: g1, G2: g2 } = state.G;
  const { M0: m0, M2: m2 } = state.M;
  const { P0: p0, P1: p1 } = state.P;
  const ticks = new Map(
    (Object.entries(state.P) as [PId, State['P'][PId]][]).map(([p, { schedtick, syscalltick }]) => [p, { schedtick, syscalltick }]),
  );
  let step: Moment['step'] = { n: 1, t: 0, m: 'M0', p: 'P0', g: 'G1', fn: 'main', at: 'op', d: 0, set: [] };
  spoil({
    state,
    g1: g1!,
    g2: g2!,
    m0: m0!,
    m2: m2!,
    p0: p0!,
    p1: p1!,
    at: (fn, at, set = []) => {
      step = { ...step, fn, at, set };
    },
  });
  return new Moment(state, new Map([[step.m, step]]), ticks, step);
}

const SPOILT: readonly [number, (wrong: Wrong) => void][] = [
  [
    1,
    ({ p0 }) => {
      p0.m = null;
    },
  ],
  [
    2,
    ({ p1 }) => {
      p1.m = 'M2';
    },
  ],
  [
    3,
    ({ m2 }) => {
      m2.nextp = 'P0';
    },
  ],
  [
    4,
    ({ g1 }) => {
      g1.m = 'M2';
    },
  ],
  [
    5,
    ({ g2 }) => {
      g2.lockedm = 'M2';
    },
  ],
  [
    6,
    ({ m0, g2 }) => {
      m0.lockedg = 'G2';
      m0.lockedExt = 1;
      g2.lockedm = 'M0';
    },
  ],
  [
    7,
    ({ p0 }) => {
      p0.status = '_Pidle';
    },
  ],
  [
    8,
    ({ state, g1 }) => {
      for (let i = 3; i < 6; i++) state.G[`G${i}`] = { ...g1 };
    },
  ],
  [
    9,
    ({ g1 }) => {
      g1.status = '_Gsyscall';
      g1.throwsplit = true;
      g1.syscallsp = '0xc0';
    },
  ],
  [
    10,
    ({ g2 }) => {
      g2.syscallsp = '0xc0';
    },
  ],
  [
    11,
    ({ p1, state }) => {
      p1.status = '_Prunning';
      state.sched.pidle = ['P2'];
    },
  ],
  [
    12,
    ({ p1, state }) => {
      p1.status = '_Psyscall';
      state.sched.pidle = ['P2'];
    },
  ],
  [
    13,
    ({ p1 }) => {
      p1.runq = ['G2'];
    },
  ],
  [
    14,
    ({ p1, state }) => {
      p1.status = '_Pdead';
      p1.runq = ['G1'];
      state.sched.pidle = ['P2'];
    },
  ],
  [
    15,
    ({ m2 }) => {
      m2.spinning = true;
    },
  ],
  [
    16,
    ({ m0 }) => {
      m0.incgo = true;
    },
  ],
  [
    17,
    ({ m2 }) => {
      m2.oldp = 'P1';
    },
  ],
  [
    18,
    ({ state }) => {
      state.sched.runq = ['G2'];
    },
  ],
  [
    19,
    ({ p0, g2 }) => {
      g2.status = '_Grunnable';
      p0.runq = Array<'G2'>(257).fill('G2');
    },
  ],
  [
    20,
    ({ state }) => {
      state.sched.midle = ['M2', 'M2'];
    },
  ],
  [
    21,
    ({ state }) => {
      state.sched.nmspinning = 1;
    },
  ],
  [
    22,
    ({ m2, state }) => {
      m2.spinning = true;
      state.sched.nmspinning = 1;
      state.sched.midle = [];
    },
  ],
  [
    23,
    ({ state }) => {
      state.sched.mcount = 2;
    },
  ],
  [
    24,
    ({ state, at }) => {
      state.sched.nmidlelocked = 5;
      at('checkdead', 'run');
    },
  ],
  [
    25,
    ({ state }) => {
      state.sched.nmidlelocked = 1;
    },
  ],
  [
    26,
    ({ p0 }) => {
      p0.schedtick += 2;
    },
  ],
  [
    27,
    ({ m0 }) => {
      m0.locks = -1;
    },
  ],
  [
    28,
    ({ state }) => {
      state.sched.gcwaiting = true;
      state.sched.stopwait = 1;
    },
  ],
  [
    29,
    ({ state, at }) => {
      state.sched.worldsema.holder = 'G1';
      at('stopTheWorldWithSema', 'check');
    },
  ],
  [
    30,
    ({ state, p1 }) => {
      state.sched.safePointFn = 'f';
      p1.runSafePointFn = true;
    },
  ],
  [
    31,
    ({ state }) => {
      state.kernel.poller = 'M2';
    },
  ],
  [
    32,
    ({ m0, at }) => {
      m0.oldp = 'P0';
      at('exitsyscall', 'throwsplit');
    },
  ],
  [
    33,
    ({ at }) => {
      at('runqput', 'put', [['P.P0.status', '_Psyscall', '_Pidle']]);
    },
  ],
  [
    38,
    ({ state, m2 }) => {
      lend(state, m2);
      m2.p = 'P1';
      state.sched.extram = ['M2'];
    },
  ],
  [
    39,
    ({ state, m2 }) => {
      lend(state, m2);
      state.sched.extram = [];
    },
  ],
  [
    40,
    ({ state }) => {
      state.sched.forcegc = { g: 'G2', idle: 1, lock: null, lastgc: 5 };
    },
  ],
  [
    41,
    ({ state, g2 }) => {
      Object.assign(g2, { status: '_Gwaiting', waitreason: 'IO wait' });
      watch(state, { rg: 'G2', wg: 'G2' });
    },
  ],
];

/** A pollDesc of descriptor 6. */
function watch(state: State, waiters: { rg: PollWaiter; wg: PollWaiter }): void {
  const sema = { sema: 0, queue: [], lock: null };
  const free = { fd: 6, inside: 0, closing: false, reader: null, writer: null, rwait: 0, wwait: 0, rsema: sema, wsema: sema, csema: sema };
  state.sched.netpoll = { epfd: 3, breakRd: 4, breakWr: 5, free: [], pd: { pd0: { ...free, ...waiters } } };
}

/** M2 is an extra M, with G2. */
function lend(state: State, m2: State['M'][MId]): void {
  Object.assign(m2, { role: 'extra', curg: 'G2', lockedg: 'G2', lockedInt: 1, parked: false });
  Object.assign(state.G.G2!, { status: '_Gdead', m: 'M2', lockedm: 'M2', syscallsp: '0x1' });
  state.sched.midle = [];
  state.sched.extramLock = null;
}

test('an extra M keeps every law on the list, and with a thread of C', () => {
  const onTheList = moment(({ state, m2 }) => {
    lend(state, m2);
    state.sched.extram = ['M2'];
  });
  expect(brokenLaw(onTheList)).toBeNull();
  const lent = moment(({ state, m2, g2 }) => {
    lend(state, m2);
    state.sched.extram = [];
    g2.status = '_Gsyscall';
  });
  expect(brokenLaw(lent)).toBeNull();
});

test.each<[string, number, (wrong: Wrong) => void]>([
  ['wired, and counted nowhere', 5, ({ m0, g1 }) => void (Object.assign(m0, { lockedg: 'G1' }), Object.assign(g1, { lockedm: 'M0' }))],
  ['on the list twice', 38, ({ state, m2 }) => void (lend(state, m2), (state.sched.extram = ['M2', 'M2']))],
  [
    'on the list with a goroutine that lives',
    38,
    ({ state, m2, g2 }) => void (lend(state, m2), (g2.status = '_Gsyscall'), (state.sched.extram = ['M2'])),
  ],
  [
    'the list is locked by one that does something else',
    39,
    ({ state }) => void Object.assign(state.sched, { extram: [], extramLock: 'M0' }),
  ],
])('%s: law %i speaks', (_, number, spoil) => {
  expect(LAWS.find((each) => each.number === number)?.broken(moment(spoil))).toBeTypeOf('string');
});

test('in a sound state every law is silent', () => {
  expect(brokenLaw(moment(() => undefined))).toBeNull();
});

test.each(SPOILT)('law %i speaks', (number, spoil) => {
  const law = LAWS.find((each) => each.number === number);
  expect(law?.broken(moment(spoil))).toBeTypeOf('string');
});

test('law 41 also asks what its goroutine waits for', () => {
  const wrong = moment(({ state, g2 }) => {
    Object.assign(g2, { status: '_Gwaiting', waitreason: 'chan receive' });
    watch(state, { rg: null, wg: 'G2' });
  });
  expect(brokenLaw(wrong)).toBe(
    'law 41 (who stands in a pollDesc waits for the poller, and in one place only): G2 stands in pd0, but is _Gwaiting (chan receive)',
  );
});

test('no law is left out', () => {
  expect(SPOILT.map(([number]) => number)).toEqual(LAWS.map((law) => law.number));
});

const STUCK: readonly [number, (wrong: Wrong) => void][] = [
  [
    34,
    ({ state, g1, g2, m0, p0 }) => {
      g2.status = '_Grunnable';
      state.sched.runq = ['G2'];
      g1.status = '_Gsyscall';
      m0.kernel = { nr: 0, name: 'read', since: 0, until: null };
      p0.status = '_Pidle';
    },
  ],
  [
    35,
    ({ g2, p0 }) => {
      g2.status = '_Grunnable';
      p0.status = '_Psyscall';
      p0.runq = ['G2'];
    },
  ],
  [
    36,
    ({ state, m0 }) => {
      state.sched.gcwaiting = true;
      state.sched.stopwait = 1;
      m0.curg = null;
    },
  ],
  [
    37,
    ({ g1 }) => {
      g1.status = '_Gwaiting';
    },
  ],
];

test.each(STUCK)('law %i is patient, and speaks in the end', (number, spoil) => {
  const law = LIVENESS.find((each) => each.number === number);
  const stuck = moment(spoil);
  const watch = new LivenessWatch();
  expect(watch.broken(stuck, 0)).toBeNull();
  expect(watch.broken(stuck, law?.patienceNs ?? NaN)).toBeNull();
  expect(watch.broken(stuck, (law?.patienceNs ?? NaN) + 1)).toContain(`law ${number} `);
});

test('what is mended in between starts anew', () => {
  const stuck = moment(STUCK[3]![1]);
  const sound = moment(() => undefined);
  const watch = new LivenessWatch();
  for (const [now, t] of [
    [stuck, 0],
    [sound, 20_000_000],
    [stuck, 30_000_000],
    [stuck, 50_000_000],
  ] as const)
    expect(watch.broken(now, t)).toBeNull();
});

test('no law of whole runs is left out', () => {
  expect(STUCK.map(([number]) => number)).toEqual(LIVENESS.map((law) => law.number));
});

describe('laws keep to the pace that a scenario sets', () => {
  const given = (goroutines: Record<string, unknown[]>, more: Record<string, unknown>): string =>
    JSON.stringify({ schedville: 1, kind: 'scenario', id: 'slow', title: { zh: '慢', en: 'slow' }, goroutines, ...more });

  test.each([
    [
      'a stop of the world in which each compare-and-swap takes a millisecond',
      given(
        { main: [{ go: { name: 'w', times: 3 } }, { compute: '1ms' }], w: [{ gc: { stw: '0ns' } }] },
        { runtime: { gomaxprocs: 3, costs: { cas: 1_000_000 } } },
      ),
    ],
    [
      'going to sleep for a second',
      given(
        { main: [{ go: 'w' }, { gc: { stw: '0ns' } }, 'gosched'], w: [{ gc: { stw: '5us' } }] },
        { runtime: { gomaxprocs: 2, costs: { futexsleep: 1_000_000_000 } } },
      ),
    ],
    [
      'a long first sleep of sysmon',
      given({ main: [{ go: 'w' }, { syscall: { name: 'read', takes: '30ms' } }], w: [] }, { runtime: { start: { sysmondelay: '30ms' } } }),
    ],
    [
      'a wired goroutine that is picked before its thread has counted itself',
      given(
        {
          main: [{ go: 'w' }, { syscall: { name: 'read', takes: '1ms' } }],
          w: [{ close: 'c' }, 'lockosthread', { sleep: '1us' }, { cgo: { takes: '30ms' } }],
        },
        { runtime: { gomaxprocs: 3, costs: { lock: 5_000 } }, channels: { c: { cap: 2 } } },
      ),
    ],
    [
      'a program with C in it that waits for ever',
      given(
        { main: [{ recv: 'c' }], w: [{ cgo: { takes: '200ns' } }] },
        { channels: { c: { cap: 0 } }, limits: { time: '200s', steps: 1_000_000 } },
      ),
    ],
  ])('%s', (_, text) => {
    expect(['exit', 'limit']).toContain(play(scenarioOf(text)).facts.outcome.kind);
  });

  test('but a pace that is not set is not allowed for', () => {
    const stuck = scenarioOf(
      given({ main: [{ go: 'w' }, { syscall: { name: 'read', takes: '30ms' } }], w: [] }, { runtime: { start: { sysmondelay: '30ms' } } }),
    );
    const simulation = new Simulation(stuck, assets);
    const { first } = simulation;
    const keeper = new LawKeeper({ ...first, sysmon: { ...first.sysmon, delay: 20_000 } });
    const whole = (): void => {
      while (!simulation.outcome) for (const step of simulation.run(1).steps) keeper.check(simulation.state, step);
    };
    expect(whole).toThrow(/law 35/);
  });
});
