import { describe, expect, test } from 'vitest';
import type { GId, State, Step } from '../state';
import { golden, play, scenarioOf } from '../testdata/run-scenario';
import { PackedSteps } from './packed-steps';
import { StepReader } from './step-slice';
import { plainStep, VersionedQueue } from './queue-versions';
import { applied, applyStep, copyState, sharingCopy, undone, undoStep } from './replay';

const { first, last, steps } = play(scenarioOf(golden('S12.scenario.yaml')));

/** Throws when anything in it is changed in place. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

describe('a state that shares', () => {
  test('is the one that a change in place makes, forward and back, and leaves the others alone', () => {
    const inPlace = copyState(first);
    const states: State[] = [frozen(copyState(first))];
    for (const step of steps.slice(0, 1_500)) {
      applyStep(inPlace, step);
      const next = frozen(applied(states.at(-1) as State, step));
      states.push(next);
      if (step.n % 100 === 0) expect(next, `after step ${step.n}`).toEqual(inPlace);
    }
    let state = states.at(-1) as State;
    for (let n = states.length - 1; n > 0; n--) {
      state = frozen(undone(state, steps[n - 1] as Step));
      if (n % 100 === 1) expect(state, `before step ${n}`).toEqual(states[n - 1]);
    }
  });

  test('goes over many steps at once', () => {
    const begin = frozen(copyState(first));
    const end = frozen(applied(begin, ...steps));
    expect(end).toEqual(last);
    expect(undone(end, ...steps)).toEqual(begin);
  });

  test('shares every row that no step has touched', () => {
    const begin = copyState(first);
    const step = { set: [['P.P0.schedtick', 1, 2]] } satisfies Pick<Step, 'set'>;
    const next = applied(begin, step);
    expect(next.P.P0).not.toBe(begin.P.P0);
    expect(next.P.P0?.runq).toBe(begin.P.P0?.runq);
    for (const part of ['G', 'M', 'sched', 'kernel', 'sysmon'] as const) expect(next[part]).toBe(begin[part]);
  });

  test('says where a way leads nowhere', () => {
    expect(() => applied(first, { set: [['G.G999.status', null, '_Gidle']] })).toThrow('no G999 on the way to G.G999.status');
  });
});

test('a copy shares what is the same, and is the same as what it copies', () => {
  const before = copyState(first);
  expect(sharingCopy(before, copyState(first))).toBe(before);
  const now = applied(before, { set: [['sched.nmspinning', 0, 7]] });
  const copy = sharingCopy(before, copyState(now));
  expect(copy).toEqual(now);
  expect([copy.G === before.G, copy.sched === before.sched]).toEqual([true, false]);
  // Fewer members, and a list that has become shorter.
  const less = { ...copyState(first), kernel: { ...copyState(first).kernel, fds: {} }, sched: { ...copyState(first).sched, pidle: [] } };
  expect(sharingCopy(before, less)).toEqual(less);
});

/** The step as a trace has it: what is for the facts alone is left out. */
const written = ({ fact: _fact, call: _call, ...step }: Step): Step => step;

describe('packed steps', () => {
  const packed = new PackedSteps();
  for (const step of steps) packed.push(step);

  test.each([
    [1, 1],
    [5, 77],
    [1, Infinity],
    [steps.length - 3, steps.length + 9],
  ])('read from a slice of steps %i to %i they are what they were', (from, to) => {
    const reader = new StepReader(structuredClone(packed.slice(from, to)));
    const asked = steps.slice(from - 1, to);
    expect(reader.length).toBe(asked.length);
    for (const step of asked.map(written)) {
      expect(plainStep(reader.step(step.n) as Step)).toEqual(plainStep(step));
      expect(reader.glance(step.n)).toEqual({ m: step.m, asm: step.asm });
    }
    expect([reader.step(from - 1), reader.step(asked.length + from)]).toEqual([undefined, undefined]);
  });

  test('a queue of thousands costs a slice little, however often it changes', () => {
    const queue = new VersionedQueue<GId>(Array.from({ length: 5_000 }, (_, i): GId => `G${i}`));
    const many = new PackedSteps();
    for (let n = 1; n <= 1_000; n++) {
      const old = queue.version;
      queue.append(queue.take(1));
      many.push({ n, t: n, m: 'M0', p: null, g: null, fn: 'f', at: 'a', d: 1, set: [['sched.runq', old, queue.version]] });
    }
    const reader = new StepReader(structuredClone(many.slice(1, Infinity)));
    // Less than a hundred of the two thousand lists that the steps name.
    expect(reader.bytes).toBeLessThan(100 * 5_000 * 8);
    const [[, old, now] = []] = plainStep(reader.step(1_000) as Step).set;
    expect([(old as GId[])[0], (now as GId[])[0], (now as GId[]).at(-1), (now as GId[]).length]).toEqual(['G999', 'G1000', 'G999', 5_000]);
  });

  test('thousands of steps are what they were, whatever numbers they have', () => {
    const queue = new VersionedQueue<GId>([]);
    const wanted: Step[] = [];
    const long = new PackedSteps();
    for (let n = 1; n <= 10_000; n++) {
      const old = queue.version;
      if (n % 3 === 0) queue.take(1);
      else queue.append([`G${n % 7}`]);
      const step: Step = {
        ...{
          n,
          t: n < 5_000 ? n : n * 1e9 + 0.5,
          m: `M${n % 5}`,
          p: n % 4 === 0 ? null : `P${n % 300}`,
          g: n % 9 === 0 ? null : `G${n * 40}`,
        },
        ...{ fn: 'f', at: `a${n % 70_000}`, d: n < 8_192 ? 0 : n / 3 },
        set: [
          ['sched.runq', old, queue.version],
          ['sched.lastpoll', -n, n % 11 === 0 ? 2 ** 53 : n * 1e5],
          ['sysmon.asleep', n % 2 === 0, n % 2 === 1],
        ],
      };
      wanted.push(plainStep(step));
      long.push(step);
    }
    const reader = new StepReader(structuredClone(long.slice(4_000, 9_000)));
    for (const step of wanted) {
      // Of ten thousand: an expect for each would take longer than the rest.
      const found = [long.step(step.n), ...(step.n >= 4_000 && step.n <= 9_000 ? [reader.step(step.n) as Step] : [])].map(plainStep);
      if (found.some((each) => JSON.stringify(each) !== JSON.stringify(step))) expect(found).toEqual([step]);
    }
    expect(long.replayed(first, 0, 9_999).sched.runq).toEqual(wanted[9_999]?.set[0]?.[1]);
  });

  test('times of all steps, the first state’s before them', () => {
    expect(Array.from({ length: steps.length + 1 }, (_, n) => packed.timeOf(n))).toEqual([0, ...steps.map((step) => step.t)]);
  });
});

/** A step that brings a member of a table, undone, must not leave it behind as null. */
test.each(['G.G9', 'M.M9', 'kernel.fds.9', 'kernel.objects.9', 'kernel.mem.0x9', 'G.G1.stack.0x9'])(
  '%s came with its step, and goes with it',
  (path) => {
    const step = { set: [[path, null, { is: 'new' }]] } as unknown as Pick<Step, 'set'>;
    const way = path.split('.');
    const member = way.pop() ?? '';
    const table = (state: State): object => way.reduce((at, key) => (at as Record<string, object>)[key] ?? {}, state as object);
    expect(table(first)).not.toHaveProperty([member]);
    const after = applied(first, step);
    expect(table(after)).toHaveProperty([member]);
    expect(table(undone(after, step))).not.toHaveProperty([member]);
    const inPlace = copyState(after);
    undoStep(inPlace, step);
    expect(inPlace).toEqual(first);
    expect(table(inPlace)).not.toHaveProperty([member]);
  },
);
