import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WebContents } from 'electron';
import { Refusal } from '../app/refusal';
import type { Handlers, RequestName } from '../contract/requests';
import type { Served } from './ipc-server';

type Answer = (event: unknown, ask?: unknown) => Promise<unknown>;
const registered = vi.hoisted(() => new Map<string, Answer>());
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, answer: Answer) => registered.set(channel, answer) },
  app: { isPackaged: true },
  protocol: {},
}));
const { serveRequests } = await import('./ipc-server');
const shapes = await import('./request-shapes');
const shaped = (name: RequestName, asked: unknown): Promise<{ data: unknown } | null> => Promise.resolve(shapes.shaped(name, asked));

const mainFrame = { url: 'app://schedville/index.html' };
const page = { mainFrame } as unknown as WebContents;
const ours = { sender: page, senderFrame: mainFrame };
let stateAt: ReturnType<typeof vi.fn>;
let shownPage: WebContents | null;

beforeEach(() => {
  shownPage = page;
  stateAt = vi.fn(() => Promise.resolve({ ok: true, value: 'state' }));
  serveRequests(
    ['stateAt', 'about'],
    () => Promise.resolve({ handlers: { stateAt, about: stateAt } as unknown as Handlers, shaped }),
    () => shownPage,
  );
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const ask = (event: unknown, asked: unknown = { n: 1 }, name: RequestName = 'stateAt'): Promise<unknown> | undefined =>
  registered.get(`schedville:${name}`)?.(event, asked);

test('our page is answered', async () => {
  expect(await ask(ours)).toEqual({ ok: true, value: 'state' });
  expect(stateAt).toHaveBeenCalledWith({ n: 1 });
  expect(await ask(ours, null, 'about')).toEqual({ ok: true, value: 'state' });
});

test.each([
  ['another window', { sender: { mainFrame }, senderFrame: mainFrame }],
  ['a frame within the page', { sender: page, senderFrame: { url: mainFrame.url } }],
  ['a frame that is gone', { sender: page, senderFrame: null }],
])('%s is refused', async (_, event) => {
  expect(await ask(event)).toMatchObject({ ok: false, message: { en: 'the request did not come from this window' } });
  expect(stateAt).not.toHaveBeenCalled();
});

test.each([
  'https://example.com/index.html',
  'app://schedville.example.com/',
  'app://elsewhere/index.html',
  'file:///index.html',
  'about:blank',
  'blob:app://schedville/1',
  '',
])('a page from %s is refused', async (url) => {
  const frame = { url };
  shownPage = { mainFrame: frame } as unknown as WebContents;
  expect(await ask({ sender: shownPage, senderFrame: frame })).toMatchObject({ ok: false });
  expect(stateAt).not.toHaveBeenCalled();
});

test('who asks is looked at when it asks, not when it can be answered', async () => {
  const frame = { url: 'about:blank' };
  shownPage = { mainFrame: frame } as unknown as WebContents;
  let come: (served: Served) => void = () => undefined;
  const coming = new Promise<Served>((done) => (come = done));
  serveRequests(
    ['stateAt'],
    () => coming,
    () => shownPage,
  );
  const early = ask({ sender: shownPage, senderFrame: frame });
  frame.url = mainFrame.url;
  come({ handlers: { stateAt } as unknown as Handlers, shaped });
  expect(await early).toMatchObject({ ok: false });
  expect(stateAt).not.toHaveBeenCalled();
  expect(await ask({ sender: shownPage, senderFrame: frame })).toEqual({ ok: true, value: 'state' });
});

test('what the page begins with is given as text, refusals too', async () => {
  const begin = { ok: true, value: { lessons: ['一'] } };
  serveRequests(
    ['startUp'],
    () => Promise.resolve({ handlers: { startUp: () => Promise.resolve(begin) } as unknown as Handlers, shaped }),
    () => page,
  );
  expect(await ask(ours, {}, 'startUp')).toBe(JSON.stringify(begin));
  const refused = await ask({ sender: page, senderFrame: null }, {}, 'startUp');
  expect(JSON.parse(refused as string)).toMatchObject({ ok: false });
});

test('one window’s requests are not answered to another of our own', async () => {
  const teachers = { mainFrame: { url: `${mainFrame.url}#presenter` } } as unknown as WebContents;
  const ofTeacher = { sender: teachers, senderFrame: teachers.mainFrame };
  serveRequests(
    ['stateAt', 'about'],
    () => Promise.resolve({ handlers: { stateAt, about: stateAt } as unknown as Handlers, shaped }),
    (name) => (name === 'about' ? teachers : page),
  );
  expect(await ask(ofTeacher)).toMatchObject({ ok: false });
  expect(await ask(ours, null, 'about')).toMatchObject({ ok: false });
  expect(stateAt).not.toHaveBeenCalled();
  expect(await ask(ofTeacher, null, 'about')).toEqual({ ok: true, value: 'state' });
});

test('nobody is answered when the window is closed', async () => {
  shownPage = null;
  expect(await ask(ours)).toMatchObject({ ok: false });
});

test.each([[{}], [{ n: -1 }], [{ n: 1.5 }], [{ n: '1' }], [{ n: 1, more: 1 }], [[]], ['n'], [7]])(
  'the shape %j is refused',
  async (asked) => {
    expect(await ask(ours, asked)).toMatchObject({ ok: false, message: { en: 'the request stateAt has the wrong shape' } });
    expect(stateAt).not.toHaveBeenCalled();
  },
);

test('an exception becomes a sentence, and one that is meant to be read stays as it is', async () => {
  stateAt.mockRejectedValueOnce(new Error('no such step'));
  expect(await ask(ours)).toEqual({ ok: false, message: { zh: '出错了：no such step', en: 'something went wrong: no such step' } });
  stateAt.mockRejectedValueOnce(Refusal.of((words) => words.outOfMemory));
  expect(await ask(ours)).toEqual({ ok: false, message: { zh: '内存不够：这次运行太大', en: 'out of memory: this run is too large' } });
});
