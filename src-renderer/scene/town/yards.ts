/** The yards of a large village: their fences, and the gates that say whose they are and how many are there; people stand in them while there is room. Pure. */
import type { Language } from '../../../assets/words/index';
import { textWidth } from '../scene-labels';
import type { Box } from '../scene-layout';
import type { At } from '../shape';
import { BOARD, LIT_BOARD, type Lit, merged, sign, type Signed, signText, typeOf } from './boards';
import { creche } from './creche';
import { board, type Drawing, NOTHING_DRAWN, type Piece } from './drawing';
import { bed, mat, pew } from './furniture';
import { nursingHome } from './nursing-home';
import { orphanage } from './orphanage';
import { childFigure, paint, sleeperFigure } from './people';
import { post } from './post';
import type { Town } from './town';
import type { Areas } from './town-layout';

type Yards = Pick<Town, 'orphans' | 'firstOrphans' | 'waiting' | 'post' | 'sleepers' | 'firstSleepers'>;

const YARD = { orphanage: 'var(--yard-1)', creche: 'var(--yard-2)', nursing: 'var(--yard-3)' } as const;
const RAIL = paint({ stroke: 'var(--wood-light)', width: 2.2, opacity: 0.75 });

/** Fences stand for good. */
export function fences(areas: Areas): Piece[] {
  return (['orphanage', 'creche', 'nursing'] as const).flatMap((id): Piece[] => {
    const { x, y, w } = areas[id];
    const posts = Array.from({ length: Math.floor(w / 18) }, (_, i) => `M${x + 9 + i * 18} ${y + 14}V${y + 1}`).join('');
    return [
      { z: 0.5, paint: paint({ fill: YARD[id], stroke: 'var(--lane-edge)', width: 1.2 }), d: board(areas[id], 8) },
      ...(areas.isHigh ? [{ z: 0.6, paint: RAIL, d: `M${x + 4} ${y + 9}H${x + w - 4}${posts}` }] : []),
    ];
  });
}

/** So wide is the figure that stands for a yard where its name has no room. */
const ICON = 28;

/** Nothing but the sign in a low yard; where its name has no room somebody of those who are there, and how many they are. */
function lowGate(signed: Signed, box: Box, size: number, language: Language, lit: Lit, icon: (at: At) => Piece[]): Drawing {
  const middle = { x: box.x + box.w / 2, y: box.y + box.h / 2 };
  const named = signText(signed, size, language, box.w);
  const text = String(signed.count);
  const w = ICON + textWidth(text, size) + size * 0.85;
  const isNamed = named !== text && textWidth(named, size) + size * 1.3 <= box.w;
  if (isNamed || w > box.w) return sign(signed, middle, size, language, lit, box.w);
  const plate = { x: middle.x - w / 2, y: box.y + 3, w, h: box.h - 6 };
  return {
    pieces: [
      { z: 10, paint: lit(signed.id) ? LIT_BOARD : BOARD, d: board(plate, 5) },
      ...icon({ x: plate.x + size * 0.4 + ICON / 2, y: plate.y + plate.h - 4, scale: (plate.h - 6) / 42 }),
    ],
    writings: [
      {
        key: `${signed.id} sign`,
        x: plate.x + w - size * 0.4 - textWidth(text, size) / 2,
        y: middle.y + size * 0.34,
        text,
        size,
        weight: 700,
      },
    ],
  };
}

/** Its sign at the far end: those who come first wait at the near one. `icon`: what of it stands in a low yard for its name. */
function gate(areas: Areas, signed: Signed, box: Box, language: Language, lit: Lit, icon: (at: At) => Piece[]): Drawing {
  const size = typeOf(areas, 13.5, 17);
  if (!areas.isHigh) return lowGate(signed, box, size, language, lit, icon);
  const w = textWidth(signText(signed, size, language, box.w - 8), size) + size * 1.3;
  return sign(signed, { x: box.x + box.w - 4 - w / 2, y: box.y - 2 }, size, language, lit, box.w - 8);
}

export function yards(areas: Areas, town: Yards, language: Language, lit: Lit): Drawing {
  const [orphan] = town.firstOrphans;
  const [waiting] = town.waiting.first;
  const [sleeper] = town.firstSleepers;
  const gates = merged(
    gate(areas, { id: 'orphanage', count: town.orphans.length }, areas.orphanage, language, lit, (at) => [
      ...pew({ x: at.x - ICON / 2 + 1, y: at.y - 4, w: ICON - 2 }, 10.05),
      ...(orphan ? childFigure(orphan, { ...at, y: at.y - 3 }, 11) : []),
    ]),
    gate(areas, { id: 'creche', count: town.waiting.count }, areas.creche, language, lit, (at) => [
      mat(at, 10.6),
      ...(waiting ? childFigure(waiting, at, 11, true) : []),
    ]),
    gate(areas, { id: 'nursinghome', count: town.sleepers.length }, areas.nursing, language, lit, (at) => {
      const lying = { ...at, y: at.y - 3, scale: Math.min(at.scale, ICON / 68) };
      return [...bed(lying, 10.05), ...(sleeper ? sleeperFigure(sleeper, lying, 11) : [])];
    }),
  );
  if (!areas.isHigh) return gates;
  const posted = town.post === null ? NOTHING_DRAWN : post(areas, town.post, language, lit);
  return merged(gates, posted, orphanage(areas, town), creche(areas, town), nursingHome(areas, town));
}
