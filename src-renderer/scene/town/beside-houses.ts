/** Beside the houses of a large village, or below them: the board with the keys, the watchman, and everybody on the way. Pure. */
import type { Language } from '../../../assets/words/index';
import type { PId } from '../../../src-main/contract/index';
import { written } from '../glossary';
import { KEY } from '../place-shapes';
import { textWidth } from '../scene-labels';
import type { Box } from '../scene-layout';
import type { At } from '../shape';
import { BOARD, LIT_BOARD, type Lit, merged, sign } from './boards';
import { board, type Drawing, fitting, type Piece, type Writing } from './drawing';
import { paint, parentBust, watchmanFigure } from './people';
import type { Town, Walker } from './town';
import type { Areas } from './town-layout';

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
  if (room.h < 46 || !isHigh) {
    const count = String(all.length);
    const text = fitting([`${name} · ${count}`, `${name.split(' ')[0] ?? name} ${count}`, count], type, box.w - 6);
    const y = box.y + box.h / 2;
    // A number alone says of nothing how many there are: beside it hangs one of them.
    const [hasKey, shift] = text === count && textWidth(count, type) + 27 <= box.w ? [true, 10] : [false, 0];
    const at: At = { x: middle + shift - textWidth(text, type) / 2 - 18, y, scale: 0.66 };
    return {
      pieces: [piece, ...(hasKey ? [{ z: 11, paint: paint({ stroke: 'var(--key)', width: 2.4 }), d: KEY.at(at) }] : [])],
      writings: [{ key: 'keys sign', x: middle + shift, y: y + 5, text, size: type, weight: 700 }],
    };
  }
  const lines = Math.max(1, Math.floor((box.h - 26) / pitch));
  // The next one to be given away lies first. In the last line it is also written how many more there are.
  const shown = all.slice(0, lines);
  const y = (i: number): number => box.y + 37 + i * pitch;
  const hidden = all.length - shown.length;
  const textOf = (id: PId, i: number): string =>
    i < shown.length - 1 || hidden === 0 ? id : fitting([`${id} +${hidden}`, `×${hidden + 1}`], type, box.w - 42);
  return {
    pieces: [
      piece,
      ...shown.map((_, i) => ({
        z: 11,
        paint: paint({ stroke: 'var(--key)', width: 2.4 }),
        d: KEY.at({ x: box.x + 14, y: y(i) - 5, scale: 0.85 }),
      })),
    ],
    writings: [
      { key: 'keys sign', x: middle, y: box.y + 18, text: name, size: type, weight: 700 },
      ...shown.map((id, i) => ({
        key: `${id} key`,
        x: box.x + 38,
        y: y(i),
        text: textOf(id, i),
        size: type,
        weight: 600 as const,
        anchor: 'start' as const,
      })),
      ...(all.length === 0 ? [{ key: 'keys none', x: middle, y: y(0), text: '—', size: type }] : []),
    ],
  };
}

export function watchman(areas: Areas, { watch }: Pick<Town, 'watch'>, lit: Lit): Drawing {
  if (!watch) return { pieces: [], writings: [] };
  const { watch: box } = areas;
  const type = 13.5;
  const text = fitting([`${watch.parent.name} ${watch.parent.id}`, watch.parent.name, watch.parent.id], type, box.w);
  // Where both have no room beside each other the number stands below the name, if the figure stays large enough.
  const isInTwo = text === watch.parent.name && box.h - type * 2.75 >= TALL_FIGURE;
  const room = box.h - type * (isInTwo ? 2.75 : 1.5);
  const scale = Math.min(1.5, room / 68);
  const middle = box.x + box.w / 2;
  const isLit = lit('watchman') || lit(watch.parent.id);
  const foot = box.y + box.h - 3;
  const words: Writing = {
    key: `${watch.parent.id} watch`,
    x: middle,
    y: isInTwo ? foot - type * 1.25 : foot,
    text,
    size: type,
    weight: 600,
  };
  const number: Writing[] = isInTwo ? [{ ...words, key: `${watch.parent.id} watch number`, y: foot, text: watch.parent.id }] : [];
  if (scale < LEAST_FIGURE && text === watch.parent.id) return watchmanBeside(watch, box, type, isLit);
  if (scale < LEAST_FIGURE)
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
    writings: [words, ...number],
  };
}

const LEAST_FIGURE = 0.4;
/** Units of the village. */
const TALL_FIGURE = 55;

/** A number alone says nothing of who it is: he stands beside it. */
function watchmanBeside({ parent, isDozing }: NonNullable<Town['watch']>, box: Box, type: number, isLit: boolean): Drawing {
  const scale = (box.h - 4) / 66;
  const left = box.x + Math.max(0, (box.w - 50 * scale - textWidth(parent.id, type)) / 2);
  const at = { x: left + 17 * scale, y: box.y + box.h - 2, scale };
  return {
    pieces: [...(isLit ? [{ z: 9, paint: LIT_BOARD, d: board(box, 5) }] : []), ...watchmanFigure(parent, at, 11, isDozing)],
    writings: [
      {
        key: `${parent.id} watch`,
        x: left + 50 * scale,
        y: box.y + box.h / 2 + type * 0.35,
        text: parent.id,
        size: type,
        weight: 600,
        anchor: 'start',
      },
    ],
  };
}

/** On the lane: where a text begins, behind the bust, and what is left free before the board's other edge. Units. */
const AFTER_BUST = 22;
const BEFORE_EDGE = 5;

type OnLane = Walker | { parent: Walker['parent']; child: null; doing: 'polling' };

interface Lane extends Pick<Town, 'walkers' | 'atPost' | 'houses'> {
  /** Those who are drawn before a house, with its key: ids, one after the other. */
  before?: string;
}

/** Everybody who is neither in a house, nor in the forest, nor in bed: a line each. */
export function lane(areas: Areas, town: Lane, language: Language, lit: Lit): Drawing {
  const { lane: box } = areas;
  const before = new Set(town.before?.split(' '));
  const all: readonly OnLane[] = [
    ...town.walkers.filter(({ parent }) => !before.has(parent.id)),
    ...(town.atPost ? [{ parent: town.atPost, child: null, doing: 'polling' as const }] : []),
  ];
  if (all.length === 0 || box.h < 20) return { pieces: [], writings: [] };
  const type = 13.5;
  const pitch = type * 1.7;
  const lines = Math.max(1, Math.floor((box.h - (box.h > 60 ? 22 : 0)) / pitch));
  const shown = all.length > lines ? all.slice(0, Math.max(1, lines - 1)) : all;
  const hasSign = box.h > 60;
  const top = box.y + (hasSign ? 24 : 0);
  const word = (doing: OnLane['doing']): string => (doing === 'registry' ? '' : written(`parent.${doing}`, 'card')[language]);
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
              ? [
                  ...(child
                    ? [`${parent.id} · ${child.id} ${word(doing)}`, `${parent.id} · ${child.id}`, `${parent.id}·${child.id}`]
                    : [`${parent.id} ${word(doing)}`]),
                  parent.id,
                ]
              : [`${parent.id} → ${to}`, `${parent.id}→${to}`, parent.id];
          return {
            key: `${parent.id} lane`,
            x: box.x + AFTER_BUST,
            y: row(i).y + row(i).h / 2 + type * 0.35,
            text: fitting(texts, type, box.w - AFTER_BUST - BEFORE_EDGE),
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
