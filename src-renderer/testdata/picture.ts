/**
 * For tests: a component drawn from its plan, without a window, as a file that a person can open and a test can compare. An SVG carries its
 * own style; an HTML picture stands beside schedville.css. jsdom lays nothing out, so what is measured in the window is given here.
 */
import { render } from '@testing-library/svelte';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from 'svelte/compiler';
import type { Component } from 'svelte';
import { expect } from 'vitest';

const RENDERER = join(import.meta.dirname, '..');
export const PICTURES = join(import.meta.dirname, 'pictures');

export interface Size {
  widthPx: number;
  heightPx: number;
}

/** Ten times the type's size, as a view measures it with an element of the class `em`. */
const TEN_EM_PX = 130;

/** As large as every element says it is while `work` runs. jsdom itself would say 0 × 0. */
function measured<T>({ widthPx, heightPx }: Size, work: () => T): T {
  const kept = ['clientWidth', 'clientHeight', 'offsetWidth', 'offsetHeight'].map(
    (name) => [name, Object.getOwnPropertyDescriptor(HTMLElement.prototype, name)] as const,
  );
  const observer = globalThis.ResizeObserver;
  for (const [name] of kept) {
    const whole = name.endsWith('Width') ? widthPx : heightPx;
    Object.defineProperty(HTMLElement.prototype, name, {
      configurable: true,
      get(this: HTMLElement) {
        return this.classList.contains('em') ? TEN_EM_PX : whole;
      },
    });
  }
  globalThis.ResizeObserver = class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
  try {
    return work();
  } finally {
    globalThis.ResizeObserver = observer;
    for (const [name, descriptor] of kept) {
      if (descriptor) Object.defineProperty(HTMLElement.prototype, name, descriptor);
      else Reflect.deleteProperty(HTMLElement.prototype, name);
    }
  }
}

/** What the component draws. The element leaves the document with the test. */
export function drawn<Props extends Record<string, unknown>>(component: Component<Props>, props: Props, size: Size): HTMLElement {
  return drawnAndRedrawn(component, props, size).container;
}

/** The same, and a way to draw it with other props. */
export function drawnAndRedrawn<Props extends Record<string, unknown>>(
  component: Component<Props>,
  props: Props,
  size: Size,
): { container: HTMLElement; redraw: (changes: Partial<Props>) => Promise<void> } {
  const { container, rerender } = measured(size, () => render(component, { props } as never));
  return { container, redraw: (changes) => rerender(changes as never) };
}

function svelteFilesBelow(folder: string): string[] {
  const names = readdirSync(join(RENDERER, folder), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.svelte')).map((name) => join(folder, name));
}

/** The style of the components in a folder, scoped as in the product, behind the product's own colours and sizes. */
export function styleOf(...folders: readonly string[]): string {
  const own = folders
    .flatMap(svelteFilesBelow)
    .sort()
    .map((file) => {
      const source = readFileSync(join(RENDERER, file), 'utf8');
      return compile(source, { filename: `src-renderer/${file}`, css: 'external', generate: 'client', runes: true }).css?.code ?? '';
    });
  return plain(readFileSync(join(RENDERER, 'window/app.css'), 'utf8').replace(/@font-face\s*\{[^}]*\}/g, ''), ...own);
}

/** The same with what dialogs look like: a page may be one. */
export const styleOfPages = (...folders: readonly string[]): string =>
  `${styleOf(...folders)}\n${plain(readFileSync(join(RENDERER, 'window/sheet.css'), 'utf8'))}`;

/** Without comments, a rule's lines one below the other. */
const plain = (...styles: readonly string[]): string =>
  styles
    .join('\n')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, '\n')
    .trim();

export interface Look {
  theme: 'light' | 'dark';
  /** The language's tag, as <html lang> has it. */
  lang: string;
}

/** Two digits behind the point: a hundredth of a pixel is nobody's business, and sums of fractions end differently elsewhere. */
const rounded = (markup: string): string =>
  markup.replace(/-?\d+\.\d{3,}/g, (digits) => String(Math.round(Number(digits) * 100) / 100)).replace(/<!--[\s\S]*?-->/g, '');

/** An element to a line, so that a difference can be read. Not inside of text, where a line break would be a blank. */
const inLines = (markup: string): string =>
  markup.replace(/(?=<(g|path|rect|circle|ellipse|line|text|polygon|defs|div|section|table|tr|ol|ul|li|dl|p|h\d)[\s>])/g, '\n');

/** A drawing as a file of its own. `layers`: one behind the other, of the same size. */
export function svgFile(layers: readonly Element[], style: string, { widthPx, heightPx }: Size, { theme, lang }: Look): string {
  const [first, ...others] = layers;
  if (!first) throw new Error('nothing is drawn');
  const copy = first.cloneNode(true) as Element;
  for (const layer of others) copy.append(...(layer.cloneNode(true) as Element).childNodes);
  copy.setAttribute('width', String(widthPx));
  copy.setAttribute('height', String(heightPx));
  copy.setAttribute('data-theme', theme);
  // Its light is a class of what holds the layers.
  copy.setAttribute('class', first.parentElement?.className ?? '');
  copy.setAttribute('lang', lang);
  copy.setAttribute('font-family', "'Schedville Sans', 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif");
  const drawing = rounded(new XMLSerializer().serializeToString(copy));
  return `${inLines(drawing.replace(/^(<svg[^>]*>)/, `$1<style>\n${style.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}\n</style>`))}\n`;
}

/** A part of the window as a page, beside schedville.css. */
export function pageFile(part: Element, { widthPx, heightPx }: Size, { theme, lang }: Look): string {
  return [
    '<!doctype html>',
    `<html lang="${lang}" data-theme="${theme}">`,
    '<meta charset="utf-8">',
    '<link rel="stylesheet" href="schedville.css">',
    `<body style="margin: 0; width: ${widthPx}px; height: ${heightPx}px; display: grid">`,
    inLines(rounded(part.innerHTML)).trim(),
    '',
  ].join('\n');
}

/** UPDATE_GOLDENS=1 writes the pictures anew: open them, and look at them, before you keep them. */
export function expectKept(name: string, text: string): void {
  const file = join(PICTURES, name);
  if (process.env.UPDATE_GOLDENS === '1') writeFileSync(file, text);
  expect(text, `${name} is drawn otherwise; UPDATE_GOLDENS=1 keeps it`).toBe(readFileSync(file, 'utf8'));
}
