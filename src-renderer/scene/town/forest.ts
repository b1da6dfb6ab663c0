/** The forest of a village of many houses: who is away for the longest in rows, all others in a crowd that says how many it is. Pure. */
import type { Language } from '../../../assets/words/index';
import { textWidth } from '../scene-labels';
import type { Box } from '../scene-layout';
import { rect, Shape } from '../shape';
import { BOARD, type Lit, merged, sign, type Signed, signText, typeOf } from './boards';
import { board, type Drawing, fitting, namesFitting, type Piece, type Writing } from './drawing';
import { childBust, childFigure, paint, parentBust, parentFigure } from './people';
import type { Hunter, Town } from './town';
import { type Areas, NARROW } from './town-layout';

const SLIP = paint({ fill: '#fff7dc', stroke: '#b08d3c', width: 1.2 });

const TREE = new Shape('M0 -62 L-21 -8 H21Z');
const TREETOP = new Shape('M0 -62 L-14 -26 H14Z');
const TRUNK = new Shape(rect(-3, -8, 6, 16));

/** The clearing and the trees around it: they stand for good. */
export function glade({ forest }: Areas): Piece[] {
  const wide = Math.max(3, Math.round(forest.w / 26));
  const top = Array.from({ length: wide }, (_, i) => ({
    x: forest.x + 14 + ((forest.w - 28) * i) / (wide - 1),
    y: forest.y + 36 + ((i * 37) % 11),
    scale: 0.5 + ((i * 13) % 5) / 20,
  }));
  const sides = [0.45, 0.7, 0.94].flatMap((part, i) => [
    { x: forest.x + 9, y: forest.y + forest.h * part, scale: 0.42 + (i % 2) * 0.08 },
    { x: forest.x + forest.w - 9, y: forest.y + forest.h * part - 8, scale: 0.5 - (i % 2) * 0.08 },
  ]);
  return [
    { z: 0.5, paint: paint({ fill: 'var(--glade)', stroke: 'var(--tree)', width: 1.6 }), d: board(forest, 14) },
    ...[...top, ...sides].flatMap((at): Piece[] => [
      { z: 0.6, paint: paint({ fill: 'var(--trunk)' }), d: TRUNK.at(at) },
      { z: 0.7, paint: paint({ fill: 'var(--tree)' }), d: TREE.at(at) },
      { z: 0.8, paint: paint({ fill: 'var(--tree-2)' }), d: TREETOP.at(at) },
    ]),
  ];
}

/** The view's own buttons lie in the corner of a wide forest. */
const CORNER = 136;

/** The sign's middle, from the forest's left edge. */
function forestSign(signed: Signed, box: Box, size: number, language: Language): number {
  const half = (textWidth(signText(signed, size, language, box.w), size) + size * 1.3) / 2;
  return Math.max(half + 2, Math.min(box.w / 2, box.w < NARROW ? box.w / 2 : box.w - CORNER - half));
}

/** How the forest is shared out: rows that can be read, and below them everybody else in a crowd. */
export interface InForest {
  rows: readonly Hunter[];
  /** Whoever a step is about. */
  lit: ReadonlySet<Hunter>;
  crowd: readonly Hunter[];
  crowdBox: Box;
}

const measuresOf = (areas: Areas): { type: number; top: number; pitch: number; margin: number } => {
  const { forest: box } = areas;
  const type = typeOf(areas, 13.5, 17);
  return { type, top: box.y + type * 2.3, pitch: type * (areas.isHigh ? 1.95 : 1.62), margin: Math.min(22, box.w * 0.045) };
};

/** Whoever a step is about comes first, then those who have been away for the longest. */
export function inForest(areas: Areas, hunters: readonly Hunter[], lit: Lit): InForest {
  const { forest: box } = areas;
  const { top, pitch, margin } = measuresOf(areas);
  const most = Math.max(1, Math.floor((box.y + box.h - 6 - top) / pitch));
  const inRows = hunters.length <= most ? hunters.length : Math.max(1, Math.ceil(most * 0.5));
  const first = hunters.filter(({ parent, child }) => lit(parent.id) || (child !== null && lit(child.id)));
  const sorted = first.length === 0 ? hunters : [...first, ...hunters.filter((each) => !first.includes(each))];
  const y = top + inRows * pitch + 2;
  return {
    rows: sorted.slice(0, inRows),
    lit: new Set(first),
    crowd: sorted.slice(inRows),
    crowdBox: { x: box.x + margin, y, w: box.w - 2 * margin, h: box.y + box.h - 6 - y },
  };
}

/** The sign, and those who can be read. */
export function hunterRows(areas: Areas, { rows, lit: first }: InForest, count: number, language: Language, lit: Lit): Drawing {
  const { forest: box } = areas;
  const { type, top, pitch, margin } = measuresOf(areas);
  const signed: Signed = { id: 'forest', count };
  const at = { x: box.x + forestSign(signed, box, type + 1, language), y: box.y + type * 1.05 };
  return merged(
    sign(signed, at, type + 1, language, lit, box.w),
    ...rows.map((each, i) =>
      hunterRow(each, { x: box.x + margin, y: top + i * pitch, w: box.w - 2 * margin, h: pitch - 3 }, type, first.has(each)),
    ),
  );
}

/** Everybody else, who is drawn the same however long they have been away. */
export const hunterCrowd = (areas: Areas, { crowd: all, crowdBox }: InForest): Drawing => crowd(all, crowdBox, measuresOf(areas).type);

export function forest(areas: Areas, { hunters }: Pick<Town, 'hunters'>, language: Language, lit: Lit): Drawing {
  const shared = inForest(areas, hunters, lit);
  return merged(hunterRows(areas, shared, hunters.length, language, lit), hunterCrowd(areas, shared));
}

function hunterRow(each: Hunter, row: Box, type: number, isLit: boolean): Drawing {
  const { parent, child, house: from, stay, call, away, isAbroad } = each;
  const scale = row.h / 42;
  const busts = row.h * 1.1;
  const textY = row.y + row.h / 2 + type * 0.35;
  const who = child ? `${parent.id} · ${child.id}` : parent.id;
  const whoX = row.x + 6 + busts * (child ? 1.56 : 0.8);
  const slipRoom = row.x + row.w - 14 - (whoX + textWidth(who, type) + 6);
  const slips = stay === null ? [] : [`${from ?? ''} №${stay}`];
  const slip = from === null ? '' : fitting([...slips, from, ''], Math.max(13, type * 0.94), slipRoom);
  const slipW = slip === '' ? 0 : textWidth(slip, Math.max(13, type * 0.94)) + 9;
  const room = row.x + row.w - slipW - 10 - (whoX + textWidth(who, type) + 8);
  const small = Math.max(13, type * 0.94);
  const does = fitting([`${isAbroad ? 'C' : call} ${away}`.trim(), away || call, ''], small, room);
  const slipX = row.x + row.w - slipW / 2 - 5;
  return {
    pieces: [
      { z: 11, paint: isLit ? paint({ fill: 'var(--board)', stroke: 'var(--changed)', width: 2.6 }) : BOARD, d: board(row, 6) },
      ...parentBust(parent, { x: row.x + 6 + busts * 0.38, y: row.y + row.h - 1.5, scale }, 12),
      ...(child ? childBust(child, { x: row.x + 6 + busts * 1.02, y: row.y + row.h - 1.5, scale: scale * 1.12 }, 12) : []),
      ...(slip === '' ? [] : [{ z: 12, paint: SLIP, d: board({ x: slipX - slipW / 2, y: row.y + 3.5, w: slipW, h: row.h - 7 }, 3) }]),
    ],
    writings: [
      { key: `${parent.id} who`, x: whoX, y: textY, text: who, size: type, weight: 600, anchor: 'start' },
      ...(does === ''
        ? []
        : [{ key: `${parent.id} does`, x: row.x + row.w - slipW - 11, y: textY, text: does, size: small, anchor: 'end' as const }]),
      ...(slip === '' ? [] : [{ key: `${parent.id} slip`, x: slipX, y: textY, text: slip, size: small, tone: 'slip' as const }]),
    ],
  };
}

const PAIR = { w: 56, h: 66, least: 0.3, most: 0.8 };

/** Of a crowd: what they are away for, the most frequent first, and how many each; with as many names as there is room for. */
function crowdSays(all: readonly Hunter[], size: number, room: number): string {
  const counts = new Map<string, number>();
  for (const { isAbroad, call } of all) {
    const what = isAbroad ? 'C' : call === '' ? '…' : call;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  const groups = [...counts].sort(([, a], [, b]) => b - a);
  const texts = groups.map((_, hidden) => {
    const named = groups.slice(0, groups.length - hidden).map(([what, count]) => `${what} ${count}`);
    const rest = groups.slice(groups.length - hidden).reduce((sum, [, count]) => sum + count, 0);
    return [...named, ...(rest === 0 ? [] : [`+${rest}`])].join(' · ');
  });
  return fitting([...texts, `+${all.length}`], size, room);
}

/** Of each its child, whom the class asks for; the thread where there is none. Whoever has been away for the longest comes first. */
const namesOf = (all: readonly Hunter[]): string[] => all.map(({ parent, child }) => (child ?? parent).id);

/** Pairs in rows, staggered, as large as there is room, and never so small that nobody is seen; below them how many they are, and what for. */
function crowd(all: readonly Hunter[], box: Box, type: number): Drawing {
  if (all.length === 0) return { pieces: [], writings: [] };
  const foot = box.y + box.h;
  const line = (key: string, text: string, y: number, weight: Writing['weight']): Writing => ({
    ...{ key, text, y, x: box.x + box.w / 2, size: type },
    ...(weight === undefined ? {} : { weight }),
  });
  const y = Math.max(box.y + type, foot - type * 0.28);
  const count = crowdSays(all, type, box.w);
  const small = Math.max(13, type * 0.94);
  // Who they are has a line of its own where figures keep enough room above it, else the rest of this one.
  const isApart = box.h - type * 2.6 >= Math.max(PAIR.h * PAIR.least, type * 1.3);
  const who = namesFitting(namesOf(all), all.length, small, isApart ? box.w : box.w - textWidth(`${count}: `, type));
  const says: Writing[] =
    who === ''
      ? [line('forest crowd', count, y, 700)]
      : isApart
        ? [line('forest crowd', count, y - type * 1.25, 700), { ...line('forest names', who, y, 600), size: small }]
        : [line('forest crowd', `${count}: ${who}`, y, 600)];
  const room = { ...box, h: box.h - type * (says.length === 2 ? 2.55 : 1.3) };
  if (room.h < PAIR.h * PAIR.least) return { pieces: [], writings: says };
  const fits = (scale: number): number =>
    Math.floor(room.w / (PAIR.w * scale)) * Math.max(1, 1 + Math.floor((room.h - (PAIR.h + 4) * scale) / (PAIR.h * 0.76 * scale)));
  let scale = Math.min(PAIR.most, room.h / (PAIR.h + 4));
  while (scale > PAIR.least && fits(scale) < all.length) scale -= 0.02;
  const columns = Math.max(1, Math.floor(room.w / (PAIR.w * scale)));
  // In the order of their numbers: whoever comes or goes moves nobody else far.
  const sorted = [...all].sort((a, b) => Number(a.parent.id.slice(1)) - Number(b.parent.id.slice(1))).slice(0, fits(scale));
  const pieces = sorted.flatMap((each, i) => {
    const row = Math.floor(i / columns);
    const there = {
      x: room.x + (PAIR.w * scale) / 3 + (i % columns) * PAIR.w * scale + (row % 2 === 0 ? 0 : PAIR.w * scale * 0.2),
      y: room.y + PAIR.h * scale + row * PAIR.h * 0.76 * scale,
      scale,
    };
    const depth = 12 + row;
    return [
      ...parentFigure(each.parent, there, depth, true),
      ...(each.child ? childFigure(each.child, { ...there, x: there.x + 26 * scale, y: there.y + 1 }, depth + 0.4) : []),
    ];
  });
  return { pieces, writings: says };
}
