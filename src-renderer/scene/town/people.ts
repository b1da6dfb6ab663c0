/** People in small: busts in windows, pairs in a crowd, heads on a bench. The shapes are those of the figures on the stage. Pure. */
import * as child from '../child-shapes';
import * as parent from '../parent-shapes';
import { LOCK_KEY } from '../place-shapes';
import { circle, Shape, sized, type At } from '../shape';
import type { Paint, Piece } from './drawing';
import type { Grown, Young } from './persons';

const SKIN_LINE = 'rgb(80 40 15 / 0.62)';
const ROBE_LINE = 'rgb(0 0 0 / 0.55)';

/** Ways of painting are few and kept: pieces that are painted alike have the same one. */
const paints = new Map<string, Paint>();

export function paint(all: Paint): Paint {
  const key = JSON.stringify(all);
  let known = paints.get(key);
  if (!known) paints.set(key, (known = all));
  return known;
}

/** Figures that stand as they stood: most do, from step to step. */
const kept = new Map<string, Piece[]>();
const MOST_KEPT = 4_000;

/** `key`: everything that the pieces depend on. */
function keptAs(key: string, make: () => Piece[]): Piece[] {
  let pieces = kept.get(key);
  if (pieces) return pieces;
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, (pieces = make()));
  return pieces;
}

const placeOf = ({ x, y, scale }: At, z: number): string => `${x} ${y} ${scale} ${z}`;
const lookOf = ({ robe, sash, strip, locks }: Young): string => `${robe} ${sash} ${strip} ${locks !== ''}`;

/** The drawing's own line widths, in a figure of this size. */
const line = (units: number, at: At): number => sized(units, at);

/** From PARENT_BUST_CUT upwards: `at` is where the robe is cut. */
export function parentBust({ robe }: Grown, at: At, z: number): Piece[] {
  return keptAs(`bust ${robe} ${placeOf(at, z)}`, () => {
    const from = { ...at, y: at.y - parent.PARENT_BUST_CUT * at.scale };
    const s = parent.PARENT_STANDING;
    return [
      { z, paint: paint({ fill: robe, stroke: ROBE_LINE, width: line(1, at) }), d: parent.PARENT_BUST_ROBE.at(from) },
      { z: z + 0.1, paint: paint({ stroke: '#fff', width: line(1.8, at), opacity: 0.85 }), d: s.collar.at(from) },
      { z: z + 0.2, paint: paint({ fill: 'var(--skin)', stroke: SKIN_LINE, width: line(1.1, at) }), d: s.head.at(from) },
      { z: z + 0.3, paint: paint({ fill: 'var(--hair)' }), d: parent.PARENT_HAIR_AND_EYES.at(from) },
      ...(at.scale > 0.35 ? [{ z: z + 0.3, paint: paint({ stroke: '#a0522d', width: line(1.2, at) }), d: s.mouth.at(from) }] : []),
    ];
  });
}

/** From CHILD_BUST_CUT upwards. */
export function childBust(who: Young, at: At, z: number): Piece[] {
  return keptAs(`child bust ${lookOf(who)} ${placeOf(at, z)}`, () => {
    const { robe, sash, strip } = who;
    const from = { ...at, y: at.y - child.CHILD_BUST_CUT * at.scale };
    const band = child.CHILD_BUST_SASH[sash];
    return [
      ...stripOf(strip, from, z - 0.1),
      { z, paint: paint({ fill: robe, stroke: ROBE_LINE, width: line(0.9, at) }), d: child.CHILD_BUST_ROBE.at(from) },
      sashPiece(band, from, z + 0.1),
      ...keyOf(who, from, z + 0.12),
      { z: z + 0.2, paint: paint({ fill: 'var(--skin)', stroke: SKIN_LINE, width: line(1.1, at) }), d: child.CHILD_HEAD.at(from) },
      { z: z + 0.3, paint: paint({ fill: 'var(--hair)' }), d: child.CHILD_HAIR_AND_EYES.at(from) },
      ...(at.scale > 0.7 ? [{ z: z + 0.3, paint: paint({ fill: '#e89a80', opacity: 0.7 }), d: child.CHILD_CHEEKS.at(from) }] : []),
    ];
  });
}

function sashPiece({ shape, isFilled }: child.SashShape, at: At, z: number): Piece {
  const white = 'rgb(255 255 255 / 0.85)';
  return { z, paint: paint(isFilled ? { fill: white } : { stroke: white, width: line(child.CHILD_SASH_WIDTH, at) }), d: shape.at(at) };
}

/** Whoever has a lock carries its key. */
function keyOf({ locks }: Young, at: At, z: number): Piece[] {
  return locks === '' ? [] : keyPieces(child.CHILD_KEY.at(at), 1, at, z);
}

/** A lock’s key. `width`: of its lines, as a multiple of those at a child’s side. */
export const keyPieces = (d: string, width: number, at: At, z: number): Piece[] => [
  { z, paint: paint({ stroke: LOCK_KEY.edge, width: line(4.4 * width, at) }), d },
  { z: z + 0.01, paint: paint({ stroke: LOCK_KEY.light, width: line(2.1 * width, at) }), d },
];

function stripOf(strip: Young['strip'], at: At, z: number): Piece[] {
  if (strip === null) return [];
  const mark: Piece =
    strip === 'yield'
      ? { z: z + 0.05, paint: paint({ stroke: '#fff', width: line(2.2, at) }), d: child.CHILD_ARROWS.at(at) }
      : { z: z + 0.05, paint: paint({ fill: '#fff' }), d: child.CHILD_ALARM.at(at) };
  return [{ z, paint: paint({ fill: '#e0261b', stroke: '#fff3d6', width: line(1.3, at) }), d: child.CHILD_STRIP.at(at) }, mark];
}

/** A whole child, standing, sitting or asleep; `at`: its feet. */
export function childFigure(who: Young, at: At, z: number, isAsleep = false): Piece[] {
  return keptAs(`child ${lookOf(who)} ${isAsleep} ${placeOf(at, z)}`, () => {
    const band = child.CHILD_SASH[who.sash];
    return [
      { z: z - 0.2, paint: paint({ fill: 'rgb(0 0 0 / 0.18)' }), d: child.CHILD_SHADOW.at(at) },
      ...stripOf(who.strip, at, z - 0.1),
      { z, paint: paint({ fill: who.robe, stroke: ROBE_LINE, width: line(0.9, at) }), d: child.CHILD_ROBE.at(at) },
      sashPiece(band, at, z + 0.1),
      ...keyOf(who, at, z + 0.12),
      { z: z + 0.2, paint: paint({ fill: 'var(--skin)', stroke: SKIN_LINE, width: line(0.8, at) }), d: child.CHILD_HEAD.at(at) },
      { z: z + 0.3, paint: paint({ fill: 'var(--hair)' }), d: (isAsleep ? child.CHILD_HAIR : child.CHILD_HAIR_AND_EYES).at(at) },
      ...(isAsleep
        ? [{ z: z + 0.3, paint: paint({ stroke: 'var(--hair)', width: line(1.2, at) }), d: child.CHILD_CLOSED_EYES.at(at) }]
        : at.scale > 0.7
          ? [{ z: z + 0.3, paint: paint({ fill: '#e89a80', opacity: 0.7 }), d: child.CHILD_CHEEKS.at(at) }]
          : []),
    ];
  });
}

/** A whole parent, standing; `isHunting`: with the bow. */
export function parentFigure({ robe }: Grown, at: At, z: number, isHunting: boolean): Piece[] {
  return keptAs(`parent ${robe} ${isHunting} ${placeOf(at, z)}`, () => {
    const s = parent.PARENT_STANDING;
    return [
      { z: z - 0.2, paint: paint({ fill: 'rgb(0 0 0 / 0.18)' }), d: s.shadow.at(at) },
      ...(isHunting ? [{ z: z - 0.1, paint: paint({ stroke: 'var(--wood)', width: line(2.6, at) }), d: parent.PARENT_BOW.at(at) }] : []),
      { z, paint: paint({ fill: '#3b342e' }), d: s.boots.at(at) },
      { z: z + 0.05, paint: paint({ fill: robe, stroke: ROBE_LINE, width: line(1, at) }), d: s.robe.at(at) },
      { z: z + 0.1, paint: paint({ stroke: '#fff', width: line(1.6, at), opacity: 0.85 }), d: s.collar.at(at) },
      { z: z + 0.1, paint: paint({ fill: 'rgb(0 0 0 / 0.28)' }), d: s.belt.at(at) },
      { z: z + 0.2, paint: paint({ fill: 'var(--skin)', stroke: SKIN_LINE, width: line(0.9, at) }), d: s.head.at(at) },
      { z: z + 0.3, paint: paint({ fill: 'var(--hair)' }), d: parent.PARENT_HAIR_AND_EYES.at(at) },
    ];
  });
}

export function watchmanFigure({ robe }: Grown, at: At, z: number, isDozing: boolean): Piece[] {
  return keptAs(`watchman ${robe} ${isDozing} ${placeOf(at, z)}`, () => {
    const s = parent.PARENT_STANDING;
    const l = parent.PARENT_LANTERN;
    return [
      { z: z - 0.2, paint: paint({ fill: 'rgb(0 0 0 / 0.18)' }), d: s.shadow.at(at) },
      { z, paint: paint({ fill: '#3b342e' }), d: s.boots.at(at) },
      { z: z + 0.05, paint: paint({ fill: robe, stroke: ROBE_LINE, width: line(1, at) }), d: s.robe.at(at) },
      { z: z + 0.1, paint: paint({ stroke: '#fff', width: line(1.6, at), opacity: 0.85 }), d: s.collar.at(at) },
      { z: z + 0.2, paint: paint({ fill: 'var(--skin)', stroke: SKIN_LINE, width: line(0.9, at) }), d: s.head.at(at) },
      { z: z + 0.25, paint: paint({ fill: '#6e5a35', stroke: '#463717', width: line(1, at) }), d: parent.PARENT_HAT.at(at) },
      isDozing
        ? { z: z + 0.3, paint: paint({ stroke: 'var(--hair)', width: line(1.4, at) }), d: s.closedEyes.at(at) }
        : { z: z + 0.3, paint: paint({ fill: 'var(--hair)' }), d: parent.PARENT_EYES_ALONE.at(at) },
      { z: z + 0.3, paint: paint({ stroke: 'var(--wood)', width: line(2, at) }), d: l.pole.at(at) },
      { z: z + 0.3, paint: paint({ fill: 'var(--glow)', opacity: isDozing ? 0.15 : 0.55 }), d: l.glow.at(at) },
      {
        z: z + 0.35,
        paint: paint({ fill: isDozing ? '#8a6f3a' : '#ffb84a', stroke: '#8d2d1c', width: line(1.6, at) }),
        d: l.body.at(at),
      },
    ];
  });
}

export function sleeperFigure({ robe }: Grown, at: At, z: number): Piece[] {
  return keptAs(`sleeper ${robe} ${placeOf(at, z)}`, () => {
    const s = parent.PARENT_LYING;
    return [
      { z, paint: paint({ fill: robe, stroke: ROBE_LINE, width: line(0.9, at) }), d: s.robe.at(at) },
      { z: z + 0.1, paint: paint({ fill: 'var(--skin)', stroke: SKIN_LINE, width: line(0.8, at) }), d: s.head.at(at) },
      { z: z + 0.2, paint: paint({ fill: 'var(--hair)' }), d: s.hair.at(at) },
      { z: z + 0.2, paint: paint({ stroke: 'var(--hair)', width: line(1.4, at) }), d: s.eye.at(at) },
    ];
  });
}

const HEAD = new Shape(circle(0, 0, 5.4));
const BUNS = new Shape(circle(-3.35, -4.3, 1.84), circle(3.35, -4.3, 1.84));

/** Only that there is a child, and whose robe: heads bear no sash. `at`: the middle of the head. */
export function benchHead({ robe }: Young, at: At, z: number): Piece[] {
  return [
    { z, paint: paint({ fill: robe, stroke: ROBE_LINE, width: line(0.9, at) }), d: HEAD.at(at) },
    { z: z + 0.1, paint: paint({ fill: 'var(--hair)' }), d: BUNS.at(at) },
  ];
}
