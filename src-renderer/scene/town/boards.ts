/** The boards of a large village's common places: what each is called, and how many are there. Pure. */
import type { Language } from '../../../assets/words/index';
import { written } from '../glossary';
import { textWidth } from '../scene-labels';
import { board, type Drawing, fitting } from './drawing';
import { paint } from './people';
import type { Areas } from './town-layout';

export const BOARD = paint({ fill: 'var(--board)', stroke: 'var(--wood-light)', width: 1.6 });
export const LIT_BOARD = paint({ fill: 'var(--changed-bg)', stroke: 'var(--changed)', width: 2.6 });

/** What a step or a lesson points at, by id; the village's own places have ids as well. */
export type Lit = (id: string) => boolean;

export interface Signed {
  id: 'orphanage' | 'creche' | 'nursinghome' | 'forest' | 'keys' | 'lane';
  count: number;
}

/** The place's name and how many are there, as far as there is room. */
export function signText({ id, count }: Signed, size: number, language: Language, room: number): string {
  const name = written(id, 'sign')[language];
  const [first = name] = name.split(' ');
  const texts = count > 0 ? [`${name} · ${count}`, `${first} · ${count}`, `${first} ${count}`, String(count)] : [name, first];
  return fitting(texts, size, room - size * 1.3);
}

/** The board with a place's name and how many are there; `middle`: of its lower edge on the place's upper one, or of it all. */
export function sign(signed: Signed, at: { x: number; y: number }, size: number, language: Language, lit: Lit, room = Infinity): Drawing {
  const { id } = signed;
  const text = signText(signed, size, language, room);
  const w = textWidth(text, size) + size * 1.3;
  return {
    pieces: [{ z: 10, paint: lit(id) ? LIT_BOARD : BOARD, d: board({ x: at.x - w / 2, y: at.y - size * 0.85, w, h: size * 1.6 }, 5) }],
    writings: [{ key: `${id} sign`, x: at.x, y: at.y + size * 0.34, text, size, weight: 700 }],
  };
}

export const merged = (...drawings: readonly Drawing[]): Drawing => ({
  pieces: drawings.flatMap(({ pieces }) => pieces),
  writings: drawings.flatMap(({ writings }) => writings),
});

export const typeOf = ({ isHigh, height }: Areas, small: number, large: number): number =>
  isHigh ? Math.min(large, small + ((large - small) * Math.max(0, height - 340)) / 360) : small;
