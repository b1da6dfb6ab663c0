import { expect, test, vi } from 'vitest';

vi.mock('electron', () => ({ BrowserWindow: class {}, screen: {}, app: { isPackaged: true }, protocol: {} }));
const { firstSize } = await import('./window');

test.each([
  [1920, 1040, 1366, 768, false],
  [1440, 860, 1366, 768, false],
  // A projector, a small notebook, and one whose system draws everything at 150 percent.
  [1366, 728, 1366, 728, true],
  [1280, 680, 1280, 680, true],
  [911, 485, 911, 485, true],
])('on a screen with room for %d × %d', (width, height, widthPx, heightPx, isWholeScreen) => {
  expect(firstSize({ width, height })).toEqual({ widthPx, heightPx, isWholeScreen });
});
