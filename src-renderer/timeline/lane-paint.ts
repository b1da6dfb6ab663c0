/**
 * Lanes as pixels: each pixel column of a lane shows how much of it each kind takes, stacked. Kinds have patterns of their own besides their
 * colours. Pure: it fills an array, whoever has a canvas shows it. So the work goes with the pixels, however many spans there are.
 */
import { KIND_COUNT, type Lane, MIXED, SPAN_KINDS, type SpanKind, type Who, WHOLE } from '../../src-main/contract/index';
import type { LinearScale } from './timeline-scale';

/** Colours as a canvas keeps them in memory: 0xAABBGGRR. */
export interface Palette {
  kinds: Readonly<Record<Exclude<SpanKind, 'running'>, number>>;
  /** More than one runs in a column. */
  many: number;
  /** The colour of who runs in a lane. */
  runner: (who: Who, lane: Lane) => number;
  /** Patterns alone tell kinds apart. */
  isPlain: boolean;
}

export interface PaintedLane {
  lane: Lane;
  who: readonly Who[];
  /** What of it counts, in the lane's places. */
  from: number;
  to: number;
}

/** Where a lane's bar lies in the picture, in its pixels. */
export interface Bar {
  top: number;
  height: number;
}

/** A picture's pixels, row by row. */
export interface Pixels {
  data: Uint32Array;
  width: number;
  height: number;
  /** Pixels of the picture to one of the page. */
  ratio: number;
}

const RUNNING = SPAN_KINDS.indexOf('running');
const WAITING = SPAN_KINDS.indexOf('waiting');
/** No colour: every colour has its highest bits set. */
const SEVERAL = 1;

/** Less than this of a pixel column is a rounding error. */
const TRACE = 1e-6;

export function color(hex: string): number {
  const digits = /^#([0-9a-f]{6}|[0-9a-f]{3})/i.exec(hex.trim())?.[1] ?? '888888';
  const full = digits.length === 3 ? [...digits].map((each) => each + each).join('') : digits;
  const [red, green, blue] = [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16)) as [number, number, number];
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** The luminance that WCAG speaks of, from 0 to 1. */
export function luminance(packed: number): number {
  const [red, green, blue] = [0, 8, 16].map((shift) => {
    const value = ((packed >>> shift) & 255) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** White on it, and it on white, are 7 : 1. */
const DEEP = 0.1;

/** A colour of `color`, dark enough for white writing, where a pale picture would lose both: of the same hue, and itself if it is so already. */
export function deepened(packed: number): number {
  const share = Math.min(1, DEEP / luminance(packed)) ** (1 / 2.4);
  // The inverse of the curve that `luminance` goes by.
  return [0, 8, 16].reduce((all, shift) => {
    const value = ((packed >>> shift) & 255) / 255;
    const deep = value <= 0.04045 ? value * share ** 2.4 : Math.max(0, (value + 0.055) * share - 0.055);
    return (all | (Math.floor(deep * 255) << shift)) >>> 0;
  }, 0xff000000);
}

/** A colour of `color` as CSS has it. */
export const cssOf = (packed: number): string =>
  `#${[0, 8, 16].map((shift) => ((packed >>> shift) & 255).toString(16).padStart(2, '0')).join('')}`;

/** What a lane's pixel columns hold. */
export class Columns {
  /** Which kinds are in a column, a bit for each. */
  readonly kinds: Uint16Array;
  /** How much of a column each kind that is in it takes, column by column; of another one whatever was there. */
  readonly shares: Float32Array;
  /** The colour of who runs there; 0 nobody, SEVERAL more than one. */
  readonly runner: Uint32Array;

  constructor(readonly width: number) {
    this.kinds = new Uint16Array(width);
    this.shares = new Float32Array(width * KIND_COUNT);
    this.runner = new Uint32Array(width);
  }

  clear(): void {
    this.kinds.fill(0);
    this.runner.fill(0);
  }

  /** Adds what lies in a part of a lane. `colors`: of everybody in the part's table. */
  take({ lane, from, to }: PaintedLane, { from: zero, scale }: LinearScale, colors: ArrayLike<number>): void {
    const [left, right] = [Math.max(0, (from - zero) * scale), Math.min(this.width, (to - zero) * scale)];
    const { from: spanFrom, to: spanTo, kind: kinds, who, shares } = lane;
    const first = firstEndingAt(spanTo, from);
    let mixed = 0;
    for (let i = 0; i < first; i++) if (kinds[i] === MIXED) mixed += KIND_COUNT;
    for (let i = first; i < spanFrom.length; i++) {
      const kind = kinds[i] as number;
      const at = mixed;
      if (kind === MIXED) mixed += KIND_COUNT;
      const start = spanFrom[i] as number;
      if (start > to) break;
      const a = Math.max(left, (start - zero) * scale);
      const b = Math.min(right, ((spanTo[i] as number) - zero) * scale);
      if (b < a || a >= right) continue;
      const whose = who[i] as number;
      if (kind === MIXED) this.spreadMixed(a, b, shares, at, whose === 0 ? SEVERAL : (colors[whose] ?? SEVERAL));
      else if (b - a >= 1) this.fill(Math.round(a), Math.max(Math.round(a) + 1, Math.round(b)), kind, colors[whose] ?? SEVERAL);
      else this.spread(a, b, kind, whose === 0 ? SEVERAL : (colors[whose] ?? SEVERAL));
    }
  }

  /** A span of at least a pixel: its edges lie between pixels, and it has them to itself. */
  private fill(from: number, to: number, kind: number, runner: number): void {
    const end = Math.min(to, this.width);
    this.kinds.fill(1 << kind, from, end);
    this.runner.fill(kind === RUNNING ? runner : 0, from, end);
    for (let px = from; px < end; px++) this.shares[px * KIND_COUNT + kind] = 1;
  }

  private spread(a: number, b: number, kind: number, runner: number): void {
    const last = Math.min(this.width - 1, Math.max(Math.floor(a), Math.ceil(b) - 1));
    for (let px = Math.floor(a); px <= last; px++) {
      this.add(px, kind, Math.max(TRACE, Math.min(px + 1, b) - Math.max(px, a)));
      if (kind === RUNNING) this.run(px, runner);
    }
  }

  private spreadMixed(a: number, b: number, shares: Uint8Array, at: number, runner: number): void {
    const last = Math.min(this.width - 1, Math.max(Math.floor(a), Math.ceil(b) - 1));
    for (let px = Math.floor(a); px <= last; px++) {
      const part = Math.max(TRACE, Math.min(px + 1, b) - Math.max(px, a));
      for (let k = 0; k < KIND_COUNT; k++) {
        const of = shares[at + k] as number;
        if (of > 0) this.add(px, k, (part * of) / WHOLE);
      }
      if ((shares[at + RUNNING] as number) > 0) this.run(px, runner);
    }
  }

  private add(px: number, kind: number, part: number): void {
    const { kinds, shares } = this;
    const held = kinds[px] as number;
    const at = px * KIND_COUNT + kind;
    if ((held >> kind) & 1) shares[at] = (shares[at] as number) + part;
    else {
      shares[at] = part;
      kinds[px] = held | (1 << kind);
    }
  }

  private run(px: number, runner: number): void {
    const before = this.runner[px] as number;
    this.runner[px] = before === 0 || before === runner ? runner : SEVERAL;
  }
}

/** The first span that ends at a place or behind it. */
function firstEndingAt(ends: Float64Array, place: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] as number) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

const [SYSCALL, SCHEDULING, SPINNING, STOPPED, RUNNABLE] = (['syscall', 'scheduling', 'spinning', 'stopped', 'runnable'] as const).map(
  (kind) => SPAN_KINDS.indexOf(kind),
);

/** Paints one pixel column of a kind in its pattern. `s`: pixels to one of the page. */
function fillDown(
  data: Uint32Array,
  width: number,
  x: number,
  from: number,
  to: number,
  kind: number,
  ink: number,
  s: number,
  isPlain: boolean,
): void {
  const first = Math.max(0, from);
  // This runs for every pixel of every frame: what a column is like is asked once.
  if (kind === SYSCALL && x % (7 * s) >= 5 * s) return;
  if (kind === RUNNABLE) {
    for (let y = first; y < to; y++) if (y % (4 * s) < 2 * s) data[y * width + x] = ink;
  } else if (kind === SPINNING) {
    for (let y = first; y < to; y++) if ((x + y) % (6 * s) < 3.5 * s) data[y * width + x] = ink;
  } else if (kind === STOPPED) {
    for (let y = first; y < to; y++) if ((x - y + 6_993 * s) % (7 * s) < 3 * s) data[y * width + x] = ink;
  } else if (kind === SCHEDULING && isPlain) {
    for (let y = first; y < to; y++) if ((Math.floor(x / s) + Math.floor(y / s)) % 3 === 0) data[y * width + x] = ink;
  } else for (let y = first, at = first * width + x; y < to; y++, at += width) data[at] = ink;
}

/** Paints a lane's columns into its bar. A column that anything touches is never empty. */
function paintColumns(pixels: Pixels, columns: Columns, { top, height: high }: Bar, inks: readonly number[], isPlain: boolean): void {
  const { data, width, height, ratio } = pixels;
  const { kinds: kindsIn, shares, runner } = columns;
  const bottom = Math.min(height, top + high);
  const least = Math.max(1, Math.round(3 * ratio));
  const end = Math.min(columns.width, width);
  const many = inks[RUNNING] as number;
  // A kind that is all of a column has its height; whoever waits is seen, and does not shout.
  const thin = Math.max(ratio, Math.round(high * 0.16));
  const middle = top + Math.round((high - thin) / 2);
  for (let px = 0; px < end; px++) {
    const kinds = kindsIn[px] as number;
    if (kinds === 0) continue;
    const at = px * KIND_COUNT;
    let sum = 0;
    for (let rest = kinds; rest !== 0; rest &= rest - 1) sum += shares[at + lowest(rest)] as number;
    const isFull = (kinds & (kinds - 1)) === 0 && sum > 0.999;
    if (isFull && kinds === 1 << WAITING) {
      fillDown(data, width, px, middle, Math.min(bottom, middle + thin), WAITING, inks[WAITING] as number, ratio, isPlain);
      continue;
    }
    const wanted = isFull ? high : Math.max(least, Math.round(high * Math.min(1, sum)));
    let y = bottom;
    let taken = 0;
    // From below.
    for (let rest = kinds; rest !== 0; rest &= rest - 1) {
      const kind = lowest(rest);
      taken += shares[at + kind] as number;
      const until = Math.max(top, bottom - Math.round((wanted * taken) / sum));
      if (until < y) {
        const whose = kind === RUNNING ? (runner[px] as number) : SEVERAL;
        fillDown(data, width, px, until, y, kind, whose > SEVERAL ? whose : (inks[kind] ?? many), ratio, isPlain);
      }
      y = until;
    }
  }
}

/** Which of a number's bits is the lowest one that is set. */
const lowest = (bits: number): number => 31 - Math.clz32(bits & -bits);

/** Colours by whose they are, as long as a palette is used: asked for once for a table, not for every span of every frame. */
const KNOWN = new WeakMap<Palette, WeakMap<object, Uint32Array>>();

/** The colour of everybody in a lane's table. */
function colorsOf({ lane, who }: PaintedLane, palette: Palette): Uint32Array {
  let known = KNOWN.get(palette);
  if (!known) KNOWN.set(palette, (known = new WeakMap()));
  // On a goroutine's lane all is in its own colour, whoever is told of.
  const key = lane.id.startsWith('G') ? lane : who;
  let colors = known.get(key);
  if (!colors) known.set(key, (colors = Uint32Array.from(who, (each) => palette.runner(each, lane))));
  return colors;
}

/** Paints one lane, coarse parts first. */
export function paintLane(
  pixels: Pixels,
  scratch: Columns,
  parts: readonly PaintedLane[],
  bar: Bar,
  line: LinearScale,
  palette: Palette,
): void {
  scratch.clear();
  for (const part of parts) scratch.take(part, line, colorsOf(part, palette));
  const inks = SPAN_KINDS.map((kind) => (kind === 'running' ? palette.many : palette.kinds[kind]));
  paintColumns(pixels, scratch, bar, inks, palette.isPlain);
}

export const NOBODY: Who = { g: null, name: '', m: null, role: '', p: null, why: '' };
