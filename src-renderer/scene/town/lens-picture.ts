/**
 * What the lens draws of a house, and where: the house with its people, the tab above, the slip of whoever is away, the sentence below. One plan,
 * so that a step goes one way through it. Pure.
 */
import type { Language } from '../../../assets/words/index';
import { plaqueBox } from '../scene-figures';
import { overlap, textWidth, wrapped } from '../scene-labels';
import type { Box } from '../scene-layout';
import { type CloseUp, closeUp } from './close-up';
import { fitting } from './drawing';
import { lensSays } from './lens';
import type { Town, TownHouse } from './town';

export interface LensPicture {
  near: CloseUp;
  /** There is room for names. */
  isWide: boolean;
  /** Size of its type, units. */
  type: number;
  /** Who is in the house; none: nobody, or they are out. */
  inside: readonly string[];
  tab: { text: string; size: number; box: Box };
  /** The address that whoever is away keeps; null: nobody is, or the sentence says it. */
  slip: { text: string; box: Box } | null;
  /** Where the ground of the house begins. */
  horizon: number;
  /** The sentence's lines, and the board that they are written on. */
  lines: readonly string[];
  foot: Box;
}

/** From so many units of height on there is room for names, and for a slip beside the roof. */
const WIDE_FROM = 230;
const GAP = 3;
const LEAST_PICTURE = 84;
/** Of the plate's height. */
const PLATE_HALF = 19;

export function lensPicture(house: TownHouse, box: Box, watch: Town['watch'], language: Language): LensPicture {
  const isWide = box.h > WIDE_FROM;
  const type = isWide ? 17 : 13.5;
  const heightOf = (text: string): number => wrapped(text, box.w - 20, type).length * type * 1.35 + 8;
  const ways = lensSays(house, language);
  const says = ways.find((text) => box.h - heightOf(text) >= LEAST_PICTURE) ?? ways.at(-1) ?? '';
  const lines = wrapped(says, box.w - 20, type);
  const footHeight = heightOf(says);
  const foot = { x: box.x, y: box.y + box.h - footHeight, w: box.w, h: footHeight };

  const inside = house.doing === 'bolted' ? [] : [house.parent?.id, house.child?.id].filter((id) => id !== undefined);
  const tabSize = type + 1.5;
  const tabTop = box.y - tabSize * 0.9;
  const tabHeight = tabSize * 1.75;

  const out = house.doing === 'bolted' ? house.parent : house.away;
  const stay = house.doing === 'bolted' ? house.stay : house.awayStay;
  const isSaid = out !== null && stay !== null && says.includes(out.id) && says.includes(`№${stay}`);
  const text = out === null || (isSaid && !isWide) ? '' : `${out.id}: ${house.id}${stay === null ? '' : ` №${stay}`}`;
  const w = textWidth(text, type) + 12;
  const slipBox = { x: box.x + box.w - w - 8, y: tabTop + tabHeight + GAP, w, h: type * 1.5 };
  // In a small lens the roof would be behind the slip, and much to say leaves no room for both: the forest tells the address as well.
  const belowSlip = slipBox.y + slipBox.h + GAP;
  const slip = text === '' || (!isWide && foot.y - belowSlip < LEAST_PICTURE) ? null : { text, box: slipBox };
  const top = slip && !isWide ? belowSlip : box.y + type * 1.1;
  const below = (y: number): CloseUp => closeUp(house, { x: box.x + 4, y, w: box.w - 8, h: foot.y - y }, watch, isWide);
  const high = below(top);
  const drawn = slip && overlap(slip.box, plaqueBox(high.house)) ? below(belowSlip) : high;
  const { plate, plaque, name } = drawn.house;
  const least = slip ? slip.box.y + slip.box.h + 2 + PLATE_HALF * plate.scale : -Infinity;
  const near = plate.y >= least ? drawn : { ...drawn, house: { ...drawn.house, plate: { ...plate, y: least } } };

  const tabText = fitting(
    [
      [house.id, plaque === name ? '' : name, ...inside].filter((each) => each !== '').join(' · '),
      [house.id, ...inside].join(' · '),
      house.id,
    ],
    tabSize,
    box.w - 60,
  );
  const tabWidth = textWidth(tabText, tabSize) * 1.08 + 42;
  return {
    ...{ near, isWide, type, inside, slip, lines, foot },
    horizon: near.house.y - 46 * near.house.scale,
    tab: { text: tabText, size: tabSize, box: { x: box.x + 14, y: tabTop, w: tabWidth, h: tabHeight } },
  };
}
