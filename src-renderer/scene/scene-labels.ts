/**
 * Which names can be read. Every figure wishes for a label at one of several places around it; labels never lie on each other or on a sign,
 * and rather not on a face. Who finds no place for the long form gets the short one, or none: the tables know everybody. Pure.
 */
import type { Box, Frame, Spot } from './scene-layout';

/** Size of the scene's type, units. */
export const TYPE = 15;
const LINE = 19;

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

/** What a text takes at size `size`: a little too wide rather than too narrow. */
export function textWidth(text: string, size = TYPE): number {
  let em = 0;
  for (const each of text)
    em +=
      each.charCodeAt(0) > 0x2e00
        ? 1
        : /[MWmw№…—→]/.test(each)
          ? 0.9
          : /[A-Z0-9]/.test(each)
            ? 0.64
            : /[ .,·’'il|]/.test(each)
              ? 0.32
              : 0.58;
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
    let best: Label | null = null;
    let least = Infinity;
    for (const [rank, variant] of wish.variants.entries()) {
      const w = labelWidth(variant);
      for (const [i, spot] of spotsAround(wish, w).entries()) {
        const label: Label = { ...variant, kind: wish.kind, of: wish.of, dx: spot.x, dy: spot.y, w, h: LINE };
        const box = boxOf(label, wish.at);
        if (box.x < 2 || box.y < 2 || box.x + box.w > frame.width - 2 || box.y + box.h > frame.height - 1) continue;
        if (taken.some((each) => overlap(each, box))) continue;
        const covered = faces.filter((face) => face.of !== wish.of && overlap(face, box)).length;
        const cost = i + rank * 14 + covered * 30;
        if (cost < least) {
          least = cost;
          best = label;
        }
      }
    }
    if (!best) continue;
    placed.push(best);
    taken.push(boxOf(best, wish.at));
  }
  return placed;
}
