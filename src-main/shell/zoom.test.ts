import { expect, test } from 'vitest';
import { zoomLevelAfter } from './zoom';

const CTRL = { type: 'keyDown', control: true, meta: false, alt: false } as const;

test.each([
  ['=', 'Equal', 0.5],
  ['+', 'Equal', 0.5],
  ['+', 'NumpadAdd', 0.5],
  ['+', 'BracketRight', 0.5],
  ['-', 'Minus', -0.5],
  ['-', 'NumpadSubtract', -0.5],
  ['0', 'Digit0', 0],
  ['0', 'Numpad0', 0],
  ['a', 'KeyA', null],
])('Ctrl %s (%s)', (key, code, level) => {
  expect(zoomLevelAfter(0, { ...CTRL, key, code })).toBe(level);
});

test('without Ctrl, with Alt, and when it is let go, a key is the page’s', () => {
  const key = { ...CTRL, key: '+', code: 'Equal' };
  expect(zoomLevelAfter(0, { ...key, control: false })).toBeNull();
  expect(zoomLevelAfter(0, { ...key, control: false, meta: true })).toBe(0.5);
  expect(zoomLevelAfter(0, { ...key, alt: true })).toBeNull();
  expect(zoomLevelAfter(0, { ...key, type: 'keyUp' })).toBeNull();
});

test('it ends at both ends', () => {
  expect(zoomLevelAfter(5, { ...CTRL, key: '+', code: '' })).toBe(5);
  expect(zoomLevelAfter(-3, { ...CTRL, key: '-', code: '' })).toBe(-3);
});
