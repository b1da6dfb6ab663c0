import { expect, test } from 'vitest';
import { AT_REST, cameraOn, following } from './camera';
import { areasFor } from './town-layout';

const { areas, grid } = areasFor(1_000, 320, 64);
const view = areas.houses;

test('whoever is followed is gone to, nearer than from where all houses are seen, and then left in peace', () => {
  const near = following(AT_REST, grid, 40, view);
  expect(near?.k).toBeGreaterThan(1);
  if (!near) throw new Error('nobody moved');
  expect(following(near, grid, 40, view)).toBeNull();
  // The next house at the zoom that the person has chosen.
  const zoomed = { ...near, k: near.k * 1.2 };
  expect(following(zoomed, grid, 3, view)).toEqual(cameraOn(grid, 3, zoomed.k, view));
});
