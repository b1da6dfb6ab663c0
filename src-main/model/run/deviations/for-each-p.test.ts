/** Where the model once did otherwise than Go 1.14: forEachP, which no scenario reaches by itself. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LawKeeper } from '../../laws/law-keeper';
import type { GoProgram } from '../../operations/go-program';
import { Simulation } from '../../run/simulate';
import { forEachP } from '../../runtime/for-each-p';
import { newproc } from '../../runtime/newproc';
import type { Runtime } from '../../runtime/runtime';
import { semacquire, semrelease, worldsema } from '../../runtime/semaphore';
import { ProgramEnd, rest, row, type Thread } from '../../runtime/thread';
import type { GId, PId, State, Step } from '../../state';
import { randomScenario } from '../../testdata/random-scenario';
import { assets } from '../../testdata/run-scenario';
import { at, channel, scenario } from '../../testdata/small-program';
import { plainStep } from '../../trace/queue-versions';

describe('forEachP with a function that is counted', () => {
  /** Plays `others` next to a main that does `before` and then asks forEachP of every P. */
  function asked(
    gomaxprocs: number,
    before: unknown[],
    others: Record<string, unknown>,
  ): { did: PId[]; steps: Step[]; state: State; outcome: unknown } {
    const made = scenario(
      { main: [{ go: 'begin' }, ...Object.keys(others).map((go) => ({ go }))], begin: before, ...others },
      { runtime: { gomaxprocs }, ...channel, limits: { time: '1s', steps: 20_000 } },
    );
    const did: PId[] = [];
    function* main(rt: Runtime, g: GId, program: GoProgram): Thread {
      yield* program.goroutine(g, 'begin');
      yield row('test', 'systemstack', 'switch');
      const m = rt.mOf(g);
      rt.to.m(m, 'ong0', true);
      yield* forEachP(rt, m, { name: 'test', run: (p) => did.push(p) });
      yield row('test', 'exit', 'op');
      throw new ProgramEnd('exit', 0, '');
    }
    const simulation = new Simulation(made, assets, main);
    const steps: Step[] = [];
    const keeper = new LawKeeper(simulation.first);
    while (!simulation.outcome) {
      for (const step of simulation.run(1).steps) {
        steps.push(plainStep(step));
        keeper.check(simulation.state, step);
      }
    }
    return { did, steps, state: simulation.state, outcome: simulation.outcome.kind };
  }

  test('idle Ps at once, the own one, those in a system call through handoffp', () => {
    const { did, steps, state, outcome } = asked(3, [{ go: 'reader' }, { compute: '300us' }], {
      // The first call only moves the tick: a P whose tick is 0 is taken at sysmon's first look.
      reader: [{ syscall: { name: 'read', takes: '1us' } }, { syscall: { name: 'read', takes: '5ms' } }],
    });
    expect(outcome).toBe('exit');
    expect([...did].sort()).toEqual(['P0', 'P1', 'P2']);
    expect(steps.map(at)).toContain('forEachP/idle');
    expect(steps.filter((step) => step.fact?.kind === 'handoff').map((step) => step.fact)).toEqual([
      expect.objectContaining({ also: ['safepoint'] }),
    ]);
    expect(steps.filter((step) => at(step) === 'forEachP/p.syscalltick++')).toHaveLength(1);
    expect(state.sched).toMatchObject({ safePointFn: null, safePointWait: 0, safePointNote: 0 });
  });

  test('those that run do it themselves at the next safe point, and the last one wakes the asker', () => {
    const { did, steps, outcome } = asked(3, [{ go: 'w' }, { go: 'v' }, { compute: '300us' }], {
      w: [{ compute: '20ms' }],
      v: [{ spin: '20ms' }],
    });
    expect(outcome).toBe('exit');
    expect([...did].sort()).toEqual(['P0', 'P1', 'P2']);
    expect(did[0]).toBe('P0');
    expect(steps.filter((step) => at(step) === 'runSafePointFn/cas')).toHaveLength(2);
    expect(steps.map(at)).toContain('forEachP/wait-over');
    expect(steps.filter((step) => step.set.some(([path, , now]) => path === 'sched.safePointNote' && now === 1)).map(at)).toEqual([
      'runSafePointFn/safePointWait',
    ]);
  });

  test('among random programs every P runs it once, and every law holds', () => {
    let asked = 0;
    fc.assert(
      fc.property(randomScenario, (made) => {
        function* main(rt: Runtime, g: GId, program: GoProgram): Thread {
          for (const name of ['a', 'b', 'c']) yield* newproc(rt, g, name, (started) => program.goroutine(started, name));
          for (let i = 0; i < 3; i++) {
            yield rest('spin', 40_000);
            // As Go demands of forEachP's caller.
            yield* semacquire(rt, g, worldsema(g));
            yield row('test', 'systemstack', 'switch');
            const m = rt.mOf(g);
            rt.to.m(m, 'ong0', true);
            const did: PId[] = [];
            yield* forEachP(rt, m, { name: 'test', run: (p) => did.push(p) });
            rt.to.m(m, 'ong0', false);
            expect([...did].sort()).toEqual([...rt.allp].sort());
            asked++;
            yield* semrelease(rt, g, worldsema(g), false);
          }
          yield row('test', 'exit', 'op');
          throw new ProgramEnd('exit', 0, '');
        }
        const simulation = new Simulation(
          { ...made, runtime: { ...made.runtime, maxthreads: 10_000 }, limits: { timeNs: 100_000_000, steps: 5_000 } },
          assets,
          main,
        );
        const keeper = new LawKeeper(simulation.first);
        while (!simulation.outcome) for (const step of simulation.run(1).steps) keeper.check(simulation.state, step);
      }),
      { numRuns: 100 },
    );
    expect(asked).toBeGreaterThan(100);
  });

  test('a goroutine on its way into a system call runs it before its P is nobody’s', () => {
    const { did, steps } = asked(2, [{ go: 'caller' }, { compute: '100us' }], {
      caller: [{ repeat: { times: 3000, do: [{ syscall: { name: 'getpid', via: 'Syscall' } }] } }],
    });
    expect([...did].sort()).toEqual(['P0', 'P1']);
    expect(steps.map(at).some((each) => each === 'runSafePointFn/fn' || each === 'forEachP/syscalls')).toBe(true);
  });
});
