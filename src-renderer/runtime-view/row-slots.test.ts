import { expect, test } from 'vitest';
import { goldenRun, placesOf } from '../testdata/runs';
import { RowSlots } from './row-slots';
import { fieldsOf, ROW_KINDS, type RowKind, rowsOfKind } from './state-rows';
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
  ['a newcomer takes one of its kind that has been left', 'P.P0 M.M0', 'P.P1 M.M0', [0, 1]],
  ['a newcomer before one that stays takes that of another', 'M.M2 M.M3', 'M.M1 M.M3', [0, 1]],
  ['a newcomer of another kind gets a new one', 'P.P0', 'M.M0', [null]],
  ['one more of a kind gets a new one', 'M.M0', 'M.M0 M.M1', [0, null]],
] as const)('%s', (_, before, after, from) => {
  const slots = new RowSlots();
  const was = slotsIn(slots, before);
  const is = slotsIn(slots, after);
  expect(is.map((slot) => (was.includes(slot) ? was.indexOf(slot) : null))).toEqual(from);
  expect(new Set(is).size).toBe(is.length);
});

test('fields of a row are told apart by their names: a drawn row keeps its cells when it shows another row', () => {
  for (const name of ['S1', 'S2', 'S3'])
    for (const { after } of placesOf(goldenRun(name), 25))
      for (const ref of ROW_KINDS.flatMap((kind) => rowsOfKind(after, kind))) {
        const fields = fieldsOf(after, ref).map(({ field }) => field);
        expect(new Set(fields).size, ref.path).toBe(fields.length);
      }
});
