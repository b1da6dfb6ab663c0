/** Where the model once did otherwise than Go 1.14: races, driven row by row. */
import { expect, test } from 'vitest';
import { templateThread } from '../../runtime/mstart';
import { newGRow } from '../../runtime/newproc';
import { runqput } from '../../runtime/runq';
import { waitGroupAdd } from '../../runtime/sync';
import type { Thread } from '../../runtime/thread';
import { newm } from '../../runtime/threads';
import { type CheckedTimers, checkTimers } from '../../runtime/timers';
import type { GId } from '../../state';
import { bench } from '../../testdata/by-rows';
import { one, scenario } from '../../testdata/small-program';

test.each([
  ['an Add from zero while somebody waits', { counter: 0, waiters: 1 }, 1, 0, 'sync: WaitGroup misuse: Add called concurrently with Wait'],
  [
    'an Add while the waiters are being released',
    { counter: 1, waiters: 1 },
    -1,
    1,
    'sync: WaitGroup misuse: Add called concurrently with Wait',
  ],
  ['a counter that wraps as an int32 does', { counter: 2_147_483_647, waiters: 0 }, 1, 0, 'sync: negative WaitGroup counter'],
])('a wait group that is misused: %s', (_, begin, n, addedMeanwhile, message) => {
  const { rt, drive } = bench(scenario({ main: [] }, { waitgroups: ['wg'], ...one }));
  Object.assign(rt.state.waitgroup.wg ?? {}, begin);
  const add = (): unknown =>
    drive('M0', waitGroupAdd(rt, 'G1', 'wg', n), ({ at: name }, state) => {
      if (name === 'Add-release' && state.waitgroup.wg) state.waitgroup.wg.counter += addedMeanwhile;
    });
  expect(add).toThrow(`panic: ${message}`);
});

test('a full ring that a thief has emptied meanwhile takes the newcomer', () => {
  const { rt, drive } = bench(scenario({ main: [] }, one));
  const p0 = rt.P('P0');
  p0.runq = Array.from({ length: 256 }, (_, i): GId => `G${i + 2}`);
  const seen = drive('M0', runqput(rt, 'M0', 'P0', 'G300', false), ({ at: name }, state) => {
    if (name === 'cas-head' && state.P.P0) state.P.P0.runq = state.P.P0.runq.slice(128);
  });
  expect(seen).toEqual(['runqputslow/cas-head', 'runqput/put']);
  expect([p0.runq.length, p0.runq.at(-1), rt.state.sched.runq]).toEqual([129, 'G300', []]);
});

test('what falls due while timers run waits for the next look', () => {
  const { rt, drive } = bench(scenario({ main: [] }, one));
  for (const g of ['G2', 'G3'] as const) rt.state.G[g] = { ...newGRow('s', 2), status: '_Gwaiting' };
  rt.P('P0').timers = [
    { when: 100, g: 'G2' },
    { when: 105, g: 'G3' },
  ];
  rt.now = 102;
  let checked: CheckedTimers | null = null;
  const seen = drive(
    'M0',
    (function* (): Thread {
      checked = yield* checkTimers(rt, 'M0', 'P0');
    })(),
    () => (rt.now += 10),
  );
  expect(seen.filter((each) => each === 'checkTimers/run')).toHaveLength(1);
  expect(checked).toEqual({ rnow: 102, next: 105, ran: true });
});

test('the template thread takes all that wait for it, the newest first', () => {
  const { rt, started, drive } = bench(scenario({ main: [{ cgo: { takes: '1ms' } }] }, one));
  rt.M('M0').lockedExt = 1;
  rt.M('M2').park = 1;
  for (let i = 0; i < 3; i++) drive('M0', newm(rt, 'M0', null, null));
  expect(rt.state.sched.newmHandoff.map(({ m }) => m)).toEqual(['M5', 'M4', 'M3']);
  const seen = drive('M2', templateThread(rt, 'M2', true));
  expect(seen).toEqual([
    'templateThread/noteclear',
    'templateThread/take',
    'newm1/clone',
    'newm1/clone',
    'newm1/clone',
    'templateThread/notesleep',
  ]);
  expect(started).toEqual(['M5', 'M4', 'M3']);
});
