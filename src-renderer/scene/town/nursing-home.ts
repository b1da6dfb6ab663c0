/** The nursing home's yard: who sleeps there, and who has been given a house. Pure. */
import { BED } from '../place-shapes';
import { textWidth } from '../scene-labels';
import { typeOf } from './boards';
import { type Drawing, fitting, type Piece } from './drawing';
import { bed } from './furniture';
import { paint, parentFigure, sleeperFigure } from './people';
import type { Town } from './town';
import type { Areas } from './town-layout';
import { inLine, more } from './yard-line';

export function nursingHome(areas: Areas, { firstSleepers, sleepers }: Pick<Town, 'firstSleepers' | 'sleepers'>): Drawing {
  const box = areas.nursing;
  const type = typeOf(areas, 13.5, 16);
  const scale = Math.max(0.72, Math.min(1.3, (box.h - 40) / 46, (box.w - 13) / (70 * Math.min(sleepers.length, 4))));
  // Whoever has been given a house lies there until somebody has woken them: which house is told before how many more there are.
  const widths = firstSleepers.map(({ id, key }) => Math.max(70 * scale, key === null ? 0 : textWidth(`${id}→${key}`, type) + 8));
  const { shown: count, at, more: rest } = inLine(areas, box, widths, (drawn) => sleepers.length - drawn);
  const shown = firstSleepers.slice(0, count);
  return {
    pieces: shown.flatMap((each, i): Piece[] => {
      const there = { ...at(i), y: at(i).y - 2, scale };
      return [
        ...bed(there),
        ...(each.isAwake ? [{ z: 10.3, paint: paint({ fill: '#fff' }), d: BED.pillow.at(there) }] : []),
        // Before the bed, not on it.
        ...(each.isAwake
          ? parentFigure(each, { ...there, y: there.y + 4 * scale, scale: scale * 0.8 }, 11, false)
          : sleeperFigure(each, there, 11)),
      ];
    }),
    writings: [
      ...shown.map((each, i) => ({
        key: `${each.id} bed`,
        x: at(i).x,
        y: at(i).y + type * 1.15,
        text: fitting(
          each.key === null ? [each.id] : [`${each.id} → ${each.key}`, `${each.id}→${each.key}`, each.id],
          type,
          (widths[i] ?? 0) - 4,
        ),
        size: type,
        weight: 600 as const,
      })),
      ...more(areas, 'nursinghome', sleepers.length - count, rest),
    ],
  };
}
