/**
 * Outlines drawn where a figure stands, with its place and size in their numbers. A group with a transform would do the same, but Chromium
 * paints and composes each such group for itself: a village of a hundred figures would be four hundred pieces. Pure.
 */
import type { Spot } from './scene-layout';

export interface At extends Spot {
  scale: number;
}

/** The transform of a part of a drawing: turned (degrees, clockwise), made larger, and moved. */
interface Laid {
  x: number;
  y: number;
  turn?: number;
  scale?: number;
}

/** How many numbers follow each command, and where they lie: only these commands are drawn with. */
const NUMBERS = { M: 2, L: 2, H: 1, V: 1, Q: 4, A: 7, Z: 0 } as const;
type Command = keyof typeof NUMBERS;

/** One command with absolute numbers; H and V have become L. */
interface Segment {
  command: 'M' | 'L' | 'Q' | 'A' | 'Z';
  numbers: number[];
}

function segmentsOf(d: string): Segment[] {
  const tokens = d.match(/[a-zA-Z]|-?(?:\d+\.?\d*|\.\d+)/g) ?? [];
  const segments: Segment[] = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  let letter = '';
  for (let i = 0; i < tokens.length;) {
    if (/[a-zA-Z]/.test(tokens[i] ?? '')) letter = tokens[i++] ?? '';
    const command = letter.toUpperCase();
    if (!Object.hasOwn(NUMBERS, command)) throw new Error(`a shape cannot be drawn with ${letter}: ${d}`);
    const numbers = tokens.slice(i, (i += NUMBERS[command as Command])).map(Number);
    if (letter !== command) {
      // Relative ones count from the end of the last; of an arc only its end does.
      if (command === 'V') numbers[0] = (numbers[0] ?? 0) + y;
      else
        for (let k = command === 'A' ? 5 : 0; k < numbers.length; k++)
          numbers[k] = (numbers[k] ?? 0) + ((k - (command === 'A' ? 5 : 0)) % 2 === 0 ? x : y);
    }
    if (command === 'Z') [x, y] = [startX, startY];
    else if (command === 'H') x = numbers[0] ?? x;
    else if (command === 'V') y = numbers[0] ?? y;
    else [x, y] = numbers.slice(-2) as [number, number];
    if (command === 'M') [startX, startY] = [x, y];
    if (command === 'H' || command === 'V') segments.push({ command: 'L', numbers: [x, y] });
    else segments.push({ command: command as Segment['command'], numbers });
  }
  return segments;
}

function moved({ command, numbers }: Segment, { x, y, turn = 0, scale = 1 }: Laid): Segment {
  const [sin, cos] = [Math.sin((turn * Math.PI) / 180), Math.cos((turn * Math.PI) / 180)];
  const put = (a = 0, b = 0): number[] => [x + scale * (a * cos - b * sin), y + scale * (a * sin + b * cos)];
  if (command !== 'A') return { command, numbers: numbers.flatMap((_, i) => (i % 2 === 0 ? put(numbers[i], numbers[i + 1]) : [])) };
  const [rx = 0, ry = 0, rotation = 0, large = 0, sweep = 0] = numbers;
  return { command, numbers: [rx * scale, ry * scale, rotation + turn, large, sweep, ...put(numbers[5], numbers[6])] };
}

/** Hundredths of a unit are less than anybody sees. */
const short = (value: number): number => Math.round(value * 100) / 100;

/** So many places of a shape are remembered. */
const REMEMBERED = 64;

export class Shape {
  private readonly parts: readonly (string | (() => readonly Segment[]))[];
  private read: readonly Segment[] | null = null;
  /**
   * By x, where it stood last, and how it was drawn there: numbers are dear to write, and from step to step most stand where others stood
   * before.
   */
  private readonly drawn = new Map<number, { y: number; scale: number; d: string }>();

  /** `parts`: path data, in the drawing's own units, with the origin at the figure's feet. */
  constructor(...parts: (string | (() => readonly Segment[]))[]) {
    this.parts = parts;
  }

  /** Read when it is first drawn: of all that can be drawn a picture shows little. */
  private get segments(): readonly Segment[] {
    return (this.read ??= this.parts.flatMap((part) => (typeof part === 'string' ? segmentsOf(part) : part())));
  }

  /** This shape laid elsewhere in its drawing. */
  laid(at: Laid): Shape {
    return new Shape(() => this.segments.map((segment) => moved(segment, at)));
  }

  /** Its path data for a figure that stands at `at`, in the scene's units. */
  at({ x, y, scale }: At): string {
    const known = this.drawn.get(x);
    if (known?.y === y && known.scale === scale) return known.d;
    if (this.drawn.size >= REMEMBERED) this.drawn.clear();
    const d = this.drawnAt({ x, y, scale });
    this.drawn.set(x, { y, scale, d });
    return d;
  }

  private drawnAt({ x, y, scale }: At): string {
    let d = '';
    for (const { command, numbers } of this.segments) {
      d += command;
      if (command === 'A') {
        const [rx = 0, ry = 0, rotation = 0, large = 0, sweep = 0, toX = 0, toY = 0] = numbers;
        d += `${short(rx * scale)} ${short(ry * scale)} ${rotation} ${large} ${sweep} ${short(x + toX * scale)} ${short(y + toY * scale)}`;
      } else {
        for (let i = 0; i < numbers.length; i += 2)
          d += `${i > 0 ? ' ' : ''}${short(x + (numbers[i] ?? 0) * scale)} ${short(y + (numbers[i + 1] ?? 0) * scale)}`;
      }
    }
    return d;
  }
}

/** A measure of a drawing, as a line's width, in a figure of this size. */
export const sized = (units: number, { scale }: { scale: number }): number => short(units * scale);

// All go round clockwise, as the drawings' other outlines do: where two of one path overlap, nothing is cut out.

export function ellipse(cx: number, cy: number, rx: number, ry: number): string {
  return `M${cx - rx} ${cy}a${rx} ${ry} 0 0 1 ${2 * rx} 0a${rx} ${ry} 0 0 1 ${-2 * rx} 0Z`;
}

export const circle = (cx: number, cy: number, r: number): string => ellipse(cx, cy, r, r);

/** `round`: the corners' radius. */
export function rect(x: number, y: number, w: number, h: number, round = 0): string {
  if (round === 0) return `M${x} ${y}h${w}v${h}h${-w}Z`;
  const corner = (dx: number, dy: number): string => `a${round} ${round} 0 0 1 ${dx} ${dy}`;
  const [across, down] = [w - 2 * round, h - 2 * round];
  return `M${x + round} ${y}h${across}${corner(round, round)}v${down}${corner(-round, round)}h${-across}${corner(-round, -round)}v${-down}${corner(round, -round)}Z`;
}
