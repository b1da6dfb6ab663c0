/** What a film asks to be drawn, and what becomes of it when its page dies. */
import { EventEmitter } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { FIRST_FILM, type FilmAsk } from '../contract/film';
import type { FilmWork } from './film-maker';

vi.mock('electron', () => ({ app: { isPackaged: true }, protocol: {} }));
const page = Object.assign(new EventEmitter(), { ipc: { handle: () => undefined } });
const loadURL = vi.fn((_url: string) => Promise.resolve());
vi.mock('./guard', () => ({ newWindow: () => ({ webContents: page, loadURL, isDestroyed: () => true }) }));
const { filmOf, FilmPress } = await import('./film-maker');

afterEach(() => {
  vi.restoreAllMocks();
});

const frame = { n: 3, fraction: 1, atMs: 0, forMs: 100 };

test.each([true, false])(
  'what lies behind a picture’s step is left out of it where the run is there to be found out (%s)',
  async (isVeiled) => {
    const draw = vi.fn((..._ask: unknown[]) => Promise.resolve(new Uint8Array()));
    const ask: FilmAsk = { lesson: '', run: 'run', stem: 'x', from: 3, to: 3, stops: [], isVeiled, settings: FIRST_FILM };
    await filmOf({
      ask,
      frames: [frame],
      pictures: { isCancelled: false, frame: draw } as unknown as FilmWork['pictures'],
      press: { give: () => Promise.resolve(new Uint8Array()) } as unknown as FilmWork['press'],
      tell: () => undefined,
    });
    expect(draw.mock.lastCall?.[2]).toMatchObject({ n: 3, isAsked: isVeiled });
  },
);

test('a page that dies while nobody waits for it refuses what it is given later: it would wait for ever', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const press = new FilmPress('/preload.js');
  await press.open();
  page.emit('render-process-gone', {}, { reason: 'crashed' });
  await expect(press.give({ kind: 'end' })).rejects.toThrow(/does not answer/);
});

test('a page that dies while it is loaded is no folder that cannot be written to', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  loadURL.mockRejectedValueOnce(Object.assign(new Error('ERR_FAILED (-2)'), { code: 'ERR_FAILED' }));
  await expect(new FilmPress('/preload.js').open()).rejects.toThrow(/does not answer/);
});
