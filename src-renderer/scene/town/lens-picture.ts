/** What the lens draws of a house, and where: one plan, so that a step goes one way through it. Pure. */
import type { Language } from '../../../assets/words/index';
import { textWidth, wrapped } from '../scene-labels';
import type { Box } from '../scene-layout';
import { type CloseUp, closeUp } from './close-up';
import { fitting } from './drawing';
import { lensSays } from './lens';
import type { Town, TownHouse } from './town';

export interface LensPicture {
  near: CloseUp;
  /** So high a lens has room for names below the two at the door. */
  isWide: boolean;
  /** Size of its type. */
  type: number;
  /** What it says at its foot, line by line. */
  lines: readonly string[];
  footHeight: number;
  /** Whoever is in the house. */
  inside: readonly string[];
  /** The note in the corner: who has left from here; '': nobody. */
  slip: { text: string; top: number; width: number; height: number };
  tab: { text: string; size: number; width: number };
  /** Where the ground of the house begins. */
  horizon: number;
}

const SLIP_TOP = 8;
/** Of the plate's height. */
const PLATE_HALF = 19;
/** A lens as high as this is wide. */
const WIDE = 230;

export function lensPicture(house: TownHouse, box: Box, watch: Town['watch'], language: Language): LensPicture {
  const isWide = box.h > WIDE;
  const type = isWide ? 17 : 13.5;
  const lines = wrapped(lensSays(house, language), box.w - 20, type);
  const footHeight = lines.length * type * 1.35 + 8;
  const inside = house.doing === 'bolted' ? [] : [house.parent?.id, house.child?.id].filter((id) => id !== undefined);
  const out = house.doing === 'bolted' ? house.parent : house.away;
  const note = out ? `${out.id}: ${house.id}${house.stay === null ? '' : ` · ${house.stay}`}` : '';
  const slip = { text: note, top: SLIP_TOP, width: textWidth(note, type) + 12, height: note === '' ? 0 : type * 1.5 };
  const picture = { x: box.x + 4, y: box.y + type * 1.1, w: box.w - 8, h: box.h - footHeight - type * 1.1 };
  const near = belowSlip(closeUp(house, picture, watch, isWide), note === '' ? -Infinity : box.y + SLIP_TOP + slip.height + 2);
  const size = type + 1.5;
  const titles = [
    [house.id, near.house.plaque === house.name ? '' : house.name, ...inside].filter((text) => text !== ''),
    [house.id, ...inside],
    [house.id],
  ];
  const text = fitting(
    titles.map((parts) => parts.join(' · ')),
    size,
    box.w - 60,
  );
  return {
    ...{ near, isWide, type, lines, footHeight, inside, slip },
    tab: { text, size, width: textWidth(text, size) * 1.08 + 42 },
    horizon: near.house.y - 46 * near.house.scale,
  };
}

/** The slip in the corner covers the roof, but not the plate below it. */
function belowSlip(drawn: CloseUp, bottom: number): CloseUp {
  const { plate } = drawn.house;
  const least = bottom + PLATE_HALF * plate.scale;
  return plate.y >= least ? drawn : { ...drawn, house: { ...drawn.house, plate: { ...plate, y: least } } };
}
