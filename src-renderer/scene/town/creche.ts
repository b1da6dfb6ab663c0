/** The crèche's yard: who waits, for what and for whom, alone or in groups of those who wait for one thing. Pure. */
import type { GId } from '../../../src-main/contract/index';
import { KEY } from '../place-shapes';
import { textWidth } from '../scene-labels';
import type { At } from '../shape';
import { typeOf } from './boards';
import { type Drawing, fitting, type Piece, type Writing } from './drawing';
import { mat } from './furniture';
import { childFigure, keyPieces } from './people';
import type { Young } from './persons';
import type { Town } from './town';
import type { Areas } from './town-layout';
import { figureScaleIn, inLine, more, YARD_EDGE } from './yard-line';

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

export function creche(areas: Areas, { waiting }: Pick<Town, 'waiting'>): Drawing {
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
