/** Where the model once did otherwise than Go 1.14: facts, messages, and the events that go with a step. */
import { describe, expect, test } from 'vitest';
import type { Step } from '../../state';
import type { Played } from '../../testdata/run-scenario';
import { at, channel, one, run } from '../../testdata/small-program';

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
