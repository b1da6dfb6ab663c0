/** How an event's banner, or its slip on a cord, lies in the room that is left for it in the sky. Pure. */
import type { EventLook, EventText } from './events';
import type { Plan } from './scene-figures';
import { textWidth, wrapped } from './scene-labels';
import type { Box } from './scene-layout';

/** Units. */
/** 13 px in a window of 1366 × 768, whose type the units are. */
export const LEAST_BANNER_TYPE = 14.5;
const MOST = { banner: 30, note: 16, slip: 20 };
const LEAST_HEIGHT = 36;
const MOST_HEIGHT = 84;
/** From here on what is said goes on in further lines. */
const TALL = 120;
const LINE = 1.35;
/** From here on there is a line below the headline. */
const TWO_LINES = 56;
/** Beside the cloth's text, and from the cloth to the poles. */
const MARGIN = 20;
const POLE = 16;
/** From a headline to the note beside it. */
const APART = 16;

export interface BannerLine {
  text: string;
  size: number;
  /** Its middle, and its baseline. */
  x: number;
  y: number;
  isHeadline: boolean;
}

export interface BannerPlan {
  /** The cloth, or the slip. */
  cloth: Box;
  lines: BannerLine[];
}

/** The sky above the houses, right of the keys and left of the forest. */
export function bannerRoom({ houses, places }: Pick<Plan, 'houses' | 'places'>): Box {
  const x = 112;
  const roofs = Math.min(...houses.map((each) => each.y - 112 * each.scale));
  const h = Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, roofs - 10));
  return { x, y: 6, w: places.width * 0.775 - x, h };
}

/** As much of a text as has room, and how large: in full down to the least size, then cut. */
function fitted(text: string, most: number, room: number): { text: string; size: number } {
  const wide = textWidth(text, 1);
  const size = Math.min(most, room / Math.max(wide, 1));
  if (size >= LEAST_BANNER_TYPE) return { text, size: Math.floor(size * 4) / 4 };
  let cut = [...text];
  while (cut.length > 1 && textWidth(`${cut.join('')}…`, LEAST_BANNER_TYPE) > room) cut = cut.slice(0, -1);
  return { text: `${cut.join('').trimEnd()}…`, size: LEAST_BANNER_TYPE };
}

export function bannerPlan({ headline, note }: EventText, look: EventLook, room: Box): BannerPlan {
  const middle = room.x + room.w / 2;
  if (look === 'slip') {
    const { text, size } = fitted(headline, Math.min(MOST.slip, room.h * 0.5), room.w - 2 * MARGIN);
    const [w, h] = [textWidth(text, size) + 24, size * 1.5];
    // Below its cord, as low as there is room.
    const y = room.y + Math.max(8, Math.min(room.h - h, room.h * 0.45));
    return { cloth: { x: middle - w / 2, y, w, h }, lines: [{ text, size, x: middle, y: y + size * 1.1, isHeadline: true }] };
  }
  const within = room.w - 2 * (MARGIN + POLE);
  if (room.h > TALL) return tallBanner({ headline, note }, room);
  const isHigh = room.h >= TWO_LINES;
  const first = fitted(headline, Math.min(MOST.banner, room.h * (isHigh && note !== '' ? 0.42 : 0.56)), within);
  const wide = textWidth(first.text, first.size);
  const clothOf = (text: number): Box => ({ x: middle - text / 2 - MARGIN, y: room.y + 5, w: text + 2 * MARGIN, h: room.h - 5 });
  const centre = room.y + 5 + (room.h - 5) / 2;
  if (note !== '' && isHigh) {
    const second = fitted(note, Math.min(MOST.note, room.h * 0.24), within);
    return {
      cloth: clothOf(Math.max(wide, textWidth(second.text, second.size))),
      lines: [
        { ...first, x: middle, y: centre - 1, isHeadline: true },
        { ...second, x: middle, y: centre + second.size * 1.35, isHeadline: false },
      ],
    };
  }
  const y = centre + first.size * 0.36;
  // Where there is no room below, the note stands beside the headline, whole or not at all.
  const beside = note === '' ? 0 : APART + textWidth(note, LEAST_BANNER_TYPE);
  if (beside === 0 || wide + beside > within) return { cloth: clothOf(wide), lines: [{ ...first, x: middle, y, isHeadline: true }] };
  const from = middle - (wide + beside) / 2;
  return {
    cloth: clothOf(wide + beside),
    lines: [
      { ...first, x: from + wide / 2, y, isHeadline: true },
      { text: note, size: LEAST_BANNER_TYPE, x: from + wide + (APART + beside) / 2, y: y - 0.6, isHeadline: false },
    ],
  };
}

/** In a high and narrow room: in as many lines as it takes, as large as they find room. */
function tallBanner({ headline, note }: EventText, room: Box): BannerPlan {
  const inside = room.w - 2 * POLE - 24;
  const middle = room.x + room.w / 2;
  const cloth = { x: room.x + POLE + 2, y: room.y + 2, w: room.w - 2 * POLE - 4, h: room.h - 10 };
  for (let size = MOST.banner; ; size -= 0.5) {
    const small = Math.max(LEAST_BANNER_TYPE, Math.min(MOST.note, size));
    const first = wrapped(headline, inside, size);
    const second = note === '' ? [] : wrapped(note, inside, small);
    const high = first.length * size * LINE + second.length * small * LINE + (second.length > 0 ? size * 0.4 : 0);
    const isWide = [...first.map((text) => textWidth(text, size)), ...second.map((text) => textWidth(text, small))].some((w) => w > inside);
    if ((high > cloth.h - 16 || isWide) && size > LEAST_BANNER_TYPE) continue;
    let y = cloth.y + (cloth.h - high) / 2;
    const said = (text: string, of: number, isHeadline: boolean): BannerLine => ({
      text,
      size: of,
      x: middle,
      y: (y += of * LINE) - of * 0.3,
      isHeadline,
    });
    const lines = first.map((text) => said(text, size, true));
    y += size * 0.4;
    return { cloth, lines: [...lines, ...second.map((text) => said(text, small, false))] };
  }
}
