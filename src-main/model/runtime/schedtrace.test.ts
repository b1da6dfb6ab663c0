/** What sysmon prints for GODEBUG=schedtrace, held against what Go 1.19.8 printed (testdata/schedtrace-go1.19.txt); and collections that it forces. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { play, type Played, scenarioOf } from '../testdata/run-scenario';

function run(goroutines: Record<string, unknown[]>, more: Record<string, unknown>): Played {
  return play(scenarioOf(JSON.stringify({ schedville: 1, kind: 'scenario', id: 's', title: { zh: '记', en: 's' }, goroutines, ...more })));
}

const printed = (played: Played): string[] => played.last.kernel.stderr.trimEnd().split('\n');
/** The line with its values taken out: what every program that reads it relies on. */
const shape = (line: string): string =>
  line
    .replace(/\[[\d ]+\]/, '[…]')
    .replace(/\([\w ()-]*\) m=/, '(…) m=')
    .replace(/=(-?\d+|true|false)/g, '=…')
    .replace(/preemptoff=\w*/, 'preemptoff=…')
    .replace(/ \d+ms/, ' …ms')
    .replace(/^( {2}[PMG])\d+/, '$1…');

const real = readFileSync(new URL('../testdata/schedtrace-go1.19.txt', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');

describe('schedtrace', () => {
  test.each([
    ['the totals', { schedtrace: '1ms' }],
    ['every P, M and G', { schedtrace: '1ms', scheddetail: true }],
  ])('%s, in the words of Go 1.19.8', (_, runtime) => {
    const lines = printed(
      run(
        { main: [{ cgothread: { callback: [{ sleep: '1ms' }] } }, { gc: { stw: '10us' } }, { sleep: '2ms' }] },
        { runtime: { gomaxprocs: 2, ...runtime } },
      ),
    );
    const known = new Set(real.map(shape));
    expect(lines.map(shape).filter((each) => !known.has(each))).toEqual([]);
    expect(lines.length).toBeGreaterThan(1);
  });

  test('first at once, then each time the period is over, whether Ps run or not', () => {
    const { steps } = run({ main: [{ sleep: '45ms' }] }, { runtime: { schedtrace: '10ms' } });
    const times = steps.filter(({ fn, at }) => fn === 'schedtrace' && at === 'sched').map(({ t }) => t);
    expect(times[0]).toBeLessThan(100_000);
    expect(times.length).toBeGreaterThan(3);
    // sysmon looks every 10 ms at the latest.
    for (const [i, t] of times.slice(1).entries()) expect(Math.floor((t - (times[i] ?? 0)) / 10_000_000)).toBe(1);
    expect(steps.some(({ fn, at }) => fn === 'sysmon' && at === 'deepsleep')).toBe(false);
  });

  test('numbers are the state’s own; the ring is counted without runnext', () => {
    const lines = printed(
      run({ main: [{ go: { name: 'w', times: 3 } }, { spin: '1ms' }], w: [] }, { runtime: { schedtrace: '500us', asyncpreempt: false } }),
    );
    expect(lines[1]).toBe('SCHED 0ms: gomaxprocs=1 idleprocs=0 threads=2 spinningthreads=0 idlethreads=0 runqueue=0 [2]');
  });

  // Go 1.19.8 with gcc: M1 is the extra M, with G17, and M2 is sysmon, which holds two locks while it prints.
  test('with C in the program the extra M stands where Go has it', () => {
    const lines = printed(
      run({ main: [{ cgo: { takes: '1us' } }, { sleep: '1ms' }] }, { runtime: { schedtrace: '10ms', scheddetail: true } }),
    );
    const m = 'mallocing=0 throwing=0 preemptoff= locks=';
    expect(lines.filter((line) => /^ {2}M[12]:/.test(line)).slice(0, 2)).toEqual([
      `  M2: p=-1 curg=-1 ${m}2 dying=0 spinning=false blocked=false lockedg=-1`,
      `  M1: p=-1 curg=17 ${m}0 dying=0 spinning=false blocked=false lockedg=17`,
    ]);
    expect(lines.filter((line) => line.startsWith('  G')).slice(1, 6)).toEqual([
      '  G17: status=6() m=1 lockedm=1',
      '  G2: status=4(force gc (idle)) m=-1 lockedm=-1',
      '  G3: status=4(GC sweep wait) m=-1 lockedm=-1',
      '  G4: status=4(GC scavenge wait) m=-1 lockedm=-1',
      '  G5: status=4(finalizer wait) m=-1 lockedm=-1',
    ]);
  });
});

describe('a forced collection', () => {
  test('comes two minutes after the last one, and again, and lasts as long', () => {
    const { facts, first } = run({ main: [{ gc: { stw: '3ms' } }, { sleep: '250s' }] }, { limits: { time: '300s' } });
    expect(first.G.G2).toMatchObject({ name: 'runtime.forcegchelper', system: true, goid: 2, waitreason: 'force gc (idle)' });
    expect(facts.stw.map(({ stopped, started }) => Math.round((started - stopped) / 1e6))).toEqual([3, 3, 3]);
    const asked = facts.stw.map(({ asked: ns }) => ns / 1e9);
    // sysmon sleeps for up to a minute.
    expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThan(120);
    expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeLessThan(181);
    expect(facts.runOrder).toEqual(['main', 'main']);
    expect(Object.keys(facts.goroutines)).toEqual(['main']);
  });

  test('a run that is over before has no helper in it, nor has a program that does not collect', () => {
    expect(run({ main: [{ gc: { stw: '1ms' } }] }, {}).first.sched.forcegc).toBeUndefined();
    expect(run({ main: ['gosched'] }, { limits: { time: '300s' } }).first.sched.forcegc).toBeUndefined();
  });

  test('a helper that waits is no goroutine that could go on', () => {
    const { facts } = run({ main: [{ gc: { stw: '1ms' } }, { recv: 'c' }] }, { runtime: { forcegcperiod: '5ms' }, channels: { c: {} } });
    expect(facts.outcome.kind).toBe('deadlock');
  });
});
