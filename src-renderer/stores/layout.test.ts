import { expect, test, vi } from 'vitest';
import { LayoutStore } from './layout.svelte';

test('a splitter is where it was put in windows of one height, and at first elsewhere', () => {
  const onchange = vi.fn();
  const layout = new LayoutStore(onchange);
  const first = layout.percent('middle', 'village');
  layout.put('middle', 'village', first + 4.44);
  expect(layout.percent('middle', 'village')).toBeCloseTo(first + 4.4, 5);
  expect([layout.percent('high', 'village'), layout.isChanged]).toEqual([first, true]);
  expect(layout.percent('middle', 'timeline')).not.toBe(layout.percent('middle', 'village'));
  expect(onchange).toHaveBeenCalledTimes(1);
});

test('it is put back alone, or all of them together; only what changes is saved', () => {
  const onchange = vi.fn();
  const layout = new LayoutStore(onchange);
  layout.reset();
  expect(onchange).not.toHaveBeenCalled();
  layout.put('low', 'timeline', 50);
  layout.put('huge', 'village', 40);
  layout.put('low', 'timeline', null);
  expect(layout.kept).toEqual({ 'huge.village': 40 });
  layout.reset();
  expect([layout.kept, layout.isChanged, onchange.mock.calls.length]).toEqual([{}, false, 4]);
});
