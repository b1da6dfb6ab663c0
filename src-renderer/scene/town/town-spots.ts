/** Where people and things of a large village are drawn: whoever is named there can be pointed at by the name and what stands above or beside it. Pure. */
import type { Box } from '../scene-layout';
import type { ThingSpot } from '../spots';
import { boxOfWriting, type Drawing, type Writing } from './drawing';

/** Boards of the village's own places. */
const SIGNS: Readonly<Record<string, string>> = { orphanage: 'sched.runq', nursinghome: 'sched.midle', keys: 'sched.pidle' };
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

/** In the order in which they are drawn. */
export function spotsOfDrawings(drawings: readonly Drawing[]): ThingSpot[] {
  return drawings.flatMap(({ writings }) =>
    writings.flatMap((writing): ThingSpot[] => {
      const path = pathOf(writing.key);
      return path === null ? [] : [{ path, box: boxOf(writing) }];
    }),
  );
}
