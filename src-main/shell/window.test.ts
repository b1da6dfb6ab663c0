import { EventEmitter } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import type { BrowserWindow } from 'electron';

vi.mock('electron', () => ({ BrowserWindow: class {}, screen: {}, app: { isPackaged: true }, protocol: {} }));
const { failUnpainted, firstSize, reviveOnCrash } = await import('./window');

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

afterEach(() => {
  vi.useRealTimers();
});

test.each([
  ['is never painted', null, 1],
  ['has been painted', 'ready-to-show', 0],
  ['was closed before', 'closed', 0],
])('a window that %s', (_, event, times) => {
  vi.useFakeTimers();
  const window = new EventEmitter();
  const fail = vi.fn();
  failUnpainted(window as unknown as BrowserWindow, fail);
  if (event !== null) window.emit(event);
  vi.advanceTimersByTime(120_000);
  expect(fail).toHaveBeenCalledTimes(times);
  if (times > 0) expect(fail.mock.calls[0]?.[0]).toContain('the window has shown nothing for 60 s');
});

test('a page that dies is loaded again; one that dies again at once is given up, one that dies an hour later is not', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  vi.spyOn(console, 'error').mockReturnValue();
  const webContents = Object.assign(new EventEmitter(), { reload: vi.fn() });
  const giveUp = vi.fn();
  reviveOnCrash({ webContents } as unknown as BrowserWindow, giveUp);
  const die = (reason: string): [reloads: number, givenUp: number] => {
    webContents.emit('render-process-gone', {}, { reason });
    return [webContents.reload.mock.calls.length, giveUp.mock.calls.length];
  };
  expect(die('clean-exit')).toEqual([0, 0]);
  expect(die('crashed')).toEqual([1, 0]);
  vi.advanceTimersByTime(3_600_000);
  expect(die('oom')).toEqual([2, 0]);
  vi.advanceTimersByTime(1_000);
  expect(die('killed')).toEqual([2, 1]);
  expect(giveUp).toHaveBeenCalledWith('killed');
});
