/** Lanes as paths: one for each kind and goroutine of a lane, a handful of elements however many spans there are. Pure. */
import { type Lane, type LaneView, SPAN_KINDS, type SpanKind } from '../../src-main/contract/index';

export interface LanePath {
  key: string;
  kind: SpanKind;
  who: LaneView['who'][number];
  d: string;
}

/** `columnPx`: width of one of the view's columns. A span is at least a pixel wide. */
export function lanePaths(lane: Lane, who: LaneView['who'], columnPx: number): LanePath[] {
  const made = new Map<string, LanePath & { end: number }>();
  for (let i = 0; i < lane.from.length; i++) {
    const fromPx = (lane.from[i] as number) * columnPx;
    const toPx = Math.max(fromPx + 1, (lane.to[i] as number) * columnPx);
    const kind = SPAN_KINDS[lane.kind[i] as number] as SpanKind;
    const whose = who[lane.who[i] as number] ?? { g: null, name: '' };
    const key = `${kind}${whose.g ?? ''}${whose.name}`;
    const path = made.get(key) ?? { key, kind, who: whose, d: '', end: -1 };
    // What falls into a pixel that is drawn already needs no drawing. Where drawing ended counts, not where spans did: many narrow ones make a wide one.
    if (toPx > path.end + 0.4) {
      path.d += `M${fromPx.toFixed(1)} 0H${toPx.toFixed(1)}`;
      path.end = toPx;
    }
    made.set(key, path);
  }
  return [...made.values()];
}
