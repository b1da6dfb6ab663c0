import { expect, test } from 'vitest';
import { goldenRun } from '../testdata/runs';
import { idsElsewhere, peopleOf } from './people';

const NOBODY = { M: [], P: [], G: {} };

test('children, parents and houses of a state by their names in both languages, as places of the state', () => {
  const { first } = goldenRun('S2');
  const people = peopleOf(first, NOBODY);
  const of = (id: string): unknown => people.find((each) => each.id === id);
  expect(of('P0')).toMatchObject({ path: 'P.P0', names: { zh: expect.stringMatching(/房/) as string } });
  expect(of('M1')).toMatchObject({ path: 'M.M1', names: { en: expect.stringMatching(/watchman/i) as string } });
  expect(of('G1')).toMatchObject({ path: 'G.G1' });
  expect(new Set(people.map(({ id }) => id)).size).toBe(people.length);
});

test('whoever is gone is not found', () => {
  const { first } = goldenRun('S2');
  const state = structuredClone(first);
  (state.G.G1 as { status: string }).status = '_Gdead';
  expect(peopleOf(first, NOBODY).some(({ id }) => id === 'G1')).toBe(true);
  expect(peopleOf(state, NOBODY).some(({ id }) => id === 'G1')).toBe(false);
});

test('a child has its goroutine’s name, too; who is not there at the step goes by number', () => {
  const { first } = goldenRun('S2');
  const people = peopleOf(first, NOBODY);
  expect(people.find(({ id }) => id === 'G1')?.go).toBe('main');
  const elsewhere = idsElsewhere(people, { G: 3, M: 4 });
  expect(elsewhere).toEqual(['G2', 'G3', 'M2', 'M3']);
});
