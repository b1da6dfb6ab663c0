/** Where people and things of a large village are drawn: whoever is named there can be pointed at by the name and what stands above or beside it. Pure. */
import type { Language } from '../../../assets/words/index';
import { CHILD, PARENT } from '../scene-figures';
import { textWidth } from '../scene-labels';
import type { Box } from '../scene-layout';
import type { ThingSpot } from '../spots';
import type { Seen } from './camera';
import { atWindows } from './card';
import { type CloseUp, NAMES } from './close-up';
import { boxOfWriting, type Drawing, type Writing } from './drawing';
import type { TownHouse } from './town';
import { saidOf } from './town-words';

/** Boards of the village's own places. */
const SIGNS: Readonly<Record<string, string>> = { orphanage: 'sched.runq', nursinghome: 'sched.midle', keys: 'sched.pidle', post: 'poll' };
/** What is waited for, as the crèche's labels name it. */
const THINGS: Readonly<Record<string, string>> = { chan: 'chan', lock: 'mutex', wg: 'waitgroup', cond: 'cond' };
/** Of a name below a figure so much above it is the figure, of the letters' size; of one in a row so much before it. */
const FIGURE = 3.2;
const BUST = 3.4;

function pathOf(key: string): string | null {
  const [first = '', second = '', third] = key.split(' ');
  if (/^[GMP]\d+$/.test(first)) return `${first.charAt(0)}.${first}`;
  if (second === 'sign') return SIGNS[first] ?? null;
  return third === 'waits' && THINGS[first] !== undefined ? `${THINGS[first]}.${second}` : null;
}

function boxOf(writing: Writing): Box {
  const { x, y, w, h } = boxOfWriting(writing);
  const { size } = writing;
  if (/ (orphan|bed|waits|watch)$/.test(writing.key)) return { x, y: y - FIGURE * size, w, h: h + FIGURE * size };
  if (/ (who|lane)$/.test(writing.key)) return { x: x - BUST * size, y: y - 0.3 * size, w: w + BUST * size, h: h + 0.6 * size };
  return { x: x - 4, y: y - 0.3 * size, w: w + 8, h: h + 0.6 * size };
}

/** Names of people in a text, each with its part of the box that the text lies in. */
export function spotsInText({ x, y, w, h }: Box, text: string, size: number): ThingSpot[] {
  const whole = textWidth(text, size);
  return [...text.matchAll(/[GM]\d+/g)].map(({ 0: id, index }) => {
    const from = textWidth(text.slice(0, index), size);
    return {
      path: `${id.charAt(0)}.${id}`,
      box: { x: x + (from / whole) * w - 2, y: y - 3, w: (textWidth(id, size) / whole) * w + 4, h: h + 6 },
    };
  });
}

/** Who is named below the houses of a card or a map, and looks out of a card's windows. */
export function spotsOfTiles(drawings: readonly Drawing[]): ThingSpot[] {
  return drawings.flatMap(({ writings }) =>
    writings.flatMap((writing) =>
      /^P\d+ (who|queue)$/.test(writing.key) ? spotsInText(boxOfWriting(writing), writing.text, writing.size) : [],
    ),
  );
}

/** Whoever is drawn at the houses that the camera sees, in the houses' units. `nears`: the houses before which figures stand. */
export function spotsOfHouses(
  { level, tiles }: Seen,
  houses: readonly TownHouse[],
  drawn: readonly Drawing[],
  nears: readonly { house: TownHouse; near: CloseUp }[],
  language: Language,
): ThingSpot[] {
  const hasWindows = level === 'card' || level === 'small';
  return [
    ...(hasWindows ? tiles : []).flatMap(({ index, box }) => {
      const house = houses[index];
      const faces = house ? atWindows(house, box, level === 'small') : [];
      return faces.map((each) => ({ path: `${each.id.charAt(0)}.${each.id}`, box: each.box }));
    }),
    ...spotsOfTiles(drawn),
    ...nears.flatMap(({ house, near }) =>
      spotsOfNear(near, { text: saidOf(house, language), x: near.label.x, y: near.label.y + NEAR_TEXT.below, size: NEAR_TEXT.size }),
    ),
  ];
}

/** What is said below a house that is drawn large: its size, and how far below the label, units. */
export const NEAR_TEXT = { size: 15, below: 17 };

/** A house drawn large: itself, its people, and who is named below them. `said`: where, and in which size. */
export function spotsOfNear(
  { house, parents, children, names }: CloseUp,
  said: { text: string; x: number; y: number; size: number } | null,
): ThingSpot[] {
  const figure = (
    path: string,
    at: { x: number; y: number; scale: number },
    { height, half }: { height: number; half: number },
  ): ThingSpot => ({
    path,
    box: { x: at.x - half * at.scale, y: at.y - height * at.scale, w: 2 * half * at.scale, h: (height + 4) * at.scale },
  });
  const { plate } = house;
  return [
    {
      path: `P.${house.id}.syscalltick`,
      box: { x: plate.x - 19 * plate.scale, y: plate.y - 18 * plate.scale, w: 38 * plate.scale, h: 36 * plate.scale },
    },
    ...parents.map((each) => figure(`M.${each.id}`, each, PARENT)),
    ...children.map((each) => figure(`G.${each.id}`, each, CHILD)),
    ...names.flatMap(({ x, y, text, anchor }) =>
      spotsInText(boxOfWriting({ key: '', x, y, text, size: NAMES.size, ...(anchor === 'start' ? { anchor } : {}) }), text, NAMES.size),
    ),
    ...(said === null ? [] : spotsInText(boxOfWriting({ key: '', ...said }), said.text, said.size)),
  ];
}

/** In the order in which they are drawn. */
export function spotsOfDrawings(drawings: readonly Drawing[]): ThingSpot[] {
  return drawings.flatMap(({ writings }) =>
    writings.flatMap((writing): ThingSpot[] => {
      if (/^forest (crowd|names)$/.test(writing.key)) return spotsInText(boxOfWriting(writing), writing.text, writing.size);
      const path = pathOf(writing.key);
      const who =
        / waits$/.test(writing.key) && path?.startsWith('G.') !== true
          ? spotsInText(boxOfWriting(writing), writing.text, writing.size)
          : [];
      return path === null ? who : [{ path, box: boxOf(writing) }, ...who];
    }),
  );
}
