import { expect, test } from 'vitest';
import type { Change } from './state';
import { changesOf, fieldPath, keysOf, liesIn, parsePath, partPath, pathTo, rowOfPath, wholeRow, writtenTo } from './state-path';
import { golden, play, scenarioOf } from './testdata/run-scenario';

test.each([
  ['G.G1.status', { table: 'G', id: 'G1', field: 'status', below: [] }],
  ['G.G1', { table: 'G', id: 'G1', field: null, below: [] }],
  ['G.G2.sched.pc', { table: 'G', id: 'G2', field: 'sched', below: ['pc'] }],
  ['G.G2.stack.0xc000', { table: 'G', id: 'G2', field: 'stack', below: ['0xc000'] }],
  ['M.M0.regs.AX', { table: 'M', id: 'M0', field: 'regs', below: ['AX'] }],
  ['P.P0.runq', { table: 'P', id: 'P0', field: 'runq', below: [] }],
  ['sched.runq', { table: 'sched', id: null, field: 'runq', below: [] }],
  ['sched.worldsema.holder', { table: 'sched', id: null, field: 'worldsema', below: ['holder'] }],
  ['sysmon.ticks.P0.syscalltick', { table: 'sysmon', id: null, field: 'ticks', below: ['P0', 'syscalltick'] }],
  ['kernel.fds.3.offset', { table: 'kernel', id: null, field: 'fds', below: ['3', 'offset'] }],
  ['kernel.files', { table: 'kernel', id: null, field: 'files', below: [] }],
  [
    'kernel.files./etc/apt/sources.list.d/go.list',
    { table: 'kernel', id: null, field: 'files', below: ['/etc/apt/sources.list.d/go.list'] },
  ],
  ['chan.c.waiters', { table: 'chan', id: 'c', field: 'waiters', below: [] }],
])('%s', (path, means) => {
  expect(parsePath(path)).toEqual(means);
  expect(pathTo(...keysOf(path))).toBe(path);
});

test('every path of a run names a place that there is, and is what its keys give', () => {
  const { steps, last } = play(scenarioOf(golden('S1.scenario.yaml')));
  const paths = [...new Set(steps.flatMap(({ set }) => set.map(([path]) => path)))];
  expect(paths.length).toBeGreaterThan(30);
  // Down to the field: a goroutine's stack, say, is emptied as a whole when it ends.
  const isThere = (path: string): boolean => {
    let at: unknown = last;
    for (const key of keysOf(path).slice(0, 3)) {
      if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return false;
      at = (at as Record<string, unknown>)[key];
    }
    return true;
  };
  expect(paths.filter((path) => !isThere(path) || pathTo(...keysOf(path)) !== path)).toEqual([]);
});

test('a file may have dots in its name; no other key may', () => {
  expect(pathTo('kernel', 'files', 'a.b.c')).toBe('kernel.files.a.b.c');
  expect(() => pathTo('chan', 'a.b', 'cap')).toThrow('["chan","a.b","cap"]: a key with a dot in it has no path');
  expect(() => pathTo('kernel', 'files', 'a.b', 'data')).toThrow('has no path');
});

test('paths are built as they are read', () => {
  expect(fieldPath('P', 'P0', 'runnext')).toBe('P.P0.runnext');
  expect(partPath('sched', 'midle')).toBe('sched.midle');
});

test.each([
  ['G.G1.stack.0xc000', 'G.G1'],
  ['sched.runq', 'sched'],
  ['kernel.files.a.b', 'kernel'],
])('%s lies in the row %s', (path, row) => {
  expect(rowOfPath(path)).toBe(row);
  expect(liesIn(path, row)).toBe(true);
});

test('G.G1 does not lie around G.G10', () => {
  expect(liesIn('G.G10.m', 'G.G1')).toBe(false);
  expect(liesIn('G.G1', 'G.G1')).toBe(true);
});

test.each([
  ['G.G12', 'G', 'G12'],
  ['G.G12.status', 'G', null],
  ['G', 'G', null],
  ['M.M3', 'G', null],
  ['M.M3', 'M', 'M3'],
] as const)('%s in the table %s is the row %s as a whole', (path, table, id) => {
  expect(wholeRow(table, path)).toBe(id);
});

test('the changes of one part of the state, in their order', () => {
  const set: Change[] = [
    ['P.P0.m', 'M0', null],
    ['G.G1.status', '_Grunning', '_Gsyscall'],
    ['G.G12', null, { name: 'x' }],
    ['sched.runq', [], ['G1']],
    ['sysmon.idle', 0, 1],
  ];
  expect(changesOf({ set }, 'G')).toEqual([
    { table: 'G', id: 'G1', field: 'status', below: [], path: 'G.G1.status', old: '_Grunning', now: '_Gsyscall' },
    { table: 'G', id: 'G12', field: null, below: [], path: 'G.G12', old: null, now: { name: 'x' } },
  ]);
  expect(changesOf({ set }, 'sched').map(({ field }) => field)).toEqual(['runq']);
  expect(changesOf({ set }, 'M')).toEqual([]);
  expect(changesOf(null, 'G')).toEqual([]);
  expect(writtenTo({ set }, 'P.P0.m')).toEqual(['P.P0.m', 'M0', null]);
  expect(writtenTo({ set }, 'P.P0.p')).toBeUndefined();
});
