/** What is written below a house that is drawn as a card: who is in it or where they are, its plate, its bench and how many wait. Pure. */
import type { Language } from '../../../assets/words/index';
import { written } from '../glossary';
import { textWidth } from '../scene-labels';
import type { Box } from '../scene-layout';
import type { At } from '../shape';
import { board, type Drawing, fitting, namesFitting, type Piece, type Writing } from './drawing';
import { benchHead, paint } from './people';
import { BENCH_HEADS, type TownHouse } from './town';

interface Type {
  /** Size of the letters, units. */
  type: number;
}

/** Who is in it, or where its people are, in as many words as there is room for. */
export function saysOfHouse(each: TownHouse, language: Language): string[] {
  const word = (id: string): string => written(id, 'card')[language];
  const heir = each.heir ?? each.called;
  const on = heir ? [`${heir.id} → ${each.id}`, `${heir.id} →`] : [];
  switch (each.doing) {
    case 'home':
      return each.child ? [`${each.parent?.id ?? ''} · ${each.child.id}`, each.child.id] : [each.parent?.id ?? ''];
    case 'desk':
      return each.child
        ? [
            `${each.parent?.id ?? ''} ${word('parent.desk')} · ${each.child.id}`,
            `${each.parent?.id ?? ''} · ${each.child.id}`,
            each.child.id,
          ]
        : [`${each.parent?.id ?? ''} ${word('parent.desk')}`, word('parent.desk')];
    case 'threshold':
      return [`${each.away?.id ?? ''} ${word('threshold')}`, each.away?.id ?? ''];
    case 'roaming':
      return [`${each.parent?.id ?? ''} ${word('parent.roaming')}`, word('parent.roaming'), each.parent?.id ?? ''];
    case 'bolted':
    case 'locked': {
      const out = each.doing === 'bolted' ? each.parent : each.away;
      const child = each.doing === 'bolted' && each.child ? ` · ${each.child.id}` : '';
      return out ? [`↗ ${out.id}${child}`, `↗${out.id}`] : [word('door.locked')];
    }
    case 'sealed':
      return [word('door.sealed')];
    case 'empty':
      return on.length > 0 ? on : [word('door.closed')];
    case 'ruin':
      return [word('door.ruin')];
  }
}

/** Two lines: plate and people; the bench and its count. */
export function cardLines(each: TownHouse, tile: Box, at: At, { type }: Type, language: Language): Drawing {
  const pieces: Piece[] = [];
  const writings: Writing[] = [];
  const left = tile.x + 5;
  const right = tile.x + tile.w - 5;
  const textY = at.y + type * 1.38;
  const hasPlate = tile.w >= 140 && each.stay !== null;
  let from = left;
  if (hasPlate) {
    const size = Math.max(13, type * 0.94);
    const text = `№${each.stay}`;
    const w = textWidth(text, size) + size * 0.4;
    from += w + 4;
    pieces.push({
      z: 8,
      paint: paint({ fill: 'var(--panel)', stroke: 'var(--plate)', width: 1.3 }),
      d: board({ x: left, y: textY - size * 1.02, w, h: size * 1.32 }, 3),
    });
    writings.push({ key: `${each.id} stay`, x: left + w / 2, y: textY, text, size, weight: 700, tone: 'stay' });
  }
  const said = fitting(saysOfHouse(each, language), type, right - from);
  writings.push({ key: `${each.id} who`, x: (from + right) / 2, y: textY, text: said, size: type, weight: 600 });
  const bench = benchLine(each, { x: left, y: textY + type * 1.25, w: right - left }, type);
  return { pieces: [...pieces, ...bench.pieces], writings: [...writings, ...bench.writings] };
}

/** Of a recorded run who waits where is worked out. */
const ASSUMED_BENCH = paint({ fill: 'none', stroke: 'var(--wood)', width: 1.4, dash: '5 3' });

/** The seat, the heads on it, and how many there are. `line`: where the seat lies. */
function benchLine(each: TownHouse, line: { x: number; y: number; w: number }, type: number): Drawing {
  const isUsed = each.bench > 0;
  const count = String(each.bench);
  const room = line.w - (isUsed ? textWidth(count, type) + 8 : 0);
  const scale = type / 17;
  const pitch = Math.min(13.4 * scale, room / 8.4);
  const isNamed = line.w >= NAMED_FROM && each.bench > 0;
  const most = isNamed ? HEADS_WITH_NAMES : BENCH_HEADS;
  const heads = each.heads.slice(0, Math.max(0, Math.min(most, Math.floor(room / (10.5 * scale)))));
  const queue = { x: line.x + 7 * scale + heads.length * pitch, size: Math.max(13, type * 0.85) };
  const ids = each.heads.map(({ id }) => id);
  const named = isNamed ? namesFitting(ids, each.bench, queue.size, line.x + room - queue.x) : '';
  return {
    pieces: [
      {
        z: 8,
        paint:
          each.stay === null
            ? ASSUMED_BENCH
            : isUsed
              ? paint({ fill: 'var(--wood-light)', stroke: 'var(--wood)', width: 1 })
              : paint({ fill: 'var(--wood-light)', opacity: 0.55 }),
        d: board({ x: line.x, y: line.y, w: room, h: 4.4 * scale }, 2),
      },
      ...heads.flatMap((head, i) => benchHead(head, { x: line.x + 7 * scale + i * pitch, y: line.y - 5.2 * scale, scale }, 9)),
    ],
    writings: [
      ...(named === ''
        ? []
        : [{ key: `${each.id} queue`, x: queue.x, y: line.y - 2.5, text: named, size: queue.size, anchor: 'start' as const }]),
      ...(isUsed
        ? [
            {
              key: `${each.id} bench`,
              x: line.x + line.w,
              y: line.y + type * 0.3,
              text: count,
              size: type,
              weight: 700 as const,
              anchor: 'end' as const,
            },
          ]
        : []),
    ],
  };
}

/** From this width on the first on the bench are named, behind so many heads. */
const NAMED_FROM = 130;
const HEADS_WITH_NAMES = 3;

/** One line: who, and how many wait. */
export function smallLines(each: TownHouse, tile: Box, at: At, { type }: Type, language: Language): Drawing {
  const y = at.y + type * 1.22;
  const left = tile.x + 3;
  const right = tile.x + tile.w - 3;
  const count = each.bench > 0 ? String(each.bench) : '';
  const countRoom = count === '' ? 0 : textWidth(count, type) + 4;
  const all = each.doing === 'home' && each.child ? [each.child.id] : saysOfHouse(each, language);
  const said = fitting([...all, (all.at(-1) ?? '').slice(0, 3)], type, right - left - countRoom);
  const from = left + textWidth(said, type) + 6;
  const scale = type / 17;
  const heads = each.heads.slice(0, Math.min(4, Math.max(0, Math.floor((right - countRoom - from) / (10 * scale)))));
  const start = right - countRoom - heads.length * 10 * scale;
  return {
    pieces: [
      ...(count === ''
        ? []
        : [
            {
              z: 8,
              paint: paint({ fill: 'var(--wood-light)', stroke: 'var(--wood)', width: 0.8 }),
              d: board({ x: start - 2, y: y + 1, w: right - start + 2, h: 3 }, 1.5),
            },
          ]),
      ...heads.flatMap((head, i) => benchHead(head, { x: start + (5 + i * 10) * scale, y: y - 4.4 * scale, scale: scale * 0.92 }, 9)),
    ],
    writings: [
      { key: `${each.id} who`, x: left, y, text: said, size: type, weight: 600, anchor: 'start' },
      ...(count === ''
        ? []
        : [{ key: `${each.id} bench`, x: right, y: y - 1, text: count, size: type, weight: 700 as const, anchor: 'end' as const }]),
    ],
  };
}
