/**
 * Two spaces meet here: step numbers and pixels. By step, every step is as wide as any other; by time, steps lie where their virtual time
 * puts them, and bursts of nanoseconds fall together.
 */
import { scaleLinear } from 'd3';

export interface TimelineScale {
  toPx: (n: number) => number;
  /** The nearest step number. */
  toStep: (px: number) => number;
  ticks: { px: number; label: string }[];
}

export function formatNs(ns: number): string {
  if (ns < 1_000) return `${Math.round(ns)} ns`;
  if (ns < 1_000_000) return `${trim(ns / 1_000)} µs`;
  if (ns < 1_000_000_000) return `${trim(ns / 1_000_000)} ms`;
  return `${trim(ns / 1_000_000_000)} s`;
}

function trim(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0).replace(/\.?0+$/, '') || '0';
}

/** `times[n]`: virtual time after step n, ns. */
export function timelineScale(kind: 'step' | 'time', times: readonly number[], widthPx: number): TimelineScale {
  const last = Math.max(1, times.length - 1);
  if (kind === 'step') {
    const scale = scaleLinear([0, last], [0, widthPx]);
    return {
      toPx: (n) => scale(n),
      toStep: (px) => clamp(Math.round(scale.invert(px)), last),
      ticks: scale.ticks(Math.max(2, widthPx / 110)).map((n) => ({ px: scale(n), label: Number.isInteger(n) ? formatNs(times[n] ?? 0) : '' })),
    };
  }
  const end = Math.max(1, times.at(-1) ?? 1);
  const scale = scaleLinear([0, end], [0, widthPx]);
  return {
    toPx: (n) => scale(times[n] ?? end),
    toStep: (px) => nearest(times, scale.invert(px)),
    ticks: scale.ticks(Math.max(2, widthPx / 110)).map((ns) => ({ px: scale(ns), label: formatNs(ns) })),
  };
}

function clamp(n: number, last: number): number {
  return Math.min(Math.max(0, n), last);
}

/** The step whose time is nearest. */
function nearest(times: readonly number[], ns: number): number {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < ns) low = middle + 1;
    else high = middle;
  }
  return low > 0 && ns - (times[low - 1] ?? 0) < (times[low] ?? 0) - ns ? low - 1 : low;
}
