/** How thick events lie, and marks without a crowd. Pure. */

/** Pixels to a bar. */
const BAR_PX = 3;

/** A path of bars, the highest as high as the picture. `events`: step numbers in order; `toPx` does not go back. */
export function densityPath(events: ArrayLike<number>, toPx: (n: number) => number, widthPx: number, heightPx: number): string {
  const counts = new Float64Array(Math.max(1, Math.ceil(widthPx / BAR_PX)));
  if (events.length <= 20_000) {
    for (let i = 0; i < events.length; i++) count(counts, toPx(events[i] as number));
  } else {
    // Of very many it is enough to know where each bar's first one stands.
    let begin = 0;
    for (let bar = 0; bar < counts.length; bar++) {
      const end = bar === counts.length - 1 ? events.length : firstBeyond(events, begin, toPx, (bar + 1) * BAR_PX);
      counts[bar] = end - begin;
      begin = end;
    }
  }
  const most = Math.max(1, ...counts);
  let d = '';
  for (const [bar, each] of counts.entries()) {
    if (each === 0) continue;
    // By its root: one event beside a thousand is still there.
    const high = Math.max(2, Math.sqrt(each / most) * (heightPx - 2));
    d += `M${bar * BAR_PX} ${heightPx}v-${high.toFixed(1)}h${BAR_PX - 0.6}V${heightPx}Z`;
  }
  return d;
}

function count(counts: Float64Array, px: number): void {
  const bar = Math.min(counts.length - 1, Math.max(0, Math.floor(px / BAR_PX)));
  counts[bar] = (counts[bar] as number) + 1;
}

function firstBeyond(events: ArrayLike<number>, from: number, toPx: (n: number) => number, px: number): number {
  let low = from;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (toPx(events[middle] as number) >= px) high = middle;
    else low = middle + 1;
  }
  return low;
}

export interface PlacedMark {
  n: number;
  px: number;
  /** How many stand there. */
  count: number;
}

/** Marks of one kind in a window, at least so far apart: where more stand, one stands for them and says how many. */
export function marksIn(marks: ArrayLike<number>, from: number, to: number, toPx: (n: number) => number, apartPx: number): PlacedMark[] {
  const self = (n: number): number => n;
  const end = firstBeyond(marks, 0, self, to + 1);
  const placed: PlacedMark[] = [];
  for (let i = firstBeyond(marks, 0, self, from); i < end;) {
    const n = marks[i] as number;
    const px = toPx(n);
    const next = Math.min(end, Math.max(i + 1, firstBeyond(marks, i, toPx, px + apartPx)));
    placed.push({ n, px, count: next - i });
    i = next;
  }
  return placed;
}

export interface PlacedSpan {
  /** Where its first one begins. */
  n: number;
  fromPx: number;
  toPx: number;
  /** How many lie there. */
  count: number;
}

/** Narrower than this a span is hardly seen to have a width, px. */
const THIN_PX = 4;

/**
 * Spans of a window, in order, none of which begins before the one before it ends: thin ones that lie within `apartPx` of each other are one,
 * which says how many they are. `from` and `to`: step numbers of each.
 */
export function spansIn(
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  toPx: (n: number) => number,
  [leftPx, rightPx]: readonly [number, number],
  apartPx: number,
): PlacedSpan[] {
  const placed: PlacedSpan[] = [];
  let last: PlacedSpan | undefined;
  for (let i = firstBeyond(to, 0, toPx, leftPx); i < from.length; i++) {
    const n = from[i] as number;
    const [begin, end] = [toPx(n), toPx(to[i] ?? n)];
    if (begin > rightPx) break;
    const isThin = end - begin < THIN_PX;
    if (isThin && last && begin - last.fromPx < apartPx) {
      last.toPx = Math.min(rightPx, end);
      last.count++;
      continue;
    }
    const span = { n, fromPx: Math.max(leftPx, begin), toPx: Math.min(rightPx, end), count: 1 };
    placed.push(span);
    last = isThin ? span : undefined;
  }
  return placed;
}

/** Of numbers in order the last up to n and the first behind it, as far as there are any. */
export function neighbours(numbers: ArrayLike<number>, n: number): number[] {
  const behind = firstBeyond(numbers, 0, (each) => each, n + 1);
  return [numbers[behind - 1], numbers[behind]].filter((each) => each !== undefined);
}
