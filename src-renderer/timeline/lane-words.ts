/** What stands in a span, beside a lane, and under the pointer. Pure. */
import { type Lane, type LaneId, MIXED, SPAN_KINDS, type SpanKind, type Who } from '../../src-main/contract/index';
import { type LinearScale, textPx } from './timeline-scale';

/** How threads, Ps and goroutines are called besides their ids. */
export interface Names {
  m: (m: string, role: string) => string;
  p: (p: string) => string;
  g: (g: string, name: string) => string;
  /** What somebody without a goroutine is doing, in a word; '' when the lane says it. */
  doing: (kind: SpanKind) => string;
}

/** A span is written in from this width on, px. */
export const LEAST_LABEL_PX = 46;

export interface SpanLabel {
  px: number;
  widePx: number;
  text: string;
  kind: SpanKind;
  who: Who;
}

export function laneName({ id, role, name }: Pick<Lane, 'id' | 'role' | 'name'>, names: Names): string {
  const own = id.startsWith('M') ? names.m(id, role || 'worker') : id.startsWith('P') ? names.p(id) : names.g(id, name);
  return `${own} ${id}`;
}

/** From the most telling to the shortest. `kind`: of the span, where it is not said beside them. */
export function wordsFor({ g, name, m, role, p, why }: Who, names: Names, kind?: SpanKind): string[] {
  if (why !== '') return [why];
  const others = [m, p].filter((each) => each !== null).join(' · ');
  if (g === null) {
    const who = m === null ? (p === null ? [] : [p]) : [`${names.m(m, role || 'worker')} ${others}`, others, m];
    const doing = kind === undefined ? '' : names.doing(kind);
    // A number alone tells nobody what is done there.
    return doing === '' ? who : [...who.map((each) => `${doing} · ${each}`), ...(m === null ? [doing] : [...who, doing])];
  }
  const own = names.g(g, name);
  return [...(others === '' ? [] : [`${own} ${g} · ${others}`, `${g} · ${others}`]), `${own} ${g}`, g];
}

/** The longest of the texts that fits. */
export function fitting(texts: readonly string[], widthPx: number, emPx: number): string | null {
  return texts.filter((each) => textPx(each, emPx) <= widthPx).sort((a, b) => textPx(b, emPx) - textPx(a, emPx))[0] ?? null;
}

/** Texts in the spans of a lane that have room; in the middle of what is seen of them. `ratio`: of the pixels to those of the page. */
export function spanLabels(
  lane: Lane,
  who: readonly Who[],
  { from: zero, scale }: LinearScale,
  widthPx: number,
  emPx: number,
  ratio: number,
  names: Names,
): SpanLabel[] {
  const found: SpanLabel[] = [];
  const least = LEAST_LABEL_PX * ratio;
  for (const i of longSpans(lane, least / scale)) {
    const from = Math.max(0, ((lane.from[i] as number) - zero) * scale);
    const to = Math.min(widthPx, ((lane.to[i] as number) - zero) * scale);
    if (to - from < least) continue;
    const whom = who[lane.who[i] as number];
    const kind = SPAN_KINDS[lane.kind[i] as number] as SpanKind;
    const text = whom ? fitting(wordsFor(whom, names, kind), to - from - emPx * 0.5, emPx) : null;
    if (whom && text !== null) found.push({ px: (from + to) / 2, widePx: textPx(text, emPx) + emPx * 0.3, text, kind, who: whom });
  }
  return found;
}

/** Of each lane those of its spans that are long, in order, and from which length on: most of a busy lane's thousands never have room for a word. */
const LONG = new WeakMap<Lane, { least: number; spans: readonly number[] }>();

/** The spans of a lane that are at least so long, and perhaps some more: in order. */
function longSpans(lane: Lane, least: number): readonly number[] {
  const known = LONG.get(lane);
  // Kept for a hand that goes on zooming in: what is long enough then is among them for a while.
  if (known && known.least <= least && known.least * 8 > least) return known.spans;
  const spans: number[] = [];
  const kept = least / 4;
  for (let i = 0; i < lane.from.length; i++)
    if (lane.kind[i] !== MIXED && (lane.to[i] as number) - (lane.from[i] as number) >= kept) spans.push(i);
  LONG.set(lane, { least: kept, spans });
  return spans;
}

export interface SpanAt {
  kind: SpanKind | null;
  who: Who | null;
  from: number;
  to: number;
}

/** What a lane shows at a place; null: nothing. A mixed piece is of no one kind. */
export function spanAt(lane: Lane, who: readonly Who[], place: number): SpanAt | null {
  let low = 0;
  let high = lane.from.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lane.from[middle] as number) > place) high = middle;
    else low = middle + 1;
  }
  const i = low - 1;
  if (i < 0 || (lane.to[i] as number) < place) return null;
  const kind = lane.kind[i] as number;
  return {
    kind: kind === MIXED ? null : (SPAN_KINDS[kind] as SpanKind),
    who: who[lane.who[i] as number] ?? null,
    from: lane.from[i] as number,
    to: lane.to[i] as number,
  };
}

/** Whom a click there picks: whoever runs in the span, on a goroutine's lane the goroutine, else whose lane it is; null: nothing is there. */
export function pickedAt(found: SpanAt | null, id: LaneId): LaneId | null {
  if (!found) return null;
  return groupOf(id) === 'G' ? id : (found.who?.g ?? id);
}

export const groupOf = (id: LaneId): 'P' | 'M' | 'G' => id[0] as 'P' | 'M' | 'G';
