/** A few lines of a scenario must not keep the model at work for hours: what system calls copy is bounded, and heavy steps come a few at a time. */
import { describe, expect, test } from 'vitest';
import { assets, scenarioOf } from '../testdata/run-scenario';
import { MOST_COPIED, Simulation } from './simulate';

const BUFFER = 1 << 20;

/** The call again and again, with a step limit that it would come to only after gigabytes. */
function calls(...operations: readonly { name: string; args: readonly unknown[] }[]): Simulation {
  return new Simulation(
    scenarioOf(
      JSON.stringify({
        schedville: 1,
        kind: 'scenario',
        id: 'copies',
        title: { zh: '抄', en: 'copies' },
        kernel: { files: { '/big': 'x'.repeat(BUFFER / 2) }, fds: { 3: '/big' } },
        goroutines: {
          main: [{ repeat: { times: 100_000, do: operations.map((syscall) => ({ syscall })) } }],
        },
      }),
    ),
    assets,
  );
}

const buf = { buf: BUFFER };

describe('system calls that copy megabytes', () => {
  test.each([
    ['buffers that nobody writes to', [{ name: 'getpid', args: [buf, buf, buf, buf, buf, buf] }]],
    ['buffers that are written out', [{ name: 'write', args: [1, buf, BUFFER] }]],
  ])('%s: the run comes to its limit, which says why', (_, operations) => {
    const simulation = calls(...operations);
    for (let slices = 0; slices < 40_000 && simulation.outcome === null; slices++) simulation.run(1_000);
    expect(simulation.outcome).toMatchObject({ kind: 'limit', code: null });
    expect(simulation.outcome?.message).toMatch(`the run was stopped after its system calls had copied ${MOST_COPIED / 2 ** 20} MiB`);
    expect(simulation.stepCount).toBeLessThan(60_000);
  });

  test.each([
    ['a buffer is filled', [{ name: 'getrandom', args: [buf, BUFFER, 0] }]],
    ['one byte of a large file changes', [...'xyzab'].map((byte, at) => ({ name: 'pwrite64', args: [3, byte, 1, at] }))],
  ])('%s: whoever asks for many steps has fewer at a time, and all of them in the end', (_, operations) => {
    const simulation = calls(...operations);
    const slices = Array.from({ length: 12 }, () => simulation.run(1_000).steps.length);
    expect(Math.max(...slices.slice(1))).toBeLessThan(300);
    expect(Math.min(...slices)).toBeGreaterThan(0);
    expect(slices.reduce((sum, steps) => sum + steps)).toBe(simulation.stepCount);
  });

  test('small buffers cost nothing of it', () => {
    const simulation = calls({ name: 'getrandom', args: [{ buf: 16 }, 16, 0] });
    expect(simulation.run(500).steps).toHaveLength(500);
  });
});
