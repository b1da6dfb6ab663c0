import { expect, test } from 'vitest';
import { lettersAwaited } from './post';
import { orbAt } from './sky';
import type { GRow, State } from '../../src-main/contract/index';

const PLACES = { width: 1_000 };

test('the sun goes from the left to the right once in a run, highest at half its time', () => {
  const path = [0, 0.1, 0.25, 0.5, 0.75, 1].map((day) => orbAt(day, PLACES));
  expect(path.map(({ x }) => Math.round(x))).toEqual([150, 220, 325, 500, 675, 850]);
  expect(path.map(({ y }) => Math.round(y))).toEqual([64, 53, 40, 30, 40, 64]);
});

test('time outside of the run keeps it at its ends', () => {
  expect([orbAt(-1, PLACES), orbAt(7, PLACES)]).toEqual([orbAt(0, PLACES), orbAt(1, PLACES)]);
});

test('letters are awaited by those who sleep until the network has something for them', () => {
  const rows: Partial<GRow>[] = [
    { status: '_Gwaiting', waitreason: 'IO wait' },
    { status: '_Gwaiting', waitreason: 'sleep' },
    // Woken: the reason stays until the goroutine ends.
    { status: '_Grunnable', waitreason: 'IO wait' },
    { status: '_Gwaiting', waitreason: 'IO wait' },
  ];
  const G = Object.fromEntries(rows.map((row, i) => [`G${i + 1}`, row]));
  expect(lettersAwaited({ G } as Pick<State, 'G'>)).toBe(2);
});
