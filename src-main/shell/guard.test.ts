import { EventEmitter } from 'node:events';
import { beforeEach, expect, test, vi } from 'vitest';
import type { App, Session } from 'electron';

vi.mock('electron', () => ({ app: { isPackaged: true }, protocol: {} }));
const { guardPages, guardSession } = await import('./guard');

class Contents extends EventEmitter {
  open: (() => { action: string }) | null = null;
  setWindowOpenHandler(handler: () => { action: string }): void {
    this.open = handler;
  }
}

let contents: Contents;
beforeEach(() => {
  const app = new EventEmitter();
  guardPages(app as unknown as App);
  contents = new Contents();
  app.emit('web-contents-created', {}, contents);
});

/** Whether an event of that name was prevented. */
function isPrevented(from: EventEmitter, name: string, event: object, ...more: unknown[]): boolean {
  const preventDefault = vi.fn();
  from.emit(name, { ...event, preventDefault }, ...more);
  return preventDefault.mock.calls.length > 0;
}

const FOREIGN = [
  'https://example.com/',
  'file:///etc/passwd',
  'app://schedville.example.com/',
  'data:text/html,x',
  'javascript:alert(1)',
  'mailto:a@b.c',
  '',
];

test.each(FOREIGN)('no page goes to %j, by itself, redirected or in a frame', (url) => {
  for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate'])
    expect(isPrevented(contents, name, { url, isMainFrame: false }), name).toBe(true);
});

test('our own page may be loaded again', () => {
  expect(isPrevented(contents, 'will-navigate', { url: 'app://schedville/index.html' })).toBe(false);
});

test('no window, no webview, no download, no device', () => {
  expect(contents.open?.()).toEqual({ action: 'deny' });
  expect(isPrevented(contents, 'will-attach-webview', {})).toBe(true);
  const setDevicePermissionHandler = vi.fn();
  const session = Object.assign(new EventEmitter(), { setDevicePermissionHandler });
  guardSession(session as unknown as Session);
  expect(isPrevented(session, 'will-download', {})).toBe(true);
  const [[mayUse]] = setDevicePermissionHandler.mock.calls as [[() => boolean]];
  expect(mayUse()).toBe(false);
});
