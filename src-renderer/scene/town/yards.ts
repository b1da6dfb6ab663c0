/** The common places of a village of many houses but the forest: yards, keys, watchman, lane. People are counted, and named while there is room. Pure. */
import type { Language } from '../../../assets/words/index';
import { written } from '../glossary';
import { textWidth } from '../scene-labels';
import type { Box } from '../scene-layout';
import { type At, circle, rect, Shape } from '../shape';
import { BOARD, LIT_BOARD, type Lit, merged, sign, type Signed, signText, typeOf } from './boards';
import { board, type Drawing, fitting, type Piece, type Writing } from './drawing';
import { childFigure, paint, parentBust, parentFigure, sleeperFigure, watchmanFigure } from './people';
import type { Young } from './persons';
import type { Town, Walker } from './town';
import type { Areas } from './town-layout';

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

/** So many of a group are drawn, one behind the other; its number says how many it is. */
const OF_GROUP = 3;
/** From one of a group to the next, of their size. */
const BEHIND = 15;

function creche(areas: Areas, { waiting }: Yards): Drawing {
  const box = areas.creche;
  const type = typeOf(areas, 13.5, 16);
  const scale = figureScaleIn(areas, box);
  const alone = waiting.first.map((each) => ({
    key: each.id as string,
    first: [each as Young],
    text: `${each.id} ${each.label}`,
    count: 1,
  }));
  const room = (all: readonly { text: string; first: readonly Young[] }[]): number =>
    Math.max(54, ...all.map(({ text, first }) => Math.max(textWidth(text, type) + 10, (36 + BEHIND * (first.length - 1)) * scale)));
  const isFew = waiting.count === alone.length && alone.length * room(alone) <= box.w - 12;
  const grouped = waiting.groups.map(({ id, label, count, first }) => ({
    key: id,
    first: first.slice(0, OF_GROUP),
    text: `${label} ${count}`,
    count,
  }));
  const all = isFew ? alone : grouped;
  const { shown, at } = inLine(areas, box, all, all.length, room(all));
  const hidden = waiting.count - shown.reduce((sum, { count }) => sum + count, 0);
  /** The first lies in front. */
  const lies = (i: number, k: number, of: number): At => ({
    x: at(i).x + (k - (of - 1) / 2) * BEHIND * scale,
    y: at(i).y - k * 3 * scale,
    scale,
  });
  return {
    pieces: shown.flatMap(({ first }, i) =>
      first.flatMap((figure, k) => {
        const there = lies(i, k, first.length);
        const depth = 11 - k * 0.45;
        return [
          { z: depth - 0.4, paint: MAT, d: new Shape(`M-14 -1a14 4.6 0 0 1 28 0a14 4.6 0 0 1 -28 0Z`).at(there) },
          ...childFigure(figure, there, depth, true),
        ];
      }),
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
      ...shown.map(({ key, first }, i) => ({
        key: `${key} z`,
        x: lies(i, first.length - 1, first.length).x + 14 * scale,
        y: lies(i, first.length - 1, first.length).y - 26 * scale,
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
