/**
 * A part of the page as an SVG file: boxes, borders and lines of text where the page has them, its drawings with their style, its canvases as
 * pictures. It knows what the views are made of, not all of CSS.
 */
import { drawing, escaped, fontsFor, number, textLines, withOwnIds } from './svg-parts';

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface SvgWishes {
  /** The file's own fonts, as rules of a style sheet; '': it goes by those of the page that it will stand in. */
  fonts: string;
  /** In front of the names of things inside of it. */
  prefix: string;
  /** Pixels of the file, where it says how large it is, for one of the paper. */
  scale: number;
}

const isSeen = (colour: string): boolean => colour !== 'transparent' && !/^rgba\(.*, 0\)$/.test(colour);

export function svgOf(paper: HTMLElement, { fonts, prefix, scale }: SvgWishes): string {
  const { left, top, width, height } = paper.getBoundingClientRect();
  const size = `width="${number(width * scale)}" height="${number(height * scale)}" viewBox="0 0 ${number(width)} ${number(height)}"`;
  const inside = new Writer(left, top).element(paper, null);
  const style = fonts === '' ? '' : `<style>${escaped(fonts)}</style>`;
  return withOwnIds(`<svg xmlns="http://www.w3.org/2000/svg" ${size}>${style}${inside}</svg>\n`, prefix);
}

class Writer {
  private clips = 0;
  private readonly range = document.createRange();
  private readonly measure = document.createElement('canvas').getContext('2d');

  constructor(
    private readonly left: number,
    private readonly top: number,
  ) {}

  private boxOf(element: Element): Box {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { left: left - this.left, top: top - this.top, width, height };
  }

  element(element: Element, above: CSSStyleDeclaration | null): string {
    const style = getComputedStyle(element);
    if (style.display === 'none' || style.opacity === '0') return '';
    const box = this.boxOf(element);
    if (element instanceof SVGSVGElement) return style.visibility === 'hidden' ? '' : this.svg(element, box, style);
    if (element instanceof HTMLCanvasElement) return this.canvas(element, box);
    const ground = style.visibility === 'hidden' ? '' : this.ground(box, style);
    const children = this.ordered(element).map((child) =>
      child instanceof Element ? this.element(child, style) : style.visibility === 'hidden' ? '' : this.text(child as Text, style),
    );
    const inside = children.join('');
    const isClipped = style.overflowX !== 'visible' && inside !== '';
    const content = isClipped ? this.clipped(inside, box) : inside;
    const all = ground + content;
    return style.opacity === '1' || all === '' || above === null ? all : `<g opacity="${style.opacity}">${all}</g>`;
  }

  /** As they are painted: what is positioned comes after the others, by its height. */
  private ordered(element: Element): Node[] {
    const nodes = [...element.childNodes].filter((node) => node instanceof Element || node.nodeType === Node.TEXT_NODE);
    const heightOf = (node: Node): number => {
      if (!(node instanceof Element)) return 0;
      const { position, zIndex } = getComputedStyle(node);
      return position === 'static' ? 0 : 0.5 + (Number(zIndex) || 0);
    };
    return nodes
      .map((node) => ({ node, height: heightOf(node) }))
      .sort((a, b) => a.height - b.height)
      .map(({ node }) => node);
  }

  private clipped(inside: string, { left, top, width, height }: Box): string {
    const id = `clip${++this.clips}`;
    const rect = `<rect x="${number(left)}" y="${number(top)}" width="${number(width)}" height="${number(height)}"/>`;
    return `<clipPath id="${id}">${rect}</clipPath><g clip-path="url(#${id})">${inside}</g>`;
  }

  /** Background and borders. */
  private ground({ left, top, width, height }: Box, style: CSSStyleDeclaration): string {
    if (width === 0 || height === 0) return '';
    const radius = Math.min(parseFloat(style.borderTopLeftRadius) || 0, width / 2, height / 2);
    const at = (inset: number): string =>
      `x="${number(left + inset)}" y="${number(top + inset)}" width="${number(width - 2 * inset)}" height="${number(height - 2 * inset)}"` +
      (radius > 0 ? ` rx="${number(Math.max(0, radius - inset))}"` : '');
    const fill = isSeen(style.backgroundColor) ? `<rect ${at(0)} fill="${style.backgroundColor}"/>` : '';
    const sides = (['Top', 'Right', 'Bottom', 'Left'] as const).map((side) => ({
      side,
      wide: style[`border${side}Style`] === 'none' ? 0 : parseFloat(style[`border${side}Width`]) || 0,
      colour: style[`border${side}Color`],
      dash: { dotted: '1 2', dashed: '4 3' }[style[`border${side}Style`]],
    }));
    const [first] = sides;
    if (first && first.wide > 0 && sides.every(({ wide, colour }) => wide === first.wide && colour === first.colour)) {
      const dash = first.dash === undefined ? '' : ` stroke-dasharray="${first.dash}"`;
      return `${fill}<rect ${at(first.wide / 2)} fill="none" stroke="${first.colour}" stroke-width="${number(first.wide)}"${dash}/>`;
    }
    const lines = sides
      .filter(({ wide, colour }) => wide > 0 && isSeen(colour))
      .map(({ side, wide, colour, dash }) => {
        const [x1, y1, x2, y2] = {
          Top: [left, top + wide / 2, left + width, top + wide / 2],
          Bottom: [left, top + height - wide / 2, left + width, top + height - wide / 2],
          Left: [left + wide / 2, top, left + wide / 2, top + height],
          Right: [left + width - wide / 2, top, left + width - wide / 2, top + height],
        }[side].map(number) as [string, string, string, string];
        const dashed = dash === undefined ? '' : ` stroke-dasharray="${dash}"`;
        return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colour}" stroke-width="${number(wide)}"${dashed}/>`;
      });
    return fill + lines.join('');
  }

  private text(node: Text, style: CSSStyleDeclaration): string {
    const { range } = this;
    const lines = textLines(node.data, (from, to) => {
      range.setStart(node, from);
      range.setEnd(node, to);
      return range.getClientRects()[0] ?? null;
    });
    if (lines.length === 0) return '';
    // The box of a line of text is as high as its font is; its foot line lies below its top by what rises above it.
    if (this.measure) this.measure.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const rise = this.measure?.measureText('x').fontBoundingBoxAscent ?? parseFloat(style.fontSize);
    const look =
      `font-family="${fontsFor(style.fontFamily)}" font-size="${style.fontSize}" fill="${style.color}"` +
      (style.fontWeight === '400' ? '' : ` font-weight="${style.fontWeight}"`) +
      (style.fontStyle === 'normal' ? '' : ` font-style="${style.fontStyle}"`);
    return lines
      .map(({ text, left, top, width }) => {
        const at = `x="${number(left - this.left)}" y="${number(top - this.top + rise)}"`;
        // As wide as here, also where another font takes this one's place.
        const wide = [...text].length > 1 ? ` textLength="${number(width)}" lengthAdjust="spacingAndGlyphs"` : '';
        return `<text ${at} ${look}${wide} xml:space="preserve">${escaped(text)}</text>`;
      })
      .join('');
  }

  private svg(element: SVGSVGElement, { left, top, width, height }: Box, style: CSSStyleDeclaration): string {
    const viewBox = element.getAttribute('viewBox') ?? `0 0 ${number(width)} ${number(height)}`;
    const aspect = element.getAttribute('preserveAspectRatio');
    const at = `x="${number(left)}" y="${number(top)}" width="${number(width)}" height="${number(height)}"`;
    const inside = [...element.children].map((child) => drawing(child, null)).join('');
    if (inside === '') return '';
    const opacity = style.opacity === '1' ? '' : ` opacity="${style.opacity}"`;
    const svg = `<svg ${at} viewBox="${viewBox}"${aspect === null ? '' : ` preserveAspectRatio="${aspect}"`} overflow="${style.overflowX}">${inside}</svg>`;
    return opacity === '' ? svg : `<g${opacity}>${svg}</g>`;
  }

  private canvas(element: HTMLCanvasElement, { left, top, width, height }: Box): string {
    if (width === 0 || height === 0) return '';
    const at = `x="${number(left)}" y="${number(top)}" width="${number(width)}" height="${number(height)}"`;
    return `<image ${at} href="${element.toDataURL('image/png')}"/>`;
  }
}
