/**
 * Two spaces meet here: step numbers and pixels. By step, every step is as wide as any other; by time, steps lie where their virtual time
 * puts them, and bursts of nanoseconds fall together.
 */
import { scaleLinear } from 'd3-scale';

export interface Tick {
  px: number;
  label: string;
}

export interface TimelineScale {
  toPx: (n: number) => number;
  /** The nearest step number. */
  toStep: (px: number) => number;
  ticks: Tick[];
}

export function formatNs(ns: number): string {
  if (ns < 1_000) return `${Math.round(ns)} ns`;
  if (ns < 1_000_000) return `${trim(ns / 1_000)} µs`;
  if (ns < 1_000_000_000) return `${trim(ns / 1_000_000)} ms`;
  return `${trim(ns / 1_000_000_000)} s`;
}

function trim(value: number): string {
  // Zeros go only behind a decimal point: 840 stays 840.
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0).replace(/\.0+$|(\.\d*?)0+$/, '$1');
}

/** Widest label that a tick may have, in em of the axis. */
const TICK_EM = 9.5;

/** What a scale must know of a run. All but the times is known as soon as it is opened. */
export interface RunLength {
  stepCount: number;
  endNs: number;
  /** `times[n]`: virtual time after step n, ns; null while they are being read. */
  times: ArrayLike<number> | null;
}

/** `emPx`: size of the axis' type. */
export function timelineScale(kind: 'step' | 'time', { stepCount, endNs, times }: RunLength, widthPx: number, emPx = 12): TimelineScale {
  const last = Math.max(1, stepCount);
  const count = Math.max(2, widthPx / (emPx * (TICK_EM + 1)));
  if (kind === 'step') {
    const scale = scaleLinear([0, last], [0, widthPx]);
    const whole = scale.ticks(Math.min(last, count)).filter((n) => Number.isInteger(n));
    return {
      toPx: (n) => scale(n),
      toStep: (px) => clamp(Math.round(scale.invert(px)), last),
      ticks: whole.map((n, i) => ({ px: scale(n), label: stepLabel(n, whole[i - 1], times) })),
    };
  }
  const end = Math.max(1, endNs);
  const scale = scaleLinear([0, end], [0, widthPx]);
  return {
    toPx: (n) => (times ? scale(times[n] ?? end) : (n / last) * widthPx),
    toStep: (px) => (times ? nearest(times, scale.invert(px)) : clamp(Math.round((px / widthPx) * last), last)),
    ticks: scale.ticks(count).map((ns) => ({ px: scale(ns), label: formatNs(ns) })),
  };
}

/** A step's number, and its time when that reads otherwise than at the tick before. */
function stepLabel(n: number, previous: number | undefined, times: ArrayLike<number> | null): string {
  if (!times) return String(n);
  const time = formatNs(times[n] ?? 0);
  return previous !== undefined && formatNs(times[previous] ?? 0) === time ? String(n) : `${n} · ${time}`;
}

/** What a text takes, a little too wide rather than too narrow. */
export function textPx(text: string, emPx: number): number {
  return [...text].reduce((sum, each) => sum + (each.charCodeAt(0) > 0x2e00 ? 1 : 0.6), 0) * emPx;
}

/** The flag of the playhead lies over the axis: where it goes, and which ticks keep their labels. */
export function axisWithFlag(
  ticks: readonly Tick[],
  at: { px: number; label: string },
  widthPx: number,
  emPx: number,
): { flagPx: number; flagWidthPx: number; ticks: Tick[] } {
  const flagWidthPx = textPx(at.label, emPx) + emPx;
  const flagPx = Math.min(Math.max(flagWidthPx / 2, at.px), Math.max(flagWidthPx / 2, widthPx - flagWidthPx / 2));
  return {
    flagPx,
    flagWidthPx,
    ticks: ticks.map((tick) => {
      const half = textPx(tick.label, emPx) / 2;
      const isFree = Math.abs(tick.px - flagPx) > half + flagWidthPx / 2 + 4 && tick.px + half <= widthPx + emPx;
      return isFree ? tick : { ...tick, label: '' };
    }),
  };
}

/** Which lanes are drawn in so much room, and how high each is. One row is kept for the number of those that are not. */
export function laneRows(count: number, roomPx: number, emPx: number): { shown: number; lanePx: number } {
  const least = emPx;
  const rows = Math.max(2, Math.floor(roomPx / least));
  const shown = count <= rows ? count : rows - 1;
  return { shown, lanePx: Math.min(emPx * 3, roomPx / Math.max(1, count <= rows ? count : rows)) };
}

function clamp(n: number, last: number): number {
  return Math.min(Math.max(0, n), last);
}

/** The step whose time is nearest. */
function nearest(times: ArrayLike<number>, ns: number): number {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < ns) low = middle + 1;
    else high = middle;
  }
  return low > 0 && ns - (times[low - 1] ?? 0) < (times[low] ?? 0) - ns ? low - 1 : low;
}
