/** A step's work must not grow with the tables of the state: what is asked of all rows is counted, not timed. */
import { describe, expect, test } from 'vitest';
import { assets, scenarioOf } from '../testdata/run-scenario';
import { Simulation } from './simulate';

/** Counts in `counts[name]` how often somebody goes through all keys of the table. */
function counted<T extends object>(table: T, name: string, counts: Record<string, number>): T {
  counts[name] = 0;
  return new Proxy(table, {
    ownKeys: (of) => {
      counts[name] = (counts[name] ?? 0) + 1;
      return Reflect.ownKeys(of);
    },
  });
}

function walksThroughTables(goroutines: number): { walks: Record<string, number>; retakes: number } {
  const simulation = new Simulation(
    scenarioOf(
      JSON.stringify({
        schedville: 1,
        kind: 'scenario',
        id: 'work',
        title: { zh: '活', en: 'work' },
        runtime: { gomaxprocs: 4 },
        goroutines: {
          main: [{ go: { name: 'w', times: goroutines } }, { sleep: '30ms' }],
          w: [{ syscall: { name: 'read', args: [0, { buf: 8 }, 8], takes: '100us', returns: 4 } }, { sleep: '1ms' }, { compute: '10us' }],
        },
      }),
    ),
    assets,
  );
  const { state } = simulation;
  const walks: Record<string, number> = {};
  state.G = counted(state.G, 'G', walks);
  state.M = counted(state.M, 'M', walks);
  state.P = counted(state.P, 'P', walks);
  state.kernel.mem = counted(state.kernel.mem, 'mem', walks);
  const { steps } = simulation.run(1_000_000);
  expect(Object.keys(state.G)).toHaveLength(goroutines + 1);
  return { walks, retakes: steps.filter(({ fact }) => fact?.kind === 'retake').length };
}

describe('nobody goes through all Gs, Ms, Ps or blocks of memory', () => {
  test.each([20, 200])('with %i goroutines that make system calls', (goroutines) => {
    const { walks, retakes } = walksThroughTables(goroutines);
    expect(retakes).toBeGreaterThan(5);
    // One G walk is the test's own; memory is looked through once, for the first block.
    expect(walks).toEqual({ G: 1, M: 0, P: 0, mem: 1 });
  });
});
