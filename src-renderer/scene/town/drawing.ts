/**
 * A drawing of many figures as few outlines: whatever has the same colours and the same place in depth becomes one path. A village of 256
 * houses is some fifty of them, so that a step changes a few attributes and not a thousand nodes. Pure.
 */
import { textWidth } from '../scene-labels';
import type { Box } from '../scene-layout';
import { type At, rect, Shape } from '../shape';

export interface Paint {
  fill?: string;
  stroke?: string;
  /** Of the line, units. */
  width?: number;
  opacity?: number;
  dash?: string;
}

/** An outline and how it is painted. The lower `z` lies behind. */
export interface Piece {
  z: number;
  paint: Paint;
  d: string;
}

export type Tone = 'ink' | 'soft' | 'plate' | 'stay' | 'slip' | 'chalk' | 'tab' | 'zzz' | 'ask';

export interface Writing {
  /** Who or what it is about, and which of its texts. */
  key: string;
  x: number;
  /** The line that the letters stand on. */
  y: number;
  text: string;
  size: number;
  weight?: 400 | 600 | 700;
  anchor?: 'start' | 'end';
  tone?: Tone;
}

export interface Drawing {
  pieces: readonly Piece[];
  writings: readonly Writing[];
}

export const NOTHING_DRAWN: Drawing = { pieces: [], writings: [] };

export interface Outline {
  key: string;
  paint: Paint;
  d: string;
}

const keyOf = ({ z, paint: { fill, stroke, width, opacity, dash } }: Piece): string => `${z} ${fill} ${stroke} ${width} ${opacity} ${dash}`;

/** Keys are looked up once for each way of painting: pieces are drawn from a few. */
const keys = new WeakMap<Paint, Map<number, string>>();

function keyFor(piece: Piece): string {
  let byDepth = keys.get(piece.paint);
  if (!byDepth) keys.set(piece.paint, (byDepth = new Map<number, string>()));
  let key = byDepth.get(piece.z);
  if (key === undefined) byDepth.set(piece.z, (key = keyOf(piece)));
  return key;
}

interface Group {
  z: number;
  paint: Paint;
  d: string;
}

/** What is painted alike in one drawing. Most drawings are the same ones from step to step. */
const groups = new WeakMap<Drawing, ReadonlyMap<string, Group>>();

function groupsOf(drawing: Drawing): ReadonlyMap<string, Group> {
  const known = groups.get(drawing);
  if (known) return known;
  const parts = new Map<string, Piece[]>();
  for (const piece of drawing.pieces) {
    const key = keyFor(piece);
    const alike = parts.get(key);
    if (alike) alike.push(piece);
    else parts.set(key, [piece]);
  }
  const found = new Map<string, Group>();
  for (const [key, alike] of parts) {
    const [{ z, paint }] = alike as [Piece];
    found.set(key, { z, paint, d: alike.map(({ d }) => d).join('') });
  }
  groups.set(drawing, found);
  return found;
}

/**
 * What is painted alike, as one path; in the order in which it is drawn. What nothing has changed in since the last call is the same object:
 * paths are long, and mostly as they were.
 */
export class Outlines {
  private last = new Map<string, Painted>();

  of(drawings: readonly Drawing[]): Outline[] {
    const found = new Map<string, Group[]>();
    // By forEach: a step goes through thousands of groups, and each turn of an iterator is a list of two.
    for (const drawing of drawings)
      groupsOf(drawing).forEach((group, key) => {
        const known = found.get(key);
        if (known) known.push(group);
        else found.set(key, [group]);
      });
    const all: Painted[] = [];
    const next = new Map<string, Painted>();
    found.forEach((groups, key) => {
      const painted = paintedOf(key, groups, this.last.get(key));
      all.push(painted);
      next.set(key, painted);
    });
    this.last = next;
    return all.sort((a, b) => a.z - b.z || (a.outline.key < b.outline.key ? -1 : 1)).map(({ outline }) => outline);
  }
}

interface Painted {
  z: number;
  groups: readonly Group[];
  outline: Outline;
}

function paintedOf(key: string, groups: readonly Group[], known: Painted | undefined): Painted {
  if (known?.groups.length === groups.length && groups.every((each, i) => each === known.groups[i])) return known;
  const [{ z, paint }] = groups as [Group];
  const d = groups.map((each) => each.d).join('');
  // Drawn anew, and the same: whoever paints it need not look at it.
  return { z, groups, outline: known?.outline.d === d ? known.outline : { key, paint, d } };
}

const isSameWriting = (a: Writing, b: Writing): boolean =>
  a.text === b.text &&
  a.x === b.x &&
  a.y === b.y &&
  a.size === b.size &&
  a.weight === b.weight &&
  a.anchor === b.anchor &&
  a.tone === b.tone;

/** The texts of drawings; one that says the same in the same place as in the last call is the same object. */
export class Writings {
  private last = new Map<string, Writing>();

  of(drawings: readonly Drawing[]): Writing[] {
    const all = drawings.flatMap(({ writings }) =>
      writings.map((each) => {
        const known = this.last.get(each.key);
        return known && isSameWriting(known, each) ? known : each;
      }),
    );
    this.last = new Map(all.map((each) => [each.key, each]));
    return all;
  }
}

/** Where a text lies, a little too wide rather than too narrow. */
export function boxOfWriting({ x, y, text, size, anchor }: Writing): Box {
  const w = textWidth(text, size);
  return { x: anchor === 'start' ? x : anchor === 'end' ? x - w : x - w / 2, y: y - size * 0.82, w, h: size };
}

export const UPRIGHT: At = { x: 0, y: 0, scale: 1 };

/** A board: a box with round corners. */
export function board({ x, y, w, h }: Box, round: number): string {
  return new Shape(rect(x, y, w, h, Math.min(round, w / 2, h / 2))).at(UPRIGHT);
}

/** The longest of these texts that fits, or the last. */
export function fitting(texts: readonly string[], size: number, room: number): string {
  return texts.find((text) => textWidth(text, size) <= room) ?? texts.at(-1) ?? '';
}

/** The first of a crowd by their ids, as many as fit, with … for all others; '': not even one does. `count`: how many there are. */
export function namesFitting(ids: readonly string[], count: number, size: number, room: number): string {
  for (let shown = ids.length; shown > 0; shown--) {
    const text = `${ids.slice(0, shown).join(' ')}${shown < count ? ' …' : ''}`;
    if (textWidth(text, size) <= room) return text;
  }
  return '';
}
