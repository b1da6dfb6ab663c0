import { EventEmitter } from 'node:events';
import { beforeEach, expect, test, vi } from 'vitest';
import type { PresenterView } from '../contract/requests';
import type { Session } from './session';

/** A window that only remembers. */
class FakeWindow extends EventEmitter {
  static all: FakeWindow[] = [];
  static isSlow = false;
  readonly sent: unknown[][] = [];
  readonly webContents = Object.assign(new EventEmitter(), {
    send: (...told: unknown[]) => this.sent.push(told),
  });
  isGone = false;
  url = '';
  title = '';
  constructor(readonly wish: { webPreferences?: object; x?: number } = {}) {
    super();
    FakeWindow.all.push(this);
  }
  isDestroyed = (): boolean => this.isGone;
  getBounds = (): object => ({});
  removeMenu = vi.fn();
  maximize = vi.fn();
  show = vi.fn();
  setTitle = (title: string): void => {
    this.title = title;
  };
  /** Rejects loading, where it was not over. */
  failLoading: (error: Error) => void = () => undefined;
  loadURL = (url: string): Promise<void> => {
    this.url = url;
    return FakeWindow.isSlow ? new Promise((_, reject) => (this.failLoading = reject)) : Promise.resolve();
  };
  close = (): void => {
    if (this.isGone) return;
    this.emit('close');
    this.failLoading(new Error('ERR_FAILED (-2)'));
    this.isGone = true;
    this.emit('closed');
  };
  destroy = this.close;
}

const screens = [
  { id: 1, workArea: { x: 0, y: 0, width: 1366, height: 740 } },
  { id: 2, workArea: { x: 1366, y: 0, width: 1920, height: 1080 } },
];
vi.mock('electron', () => ({
  BrowserWindow: FakeWindow,
  screen: { getAllDisplays: () => screens, getDisplayMatching: () => screens[1] },
  app: { isPackaged: true },
  protocol: {},
}));
// Files of tests share their modules: another one may have loaded the guard with an Electron of its own.
vi.resetModules();
const { act, presenterPlace, tellPresenter, togglePresenter } = await import('./presenter');

const view = { theme: 'light' } as PresenterView;
let projected: FakeWindow;
let session: Session;

beforeEach(() => {
  FakeWindow.all = [];
  FakeWindow.isSlow = false;
  projected = new FakeWindow();
  session = {
    window: () => (projected.isGone ? null : projected),
    options: { exportTo: null },
    settings: { language: 'zh' },
    presenter: { window: null, preload: '/preload.cjs', view: null },
  } as unknown as Session;
});

const opened = async (): Promise<FakeWindow> => {
  expect(await togglePresenter(session)).toEqual({ ok: true, value: true });
  return FakeWindow.all.at(-1) ?? projected;
};

test('with two screens it has the other one, with one a part of it', () => {
  expect(presenterPlace(screens, screens[1]!)).toEqual({ x: 0, y: 0, width: 1366, height: 740, isWholeScreen: true });
  expect(presenterPlace([screens[1]!], screens[1]!)).toEqual({ x: 1776, y: 180, width: 1100, height: 720, isWholeScreen: false });
  expect(presenterPlace([screens[0]!], { id: 1, workArea: { x: 0, y: 0, width: 800, height: 480 } })).toMatchObject({
    width: 800,
    height: 480,
  });
});

test('its page is as closed in as the other one, and is the teacher’s', async () => {
  const window = await opened();
  expect(window.wish).toMatchObject({
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, preload: '/preload.cjs' },
  });
  expect(window.url).toBe('app://schedville/index.html#presenter');
  expect(projected.sent).toEqual([['schedville:presenterOpen', true]]);
});

test('what one window says the other hears', async () => {
  const window = await opened();
  await tellPresenter(session, view);
  expect(window.sent).toEqual([['schedville:presenterView', view]]);
  await act(session, { kind: 'reveal' });
  expect(projected.sent.at(-1)).toEqual(['schedville:presenterAct', { kind: 'reveal' }]);
});

test('the same command closes it, and nothing of it is left', async () => {
  const window = await opened();
  await tellPresenter(session, view);
  expect(await togglePresenter(session)).toEqual({ ok: true, value: false });
  expect(window.isGone).toBe(true);
  expect(session.presenter).toMatchObject({ window: null, view: null });
  expect(projected.sent.at(-1)).toEqual(['schedville:presenterOpen', false]);
  expect(projected.listenerCount('closed')).toBe(0);
});

test('it goes with the projected window, and with its own page', async () => {
  const first = await opened();
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  first.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
  expect(session.presenter.window).toBe(null);
  const second = await opened();
  projected.close();
  expect(second.isGone).toBe(true);
  expect(projected.sent.at(-1)).toEqual(['schedville:presenterOpen', true]);
  vi.restoreAllMocks();
});

test('an export has no teacher', async () => {
  session = { ...session, options: { ...session.options, exportTo: '/tmp' } };
  expect(await togglePresenter(session)).toEqual({ ok: true, value: false });
  expect(FakeWindow.all).toHaveLength(1);
});

test('closed while it loads is no fault; a page that cannot be loaded is one, and closes it', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    FakeWindow.isSlow = true;
    (await opened()).close();
    await Promise.resolve();
    expect(said).not.toHaveBeenCalled();
    const broken = await opened();
    const error = new Error('ERR_FILE_NOT_FOUND (-6)');
    broken.failLoading(error);
    await Promise.resolve();
    await Promise.resolve();
    expect(said).toHaveBeenCalledExactlyOnceWith('the teacher’s window cannot be loaded:', error);
    expect(broken.isGone).toBe(true);
  } finally {
    said.mockRestore();
  }
});
