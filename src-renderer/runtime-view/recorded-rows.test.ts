/** A recorded run in the tables: what is told, what is worked out and marked so, and nothing else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { importTrace, stepsOf } from '../../src-main/imports/import-trace';
import { applyStep, copyState } from '../../src-main/model/trace/replay';
import { plainStep } from '../../src-main/model/trace/queue-versions';
import type { State } from '../../src-main/contract/index';
import { machineThread } from '../machine/machine-rows';
import { whereabouts } from '../scene/whereabouts';
import { rowOf } from './state-rows';
import { Marks, technicalRow } from './technical-rows';

const FILE = join(import.meta.dirname, '../../src-main/cli/compare/trace/testdata/recorded/server.go126.gz');

/** The state after the first step that fits. */
function after(fits: (state: State) => boolean): State {
  let rest: Uint8Array | null = gunzipSync(readFileSync(FILE));
  const made = importTrace(() => {
    const piece = rest;
    rest = null;
    return piece;
  });
  const state = copyState(made.first);
  for (const step of stepsOf(made)) {
    applyStep(state, plainStep(step));
    if (fits(state)) return state;
  }
  throw new Error('no step fits');
}

const cells = (state: State, path: string): string[] => {
  const ref = rowOf(path);
  if (!ref) throw new Error(path);
  return technicalRow(state, ref, 'all', new Marks([], new Set()), false, String).cells.map(
    ({ field, isAssumed }) => `${field}${isAssumed ? '?' : ''}`,
  );
};

test('a row has what is told, and marks what is worked out', () => {
  const state = after(({ P }) => Object.values(P).some(({ runnext }) => runnext !== null));
  expect(cells(state, 'P.P0')).toEqual(['status', 'm', 'runnext?', 'runq?']);
  expect(cells(state, 'M.M0')).toEqual(['curg', 'p', 'oldp', 'parked?', 'blocked?', 'preemptoff']);
  expect(cells(state, 'G.G1')).toEqual(['status', 'm', 'waitreason', 'goid']);
  expect(cells(state, 'sched')).toEqual(['runq?', 'midle?', 'pidle?', 'gcwaiting?']);
});

test('whoever is in a system call is in the forest, and nobody is said to run assembly', () => {
  const state = after(({ G }) => G.G1?.status === '_Gsyscall');
  const m = state.G.G1?.m ?? 'M0';
  const row = state.M[m];
  expect(row && whereabouts(state, m, row)).toEqual({ at: 'forest', isAbroad: false, p: null });
  expect(machineThread(state, null)).toBeNull();
});
