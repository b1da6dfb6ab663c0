/** Where each thing of the village is drawn, for whoever points at it or looks for it. Pure. */
import { benchLine, CHILD, PARENT, type Plan } from './scene-figures';
import type { Box } from './scene-layout';

/** A thing's place in the state, and the box that it is drawn in. */
export interface ThingSpot {
  path: string;
  box: Box;
}

/** Nobody aims better than this, px. */
export const LEAST_TARGET_PX = 24;

/** Of a standing figure's feet. */
const standing = (x: number, y: number, scale: number, { height, half }: { height: number; half: number }): Box => ({
  x: x - half * scale,
  y: y - height * scale,
  w: 2 * half * scale,
  h: (height + 4) * scale,
});
const LYING = { half: 27, height: 30 };
const HALF_ROOF = 94;
const RIDGE = 112;

/** Of the stage: whatever is drawn later, and so lies in front, comes later. */
export function spotsOf(plan: Plan): ThingSpot[] {
  const { places } = plan;
  const sign = (id: string): Box[] => {
    const found = plan.signs.find((each) => each.id === id);
    return found ? [{ x: found.x - found.w / 2, y: found.y - found.h / 2, w: found.w, h: found.h }] : [];
  };
  return [
    { path: 'sched.runq', box: places.orphanage },
    { path: 'sched.midle', box: places.nursing },
    ...sign('keys').map((box) => ({ path: 'sched.pidle', box })),
    ...sign('post').map((box) => ({ path: 'poll', box: { ...box, h: places.post.y - box.y } })),
    ...plan.houses.flatMap(({ id, x, y, scale, bench, timers, plate }): ThingSpot[] => [
      { path: `P.${id}`, box: { x: x - HALF_ROOF * scale, y: y - RIDGE * scale, w: 2 * HALF_ROOF * scale, h: RIDGE * scale } },
      ...(bench > 0
        ? [
            {
              path: `P.${id}.runq`,
              box: { x: x - HALF_ROOF * scale, y: benchLine(places, { y, scale }) - 14 * scale, w: 2 * HALF_ROOF * scale, h: 24 * scale },
            },
          ]
        : []),
      ...(timers > 0 ? [{ path: `P.${id}.timers`, box: { x: x - 106 * scale, y: y - 30 * scale, w: 28 * scale, h: 46 * scale } }] : []),
      {
        path: `P.${id}.syscalltick`,
        box: { x: plate.x - 20 * plate.scale, y: plate.y - 20 * plate.scale, w: 40 * plate.scale, h: 40 * plate.scale },
      },
    ]),
    ...[...plan.parents]
      .sort((a, b) => a.y - b.y)
      .map(({ id, x, y, scale, pose }) => ({ path: `M.${id}`, box: standing(x, y, scale, pose === 'asleep' ? LYING : PARENT) })),
    ...plan.children.map(({ id, x, y, scale }) => ({ path: `G.${id}`, box: standing(x, y, scale, CHILD) })),
  ];
}

/** Whoever bears the name at a point: names lie in front of all figures. */
export function labelledAt(
  labels: readonly { of: string; x: number; y: number; w: number; h: number }[],
  spots: readonly ThingSpot[],
  x: number,
  y: number,
): ThingSpot | null {
  const label = labels.findLast((each) => Math.abs(x - each.x) <= each.w / 2 && Math.abs(y - each.y) <= each.h / 2);
  return label ? (spotOf(spots, `${label.of.charAt(0)}.${label.of}`) ?? null) : null;
}

/** What lies at a point: whatever is in front; else what is missed by so little that nobody aims better. `least`: a target's size. */
export function spotAt(spots: readonly ThingSpot[], x: number, y: number, least: number): ThingSpot | null {
  const off = ({ box }: ThingSpot): number =>
    Math.hypot(Math.max(box.x - x, 0, x - box.x - box.w), Math.max(box.y - y, 0, y - box.y - box.h));
  const hit = spots.findLast((each) => off(each) === 0);
  // A small figure in a yard is meant, not the yard.
  const isSmall = ({ box }: ThingSpot): boolean => box.w < least || box.h < least;
  const near = spots.filter((each) => isSmall(each) && off(each) <= (least - Math.min(each.box.w, each.box.h)) / 2);
  if (hit && (near.length === 0 || isSmall(hit))) return hit;
  return near.sort((a, b) => off(a) - off(b))[0] ?? hit ?? null;
}

/** The box in which a thing is drawn; of what lies inside of a thing its own. */
export function spotOf(spots: readonly ThingSpot[], path: string): ThingSpot | null {
  const own = spots.find((each) => each.path === path);
  return own ?? spots.find((each) => path.startsWith(`${each.path}.`)) ?? null;
}
