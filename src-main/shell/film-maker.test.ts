/** What a film asks to be drawn. */
import { expect, test, vi } from 'vitest';
import { FIRST_FILM, type FilmAsk } from '../contract/film';
import type { FilmWork } from './film-maker';

vi.mock('electron', () => ({ app: { isPackaged: true }, protocol: {} }));
const { filmOf } = await import('./film-maker');

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
