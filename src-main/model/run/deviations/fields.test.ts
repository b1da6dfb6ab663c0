/** Where the model once did otherwise than Go 1.14: what is written in the fields of the state, and when. */
import { describe, expect, test } from 'vitest';
import { keysOf } from '../../state-path';
import { at, change, channel, one, over, run } from '../../testdata/small-program';

describe('fields', () => {
  test('blocked: asleep on a note, and only then', () => {
    const played = run(
      { main: [{ netread: { takes: '1ms' } }, { sleep: '200us' }, { go: 'w' }, { gc: { stw: '1ms' } }], w: [{ spin: '3ms' }] },
      { runtime: { gomaxprocs: 2 } },
    );
    const asleep = played.steps.filter((step) => step.set.some(([path, , now]) => path.endsWith('.blocked') && now === true));
    expect(new Set(asleep.map(at))).toEqual(new Set(['stopm/notesleep', 'stopTheWorldWithSema/wait', 'sysmon/deepsleep']));
    expect(played.steps.map(at)).toEqual(expect.arrayContaining(['sysmon/usleep', 'netpoll/epollwait']));
    const notes = new Set(over(played, (_, state) => state.kernel.futex.map(({ on }) => on)).flat());
    expect(notes).toContain('sched.sysmonnote');
    expect(notes).toContain('sched.stopnote');
  });

  test('m0 sleeps on its note when its wired goroutine has ended', () => {
    const { last } = run(
      { main: [{ go: 'w' }, 'lockosthread', { recv: 'c' }, 'unlockosthread', { sleep: '1ms' }], w: [{ send: 'c' }] },
      channel,
    );
    expect(last.kernel.futex.length).toBeGreaterThan(0);
    expect(last.kernel.futex.filter(({ m }) => last.M[m]?.park !== 0)).toEqual([]);
    const wired = run({ main: [{ go: 'w' }, 'gosched', { sleep: '1ms' }, { sleep: '5ms' }], w: ['lockosthread', { compute: '1us' }] }, one);
    const gone = Object.entries(wired.last.M).filter(([, row]) => row.dead || (row.parked && row.p === null && row.lockedExt > 0));
    expect(gone).toHaveLength(1);
    for (const [m, row] of gone) expect(row.dead || wired.last.kernel.futex.some((sleeper) => sleeper.m === m)).toBe(true);
  });

  test('waitreason and syscallpc keep their last value', () => {
    const { last, steps } = run(
      { main: [{ go: 'w' }, { recv: 'c' }, { syscall: { name: 'read', takes: '1us' } }, { compute: '1us' }], w: [{ send: 'c' }] },
      { ...channel, ...one },
    );
    expect(last.G.G1?.waitreason).toBe('chan receive');
    expect(last.G.G1?.syscallsp).toBe('0x0');
    expect(last.G.G1?.syscallpc).not.toBe('0x0');
    expect(steps.filter((step) => step.set.some(([path]) => path.endsWith('.waitreason'))).map(at)).toEqual(['gopark/waitreason']);
  });

  test('a dead goroutine keeps its request to give way', () => {
    const { steps } = run({ main: [{ go: 'w' }, { sleep: '1ms' }], w: [{ compute: '1us' }] });
    const cut = steps.find((step) => at(step) === 'goexit0/g.m=nil');
    expect(cut?.set.map(([path]) => keysOf(path).at(-1))).not.toEqual(expect.arrayContaining(['preempt']));
    expect(cut?.set.map(([path]) => keysOf(path).at(-1))).not.toEqual(expect.arrayContaining(['stackguard0']));
  });

  test('no preemption while gopark and startTheWorldWithSema hold their M', () => {
    const { steps } = run({ main: [{ gc: { stw: '1us' } }, { sleep: '1us' }] }, one);
    const locks = (fn: string): unknown[] =>
      steps
        .filter((step) => step.fn === fn)
        .map((step) => change(step, 'M.M0.locks'))
        .filter((each) => each !== undefined);
    expect(locks('gopark')).toEqual([1, 0]);
    expect([locks('startTheWorldWithSema').at(0), locks('startTheWorldWithSema').at(-1)]).toEqual([1, 0]);
  });

  test('C calls are counted, and the cache follows the P', () => {
    const { last, steps } = run({ main: [{ cgo: { takes: '1us' } }, { cgo: { takes: '1us' } }] }, one);
    expect(last.M.M0).toMatchObject({ ncgocall: 2, ncgo: 0, lockedInt: 0, mcache: 'P0' });
    expect(steps.filter((step) => at(step) === 'reentersyscall/mcache').map((step) => change(step, 'M.M0.mcache'))).toEqual([null, null]);
  });

  test('a slow exit notes its time', () => {
    const { steps, facts } = run({ main: [{ go: 'w' }, { syscall: { name: 'read', takes: '1ms' } }], w: [{ compute: '3ms' }] }, one);
    expect(facts.goroutines.main?.syscalls[0]?.path).toBe('slow-queued');
    const noted = steps.find((step) => at(step) === 'exitsyscall/sysexitticks');
    expect(noted && change(noted, 'G.G1.sysexitticks')).toBe(noted?.t);
  });

  test('a sender that close wakes finds no sudog in gp.param', () => {
    const { facts, steps } = run(
      { main: [{ go: 's' }, 'gosched', { close: 'c' }, { sleep: '1ms' }], s: [{ send: 'c' }] },
      { ...channel, ...one },
    );
    expect(facts.outcome.message).toContain('send on closed channel');
    expect(steps.flatMap((step) => step.set).filter(([path]) => path.endsWith('.param'))).toEqual([]);
    const taken = run({ main: [{ go: 's' }, 'gosched', { recv: 'c' }, { sleep: '1ms' }], s: [{ send: 'c' }] }, { ...channel, ...one });
    expect(
      taken.steps
        .flatMap((step) => step.set)
        .filter(([path]) => path.endsWith('.param'))
        .map(([, , now]) => now),
    ).toEqual(['sudog', null]);
  });

  test('a handed-over count is kept in the waiter’s ticket', () => {
    const { steps } = run(
      { main: [{ go: 'w' }, { gc: { stw: '1ms' } }, { compute: '1us' }, { sleep: '5ms' }], w: [{ gc: { stw: '1ms' } }] },
      { runtime: { gomaxprocs: 2 } },
    );
    // worldsema is released without a hand-over; a starving mutex hands its count over.
    expect(steps.flatMap((step) => step.set).filter(([path]) => path.endsWith('.ticket'))).toEqual([]);
    const w: unknown[] = [{ lock: 'mu' }, { compute: '2ms' }, { unlock: 'mu' }];
    const starving = run(
      {
        main: [
          { lock: 'mu' },
          { go: 'a' },
          { go: 'b' },
          'gosched',
          { compute: '3ms' },
          { unlock: 'mu' },
          { lock: 'mu' },
          { compute: '1ms' },
          'gosched',
          { unlock: 'mu' },
          { sleep: '30ms' },
        ],
        a: w,
        b: w,
      },
      { mutexes: ['mu'], ...one },
    );
    expect(
      starving.steps
        .flatMap((step) => step.set)
        .filter(([path]) => path.endsWith('.ticket'))
        .map(([, , now]) => now)
        .slice(0, 2),
    ).toEqual([1, 0]);
  });
});
