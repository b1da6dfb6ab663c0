/** The yards of a large village, and its post station: orphanage, crèche, nursing home. People are counted, and named while there is room. Pure. */
import type { Language } from '../../../assets/words/index';
import type { GId } from '../../../src-main/contract/index';
import { written } from '../glossary';
import { textWidth } from '../scene-labels';
import { BED, KEY, POST } from '../place-shapes';
import type { Box } from '../scene-layout';
import { type At, Shape } from '../shape';
import { BOARD, LIT_BOARD, type Lit, merged, sign, type Signed, signText, typeOf } from './boards';
import { board, type Drawing, fitting, NOTHING_DRAWN, type Piece, type Writing } from './drawing';
import { childFigure, keyPieces, paint, parentFigure, sleeperFigure } from './people';
import type { Young } from './persons';
import type { Town } from './town';
import type { Areas } from './town-layout';

type Yards = Pick<Town, 'orphans' | 'firstOrphans' | 'waiting' | 'post' | 'sleepers' | 'firstSleepers'>;

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

/** So wide is the figure that stands for a yard where its name has no room. */
const ICON = 28;

/** Nothing but the sign in a low yard; where its name has no room somebody of those who are there, and how many they are. */
function lowGate(signed: Signed, box: Box, size: number, language: Language, lit: Lit, icon: (at: At) => Piece[]): Drawing {
  const middle = { x: box.x + box.w / 2, y: box.y + box.h / 2 };
  const named = signText(signed, size, language, box.w);
  const text = String(signed.count);
  const w = ICON + textWidth(text, size) + size * 0.85;
  const isNamed = named !== text && textWidth(named, size) + size * 1.3 <= box.w;
  if (isNamed || w > box.w) return sign(signed, middle, size, language, lit, box.w);
  const plate = { x: middle.x - w / 2, y: box.y + 3, w, h: box.h - 6 };
  return {
    pieces: [
      { z: 10, paint: lit(signed.id) ? LIT_BOARD : BOARD, d: board(plate, 5) },
      ...icon({ x: plate.x + size * 0.4 + ICON / 2, y: plate.y + plate.h - 4, scale: (plate.h - 6) / 42 }),
    ],
    writings: [
      {
        key: `${signed.id} sign`,
        x: plate.x + w - size * 0.4 - textWidth(text, size) / 2,
        y: middle.y + size * 0.34,
        text,
        size,
        weight: 700,
      },
    ],
  };
}

/** Its sign at the far end: those who come first wait at the near one. `icon`: what of it stands in a low yard for its name. */
function gate(areas: Areas, signed: Signed, box: Box, language: Language, lit: Lit, icon: (at: At) => Piece[]): Drawing {
  const size = typeOf(areas, 13.5, 17);
  if (!areas.isHigh) return lowGate(signed, box, size, language, lit, icon);
  const w = textWidth(signText(signed, size, language, box.w - 8), size) + size * 1.3;
  return sign(signed, { x: box.x + box.w - 4 - w / 2, y: box.y - 2 }, size, language, lit, box.w - 8);
}

export function yards(areas: Areas, town: Yards, language: Language, lit: Lit): Drawing {
  const [orphan] = town.firstOrphans;
  const [waiting] = town.waiting.first;
  const [sleeper] = town.firstSleepers;
  const gates = merged(
    gate(areas, { id: 'orphanage', count: town.orphans.length }, areas.orphanage, language, lit, (at) => [
      ...pew({ x: at.x - ICON / 2 + 1, y: at.y - 4, w: ICON - 2 }, 10.05),
      ...(orphan ? childFigure(orphan, { ...at, y: at.y - 3 }, 11) : []),
    ]),
    gate(areas, { id: 'creche', count: town.waiting.count }, areas.creche, language, lit, (at) => [
      mat(at, 10.6),
      ...(waiting ? childFigure(waiting, at, 11, true) : []),
    ]),
    gate(areas, { id: 'nursinghome', count: town.sleepers.length }, areas.nursing, language, lit, (at) => {
      const lying = { ...at, y: at.y - 3, scale: Math.min(at.scale, ICON / 68) };
      return [...bed(lying, 10.05), ...(sleeper ? sleeperFigure(sleeper, lying, 11) : [])];
    }),
  );
  if (!areas.isHigh) return gates;
  const posted = town.post === null ? NOTHING_DRAWN : post(areas, town.post, language, lit);
  return merged(gates, posted, orphanage(areas, town), creche(areas, town), nursing(areas, town));
}

/** The post station, at the near end of the crèche's fence, while somebody has to do with it: how many wait there for a letter. */
function post(areas: Areas, letters: number, language: Language, lit: Lit): Drawing {
  const { creche: box } = areas;
  const size = typeOf(areas, 13.5, 17);
  const name = written('post', 'sign')[language];
  const text = letters === 0 ? name : `${name} · ${letters}`;
  const h = size * 1.6;
  const at: At = { x: box.x + 8 + h * 0.5, y: box.y - 2 - size * 0.85 + h - 2, scale: h / 46 };
  const from = at.x + h * 0.5 + 3;
  return {
    pieces: [
      {
        z: 10,
        paint: lit('post') ? LIT_BOARD : BOARD,
        d: board({ x: box.x + 4, y: box.y - 2 - size * 0.85, w: from - box.x - 4 + textWidth(text, size) + size * 0.65, h }, 5),
      },
      { z: 10.1, paint: paint({ fill: 'var(--wall)', stroke: 'var(--wood)', width: 0.9 }), d: POST.wall.at(at) },
      { z: 10.2, paint: paint({ fill: 'var(--roof)', stroke: 'var(--roof-line)', width: 0.6 }), d: POST.roof.at(at) },
      { z: 10.3, paint: paint({ fill: '#b5442e' }), d: POST.letter.at(at) },
    ],
    writings: [{ key: 'post sign', x: from, y: box.y - 2 + size * 0.34, text, size, weight: 700, anchor: 'start' }],
  };
}

/** Where figures stand side by side above their labels. */
interface Line {
  /** How many of them find room. */
  shown: number;
  at: (i: number) => { x: number; y: number };
  /** Where it is written how many more there are. */
  more: { x: number; y: number };
}

/** From the yard's edges to whoever is next to them. */
const YARD_EDGE = 6;

/**
 * As many as find room, the last place being for how many more there are. `widths`: of each with its label; `hiddenAfter`: how many are not
 * drawn when only so many are. Nothing goes beyond the yard: beside it lies another one.
 */
function inLine(areas: Areas, box: Box, widths: readonly number[], hiddenAfter: (shown: number) => number): Line {
  const room = box.w - 2 * YARD_EDGE;
  const ends = widths.reduce<number[]>((sums, width) => [...sums, (sums.at(-1) ?? 0) + width], []);
  const moreWidth = (shown: number): number => {
    const hidden = hiddenAfter(shown);
    return hidden === 0 ? 0 : textWidth(`+${hidden}`, moreType(areas)) + 4;
  };
  let shown = widths.length;
  while (shown > 0 && (ends[shown - 1] ?? 0) + moreWidth(shown) > room) shown--;
  const y = box.y + box.h - typeOf(areas, 22, 28);
  const from = box.x + YARD_EDGE;
  const end = shown === 0 ? 0 : (ends[shown - 1] ?? 0);
  // As far from the last one as that one’s neighbours are, where there is room.
  const apart = Math.max(moreWidth(shown), Math.min(widths[shown] ?? 0, room - end));
  return {
    shown,
    at: (i) => ({ x: from + (ends[i] ?? 0) - (widths[i] ?? 0) / 2, y }),
    more: { x: from + end + apart / 2, y },
  };
}

const figureScaleIn = (areas: Areas, box: Box): number => Math.min(1.7, (box.h - typeOf(areas, 22, 28) - 26) / 40);

const moreType = (areas: Areas): number => typeOf(areas, 15, 19);

function more(areas: Areas, key: string, hidden: number, at: { x: number; y: number }): Writing[] {
  return hidden === 0 ? [] : [{ key: `${key} more`, x: at.x, y: at.y - 6, text: `+${hidden}`, size: moreType(areas), weight: 700 }];
}

/** A child with a strip on its back, of its size. */
const STRIPPED = 31;
/** The size below which nobody on a bench is drawn so that one more finds room. */
const SEATED = 1;

const pew = (line: { x: number; y: number; w: number }, z = 10): Piece[] => [
  { z, paint: paint({ fill: 'var(--wood-light)', stroke: 'var(--wood)', width: 1 }), d: board({ ...line, h: 4.5 }, 2) },
];
const MAT_SHAPE = new Shape(`M-14 -1a14 4.6 0 0 1 28 0a14 4.6 0 0 1 -28 0Z`);
const mat = (at: At, z: number): Piece => ({ z, paint: MAT, d: MAT_SHAPE.at(at) });
const bed = (at: At, z = 10): Piece[] => [
  { z, paint: paint({ stroke: 'var(--wood)', width: 3 * at.scale }), d: BED.legs.at(at) },
  { z: z + 0.1, paint: paint({ fill: 'var(--wood-light)', stroke: 'var(--wood)', width: 1 }), d: BED.frame.at(at) },
  { z: z + 0.2, paint: paint({ fill: 'var(--mat)' }), d: BED.mattress.at(at) },
];

function orphanage(areas: Areas, { firstOrphans, orphans }: Yards): Drawing {
  const box = areas.orphanage;
  const type = typeOf(areas, 13.5, 16);
  const largest = figureScaleIn(areas, box);
  const widestName = Math.max(0, ...firstOrphans.map(({ id }) => textWidth(id, type) + 8));
  const room = (box.w - 2 * YARD_EDGE) / Math.max(1, orphans.length);
  // Smaller rather than uncounted: a last one behind large others would look like their toy.
  const scale = Math.min(largest, Math.max(SEATED, room / STRIPPED));
  const widest = Math.max(STRIPPED * scale, widestName);
  const widths = firstOrphans.map(() => widest);
  const { shown: count, at, more: rest } = inLine(areas, box, widths, (drawn) => orphans.length - drawn);
  const shown = firstOrphans.slice(0, count);
  const bench = pew({ x: box.x + 10, y: rest.y - 4, w: box.w - 20 });
  // Behind the first ones, where there is room: a crowd whose number is written.
  const back = areas.isHigh && box.h > 120 ? firstOrphans.slice(shown.length, shown.length + 2 * Math.floor((box.w - 30) / 22)) : [];
  const perRow = Math.max(1, Math.floor((box.w - 30) / 22));
  const behind = back.flatMap((each, i) => {
    const row = Math.floor(i / perRow);
    return childFigure(each, { x: box.x + 20 + (i % perRow) * 22 + row * 8, y: box.y + 44 + row * 17, scale: 0.62 }, 10.2 + row * 0.3);
  });
  return {
    pieces: [...bench, ...behind, ...shown.flatMap((each, i) => childFigure(each, { ...at(i), scale }, 11))],
    writings: [
      ...shown.map((each, i) => ({
        key: `${each.id} orphan`,
        x: at(i).x,
        y: at(i).y + type * 1.15,
        text: each.id,
        size: type,
        weight: 600 as const,
      })),
      ...more(areas, 'orphanage', orphans.length - count, rest),
    ],
  };
}

/** So many of a group are drawn, one behind the other; its number says how many it is. */
const OF_GROUP = 3;
/** So many of a group are named at most. */
const NAMED_OF_GROUP = 4;
/** From one of a group to the next, of their size. */
const BEHIND = 15;

/** Those who wait for one thing, or one of them. */
interface Waiters {
  key: string;
  first: readonly Young[];
  text: string;
  count: number;
  /** Who has the lock that they wait for. */
  holder: GId | null;
}

/** Of each group the first are named, as many as leave room for all groups. */
function named(
  groups: readonly Waiters[],
  { groups: whole }: Town['waiting'],
  fits: (all: readonly Waiters[]) => boolean,
): readonly Waiters[] {
  for (let names = NAMED_OF_GROUP; names > 0; names--) {
    const all = groups.map((each, i) => {
      const ids = (whole[i]?.first ?? []).slice(0, names).map(({ id }) => id);
      return { ...each, text: `${each.text}: ${ids.join(' ')}${ids.length < each.count ? ' …' : ''}` };
    });
    if (fits(all)) return all;
  }
  return groups;
}

function creche(areas: Areas, { waiting }: Yards): Drawing {
  const box = areas.creche;
  const type = typeOf(areas, 13.5, 16);
  const scale = figureScaleIn(areas, box);
  const alone = waiting.first.map((each): Waiters => ({
    key: each.id as string,
    first: [each as Young],
    text: `${each.id} ${each.label}`,
    count: 1,
    holder: each.holder?.id ?? null,
  }));
  const ofKey = type * 1.45;
  /** Beside what is waited for: a key, and who has it. */
  const holderWidth = ({ holder }: Waiters): number => (holder === null ? 0 : 4 + ofKey + textWidth(holder, type));
  const widthOf = (each: Waiters): number =>
    Math.max(54, textWidth(each.text, type) + holderWidth(each) + 10, (36 + BEHIND * (each.first.length - 1)) * scale);
  const isFew = waiting.count === alone.length && alone.reduce((sum, each) => sum + widthOf(each), 0) <= box.w - 2 * YARD_EDGE;
  const grouped = waiting.groups.map(({ id, label, count, first, holder }): Waiters => ({
    key: id,
    first: first.slice(0, OF_GROUP),
    // In a real program some wait for half a sentence: beside them, too, there is room for how many more there are.
    text: fitting([`${label} ${count}`, `${label.split(' ')[0] ?? ''} … ${count}`, String(count)], type, box.w / 2),
    count,
    holder: holder?.id ?? null,
  }));
  const all = isFew ? alone : named(grouped, waiting, (each) => each.reduce((sum, one) => sum + widthOf(one), 0) <= box.w - 2 * YARD_EDGE);
  const hiddenAfter = (drawn: number): number => waiting.count - all.slice(0, drawn).reduce((sum, each) => sum + each.count, 0);
  const { shown: drawn, at, more: rest } = inLine(areas, box, all.map(widthOf), hiddenAfter);
  const shown = all.slice(0, drawn);
  /** The first lies in front. */
  const lies = (i: number, k: number, of: number): At => ({
    x: at(i).x + (k - (of - 1) / 2) * BEHIND * scale,
    y: at(i).y - k * 3 * scale,
    scale,
  });
  /** Where what is waited for is written: beside the key and its bearer, if there is one, and both in the middle. */
  const told = (i: number): { from: number; holder: GId; keyX: number; y: number } | null => {
    const each = all[i];
    if (!each?.holder) return null;
    const from = at(i).x - (textWidth(each.text, type) + holderWidth(each)) / 2;
    return { from, holder: each.holder, keyX: from + textWidth(each.text, type) + 4, y: at(i).y + type * 1.15 };
  };
  const keysOf = shown.flatMap((_, i): Piece[] => {
    const there = told(i);
    if (!there) return [];
    const key: At = { x: there.keyX + type * 0.3, y: there.y - type * 0.36, scale: type / 24 };
    return keyPieces(KEY.at(key), 1.2, key, 12);
  });
  return {
    pieces: keysOf.concat(
      shown.flatMap(({ first }, i) =>
        first.flatMap((figure, k) => {
          const there = lies(i, k, first.length);
          const depth = 11 - k * 0.45;
          return [mat(there, depth - 0.4), ...childFigure(figure, there, depth, true)];
        }),
      ),
    ),
    writings: [
      ...shown.flatMap(({ key, text }, i): Writing[] => {
        const there = told(i);
        const what = { key: `${key} waits`, y: at(i).y + type * 1.15, text, size: type, weight: 600 as const };
        if (!there) return [{ ...what, x: at(i).x }];
        const { from, holder, keyX, y } = there;
        return [
          { ...what, x: from, anchor: 'start' },
          { key: `${holder} has ${key}`, x: keyX + ofKey, y, text: holder, size: type, weight: 600, anchor: 'start' },
        ];
      }),
      ...shown.map(({ key, first }, i) => ({
        key: `${key} z`,
        x: lies(i, first.length - 1, first.length).x + 14 * scale,
        y: lies(i, first.length - 1, first.length).y - 26 * scale,
        text: 'z',
        size: Math.max(12, 13 * scale),
        weight: 700 as const,
        tone: 'zzz' as const,
      })),
      ...more(areas, 'creche', hiddenAfter(drawn), rest),
    ],
  };
}

function nursing(areas: Areas, { firstSleepers, sleepers }: Yards): Drawing {
  const box = areas.nursing;
  const type = typeOf(areas, 13.5, 16);
  const scale = Math.max(0.72, Math.min(1.3, (box.h - 40) / 46, (box.w - 13) / (70 * Math.min(sleepers.length, 4))));
  // Whoever has been given a house lies there until somebody has woken them: which house is told before how many more there are.
  const widths = firstSleepers.map(({ id, key }) => Math.max(70 * scale, key === null ? 0 : textWidth(`${id}→${key}`, type) + 8));
  const { shown: count, at, more: rest } = inLine(areas, box, widths, (drawn) => sleepers.length - drawn);
  const shown = firstSleepers.slice(0, count);
  return {
    pieces: shown.flatMap((each, i): Piece[] => {
      const there = { ...at(i), y: at(i).y - 2, scale };
      return [
        ...bed(there),
        ...(each.isAwake ? [{ z: 10.3, paint: paint({ fill: '#fff' }), d: BED.pillow.at(there) }] : []),
        // Before the bed, not on it.
        ...(each.isAwake
          ? parentFigure(each, { ...there, y: there.y + 4 * scale, scale: scale * 0.8 }, 11, false)
          : sleeperFigure(each, there, 11)),
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
          (widths[i] ?? 0) - 4,
        ),
        size: type,
        weight: 600 as const,
      })),
      ...more(areas, 'nursinghome', sleepers.length - count, rest),
    ],
  };
}
