import { describe, expect, test } from 'vitest';
import type { State } from '../../src-main/contract/index';
import { branchRun, crowdedRun, goldenRun, placesOf, type At } from '../testdata/runs';
import { overlaps } from './relation-layout';
import { relationPlan, type RelationPlan } from './relation-plan';
import { around, KIND_OF } from './relations';
import { Marks } from './technical-rows';

const time = (ns: number): string => `${ns} ns`;
const SMALL = { widthPx: 330, heightPx: 170, emPx: 13 };
const LARGE = { widthPx: 900, heightPx: 520, emPx: 16 };

function planAt({ after, step, recent }: At, canvas = LARGE, pinned: readonly string[] = []): RelationPlan {
  return relationPlan(after, { step, recent, pinned, marks: new Marks(step.set, new Set()), canvas, time });
}

const RUNS = [
  ['S2', goldenRun('S2')],
  ['S7', goldenRun('S7')],
  ['16 Ps', crowdedRun(16, 48)],
  ['256 Ps', crowdedRun(256, 60)],
  ['cond', branchRun('cond')],
  ['rwmutex', branchRun('rwmutex')],
  ['netpoll', branchRun('netpoll-128-events')],
] as const;

describe.each(RUNS)('%s', (_, run) => {
  const every = Math.ceil(run.steps.length / 12);

  test('boxes keep clear of each other and of all words, and lie inside', () => {
    for (const at of placesOf(run, every))
      for (const canvas of [SMALL, LARGE]) {
        const { nodes, lines } = planAt(at, canvas);
        expect(nodes.length).toBeLessThanOrEqual(30);
        const labels = lines.flatMap(({ label }) => (label ? [{ x: label.x, y: label.y, width: label.width, height: canvas.emPx }] : []));
        const boxes = [...nodes, ...labels];
        const pairs = boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => overlaps(a, b)));
        expect(pairs, `step ${at.step.n} in ${canvas.widthPx} px`).toEqual([]);
        for (const { x, y, width, height } of nodes) {
          expect(x - width / 2).toBeGreaterThanOrEqual(0);
          expect(y - height / 2).toBeGreaterThanOrEqual(0);
          expect(x + width / 2).toBeLessThanOrEqual(canvas.widthPx);
          expect(y + height / 2).toBeLessThanOrEqual(canvas.heightPx);
        }
      }
  });

  test('every line is told, and leads to boxes that are there', () => {
    for (const at of placesOf(run, every)) {
      const { nodes, lines, told } = planAt(at);
      const there = new Set(nodes.map(({ path }) => path));
      for (const { edge } of told) expect(there.has(edge.from) && there.has(edge.to)).toBe(true);
      expect(new Set(told.map(({ edge }) => [edge.from, edge.to].sort().join(' '))).size).toBe(lines.length);
      expect(there.has(`M.${at.step.m}`)).toBe(true);
    }
  });
});

test('the same state gives the same picture, however one has come there', () => {
  for (const at of placesOf(crowdedRun(16, 48), 1_201)) expect(planAt(at)).toEqual(planAt(structuredClone(at)));
});

describe('who has to do with whom', () => {
  const { last } = goldenRun('S2');
  const base = {
    ...last,
    M: { M0: { ...last.M.M0, curg: 'G1', p: 'P0', oldp: null, nextp: null, mcache: 'P0', lockedg: null } },
    P: { P0: { ...last.P.P0, m: 'M0', runnext: 'G3', runq: ['G4', 'G5', 'G6', 'G7'], timers: [] } },
    G: { G1: { ...last.G.G1, m: 'M0' } },
    mutex: { mu: { locked: true, woken: false, starving: false, waiters: 1, sema: 0, queue: ['G8'], lock: null } },
  } as unknown as State;
  const told = (state: State, ...wanted: string[]): string[] =>
    around(state, new Set(wanted), 2).edges.map(({ from, to, relation }) => `${from} ${relation} ${to}`);

  test('a thread owns its P and runs its goroutine, said once for both sides', () => {
    expect(told(base, 'M.M0').slice(0, 2)).toEqual(['M.M0 owns P.P0', 'M.M0 runs G.G1']);
    expect(told(base, 'M.M0').filter((each) => /P0|G1/.test(each))).toHaveLength(2);
    expect(told(base, 'P.P0')).toContain('M.M0 owns P.P0');
    expect(told(base, 'G.G1')).toEqual(['M.M0 runs G.G1']);
  });

  test('a queue gives its first ones and counts the rest; whoever is asked for is there', () => {
    const { edges, more } = around(base, new Set(['P.P0']), 2);
    expect(edges.filter(({ relation }) => relation === 'queued').map(({ from }) => from)).toEqual(['G.G4', 'G.G5']);
    expect(more).toEqual([{ at: 'P.P0', field: 'runq', relation: 'queued', count: 2 }]);
    expect(told(base, 'G.G7')).toEqual(['G.G7 queued P.P0']);
  });

  test('in a system call the P is remembered', () => {
    const away = { ...base, M: { M0: { ...base.M.M0, p: null, oldp: 'P0' } } } as unknown as State;
    expect(told(away, 'P.P0')).toContain('M.M0 remembers P.P0');
  });

  test('who waits for a lock, and who holds a runtime lock', () => {
    expect(told(base, 'mutex.mu')).toEqual(['G.G8 waits mutex.mu']);
    const locked = { ...base, sched: { ...base.sched, lock: 'M0' } } as State;
    expect(told(locked, 'M.M0')).toContain('M.M0 holdsLock sched');
  });

  test('holding, waiting and remembering are drawn each in its way', () => {
    expect([KIND_OF.owns, KIND_OF.waits, KIND_OF.remembers]).toEqual(['holds', 'waits', 'remembers']);
  });
});

test('what the step has changed is marked on its line', () => {
  for (const at of placesOf(goldenRun('S2')))
    if (at.step.set.some(([path]) => path === 'M.M0.oldp') && at.after.M.M0?.oldp !== null) {
      const { told, lines } = planAt(at);
      expect(told.filter(({ isChanged }) => isChanged).map(({ edge }) => edge.relation)).toContain('remembers');
      expect(lines.some(({ isChanged }) => isChanged)).toBe(true);
      return;
    }
  throw new Error('M0 never leaves its P behind');
});

test('a pinned row is in the picture with those around it', () => {
  const { last, steps } = crowdedRun(16, 48);
  const step = steps.at(-1);
  if (!step) throw new Error('no steps');
  const { nodes } = planAt({ after: last, step, recent: [] }, LARGE, ['P.P11']);
  expect(nodes.find(({ path }) => path === 'P.P11')?.isPinned).toBe(true);
});
