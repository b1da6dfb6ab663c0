/** What the preload puts on the page, with Electron's side of it played. */
import { beforeEach, expect, test, vi } from 'vitest';
import { isPresenters, PRESENTER_ARGUMENT, REQUEST_NAMES } from '../contract/request-table';
import type { ExposedBridge } from '../contract/requests';

const invoke = vi.fn<(channel: string, ask: unknown) => Promise<unknown>>();
const on = vi.fn();
const off = vi.fn();
const getZoomFactor = vi.fn<() => number>();
let bridge: ExposedBridge;

beforeEach(async () => {
  vi.resetModules();
  for (const each of [invoke, on, off, getZoomFactor]) each.mockReset();
  getZoomFactor.mockReturnValue(1.25);
  invoke.mockImplementation((channel, ask) => Promise.resolve([channel, ask]));
  vi.doMock('electron', () => ({
    contextBridge: {
      exposeInMainWorld: (name: string, exposed: ExposedBridge) => {
        expect(name).toBe('schedville');
        bridge = exposed;
      },
    },
    ipcRenderer: { invoke, on, off },
    webFrame: { getZoomFactor },
    webUtils: { getPathForFile: ({ name }: File) => `/somewhere/${name}` },
  }));
  await import('./preload');
});

test('startUp is asked before the page asks, and its answer is given once, as it came', async () => {
  expect(invoke.mock.calls).toEqual([['schedville:startUp', {}]]);
  expect(await bridge.startUp({})).toEqual(['schedville:startUp', {}]);
  expect(invoke).toHaveBeenCalledTimes(1);
  await bridge.startUp({});
  expect(invoke).toHaveBeenCalledTimes(2);
});

test('whoever takes the answer hears that it failed', async () => {
  vi.resetModules();
  invoke.mockRejectedValueOnce(new Error('gone'));
  await import('./preload');
  await expect(bridge.startUp({})).rejects.toThrow('gone');
});

const OTHERS = [
  'onDataProgress',
  'onExportProgress',
  'onOwnChanged',
  'onFileGiven',
  'onMenuCommand',
  'onRunProgress',
  'onPresenterOpen',
  'onPresenterAct',
  'onPresenterView',
  'zoomFactor',
];

test('the teacher’s window has its own requests, and asks for nothing before it is asked', async () => {
  vi.resetModules();
  invoke.mockClear();
  process.argv.push(PRESENTER_ARGUMENT);
  await import('./preload');
  process.argv.pop();
  expect(Object.keys(bridge).sort()).toEqual(['presenterView', 'presenterAct', ...OTHERS].sort());
  expect(invoke).not.toHaveBeenCalled();
  await bridge.presenterAct({ kind: 'reveal' });
  expect(invoke.mock.calls).toEqual([['schedville:presenterAct', { kind: 'reveal' }]]);
});

test('each request has its function, and nothing else of Electron is there', async () => {
  expect(Object.keys(bridge).sort()).toEqual([...REQUEST_NAMES.filter((each) => !isPresenters(each)), ...OTHERS].sort());
  expect(await bridge.stateAt({ n: 3 })).toEqual(['schedville:stateAt', { n: 3 }]);
});

test('how large the page is drawn is asked before the page asks, and anew whenever it asks again', () => {
  expect(getZoomFactor).toHaveBeenCalledTimes(1);
  getZoomFactor.mockReturnValue(2);
  expect(bridge.zoomFactor()).toBe(1.25);
  expect(bridge.zoomFactor()).toBe(2);
  expect(bridge.zoomFactor()).toBe(2);
});

test('what is dropped is told by where it lies, which the page never learns', async () => {
  await bridge.openDropped(new File([], 'a.yaml'));
  expect(invoke).toHaveBeenLastCalledWith('schedville:openDropped', { path: '/somewhere/a.yaml' });
  await bridge.dropLesson(new File([], 'mine'));
  expect(invoke).toHaveBeenLastCalledWith('schedville:dropLesson', { path: '/somewhere/mine' });
  await bridge.openDropped('/etc/passwd' as unknown as File);
  expect(invoke).toHaveBeenLastCalledWith('schedville:openDropped', { path: null });
});

test('what is no function is no listener', () => {
  expect(() => bridge.onRunProgress('x' as never)).toThrow('the listener of runProgress is no function');
  expect(on).not.toHaveBeenCalled();
});

test('a listener hears what is told, not Electron’s event, and can be taken away', () => {
  const heard = vi.fn();
  const leave = bridge.onMenuCommand(heard);
  const [channel, forward] = on.mock.calls[0] as [string, (event: unknown, told: unknown) => void];
  forward({ sender: 'secret' }, 'help');
  expect(channel).toBe('schedville:menuCommand');
  expect(heard.mock.calls).toEqual([['help']]);
  leave();
  expect(off).toHaveBeenCalledWith('schedville:menuCommand', forward);
});
