import { render } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { children } from '../scene/glossary';
import { styleOf } from '../testdata/picture';
import { color, luminance } from './lane-paint';
import Swatch from './Swatch.svelte';

test('the legend shows who runs in their colours, and in the projector theme as deep as their bars', () => {
  const style = document.head.appendChild(document.createElement('style'));
  style.textContent = styleOf('timeline');
  const root = document.documentElement;
  const { container } = render(Swatch, { of: 'running' });
  const samples = [...container.querySelectorAll<SVGRectElement>('.running')];
  expect(samples).toHaveLength(2);
  /** What they are filled with in a theme, as the style sheet has it. */
  const filled = (theme: string): string[] => {
    root.dataset.theme = theme;
    return samples.map((sample) => {
      const of = getComputedStyle(sample);
      return of.fill.replace(/^var\((--[\w-]+)\)$/, (_, name: string) => of.getPropertyValue(name));
    });
  };
  try {
    for (const theme of ['light', 'dark']) expect(filled(theme)).toEqual(children.names.slice(0, 2).map(({ robe }) => robe));
    const deep = filled('projector');
    expect(new Set(deep).size).toBe(2);
    // White on it, and it on white, are 7 : 1, as LaneCanvas has it.
    for (const each of deep) expect(1.05 / (luminance(color(each)) + 0.05), each).toBeGreaterThanOrEqual(7);
  } finally {
    style.remove();
    delete root.dataset.theme;
  }
});
