import { expect, test } from 'vitest';
import type { PId } from '../../../src-main/contract/index';
import { overlap } from '../scene-labels';
import { AT_REST, type Camera, cameraOn, seenBy } from './camera';
import { boxOfWriting, type Writing } from './drawing';
import { heads } from './heads';
import { mapTile } from './map-tile';
import type { TownHouse } from './town';
import { inDrawing, isInView } from './sight';
import { areasFor } from './town-layout';

const SIZES = [
  [1_024, 315],
  [1_024, 596],
  [1_366, 728],
  [700, 420],
  [683, 267],
] as const;

const numberIn = ({ text }: Writing): number => Number(text.replace(/\D/g, ''));
const middleOf = (writing: Writing): { x: number; y: number } => {
  const { x, y, w, h } = boxOfWriting(writing);
  return { x: x + w / 2, y: y + h / 2 };
};

test.each([64, 100, 128, 256])('of %i houses on a map each is found by its number alone, from all of them and from near by', (count) => {
  const ids = Array.from({ length: count }, (_, i) => `P${i}` as PId);
  let [found, thinned] = [0, 0];
  for (const [width, height] of SIZES) {
    const { areas, grid } = areasFor(width, height, count);
    if (grid.level !== 'map') continue;
    const view = areas.houses;
    const cameras: readonly Camera[] = [AT_REST, cameraOn(grid, 37, 1.3, view), cameraOn(grid, count - 1, 2.3, view)];
    for (const camera of cameras) {
      const place = `${width} × ${height}, ${camera.k}`;
      const all = heads(areas, grid, ids, camera);
      const rows = all.filter(({ key }) => key.startsWith('row'));
      const columns = all.filter(({ key }) => key.startsWith('column'));
      const boxes = all.map((each) => ({ text: each.text, ...boxOfWriting(each) }));
      const clashes = boxes.flatMap((a, i) => boxes.slice(i + 1).flatMap((b) => (overlap(a, b) ? [`${a.text} on ${b.text}`] : [])));
      expect(clashes, place).toEqual([]);
      expect(all.filter(({ size }) => size < 13)).toEqual([]);
      // Beside the field, and on nothing that lies there.
      for (const box of boxes) {
        expect(overlap(box, view), `${place}: ${box.text} lies in the field`).toBe(false);
        if (areas.counts) expect(overlap(box, areas.counts), `${place}: ${box.text} lies on the counts`).toBe(false);
        expect(box.x, place).toBeGreaterThanOrEqual(0);
      }
      const seen = seenBy(camera, grid, count, view);
      const sight = { view, camera, seen };
      const isEach = columns.length > 1 && numberIn(columns[1] as Writing) - numberIn(columns[0] as Writing) === 1;
      if (!isEach) thinned++;
      for (const { index, pitch } of seen.tiles) {
        const box = inDrawing(sight, pitch);
        if (!isInView(sight, box.x, box.y) || !isInView(sight, box.x + box.w, box.y + box.h)) continue;
        const row = rows.find((each) => middleOf(each).y > box.y && middleOf(each).y < box.y + box.h);
        const column = columns.find((each) => middleOf(each).x > box.x && middleOf(each).x < box.x + box.w);
        // Where only some columns have heads, the others are counted from the last one before.
        const before = columns.filter((each) => middleOf(each).x < box.x + box.w).at(-1);
        const further = column ? 0 : (index % grid.columns) - numberIn(before as Writing);
        expect(further, `${place}: ${ids[index]} has no head near by`).toBeLessThan(isEach ? 1 : 8);
        expect(numberIn(row as Writing) + numberIn((column ?? before) as Writing) + further, `${place}: ${ids[index]}`).toBe(index);
        found++;
      }
    }
  }
  expect(found).toBeGreaterThan(count);
  if (count === 256) expect(thinned).toBeGreaterThan(0);
});

test('on a map either every house bears its own number beside its child’s, or none does', () => {
  const child = { id: 'G1', name: '', robe: '#000', sash: 'band', strip: null, locks: '' } as const;
  const texts = (w: number, h: number): string[] =>
    (['P3', 'P37', 'P137'] as const).map((id) => {
      const house = { id, door: 'open', doing: 'home', bench: 0, chalk: null, child, parent: null, away: null } as unknown as TownHouse;
      return mapTile(house, { x: 0, y: 0, w, h }).writings[0]?.text ?? '';
    });
  const both = new Set<boolean>();
  for (let w = 20; w < 120; w += 3)
    for (const h of [30, 60, 90, 130]) {
      const paired = texts(w, h).map((text) => text.includes('P'));
      expect(new Set(paired).size, `${w} × ${h}`).toBe(1);
      both.add(paired[0] === true);
    }
  expect([...both].sort()).toEqual([false, true]);
});
