/** Where the model once did otherwise than Go 1.14: who comes first, and what programs do that misuse what they have. */
import { describe, expect, test } from 'vitest';
import { at, change, channel, marks, one, over, run } from '../../testdata/small-program';

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
