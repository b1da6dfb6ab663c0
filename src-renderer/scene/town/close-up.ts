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
import { namesFitting } from './drawing';
import type { Grown, Young } from './persons';
import { BENCH_HEADS, type TownHouse, type Town } from './town';

export interface CloseUp {
  house: HouseFigure;
  /** Where the bench stands. */
  bench: number;
  parents: readonly ParentFigure[];
  children: readonly ChildFigure[];
  /** Below the two at the door, from their middle. */
  label: { x: number; y: number };
  /** Who waits on the bench, as many as can be named: below each, or in a line below them. */
  names: readonly Name[];
}

export interface Name {
  x: number;
  /** The line that the letters stand on. */
  y: number;
  text: string;
  anchor: 'start' | 'middle';
}

/** Type of the names below a bench, and what they need of the height, units. */
export const NAMES = { size: 13.5, line: 17, apart: 7 };
/** In a box so much wider than a house with its plate the bench has the whole width. */
const LONG_FROM = 1.45;
/** From the box's edges to such a bench, units. */
const LONG_EDGE = 12;
/** A seat is at least as wide as a name of three digits: who comes next does not move the others. */
const USUAL_NAME = 'G999';

const RIDGE = 112;
const HALF_ROOF = 94;
const PLATE = 21;
/** From the house's foot to the end of its bench, of a house's size. */
const BELOW = { wide: 96, narrow: 66 };

/** From a house's middle to the edges of a frame around it, of its size. */
const FRAME = 116;

/** Below the name of who is at home, units. */
const FRAME_FOOT = 7;

/** What a frame around a house encloses: its box, but of one that is as wide as the field the house with its plate, and not its bench across all of it. */
export function frameOf({ house: { x, scale, plate }, label }: Pick<CloseUp, 'house' | 'label'>, box: Box): Box {
  if (box.w < LONG_FROM * 246 * scale) return box;
  const from = Math.max(box.x, x - FRAME * scale);
  const to = Math.min(box.x + box.w, Math.max(x + FRAME * scale, plate.x + (PLATE + 8) * plate.scale));
  return { x: from, y: box.y, w: to - from, h: label.y + FRAME_FOOT - box.y };
}

/** `isWide`: with room for names, between the door and the bench and below it. */
export function closeUp(each: TownHouse, box: Box, watch: Town['watch'], isWide: boolean): CloseUp {
  const below = isWide ? BELOW.wide : BELOW.narrow;
  const named = isWide ? NAMES.line : 0;
  const scale = Math.min(box.w / 246, (box.h - named) / (RIDGE + below));
  const isLong = isWide && box.w >= LONG_FROM * 246 * scale;
  const rest = box.w - (HALF_ROOF * 2 + 40) * scale;
  // The hourglass belongs to the house, too; it stands where it stood when there was none.
  const x = box.x + Math.max(rest / 2 + HALF_ROOF * scale, timersLeft({ scale, timers: Math.max(10, each.timers) }) + 2);
  const y = box.y + (box.h - named - (RIDGE + below) * scale) / 2 + RIDGE * scale;
  const bench = y + (below - 12) * scale;
  const plateScale = Math.min(1.2, Math.max(0.86, scale));
  const size = plaqueSize(scale);
  // However small the house, its plate hangs clear of a plaque with its number.
  const clear = (textWidth(each.id, size) + size) / 2 + 20 * plateScale + 2;
  const plateX = Math.min(x + Math.max(100 * scale, clear), box.x + box.w - PLATE * plateScale);
  // The whole name where it fits between the eaves, and beside the plate.
  const hasRoom = textWidth(each.name, size) + size <= Math.min(150 * scale, 2 * (plateX - 20 * plateScale - 2 - x));
  const figure = scale * 1.1;
  const watchAt = Math.min(x + (isLong ? 150 : 118) * scale, box.x + box.w - 28 * figure);
  const right = watch && each.isWatched ? watchAt - PARENT.half * figure : box.x + box.w;
  const row = isLong ? longRow(each, box, scale) : shortRow(each, { x, scale }, right);
  const heads = each.heads.slice(0, row.shown);
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
    ...(row.long ? { long: row.long } : {}),
  };
  const hands = { x: x - 54 * scale, y: y + 9 * scale };
  const isOut = each.doing === 'bolted';
  const parents = [
    ...(each.parent && !isOut
      ? [grown(each.parent, hands, figure, each.doing === 'home' ? 'home' : each.doing === 'roaming' ? 'roaming' : 'desk')]
      : []),
    ...(each.heir && !each.parent ? [{ ...grown(each.heir, hands, figure, 'walking'), key: each.id }] : []),
    ...(watch && each.isWatched
      ? [grown(watch.parent, { x: watchAt, y: isLong ? hands.y : bench }, figure, watch.isDozing ? 'doze' : 'watch')]
      : []),
  ];
  const seat = Math.max(0.5, (isLong ? 0.95 : 0.8) * scale);
  const children = [
    ...(each.child && !isOut ? [young(each.child, { x: hands.x + HAND * figure, y: hands.y + 1 }, figure, 'raised')] : []),
    ...heads.map((child, i) => young(child, { x: row.at(i), y: bench }, seat, 'waiting')),
    ...(each.next ? [young(each.next, { x: x + 64 * scale, y: y + 9 * scale }, figure * 0.86, 'waiting')] : []),
  ];
  const namesY = bench + 8 * scale + NAMES.size;
  return {
    ...{ house, bench, parents, children },
    label: { x: hands.x + (HAND / 2) * figure, y: hands.y + 6 },
    names: isWide ? namesOf(each, heads.length, row, { x: x + seatAt(-0.5) * scale, y: namesY, right: box.x + box.w }) : [],
  };
}

/** Those on a bench, in a row: how many of them are drawn, and where. */
interface Row {
  shown: number;
  at: (i: number) => number;
  /** The bench, where it is longer than the house. */
  long: HouseFigure['long'] | null;
}

/** All, or as many as leave room for how many more there are. */
function shortRow({ heads, bench }: TownHouse, at: { x: number; scale: number }, right: number): Row {
  let shown = Math.min(BENCH_HEADS, heads.length);
  while (shown > 1 && shown < bench && moreAt(at, shown) + textWidth(`+${bench - shown}`) > right) shown--;
  return { shown, at: (i) => at.x + seatAt(i) * at.scale, long: null };
}

/** From one end of the room to the other, as far from each other as their names are wide. */
function longRow({ heads, bench }: TownHouse, box: Box, scale: number): Row {
  const from = box.x + LONG_EDGE;
  const room = box.w - 2 * LONG_EDGE;
  const pitch = Math.max(seatAt(1) * scale - seatAt(0) * scale, ...[USUAL_NAME, ...heads.map(({ id }) => id)].map(nameWidth));
  const fit = (width: number): number => Math.max(1, Math.floor(width / pitch));
  const shown = Math.min(heads.length, bench <= fit(room) ? bench : fit(room - textWidth(`+${bench}`) - 6));
  const end = from + shown * pitch;
  return { shown, at: (i) => from + (i + 0.5) * pitch, long: { from: box.x + 6, to: box.x + box.w - 6, more: end } };
}

const nameWidth = (id: string): number => textWidth(id, NAMES.size) + NAMES.apart;

/** Below each on a long bench; else in a line, as many as there is room for. */
function namesOf({ heads, bench }: TownHouse, shown: number, row: Row, line: { x: number; y: number; right: number }): Name[] {
  if (row.long) return heads.slice(0, shown).map(({ id }, i) => ({ x: row.at(i), y: line.y, text: id, anchor: 'middle' }));
  const ids = heads.map(({ id }) => id);
  const text = namesFitting(ids, bench, NAMES.size, line.right - line.x);
  return text === '' ? [] : [{ x: line.x, y: line.y, text, anchor: 'start' }];
}

/** What is drawn now, with whatever is drawn as before as the same object. */
export function keptOf(before: CloseUp, now: CloseUp): CloseUp {
  const placeOf = ({ x, y }: { x: number; y: number }): string => `${x} ${y}`;
  return {
    ...now,
    house: sharing(before.house, now.house),
    parents: sharingEach(before.parents, [...now.parents], placeOf),
    children: sharingEach(before.children, [...now.children], placeOf),
    names: sharingEach(before.names, [...now.names], placeOf),
  };
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
