import { expect, test } from 'vitest';
import { RowSlots } from './row-slots';
import type { RowKind } from './state-rows';
import type { TechnicalRow } from './technical-rows';

const rowOf = (path: string): TechnicalRow => {
  const [kind, id] = path.split('.') as [RowKind, string];
  return { kind, id, path, title: id, cells: [], isTouched: false, isNew: false, isPinned: false };
};
/** Slots of rows that are given as `P.P0 M.M1`. */
const slotsIn = (slots: RowSlots, paths: string): string[] =>
  slots.of(paths.split(' ').map(rowOf)).map(({ slot, row }) => {
    expect(paths).toContain(row.path);
    return slot;
  });

test.each([
  ['a row that stays keeps its own, wherever it stands', 'M.M0 M.M1', 'M.M1 M.M0', [1, 0]],
  ['a newcomer takes one that has been left', 'P.P0 M.M0', 'P.P1 M.M0', [0, 1]],
  ['a newcomer before one that stays takes that of another', 'M.M2 M.M3', 'M.M1 M.M3', [0, 1]],
  ['a newcomer of another kind does, too', 'P.P0 M.M0 sched', 'P.P0 G.G1 sched', [0, 1, 2]],
  ['where all are others, each takes the one at its place', 'P.P0 M.M0 G.G1', 'P.P1 M.M2 M.M3', [0, 1, 2]],
  ['where none stands, one is moved there', 'M.M0 P.P1 G.G1', 'P.P1 G.G1 sched', [1, 2, 0]],
  ['one that stands there already comes before one that has to be moved', 'M.M0 P.P1 M.M4', 'P.P1 G.G1 sched', [1, 2, 0]],
  ['one more gets a new one', 'M.M0', 'M.M0 M.M1', [0, null]],
] as const)('%s', (_, before, after, from) => {
  const slots = new RowSlots();
  const was = slotsIn(slots, before);
  const is = slotsIn(slots, after);
  expect(is.map((slot) => (was.includes(slot) ? was.indexOf(slot) : null))).toEqual(from);
  expect(new Set(is).size).toBe(is.length);
});
