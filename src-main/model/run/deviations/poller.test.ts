/** Where the model once did otherwise than Go 1.14: the network poller, and who is counted as running. */
import { describe, expect, test } from 'vitest';
import { at, channel, change, marks, one, run } from '../../testdata/small-program';

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
