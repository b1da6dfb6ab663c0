/** Classes and persons as a teacher keeps them: made, chosen, renamed, dropped and brought back, written and read. */
import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { eventually } from '../../src-main/app/testdata/eventually';
import { fill, WORDS } from '../../assets/words/index';
import type { LessonStore } from '../stores/lesson.svelte';
import { bridge, lessonStoreAt } from '../testdata/window-bridge';

const { default: Learners } = await import('./Learners.svelte');
const { Notices } = await import('../stores/notices.svelte');

const words = WORDS.en.learners;
let lesson: LessonStore;
let notices: InstanceType<typeof Notices>;
let page: { toggle: () => void; isOpen: () => boolean };

beforeEach(async () => {
  lesson = await lessonStoreAt('hunting', 'village');
  notices = new Notices();
  page = render(Learners, { lesson, notices, language: 'en' }).component as unknown as typeof page;
  page.toggle();
  await tick();
});

const dialog = (): HTMLElement => screen.getByTestId('learners');
const rows = (): HTMLElement[] => [...dialog().querySelectorAll<HTMLElement>('.people li')];
const chosen = (): (string | undefined)[] =>
  rows()
    .filter((each) => each.querySelector('[aria-pressed=true]'))
    .map((each) => each.querySelector('input')?.value);

async function made(name: string, kind = words.aClass): Promise<void> {
  await fireEvent.click(within(dialog()).getByLabelText(kind));
  await fireEvent.input(screen.getByTestId('new-name'), { target: { value: name } });
  await fireEvent.submit(dialog().querySelector('form') as HTMLFormElement);
  await eventually(() => {
    expect(screen.getByTestId<HTMLInputElement>('new-name').value).toBe('');
  });
}

test('it pauses what plays', () => {
  const pause = vi.spyOn(lesson.playback, 'pause');
  page.toggle();
  expect([page.isOpen(), pause.mock.calls.length]).toEqual([false, 0]);
  page.toggle();
  expect([page.isOpen(), pause.mock.calls.length]).toEqual([true, 1]);
});

test('whoever is new learns now; nobody is made without a name', async () => {
  const create = within(dialog()).getByText<HTMLButtonElement>(words.create);
  expect(create.disabled).toBe(true);
  await fireEvent.input(screen.getByTestId('new-name'), { target: { value: '   ' } });
  await fireEvent.submit(dialog().querySelector('form') as HTMLFormElement);
  expect([create.disabled, rows().length]).toEqual([true, 1]);
  await made('Class 3');
  await made('Wu', words.person);
  expect(rows().map((each) => each.querySelector('input')?.value)).toEqual(expect.arrayContaining(['Class 3', 'Wu']));
  expect(chosen()).toEqual(['Wu']);
  expect(lesson.learners.all.map(({ isClass }) => isClass)).toEqual([false, true, false]);
});

test('another one is chosen, and renamed', async () => {
  await made('Class 3');
  await fireEvent.click(within(dialog()).getByLabelText(/^(?!.*Class 3).*$/, { selector: '.choose' }));
  await eventually(() => {
    expect(chosen()).not.toContain('Class 3');
  });
  await fireEvent.change(within(dialog()).getByLabelText(`${words.rename}: Class 3`), { target: { value: 'Class 4' } });
  expect(lesson.learners.all.map(({ name }) => name)).toContain('Class 4');
});

test('who is dropped can be brought back, and when it was the current one somebody else learns', async () => {
  await made('Class 3');
  const goes = vi.spyOn(lesson, 'goToLearner');
  await fireEvent.click(within(dialog()).getByLabelText(fill(words.drop, { name: 'Class 3' })));
  await eventually(() => {
    expect(chosen()).toHaveLength(1);
  });
  expect(lesson.learners.all.map(({ name }) => name)).not.toContain('Class 3');
  expect(chosen()).not.toContain('Class 3');
  // To where whoever learns now was.
  expect(goes).toHaveBeenCalledOnce();
  await fireEvent.click(screen.getByTestId('undo-drop'));
  expect(lesson.learners.all.map(({ name }) => name)).toContain('Class 3');
  expect(screen.queryByTestId('undo-drop')).toBeNull();
});

test('answers are written for one or for all, and said where; a cancelled file says nothing', async () => {
  const asked = vi.fn();
  bridge.exportAnswers = (ask) => {
    asked(ask);
    return Promise.resolve({ ok: true, value: '/x/a.csv' });
  };
  await made('Class 3');
  await fireEvent.click(screen.getByTestId('export-answers'));
  await screen.findByText('/x/a.csv');
  await fireEvent.click(within(dialog()).getByText(words.exportAll));
  expect(asked.mock.calls).toEqual([
    [{ suggestedName: 'Class 3.csv', learner: lesson.learners.current.id }],
    [{ suggestedName: `${words.title}.csv`, learner: null }],
  ]);
  bridge.exportAnswers = () => Promise.resolve({ ok: true, value: null });
  await fireEvent.click(screen.getByTestId('export-answers'));
  await eventually(() => {
    expect(within(dialog()).queryByText('/x/a.csv')).toBeNull();
  });
});

test('a table that cannot be read is told in the dialog, and changes nobody', async () => {
  const before = lesson.learners.all;
  bridge.importAnswers = () => Promise.resolve({ ok: false, message: { zh: '读不了', en: 'line 3 has no learner' } });
  await fireEvent.click(screen.getByTestId('import-answers'));
  await screen.findByText('line 3 has no learner');
  expect(lesson.learners.all).toEqual(before);
});
