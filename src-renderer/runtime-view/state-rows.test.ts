/** Every place of the state that a run writes is in a row, or is the machine view's. */
import { describe, expect, test } from 'vitest';
import type { State } from '../../src-main/contract/index';
import { branchRun, crowdedRun, goldenRun, placesOf } from '../testdata/runs';
import { countAlive, fieldsOf, isDead, ROW_KINDS, rowOf, rowsOfKind, sourceOf, valueAt } from './state-rows';

const RUNS = [
  'cond',
  'once',
  'rwmutex',
  'select',
  'waitgroup',
  'chan-buffered',
  'after-ticker',
  'netpoll-128-events',
  'cgocall',
  'stw-5-came-home',
];

/** What the machine view shows. */
const MACHINE = /^(M\.M\d+\.(regs|flags|name|role)|G\.G\d+\.(stack|frames|name|system)|kernel\.(mem|strace))(\.|$)/;
/** Tables that are written as a whole: their members have rows. */
const WHOLE = /^kernel\.(fds|objects|maps|files)$/;

test.each(RUNS)('%s: what a step writes is in a row that is there', (name) => {
  for (const { after, step } of placesOf(branchRun(name)))
    for (const [path, , now] of step.set) {
      if (MACHINE.test(path) || WHOLE.test(path)) continue;
      const row = rowOf(path);
      expect(row, path).not.toBeNull();
      // Whatever is empty now has no row, but the step has one to show it in.
      if (!row || now === null || row.kind === 'futex' || row.kind === 'poll') continue;
      expect(
        rowsOfKind(after, row.kind).map((each) => each.path),
        path,
      ).toContain(row.path);
      const fields = fieldsOf(after, row).map((each) => each.path);
      const isThere =
        row.path === path || fields.some((field) => field === path || field.startsWith(`${path}.`) || path.startsWith(`${field}.`));
      expect(isThere, `${path} is a field of ${row.path}: ${fields.join(' ')}`).toBe(true);
    }
});

test.each(['cond', 'once', 'rwmutex', 'select', 'after-ticker'])('%s: a field says what stands at its place', (name) => {
  const { last } = branchRun(name);
  for (const kind of ROW_KINDS)
    for (const ref of rowsOfKind(last, kind))
      for (const { path, value, field } of fieldsOf(last, ref)) {
        // Of a file the whole row is one place.
        if (kind !== 'file') expect(valueAt(last, path), `${ref.path} ${field}`).toEqual(value);
      }
});

test('each kind of row comes up', () => {
  const runs = [...RUNS, 'mutex-starving'].map((name) => branchRun(name).last);
  const kinds = new Set(
    [...runs, crowdedRun(2, 4).last].flatMap((state) => ROW_KINDS.filter((kind) => rowsOfKind(state, kind).length > 0)),
  );
  for (const kind of [
    'P',
    'M',
    'G',
    'sched',
    'sysmon',
    'chan',
    'mutex',
    'rwmutex',
    'once',
    'cond',
    'waitgroup',
    'poll',
    'fd',
    'process',
    'futex',
  ] as const)
    expect([...kinds]).toContain(kind);
});

describe('a row', () => {
  const { last } = goldenRun('S2');

  test.each([
    ['P.P0.status', 'P.P0'],
    ['M.M0', 'M.M0'],
    ['G.G1.sched.pc', 'G.G1'],
    ['sched.runq', 'sched'],
    ['sched.lastpoll', 'poll'],
    ['kernel.netpoll', 'poll'],
    ['sysmon.ticks.P0.syscalltick', 'sysmon'],
    ['chan.c.recvq', 'chan.c'],
    ['rwmutex.rw.writerSem.queue', 'rwmutex.rw'],
    ['kernel.fds.3.offset', 'kernel.fds.3'],
    ['kernel.files./etc/motd.d', 'kernel.files./etc/motd.d'],
    ['kernel.futex', 'kernel.futex'],
    ['kernel.umask', 'process'],
  ])('%s lies in %s', (path, row) => {
    expect(rowOf(path)?.path).toBe(row);
  });

  test.each(['M.M0.regs.AX', 'G.G1.stack.0x10', 'G.G1.frames', 'kernel.mem.0x10', 'kernel.strace', 'kernel.fds'])(
    '%s lies in none',
    (path) => {
      expect(rowOf(path)).toBeNull();
    },
  );

  test('has another source when anything in it has changed, and only then', () => {
    const p0 = { kind: 'P', id: 'P0', path: 'P.P0' } as const;
    const changed = { ...last, P: { ...last.P, P0: { ...last.P.P0, status: '_Pidle' } } } as State;
    expect(sourceOf(changed, p0)).not.toBe(sourceOf(last, p0));
    expect(sourceOf({ ...last, P: { ...last.P } }, p0)).toBe(sourceOf(last, p0));
  });

  test('that has ended is not counted', () => {
    for (const kind of ['G', 'M', 'P'] as const)
      expect(countAlive(last, kind)).toBe(rowsOfKind(last, kind).filter((ref) => !isDead(last, ref)).length);
    const dead = { ...last, G: { ...last.G, G1: { ...last.G.G1, status: '_Gdead' } } } as State;
    expect(countAlive(dead, 'G')).toBeLessThan(rowsOfKind(dead, 'G').length);
  });
});
