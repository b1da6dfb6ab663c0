/**
 * Which names can be read. Every figure wishes for a label at one of several places around it; labels never lie on each other or on a sign,
 * and rather not on a face. Who finds no place for the long form gets the short one, or none: the tables know everybody. Pure.
 */
import { glossary } from './glossary';
import type { Box, Frame, Spot } from './scene-layout';

/** Size of the scene's type, units. */
export const TYPE = 15;
const LINE = 19;
/** A label goes to the last of its places, and becomes the shortest of its texts, rather than lie on a figure. */
const FACE_COST = 60;
/** A shorter text is worth so many places. */
const VARIANT_COST = 14;

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
  /** Whose label lies outside of this seems to be elsewhere. */
  within?: Box;
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

/** A figure has at most one label of each kind. */
export const labelKey = ({ kind, of }: Label): string => `${kind} ${of}`;

/** Stands for a drawn key in a board’s text, between a lock and whoever has it. In no font; as wide as the drawing. */
export const KEY_MARK = '\uE000';
const KEY_EM = 1.35;

function emOf(character: string): number {
  if (character === KEY_MARK) return KEY_EM;
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

/** A board’s text in parts from left to right, each with its middle, units from the text’s own: keys are drawn between them. */
export function boardParts(text: string): { text: string; x: number }[] {
  const parts = text.split(new RegExp(`(${KEY_MARK})`, 'u')).filter((each) => each !== '');
  let x = -textWidth(text) / 2;
  return parts.map((each) => {
    const w = textWidth(each);
    x += w;
    return { text: each, x: x - w / 2 };
  });
}

/** What no line begins with. */
const CLOSING = /^[，。；：、！？）》」』”’…]/u;

/** What no line breaks in: Latin words and numbers with the blank behind them, words of the village, any other character. */
const PIECES = new RegExp(
  `[\\p{Script=Latin}\\p{N}№’'"_.,;:()[\\]/-]+\\s?[位个]?|${Object.values(glossary.terms)
    .map(({ word }) => word.zh)
    .filter((word) => /^\p{Script=Han}{2,3}$/u.test(word))
    .join('|')}|.`,
  'gu',
);

/**
 * Lines of at most this width, units; Chinese breaks anywhere but in a word of the village, between a number and what it counts, and before a full stop and its like, other words do not,
 * and nothing is cut. They are as few as may be; with as many, those that end where the text pauses, and the most even ones: no single character
 * is left for the last.
 */
export function wrapped(text: string, room: number, size: number): readonly string[] {
  // To find the best lines takes longer than all else about a sentence, and mostly it is one of the last few again.
  const key = `${size} ${room} ${text}`;
  let lines = wrappedLately.get(key);
  if (!lines) {
    if (wrappedLately.size >= KEPT_WRAPPED) wrappedLately.clear();
    wrappedLately.set(key, (lines = linesOf(text, room, size)));
  }
  return lines;
}

const KEPT_WRAPPED = 200;
const wrappedLately = new Map<string, readonly string[]>();

function linesOf(text: string, room: number, size: number): string[] {
  const pieces = (text.match(PIECES) ?? []).reduce<string[]>(
    (all, each) => (CLOSING.test(each) ? [...all.slice(0, -1), `${all.at(-1) ?? ''}${each}`] : [...all, each]),
    [],
  );
  const lineOf = (from: number, to: number): string => pieces.slice(from, to).join('').trim();
  /** From each piece on: where the line that begins with it ends at the latest. */
  const latest = pieces.map((_, from) => {
    let to = from + 1;
    while (to < pieces.length && textWidth(lineOf(from, to + 1), size) <= room) to++;
    return to;
  });
  const fewest: number[] = [];
  for (let from = pieces.length - 1; from >= 0; from--) fewest[from] = 1 + (fewest[latest[from] ?? pieces.length] ?? 0);
  return bestLines(lineOf, latest, fewest, (line) => (1 - textWidth(line, size) / room) ** 2);
}

/** Where a text may well be broken. */
const PAUSE = /[，。；：、！？·,;.:—]$/u;
/** What a break in the middle of what belongs together costs; a line that is left empty costs 1. */
const BREAK_COST = 0.5;

/** Of all ways to break a text into as few lines as may be the one that costs least. */
function bestLines(
  lineOf: (from: number, to: number) => string,
  latest: readonly number[],
  fewest: readonly number[],
  emptiness: (line: string) => number,
): string[] {
  const count = latest.length;
  const best: { cost: number; lines: string[] }[] = [];
  best[count] = { cost: 0, lines: [] };
  for (let from = count - 1; from >= 0; from--)
    for (let to = latest[from] ?? count; to > from; to--) {
      const rest = best[to];
      if (!rest || (fewest[to] ?? 0) >= (fewest[from] ?? 0)) continue;
      const line = lineOf(from, to);
      const cost = rest.cost + emptiness(line) + (to === count || PAUSE.test(line) ? 0 : BREAK_COST);
      if (cost < (best[from]?.cost ?? Infinity)) best[from] = { cost, lines: [line, ...rest.lines] };
    }
  return best[0]?.lines ?? [''];
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
      { x: -aside, y: -height * 0.15 },
      { x: aside, y: -height * 0.15 },
      { x: -aside, y: 0 },
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
    // Far from its figure, but below nobody else's.
    ...[-38, 38, -46, 46].map((x) => ({ x: start + x, y: below })),
    { x: -aside, y: -height * 0.6 },
    { x: aside, y: -height * 0.6 },
    { x: -aside, y: -height * 0.3 },
    { x: aside, y: -height * 0.3 },
    // Farther still: rather than on somebody's face.
    ...[0, -14, 14, -28, 28].map((x) => ({ x, y: above - LINE * 0.5 })),
    ...[-54, 54].map((x) => ({ x: start + x, y: below })),
    ...[-34, 34, 0].map((x) => ({ x, y: below + LINE * 1.5 })),
  ];
}

/** Boxes by where they lie from left to right: in a crowd nearly all are out of a label's reach. */
class Shelves<B extends Box> {
  private readonly shelves = new Map<number, B[]>();

  constructor(boxes: readonly B[]) {
    for (const box of boxes) this.add(box);
  }

  add(box: B): void {
    for (let i = shelfOf(box.x); i <= shelfOf(box.x + box.w); i++) {
      const shelf = this.shelves.get(i);
      if (shelf) shelf.push(box);
      else this.shelves.set(i, [box]);
    }
  }

  /** Those that lie over `reach`, each once. */
  over(reach: Box): B[] {
    const first = shelfOf(reach.x);
    const found: B[] = [];
    for (let i = first; i <= shelfOf(reach.x + reach.w); i++)
      for (const box of this.shelves.get(i) ?? []) if ((i === first || shelfOf(box.x) === i) && overlap(box, reach)) found.push(box);
    return found;
  }
}

const SHELF = 90;
const shelfOf = (x: number): number => Math.floor(x / SHELF);

/** So near to somebody whose label has no free place others go by their numbers, too, units. */
const NEAR = { x: 170, y: 80 };

/**
 * `signs` are never covered; `faces` belong to figures, and another's label covers them only when nothing else is left: not even when all around
 * go by their numbers.
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  signs: readonly Box[],
  faces: readonly (Box & { of: string })[],
  frame: Frame,
): Label[] {
  const first = placeAll(wishes, signs, faces, frame);
  if (first.crowded.length === 0) return first.labels;
  const isNear = ({ at }: LabelWish): boolean =>
    first.crowded.some((each) => Math.abs(each.at.x - at.x) < NEAR.x && Math.abs(each.at.y - at.y) < NEAR.y);
  const brief = wishes.map((wish) => (wish.kind === 'name' && isNear(wish) ? { ...wish, variants: wish.variants.slice(-1) } : wish));
  const second = placeAll(brief, signs, faces, frame);
  return second.crowded.length < first.crowded.length ? second.labels : first.labels;
}

/** `crowded`: whose names lie on somebody's face, or nowhere. */
function placeAll(
  wishes: readonly LabelWish[],
  signs: readonly Box[],
  faces: readonly (Box & { of: string })[],
  frame: Frame,
): { labels: Label[]; crowded: LabelWish[] } {
  const taken = new Shelves<Box>(signs);
  const shelved = new Shelves(faces);
  const labels: Label[] = [];
  const crowded: LabelWish[] = [];
  for (const wish of wishes) {
    const { label, cost } = bestPlace(wish, frame, taken, shelved);
    if (cost >= FACE_COST && wish.kind === 'name') crowded.push(wish);
    if (!label) continue;
    labels.push(label);
    taken.add(boxOf(label, wish.at));
  }
  return { labels, crowded };
}

/**
 * The cheapest place inside of the frame that nothing taken covers: the later in the wish, the dearer, and faces under it come on top.
 * Without a label: there is none.
 */
function bestPlace(
  wish: LabelWish,
  frame: Frame,
  taken: Shelves<Box>,
  shelved: Shelves<Box & { of: string }>,
): { label: Label | null; cost: number } {
  const widths = wish.variants.map(labelWidth);
  const around = spotsAround(wish, Math.max(...widths));
  const reach = reachOf(wish.at, around, Math.max(...widths));
  const blocks = taken.over(reach);
  const others = shelved.over(reach).filter((face) => face.of !== wish.of);
  let best: Label | null = null;
  let least = Infinity;
  for (const [rank, { text, id }] of wish.variants.entries()) {
    const w = widths[rank] ?? 0;
    // Places only get dearer from here on.
    if (rank * VARIANT_COST >= least) break;
    for (const [i, spot] of spotsAround(wish, w).entries()) {
      let cost = i + rank * VARIANT_COST;
      if (cost >= least) break;
      const box = { x: wish.at.x + spot.x - w / 2, y: wish.at.y + spot.y - LINE / 2, w, h: LINE };
      const isInside =
        box.x >= 2 &&
        box.y >= 2 &&
        box.x + w <= frame.width - 2 &&
        box.y + LINE <= frame.height - 1 &&
        (!wish.within || (box.x >= wish.within.x && box.x + w <= wish.within.x + wish.within.w));
      if (!isInside || blocks.some((each) => overlap(each, box))) continue;
      for (const face of others) if (overlap(face, box)) cost += FACE_COST;
      if (cost >= least) continue;
      least = cost;
      best = { text, id, kind: wish.kind, of: wish.of, dx: spot.x, dy: spot.y, w, h: LINE };
    }
  }
  // A slip is in the hand as well, and in the card of whoever has it; a name is nowhere else in the picture.
  return { label: wish.kind === 'slip' && least >= FACE_COST ? null : best, cost: least };
}

/** The box around a label of this width, wherever it goes. Narrower ones go no farther. */
function reachOf(at: Spot, spots: readonly Spot[], w: number): Box {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of spots) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: at.x + left - w / 2, y: at.y + top - LINE / 2, w: right - left + w, h: bottom - top + LINE };
}
