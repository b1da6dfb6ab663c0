import { render } from '@testing-library/svelte';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { children } from '../scene/glossary';
import { color, luminance } from './lane-paint';
import Swatch from './Swatch.svelte';

test('the legend shows running children in their robes, and in the projector theme as deep as their bars', () => {
  const { container } = render(Swatch, { of: 'running' });
  const samples = [...container.querySelectorAll<SVGRectElement>('.running')];
  expect(samples).toHaveLength(2);
  for (const [i, { style }] of samples.entries()) {
    expect(style.getPropertyValue('--robe')).toBe(children.names[i]?.robe);
    // White on it, and it on white, are 7 : 1, as LaneCanvas has it.
    expect(1.05 / (luminance(color(style.getPropertyValue('--deep'))) + 0.05)).toBeGreaterThanOrEqual(7);
  }
  const source = readFileSync(join(import.meta.dirname, 'Swatch.svelte'), 'utf8').replace(/\s+/g, ' ');
  expect(source).toContain(":global(:root[data-theme='projector']) .running { fill: var(--deep); }");
});
