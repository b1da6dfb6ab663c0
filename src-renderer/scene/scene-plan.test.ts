import { describe, expect, test } from 'vitest';
import type { GRow, MRow, PRow, State, Step } from '../../src-main/contract/index';
import { childName, childRobe, houseName, parentName, parentRobe } from './names';
import { type Plan, plaqueSize } from './scene-figures';
import { boxOf, overlap } from './scene-labels';
import { frameFor, LEAST_HEIGHT, LEAST_WIDTH } from './scene-layout';
import { planBetween } from './scene-motion';
import { scenePlan, touched } from './scene-plan';
import { describe as inWords } from './scene-words';
import { golden, play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { LANGUAGES } from '../../src-main/contract/index';
import { applyStep, copyState } from '../../src-main/model/trace/replay';

const CAST = { M: [], P: [], G: {} };

/** What the picture reads of a row; the model's rows hold more. */
function g(changes: Partial<GRow>): GRow {
  return {
    name: 'main',
    system: false,
    goid: 1,
    status: '_Grunning',
    m: null,
    lockedm: null,
    waitreason: '',
    preempt: false,
    stackguard0: 'normal',
    throwsplit: false,
    syscallsp: '0x0',
    syscallpc: '0x0',
    sched: { pc: '', sp: '' },
    sysblocktraced: false,
    op: 0,
    opname: '',
    stack: {},
    frames: [],
    ...changes,
  } as GRow;
}

function m(changes: Partial<MRow>): MRow {
  return {
    name: '',
    curg: null,
    ong0: false,
    p: null,
    nextp: null,
    oldp: null,
    spinning: false,
    blocked: false,
    parked: false,
    park: 0,
    locks: 0,
    syscalltick: 0,
    lockedg: null,
    lockedExt: 0,
    incgo: false,
    signalPending: false,
    preemptoff: '',
    role: 'worker',
    dead: false,
    kernel: null,
    regs: null,
    flags: null,
    ...changes,
  } as MRow;
}

function p(changes: Partial<PRow>): PRow {
  return {
    status: '_Pidle',
    m: null,
    runq: [],
    runnext: null,
    schedtick: 0,
    syscalltick: 0,
    preempt: false,
    runSafePointFn: false,
    gfree: [],
    goidcache: 0,
    goidcacheend: 0,
    timers: [],
    ...changes,
  } as PRow;
}

function village(changes: Partial<State>): State {
  return {
    G: { G1: g({ m: 'M0' }) },
    M: { M0: m({ curg: 'G1', p: 'P0' }) },
    P: { P0: p({ status: '_Prunning', m: 'M0' }) },
    sched: {
      lock: null,
      runq: [],
      midle: [],
      pidle: [],
      nmidlelocked: 0,
      nmspinning: 0,
      nmsys: 1,
      ngsys: 0,
      gcwaiting: false,
      stopwait: 0,
      sysmonwait: false,
      lastpoll: 1,
      pollUntil: 0,
      maxmcount: 10_000,
      mcount: 2,
      mnext: 2,
      nmfreed: 0,
      goidgen: 16,
      gfree: [],
      haveTemplateThread: false,
      newmHandoff: [],
      safePointWait: 0,
      worldsema: { holder: null, queue: [], lock: null },
    } as unknown as State['sched'],
    kernel: {
      pid: 1,
      files: {},
      fds: {},
      objects: {},
      mem: {},
      futex: [],
      stdout: '',
      stderr: '',
      netpoll: [],
      poller: null,
      maps: [],
      strace: [],
    } as unknown as State['kernel'],
    sysmon: {
      m: null,
      delay: 20_000,
      idle: 0,
      asleep: false,
      deepsleep: false,
      ticks: { P0: { schedtick: 0, schedwhen: 0, syscalltick: 0, syscallwhen: 0 } },
    },
    chan: {},
    mutex: {},
    waitgroup: {},
    ...changes,
  };
}

const planOf = (state: State): ReturnType<typeof scenePlan> =>
  scenePlan({ state, step: null, cast: CAST, language: 'zh', frame: frameFor(1_024, 318) });

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
  const runs = (m0: Partial<MRow>, p0: Partial<PRow> = {}): Plan =>
    planOf(village({ M: { M0: m({ curg: 'G1', p: 'P0', ...m0 }) }, P: { P0: p({ status: '_Prunning', m: 'M0', ...p0 }) } }));

  test.each([
    ['raising', {}, 'home'],
    ['at the desk', { ong0: true }, 'desk'],
    ['looking for work', { curg: null, spinning: true }, 'roaming'],
    ['in the kernel for its own sake', { ong0: true, kernel: { nr: 0, name: 'read', since: 0, until: null } }, 'hunting'],
  ] as const)('whoever is %s keeps to the left of the door, where no child waits', (_, row, pose) => {
    const plan = runs(row);
    const door = plan.houses[0]?.x ?? 0;
    expect(plan.parents[0]?.pose).toBe(pose);
    // The door is 34 wide, and a grown-up as much.
    expect(plan.parents[0]?.x).toBeLessThan(door - 34);
    expect(plan.parents[0]?.x).toBeGreaterThan(door - 120);
  });

  test('an heir with the key in its hand comes from the left', () => {
    const state = village({ M: { M0: m({ curg: null, nextp: 'P0' }) }, P: { P0: p({}) }, G: {} });
    const plan = planOf(state);
    expect(plan.parents[0]).toMatchObject({ key: 'P0', pose: 'walking' });
    expect(plan.parents[0]?.x).toBeLessThan((plan.houses[0]?.x ?? 0) - 34);
  });

  test('a child stands right of its parent; the next one sits right of the door', () => {
    const state = village({
      G: { G1: g({ m: 'M0' }), G2: g({ status: '_Grunnable' }) },
      P: { P0: p({ status: '_Prunning', m: 'M0', runnext: 'G2' }) },
    });
    const plan = planOf(state);
    const at = Object.fromEntries([...plan.parents, ...plan.children].map(({ id, x }) => [id, x]));
    const door = plan.houses[0]?.x ?? 0;
    expect([at.M0, at.G1, door, at.G2]).toEqual([at.M0, at.G1, door, at.G2].sort((a, b) => (a ?? 0) - (b ?? 0)));
    expect(at.G2).toBeGreaterThan(door + 34);
  });

  test('those who wait sit in the order of their queue, the first one nearest to the left end', () => {
    const queue = ['G4', 'G2', 'G3'] as const;
    const children = Object.fromEntries(queue.map((id) => [id, g({ status: '_Grunnable' })]));
    const seated = (state: State): string[] =>
      planOf(state)
        .children.filter(({ id }) => id !== 'G1')
        .sort((a, b) => a.x - b.x)
        .map(({ id }) => id);
    const bench = village({ P: { P0: p({ status: '_Prunning', m: 'M0', runq: [...queue] }) }, G: { G1: g({ m: 'M0' }), ...children } });
    expect(seated(bench)).toEqual(queue);
    const orphans = village({ G: { G1: g({ m: 'M0' }), ...children } });
    orphans.sched = { ...orphans.sched, runq: [...queue] };
    expect(seated(orphans)).toEqual(queue);
  });

  test('everybody wears the robe of his own name, whatever the language', () => {
    const state = village({ G: { G1: g({ m: 'M0' }), G2: g({ name: 'worker', status: '_Grunnable' }) } });
    state.sched = { ...state.sched, runq: ['G2'] };
    for (const language of LANGUAGES) {
      const plan = scenePlan({ state, step: null, cast: CAST, language, frame: frameFor(1_024, 318) });
      expect(plan.parents[0]?.robe).toBe('#8c2f26');
      expect(plan.children.map((each) => each.robe)).toEqual(['#2e86c1', '#d63a2f']);
    }
  });

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
      expect(house.y).toBeLessThan(plan.places.lane.to);
    }
    const rows = new Map<number, number[]>();
    for (const { x, y } of plan.houses) rows.set(y, [...(rows.get(y) ?? []), x]);
    for (const xs of rows.values())
      for (const [i, x] of xs.entries()) if (i > 0) expect(x - (xs[i - 1] ?? 0)).toBeGreaterThan(150 * (plan.houses[0]?.scale ?? 1));
  });
});

test('the way there and back goes over the same pictures', () => {
  const a = planOf(village({}));
  const b = planOf(village({ M: { M0: m({ curg: null, p: null, parked: true }) }, G: { G1: g({ status: '_Grunnable' }) } }));
  expect(planBetween(a, b, 1)).toBe(b);
  expect(planBetween(a, b, 0).parents.map(({ x, y }) => [x, y])).toEqual(a.parents.map(({ x, y }) => [x, y]));
  expect(planBetween(a, b, 0.4)).toEqual(planBetween(a, b, 0.4));
});

describe('truth', () => {
  const away = (m0: Partial<MRow>, p0: Partial<PRow> = { status: '_Psyscall', syscalltick: 3 }): Plan =>
    planOf(
      village({
        G: { G1: g({ m: 'M0', status: '_Gsyscall', stackguard0: 'stackPreempt' }) },
        M: { M0: m({ curg: 'G1', syscalltick: 3, ...m0 }) },
        P: { P0: p(p0) },
      }),
    );
  const house = planOf(village({})).houses[0]?.x ?? 0;

  test.each([
    ['leaving, with its M held', { oldp: 'P0', locks: 1 }, 'house'],
    ['on the way, before the kernel', { oldp: 'P0' }, 'edge'],
    ['in the kernel', { oldp: 'P0', kernel: { nr: 0, name: 'read', since: 0, until: null } }, 'forest'],
    ['back before the locked door', { oldp: 'P0', locks: 1 }, 'house'],
    ['back, the address read and put away', { locks: 1 }, 'house'],
  ] as const)('a hunter %s stands at the %s', (_, row, where) => {
    const plan = away(row);
    const x = plan.parents[0]?.x ?? 0;
    const found = x > plan.places.forest ? 'forest' : Math.abs(x - house) < 160 ? 'house' : 'edge';
    expect(found).toBe(where);
    // Right of the door the children wait.
    if (where === 'house') expect(x).toBeLessThan(house - 34);
    expect(plan.houses[0]?.door).toBe('locked');
  });

  test.each([
    ['stackPreempt', false, 'alarm'],
    ['stackPreempt', true, 'yield'],
    ['normal', false, null],
  ] as const)('stackguard0 %s, preempt %s: the strip is %s', (stackguard0, preempt, strip) => {
    expect(planOf(village({ G: { G1: g({ m: 'M0', stackguard0, preempt }) } })).children[0]?.strip).toBe(strip);
  });

  test('who sleeps on his note sleeps in the nursing home, with the key by the pillow once somebody has brought it', () => {
    const state = village({ M: { M0: m({ parked: true, nextp: 'P0', ong0: true }) }, P: { P0: p({}) }, G: {} });
    const [parent] = planOf(state).parents;
    expect(parent).toMatchObject({ pose: 'asleep', key: 'P0' });
    expect(parent?.x).toBeGreaterThan(planOf(state).places.nursing.x);
  });

  test('woken, he stands beside the bed with the key; a new thread comes along the lane', () => {
    const at = (syscalltick: number): number =>
      planOf(village({ M: { M0: m({ nextp: 'P0', ong0: true, syscalltick }) }, P: { P0: p({}) }, G: {} })).parents[0]?.x ?? 0;
    const { nursing } = planOf(village({})).places;
    expect(at(4)).toBeGreaterThan(nursing.x);
    expect(at(0)).toBeLessThan(nursing.x);
  });

  test('who waits for a child of its own does not lie down', () => {
    expect(planOf(village({ M: { M0: m({ parked: true, lockedg: 'G1' }) }, P: { P0: p({}) } })).parents[0]?.pose).toBe('outside');
  });

  test('and sleeps on where it is with a key in the hand, until it is woken', () => {
    const at = (parked: boolean): unknown => {
      const [parent] = planOf(village({ M: { M0: m({ parked, lockedg: 'G1', nextp: 'P0' }) }, P: { P0: p({}) } })).parents;
      return [parent?.pose, parent?.key];
    };
    expect([at(true), at(false)]).toEqual([
      ['outside', 'P0'],
      ['walking', 'P0'],
    ]);
  });

  test('the slate bears the number that the watchman saw, and only while it is this stay’s', () => {
    const seen = (syscalltick: number): Partial<State> => ({
      P: { P0: p({ status: '_Psyscall', syscalltick: 4 }) },
      sysmon: {
        m: 'M1',
        delay: 20_000,
        idle: 0,
        asleep: false,
        deepsleep: false,
        ticks: { P0: { schedtick: 0, schedwhen: 0, syscalltick, syscallwhen: 9 } },
      },
    });
    expect(planOf(village(seen(4))).houses[0]?.chalk).toBe(4);
    expect(planOf(village(seen(3))).houses[0]?.chalk).toBeNull();
  });

  test('a parent lets go of a child: the two stand apart, equally large', () => {
    const state = village({ G: { G1: g({ status: '_Grunnable' }) }, M: { M0: m({ ong0: true }) }, P: { P0: p({}) } });
    const plan = scenePlan({
      state,
      step: { n: 1, t: 0, m: 'M0', p: null, g: null, fn: 'exitsyscall0', at: 'dropg', d: 1, set: [] },
      cast: CAST,
      language: 'en',
      frame: frameFor(1_024, 318),
    });
    expect((plan.children[0]?.x ?? 0) - (plan.parents[0]?.x ?? 0)).toBeGreaterThan(50);
    expect(plan.children[0]?.scale).toBe(plan.parents[0]?.scale);
    expect(plan.labels.map((each) => each.of)).toEqual(['M0', 'G1']);
  });

  test('nobody flies in bed', () => {
    const b = planOf(village({ M: { M0: m({ curg: null, p: null, parked: true }) } }));
    for (const fraction of [0.1, 0.5, 0.9]) expect(planBetween(planOf(village({})), b, fraction).parents[0]?.pose).not.toBe('asleep');
  });
});

test.each([
  [1_024, 318],
  [1_366, 300],
  [1_024, 600],
  [600, 600],
])('a frame for %i × %i fills it', (widthPx, heightPx) => {
  const { width, height } = frameFor(widthPx, heightPx);
  expect(width / height).toBeCloseTo(widthPx / heightPx, 9);
  expect(width).toBeGreaterThanOrEqual(LEAST_WIDTH);
  expect(height).toBeGreaterThanOrEqual(LEAST_HEIGHT - 1e-9);
});

/** Every pair of labels, and of labels and boards, that lie on each other. */
function collisions(plan: Plan): string[] {
  const boxes = plan.labels.flatMap((label) => {
    const at = [...plan.parents, ...plan.children].find((each) => each.id === label.of);
    return at ? [{ name: `${label.kind} ${label.of}`, box: boxOf(label, at) }] : [];
  });
  const boards = [
    ...plan.signs.map(({ id, x, y, w, h }) => ({ name: id, box: { x: x - w / 2, y: y - h / 2, w, h } })),
    ...plan.houses.map((each) => ({
      name: `plaque ${each.id}`,
      box: { x: each.x - 20, y: each.y - 66 * each.scale - plaqueSize(each.scale) / 2, w: 40, h: plaqueSize(each.scale) },
    })),
  ];
  const found: string[] = [];
  for (const [i, a] of boxes.entries())
    for (const b of [...boxes.slice(i + 1), ...boards]) if (overlap(a.box, b.box)) found.push(`${a.name} on ${b.name}`);
  return found;
}

describe('labels never overlap', () => {
  const frames = { small: frameFor(1_024, 318), high: frameFor(1_024, 600) };
  test.each(Array.from({ length: 14 }, (_, i) => `S${i + 1}`))('%s, at every step, in both languages', (name) => {
    const scenario = scenarioOf(golden(`${name}.scenario.yaml`));
    const { first, steps } = play(scenario);
    const state = copyState(first);
    const stride = Math.max(1, Math.floor(steps.length / 50));
    for (const step of steps) {
      applyStep(state, step);
      if (step.n % stride !== 0) continue;
      for (const language of LANGUAGES) {
        for (const [size, frame] of Object.entries(frames)) {
          if (size === 'high' && language === 'zh') continue;
          const plan = scenePlan({ state, step, cast: scenario.cast, language, frame });
          expect(collisions(plan), `step ${step.n}, ${language}, ${size}`).toEqual([]);
          for (const each of plan.parents.filter(({ pose }) => pose === 'asleep')) {
            const { nursing } = plan.places;
            for (const { of, dx, w } of plan.labels) {
              if (of !== each.id) continue;
              expect(each.x + dx - w / 2, `step ${step.n}, ${language}: ${of}’s label`).toBeGreaterThanOrEqual(nursing.x);
              expect(each.x + dx + w / 2, `step ${step.n}, ${language}: ${of}’s label`).toBeLessThanOrEqual(nursing.x + nursing.w);
            }
          }
          const upright = plan.parents.filter((each) => each.pose !== 'asleep' && each.x < plan.places.forest);
          for (const [i, a] of upright.entries())
            for (const b of upright.slice(i + 1))
              expect(Math.hypot(a.x - b.x, a.y - b.y), `step ${step.n}, ${size}: ${a.id} stands on ${b.id}`).toBeGreaterThan(20);
          for (const each of [...plan.parents, ...plan.children]) {
            expect(each.x, `step ${step.n}: ${each.id}`).toBeGreaterThan(8);
            expect(each.x, `step ${step.n}: ${each.id}`).toBeLessThan(frame.width - 8);
            expect(each.y, `step ${step.n}: ${each.id}`).toBeLessThan(frame.height);
          }
        }
      }
    }
  });
});

test('names are stable, and the cast’s come first', () => {
  expect(parentName('M0', 'worker', CAST, 'zh')).toBe('张三');
  expect(parentName('M0', 'worker', { ...CAST, M: ['老王'] }, 'zh')).toBe('老王');
  expect(parentName('M3', 'worker', { ...CAST, M: ['张三', '更夫', '王五', '李四'] }, 'en')).toBe('Li Si');
  expect(houseName('P1', CAST, 'zh')).toBe('地字二号房');
  expect(houseName('P1', { ...CAST, P: ['天字一号房', '地字二号房'] }, 'en')).toBe('House 2');
  expect(houseName('P0', { ...CAST, P: ['后院'] }, 'en')).toBe('后院');
  const hong = { ...CAST, G: { w: '小红' } };
  expect([childRobe('G2', 'w', CAST), childRobe('G9', 'w', hong)]).toEqual(['#d63a2f', '#d63a2f']);
  // Whom the list does not hold has a robe of the list all the same.
  expect([parentRobe('M11', 'worker', CAST), parentRobe('M0', 'worker', { ...CAST, M: ['老王'] })]).toEqual(['#2f6b52', '#8c2f26']);
  expect(childName('G40', 'w', CAST, 'zh')).toBe('娃40');
});

test('the picture can be told in words', () => {
  expect(inWords(planOf(village({})), 'en')).toContain('(P0): lit');
});

test.each([
  ['sched.runq', ['orphanage']],
  ['sched.midle', ['nursinghome']],
  ['sched.pidle', ['keys']],
  ['sched.nmspinning', []],
  ['sysmon.idle', ['watchman']],
  ['sysmon.ticks.P0.syscalltick', ['watchman']],
  ['G.G1.m', ['G1']],
  ['G.G1', ['G1']],
  ['M.M0.regs.AX', ['M0']],
  ['P.P0.status', ['P0']],
  ['kernel.stdout', []],
])('a change of %s lights %j', (path, lit) => {
  const step: Step = { n: 1, t: 0, m: 'M0', p: null, g: null, fn: 'f', at: 'a', d: 0, set: [[path, null, 1]] };
  expect([...touched(step)]).toEqual(lit);
});

test('a step that touches many lights them all, and no step lights nobody', () => {
  const set: Step['set'] = [
    ['sched.runq', [], ['G1']],
    ['G.G1.m', 'M0', null],
  ];
  expect([...touched({ n: 1, t: 0, m: 'M0', p: null, g: null, fn: 'f', at: 'a', d: 0, set })]).toEqual(['orphanage', 'G1']);
  expect(touched(null).size).toBe(0);
});

test('no more than three walk at once: all others change places together, at the end', () => {
  const ids = ['M0', 'M1', 'M2', 'M3', 'M4', 'M5'] as const;
  const all = (parked: boolean): State =>
    village({ M: Object.fromEntries(ids.map((id) => [id, m({ curg: null, p: null, parked, spinning: !parked })])), G: {} });
  const [a, b] = [planOf(all(true)), planOf(all(false))];
  const places = (plan: Plan): Map<string, string> =>
    new Map(plan.parents.map(({ id, x, y }) => [id, `${Math.round(x)} ${Math.round(y)}`]));
  const [from, to, half] = [places(a), places(b), places(planBetween(a, b, 0.5))];
  const moved = ids.filter((id) => from.get(id) !== to.get(id));
  const onTheirWay = moved.filter((id) => half.get(id) !== from.get(id) && half.get(id) !== to.get(id));
  expect([moved.length, onTheirWay.length]).toEqual([6, 3]);
});
