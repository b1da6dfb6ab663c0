import { expect, test } from 'vitest';
import { firstState } from './first-state';
import { Recorder } from './recorder';
import type { Change } from '../state';
import { scenarioOf } from '../testdata/run-scenario';
import { applyStep, copyState, undoStep } from '../trace/replay';

const first = firstState(
  scenarioOf(
    '{schedville: 1, kind: scenario, id: two, title: {zh: 二, en: two}, runtime: {gomaxprocs: 2}, goroutines: {main: [{compute: 1us}]}}',
  ),
);

/** What one step lists; replayed, it must lead to the recorder's own state and back. */
function listed(change: (to: Recorder) => void): Change[] {
  const to = new Recorder(copyState(first));
  to.begin(0, 'M0', 'main.main', 'op', 1);
  change(to);
  const step = to.end();
  const state = copyState(first);
  applyStep(state, step);
  expect(state).toEqual(to.state);
  undoStep(state, step);
  expect(state).toEqual(first);
  return step.set;
}

test('what does not change is not listed', () => {
  expect(
    listed((to) => {
      to.m('M0', 'locks', 0);
      to.sched('pidle', ['P1']);
      to.at(['kernel', 'fds'], copyState(first).kernel.fds as never);
    }),
  ).toEqual([]);
});

test('a place that is written twice is listed once, from its first value to its last', () => {
  expect(
    listed((to) => {
      to.sched('pidle', []);
      to.m('M0', 'locks', 1);
      to.sched('pidle', ['P0']);
      to.m('M0', 'locks', 0);
    }),
  ).toEqual([['sched.pidle', ['P1'], ['P0']]]);
});

test('unless something inside of it was written in between', () => {
  const { fds } = copyState(first).kernel;
  const paths = listed((to) => {
    to.at(['kernel', 'fds'], {});
    to.at(['kernel', 'fds', '7'], fds['0'] as never);
    to.at(['kernel', 'fds'], { 8: fds['0'] } as never);
  }).map(([path]) => path);
  expect(paths).toEqual(['kernel.fds', 'kernel.fds.7', 'kernel.fds']);
});
