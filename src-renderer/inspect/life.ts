/** A thing's life as a bar over the whole run: what there is to draw of it. Pure. */
import { scaleLinear } from 'd3-scale';
import {
  type Inspected,
  KIND_COUNT,
  LIFE_KINDS,
  type LifeKind,
  MIXED,
  SPAN_KINDS,
  type SpanKind,
  WHOLE,
} from '../../src-main/contract/index';

/** In parts of the bar's width and height. */
export interface LifePiece {
  x: number;
  width: number;
  y: number;
  height: number;
  kind: SpanKind | LifeKind;
}

/** Up to the horizon, and no farther. `last`: the run's last step. */
export function lifePieces({ lane, life }: Pick<Inspected, 'lane' | 'life'>, last: number, horizon: number): LifePiece[] {
  const x = scaleLinear([0, Math.max(1, last)], [0, 1]).clamp(true);
  const end = Math.min(last, horizon);
  const [own] = lane?.lanes ?? [];
  if (!own)
    return Array.from(life.from, (from, i) => {
      const to = Math.min(end, life.from[i + 1] ?? end);
      return { x: x(from), width: x(to) - x(from), y: 0, height: 1, kind: LIFE_KINDS[life.kind[i] ?? 0] ?? 'full' };
    });
  const pieces: LifePiece[] = [];
  let mixed = 0;
  for (let i = 0; i < own.from.length; i++) {
    const from = own.from[i] as number;
    const to = Math.min(end, own.to[i] as number);
    const kind = own.kind[i] as number;
    const at = { x: x(from), width: Math.max(0, x(to) - x(from)) };
    if (kind !== MIXED) {
      pieces.push({ ...at, y: 0, height: 1, kind: SPAN_KINDS[kind] as SpanKind });
      continue;
    }
    let y = 1;
    for (let each = 0; each < KIND_COUNT; each++) {
      const height = (own.shares[mixed * KIND_COUNT + each] as number) / WHOLE;
      if (height > 0) pieces.push({ ...at, y: (y -= height), height, kind: SPAN_KINDS[each] as SpanKind });
    }
    mixed++;
  }
  return pieces;
}
