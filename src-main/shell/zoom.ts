/** Ctrl and plus, minus or zero in all the places where a keyboard has them. */
import type { BrowserWindow, Input } from 'electron';

/** As browsers step: each is some 20 percent. */
const STEP_LEVELS = 0.5;
const SMALLEST_LEVEL = -3;
const LARGEST_LEVEL = 5;

/** What the zoom becomes by a key; null: the key is not meant for it. */
export function zoomLevelAfter(
  level: number,
  { type, key, code, control, meta, alt }: Pick<Input, 'type' | 'key' | 'code' | 'control' | 'meta' | 'alt'>,
): number | null {
  if (type !== 'keyDown' || !(control || meta) || alt) return null;
  if (key === '+' || key === '=' || code === 'NumpadAdd') return Math.min(LARGEST_LEVEL, level + STEP_LEVELS);
  if (key === '-' || key === '_' || code === 'NumpadSubtract') return Math.max(SMALLEST_LEVEL, level - STEP_LEVELS);
  return key === '0' || code === 'Numpad0' ? 0 : null;
}

/** Before the page sees the key. */
export function watchZoomKeys({ webContents }: BrowserWindow): void {
  webContents.on('before-input-event', (event, input) => {
    const level = zoomLevelAfter(webContents.getZoomLevel(), input);
    if (level === null) return;
    event.preventDefault();
    webContents.setZoomLevel(level);
  });
}
