/** The common places of a village of many houses: forest, yards, keys, watchman, lane. Boards in which people are counted, and named while there is room. Pure. */
import type { Language } from '../../../assets/words/index';
import { written } from '../glossary';
import { textWidth } from '../scene-labels';
import type { Box } from '../scene-layout';
import { circle, rect, Shape } from '../shape';
import { board, type Drawing, fitting, type Piece, type Writing } from './drawing';
import { childBust, childFigure, paint, parentBust, parentFigure, sleeperFigure, watchmanFigure } from './people';
import type { Hunter, Town, Walker } from './town';
import { type Areas, NARROW } from './town-layout';

const BOARD = paint({ fill: 'var(--board)', stroke: 'var(--wood-light)', width: 1.6 });
const LIT_BOARD = paint({ fill: 'var(--changed-bg)', stroke: 'var(--changed)', width: 2.6 });
const SLIP = paint({ fill: '#fff7dc', stroke: '#b08d3c', width: 1.2 });

/** What a step or a lesson points at, by id; the village's own places have ids as well. */
export type Lit = (id: string) => boolean;

interface Signed {
  id: 'orphanage' | 'creche' | 'nursinghome' | 'forest' | 'keys' | 'lane';
  count: number;
}

/** The place's name and how many are there, as far as there is room. */
function signText({ id, count }: Signed, size: number, language: Language, room: number): string {
  const name = written(id, 'sign')[language];
  const [first = name] = name.split(' ');
  const texts = count > 0 ? [`${name} · ${count}`, `${first} · ${count}`, `${first} ${count}`, String(count)] : [name, first];
  return fitting(texts, size, room - size * 1.3);
}

/** The board with a place's name and how many are there; `middle`: of its lower edge on the place's upper one, or of it all. */
function sign(signed: Signed, at: { x: number; y: number }, size: number, language: Language, lit: Lit, room = Infinity): Drawing {
  const { id } = signed;
  const text = signText(signed, size, language, room);
  const w = textWidth(text, size) + size * 1.3;
  return {
    pieces: [{ z: 10, paint: lit(id) ? LIT_BOARD : BOARD, d: board({ x: at.x - w / 2, y: at.y - size * 0.85, w, h: size * 1.6 }, 5) }],
    writings: [{ key: `${id} sign`, x: at.x, y: at.y + size * 0.34, text, size, weight: 700 }],
  };
}

const merged = (...drawings: readonly Drawing[]): Drawing => ({
  pieces: drawings.flatMap(({ pieces }) => pieces),
  writings: drawings.flatMap(({ writings }) => writings),
});

const typeOf = ({ isHigh, height }: Areas, small: number, large: number): number =>
  isHigh ? Math.min(large, small + ((large - small) * Math.max(0, height - 340)) / 360) : small;

// The forest

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

/** Whoever a step is about comes first, then those who have been away for the longest: in rows that can be read; all others in a crowd. */
export function forest(areas: Areas, { hunters }: Pick<Town, 'hunters'>, language: Language, lit: Lit): Drawing {
  const { forest: box } = areas;
  const type = typeOf(areas, 13.5, 17);
  const board: Signed = { id: 'forest', count: hunters.length };
  const at = { x: box.x + forestSign(board, box, type + 1, language), y: box.y + type * 1.05 };
  const signed = sign(board, at, type + 1, language, lit, box.w);
  const top = box.y + type * 2.3;
  const pitch = type * (areas.isHigh ? 1.95 : 1.62);
  const most = Math.max(1, Math.floor((box.y + box.h - 6 - top) / pitch));
  const inRows = hunters.length <= most ? hunters.length : Math.max(1, Math.ceil(most * 0.5));
  const first = hunters.filter(({ parent, child }) => lit(parent.id) || (child !== null && lit(child.id)));
  const sorted = first.length === 0 ? hunters : [...first, ...hunters.filter((each) => !first.includes(each))];
  const margin = Math.min(22, box.w * 0.045);
  const rows = sorted
    .slice(0, inRows)
    .map((each, i) =>
      hunterRow(each, { x: box.x + margin, y: top + i * pitch, w: box.w - 2 * margin, h: pitch - 3 }, type, first.includes(each)),
    );
  const rest = sorted.slice(inRows);
  const crowdY = top + inRows * pitch + 2;
  return merged(signed, ...rows, crowd(rest, { x: box.x + margin, y: crowdY, w: box.w - 2 * margin, h: box.y + box.h - 6 - crowdY }, type));
}

function hunterRow(each: Hunter, row: Box, type: number, isLit: boolean): Drawing {
  const { parent, child, house: from, stay, call, away, isAbroad } = each;
  const scale = row.h / 42;
  const busts = row.h * 1.1;
  const textY = row.y + row.h / 2 + type * 0.35;
  const who = child ? `${parent.id} · ${child.id}` : parent.id;
  const whoX = row.x + 6 + busts * (child ? 1.56 : 0.8);
  const slipRoom = row.x + row.w - 14 - (whoX + textWidth(who, type) + 6);
  const slips = stay === null ? [] : [`${from ?? ''} · ${stay}`, `${from ?? ''}·${stay}`];
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

/** Pairs in rows, staggered; as large as there is room, and never so small that nobody is seen. */
function crowd(all: readonly Hunter[], box: Box, type: number): Drawing {
  if (all.length === 0 || box.h < PAIR.h * PAIR.least) return moreThan(all.length, box, type);
  const fits = (scale: number): number =>
    Math.floor(box.w / (PAIR.w * scale)) * Math.max(1, 1 + Math.floor((box.h - (PAIR.h + 4) * scale) / (PAIR.h * 0.76 * scale)));
  let scale = Math.min(PAIR.most, box.h / (PAIR.h + 4));
  while (scale > PAIR.least && fits(scale) < all.length) scale -= 0.02;
  const columns = Math.max(1, Math.floor(box.w / (PAIR.w * scale)));
  const shown = fits(scale) >= all.length ? all.length : Math.max(0, fits(scale) - 2);
  // In the order of their numbers: whoever comes or goes moves nobody else far.
  const sorted = [...all].sort((a, b) => Number(a.parent.id.slice(1)) - Number(b.parent.id.slice(1))).slice(0, shown);
  const at = (i: number): { x: number; y: number; scale: number } => {
    const row = Math.floor(i / columns);
    return {
      x: box.x + (PAIR.w * scale) / 3 + (i % columns) * PAIR.w * scale + (row % 2 === 0 ? 0 : PAIR.w * scale * 0.2),
      y: box.y + PAIR.h * scale + row * PAIR.h * 0.76 * scale,
      scale,
    };
  };
  const pieces = sorted.flatMap((each, i) => {
    const there = at(i);
    const depth = 12 + Math.floor(i / columns);
    return [
      ...parentFigure(each.parent, there, depth, true),
      ...(each.child ? childFigure(each.child, { ...there, x: there.x + 26 * scale, y: there.y + 1 }, depth + 0.4) : []),
    ];
  });
  const hidden = all.length - shown;
  if (hidden === 0) return { pieces, writings: [] };
  const last = at(shown);
  return {
    pieces,
    writings: [{ key: 'forest more', x: last.x, y: last.y - 4, text: `+${hidden}`, size: type, weight: 700, anchor: 'start' }],
  };
}

const moreThan = (count: number, box: Box, type: number): Drawing =>
  count === 0
    ? { pieces: [], writings: [] }
    : { pieces: [], writings: [{ key: 'forest more', x: box.x + box.w / 2, y: box.y + type, text: `+${count}`, size: type, weight: 700 }] };

// The yards

type Yards = Pick<Town, 'orphans' | 'firstOrphans' | 'waiting' | 'sleepers' | 'firstSleepers'>;

const YARD = { orphanage: 'var(--yard-1)', creche: 'var(--yard-2)', nursing: 'var(--yard-3)' } as const;
const RAIL = paint({ stroke: 'var(--wood-light)', width: 2.2, opacity: 0.75 });

/** Fences stand for good. */
export function fences(areas: Areas): Piece[] {
  return (['orphanage', 'creche', 'nursing'] as const).flatMap((id): Piece[] => {
    const { x, y, w } = areas[id];
    const posts = Array.from({ length: Math.floor(w / 18) }, (_, i) => `M${x + 9 + i * 18} ${y + 14}V${y + 1}`).join('');
    return [
      { z: 0.5, paint: paint({ fill: YARD[id], stroke: 'var(--lane-edge)', width: 1.2 }), d: board(areas[id], 8) },
      ...(areas.isHigh ? [{ z: 0.6, paint: RAIL, d: `M${x + 4} ${y + 9}H${x + w - 4}${posts}` }] : []),
    ];
  });
}

const MAT = paint({ fill: 'var(--mat)', stroke: 'var(--wood-light)', width: 1 });

/** Its sign at the far end: those who come first wait at the near one. */
function gate(areas: Areas, signed: Signed, box: Box, language: Language, lit: Lit): Drawing {
  const size = typeOf(areas, 13.5, 17);
  // Nothing but the sign in a low yard.
  if (!areas.isHigh) return sign(signed, { x: box.x + box.w / 2, y: box.y + box.h / 2 }, size, language, lit, box.w);
  const w = textWidth(signText(signed, size, language, box.w - 8), size) + size * 1.3;
  return sign(signed, { x: box.x + box.w - 4 - w / 2, y: box.y - 2 }, size, language, lit, box.w - 8);
}

export function yards(areas: Areas, town: Yards, language: Language, lit: Lit): Drawing {
  const gates = merged(
    gate(areas, { id: 'orphanage', count: town.orphans.length }, areas.orphanage, language, lit),
    gate(areas, { id: 'creche', count: town.waiting.count }, areas.creche, language, lit),
    gate(areas, { id: 'nursinghome', count: town.sleepers.length }, areas.nursing, language, lit),
  );
  if (!areas.isHigh) return gates;
  return merged(gates, orphanage(areas, town), creche(areas, town), nursing(areas, town));
}

/** Figures side by side above their labels: as many as find room, the last place being for how many more there are. */
function inLine<T>(
  areas: Areas,
  box: Box,
  all: readonly T[],
  total: number,
  apart: number,
): { shown: readonly T[]; at: (i: number) => { x: number; y: number }; hidden: number } {
  const inset = apart / 2 + 6;
  const places = Math.max(1, Math.floor((box.w - 2 * inset) / apart) + 1);
  const isAll = total <= places && all.length >= total;
  const shown = all.slice(0, isAll ? total : Math.max(1, places - 1));
  const y = box.y + box.h - typeOf(areas, 22, 28);
  return { shown, hidden: total - shown.length, at: (i) => ({ x: box.x + inset + i * apart, y }) };
}

const figureScaleIn = (areas: Areas, box: Box): number => Math.min(1.7, (box.h - typeOf(areas, 22, 28) - 26) / 40);

function more(areas: Areas, key: string, hidden: number, at: { x: number; y: number }): Writing[] {
  return hidden === 0 ? [] : [{ key: `${key} more`, x: at.x, y: at.y - 6, text: `+${hidden}`, size: typeOf(areas, 15, 19), weight: 700 }];
}

/** A child with a strip on its back, of its size. */
const STRIPPED = 31;

function orphanage(areas: Areas, { firstOrphans, orphans }: Yards): Drawing {
  const box = areas.orphanage;
  const type = typeOf(areas, 13.5, 16);
  const scale = figureScaleIn(areas, box);
  const widest = Math.max(STRIPPED * scale, ...firstOrphans.map(({ id }) => textWidth(id, type) + 8));
  const { shown, at, hidden } = inLine(areas, box, firstOrphans, orphans.length, widest);
  const bench: Piece = {
    z: 10,
    paint: paint({ fill: 'var(--wood-light)', stroke: 'var(--wood)', width: 1 }),
    d: board({ x: box.x + 10, y: at(0).y - 4, w: box.w - 20, h: 4.5 }, 2),
  };
  // Behind the first ones, where there is room: a crowd whose number is written.
  const back = areas.isHigh && box.h > 120 ? firstOrphans.slice(shown.length, shown.length + 2 * Math.floor((box.w - 30) / 22)) : [];
  const perRow = Math.max(1, Math.floor((box.w - 30) / 22));
  const behind = back.flatMap((each, i) => {
    const row = Math.floor(i / perRow);
    return childFigure(each, { x: box.x + 20 + (i % perRow) * 22 + row * 8, y: box.y + 44 + row * 17, scale: 0.62 }, 10.2 + row * 0.3);
  });
  return {
    pieces: [bench, ...behind, ...shown.flatMap((each, i) => childFigure(each, { ...at(i), scale }, 11))],
    writings: [
      ...shown.map((each, i) => ({
        key: `${each.id} orphan`,
        x: at(i).x,
        y: at(i).y + type * 1.15,
        text: each.id,
        size: type,
        weight: 600 as const,
      })),
      ...more(areas, 'orphanage', hidden, at(shown.length)),
    ],
  };
}

function creche(areas: Areas, { waiting }: Yards): Drawing {
  const box = areas.creche;
  const type = typeOf(areas, 13.5, 16);
  const scale = figureScaleIn(areas, box);
  const alone = waiting.first.map((each) => ({ key: each.id, figure: each, text: `${each.id} ${each.label}` }));
  const room = (all: readonly { text: string }[]): number => Math.max(54, ...all.map(({ text }) => textWidth(text, type) + 10));
  const isFew = waiting.count === alone.length && alone.length * room(alone) <= box.w - 12;
  const grouped = waiting.groups.map((group) => ({ key: group.id, figure: group.first[0], text: `${group.label} ${group.count}` }));
  const all = isFew ? alone : grouped;
  const { shown, at, hidden } = inLine(areas, box, all, all.length, room(all));
  return {
    pieces: shown.flatMap(({ figure }, i) =>
      figure
        ? [
            { z: 10, paint: MAT, d: new Shape(`M-14 -1a14 4.6 0 0 1 28 0a14 4.6 0 0 1 -28 0Z`).at({ ...at(i), scale }) },
            ...childFigure(figure, { ...at(i), scale }, 11, true),
          ]
        : [],
    ),
    writings: [
      ...shown.map(({ key, text }, i) => ({
        key: `${key} waits`,
        x: at(i).x,
        y: at(i).y + type * 1.15,
        text,
        size: type,
        weight: 600 as const,
      })),
      ...shown.map(({ key }, i) => ({
        key: `${key} z`,
        x: at(i).x + 14 * scale,
        y: at(i).y - 26 * scale,
        text: 'z',
        size: Math.max(12, 13 * scale),
        weight: 700 as const,
        tone: 'zzz' as const,
      })),
      ...more(areas, 'creche', hidden, at(shown.length)),
    ],
  };
}

const BED = {
  legs: new Shape('M-27 -8 V3 M29 -8 V3'),
  frame: new Shape(rect(-29, -9, 60, 8, 2.5)),
  mattress: new Shape(rect(-27, -13, 56, 5, 2)),
};

function nursing(areas: Areas, { firstSleepers, sleepers }: Yards): Drawing {
  const box = areas.nursing;
  const type = typeOf(areas, 13.5, 16);
  const scale = Math.max(0.72, Math.min(1.3, (box.h - 40) / 46, (box.w - 13) / (70 * Math.min(sleepers.length, 4))));
  const { shown, at, hidden } = inLine(areas, box, firstSleepers, sleepers.length, 70 * scale);
  return {
    pieces: shown.flatMap((each, i): Piece[] => {
      const there = { ...at(i), y: at(i).y - 2, scale };
      return [
        { z: 10, paint: paint({ stroke: 'var(--wood)', width: 3 * scale }), d: BED.legs.at(there) },
        { z: 10.1, paint: paint({ fill: 'var(--wood-light)', stroke: 'var(--wood)', width: 1 }), d: BED.frame.at(there) },
        { z: 10.2, paint: paint({ fill: 'var(--mat)' }), d: BED.mattress.at(there) },
        ...(each.isAwake ? parentFigure(each, { ...there, scale: scale * 0.8 }, 11, false) : sleeperFigure(each, there, 11)),
      ];
    }),
    writings: [
      ...shown.map((each, i) => ({
        key: `${each.id} bed`,
        x: at(i).x,
        y: at(i).y + type * 1.15,
        text: fitting(
          each.key === null ? [each.id] : [`${each.id} → ${each.key}`, `${each.id}→${each.key}`, each.id],
          type,
          70 * scale - 4,
        ),
        size: type,
        weight: 600 as const,
      })),
      ...more(areas, 'nursinghome', hidden, at(shown.length)),
    ],
  };
}

// Beside the houses, or below them

const KEY = new Shape(circle(0, 0, 5.6), 'M5.6 0 H19 M14.5 0 V5.4 M19 0 V5.4');

/** The board with the keys of the houses that nobody lives in. */
export function keys(areas: Areas, { keys: all }: Pick<Town, 'keys'>, language: Language, lit: Lit): Drawing {
  const { keys: room, isHigh } = areas;
  const pitch = 18;
  const box = { ...room, h: Math.min(room.h, 30 + pitch * Math.max(1, all.length)) };
  const type = 13.5;
  const name = written('keys', 'sign')[language];
  const piece: Piece = { z: 10, paint: lit('keys') ? LIT_BOARD : BOARD, d: board(box, 6) };
  const middle = box.x + box.w / 2;
  // A low board says how many only.
  if (room.h < 46 || !isHigh)
    return {
      pieces: [piece],
      writings: [
        {
          key: 'keys sign',
          x: middle,
          y: box.y + box.h / 2 + 5,
          text: fitting([`${name} · ${all.length}`, `${name.split(' ')[0] ?? name} ${all.length}`, String(all.length)], type, box.w - 6),
          size: type,
          weight: 700,
        },
      ],
    };
  const lines = Math.max(1, Math.floor((box.h - 26) / pitch));
  const shown = all.length > lines ? all.slice(0, lines - 1) : all;
  const y = (i: number): number => box.y + 37 + i * pitch;
  return {
    pieces: [
      piece,
      ...shown.map((_, i) => ({
        z: 11,
        paint: paint({ stroke: 'var(--key)', width: 2.4 }),
        d: KEY.at({ x: middle - 24, y: y(i) - 5, scale: 0.85 }),
      })),
    ],
    writings: [
      { key: 'keys sign', x: middle, y: box.y + 18, text: name, size: type, weight: 700 },
      ...shown.map((id, i) => ({ key: `${id} key`, x: middle + 16, y: y(i), text: id, size: type, weight: 600 as const })),
      ...(all.length === 0 ? [{ key: 'keys none', x: middle, y: y(0), text: '—', size: type }] : []),
      ...(all.length > shown.length
        ? [{ key: 'keys more', x: middle, y: y(shown.length), text: `+${all.length - shown.length}`, size: type, weight: 700 as const }]
        : []),
    ],
  };
}

export function watchman(areas: Areas, { watch }: Pick<Town, 'watch'>, lit: Lit): Drawing {
  if (!watch) return { pieces: [], writings: [] };
  const { watch: box } = areas;
  const type = 13.5;
  const text = fitting([`${watch.parent.name} ${watch.parent.id}`, watch.parent.name, watch.parent.id], type, box.w);
  const room = box.h - type * 1.5;
  const scale = Math.min(1.5, room / 68);
  const middle = box.x + box.w / 2;
  const isLit = lit('watchman') || lit(watch.parent.id);
  const words: Writing = { key: `${watch.parent.id} watch`, x: middle, y: box.y + box.h - 3, text, size: type, weight: 600 };
  if (scale < 0.4)
    return {
      pieces: isLit ? [{ z: 9, paint: LIT_BOARD, d: board({ ...box, y: box.y + box.h - type * 1.5, h: type * 1.6 }, 5) }] : [],
      writings: [words],
    };
  const at = { x: middle - 6 * scale, y: box.y + room - 2, scale };
  return {
    pieces: [
      ...(isLit
        ? [
            {
              z: 9,
              paint: paint({ fill: 'rgb(255 214 120 / 0.35)', stroke: 'var(--changed)', width: 2 }),
              d: board({ x: at.x - 22 * scale, y: at.y - 66 * scale, w: 62 * scale, h: 70 * scale }, 14),
            },
          ]
        : []),
      ...watchmanFigure(watch.parent, at, 11, watch.isDozing),
    ],
    writings: [words],
  };
}

/** Everybody who is neither in a house, nor in the forest, nor in bed: a line each. */
export function lane(areas: Areas, town: Pick<Town, 'walkers' | 'atPost' | 'houses'>, language: Language, lit: Lit): Drawing {
  const { lane: box } = areas;
  const all: readonly (Walker | { parent: Walker['parent']; child: null; doing: 'polling' })[] = [
    ...town.walkers,
    ...(town.atPost ? [{ parent: town.atPost, child: null, doing: 'polling' as const }] : []),
  ];
  if (all.length === 0 || box.h < 20) return { pieces: [], writings: [] };
  const type = 13.5;
  const pitch = type * 1.7;
  const lines = Math.max(1, Math.floor((box.h - (box.h > 60 ? 22 : 0)) / pitch));
  const shown = all.length > lines ? all.slice(0, Math.max(1, lines - 1)) : all;
  const hasSign = box.h > 60;
  const top = box.y + (hasSign ? 24 : 0);
  const word = (doing: (typeof all)[number]['doing']): string => (doing === 'registry' ? '' : written(`parent.${doing}`, 'card')[language]);
  const row = (i: number): Box => ({ x: box.x, y: top + i * pitch, w: box.w, h: pitch - 2 });
  const heirOf = (id: string): string => town.houses.find(({ heir }) => heir?.id === id)?.id ?? '';
  return merged(
    hasSign
      ? sign({ id: 'lane', count: all.length }, { x: box.x + box.w / 2, y: box.y + 11 }, type, language, lit)
      : { pieces: [], writings: [] },
    {
      pieces: shown.flatMap(({ parent }, i) => [
        {
          z: 9,
          paint: lit(parent.id) ? LIT_BOARD : paint({ fill: 'var(--lane)', stroke: 'var(--lane-edge)', width: 1 }),
          d: board(row(i), 5),
        },
        ...parentBust(parent, { x: box.x + 11, y: row(i).y + row(i).h - 1, scale: row(i).h / 50 }, 11),
      ]),
      writings: [
        ...shown.map(({ parent, doing, child }, i) => {
          const to = heirOf(parent.id);
          const texts =
            to === ''
              ? [`${parent.id}${child ? ` · ${child.id}` : ''} ${word(doing)}`, `${parent.id} ${word(doing)}`, parent.id]
              : [`${parent.id} → ${to}`, `${parent.id}→${to}`];
          return {
            key: `${parent.id} lane`,
            x: box.x + 23,
            y: row(i).y + row(i).h / 2 + type * 0.35,
            text: fitting(texts, type, box.w - 26),
            size: type,
            weight: 600 as const,
            anchor: 'start' as const,
          };
        }),
        ...(all.length > shown.length
          ? [
              {
                key: 'lane more',
                x: box.x + box.w / 2,
                y: row(shown.length).y + type,
                text: `+${all.length - shown.length}`,
                size: type,
                weight: 700 as const,
              },
            ]
          : []),
      ],
    },
  );
}
