/** A house seen from far above: a roof, and a front in its child's colours. Pure. */
import * as child from '../child-shapes';
import type { Box } from '../scene-layout';
import { type At, circle, rect, Shape, sized } from '../shape';
import { textWidth } from '../scene-labels';
import type { Drawing, Piece, Writing } from './drawing';
import { paint } from './people';
import type { Doing, TownHouse } from './town';

/** In a tile of 26.4 × 44: the roof's eaves at −26, the foot at 0, the bench below. */
const ROOF = new Shape('M-14.4 -25 Q-11 -27 -8.6 -37 L8.6 -37 Q11 -27 14.4 -25 Q9 -26.4 0 -26.4 Q-9 -26.4 -14.4 -25Z');
const FRONT = new Shape(rect(-11, -26, 22, 26));
const DOOR = new Shape(rect(-4, -17, 8, 17));
const STRIPES = new Shape(...[-9, -3, 3, 9].map((x) => rect(x - 1.5, -26, 3, 26)));
const LOCK = { shackle: new Shape('M-2.6 -12 V-15 a2.6 2.6 0 0 1 5.2 0 V-12'), body: new Shape(rect(-4.6, -12.4, 9.2, 8, 1.4)) };
const BOLT = new Shape(rect(-11, -14, 22, 4, 1));
const CROSS = new Shape('M-10 -24 L10 -3 M10 -24 L-10 -3');
/** The watchman's slate in a corner. */
const SEEN = { board: new Shape(rect(3, -9, 8.4, 8.4, 1)), tick: new Shape('M4.8 -4.8 L6.6 -2.8 L9.8 -7') };
const ASK = new Shape('M-3 -16 q0 -4 3.4 -4 q3.4 0 3.4 3.2 q0 2 -2 3 q-1.6 0.9 -1.6 2.8', circle(0.2, -8.2, 0.9));
const DESK = new Shape(rect(-7, -9, 14, 2.6), rect(-6, -6.4, 2, 5), rect(4, -6.4, 2, 5));
const BAR = { rail: 22, y: 3.4, h: 4 };
export const MAP_TILE = { w: 26.4, h: 46, foot: 39 };
/** From so many on, a bench is long. */
const LONG_BENCH = 11;

export function mapTile(each: TownHouse, tile: Box): Drawing {
  const { scale, isNumbered } = roomIn(tile);
  const number = isNumbered ? numberBelow(each, tile) : null;
  const middle = tile.y + tile.h / 2 + (MAP_TILE.foot - MAP_TILE.h / 2) * scale;
  const above = tile.y + (tile.h - NUMBER_LINE - MAP_TILE.h * scale) / 2 + MAP_TILE.foot * scale;
  const at: At = { x: tile.x + tile.w / 2, y: isNumbered ? above : middle, scale };
  if (each.doing === 'ruin')
    return {
      pieces: [
        { z: 2, paint: paint({ stroke: 'var(--wood)', width: sized(1, at), dash: `${sized(2, at)} ${sized(2, at)}` }), d: FRONT.at(at) },
      ],
      writings: [],
    };
  const roof = paint({ fill: 'var(--roof)', stroke: 'var(--roof-line)', width: sized(0.9, at) });
  return { pieces: [{ z: 7, paint: roof, d: ROOF.at(at) }, ...front(each, at), ...benchBar(each, at)], writings: number ? [number] : [] };
}

const NUMBER_TYPE = 13;
const NUMBER_LINE = 14;
/** A house gives way to the number below it, and is not made smaller for it than this. */
const LEAST_WITH_NUMBER = 0.8;
/** As wide as numbers mostly are; a longer one that does not fit is left out. */
const USUAL_NUMBER = 'G100';
const USUAL_PAIR = 'P100 · G100';

/** The same for every house of a map: none is larger than another because of its number. */
function roomIn({ w, h }: Pick<Box, 'w' | 'h'>): { scale: number; isNumbered: boolean } {
  const scale = Math.min(w / MAP_TILE.w, (h - NUMBER_LINE) / MAP_TILE.h);
  const isNumbered = scale >= LEAST_WITH_NUMBER && textWidth(USUAL_NUMBER, NUMBER_TYPE) <= w - 2;
  return { scale: isNumbered ? scale : Math.min(w / MAP_TILE.w, h / MAP_TILE.h), isNumbered };
}

/** Whether numbers stand below the houses of a map with such tiles. */
export const isNumbered = (tile: Pick<Box, 'w' | 'h'>): boolean => roomIn(tile).isNumbered;

/** Whose number is wanted first: the child's, else whoever is in or away. The house's own before it, where there is room for both. */
function numberBelow({ id, child: young, parent, away }: TownHouse, tile: Box): Writing | null {
  const who = (young ?? parent ?? away)?.id ?? '';
  const hasBoth = textWidth(USUAL_PAIR, NUMBER_TYPE) <= tile.w - 2;
  const texts = hasBoth ? [who === '' ? id : `${id} · ${who}`, who] : [who];
  const text = texts.find((each) => textWidth(each, NUMBER_TYPE) <= tile.w - 2) ?? '';
  return text === '' ? null : { key: `${id} who`, x: tile.x + tile.w / 2, y: tile.y + tile.h - 3, text, size: NUMBER_TYPE, weight: 600 };
}

function front(each: TownHouse, at: At): Piece[] {
  const wood = 'var(--wood)';
  const wall = (fill: string): Piece => ({ z: 3, paint: paint({ fill, stroke: wood, width: sized(0.9, at) }), d: FRONT.at(at) });
  const drawn: Record<Doing, () => Piece[]> = {
    home: () => (each.child ? [wall(each.child.robe), ...face(each.child, at)] : [wall('var(--window-lit)')]),
    desk: () => (each.child ? drawn.home() : [wall('var(--window-lit)'), { z: 4, paint: paint({ fill: wood }), d: DESK.at(at) }]),
    threshold: () => [wall('var(--window-lit)'), { z: 4, paint: paint({ fill: wood }), d: DOOR.at(at) }],
    roaming: () => [wall('var(--window-lit)'), { z: 4, paint: paint({ stroke: '#93400f', width: sized(2, at) }), d: ASK.at(at) }],
    locked: () => [
      wall('#e9e0f4'),
      { z: 3.2, paint: paint({ fill: '#6a4c93' }), d: STRIPES.at(at) },
      { z: 4, paint: paint({ stroke: '#5b5850', width: sized(1.5, at) }), d: LOCK.shackle.at(at) },
      { z: 4.1, paint: paint({ fill: '#d8a93a', stroke: '#5b4410', width: sized(0.9, at) }), d: LOCK.body.at(at) },
      ...(each.chalk === null
        ? []
        : [
            { z: 5, paint: paint({ fill: '#2c3b36', stroke: '#fff', width: sized(0.8, at) }), d: SEEN.board.at(at) },
            { z: 5.1, paint: paint({ stroke: '#fff', width: sized(1.4, at) }), d: SEEN.tick.at(at) },
          ]),
    ],
    bolted: () => [
      wall(each.child?.robe ?? 'var(--window-lit)'),
      { z: 4, paint: paint({ fill: '#5a6068', stroke: '#fff', width: sized(0.8, at) }), d: BOLT.at(at) },
    ],
    sealed: () => [
      wall('var(--wall-shade)'),
      { z: 4, paint: paint({ stroke: '#b5442e', width: sized(3.4, at) }), d: CROSS.at(at) },
      { z: 4.1, paint: paint({ stroke: '#fdf6df', width: sized(2, at) }), d: CROSS.at(at) },
    ],
    empty: () => [
      wall('var(--wall)'),
      { z: 4, paint: paint({ fill: 'var(--wood-light)', stroke: wood, width: sized(0.6, at) }), d: DOOR.at(at) },
    ],
    ruin: () => [],
  };
  return drawn[each.doing]();
}

function face({ sash }: NonNullable<TownHouse['child']>, at: At): Piece[] {
  const from = { x: at.x, y: at.y + 4 * at.scale, scale: at.scale * 0.7 };
  const band = child.CHILD_BUST_SASH[sash];
  const white = 'rgb(255 255 255 / 0.9)';
  return [
    {
      z: 3.5,
      paint: paint(band.isFilled ? { fill: white } : { stroke: white, width: sized(1.5, at) }),
      d: band.shape.at({ ...from, scale: at.scale * 1.02, y: at.y + 7 * at.scale }),
    },
    { z: 4, paint: paint({ fill: 'var(--skin)', stroke: 'rgb(80 40 15 / 0.62)', width: sized(0.8, at) }), d: child.CHILD_HEAD.at(from) },
    { z: 4.1, paint: paint({ fill: 'var(--hair)' }), d: child.CHILD_HAIR_AND_EYES.at(from) },
  ];
}

function benchBar({ bench }: TownHouse, at: At): Piece[] {
  if (bench === 0) return [];
  const length = (BAR.rail * Math.min(LONG_BENCH, bench)) / LONG_BENCH;
  const fill = bench >= LONG_BENCH ? 'var(--accent)' : 'var(--bench-bar)';
  return [{ z: 8, paint: paint({ fill }), d: new Shape(rect(-11, BAR.y, Math.max(3, length), BAR.h, 1.5)).at(at) }];
}
