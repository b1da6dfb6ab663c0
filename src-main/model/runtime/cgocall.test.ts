/** C that calls Go, on threads of the program and on its own. What Go 1.19.8 with gcc did with the same programs stands beside it. */
import { describe, expect, test } from 'vitest';
import type { Change, Step } from '../state';
import { play, type Played, scenarioOf } from '../testdata/run-scenario';

function run(goroutines: Record<string, unknown[]>, runtime: Record<string, unknown> = {}): Played {
  return play(
    scenarioOf(JSON.stringify({ schedville: 1, kind: 'scenario', id: 'c', title: { zh: '出国', en: 'C' }, runtime, goroutines })),
  );
}

const at = (step: Step): string => `${step.fn}/${step.at}`;
const values = (steps: readonly Step[], path: string): unknown[] =>
  steps.flatMap((step) => step.set.filter(([each]: Change) => each === path).map(([, , now]) => now));

describe('C calls Go in its middle', () => {
  test('half of the time in C lies before the call, half behind it, and each half is a stay of its own', () => {
    const { facts, last } = run({ main: [{ cgo: { takes: '3us', callback: [{ compute: '5us' }] } }] });
    const calls = facts.goroutines.main?.syscalls ?? [];
    expect(calls.map(({ name, via, path }) => [name, via, path])).toEqual([
      ['cgo', 'cgocallback', 'oldp'],
      ['cgo', 'cgocall', 'oldp'],
    ]);
    // Beside C itself: cgocallback_gofunc and its way back.
    expect(calls.map(({ enter, exit }) => Math.floor((exit - enter) / 100) * 100)).toEqual([1_500, 1_500]);
    expect(last.M.M0).toMatchObject({ ncgo: 0, ncgocall: 1, incgo: false, lockedInt: 0, lockedg: null });
    expect(last.G.G1).toMatchObject({ lockedm: null, syscallsp: '0x0' });
  });

  test('the second entry is made with the pc and sp of the first', () => {
    const { steps } = run({ main: [{ cgo: { takes: '2us', callback: [{ syscall: { name: 'getpid', via: 'Syscall' } }] } }] });
    const saved = values(steps, 'G.G1.syscallsp').filter((sp) => sp !== '0x0');
    expect([saved[0], saved[2]]).toEqual([saved[0], saved[0]]);
    expect(saved[1]).not.toBe(saved[0]);
    expect(values(steps, 'G.G1.syscallpc').at(-1)).toBe('runtime.cgocall');
  });

  test('a callback in a callback: two calls on one stack, wired twice', () => {
    const { steps } = run({ main: [{ cgo: { takes: '2us', callback: [{ cgo: { takes: '2us', callback: ['gosched'] } }] } }] });
    expect(values(steps, 'M.M0.ncgo')).toEqual([1, 2, 1, 0]);
    expect(values(steps, 'M.M0.lockedInt')).toEqual([1, 2, 1, 0]);
    expect(values(steps, 'M.M0.incgo')).toEqual([true, false, true, false, true, false, true, false]);
  });

  test('it is wired as long as the callback runs: it waits on its own thread, and another M gives it the P', () => {
    const { steps } = run({ main: [{ go: 'w' }, { cgo: { takes: '2us', callback: [{ sleep: '1ms' }] } }], w: [{ compute: '3ms' }] });
    expect([...new Set(steps.filter(({ fn }) => fn.startsWith('cgocall')).map(({ m }) => m))]).toEqual(['M0']);
    expect(steps.some((step) => at(step) === 'startlockedm/nextp' && values([step], 'M.M0.nextp').length > 0)).toBe(true);
  });

  test('a panic that is recovered in Go leaves C’s frames behind', () => {
    const { facts, last } = run({
      main: [{ go: 'w' }, { sleep: '1ms' }, { mark: 'main done' }],
      w: [{ defer: ['recover', { mark: 'recovered' }] }, { cgo: { takes: '2us', callback: [{ panic: 'in callback' }] } }, { mark: 'no' }],
    });
    expect(facts.marks.map(({ text }) => text)).toEqual(['recovered', 'main done']);
    expect(last.M.M0).toMatchObject({ ncgo: 0, incgo: false, lockedInt: 0 });
  });

  test('a panic in the callback may be recovered there, and C goes on', () => {
    const { facts } = run({ main: [{ cgo: { takes: '2us', callback: [{ defer: ['recover'] }, { panic: 'x' }] } }, { mark: 'on' }] });
    expect(facts.marks.map(({ text }) => text)).toEqual(['on']);
    expect(facts.goroutines.main?.syscalls).toHaveLength(2);
  });
});

describe('a thread that C has made', () => {
  const thread = (callback: unknown[], after = '0ns'): unknown => ({ cgothread: { after, callback } });

  test('the first state has an M for it, which Go makes before sysmon’s', () => {
    const { first } = run({ main: [thread([])] });
    expect(first.M.M1).toMatchObject({ role: 'extra', curg: 'G2', lockedg: 'G2', lockedInt: 1, p: null });
    expect(first.G.G2).toMatchObject({ name: 'cgo#M1', goid: 17, status: '_Gdead', m: 'M1', lockedm: 'M1' });
    expect(first.sched).toMatchObject({ extram: ['M1'], extramLock: null, mcount: 4, ngsys: 1, goidgen: 17 });
    expect(first.sysmon.m).toBe('M2');
    expect(first.M.M3?.role).toBe('template');
  });

  test('a program whose C makes no threads has none, but the number of its goroutine is taken', () => {
    const { first } = run({ main: [{ cgo: { takes: '1us' } }] });
    expect(first.sched.extram).toBeUndefined();
    expect([first.sched.mcount, first.sched.goidgen]).toEqual([3, 17]);
    expect(first.M.M1?.role).toBe('sysmon');
  });

  test('the P that it ran on stays behind in _Psyscall, and sysmon has to fetch it', () => {
    const { steps, facts, last } = run({ main: [thread([{ compute: '1us' }]), { sleep: '40ms' }] }, { gomaxprocs: 2 });
    const dropped = steps.findIndex((step) => at(step) === 'dropm/unlockextra');
    const left = values(steps.slice(0, dropped), 'M.M1.oldp').at(-1);
    expect(values(steps.slice(0, dropped), `P.${String(left)}.status`).at(-1)).toBe('_Psyscall');
    expect(steps.slice(dropped).some((step) => at(step) === 'retake/retake')).toBe(true);
    expect(facts.retakes[0]).toMatchObject({ p: left, from: 'M1' });
    expect(last.M.M1).toMatchObject({ incgo: true, p: null, curg: 'G2', lockedInt: 1 });
  });

  test('as many Ms as threads at the most, and the list is a stack', () => {
    const { steps, last } = run(
      { main: [{ repeat: { times: 3, do: [thread([{ spin: '100us' }])] } }, { sleep: '5ms' }] },
      { gomaxprocs: 4 },
    );
    const lent = steps.filter((step) => at(step) === 'needm/lockextra').map(({ m }) => m);
    expect(new Set(lent).size).toBe(lent.length);
    expect(last.sched.extram?.length).toBe(Object.values(last.M).filter(({ role }) => role === 'extra').length);
    const { steps: again } = run({ main: [thread([]), { sleep: '1ms' }, thread([]), { sleep: '1ms' }] });
    expect(again.filter((step) => at(step) === 'needm/lockextra').map(({ m }) => m)).toEqual(['M1', 'M1']);
  });

  test('threads that find no M wait for one, and whoever gets a P makes as many as wait', () => {
    const { steps, facts } = run({
      main: [thread([{ mark: 'a' }]), thread([{ mark: 'b' }]), thread([{ mark: 'c' }]), { spin: '300us' }, { sleep: '1ms' }],
    });
    expect(facts.marks.map(({ text }) => text).sort()).toEqual(['a', 'b', 'c']);
    const made = steps.map(at);
    const from = made.indexOf('newextram/waiters');
    expect(made.slice(from, made.indexOf('cgocallbackg1/fn')).filter((each) => each === 'oneNewExtraM/malg')).toHaveLength(2);
  });

  test('with C’s threads in it a program is never called dead', () => {
    const { facts } = play(
      scenarioOf(
        '{schedville: 1, kind: scenario, id: c, title: {zh: c, en: c}, limits: {time: 50ms}, channels: {c: {}}, goroutines: {main: [{cgothread: {callback: [{recv: c}]}}, {recv: c}]}}',
      ),
    );
    expect(facts.outcome.kind).toBe('limit');
    expect(facts.outcome.message).toContain('cgo#M1 [chan receive] c');
  });

  // Go 1.19.8: “panic: in callback”, then “goroutine 17 [running, locked to thread]:”.
  test('a panic on it ends the program', () => {
    const { facts } = run({ main: [thread([{ panic: 'in callback' }]), { sleep: '1ms' }] });
    expect(facts.outcome).toEqual({ kind: 'panic', code: 2, message: 'panic: in callback\n\ngoroutine 17 [running, locked to thread]:' });
  });

  // Go 1.19.8: “invalid m->lockedInt = 1”, “fatal error: internal lockOSThread error”.
  test('Goexit on it is fatal', () => {
    const { facts } = run({ main: [thread(['goexit']), { sleep: '1ms' }] });
    expect(facts.outcome.kind).toBe('fatal');
    expect(facts.outcome.message).toMatch(/^invalid m->lockedInt = 1\nfatal error: internal lockOSThread error\n\nruntime stack:\n/);
  });
});
