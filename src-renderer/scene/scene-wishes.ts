/** The labels that a plan's figures wish for, and what these keep clear of. Pure. */
import type { Language } from '../../assets/words/index';
import { filled } from './glossary';
import {
  benchLine,
  CHILD,
  type ChildFigure,
  HAND,
  type HouseFigure,
  moreAt,
  PARENT,
  type ParentFigure,
  type Plan,
  plaqueSize,
} from './scene-figures';
import { labelWidth, type LabelText, type LabelWish, textWidth } from './scene-labels';
import type { Box, Spot } from './scene-layout';

const moreBox = (each: HouseFigure, bench: number): Box => ({
  x: moreAt(each, each.bench - each.hidden),
  y: bench - 18,
  w: textWidth(`+${each.hidden}`),
  h: 20,
});

/** So far before the first tree the forest begins, units. */
const FOREST_EDGE = 30;

/** What labels keep clear of. */
export function obstacles(plan: Plan): Box[] {
  const around = ({ x, y }: Spot, w: number, h: number): Box => ({ x: x - w / 2, y: y - h / 2, w, h });
  return [
    ...plan.signs.map((sign) => around(sign, sign.w, sign.h)),
    ...plan.houses.flatMap((each) => {
      const size = plaqueSize(each.scale);
      return [
        around({ x: each.x, y: each.y - 66 * each.scale }, textWidth(each.plaque, size) + 16, size * 1.35),
        around(
          { x: each.plate.x, y: each.plate.y + (each.chalk === null ? 0 : 14) },
          42 * each.plate.scale,
          (each.chalk === null ? 38 : 66) * each.plate.scale,
        ),
        ...(each.timers > 0 ? [around({ x: each.x - 92 * each.scale, y: each.y - 5 * each.scale }, 30 * each.scale, 44 * each.scale)] : []),
        ...(each.hidden > 0 ? [moreBox(each, benchLine(plan.places, each))] : []),
      ];
    }),
  ];
}

/** Whom no label of another's lies on: from the hair to the feet. */
export function figureBoxes(plan: Plan): (Box & { of: string })[] {
  return [
    ...plan.parents.map((each) => {
      const isLying = each.pose === 'asleep';
      return {
        of: each.id,
        x: each.x - 15 * each.scale,
        y: each.y - (isLying ? 26 : PARENT.height) * each.scale,
        w: 30 * each.scale,
        h: (isLying ? 26 : PARENT.height) * each.scale,
      };
    }),
    ...plan.children.map((each) => ({
      of: each.id,
      x: each.x - CHILD.half * each.scale,
      y: each.y - CHILD.height * each.scale,
      w: 2 * CHILD.half * each.scale,
      h: CHILD.height * each.scale,
    })),
  ];
}

/** Labels in the order in which they may choose: parents, children in somebody's care, and then those who wait. */
export function wishes(plan: Plan, language: Language): LabelWish[] {
  const kept = (what: string, who: string): string => filled('lockkey', 'card', { what, who }, language);
  const held = plan.children.filter((each) => each.pose === 'raised' || each.pose === 'hunting');
  const ofParent = (each: ParentFigure): LabelWish[] => {
    if (each.scale < 0.3) return [];
    const size = {
      of: each.id,
      at: each,
      height: (each.pose === 'asleep' ? 30 : PARENT.height) * each.scale,
      half: PARENT.half * each.scale,
    };
    const hasChild = held.some((child) => child.y === each.y + 1 && child.x > each.x && child.x - each.x < HAND * each.scale + 1);
    const wish: LabelWish = {
      ...size,
      kind: 'name',
      variants: [
        { text: each.name, id: each.id },
        { text: '', id: each.id },
      ],
    };
    // Long names begin in the yard, too: a label that lies over its fence seems to be somebody else's.
    if (each.pose === 'asleep') return [{ ...wish, within: plan.places.nursing }];
    return [hasChild ? { ...wish, lean: { to: -1, room: (HAND / 2) * each.scale - 1 } } : wish];
  };
  const slipOf = (each: ParentFigure): LabelWish[] => {
    if (each.address === null) return [];
    const [where = '', number = ''] = each.address.split(' · ');
    const id = plan.houses.find(({ name }) => name === where)?.id ?? where.slice(0, 5);
    const { forest } = plan.places;
    return [
      {
        kind: 'slip',
        // Over the fence of the yard beside the forest it seems to be somebody's there.
        ...(each.x >= forest ? { within: { x: forest - FOREST_EDGE, y: 0, w: plan.width - forest + FOREST_EDGE, h: plan.height } } : {}),
        of: each.id,
        at: each,
        height: PARENT.height * each.scale,
        half: PARENT.half * each.scale,
        variants: [
          { text: each.address, id: '' },
          { text: `${id} · ${number}`, id: '' },
        ],
      },
    ];
  };
  const ofChild = (each: ChildFigure, variants: LabelText[]): LabelWish => ({
    kind: 'name',
    of: each.id,
    at: each,
    height: CHILD.height * each.scale,
    half: CHILD.half * each.scale,
    variants,
  });
  const rest = plan.children.filter((each) => !held.includes(each));
  // Long reasons of some push the names of others aside: of three and more the crèche's board tells them.
  const isToldOnBoard =
    plan.signs.some(({ id, text }) => id === 'creche' && text.includes('(')) && rest.filter(({ reason }) => reason !== '').length > 2;
  // Where many sit close together all of them go by their numbers.
  const isTight = (each: ChildFigure): boolean => {
    // Measured once for each child, not once for each pair: text is slow to measure.
    const room = labelWidth({ text: each.name, id: each.id }) - 8;
    return rest.some((other) => other !== each && other.y === each.y && Math.abs(other.x - each.x) < room);
  };
  return [
    ...plan.parents.flatMap(ofParent),
    ...held.map((each): LabelWish => ({
      ...ofChild(each, [
        { text: each.name, id: each.id },
        { text: '', id: each.id },
      ]),
      lean: { to: 1, room: (HAND / 2) * each.scale - 1 },
    })),
    ...plan.parents.flatMap(slipOf),
    ...rest.map((each) => {
      const short = { text: '', id: each.id };
      if (isTight(each)) return { ...ofChild(each, [short]), isInRow: true };
      const wish = ofChild(each, [{ text: each.name, id: each.id }, short]);
      if (each.reason === '' || isToldOnBoard) return wish;
      const why = `${each.id} · ${each.reason}`;
      const { keeper } = each;
      const named = keeper ? kept(why, `${keeper.name} ${keeper.id}`) : '';
      const whose = keeper ? [{ text: each.name, id: named }, ...[named, kept(why, keeper.id)].map((id) => ({ text: '', id }))] : [];
      // What they wait for says more than their name.
      return {
        ...wish,
        within: plan.places.creche,
        variants: [...whose, { text: each.name, id: why }, { text: '', id: why }, ...wish.variants],
      };
    }),
  ];
}
