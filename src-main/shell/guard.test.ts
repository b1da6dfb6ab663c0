import { EventEmitter } from 'node:events';
import { beforeEach, expect, test, vi } from 'vitest';
import type { App, Session } from 'electron';

vi.mock('electron', () => ({ app: { isPackaged: true }, protocol: {} }));
const { guardPages, guardSession, shut } = await import('./guard');

class Contents extends EventEmitter {
  open: (() => { action: string }) | null = null;
  loaded: string[] = [];
  constructor(private readonly url = 'app://schedville/index.html') {
    super();
  }
  getURL = (): string => this.url;
  setWebRTCIPHandlingPolicy = vi.fn();
  loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    return Promise.resolve();
  }
  setWindowOpenHandler(handler: () => { action: string }): void {
    this.open = handler;
  }
}

let contents: Contents;
function guarded(url?: string): Contents {
  const app = new EventEmitter();
  guardPages(app as unknown as App);
  const created = new Contents(url);
  app.emit('web-contents-created', {}, created);
  return created;
}
beforeEach(() => {
  contents = guarded();
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
  'about:blank',
  'blob:app://schedville/5f0c',
  'devtools://devtools/bundled/inspector.html',
  '',
];

test.each(FOREIGN)('no page goes to %j, by itself, redirected or in a frame', (url) => {
  for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate'])
    expect(isPrevented(contents, name, { url, isMainFrame: false }), name).toBe(true);
});

test('our own page may be loaded again', () => {
  expect(isPrevented(contents, 'will-navigate', { url: 'app://schedville/index.html' })).toBe(false);
});

test('Chromium’s own tools go where they like among themselves', () => {
  const tools = guarded('devtools://devtools/bundled/inspector.html');
  expect(isPrevented(tools, 'will-navigate', { url: 'devtools://devtools/bundled/other.html' })).toBe(false);
  expect(isPrevented(tools, 'will-navigate', { url: 'https://example.com/' })).toBe(true);
});

test('a page that has got to about:blank all the same is brought back to where it was', () => {
  contents.emit('did-navigate', {}, 'app://schedville/index.html#presenter');
  expect(contents.loaded).toEqual([]);
  contents.emit('did-navigate', {}, 'about:blank');
  expect(contents.loaded).toEqual(['app://schedville/index.html#presenter']);
});

test('a window is shut, whatever whoever makes it says', () => {
  const open = { sandbox: false, contextIsolation: false, nodeIntegration: true, webSecurity: false, spellcheck: true };
  expect(shut({ preload: 'p.cjs', ...open })).toEqual({
    preload: 'p.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    spellcheck: false,
  });
});

test('no window, no webview, no download, no device', () => {
  expect(contents.open?.()).toEqual({ action: 'deny' });
  expect(isPrevented(contents, 'will-attach-webview', {})).toBe(true);
  expect(contents.setWebRTCIPHandlingPolicy).toHaveBeenCalledWith('disable_non_proxied_udp');
  const setDevicePermissionHandler = vi.fn();
  const session = Object.assign(new EventEmitter(), { setDevicePermissionHandler });
  guardSession(session as unknown as Session);
  expect(isPrevented(session, 'will-download', {})).toBe(true);
  const [[mayUse]] = setDevicePermissionHandler.mock.calls as [[() => boolean]];
  expect(mayUse()).toBe(false);
});
