/** For tests: how far two colours are apart, for every kind of eye. Colours are sRGB, 0 to 1. */

export type Rgb = readonly [number, number, number];
type Matrix = readonly [Rgb, Rgb, Rgb];

/** `#rrggbb`, or `rgb(r g b / a)` laid over a ground. */
export function colourOf(css: string, ground: Rgb = [1, 1, 1]): Rgb {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/.exec(css);
  if (hex) return [hex[1], hex[2], hex[3]].map((each) => parseInt(each ?? '', 16) / 255) as unknown as Rgb;
  const rgb = /^rgb\((\d+) (\d+) (\d+)(?: \/ ([\d.]+))?\)$/.exec(css);
  if (!rgb) throw new Error(`no colour that is known here: ${css}`);
  const alpha = Number(rgb[4] ?? 1);
  return [rgb[1], rgb[2], rgb[3]].map((each, i) => (Number(each) / 255) * alpha + (ground[i] ?? 0) * (1 - alpha)) as unknown as Rgb;
}

const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const encoded = (value: number): number => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);
const times = (matrix: Matrix, [r, g, b]: Rgb): Rgb => matrix.map(([x, y, z]) => x * r + y * g + z * b) as unknown as Rgb;

/** WCAG 2.2: relative luminance. */
const luminance = (colour: Rgb): number => {
  const [r, g, b] = colour.map(linear) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/**
 * WCAG 2.2: contrast ratio, 1 to 21. `flare`: the light that lies over everything, as a share of white's; WCAG takes a dim room's, and a
 * bright classroom has several times as much.
 */
export function contrast(a: Rgb, b: Rgb, flare = 0.05): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + flare) / (dark + flare);
}

/** A colour as the wall shows it with that light over it. */
export const underLight = (colour: Rgb, flare: number): Rgb =>
  colour.map((each) => encoded((linear(each) + flare) / (1 + flare))) as unknown as Rgb;

/** Machado, Oliveira and Fernandes 2009, at full strength; for linear RGB. */
const DEFICIENCIES: Readonly<Record<'protan' | 'deutan' | 'tritan', Matrix>> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
export const EYES = ['normal', 'protan', 'deutan', 'tritan'] as const;
export type Eyes = (typeof EYES)[number];

export function seenBy(eyes: Eyes, colour: Rgb): Rgb {
  if (eyes === 'normal') return colour;
  const seen = times(DEFICIENCIES[eyes], colour.map(linear) as unknown as Rgb);
  return seen.map((value) => encoded(Math.min(1, Math.max(0, value)))) as unknown as Rgb;
}

/** CIE L*a*b* under D65. */
function lab(colour: Rgb): Rgb {
  const toXyz: Matrix = [
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.072175],
    [0.0193339, 0.119192, 0.9503041],
  ];
  const [x, y, z] = times(toXyz, colour.map(linear) as unknown as Rgb);
  const f = (t: number): number => (t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29);
  const [fx, fy, fz] = [f(x / 0.95047), f(y), f(z / 1.08883)];
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

const degrees = (radians: number): number => (radians * 180) / Math.PI;
const radians = (angle: number): number => (angle * Math.PI) / 180;

/** CIEDE2000: about 2 is just seen, below 10 is taken for the same at a glance. */
export function difference(one: Rgb, other: Rgb): number {
  const [[l1, a1, b1], [l2, a2, b2]] = [lab(one), lab(other)];
  const mean7 = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7;
  const g = 0.5 * (1 - Math.sqrt(mean7 / (mean7 + 25 ** 7)));
  const [x1, x2] = [(1 + g) * a1, (1 + g) * a2];
  const [c1, c2] = [Math.hypot(x1, b1), Math.hypot(x2, b2)];
  const hue = (b: number, a: number): number => (b === 0 && a === 0 ? 0 : (degrees(Math.atan2(b, a)) + 360) % 360);
  const [h1, h2] = [hue(b1, x1), hue(b2, x2)];
  const apart = c1 * c2 === 0 ? 0 : ((((h2 - h1 + 180) % 360) + 360) % 360) - 180;
  const [dl, dc, dh] = [l2 - l1, c2 - c1, 2 * Math.sqrt(c1 * c2) * Math.sin(radians(apart / 2))];
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const h = c1 * c2 === 0 ? h1 + h2 : (h1 + apart / 2 + 360) % 360;
  const t =
    1 -
    0.17 * Math.cos(radians(h - 30)) +
    0.24 * Math.cos(radians(2 * h)) +
    0.32 * Math.cos(radians(3 * h + 6)) -
    0.2 * Math.cos(radians(4 * h - 63));
  const sl = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
  const [sc, sh] = [1 + 0.045 * c, 1 + 0.015 * c * t];
  const turn = -2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7)) * Math.sin(radians(60 * Math.exp(-(((h - 275) / 25) ** 2))));
  return Math.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + turn * (dc / sc) * (dh / sh));
}

/** The variables that a style sheet sets for a selector, in its own words. */
export function variablesOf(css: string, selector: string): ReadonlyMap<string, string> {
  const at = Math.max(css.indexOf(`\n${selector} {`), css.indexOf(`\n${selector},\n`));
  if (at < 0) throw new Error(`the style sheet says nothing of ${selector}`);
  const block = css.slice(at, css.indexOf('\n}', at));
  return new Map([...block.matchAll(/--([\w-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value]));
}
