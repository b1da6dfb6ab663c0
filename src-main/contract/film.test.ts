import { expect, test } from 'vitest';
import { filmFrames, filmLength, FIRST_FILM, type FilmSettings } from './film';

const settings = (change: Partial<FilmSettings>): FilmSettings => ({ ...FIRST_FILM, perStep: 1, stepMs: 200, holdMs: 0, ...change });

test('every step of the range is shown once, and comes on its way when it has several pictures', () => {
  const range = { from: 7, to: 9, stops: [] };
  expect(filmFrames(range, settings({}))).toEqual([
    { n: 7, fraction: 1, atMs: 0, forMs: 200 },
    { n: 8, fraction: 1, atMs: 200, forMs: 200 },
    { n: 9, fraction: 1, atMs: 400, forMs: 200 },
  ]);
  const moving = filmFrames(range, settings({ perStep: 4 }));
  expect(moving.map(({ n, fraction }) => [n, fraction])).toEqual([
    [7, 1],
    ...[8, 9].flatMap((n) => [0.25, 0.5, 0.75, 1].map((fraction) => [n, fraction])),
  ]);
});

test.each([1, 2, 4, 8])('pictures follow each other without a gap, and a step takes its time to the ms: %i of each', (perStep) => {
  const range = { from: 0, to: 30, stops: [] };
  const frames = filmFrames(range, settings({ perStep, stepMs: 1_500 }));
  expect(frames).toHaveLength(filmLength(range, settings({ perStep })));
  for (const [i, { atMs, forMs }] of frames.entries()) {
    expect(Number.isInteger(atMs) && Number.isInteger(forMs) && forMs > 0).toBe(true);
    expect(atMs + forMs).toBe(frames[i + 1]?.atMs ?? 31 * 1_500);
  }
});

test('a step of the lesson stays longer, on its last picture', () => {
  const frames = filmFrames({ from: 1, to: 3, stops: [1, 3] }, settings({ perStep: 2, holdMs: 2_000 }));
  expect(frames.map(({ n, forMs }) => [n, forMs])).toEqual([
    [1, 2_200],
    [2, 100],
    [2, 100],
    [3, 100],
    [3, 2_100],
  ]);
});
