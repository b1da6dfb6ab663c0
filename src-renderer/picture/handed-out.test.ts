/** The dialogs that make files for a class: what they ask for, what they refuse to ask for, and what they say afterwards. */
import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { eventually } from '../../src-main/app/testdata/eventually';
import { fill, WORDS } from '../../assets/words/index';
import type { LessonStore } from '../stores/lesson.svelte';
import { bridge, lessonStoreAt } from '../testdata/window-bridge';

const { default: PaperDialog } = await import('./PaperDialog.svelte');
const { default: PlayDialog } = await import('./PlayDialog.svelte');
const { Notices } = await import('../stores/notices.svelte');

let lesson: LessonStore;
let notices: InstanceType<typeof Notices>;
interface Page {
  toggle: () => void;
  isOpen: () => boolean;
}
const leave = vi.fn();

beforeEach(async () => {
  lesson = await lessonStoreAt('hunting', 'village');
  notices = new Notices();
  bridge.onExportProgress = () => leave;
  leave.mockClear();
});

const submit = (within: HTMLElement): Promise<boolean> => fireEvent.submit(within.querySelector('form') as HTMLFormElement);

describe('hand-outs', () => {
  const words = WORDS.en.papers;
  const dialog = (): HTMLElement => screen.getByTestId('papers');
  const box = (label: string): HTMLInputElement => within(dialog()).getByLabelText(label);
  const asked = vi.fn<typeof bridge.makePapers>();
  let page: Page;

  beforeEach(async () => {
    asked.mockReset().mockResolvedValue({ ok: true, value: { files: 2, asked: 2, path: '/x' } });
    bridge.makePapers = asked;
    page = render(PaperDialog, { lesson, notices, language: 'en' }).component as unknown as Page;
    page.toggle();
    await tick();
  });

  test('what is chosen is asked for, in the order of the lists and in the language of the window', async () => {
    await fireEvent.click(box(words.kinds.exercises));
    await fireEvent.click(box(words.formats.html));
    await submit(dialog());
    expect(asked).toHaveBeenCalledExactlyOnceWith({
      lesson: 'hunting',
      papers: ['sheet', 'storyboard', 'exercises'],
      formats: ['pdf', 'html'],
      languages: ['en'],
      seed: 1,
    });
    await within(dialog()).findByText(fill(words.made, { n: 2, path: '/x' }));
    expect(leave).toHaveBeenCalledOnce();
  });

  test('nothing is asked for while it would be no file, or a seed that is none', async () => {
    await fireEvent.click(box(words.formats.pdf));
    await submit(dialog());
    expect(asked).not.toHaveBeenCalled();
    await fireEvent.click(box(words.formats.pdf));
    await fireEvent.click(box(words.kinds.exercises));
    const seed = dialog().querySelector('.seed input') as HTMLInputElement;
    for (const value of ['-1', '1.5', '1000000000']) {
      await fireEvent.input(seed, { target: { value } });
      await submit(dialog());
    }
    expect(asked).not.toHaveBeenCalled();
    await fireEvent.input(seed, { target: { value: '999999999' } });
    await submit(dialog());
    expect(asked.mock.calls.map(([{ seed: each }]) => each)).toEqual([999_999_999]);
  });

  test('what was stopped, and what could not be written, is said', async () => {
    asked.mockResolvedValue({ ok: true, value: { files: 1, asked: 2, path: '/x' } });
    await submit(dialog());
    await within(dialog()).findByText(fill(words.stopped, { n: 1, asked: 2, path: '/x' }));
    asked.mockResolvedValue({ ok: false, message: { zh: '满', en: 'the disk is full' } });
    await submit(dialog());
    await within(dialog()).findByText('the disk is full');
    expect(notices.shown).toBeNull();
  });

  test('what is made while the dialog is closed is told by the window', async () => {
    let made: (value: { ok: true; value: { files: number; asked: number; path: string } }) => void = () => undefined;
    asked.mockReturnValue(new Promise((resolve) => (made = resolve)));
    await submit(dialog());
    page.toggle();
    made({ ok: true, value: { files: 2, asked: 2, path: '/x' } });
    await eventually(() => {
      expect(notices.shown?.message.en).toContain('/x');
    });
  });
});

describe('a page that plays', () => {
  const words = WORDS.en.play;
  const dialog = (): HTMLElement => screen.getByTestId('playable');
  const asked = vi.fn<typeof bridge.makePlay>();
  let page: Page;

  beforeEach(async () => {
    asked.mockReset().mockResolvedValue({ ok: true, value: { files: 1, path: '/x', bytes: 1_500_000 } });
    bridge.makePlay = asked;
    document.documentElement.dataset.theme = 'light';
    page = render(PlayDialog, { lesson, notices, language: 'en' }).component as unknown as Page;
    page.toggle();
    await tick();
  });

  test('the whole lesson as one page, in the language of the window, unless other things are chosen', async () => {
    await submit(dialog());
    await fireEvent.click(screen.getByTestId('play-scorm2004'));
    await fireEvent.click(within(dialog()).getByLabelText(WORDS.en.window.runtime));
    await submit(dialog());
    expect(asked.mock.calls.map(([ask]) => ask)).toEqual([
      {
        lesson: 'hunting',
        stem: 'hunting-play',
        kinds: ['html'],
        views: ['village', 'runtime', 'machine'],
        language: 'en',
        theme: 'light',
        range: null,
      },
      expect.objectContaining({ kinds: ['html', 'scorm2004'], views: ['village', 'machine'] }),
    ]);
  });

  test('a part has to lie within the lesson, forwards', async () => {
    await fireEvent.click(screen.getByTestId('play-part'));
    const [from, to] = [screen.getByTestId('play-from'), screen.getByTestId('play-to')];
    for (const [first, last] of [
      ['0', '3'],
      ['3', '2'],
      ['1', String(lesson.steps.length + 1)],
      ['1.5', '3'],
      ['', '3'],
    ] as const) {
      await fireEvent.input(from, { target: { value: first } });
      await fireEvent.input(to, { target: { value: last } });
      await submit(dialog());
    }
    expect(asked).not.toHaveBeenCalled();
    await fireEvent.input(from, { target: { value: '3' } });
    await fireEvent.input(to, { target: { value: '3' } });
    await submit(dialog());
    expect(asked.mock.calls.map(([{ range }]) => range)).toEqual([{ from: 3, to: 3 }]);
  });

  test('without a form or a view nothing is asked for', async () => {
    await fireEvent.click(screen.getByTestId('play-html'));
    await submit(dialog());
    await fireEvent.click(screen.getByTestId('play-html'));
    for (const view of ['village', 'runtime', 'machine'] as const)
      await fireEvent.click(within(dialog()).getByLabelText(WORDS.en.window[view]));
    await submit(dialog());
    expect(asked).not.toHaveBeenCalled();
  });

  test('a run of one’s own has no steps to be learned: no packages for a platform', async () => {
    lesson.opened = { ...lesson.opened!, lesson: { ...lesson.opened!.lesson, id: '', steps: [] } };
    await tick();
    expect(screen.queryByTestId('play-scorm12')).toBeNull();
    expect(within(dialog()).getByText(words.aboutOwn)).toBeTruthy();
    await fireEvent.click(screen.getByTestId('play-part'));
    // Counted from the step before the first one.
    expect(screen.getByTestId<HTMLInputElement>('play-from').min).toBe('0');
  });

  test('what could not be made is said, and the progress is no longer listened to', async () => {
    asked.mockResolvedValue({ ok: false, message: { zh: '满', en: 'the disk is full' } });
    await submit(dialog());
    await within(dialog()).findByText('the disk is full');
    expect(leave).toHaveBeenCalledOnce();
  });
});
