/** The dialog of bookmarks, drawn over the product's own player: what is marked, noted, gone to, copied and deleted. */
import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { fill, WORDS } from '../../assets/words/index';
import { eventually } from '../../src-main/app/testdata/eventually';
import type { Bookmark, Bridge } from '../../src-main/contract/index';
import type { Bookmarks } from '../stores/bookmarks.svelte';
import type { LessonStore } from '../stores/lesson.svelte';
import type { Notices } from '../stores/notices.svelte';
import { playerAnswers } from '../testdata/player-answers';
import { bridge } from '../testdata/window-bridge';

const words = WORDS.en.bookmarks;
const answers = playerAnswers();
let kept: Bookmark[];
let notices: Notices;
let lesson: LessonStore;
let bookmarks: Bookmarks;
let page: { toggle: () => Promise<void>; mark: () => Promise<void>; write: (early: string) => void };
const copyLink = vi.fn<Bridge['copyLink']>();

beforeEach(async () => {
  Object.assign(bridge, {
    ...answers,
    bookmarks: () => Promise.resolve({ ok: true, value: kept }),
    keepBookmarks: ({ all }: { all: Bookmark[] }) => {
      kept = all;
      return Promise.resolve({ ok: true, value: null });
    },
    copyLink: copyLink.mockReset().mockResolvedValue({ ok: true, value: 'schedville://x' }),
  });
  const [{ Bookmarks }, { LessonStore }, { Notices }, { default: Dialog }] = await Promise.all([
    import('../stores/bookmarks.svelte'),
    import('../stores/lesson.svelte'),
    import('../stores/notices.svelte'),
    import('./BookmarksDialog.svelte'),
  ]);
  kept = [];
  notices = new Notices();
  lesson = new LessonStore(notices, () => undefined);
  lesson.asksNothing = true;
  bookmarks = new Bookmarks(lesson, notices, bridge);
  await lesson.openLesson('hunting');
  page = render(Dialog, { bookmarks, lesson, notices, language: 'en' }).component as unknown as typeof page;
});

const dialog = (): HTMLDialogElement => screen.getByTestId('bookmarks');
const rows = (id = 'bookmark'): HTMLElement[] => screen.queryAllByTestId(id);
const numbers = (): string[] => rows().map((row) => /step (\d+)/.exec(row.textContent ?? '')?.[1] ?? '');
const note = (row: HTMLElement): HTMLTextAreaElement => row.querySelector('textarea')!;
const button = (row: HTMLElement, name: string): HTMLButtonElement => within(row).getByText<HTMLButtonElement>(name);
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await tick();
};
/** Bookmarks at these steps, with the dialog open. */
async function marked(...steps: number[]): Promise<void> {
  for (const n of steps) {
    await lesson.jump(n);
    await page.mark();
  }
}

test('before there is any it says how one is made; the one that is made asks for its note', async () => {
  await page.toggle();
  expect(screen.getByTestId('bookmarks-none').textContent).toBe(words.none);
  await marked(30);
  const [row] = rows();
  expect([screen.queryByTestId('bookmarks-none'), document.activeElement === note(row!)]).toEqual([null, true]);
});

test('what was typed before the note was there is in it, and Enter writes the note and closes; Shift Enter is a new line’s', async () => {
  await marked(30);
  page.write('see h');
  await tick();
  expect([note(rows()[0]!).value, bookmarks.all[0]?.note]).toEqual(['see h', 'see h']);
  await fireEvent.input(note(rows()[0]!), { target: { value: 'see here' } });
  const key = (more: KeyboardEventInit): Promise<boolean> => fireEvent.keyDown(note(rows()[0]!), { key: 'Enter', ...more });
  await key({ shiftKey: true });
  await key({ isComposing: true });
  expect([dialog().open, bookmarks.all[0]?.note]).toEqual([true, 'see here']);
  await key({});
  await fireEvent(dialog(), new Event('close'));
  await settled();
  expect([dialog().open, kept.map((mark) => mark.note)]).toEqual([false, ['see here']]);
});

test('those of the run are in its order, and Go leads there and puts the list away', async () => {
  await marked(30, 12);
  expect(numbers()).toEqual(['12', '30']);
  await fireEvent.click(within(rows()[1]!).getByTestId('bookmark-go'));
  await settled();
  expect([dialog().open, lesson.playback.n]).toEqual([false, 30]);
});

test('one whose step is gone says so, and is neither gone to nor given away', async () => {
  await marked(12);
  const [mark] = kept;
  bookmarks.all = [...kept, { ...mark!, id: 'gone', place: { ...mark!.place, who: 'nobody' } }];
  await bookmarks.find();
  await tick();
  const [here, gone] = rows();
  expect([here, gone].map((row) => [row!.textContent?.includes(words.gone), within(row!).queryByTestId('bookmark-go') !== null])).toEqual([
    [false, true],
    [true, false],
  ]);
  expect([here, gone].map((row) => button(row!, words.copy).disabled)).toEqual([false, true]);
});

test('a link to the step is copied and shown; a scenario of one’s own has none, and says why', async () => {
  await marked(12);
  await fireEvent.click(button(rows()[0]!, words.copy));
  await settled();
  expect(copyLink).toHaveBeenCalledExactlyOnceWith({ lesson: 'hunting', step: null, run: 'home', n: 12 });
  expect(notices.shown?.message.en).toContain('schedville://x');
  bookmarks.all = kept.map((mark) => ({ ...mark, lesson: '' }));
  await tick();
  const copy = button(rows()[0]!, words.copy);
  expect([copy.disabled, copy.title]).toEqual([true, words.noLink]);
});

test('a deleted one comes back by the button or by Ctrl Z, which in a note is the note’s own', async () => {
  await marked(12, 30);
  const remove = (): Promise<boolean> => fireEvent.click(within(rows()[0]!).getByTestId('bookmark-remove'));
  const undo = (target: HTMLElement): Promise<boolean> => fireEvent.keyDown(target, { key: 'z', ctrlKey: true });
  expect(screen.queryByTestId('bookmark-undo')).toBeNull();
  await remove();
  await settled();
  await undo(note(rows()[0]!));
  await settled();
  expect(numbers()).toEqual(['30']);
  await undo(dialog());
  await settled();
  expect(numbers()).toEqual(['12', '30']);
  await remove();
  await fireEvent.click(screen.getByTestId('bookmark-undo'));
  await settled();
  expect([numbers(), screen.queryByTestId('bookmark-undo')]).toEqual([['12', '30'], null]);
});

test('one of another lesson stands apart with its note, and is opened at its step', async () => {
  await marked(12);
  bookmarks.write(kept[0]!.id, 'see here');
  await bookmarks.settle();
  await page.toggle();
  await lesson.openLesson('call');
  await page.toggle();
  await settled();
  const [row] = rows('bookmark-elsewhere');
  expect([rows(), row!.querySelector('.note')?.textContent]).toEqual([[], 'see here']);
  await fireEvent.click(button(row!, words.open));
  await eventually(() => {
    expect([lesson.opened?.lesson.id, lesson.playback.n, dialog().open]).toEqual(['hunting', 12, false]);
  });
});

test('one of a scenario of one’s own cannot be opened from elsewhere, and says what to do', async () => {
  await marked(12);
  bookmarks.all = kept.map((mark) => ({ ...mark, lesson: '', scenario: 'mine' }));
  await tick();
  const [row] = rows('bookmark-elsewhere');
  expect([row!.textContent?.includes(words.openFirst), within(row!).queryByText(words.open)]).toEqual([true, null]);
  await fireEvent.click(within(row!).getByLabelText(fill(words.remove, { n: 12 })));
  await settled();
  expect(kept).toEqual([]);
});
