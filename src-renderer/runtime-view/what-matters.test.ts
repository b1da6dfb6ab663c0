import { describe, expect, test } from 'vitest';
import { applied, type State, type Step, undone } from '../../src-main/contract/index';
import { branchRun, crowdedRun, goldenRun, placesOf } from '../testdata/runs';
import { rowOf, sourceOf } from './state-rows';
import { Marks, RowKeeper } from './technical-rows';
import { inOrder, linesOf, type Matter, whatMatters } from './what-matters';

const room = { columns: 40, lines: 12 };
const time = (ns: number): string => `${ns} ns`;
const NO_FOCUS: readonly string[] = [];

function seen(
  after: State,
  step: Step | null,
  {
    recent = [],
    focus = NO_FOCUS,
    pinned = [],
    keeper,
    ...rest
  }: Partial<{
    recent: readonly Step[];
    focus: readonly string[];
    pinned: readonly string[];
    keeper: RowKeeper;
    room: typeof room;
    isWhole: boolean;
  }> = {},
): Matter {
  const wanted = { focus, pinned, room, isWhole: false, time, ...rest };
  return whatMatters(after, step, recent, wanted, new Marks(step?.set ?? [], focusSet(focus)), keeper);
}

const sets = new Map<readonly string[], ReadonlySet<string>>();
function focusSet(focus: readonly string[]): ReadonlySet<string> {
  let set = sets.get(focus);
  if (!set) sets.set(focus, (set = new Set(focus)));
  return set;
}

const ids = ({ rows }: Matter): string[] => rows.map(({ path }) => path);
const stepOf = (set: Step['set']): Step => ({ n: 1, t: 0, m: 'M0', p: null, g: null, fn: 'f', at: 'a', d: 1, set });

describe.each([
  ['one P', goldenRun('S2')],
  ['16 Ps, 48 goroutines', crowdedRun(16, 48)],
])('with %s', (_, run) => {
  const every = Math.ceil(run.steps.length / 60);

  test('every row that the step touches is there, up to two dozen, in the order of the tables, each once', () => {
    for (const { after, step, recent } of placesOf(run, every)) {
      const matter = seen(after, step, { recent });
      const touched = new Set(step.set.flatMap(([path]) => rowOf(path)?.path ?? []));
      const there = matter.rows.filter(({ isTouched }) => isTouched).map(({ path }) => path);
      if (touched.size <= 24) expect(new Set(there)).toEqual(touched);
      expect(matter.rows.length).toBeLessThanOrEqual(24);
      expect(matter.rows).toEqual([...matter.rows].sort(inOrder));
      expect(new Set(ids(matter)).size).toBe(matter.rows.length);
    }
  });

  test('whoever is only referred to comes as far as there is room', () => {
    for (const { after, step, recent } of placesOf(run, every)) {
      const { rows } = seen(after, step, { recent });
      const lines = rows.reduce((sum, row) => sum + linesOf(row, room.columns), 0);
      const touched = rows.filter(({ isTouched }) => isTouched).reduce((sum, row) => sum + linesOf(row, room.columns), 0);
      expect(lines).toBeLessThanOrEqual(Math.max(room.lines, touched + 0.3 * rows.length));
    }
  });

  test('what is not shown is counted', () => {
    for (const { after, step, recent } of placesOf(run, every)) {
      const matter = seen(after, step, { recent });
      const living = Object.values(after.G).filter(({ status }) => status !== '_Gdead').length;
      const shown = matter.rows.filter(({ kind, path }) => kind === 'G' && after.G[path.slice(2) as 'G1']?.status !== '_Gdead').length;
      expect(matter.rest.find(({ kind }) => kind === 'G')?.count ?? 0).toBe(living - shown);
      expect(matter.restCount).toBe(matter.rest.reduce((sum, { count }) => sum + count, 0));
    }
  });
});

describe('who matters', () => {
  const { last } = crowdedRun(16, 48);

  test('is whom a touched row refers to, and who looks at it', () => {
    const held = { ...last, M: { ...last.M, M0: { ...last.M.M0, p: 'P7', oldp: 'P9' } } } as State;
    const paths = ids(seen(held, stepOf([['M.M0.spinning', true, false]])));
    expect(paths).toContain('P.P7');
    expect(paths).toContain('P.P9');
    expect(ids(seen(held, stepOf([['P.P9.status', '_Psyscall', '_Pidle']])))).toContain('M.M0');
  });

  test('is what a lesson points at, and what a person has pinned', () => {
    const paths = ids(
      seen(last, null, {
        focus: ['P13', 'G.G40.status', 'AX', 'forest'],
        pinned: ['G.G33', 'mutex.mu', 'G.G9999'],
        room: { columns: 40, lines: 1 },
      }),
    );
    expect(paths).toEqual(['P.P13', 'G.G33', 'G.G40', 'mutex.mu']);
  });

  test('is the lock, with the goroutines that wait for it', () => {
    for (const { after, step } of placesOf(crowdedRun(4, 8), 3)) {
      const [g] = after.mutex.mu?.queue ?? [];
      if (g === undefined) continue;
      const paths = ids(seen(after, { ...step, set: [['mutex.mu.waiters', 0, 1]] }));
      expect(paths).toContain('mutex.mu');
      expect(paths).toContain(`G.${g}`);
      return;
    }
    throw new Error('nobody ever waits for the lock');
  });

  test('is everybody, in a small world with room', () => {
    const { last: small } = goldenRun('S2');
    const { rows, rest } = seen(small, null, { room: { columns: 200, lines: 60 } });
    expect(rest.map(({ kind }) => kind).filter((kind) => 'PMG'.includes(kind))).toEqual([]);
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(['P0', 'M0', 'M1', 'sched', 'sysmon']));
  });

  test('is a step that makes as many rows as there are Ps told by the first of them', () => {
    const set = Object.keys(last.P).map((p): Step['set'][number] => [`P.${p}.status`, '_Pidle', '_Pgcstop']);
    const extra = Object.keys(last.G).map((g): Step['set'][number] => [`G.${g}.preempt`, false, true]);
    const { rows } = seen(last, stepOf([...set, ...extra]));
    expect(rows).toHaveLength(24);
  });
});

describe('a row', () => {
  const { last } = goldenRun('S1');

  test('leaves out empty fields, but never one that changed or is pointed at; a whole one has them all', () => {
    const step = stepOf([['M.M0.spinning', true, false]]);
    const fields = (isWhole: boolean): string[] =>
      seen(last, step, { focus: ['M.M0.nextp'], isWhole })
        .rows.find(({ id }) => id === 'M0')
        ?.cells.map(({ field }) => field) ?? [];
    for (const field of ['curg', 'p', 'spinning', 'nextp']) expect(fields(false)).toContain(field);
    expect(fields(false)).not.toContain('parked');
    expect(fields(true)).toEqual(expect.arrayContaining(['parked', 'lockedExt', 'signalPending']));
    expect(fields(true)).not.toContain('regs');
  });

  test.each([
    ['sched.runq', null, ['sched']],
    ['sched.nmspinning', 0, ['sched']],
    ['sysmon.delay', 20, ['sysmon']],
    ['sysmon.ticks.P0.syscalltick', 0, ['sysmon']],
    ['M.M0.spinning', false, ['M.M0']],
    ['M.M0.regs.AX', '0x0', []],
    ['P.P0', null, ['P.P0']],
  ] as const)('is lit by a change of %s', (path, old, lit) => {
    const matter = seen(last, stepOf([[path, old, null]]));
    expect(matter.rows.filter((row) => row.isTouched).map((row) => row.path)).toEqual(lit);
    expect(matter.isAnyTouched).toBe(lit.length > 0);
  });

  test('that has just been made says so, and has no old values', () => {
    const [row] = seen(last, stepOf([['G.G1', null, {}]])).rows.filter(({ path }) => path === 'G.G1');
    expect(row?.isNew).toBe(true);
    expect(row?.cells.filter(({ old }) => old !== null)).toEqual([]);
  });

  test('shows what changed inside of an object that was written as a whole', () => {
    const { last: state } = branchRun('rwmutex');
    const [name = ''] = Object.keys(state.rwmutex ?? {});
    const now = state.rwmutex?.[name];
    const step = stepOf([[`rwmutex.${name}.writerSem`, { sema: 7, queue: [], lock: null }, { ...now?.writerSem }]]);
    const changed = seen(state, step).rows.flatMap(({ cells }) => cells.filter(({ old }) => old !== null));
    expect(changed.map(({ field, old }) => [field, old])).toEqual([['writerSem.sema', '7']]);
  });

  test('shortens a long queue, now and before', () => {
    const queue = Array.from({ length: 300 }, (_, i) => `G${i + 1}`);
    const state = { ...last, sched: { ...last.sched, runq: queue } } as State;
    const [cell] = seen(state, stepOf([['sched.runq', queue.slice(1), queue]])).rows.flatMap(({ cells }) =>
      cells.filter(({ field }) => field === 'runq'),
    );
    expect(cell?.chips).toEqual(['G1', 'G2', 'G3']);
    expect(cell?.more).toBe(295);
    expect(cell?.tail).toEqual(['G299', 'G300']);
    expect(cell?.old).toBe('[G2 G3 … G300] 299');
    const [still] = seen(state, null, { focus: ['sched.runq'] }).rows.flatMap(({ cells }) => cells.filter(({ field }) => field === 'runq'));
    expect([still?.chips?.length, still?.more, still?.tail.length]).toEqual([8, 292, 0]);
  });
});

describe('from step to step', () => {
  const { first, steps } = goldenRun('S2');
  const focus = ['M.M0.nextp'];

  test('forth and back the rows are those that are made of the state and the step alone', () => {
    const keeper = new RowKeeper();
    let state = first;
    for (const step of steps) {
      state = applied(state, step);
      expect(seen(state, step, { focus, keeper })).toEqual(seen(state, step, { focus }));
    }
    for (const [i, step] of [...steps.entries()].reverse()) {
      state = undone(state, step);
      const shown = steps[i - 1] ?? null;
      expect(seen(state, shown, { focus, keeper })).toEqual(seen(state, shown, { focus }));
    }
  });

  test('a whole row that neither step touches is the same object', () => {
    const keeper = new RowKeeper();
    const large = { focus, keeper, isWhole: true, room: { columns: 300, lines: 80 } };
    let state = first;
    let last = seen(state, null, large).rows;
    for (const step of steps) {
      const before = state;
      state = applied(state, step);
      const { rows } = seen(state, step, large);
      for (const row of rows) {
        const was = last.find(({ path }) => path === row.path);
        const isSame = sourceOf(before, row) !== null && sourceOf(before, row) === sourceOf(state, row);
        if (was && isSame && !row.isTouched && !was.isTouched) expect(row).toBe(was);
      }
      last = rows;
    }
  });
});

test('the reason of a wait is told of whoever waits, and where it is written; sysmon’s delay has its unit', () => {
  let told = { waits: 0, over: 0 };
  for (const { after, step } of placesOf(branchRun('mutex-starving'), 1)) {
    const { rows } = seen(after, step);
    for (const { kind, id, cells } of rows) {
      const reason = cells.find(({ field }) => field === 'waitreason');
      if (kind === 'sysmon') for (const { field, now } of cells) if (field === 'delay' && now !== '0') expect(now).toMatch(/^\d+ ns$/);
      const row = kind === 'G' ? after.G[id as `G${number}`] : undefined;
      if (!row || row.waitreason === '') continue;
      if (row.status === '_Gwaiting') told = { ...told, waits: told.waits + (reason ? 1 : 0) };
      else {
        expect(reason === undefined || reason.old !== null, `step ${step.n}, ${id}: left over`).toBe(true);
        told = { ...told, over: told.over + 1 };
      }
    }
  }
  expect(told.waits).toBeGreaterThan(0);
  expect(told.over).toBeGreaterThan(0);
});
