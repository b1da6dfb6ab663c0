/** The post station of a large village: how many wait there for a letter. Pure. */
import type { Language } from '../../../assets/words/index';
import { written } from '../glossary';
import { POST } from '../place-shapes';
import { textWidth } from '../scene-labels';
import type { At } from '../shape';
import { BOARD, LIT_BOARD, type Lit, typeOf } from './boards';
import { board, type Drawing } from './drawing';
import { paint } from './people';
import type { Areas } from './town-layout';

/** The post station, at the near end of the crèche's fence, while somebody has to do with it: how many wait there for a letter. */
export function post(areas: Areas, letters: number, language: Language, lit: Lit): Drawing {
  const { creche: box } = areas;
  const size = typeOf(areas, 13.5, 17);
  const name = written('post', 'sign')[language];
  const text = letters === 0 ? name : `${name} · ${letters}`;
  const h = size * 1.6;
  const at: At = { x: box.x + 8 + h * 0.5, y: box.y - 2 - size * 0.85 + h - 2, scale: h / 46 };
  const from = at.x + h * 0.5 + 3;
  return {
    pieces: [
      {
        z: 10,
        paint: lit('post') ? LIT_BOARD : BOARD,
        d: board({ x: box.x + 4, y: box.y - 2 - size * 0.85, w: from - box.x - 4 + textWidth(text, size) + size * 0.65, h }, 5),
      },
      { z: 10.1, paint: paint({ fill: 'var(--wall)', stroke: 'var(--wood)', width: 0.9 }), d: POST.wall.at(at) },
      { z: 10.2, paint: paint({ fill: 'var(--roof)', stroke: 'var(--roof-line)', width: 0.6 }), d: POST.roof.at(at) },
      { z: 10.3, paint: paint({ fill: '#b5442e' }), d: POST.letter.at(at) },
    ],
    writings: [{ key: 'post sign', x: from, y: box.y - 2 + size * 0.34, text, size, weight: 700, anchor: 'start' }],
  };
}
