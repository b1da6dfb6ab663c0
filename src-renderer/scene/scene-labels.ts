/**
 * Which names can be read. Every figure wishes for a label at one of several places around it; labels never lie on each other or on a sign,
 * and rather not on a face. Who finds no place for the long form gets the short one, or none: the tables know everybody. Pure.
 */
import type { Box, Frame, Spot } from './scene-layout';

/** Size of the scene's type, units. */
export const TYPE = 15;
const LINE = 19;
/** A label moves so many places on rather than cover a face. */
const FACE_COST = 30;

export interface LabelText {
  text: string;
  /** G3, M0: after the name, in lighter type. */
  id: string;
}

export interface LabelWish {
  kind: 'name' | 'slip';
  /** The figure's id. */
  of: string;
  /** The figure's feet, its height and half its width. */
  at: Spot;
  height: number;
  half: number;
  /** The best first. */
  variants: readonly LabelText[];
  /** In a row of many: right below, or not at all. */
  isInRow?: boolean;
  /** Two who stand hand in hand lean their labels away from each other: −1 to the left, 1 to the right, from `room` beside the feet on. */
  lean?: { to: -1 | 1; room: number };
}

export interface Label extends LabelText {
  kind: 'name' | 'slip';
  of: string;
  /** The middle of the label, from the figure's feet. */
  dx: number;
  dy: number;
  w: number;
  h: number;
}

function emOf(character: string): number {
  if (character.charCodeAt(0) > 0x2e00) return 1;
  if (/[MWmw№…—→]/.test(character)) return 0.9;
  if (/[A-Z0-9]/.test(character)) return 0.64;
  return /[ .,·’'il|]/.test(character) ? 0.32 : 0.58;
}

/** A crowd's names are measured with every step: each character is looked at once. */
const EMS = new Map<string, number>();

/** What a text takes at size `size`: a little too wide rather than too narrow. */
export function textWidth(text: string, size = TYPE): number {
  let em = 0;
  for (const each of text) {
    let width = EMS.get(each);
    if (width === undefined) EMS.set(each, (width = emOf(each)));
    em += width;
  }
  return em * size;
}

export function labelWidth({ text, id }: LabelText): number {
  return textWidth(text) + (id === '' ? 0 : textWidth(id) + (text === '' ? 0 : 5)) + 9;
}

export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

export function boxOf(label: Label, at: Spot): Box {
  return { x: at.x + label.dx - label.w / 2, y: at.y + label.dy - label.h / 2, w: label.w, h: label.h };
}

/** Middles of a label around its figure, the best first. */
function spotsAround({ kind, height, half, isInRow, lean }: LabelWish, w: number): Spot[] {
  const below = 4 + LINE / 2;
  const above = -height - 3 - LINE / 2;
  const aside = half + w / 2 + 3;
  if (kind === 'slip') {
    return [
      { x: 0, y: above },
      { x: -aside + 4, y: -height * 0.8 },
      { x: aside - 4, y: -height * 0.8 },
      { x: -w * 0.35, y: above },
      { x: w * 0.35, y: above },
      { x: -aside, y: -height * 0.4 },
      { x: aside, y: -height * 0.4 },
      { x: 0, y: above - LINE },
    ];
  }
  if (isInRow) return [0, -2, 2].map((x) => ({ x, y: below }));
  const start = lean ? lean.to * Math.max(0, w / 2 - lean.room) : 0;
  const near = [0, -7, 7, -14, 14, -22, 22, -30, 30].map((x) => ({ x: start + x, y: below }));
  return [
    ...near,
    { x: 0, y: above },
    { x: -14, y: above },
    { x: 14, y: above },
    { x: -aside, y: -LINE * 0.6 },
    { x: aside, y: -LINE * 0.6 },
    { x: 0, y: below + LINE },
    { x: -20, y: below + LINE },
    { x: 20, y: below + LINE },
  ];
}

interface LabelPlace {
  label: Label;
  box: Box;
  /** The later in the wish, the dearer; faces that it covers come on top. */
  cost: number;
}

/** Every place inside the frame that a figure's label could have. */
function placesOf(wish: LabelWish, frame: Frame): LabelPlace[] {
  const places: LabelPlace[] = [];
  for (const [rank, variant] of wish.variants.entries()) {
    const w = labelWidth(variant);
    for (const [i, spot] of spotsAround(wish, w).entries()) {
      const label: Label = { text: variant.text, id: variant.id, kind: wish.kind, of: wish.of, dx: spot.x, dy: spot.y, w, h: LINE };
      const box = boxOf(label, wish.at);
      const isInside = box.x >= 2 && box.y >= 2 && box.x + box.w <= frame.width - 2 && box.y + box.h <= frame.height - 1;
      if (isInside) places.push({ label, box, cost: i + rank * 14 });
    }
  }
  return places;
}

/** What a place costs with the faces that it covers; no further counted than to `most`, when another place is better already. */
function costOf({ box, cost: own }: LabelPlace, others: readonly Box[], most: number): number {
  let cost = own;
  for (const face of others) {
    if (overlap(face, box)) cost += FACE_COST;
    if (cost >= most) break;
  }
  return cost;
}

/** The box around all of them. */
function around(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return { x, y, w: Math.max(...boxes.map((box) => box.x + box.w)) - x, h: Math.max(...boxes.map((box) => box.y + box.h)) - y };
}

/** `signs` are never covered; `faces` belong to figures, and another's label covers them only when nothing else is left. */
export function placeLabels(
  wishes: readonly LabelWish[],
  signs: readonly Box[],
  faces: readonly (Box & { of: string })[],
  frame: Frame,
): Label[] {
  const taken: Box[] = [...signs];
  const placed: Label[] = [];
  for (const wish of wishes) {
    const places = placesOf(wish, frame);
    const reach = around(places.map(({ box }) => box));
    // In a crowd nearly everybody else is out of reach: looked at once, not for every place.
    const blocks = taken.filter((each) => overlap(each, reach));
    const others = faces.filter((face) => face.of !== wish.of && overlap(face, reach));
    let best: LabelPlace | null = null;
    let least = Infinity;
    for (const place of places) {
      if (place.cost >= least || blocks.some((each) => overlap(each, place.box))) continue;
      const cost = costOf(place, others, least);
      if (cost >= least) continue;
      least = cost;
      best = place;
    }
    if (!best) continue;
    placed.push(best.label);
    taken.push(best.box);
  }
  return placed;
}
