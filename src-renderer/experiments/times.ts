/** Times in a field: up doubles, down halves. Pure. */
import { durationNs, durationText } from '../../src-main/contract/index';

/** No scenario runs longer than that. */
const LONGEST_NS = 1_000_000_000_000;

/** Twice or half as long, in a unit that keeps it whole; what is no time stays as it is. */
export function stepped(text: string, way: 'up' | 'down'): string {
  const ns = durationNs(text);
  if (ns === null) return text;
  const to = way === 'up' ? Math.max(1, ns * 2) : Math.floor(ns / 2);
  return durationText(Math.min(LONGEST_NS, to));
}

/** As the formats write it, of what was typed: `0.5 ms` is `500us`. null: it is no time. */
export function writtenTime(text: string): string | null {
  const ns = durationNs(text);
  return ns === null ? null : durationText(ns);
}
