/** A house as a card: people look out of its windows; what is written below it: card-lines.ts. Pure. */
import type { Language } from '../../../assets/words/index';
import * as house from '../house-shapes';
import { textWidth } from '../scene-labels';
import type { Box } from '../scene-layout';
import { type At, rect, Shape, sized } from '../shape';
import { cardLines, smallLines } from './card-lines';
import { board, type Drawing, type Piece, type Writing } from './drawing';
import { childBust, paint, parentBust } from './people';
import type { TownHouse } from './town';

/** Wider than on the stage, with windows that are large enough for a face. */
const SHADOW = new Shape('M-96 4a96 8 0 0 1 192 0a96 8 0 0 1 -192 0Z');
const BASE = new Shape(rect(-88, -8, 176, 12, 2));
const WALL = new Shape(rect(-80, -76, 160, 70));
const GLOW = new Shape(rect(-80, -70, 64, 62, 12), rect(16, -70, 64, 62, 12));
const WINDOWS = new Shape(rect(-74, -64, 52, 52), rect(22, -64, 52, 52));
const LATTICE = new Shape(
  ...[-74, 22].map((x) => `M${x} -46.7 H${x + 52} M${x} -29.3 H${x + 52} M${x + 13} -64 V-12 M${x + 26} -64 V-12 M${x + 39} -64 V-12`),
);
const POSTS = new Shape(rect(-82, -76, 8, 72), rect(74, -76, 8, 72));
const ROOF = new Shape('M-99.6 -72 Q-78.4 -80 -59.4 -106 L59.4 -106 Q78.4 -80 99.6 -72 Q63.6 -78 0 -78 Q-63.6 -78 -99.6 -72Z');
const RIDGE = new Shape('M-67.8 -110 Q-59.4 -104 -53 -105 L53 -105 Q59.4 -104 67.8 -110 L63.6 -101 L-63.6 -101Z');
const DESK = new Shape(rect(-26, -24, 26, 4), 'M-24 -20 V-12 h3 V-20Z M-5 -20 V-12 h3 V-20Z', rect(-22, -28, 12, 4)).laid({ x: 60, y: 0 });
const SLATE = new Shape(rect(24, -52, 48, 34, 2));
const SEAL_SLIP = new Shape(rect(8, -46, 20, 30, 2)).laid({ x: 0, y: 0, turn: -6 });
/** Paper over the door that says so, besides the crossed bands. */
const WINDOW_SIDE = 48;
const HALF_WIDTH = 100;
const HEIGHT = 112;

export interface CardSize {
  /** Of the type below the house. */
  type: number;
  scale: number;
  foot: number;
  isSmall: boolean;
}

/** What fits into a card of this size. */
export function cardSize({ w, h }: { w: number; h: number }, isSmall: boolean): CardSize {
  const type = isSmall ? Math.max(13.5, Math.min(18, h * 0.21)) : Math.max(13.5, Math.min(21, 13.5 + (Math.min(w, h * 1.3) - 92) * 0.042));
  const below = isSmall ? type * 1.45 : type * 3.05;
  const scale = Math.min((h - below - 3) / HEIGHT, (w - 6) / (2 * HALF_WIDTH));
  return { type, scale, foot: (h + HEIGHT * scale - below) / 2 + 1, isSmall };
}

export function card(each: TownHouse, tile: Box, isSmall: boolean, language: Language): Drawing {
  const size = cardSize(tile, isSmall);
  const at: At = { x: tile.x + tile.w / 2, y: tile.y + size.foot, scale: size.scale };
  if (each.doing === 'ruin') return ruin(each, at, size);
  const lines = isSmall ? smallLines(each, tile, at, size, language) : cardLines(each, tile, at, size, language);
  const plaque = plaqueOf(each, at, size);
  return {
    pieces: [...walls(at), ...inside(each, at), ...plaque.pieces, ...lines.pieces],
    writings: [...plaque.writings, ...inkOnSlate(each, at), ...lines.writings],
  };
}

/** Who looks out of a card's windows, and where. */
export function atWindows(each: TownHouse, tile: Box, isSmall: boolean): { id: string; box: Box }[] {
  if (each.doing === 'bolted' || each.doing === 'ruin') return [];
  const { scale, foot } = cardSize(tile, isSmall);
  const window = (left: number): Box => ({
    x: tile.x + tile.w / 2 + left * scale,
    y: tile.y + foot - 64 * scale,
    w: 52 * scale,
    h: 52 * scale,
  });
  return [
    ...(each.parent ? [{ id: each.parent.id, box: window(-74) }] : []),
    ...(each.child ? [{ id: each.child.id, box: window(22) }] : []),
  ];
}

function walls(at: At): Piece[] {
  const wood = 'var(--wood)';
  return [
    { z: 1, paint: paint({ fill: 'rgb(0 0 0 / 0.16)' }), d: SHADOW.at(at) },
    { z: 2, paint: paint({ fill: 'var(--wall-shade)', stroke: wood, width: sized(1.2, at) }), d: BASE.at(at) },
    { z: 2.1, paint: paint({ fill: 'var(--wall)', stroke: wood, width: sized(1.6, at) }), d: WALL.at(at) },
    { z: 6, paint: paint({ stroke: wood, width: Math.max(0.9, sized(3.2, at)) }), d: WINDOWS.at(at) },
    { z: 6.1, paint: paint({ fill: 'var(--wood-light)', stroke: wood, width: sized(0.8, at) }), d: POSTS.at(at) },
    { z: 6.2, paint: paint({ fill: wood }), d: house.DOOR.frame.at(at) },
    { z: 7, paint: paint({ fill: 'var(--roof)', stroke: 'var(--roof-line)', width: sized(1.6, at) }), d: ROOF.at(at) },
    ...(at.scale >= 0.5
      ? [{ z: 7.1, paint: paint({ stroke: 'var(--roof-line)', width: sized(1.4, at), opacity: 0.8 }), d: house.TILES.at(at) }]
      : []),
    { z: 7.2, paint: paint({ fill: 'var(--roof-line)' }), d: RIDGE.at(at) },
  ];
}

function inside(each: TownHouse, at: At): Piece[] {
  const isLit = each.door === 'open' || each.door === 'bolted';
  const window = (x: number, scale: number): At => ({ x: at.x + x * at.scale, y: at.y - 12 * at.scale, scale: at.scale * scale });
  const isOut = each.doing === 'bolted';
  return [
    ...(isLit ? [{ z: 3, paint: paint({ fill: 'var(--glow)', opacity: 0.42 }), d: GLOW.at(at) }] : []),
    { z: 3.1, paint: paint({ fill: isLit ? 'var(--window-lit)' : 'var(--window-dark)' }), d: WINDOWS.at(at) },
    // Whoever is in the forest is not at the window.
    ...(each.parent && !isOut ? parentBust(each.parent, window(-WINDOW_SIDE, 1.02), 4) : []),
    ...(each.child && !isOut ? childBust(each.child, window(WINDOW_SIDE, 1.5), 4) : []),
    ...(each.doing === 'desk' && !each.child
      ? [{ z: 4, paint: paint({ fill: 'var(--wood-light)', stroke: 'var(--wood)', width: sized(1, at) }), d: DESK.at(at) }]
      : []),
    ...(isLit && !isOut ? [] : [{ z: 5, paint: paint({ stroke: 'var(--wood)', width: sized(1.6, at), opacity: 0.9 }), d: LATTICE.at(at) }]),
    ...door(each, at),
  ];
}

function door({ door: look, chalk }: TownHouse, at: At): Piece[] {
  const z = 6.3;
  const leaves = look === 'open' ? house.DOOR.open : house.DOOR.shut;
  return [
    ...(look === 'open' ? [{ z, paint: paint({ fill: '#ffdf8f' }), d: house.DOOR.inside.at(at) }] : []),
    {
      z: z + 0.1,
      paint: paint({ fill: 'var(--wood-light)', ...(look === 'open' ? { stroke: 'var(--wood)', width: sized(1, at) } : {}) }),
      d: leaves.at(at),
    },
    ...(look === 'closed' ? [{ z: z + 0.2, paint: paint({ fill: '#d8b25a' }), d: house.DOOR.knobs.at(at) }] : []),
    ...(look === 'locked'
      ? [
          { z: z + 0.2, paint: paint({ stroke: '#8e8a80', width: sized(3, at) }), d: house.LOCK.shackle.at(at) },
          { z: z + 0.3, paint: paint({ fill: '#d8a93a', stroke: '#7a5a14', width: sized(1.4, at) }), d: house.LOCK.body.at(at) },
          { z: z + 0.4, paint: paint({ fill: '#4b3910' }), d: house.LOCK.hole.at(at) },
        ]
      : []),
    ...(look === 'bolted'
      ? [
          { z: z + 0.2, paint: paint({ fill: '#5a6068', stroke: '#2d3238', width: sized(1.2, at) }), d: house.BOLT.bar.at(at) },
          { z: z + 0.3, paint: paint({ fill: '#c9ced4' }), d: house.BOLT.nails.at(at) },
        ]
      : []),
    ...(look === 'sealed'
      ? [
          { z: z + 0.2, paint: paint({ stroke: '#fdf6df', width: sized(9, at) }), d: house.SEAL.at(at) },
          {
            z: z + 0.3,
            paint: paint({ stroke: '#b5442e', width: sized(1.4, at), dash: `${sized(3, at)} ${sized(2, at)}` }),
            d: house.SEAL.at(at),
          },
          ...(at.scale > 0.6
            ? [{ z: z + 0.4, paint: paint({ fill: '#fff7dc', stroke: '#b5442e', width: sized(1.6, at) }), d: SEAL_SLIP.at(at) }]
            : []),
        ]
      : []),
    ...(chalk !== null ? [{ z: z + 0.5, paint: paint({ fill: '#2c3b36', stroke: '#8b6a3e', width: sized(3, at) }), d: SLATE.at(at) }] : []),
  ];
}

function inkOnSlate({ id, chalk }: TownHouse, at: At): Writing[] {
  if (chalk === null) return [];
  const size = Math.min(20, Math.max(13, 28 * at.scale));
  return [
    {
      key: `${id} slate`,
      x: at.x + 48 * at.scale,
      y: at.y - 35 * at.scale + size * 0.36,
      text: String(chalk),
      size,
      weight: 700,
      tone: 'chalk',
    },
  ];
}

function plaqueOf({ id }: TownHouse, at: At, { type }: CardSize): Drawing {
  const size = Math.max(13.5, Math.min(type * 1.1, 26 * at.scale));
  const w = textWidth(id, size) + size * 0.7;
  const y = at.y - 82 * at.scale;
  return {
    pieces: [
      {
        z: 8,
        paint: paint({ fill: 'var(--plate)', stroke: '#d8a93a', width: 1.2 }),
        d: board({ x: at.x - w / 2, y: y - size * 0.66, w, h: size * 1.28 }, 3),
      },
    ],
    writings: [{ key: `${id} plaque`, x: at.x, y: y + size * 0.34, text: id, size, weight: 700, tone: 'plate' }],
  };
}

function ruin({ id }: TownHouse, at: At, { type }: CardSize): Drawing {
  return {
    pieces: [{ z: 2, paint: paint({ fill: 'var(--wall-shade)', stroke: 'var(--wood)', width: sized(2, at) }), d: house.RUIN.at(at) }],
    writings: [{ key: `${id} plaque`, x: at.x, y: at.y + type * 1.22, text: id, size: type, tone: 'soft' }],
  };
}
