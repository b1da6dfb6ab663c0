/**
 * Three spaces meet here: step numbers, places on an axis, and pixels. By step a place is a step's number; by time it is virtual time with
 * its long empty stretches folded (FoldedTime). A window shows places from one to another.
 */
import { scaleLinear } from 'd3-scale';
import { formatNs, formatNsApart } from './format-ns';
import { FoldedTime, type RunLine } from '../../src-main/contract/index';

export type AxisKind = 'step' | 'time';

/** What part of an axis is seen. */
export interface Window {
  from: number;
  to: number;
}

/** From places of an axis to pixels: which place lies at the first pixel, and pixels to a place. */
export interface LinearScale {
  from: number;
  scale: number;
}

export interface RunAxis {
  kind: AxisKind;
  /** Its end; it begins at 0. */
  length: number;
  placeOf: (n: number) => number;
  /** The nearest step. */
  stepAt: (place: number) => number;
  /** Virtual time there, ns; null while it is not known. */
  nsAt: (place: number) => number | null;
  folded: FoldedTime | null;
  /** The narrowest window that says anything. */
  least: number;
}

/** By time, until the times are read, places are those of the steps. */
export function runAxis(kind: AxisKind, stepCount: number, endNs: number, line: RunLine | null): RunAxis {
  const last = Math.max(1, stepCount);
  const clamp = (n: number): number => Math.min(Math.max(0, Math.round(n)), stepCount);
  if (kind === 'step' || !line)
    return {
      kind,
      length: last,
      placeOf: (n) => n,
      stepAt: clamp,
      nsAt: (place) => line?.times[clamp(place)] ?? null,
      folded: null,
      least: Math.min(last, 8),
    };
  const { times } = line;
  // Of a part of a run the whole one goes on.
  const folded = new FoldedTime(line.folds, Math.min(endNs, times.at(-1) ?? endNs));
  return {
    kind,
    length: folded.length,
    placeOf: (n) => folded.placeOfNs(times[clamp(n)] ?? endNs),
    stepAt: (place) => nearest(times, folded.nsAt(place)),
    nsAt: (place) => folded.nsAt(place),
    folded,
    least: Math.min(folded.length, 40),
  };
}

/** A window of at least the least width, inside of the axis. */
export function within({ from, to }: Window, axis: Pick<RunAxis, 'length' | 'least'>): Window {
  const wide = Math.min(axis.length, Math.max(axis.least, to - from));
  const middle = (from + to) / 2;
  const left = Math.min(Math.max(0, to - from < wide ? middle - wide / 2 : from), axis.length - wide);
  return { from: left, to: left + wide };
}

/** `factor` below 1: nearer. What lies at `place` stays where it is. */
export function zoomed(window: Window, factor: number, place: number, axis: Pick<RunAxis, 'length' | 'least'>): Window {
  const wide = Math.min(axis.length, Math.max(axis.least, (window.to - window.from) * factor));
  const part = (place - window.from) / (window.to - window.from);
  return within({ from: place - part * wide, to: place + (1 - part) * wide }, axis);
}

/** To the left or right by a share of its width. */
export function panned(window: Window, share: number, axis: Pick<RunAxis, 'length' | 'least'>): Window {
  const by = (window.to - window.from) * share;
  return within({ from: window.from + by, to: window.to + by }, axis);
}

/** Moved so far that the place is seen; the same when it is. */
export function keepingInSight(window: Window, place: number, axis: Pick<RunAxis, 'length' | 'least'>): Window {
  const wide = window.to - window.from;
  if (place >= window.from && place <= window.to) return window;
  return within({ from: place - wide * 0.3, to: place + wide * 0.7 }, axis);
}

export interface Tick {
  px: number;
  label: string;
  /** The label's middle, where that is not the tick's: at the left edge it stands inside. */
  labelPx?: number;
}

/** A fold that is wide enough to be seen. */
export interface ShownFold {
  fromPx: number;
  toPx: number;
  label: string;
}

/** Widest label that a tick may have, in em of the axis. */
const TICK_EM = 9.5;

export function ticksOf(axis: RunAxis, window: Window, widthPx: number, emPx: number): Tick[] {
  const toPx = (place: number): number => ((place - window.from) / (window.to - window.from)) * widthPx;
  return axis.folded ? timeTicks(axis.folded, window, toPx, widthPx, emPx) : stepTicks(axis, window, toPx, widthPx, emPx);
}

function stepTicks(axis: RunAxis, { from, to }: Window, toPx: (place: number) => number, widthPx: number, emPx: number): Tick[] {
  // Of millions of steps the numbers themselves are longer.
  const widest = textPx(`${Math.ceil(to)} · 00.0 ms`, emPx);
  const count = Math.max(2, widthPx / (Math.max(emPx * TICK_EM, widest) + emPx));
  const whole = scaleLinear([from, to], [0, widthPx])
    .ticks(Math.min(to - from, count))
    .filter((n) => Number.isInteger(n));
  const apart = (whole[1] ?? 0) - (whole[0] ?? 0);
  // Where they would run together every second one is written, or every fifth: of round numbers the rounder ones.
  for (const stride of [1, 2, 5]) {
    const ticks = labelled(axis, whole, apart * stride, toPx);
    if (areApart(ticks, emPx) || stride === 5) return ticks;
  }
  return [];
}

/** Ticks at whole steps; those at multiples of `every` say so. */
function labelled(axis: RunAxis, whole: readonly number[], every: number, toPx: (place: number) => number): Tick[] {
  let before: string | null = null;
  return whole.map((n) => {
    if (every > 0 && n % every !== 0) return { px: toPx(n), label: '' };
    const ns = axis.nsAt(n);
    const time = ns === null ? null : formatNs(ns);
    // A step's number, and its time when that reads otherwise than at the tick before.
    const label = time === null || time === before ? String(n) : `${n} · ${time}`;
    before = time;
    return { px: toPx(n), label };
  });
}

/** Between the labels of two ticks, em: less, and they read as one. */
const APART_EM = 1.1;

function areApart(ticks: readonly Tick[], emPx: number): boolean {
  const written = ticks
    .filter(({ label }) => label !== '')
    .map(({ px, label }) => ({ px: Math.max(px, textPx(label, emPx) / 2), half: textPx(label, emPx) / 2 }));
  return written.every((each, i) => {
    const last = written[i - 1];
    return !last || each.px - each.half - (last.px + last.half) >= APART_EM * emPx;
  });
}

/** Between folds that lie far enough apart round times; where they lie close together, where time goes on. */
function timeTicks(time: FoldedTime, { from, to }: Window, toPx: (place: number) => number, widthPx: number, emPx: number): Tick[] {
  const room = emPx * (TICK_EM + 1);
  const ticks: Tick[] = [];
  let free = -Infinity;
  const put = (place: number, apartNs: number): void => {
    const px = toPx(place);
    if (px < free || px < 0 || px > widthPx) return;
    ticks.push({ px, label: formatNsApart(time.nsAt(place), apartNs) });
    free = px + room;
  };
  const nsPerPx = (to - from) / widthPx;
  for (let place = Math.max(0, from), turns = 0; place < to && turns < 4_000; turns++) {
    const fold = firstAfter(time.foldFrom, place);
    const end = Math.min(to, time.foldFrom[fold] ?? time.length);
    if (toPx(end) - toPx(place) >= room) {
      const [begin, last] = [time.nsAt(place), time.nsAt(end)];
      const round = scaleLinear([begin, last], [0, 1]).ticks(Math.max(1, (toPx(end) - toPx(place)) / room));
      const apart = (round[1] ?? 0) - (round[0] ?? 0);
      for (const ns of round) if (ns < last || end === to) put(time.placeOfNs(ns), apart > 0 ? apart : nsPerPx * room);
    } else if (end > place) put(place, nsPerPx * emPx);
    // On behind the fold; where thousands lie side by side, behind those that no label has room between.
    const next = time.foldTo[fold] ?? to;
    place = Math.max(next, toPx(next) < free ? Math.min(to, next + (free - toPx(next)) * nsPerPx * 0.5) : next);
  }
  return ticks;
}

function firstAfter(places: Float64Array, place: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) >= place) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Folds that are seen, each with how long it is. */
export function foldsIn(time: FoldedTime | null, { from, to }: Window, widthPx: number): ShownFold[] {
  if (!time) return [];
  const perPx = (to - from) / widthPx;
  const found: ShownFold[] = [];
  for (let i = Math.max(0, firstAfter(time.foldFrom, from) - 1); i < time.foldFrom.length && (time.foldFrom[i] ?? 0) < to; i++) {
    const [begin, end] = [time.foldFrom[i] as number, time.foldTo[i] as number];
    if (end <= from || end - begin < 3 * perPx) continue;
    found.push({ fromPx: (begin - from) / perPx, toPx: (end - from) / perPx, label: `⋯ ${formatNs(time.foldNs(i))} ⋯` });
    if (found.length >= 400) break;
  }
  return found;
}

/** Of a letter that is written as two codes. */
const isSecondHalf = (code: number): boolean => code >= 0xdc00 && code < 0xe000;

/** What a text takes, a little too wide rather than too narrow. Chinese letters set a middle dot as wide as one of their own. */
export function textPx(text: string, emPx: number): number {
  let em = 0;
  // Asked for every label of every frame.
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0xb7 || code > 0x2e00) em += isSecondHalf(code) ? 0 : 1;
    else em += 0.6;
  }
  return em * emPx;
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
  const isSeen = at.px >= 0 && at.px <= widthPx;
  return {
    flagPx,
    flagWidthPx,
    ticks: ticks.map((tick) => {
      const half = textPx(tick.label, emPx) / 2;
      const labelPx = Math.max(half, tick.px);
      const isFree = (!isSeen || Math.abs(labelPx - flagPx) > half + flagWidthPx / 2 + 4) && labelPx + half <= widthPx + emPx;
      return isFree ? { ...tick, labelPx } : { ...tick, label: '' };
    }),
  };
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
