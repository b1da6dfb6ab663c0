/** One house drawn large, in the hand of the stage: in the lens, and where there is room for figures before every house. Pure. */
import {
  HAND,
  type ChildFigure,
  type HouseFigure,
  moreAt,
  PARENT,
  type ParentFigure,
  plaqueSize,
  seatAt,
  timersLeft,
} from '../scene-figures';
import { textWidth } from '../scene-labels';
import type { Box } from '../scene-layout';
import { sharing, sharingEach } from '../sharing';
import type { Grown, Young } from './persons';
import type { TownHouse, Town } from './town';

export interface CloseUp {
  house: HouseFigure;
  /** Where the bench stands. */
  bench: number;
  parents: readonly ParentFigure[];
  children: readonly ChildFigure[];
  /** Below the two at the door, from their middle. */
  label: { x: number; y: number };
}

const RIDGE = 112;
const HALF_ROOF = 94;
const PLATE = 21;
/** From the house's foot to the end of its bench, of a house's size. */
const BELOW = { wide: 96, narrow: 66 };

/** `isWide`: with room for names between the door and the bench. */
export function closeUp(each: TownHouse, box: Box, watch: Town['watch'], isWide: boolean): CloseUp {
  const below = isWide ? BELOW.wide : BELOW.narrow;
  const scale = Math.min(box.w / 246, box.h / (RIDGE + below));
  const rest = box.w - (HALF_ROOF * 2 + 40) * scale;
  // The hourglass belongs to the house, too; it stands where it stood when there was none.
  const x = box.x + Math.max(rest / 2 + HALF_ROOF * scale, timersLeft({ scale, timers: Math.max(10, each.timers) }) + 2);
  const y = box.y + (box.h - (RIDGE + below) * scale) / 2 + RIDGE * scale;
  const bench = y + (below - 12) * scale;
  const plateScale = Math.min(1.2, Math.max(0.86, scale));
  const size = plaqueSize(scale);
  // However small the house, its plate hangs clear of a plaque with its number.
  const clear = (textWidth(each.id, size) + size) / 2 + 20 * plateScale + 2;
  const plateX = Math.min(x + Math.max(100 * scale, clear), box.x + box.w - PLATE * plateScale);
  // The whole name where it fits between the eaves, and beside the plate.
  const hasRoom = textWidth(each.name, size) + size <= Math.min(150 * scale, 2 * (plateX - 20 * plateScale - 2 - x));
  const figure = scale * 1.1;
  const watchAt = Math.min(x + 118 * scale, box.x + box.w - 28 * figure);
  const right = watch && each.isWatched ? watchAt - PARENT.half * figure : box.x + box.w;
  const heads = each.heads.slice(0, headsFor(each, { x, scale }, right));
  const house: HouseFigure = {
    id: each.id,
    ...{ x, y, scale },
    name: each.name,
    plaque: hasRoom ? each.name : each.id,
    light: each.door === 'open' || each.door === 'bolted' ? 'lit' : 'dark',
    door: each.door,
    stay: each.stay,
    chalk: each.chalk,
    hidden: each.bench - heads.length,
    bench: each.bench,
    timers: each.timers,
    plate: { x: plateX, y: y - 50 * scale, scale: plateScale },
  };
  const hands = { x: x - 54 * scale, y: y + 9 * scale };
  const isOut = each.doing === 'bolted';
  const parents = [
    ...(each.parent && !isOut
      ? [grown(each.parent, hands, figure, each.doing === 'home' ? 'home' : each.doing === 'roaming' ? 'roaming' : 'desk')]
      : []),
    ...(each.heir && !each.parent ? [{ ...grown(each.heir, hands, figure, 'walking'), key: each.id }] : []),
    ...(watch && each.isWatched ? [grown(watch.parent, { x: watchAt, y: bench }, figure, watch.isDozing ? 'doze' : 'watch')] : []),
  ];
  const seat = Math.max(0.5, 0.8 * scale);
  const children = [
    ...(each.child && !isOut ? [young(each.child, { x: hands.x + HAND * figure, y: hands.y + 1 }, figure, 'raised')] : []),
    ...heads.map((child, i) => young(child, { x: x + seatAt(i) * scale, y: bench }, seat, 'waiting')),
    ...(each.next ? [young(each.next, { x: x + 64 * scale, y: y + 9 * scale }, figure * 0.86, 'waiting')] : []),
  ];
  return { house, bench, parents, children, label: { x: hands.x + (HAND / 2) * figure, y: hands.y + 6 } };
}

/** What is drawn now, with whatever is drawn as before as the same object. */
export function keptOf(before: CloseUp, now: CloseUp): CloseUp {
  const placeOf = ({ x, y }: { x: number; y: number }): string => `${x} ${y}`;
  return {
    ...now,
    house: sharing(before.house, now.house),
    parents: sharingEach(before.parents, [...now.parents], placeOf),
    children: sharingEach(before.children, [...now.children], placeOf),
  };
}

/** How many of the heads are drawn: all, or as many as leave room for how many more there are. */
function headsFor({ heads, bench }: TownHouse, at: { x: number; scale: number }, right: number): number {
  let shown = heads.length;
  while (shown > 1 && shown < bench && moreAt(at, shown) + textWidth(`+${bench - shown}`) > right) shown--;
  return shown;
}

const grown = (
  { id, name, robe, isRung }: Grown,
  at: { x: number; y: number },
  scale: number,
  pose: ParentFigure['pose'],
): ParentFigure => ({
  ...{ id, name, robe, isRung, pose, doing: pose, scale },
  ...at,
  address: null,
  key: null,
  isBound: false,
});

const young = (
  { id, name, robe, sash, strip, locks }: Young,
  at: { x: number; y: number },
  scale: number,
  pose: ChildFigure['pose'],
): ChildFigure => ({
  ...{ id, name, robe, sash, strip, locks, pose, scale },
  ...at,
  reason: '',
  keeper: null,
});
