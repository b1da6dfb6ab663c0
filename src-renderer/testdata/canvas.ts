/**
 * For tests: a canvas that remembers what was drawn on it. jsdom has none. A kept picture shows it as lines of equal pixels and texts, so
 * that a difference can be read.
 */
const SVG = 'http://www.w3.org/2000/svg';

interface Written {
  text: string;
  x: number;
  y: number;
  fill: string;
  font: string;
}

interface Drawn {
  width: number;
  height: number;
  pixels: Uint32Array;
  texts: Written[];
  grounds: { x: number; y: number; width: number; height: number; fill: string }[];
}

const drawn = new WeakMap<HTMLCanvasElement, Drawn>();

type Rows = readonly [from: number, to: number];
const isIn = ([from, to]: Rows, y: number): boolean => y >= from && y < to;

/** As much of a context as the window's canvases use. */
class RememberingContext {
  fillStyle = '';
  font = '';
  textAlign = '';
  textBaseline = '';

  constructor(readonly canvas: HTMLCanvasElement) {}

  createImageData(width: number, height: number): { width: number; height: number; data: Uint8ClampedArray } {
    return { width, height, data: new Uint8ClampedArray(4 * width * height) };
  }

  /** Rows of pixels, each from its first one to the one behind its last: where something may be drawn; null: everywhere. */
  private clipped: readonly Rows[] | null = null;
  private path: Rows[] = [];
  private readonly saved: (readonly Rows[] | null)[] = [];

  save(): void {
    this.saved.push(this.clipped);
  }
  restore(): void {
    this.clipped = this.saved.pop() ?? null;
  }
  beginPath(): void {
    this.path = [];
  }
  /** The window's canvases clip whole rows. */
  rect(_x: number, y: number, _width: number, height: number): void {
    this.path.push([y, y + height]);
  }
  clip(): void {
    this.clipped = this.path;
  }

  /** `part`: left, top, width and height of what is put; all else stays. */
  putImageData({ width, height, data }: { width: number; height: number; data: Uint8ClampedArray }, ...[, , ...part]: number[]): void {
    const put = new Uint32Array(data.slice().buffer);
    const before = part.length > 0 ? drawn.get(this.canvas) : undefined;
    if (!before) {
      drawn.set(this.canvas, { width, height, pixels: put, texts: [], grounds: [] });
      return;
    }
    const rows: Rows = [part[1] ?? 0, (part[1] ?? 0) + (part[3] ?? 0)];
    const pixels = before.pixels.slice();
    pixels.set(put.subarray(rows[0] * width, rows[1] * width), rows[0] * width);
    const isElsewhere = ({ y }: { y: number }): boolean => !isIn(rows, y);
    drawn.set(this.canvas, { width, height, pixels, texts: before.texts.filter(isElsewhere), grounds: before.grounds.filter(isElsewhere) });
  }

  private mayDraw(y: number): boolean {
    return this.clipped === null || this.clipped.some((rows) => isIn(rows, y));
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    if (this.mayDraw(y)) drawn.get(this.canvas)?.grounds.push({ x, y, width, height, fill: this.fillStyle });
  }

  fillText(text: string, x: number, y: number): void {
    if (this.mayDraw(y)) drawn.get(this.canvas)?.texts.push({ text, x, y, fill: this.fillStyle, font: this.font });
  }
}

/** One for all files of tests that share a document: what the file before has set does not count. */
const pageStyle = document.createElement('style');
const contexts = new WeakMap<HTMLCanvasElement, RememberingContext>();

/** From now on canvases remember, with the product's own colours. `style`: the page's. */
export function rememberCanvases(style: string): void {
  globalThis.matchMedia ??= ((query: string) => ({ matches: query.includes('reduced-motion') })) as unknown as typeof matchMedia;
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement) {
    // As a browser does it: always the same one, with the font that it was given.
    let context = contexts.get(this);
    if (!context) contexts.set(this, (context = new RememberingContext(this)));
    return context;
  } as never;
  pageStyle.textContent = style;
  document.head.append(pageStyle);
}

export function drawnOn(canvas: Element | null): Drawn {
  const found = canvas === null ? undefined : drawn.get(canvas as HTMLCanvasElement);
  if (!found) throw new Error('nothing has been drawn');
  return found;
}

/** The colour of a pixel as #rrggbb; null: nothing is painted there. */
export function colorAt({ pixels, width }: Pick<Drawn, 'pixels' | 'width'>, x: number, y: number): string | null {
  const packed = pixels[y * width + x] ?? 0;
  if (packed >>> 24 === 0) return null;
  return `#${[packed & 255, (packed >> 8) & 255, (packed >> 16) & 255].map((each) => each.toString(16).padStart(2, '0')).join('')}`;
}

/** Pixels as paths, one for each colour: rows of pixels that are alike are one row. */
function paths(shown: Drawn): Map<string, string> {
  const found = new Map<string, string>();
  const rowOf = (y: number): string => shown.pixels.subarray(y * shown.width, (y + 1) * shown.width).join();
  for (let y = 0; y < shown.height;) {
    const row = rowOf(y);
    let high = 1;
    while (y + high < shown.height && rowOf(y + high) === row) high++;
    for (let x = 0; x < shown.width;) {
      const color = colorAt(shown, x, y);
      let wide = 1;
      while (x + wide < shown.width && colorAt(shown, x + wide, y) === color) wide++;
      if (color !== null) found.set(color, `${found.get(color) ?? ''}M${x} ${y}h${wide}v${high}h-${wide}z`);
      x += wide;
    }
    y += high;
  }
  return found;
}

/** A part of the page with drawings in the place of its canvases. */
export function withDrawings(part: Element): Element {
  const copy = part.cloneNode(true) as Element;
  const originals = [...part.querySelectorAll('canvas')];
  for (const [i, canvas] of [...copy.querySelectorAll('canvas')].entries()) {
    const shown = drawnOn(originals[i] ?? null);
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', `0 0 ${shown.width} ${shown.height}`);
    for (const name of ['class', 'style']) svg.setAttribute(name, canvas.getAttribute(name) ?? '');
    const add = (name: string, attributes: Record<string, string | number>, text = ''): void => {
      const element = document.createElementNS(SVG, name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
      element.textContent = text;
      svg.append(element);
    };
    for (const [color, d] of paths(shown)) add('path', { fill: color, d });
    for (const { fill, ...box } of shown.grounds) add('rect', { ...box, fill });
    for (const { text, x, y, fill, font } of shown.texts)
      add('text', { x, y, fill, style: `font: ${font}`, 'text-anchor': 'middle', 'dominant-baseline': 'central' }, text);
    canvas.replaceWith(svg);
  }
  return copy;
}
