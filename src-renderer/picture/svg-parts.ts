/** The pieces of an SVG file: numbers, escapes, lines of text, and drawings of the page with the style that they have there. */

/** Digits that no eye misses. */
export const number = (value: number): string => String(Math.round(value * 100) / 100);

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);

/** Names of things inside of a file, made its own: several files may stand in one page. */
export const withOwnIds = (svg: string, prefix: string): string =>
  svg.replace(/\bid="([^"]+)"/g, `id="${prefix}$1"`).replace(/url\((?:&quot;)?#([^)&]+)(?:&quot;)?\)/g, `url(#${prefix}$1)`);

/** The product's own letters, and where they are not taken those that are as wide and have Chinese, on each system. */
const OTHERS = {
  sans: `'Schedville Sans', 'Schedville Signs', 'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans', Arial, sans-serif`,
  mono: `'Schedville Mono', 'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono', 'Schedville Sans', 'Schedville Signs', 'Noto Sans SC', monospace`,
};

/** What a file says for the page's fonts. */
export const fontsFor = (family: string): string => (/monospace/.test(family) ? OTHERS.mono : OTHERS.sans);

/** A line of text as it stands on the page: its place from the left, the top of its box, how wide it is. */
export interface TextLine {
  text: string;
  left: number;
  top: number;
  width: number;
}

/** The lines into which a text has been broken. `boxOf`: where one of its characters stands; null: it is not drawn. */
export function textLines(
  text: string,
  boxOf: (from: number, to: number) => Pick<DOMRect, 'left' | 'right' | 'top' | 'width'> | null,
): TextLine[] {
  const lines: (TextLine & { right: number })[] = [];
  for (let i = 0; i < text.length;) {
    const sign = String.fromCodePoint(text.codePointAt(i) ?? 32);
    const box = boxOf(i, i + sign.length);
    i += sign.length;
    if (!box || box.width === 0) continue;
    const last = lines.at(-1);
    // Superscripts of a font and rounding move a character by less.
    if (last && Math.abs(last.top - box.top) < 2 && box.left >= last.right - 2) {
      last.text += sign;
      last.right = Math.max(last.right, box.right);
    } else lines.push({ text: sign, left: box.left, top: box.top, width: 0, right: box.right });
  }
  return lines
    .map(({ text: line, left, top, right }) => ({ text: line.replace(/\s/g, ' '), left, top, width: right - left }))
    .filter((line) => line.text.trim() !== '');
}

/** What an element hands down to those in it, and what only it has. */
const INHERITED = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-dashoffset',
  'stroke-linecap',
  'stroke-linejoin',
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'letter-spacing',
  'text-anchor',
  'dominant-baseline',
  'paint-order',
  'visibility',
] as const;
const OWN: Readonly<Record<string, string>> = {
  opacity: '1',
  'vector-effect': 'none',
  'stop-color': 'rgb(0, 0, 0)',
  'stop-opacity': '1',
};
/** Sizes that a style sheet may give to a shape. */
const SIZES = ['r', 'rx', 'ry'] as const;
const LEFT_OUT = /^(class|style|role|tabindex|data-.*|aria-.*|on.*|xmlns.*)$/;

/** An element of a drawing and what is in it, with its style written down. `above`: the style that it would have without one of its own. */
export function drawing(element: Element, above: CSSStyleDeclaration | null): string {
  const style = getComputedStyle(element);
  if (style.display === 'none') return '';
  const attributes = [...element.attributes].filter(({ name }) => !LEFT_OUT.test(name)).map(({ name, value }) => [name, value] as const);
  const named = new Map<string, string>(attributes);
  for (const name of INHERITED) {
    const value = name === 'font-family' ? fontsFor(style.fontFamily) : style.getPropertyValue(name);
    // Said once more where the attribute says otherwise than the style sheet.
    if (named.has(name) || style.getPropertyValue(name) !== (above?.getPropertyValue(name) ?? '')) named.set(name, value);
  }
  for (const [name, usual] of Object.entries(OWN)) {
    const value = style.getPropertyValue(name);
    if (value !== usual && value !== '') named.set(name, value);
    else named.delete(name);
  }
  for (const name of SIZES) {
    const value = style.getPropertyValue(name);
    if (!named.has(name) && value !== '' && value !== 'auto' && value !== '0px') named.set(name, value);
  }
  if (!named.has('transform') && style.transform !== 'none' && style.transform !== '') named.set('transform', style.transform);
  const written = [...named].map(([name, value]) => ` ${name}="${escaped(value)}"`).join('');
  const inside = [...element.childNodes]
    .map((child) =>
      child instanceof Element
        ? drawing(child, style)
        : child.nodeType === Node.TEXT_NODE
          ? escaped((child.textContent ?? '').replace(/\s+/g, ' '))
          : '',
    )
    .join('');
  const tag = element.tagName;
  return inside === '' ? `<${tag}${written}/>` : `<${tag}${written}>${inside}</${tag}>`;
}
