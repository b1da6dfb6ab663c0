/** select, RWMutex, Cond, Once, timers' channels, defer and recover, Goexit, GOMAXPROCS: what programs of these do, as the same programs of real Go. */
import { describe, expect, test } from 'vitest';
import { play, type Played, scenarioOf } from '../testdata/run-scenario';

function run(goroutines: Record<string, unknown[]>, more: Record<string, unknown> = {}): Played {
  const given = {
    schedville: 1,
    kind: 'scenario',
    id: 'sync',
    title: { zh: '同步', en: 'sync' },
    limits: { time: '1s', steps: 200_000 },
    channels: { a: { cap: 0 }, b: { cap: 1 }, t: { cap: 1 } },
    goroutines,
    ...more,
  };
  return play(scenarioOf(JSON.stringify(given)));
}

const marks = ({ facts }: Played): string[] => facts.marks.map(({ text }) => text);
const mark = (text: string): unknown => ({ mark: text });
const times = (n: number, ...body: unknown[]): unknown => ({ repeat: { times: n, do: body } });

describe('Mutex', () => {
  test('one that was unlocked without having been locked lets nobody in any more', () => {
    const slow = { runtime: { gomaxprocs: 2, costs: { kernel: 100_000 } }, mutexes: ['mu'] };
    const { facts } = run({ main: [{ go: 'late' }, { unlock: 'mu' }], late: [{ lock: 'mu' }, mark('in')] }, slow);
    expect(facts.outcome.message).toContain('fatal error: sync: unlock of unlocked mutex');
    expect(facts.outcome.message).toMatch(/goroutine \d+ \[semacquire\]/);
    expect(facts.marks).toEqual([]);
  });
});

describe('select', () => {
  test('of several cases that can go on any may win, whichever stands first', () => {
    const main = [
      times(
        40,
        { send: 'b' },
        { send: 't' },
        {
          select: [
            { recv: 'b', do: [mark('b'), { recv: 't' }] },
            { recv: 't', do: [mark('t'), { recv: 'b' }] },
          ],
        },
      ),
    ];
    const won = marks(run({ main }));
    expect(won.filter((each) => each === 'b').length).toBeGreaterThan(8);
    expect(won.filter((each) => each === 't').length).toBeGreaterThan(8);
  });

  test('one that waits on two channels is woken by one of them only', () => {
    const played = run({
      main: [
        { go: 'r' },
        { go: 's' },
        {
          select: [
            { recv: 'a', do: [mark('a')] },
            { recv: 'b', do: [mark('b')] },
          ],
        },
        { sleep: '1ms' },
        { recv: 'b' },
        mark('still there'),
      ],
      s: [{ send: 'a' }],
      r: [{ compute: '5us' }, { send: 'b' }],
    });
    expect(marks(played)).toEqual(['a', 'still there']);
    expect(Object.values(played.last.chan).flatMap(({ recvq, sendq }) => [...recvq, ...sendq])).toEqual([]);
  });

  test('a timeout by time.After', () => {
    const played = run({ main: [{ after: { chan: 't', d: '2ms' } }, { select: [{ recv: 'a' }, { recv: 't', do: [mark('timeout')] }] }] });
    expect(marks(played)).toEqual(['timeout']);
    expect(played.facts.time).toBeGreaterThanOrEqual(2_000_000);
    expect(played.facts.time).toBeLessThan(2_050_000);
  });

  test('without a case it waits for ever', () => {
    expect(run({ main: [{ select: [] }] }).facts.outcome.message).toContain('goroutine 1 [select (no cases)]:');
  });

  test('two defaults are refused, and so is a case of two channels', () => {
    expect(() => run({ main: [{ select: ['default', 'default'] }] })).toThrow(/one default/);
    expect(() => run({ main: [{ select: [{ recv: 'a', send: 'b' }] }] })).toThrow(/one of recv, send and default/);
  });
});

test('a ticker ticks in time and drops what nobody takes', () => {
  const taken = run({ main: [{ ticker: { chan: 't', every: '1ms', times: 3 } }, times(3, { recv: 't' }, mark('tick'))] });
  expect(taken.facts.marks.map(({ t }) => Math.round(t / 1_000_000))).toEqual([1, 2, 3]);
  const dropped = run({ main: [{ ticker: { chan: 't', every: '1ms', times: 3 } }, { sleep: '5ms' }, { recv: 't' }, { recv: 't' }] });
  expect(dropped.facts.outcome.kind).toBe('deadlock');
});

describe('RWMutex', () => {
  const rw = { rwmutexes: ['rw'], runtime: { gomaxprocs: 4 } };
  const read = [{ rlock: 'rw' }, mark('reads'), { compute: '1ms' }, { runlock: 'rw' }];

  test('readers read side by side, a writer alone, and readers that come behind it wait', () => {
    const played = run(
      {
        main: [{ go: { name: 'r', times: 2 } }, { compute: '100us' }, { go: 'w' }, { compute: '100us' }, { go: 'late' }, { sleep: '10ms' }],
        r: read,
        w: [{ lock: 'rw' }, mark('writes'), { unlock: 'rw' }],
        late: [{ rlock: 'rw' }, mark('late'), { runlock: 'rw' }],
      },
      rw,
    );
    expect(marks(played)).toEqual(['reads', 'reads', 'writes', 'late']);
    const [first, second, writes] = played.facts.marks.map(({ t }) => t);
    expect((second ?? 0) - (first ?? 0)).toBeLessThan(500_000);
    expect((writes ?? 0) - (second ?? 0)).toBeGreaterThan(900_000);
    expect(played.last.rwmutex?.rw).toMatchObject({ readerCount: 0, readerWait: 0 });
  });

  test.each([
    [{ runlock: 'rw' }, 'fatal error: sync: RUnlock of unlocked RWMutex'],
    [{ unlock: 'rw' }, 'fatal error: sync: Unlock of unlocked RWMutex'],
  ])('%j of one that is free is fatal', (operation, message) => {
    expect(run({ main: [operation] }, rw).facts.outcome).toMatchObject({
      kind: 'fatal',
      code: 2,
      message: expect.stringContaining(message) as string,
    });
  });
});

test('Cond wakes its waiters in the order of their tickets', () => {
  const wait = (name: string): unknown[] => [{ lock: 'mu' }, { condwait: 'co' }, mark(name), { unlock: 'mu' }];
  const played = run(
    {
      main: [
        { go: 'x' },
        'gosched',
        { go: 'y' },
        'gosched',
        { go: 'z' },
        'gosched',
        { signal: 'co' },
        { sleep: '1ms' },
        mark('all'),
        { broadcast: 'co' },
        { sleep: '1ms' },
      ],
      x: wait('x'),
      y: wait('y'),
      z: wait('z'),
    },
    { mutexes: ['mu'], conds: { co: { mutex: 'mu' } } },
  );
  expect(marks(played).slice(0, 2)).toEqual(['x', 'all']);
  expect(marks(played).slice(2).sort()).toEqual(['y', 'z']);
});

test('Once runs once, and whoever comes meanwhile waits for its end', () => {
  const once = { once: { name: 'o', do: [mark('done'), { spin: '1ms' }] } };
  const played = run(
    { main: [{ go: 'w' }, once, mark('main'), { sleep: '5ms' }], w: [{ compute: '20us' }, once, mark('w')] },
    { runtime: { gomaxprocs: 2 } },
  );
  expect(marks(played).filter((each) => each === 'done')).toHaveLength(1);
  expect(played.facts.marks.at(-1)?.t).toBeGreaterThan(1_000_000);
});

describe('defer, panic, recover', () => {
  test('what is deferred runs last first, also at Goexit; recover lets the function return', () => {
    const played = run({
      main: [{ go: 'p' }, { go: 'x' }, { sleep: '1ms' }],
      p: [{ defer: [mark('first')] }, { defer: ['recover', mark('recovered')] }, { panic: 'oops' }, mark('never')],
      x: [{ defer: [mark('bye')] }, 'goexit', mark('never')],
    });
    expect(marks(played).sort()).toEqual(['bye', 'first', 'recovered']);
    expect(played.facts.outcome).toMatchObject({ kind: 'exit', code: 0 });
  });

  test.each([
    [[{ defer: [mark('d')] }, { panic: 'a' }], 'panic: a\n\ngoroutine 1 [running]:'],
    [[{ defer: [{ panic: 'b' }] }, { panic: 'a' }], 'panic: a\n\tpanic: b\n\ngoroutine 1 [running]:'],
    [[{ defer: ['recover', { panic: 'b' }] }, { panic: 'a' }], 'panic: a [recovered]\n\tpanic: b\n\ngoroutine 1 [running]:'],
    [['recover', { panic: 'a' }], 'panic: a\n\ngoroutine 1 [running]:'],
    [[{ close: 'a' }, { close: 'a' }], 'panic: close of closed channel\n\ngoroutine 1 [running]:'],
  ])('%j prints %j', (main, message) => {
    expect(run({ main }).facts.outcome).toEqual({ kind: 'panic', code: 2, message });
  });

  test('the runtime’s own panics can be recovered, and a Once counts as done', () => {
    const played = run({
      main: [{ go: 'p' }, { sleep: '1ms' }, { once: { name: 'o', do: [mark('again')] } }],
      p: [{ defer: ['recover', mark('ok')] }, { once: { name: 'o', do: [{ close: 'a' }, { close: 'a' }] } }],
    });
    expect(marks(played)).toEqual(['ok']);
  });

  test('the program goes on without main, until nobody is left', () => {
    const played = run({ main: [{ go: 'w' }, 'goexit'], w: [{ sleep: '1ms' }, mark('w')] });
    expect(marks(played)).toEqual(['w']);
    expect(played.facts.outcome.message).toMatch(/^fatal error: no goroutines \(main called runtime\.Goexit\) - deadlock!/);
  });
});

test('GOMAXPROCS lets so many run, from then on', () => {
  const spread = (n: number): number =>
    new Set(
      Object.values(
        run(
          { main: [{ gomaxprocs: n }, { go: { name: 'w', times: 8 } }, { sleep: '20ms' }], w: [{ compute: '1ms' }] },
          { runtime: { gomaxprocs: 2 } },
        ).facts.goroutines,
      ).flatMap(({ runs }) => runs.map(({ p }) => p)),
    ).size;
  expect([spread(1), spread(2), spread(4)]).toEqual([1, 2, 4]);
});
