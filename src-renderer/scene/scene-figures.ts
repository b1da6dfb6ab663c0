/** What stands in the village, and how large: the figures that a plan is made of. Pure. */
import type { Language } from '../../assets/words/index';
import type { GId, Holders, MId, PId, Scenario, State, Step } from '../../src-main/contract/index';
import type { ChildPose, Doing, Door, ParentPose } from './glossary';
import type { Sash } from './names';
import { type Label, textWidth, TYPE } from './scene-labels';
import type { Box, Frame, HouseSpot, Places, Spot } from './scene-layout';

export interface HouseFigure extends Spot {
  id: PId;
  scale: number;
  /** On the plaque over the door; a narrow house bears its number only. */
  plaque: string;
  name: string;
  light: 'lit' | 'dark';
  door: Door;
  /** syscalltick, the stay number on the plate; null: the run was recorded, and nobody knows it. */
  stay: number | null;
  /** The stay number that the watchman has chalked on his slate: he has seen this house locked. */
  chalk: number | null;
  /** Gs on the bench that are not drawn. */
  hidden: number;
  bench: number;
  timers: number;
  /** The middle of the plate with the stay number, and how large it is. */
  plate: Spot & { scale: number };
  /** A bench longer than the house: its ends, and where it is written how many more are on it. */
  long?: { from: number; to: number; more: number };
}

export interface ParentFigure extends Spot {
  id: MId;
  scale: number;
  name: string;
  pose: ParentPose;
  robe: string;
  /** The address in the hand: the house's name and the number copied. */
  address: string | null;
  /** The house whose key lies by the pillow, or in the hand on the way. */
  key: PId | null;
  /** What it says that it is doing: not always what the pose shows. */
  doing: Doing;
  isBound: boolean;
  /** SIGURG is on its way to the thread: somebody rings the bell. */
  isRung: boolean;
}

export interface ChildFigure extends Spot {
  id: GId;
  scale: number;
  name: string;
  robe: string;
  sash: Sash;
  pose: ChildPose;
  /** The red strip on the back: 'alarm' while nobody may grow the stack, 'yield' when asked to make way. */
  strip: 'alarm' | 'yield' | null;
  /** What it waits for, by its name where it has one, else in Go's words; '' when it does not. */
  reason: string;
  /** Who has the lock that it waits for; null: nobody, or it is nothing that somebody has. */
  keeper: { id: GId; name: string } | null;
  /** The locks that it has; '': none. Whoever has one carries a key. */
  locks: string;
}

/** A board with a word on it that stands in the village. `x`, `y`: its middle. */
export interface Sign extends Spot {
  id: string;
  text: string;
  w: number;
  h: number;
}

export interface Plan extends Frame {
  houses: HouseFigure[];
  parents: ParentFigure[];
  children: ChildFigure[];
  labels: Label[];
  signs: Sign[];
  orphans: number;
  sleepers: number;
  keys: { id: PId; name: string }[];
  /** Where the standing parts lie. */
  places: Places;
  /** Beds in the nursing home and mats in the crèche, taken or free. */
  beds: Spot[];
  bedScale: number;
  mats: Spot[];
}

export interface SceneInput {
  state: State;
  step: Step | null;
  cast: Scenario['cast'];
  language: Language;
  frame: Frame;
  /** Who has which mutex; as good as nobody when it is not said. */
  held?: Holders;
}

export interface Seat {
  spot: Spot;
  pose: ChildPose;
  scale: number;
}

export interface Working {
  input: SceneInput;
  plan: Plan;
  homes: Map<PId, HouseSpot>;
  /** The roomiest bed or mat first. */
  sleepers: MId[];
  /** Seats that are taken: on benches, stools and in the orphanage. */
  seats: Map<GId, Seat>;
  /** Where somebody stands has been decided by the step, not by the state alone. */
  isOfStep: boolean;
}

/** Native sizes of the drawings. */
export const PARENT = { height: 62, half: 17 };
export const CHILD = { height: 40, half: 11 };
/** From a parent to the child at its hand. */
export const HAND = 46;
export const SHOWN_ON_BENCH = 8;

/** Keys are drawn on the board while they are few, else counted. */
export const SHOWN_KEYS = 4;

export function plaqueSize(scale: number): number {
  return Math.max(TYPE, 15 * scale);
}

/** The plaque over a house's door. */
export function plaqueBox({ x, y, scale, plaque }: HouseFigure): Box {
  const size = plaqueSize(scale);
  const w = textWidth(plaque, size) + size;
  return { x: x - w / 2, y: y - 66 * scale - size * 0.66, w, h: size * 1.32 };
}

/** People before a house are as large as it lets them. */
export function figureScale(home: HouseSpot, places: Places): number {
  return Math.min(1.24 * places.zoom, Math.max(0.7, home.scale));
}

/** The first seat of a bench, from one to the next, and half of who sits there. Of a house's size. */
const SEAT = { first: -78, apart: 23.5, half: 9 };

/** The middle of a seat, from the house's. */
export const seatAt = (i: number): number => SEAT.first + i * SEAT.apart;

/** Where it is written how many more are on a bench than `heads`: right of these. */
export const moreAt = ({ x, scale }: { x: number; scale: number }, heads: number): number =>
  x + (seatAt(heads - 1) + SEAT.half) * scale + 3;

/** Left of a house by so much stands its hourglass, of the house's size, and above its ground, so that its number is above that, too. */
const HOURGLASS = { x: 92, y: 24, foot: 14 };

/** Size of the type that says how many timers there are. */
export const timersType = ({ scale }: { scale: number }): number => 15 * Math.max(1, scale);

/** Whoever stands at the door of a house is so far left of its middle, of the house's size. */
const AT_DOOR = 74;

/** From a house's middle to the middle of what is written below its hourglass: however small the house is, beside whoever stands at its door. */
export const timersAside = (house: { scale: number; timers: number }): number =>
  Math.max(HOURGLASS.x * house.scale, AT_DOOR * house.scale + textWidth(`×${house.timers}`, timersType(house)) / 2);

/** … and to its left end. */
export const timersLeft = (house: { scale: number; timers: number }): number =>
  timersAside(house) + textWidth(`×${house.timers}`, timersType(house)) / 2;

/** Where a house's hourglass stands, its number above the heads on the bench. `bench`: the line of its seats. */
export function hourglassOf(house: { x: number; y: number; scale: number }, bench: number): Spot & { scale: number } {
  const { scale } = house;
  const y = house.y - HOURGLASS.y * scale;
  const foot = y + HOURGLASS.foot * scale + 16 * Math.max(1, scale);
  const heads = bench - CHILD.height * Math.max(0.5, 0.8 * scale);
  return { x: house.x - HOURGLASS.x * scale, y: y - Math.max(0, foot - heads), scale };
}

export function benchLine(places: Places, home: { y: number; scale: number }): number {
  return home.y + Math.min(58 * home.scale, places.walk - places.ground);
}
