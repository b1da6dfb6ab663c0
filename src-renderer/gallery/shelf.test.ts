import { expect, test, vi } from 'vitest';
import type { Bridge, GalleryMemory, Result } from '../../src-main/contract/index';
import { Notices } from '../stores/notices.svelte';
import { EXHIBITS, type Shown } from './exhibits';
import { GalleryShelf } from './shelf.svelte';

const done = <T>(value: T): Promise<Result<T>> => Promise.resolve({ ok: true, value });
const refused = { ok: false as const, message: { zh: '不', en: 'no' } };

interface Shelved {
  shelf: GalleryShelf;
  bridge: Pick<Bridge, 'galleryMemory' | 'keepGalleryMemory' | 'exhibitPicture'>;
  notices: Notices;
  kept: GalleryMemory[];
  asked: string[];
  isThere: { value: boolean };
}

function shelfWith(memory: GalleryMemory): Shelved {
  const [kept, asked, isThere]: [GalleryMemory[], string[], { value: boolean }] = [[], [], { value: true }];
  const bridge: Shelved['bridge'] = {
    galleryMemory: () => done(memory),
    keepGalleryMemory: (told) => {
      kept.push(told);
      return done(null);
    },
    exhibitPicture: ({ name, at }) => {
      asked.push(`${name} ${at}`);
      return isThere.value ? done({ state: {} as never, step: null, cast: { M: [], P: [], G: {} }, held: {} }) : Promise.resolve(refused);
    },
  };
  const notices = new Notices();
  return { shelf: new GalleryShelf(bridge, notices), bridge, notices, kept, asked, isThere };
}

test('of a damaged memory it is told what became of it, and what can be read is there', async () => {
  const { shelf, bridge, notices } = shelfWith({ last: null, reached: ['a'] });
  bridge.galleryMemory = vi.fn(bridge.galleryMemory).mockResolvedValueOnce(refused);
  shelf.reach('b');
  await shelf.read();
  expect(shelf.reached).toEqual(['a', 'b']);
  expect(notices.shown).toMatchObject({ message: { en: 'no' }, mustBeRead: true });
});

test('what was reached before the memory was read is kept beside it, and each is kept once', async () => {
  const { shelf, kept } = shelfWith({ last: 'b', reached: ['b'] });
  shelf.reach('a');
  await shelf.read();
  expect([shelf.last, shelf.reached]).toEqual(['b', ['b', 'a']]);
  shelf.reach('b');
  shelf.opened('c');
  shelf.opened('c');
  await Promise.resolve();
  expect(kept).toEqual([
    { last: 'b', reached: ['b', 'a'] },
    { last: 'c', reached: ['b', 'a'] },
  ]);
});

test('a picture is asked for once, where its phenomenon is seen first; one that could not be had again', async () => {
  const { shelf, asked, isThere } = shelfWith({ last: null, reached: [] });
  const [one, other] = EXHIBITS as [Shown, Shown];
  await shelf.picture(one);
  await shelf.picture(one);
  expect(asked).toEqual([`${one.name} ${one.phenomenon.is}`]);
  isThere.value = false;
  await shelf.picture(other);
  await shelf.picture(other);
  expect(asked).toHaveLength(3);
});
