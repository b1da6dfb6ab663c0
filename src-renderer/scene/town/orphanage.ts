/** The orphanage's yard: who waits there on the bench, and behind it a crowd whose number is written. Pure. */
import { textWidth } from '../scene-labels';
import { typeOf } from './boards';
import type { Drawing } from './drawing';
import { pew } from './furniture';
import { childFigure } from './people';
import type { Town } from './town';
import type { Areas } from './town-layout';
import { figureScaleIn, inLine, more, YARD_EDGE } from './yard-line';

/** A child with a strip on its back, of its size. */
const STRIPPED = 31;
/** The size below which nobody on a bench is drawn so that one more finds room. */
const SEATED = 1;

export function orphanage(areas: Areas, { firstOrphans, orphans }: Pick<Town, 'firstOrphans' | 'orphans'>): Drawing {
  const box = areas.orphanage;
  const type = typeOf(areas, 13.5, 16);
  const largest = figureScaleIn(areas, box);
  const widestName = Math.max(0, ...firstOrphans.map(({ id }) => textWidth(id, type) + 8));
  const room = (box.w - 2 * YARD_EDGE) / Math.max(1, orphans.length);
  // Smaller rather than uncounted: a last one behind large others would look like their toy.
  const scale = Math.min(largest, Math.max(SEATED, room / STRIPPED));
  const widest = Math.max(STRIPPED * scale, widestName);
  const widths = firstOrphans.map(() => widest);
  const { shown: count, at, more: rest } = inLine(areas, box, widths, (drawn) => orphans.length - drawn);
  const shown = firstOrphans.slice(0, count);
  const bench = pew({ x: box.x + 10, y: rest.y - 4, w: box.w - 20 });
  // Behind the first ones, where there is room: a crowd whose number is written.
  const back = areas.isHigh && box.h > 120 ? firstOrphans.slice(shown.length, shown.length + 2 * Math.floor((box.w - 30) / 22)) : [];
  const perRow = Math.max(1, Math.floor((box.w - 30) / 22));
  const behind = back.flatMap((each, i) => {
    const row = Math.floor(i / perRow);
    return childFigure(each, { x: box.x + 20 + (i % perRow) * 22 + row * 8, y: box.y + 44 + row * 17, scale: 0.62 }, 10.2 + row * 0.3);
  });
  return {
    pieces: [...bench, ...behind, ...shown.flatMap((each, i) => childFigure(each, { ...at(i), scale }, 11))],
    writings: [
      ...shown.map((each, i) => ({
        key: `${each.id} orphan`,
        x: at(i).x,
        y: at(i).y + type * 1.15,
        text: each.id,
        size: type,
        weight: 600 as const,
      })),
      ...more(areas, 'orphanage', orphans.length - count, rest),
    ],
  };
}
