/** The gallery as it is drawn: what is found, where keys lead, what is opened and told; and its small pictures, which are drawn while they are near. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fill, WORDS } from '../../assets/words/index';
import type { GalleryMemory } from '../../src-main/contract/index';
import type { Experiment } from '../stores/experiment.svelte';
import type { LessonStore } from '../stores/lesson.svelte';
import { Notices } from '../stores/notices.svelte';
import { toldAt } from '../testdata/told';
import { bridge } from '../testdata/window-bridge';
import { EXHIBITS, found, PHENOMENA, type Shown } from './exhibits';
import Gallery from './Gallery.svelte';
import Picture from './Picture.svelte';

const words = WORDS.en.gallery;
/** What stands in the window tells of itself here, the newest last; jsdom lays nothing out. */
let seen: ((isNear: boolean) => void)[];
let memory: GalleryMemory;
let kept: GalleryMemory[];
let lesson: { openTold: ReturnType<typeof vi.fn>; told: { id: string; hasEnding: boolean; isAsTold: boolean } | null };
let experiment: { isOpen: boolean; takesFocus: boolean };
const tryIt = vi.fn();
let page: { toggle: () => Promise<void>; write: (early: string) => void };

beforeEach(() => {
  [seen, kept, memory] = [[], [], { last: null, reached: [] }];
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(told: (entries: { isIntersecting: boolean }[]) => void) {
        seen.push((isIntersecting) => told([{ isIntersecting }]));
      }
      observe(): void {}
      disconnect(): void {}
    },
  );
  bridge.galleryMemory = () => Promise.resolve({ ok: true, value: memory });
  bridge.keepGalleryMemory = (told) => {
    kept.push(told);
    return Promise.resolve({ ok: true, value: null });
  };
  lesson = { openTold: vi.fn(() => Promise.resolve(true)), told: null };
  experiment = { isOpen: false, takesFocus: true };
  tryIt.mockReset();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

async function opened(): Promise<void> {
  const props = { lesson: lesson as unknown as LessonStore, language: 'en' as const, experiment: experiment as Experiment };
  page = render(Gallery, { ...props, notices: new Notices(), actions: { experiment: tryIt } as never }).component as unknown as typeof page;
  await page.toggle();
}

const field = (): HTMLInputElement => screen.getByTestId('gallery-text');
const cards = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-card]')];
const card = ({ exhibit }: Shown): HTMLElement => screen.getByTestId(`exhibit-${exhibit.id}`);
const typed = (text: string): Promise<boolean> => fireEvent.input(field(), { target: { value: text } });
const press = (key: string): Promise<boolean> => fireEvent.keyDown(document.activeElement!, { key });
const focused = (): string => (document.activeElement as HTMLElement).dataset.testid ?? '';
const [first, second] = EXHIBITS as [Shown, Shown];

test('all are there, and the one that was opened last has the keyboard and says so', async () => {
  memory = { last: second.exhibit.id, reached: [] };
  await opened();
  expect(cards()).toHaveLength(EXHIBITS.length);
  expect([focused(), document.querySelectorAll('.mark').length]).toEqual([`exhibit-${second.exhibit.id}`, 1]);
  expect(card(second).querySelector('.mark')?.textContent).toBe(words.last);
});

test('what is typed anywhere is looked for: counted, by phenomenon too, and the first of it is opened by Enter', async () => {
  await opened();
  await press('s');
  expect(focused()).toBe('gallery-text');
  const wanted = found('golden s2', null);
  await typed('golden s2');
  expect([cards().length, screen.getByRole('status').textContent]).toEqual([wanted.length, fill(words.count, { n: wanted.length })]);
  const without = PHENOMENA.find(({ id }) => found('golden s2', id).length === 0)!;
  expect(screen.getByTestId<HTMLButtonElement>(`gallery-${without.id}`).disabled).toBe(true);
  await press('Enter');
  expect(lesson.openTold.mock.calls.map(([told]) => (told as Shown).exhibit.id)).toEqual([wanted[0]!.exhibit.id]);
});

test('what is found by nothing says so, and leads back to all of them', async () => {
  await opened();
  await typed('qqqq');
  await press('Enter');
  expect(lesson.openTold).not.toHaveBeenCalled();
  await fireEvent.click(screen.getByText(words.showAll));
  expect([cards().length, field().value, focused()]).toEqual([EXHIBITS.length, '', 'gallery-text']);
});

test('a phenomenon shows its own only, and all of them come back', async () => {
  await opened();
  const { id } = PHENOMENA[1]!;
  await fireEvent.click(screen.getByTestId(`gallery-${id}`));
  expect(cards().map(({ dataset }) => dataset.testid)).toEqual(found('', id).map(({ exhibit }) => `exhibit-${exhibit.id}`));
  expect(screen.getByTestId(`gallery-${id}`).getAttribute('aria-pressed')).toBe('true');
  await fireEvent.click(screen.getByTestId('gallery-all'));
  expect(cards()).toHaveLength(EXHIBITS.length);
});

test('arrows go from card to card, above the first row to the field and back; no key of them is the window’s', async () => {
  const window = vi.fn();
  document.addEventListener('keydown', window);
  // Two beside each other.
  const wide = vi.spyOn(Element.prototype, 'clientWidth', 'get');
  wide.mockImplementation(function (this: Element) {
    return this.className.startsWith('em') ? 100 : 400;
  });
  await opened();
  const ways: string[] = [];
  for (const key of ['ArrowRight', 'ArrowUp', 'ArrowDown', 'ArrowDown', 'Home']) {
    await press(key);
    ways.push(focused());
  }
  const [, two, , four] = EXHIBITS.map(({ exhibit }) => `exhibit-${exhibit.id}`);
  expect([ways, window.mock.calls.length]).toEqual([[two, 'gallery-text', two, four, `exhibit-${first.exhibit.id}`], 0]);
  expect(cards().filter(({ tabIndex }) => tabIndex === 0)).toEqual([card(first)]);
  await press('Escape');
  expect(window).toHaveBeenCalledOnce();
  document.removeEventListener('keydown', window);
  wide.mockRestore();
});

test('one that is opened is remembered, and ready to be tried without the keyboard being taken; one that cannot be had is not', async () => {
  await opened();
  await fireEvent.click(card(second));
  expect([screen.getByTestId<HTMLDialogElement>('gallery').open, tryIt.mock.calls.length, experiment.takesFocus]).toEqual([
    false,
    1,
    false,
  ]);
  expect(kept.at(-1)?.last).toBe(second.exhibit.id);
  lesson.openTold.mockResolvedValue(false);
  await page.toggle();
  await fireEvent.click(card(first));
  expect(tryIt).toHaveBeenCalledOnce();
});

test('an ending is told once it has been reached with the numbers that are told, and not before', async () => {
  const { id, ending } = first.exhibit;
  lesson.told = { id, hasEnding: true, isAsTold: false };
  await opened();
  expect(screen.queryByTestId(`ending-${id}`)).toBeNull();
  document.body.replaceChildren();
  lesson.told = { id, hasEnding: true, isAsTold: true };
  await opened();
  expect(screen.getByTestId(`ending-${id}`).textContent).toContain(ending.en);
  expect(kept.at(-1)?.reached).toEqual([id]);
});

test('what was typed while the gallery was loaded is looked for', async () => {
  await opened();
  page.write('golden s2');
  await tick();
  expect([field().value, focused(), cards().length]).toEqual(['golden s2', 'gallery-text', found('golden s2', null).length]);
});

test('a small picture is asked for when it is near, once, and is drawn only while it is', async () => {
  const { after, step, scenario } = await toldAt('hunting', 'village');
  const load = vi.fn(() => Promise.resolve({ ok: true as const, value: { state: after, step, cast: scenario.cast, held: {} } }));
  render(Picture, { load, language: 'en' });
  const isDrawn = (): boolean => screen.queryByTestId('gallery-picture')?.querySelector('svg') != null;
  await tick();
  expect(load).not.toHaveBeenCalled();
  const told: boolean[] = [];
  for (const isNear of [true, false, true]) {
    seen.at(-1)?.(isNear);
    for (let turn = 0; turn < 5; turn++) await tick();
    told.push(isDrawn());
  }
  expect([told, load.mock.calls.length]).toEqual([[true, false, true], 1]);
});

test('one that cannot be had leaves its place empty, and is asked for again when it comes near again', async () => {
  const load = vi.fn(() => Promise.resolve({ ok: false as const, message: { zh: '不', en: 'no' } }));
  render(Picture, { load, language: 'en' });
  await tick();
  for (const isNear of [true, false, true]) {
    seen.at(-1)?.(isNear);
    for (let turn = 0; turn < 5; turn++) await tick();
  }
  expect([screen.queryByTestId('gallery-picture'), load.mock.calls.length]).toEqual([null, 2]);
});
