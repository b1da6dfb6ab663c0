import { describe, expect, test } from 'vitest';
import type { GRow, MRow, PRow, State } from '../../src-main/contract/index';
import { childName, houseName, parentName } from './names';
import { describe as inWords, HEIGHT, planBetween, scenePlan, touched } from './scene-plan';

const CAST = { M: [], P: [], G: {} };

function g(changes: Partial<GRow>): GRow {
  return {
    name: 'main', system: false, goid: 1, status: '_Grunning', m: null, lockedm: null, waitreason: '', preempt: false, stackguard0: 'normal',
    throwsplit: false, syscallsp: '0x0', syscallpc: '0x0', sched: { pc: '', sp: '' }, sysblocktraced: false, op: 0, opname: '', stack: {}, frames: [], ...changes,
  };
}

function m(changes: Partial<MRow>): MRow {
  return {
    name: '', curg: null, ong0: false, p: null, nextp: null, oldp: null, spinning: false, blocked: false, parked: false, park: 0, locks: 0, syscalltick: 0,
    lockedg: null, lockedExt: 0, incgo: false, signalPending: false, preemptoff: '', role: 'worker', dead: false, kernel: null, regs: null, flags: null, ...changes,
  };
}

function p(changes: Partial<PRow>): PRow {
  return { status: '_Pidle', m: null, runq: [], runnext: null, schedtick: 0, syscalltick: 0, preempt: false, runSafePointFn: false, gfree: [], goidcache: 0, goidcacheend: 0, timers: [], ...changes };
}

function village(changes: Partial<State>): State {
  return {
    G: { G1: g({ m: 'M0' }) },
    M: { M0: m({ curg: 'G1', p: 'P0' }) },
    P: { P0: p({ status: '_Prunning', m: 'M0' }) },
    sched: {
      lock: null, runq: [], midle: [], pidle: [], nmidlelocked: 0, nmspinning: 0, nmsys: 1, ngsys: 0, gcwaiting: false, stopwait: 0, sysmonwait: false, lastpoll: 1,
      pollUntil: 0, maxmcount: 10_000, mcount: 2, mnext: 2, nmfreed: 0, goidgen: 16, gfree: [], haveTemplateThread: false, newmHandoff: [], safePointWait: 0,
      worldsema: { holder: null, queue: [], lock: null },
    },
    kernel: { pid: 1, files: {}, fds: {}, objects: {}, mem: {}, futex: [], stdout: '', stderr: '', netpoll: [], poller: null, maps: [], strace: [] },
    sysmon: { m: null, delay: 20_000, idle: 0, deepsleep: false, ticks: { P0: { schedtick: 0, schedwhen: 0, syscalltick: 0, syscallwhen: 0 } } },
    chan: {}, mutex: {}, waitgroup: {},
    ...changes,
  };
}

const planOf = (state: State): ReturnType<typeof scenePlan> => scenePlan({ state, step: null, cast: CAST, language: 'zh', width: 1_200 });

describe('a house', () => {
  test.each([
    ['_Prunning', 'open', 'lit'],
    ['_Pidle', 'closed', 'dark'],
    ['_Psyscall', 'locked', 'dark'],
    ['_Pgcstop', 'sealed', 'dark'],
    ['_Pdead', 'ruin', 'dark'],
  ] as const)('%s has its door %s and its window %s', (status, door, light) => {
    expect(planOf(village({ P: { P0: p({ status }) } })).houses[0]).toMatchObject({ door, light });
  });

  test('is bolted from inside while its parent hunts without leaving it', () => {
    const state = village({ M: { M0: m({ curg: 'G1', p: 'P0', kernel: { nr: 0, name: 'read', since: 0, until: null } }) } });
    expect(planOf(state).houses[0]?.door).toBe('bolted');
  });

  test('shows eight on the bench and counts the rest', () => {
    const runq = Array.from({ length: 30 }, (_, i): `G${number}` => `G${i + 2}`);
    const children = Object.fromEntries(runq.map((id) => [id, g({ status: '_Grunnable' })]));
    const plan = planOf(village({ P: { P0: p({ status: '_Prunning', m: 'M0', runq }) }, G: { G1: g({ m: 'M0' }), ...children } }));
    expect(plan.houses[0]).toMatchObject({ bench: 30, hidden: 22 });
    expect(plan.children).toHaveLength(9);
  });
});

describe('who stands where', () => {
  test('a hunter in the forest, with the kept address, and the child with him', () => {
    const state = village({
      G: { G1: g({ m: 'M0', status: '_Gsyscall' }) },
      M: { M0: m({ curg: 'G1', oldp: 'P0', syscalltick: 3, kernel: { nr: 0, name: 'read', since: 0, until: null } }) },
      P: { P0: p({ status: '_Psyscall' }) },
    });
    const plan = planOf(state);
    expect(plan.parents[0]).toMatchObject({ pose: 'hunting', address: '天字一号房 · 3' });
    expect(plan.parents[0]?.x).toBeGreaterThan(plan.places.forest);
    expect(plan.children[0]?.x).toBeGreaterThan(plan.parents[0]?.x ?? 0);
  });

  test('an idle thread asleep, a queued goroutine in the orphanage', () => {
    const state = village({ G: { G1: g({ status: '_Grunnable' }) }, M: { M0: m({ parked: true, ong0: true }) }, P: { P0: p({}) } });
    state.sched = { ...state.sched, midle: ['M0'], runq: ['G1'], pidle: ['P0'] };
    const plan = planOf(state);
    expect(plan.parents[0]?.pose).toBe('asleep');
    expect(plan).toMatchObject({ orphans: 1, sleepers: 1, keys: [{ id: 'P0' }] });
    expect(plan.children[0]?.x).toBeLessThan(plan.places.creche.x);
  });

  test.each([1, 4, 7, 16])('%i houses fit beside each other', (count) => {
    const houses = Object.fromEntries(Array.from({ length: count }, (_, i) => [`P${i}`, p({})]));
    const plan = planOf(village({ P: houses }));
    for (const house of plan.houses) {
      expect(house.x).toBeGreaterThan(40);
      expect(house.x).toBeLessThan(plan.places.forest);
      expect(house.y).toBeLessThan(HEIGHT);
    }
    const rows = new Map<number, number[]>();
    for (const { x, y } of plan.houses) rows.set(y, [...(rows.get(y) ?? []), x]);
    for (const xs of rows.values()) for (const [i, x] of xs.entries()) if (i > 0) expect(x - (xs[i - 1] ?? 0)).toBeGreaterThan(150 * (plan.houses[0]?.scale ?? 1));
  });
});

test('the way there and back goes over the same pictures', () => {
  const a = planOf(village({}));
  const b = planOf(village({ M: { M0: m({ curg: null, p: null, parked: true }) }, G: { G1: g({ status: '_Grunnable' }) } }));
  expect(planBetween(a, b, 1)).toBe(b);
  expect(planBetween(a, b, 0).parents.map(({ x, y }) => [x, y])).toEqual(a.parents.map(({ x, y }) => [x, y]));
  expect(planBetween(a, b, 0.4)).toEqual(planBetween(a, b, 0.4));
});

test('names are stable, and the cast’s come first', () => {
  expect(parentName('M0', 'worker', CAST, 'zh')).toBe('张三');
  expect(parentName('M0', 'worker', { ...CAST, M: ['老王'] }, 'zh')).toBe('老王');
  expect(parentName('M3', 'worker', { ...CAST, M: ['张三', '更夫', '王五', '李四'] }, 'en')).toBe('Li Si');
  expect(houseName('P1', CAST, 'zh')).toBe('地字二号房');
  expect(childName('G40', 'w', CAST, 'zh')).toBe('娃40');
});

test('the picture can be told in words, and knows what a step touched', () => {
  expect(inWords(planOf(village({})), 'en')).toContain('(P0): lit');
  const step = { n: 1, t: 0, m: 'M0', p: null, g: null, fn: 'f', at: 'a', d: 0, set: [['sched.runq', [], ['G1']], ['G.G1.m', 'M0', null]] } as const;
  expect([...touched(step as never)]).toEqual(['orphanage', 'G1']);
});
