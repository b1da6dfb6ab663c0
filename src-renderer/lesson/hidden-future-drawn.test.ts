/** While a question is open, what lies behind it is in no dialog that could tell of it or draw it; once it is answered and played, it is. */
import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { findAssets, loadTables } from '../../src-main/app/asset-folder';
import { eventually } from '../../src-main/app/testdata/eventually';
import { WORDS } from '../../assets/words/index';
import type { LessonStore } from '../stores/lesson.svelte';
import { bridge, lessonStoreAt } from '../testdata/window-bridge';
import LessonPane from './LessonPane.svelte';

const { default: FilmDialog } = await import('../film/FilmDialog.svelte');
const { default: Palette } = await import('../palette/Palette.svelte');
const { default: MisconceptionsTab } = await import('../course/MisconceptionsTab.svelte');
const { default: Spoken } = await import('../events/Spoken.svelte');
const { default: WhyPanel } = await import('../why/WhyPanel.svelte');
const { InspectorStore } = await import('../stores/inspector.svelte');
const { Notices } = await import('../stores/notices.svelte');
const { Selection } = await import('../stores/selection.svelte');

/** Asked before the step `locked` of hunting. */
let lesson: LessonStore;
let horizon: number;

beforeEach(async () => {
  lesson = await lessonStoreAt('hunting', 'address');
  render(LessonPane, { app: lesson, language: 'en' });
  await fireEvent.click(screen.getByTestId('lesson-next'));
  await screen.findByTestId('question');
  horizon = lesson.horizon ?? Infinity;
  expect(horizon).toBeLessThan(lesson.playback.stepCount);
});

/** Answers, and goes on to what was asked. */
async function answered(): Promise<void> {
  await fireEvent.click(screen.getByTestId('lesson-step').querySelector('.choices button') as HTMLElement);
  await fireEvent.click(screen.getByTestId('lesson-next'));
  await eventually(() => {
    expect(lesson.current?.id).toBe('locked');
  });
  await tick();
}

const toggled = async (page: unknown): Promise<void> => {
  await (page as { toggle: () => unknown }).toggle();
  await tick();
};

test('no film goes beyond the question', async () => {
  const asked = vi.fn<typeof bridge.makeFilm>().mockResolvedValue({ ok: true, value: null });
  bridge.makeFilm = asked;
  bridge.onExportProgress = () => () => undefined;
  await toggled(render(FilmDialog, { lesson, notices: new Notices(), language: 'en' }).component);
  const dialog = screen.getByTestId('film');
  const [from, to] = [screen.getByTestId<HTMLInputElement>('film-from'), screen.getByTestId<HTMLInputElement>('film-to')];
  expect(Number(to.value)).toBeLessThanOrEqual(horizon);
  const upTo = async (n: number): Promise<number> => {
    await fireEvent.input(from, { target: { value: '0' } });
    await fireEvent.input(to, { target: { value: String(n) } });
    await fireEvent.submit(dialog.querySelector('form') as HTMLFormElement);
    await tick();
    return asked.mock.calls.length;
  };
  expect(await upTo(horizon + 1)).toBe(0);
  expect(await upTo(horizon)).toBe(1);
  expect(asked.mock.calls[0]?.[0]).toMatchObject({ from: 0, to: horizon });
  await answered();
  expect(await upTo(horizon + 1)).toBe(2);
});

test('the palette names neither rows nor steps of the lesson behind the question', async () => {
  const rows = Array.from({ length: lesson.playback.stepCount }, (_, i) => ({ fn: 'row', at: `at${i + 1}`, n: i + 1, count: 1, t: i }));
  bridge.runAnchors = () => Promise.resolve({ ok: true, value: { rows } as never });
  const actions = new Proxy({}, { get: () => () => undefined }) as never;
  await toggled(render(Palette, { lesson, selection: new Selection(lesson), actions, disabled: [], language: 'en' }).component);
  const dialog = screen.getByTestId('palette');
  const found = async (typed: string, kind: keyof typeof WORDS.en.palette.kinds): Promise<string[]> => {
    await fireEvent.input(screen.getByTestId('palette-text'), { target: { value: typed } });
    await tick();
    return within(dialog)
      .queryAllByRole('option')
      .filter((each) => each.querySelector('.kind')?.textContent === WORDS.en.palette.kinds[kind])
      .map((each) => each.querySelector('.name')?.textContent ?? '');
  };
  const [locked, earlier] = ['locked', 'address'].map((id) => lesson.steps.find((step) => step.id === id)?.title.en ?? '');
  expect(await found(`row at${horizon}`, 'anchor')).toContain(`row / at${horizon}`);
  expect(await found(`row at${horizon + 1}`, 'anchor')).not.toContain(`row / at${horizon + 1}`);
  expect((await found(earlier ?? '', 'step')).join()).toContain(earlier);
  expect((await found(locked ?? '', 'step')).join()).not.toContain(locked);
  // Whoever comes only then has no number there.
  const there = Object.keys(lesson.playback.after?.M ?? {});
  lesson.timeline.line = { counts: { M: there.length + 1, P: 1, G: 1 } } as never;
  const late = `M${there.length}`;
  expect(await found(late, 'person')).toEqual([]);
  lesson.asksNothing = true;
  expect(await found(late, 'person')).toEqual([late]);
  lesson.asksNothing = false;
  await answered();
  expect(await found(`row at${horizon + 1}`, 'anchor')).toContain(`row / at${horizon + 1}`);
  expect((await found(locked ?? '', 'step')).join()).toContain(locked);
});

test('what is so, where a choice is a common belief, stands in the list once it has been answered', async () => {
  const all = [...loadTables(findAssets(import.meta.dirname)).misconceptions.values()];
  const belief = lesson.pending?.ask?.choices.map(({ believes }) => believes).find((id) => id !== null);
  const wrong = all.find(({ id }) => id === belief);
  if (!wrong) throw new Error('the question has no choice that is a common belief');
  const shown = { misconceptions: [wrong], cards: lesson.cards, language: 'en' as const, ongo: () => undefined };
  const { rerender } = render(MisconceptionsTab, { ...shown, asked: new Set([wrong.id]) });
  const told = (): string => screen.getByTestId('misconceptions').querySelector('td')?.textContent ?? '';
  expect(told()).toBe(WORDS.en.lesson.unseen);
  await rerender({ ...shown, asked: new Set<string>() });
  expect(told()).toBe(wrong.truth.en.replaceAll('`', ''));
});

const ROW = { places: ['M.M0'], fields: [], of: null };

test('a card is told nothing from behind the question, and its leaps end before it', async () => {
  const asked = vi.spyOn(lesson.inspected, 'inspect').mockResolvedValue({ previous: null, next: null } as never);
  const inspector = new InspectorStore(lesson, (error) => {
    throw error;
  });
  const last = async (ask: () => unknown): Promise<number | undefined> => {
    asked.mockClear();
    await ask();
    await eventually(() => {
      expect(asked).toHaveBeenCalledOnce();
    });
    return asked.mock.lastCall?.[0].horizon;
  };
  const wanted = (): void => {
    inspector.want('M.M0', { ...ROW, n: lesson.playback.n });
  };
  expect(await last(wanted)).toBe(horizon);
  expect(await last(() => inspector.leap(ROW.places, 'next'))).toBe(horizon);
  expect(inspector.horizon).toBe(horizon);
  lesson.asksNothing = true;
  const all = lesson.playback.stepCount;
  expect(await last(wanted)).toBe(all);
  expect(await last(() => inspector.leap(ROW.places, 'next'))).toBe(all);
});

test('what is spoken of a step, and why something is so, is found up to the question', async () => {
  const events = vi.fn<typeof bridge.events>(() => Promise.resolve({ ok: false, message: { zh: '', en: '' } }));
  const why = vi.fn<typeof bridge.why>(() => Promise.resolve({ ok: true, value: { links: [], isComplete: true } as never }));
  Object.assign(bridge, { events, why });
  await lesson.jump(3);
  render(Spoken, { lesson, language: 'en' });
  render(WhyPanel, { lesson, language: 'en', picked: 'M0', onpick: () => undefined });
  await eventually(() => {
    expect([events, why].map((each) => each.mock.calls.length > 0)).toEqual([true, true]);
  });
  for (const [ask] of events.mock.calls) expect(ask).toMatchObject({ n: 3, horizon: lesson.horizon });
  expect(lesson.horizon).toBeLessThan(lesson.playback.stepCount);
  // Backwards only: from the step that is shown.
  for (const [ask] of why.mock.calls) expect(ask.n).toBe(3);
});

test('what a step gives to do, and the run beside it, stand behind its question', async () => {
  const { activity } = lesson.steps.find(({ id }) => id === 'summary') ?? {};
  const { opened, pending } = lesson;
  if (!activity || !opened || !pending) throw new Error('no table to fill in, or no question');
  const given = { ...pending, activity, beside: 'elsewhere' };
  lesson.opened = { ...opened, lesson: { ...opened.lesson, steps: lesson.steps.map((step) => (step === pending ? given : step)) } };
  lesson.pending = given;
  cleanup();
  render(LessonPane, { app: lesson, language: 'en', onbeside: () => undefined });
  const shown = (): boolean[] => ['open-activity', 'open-beside'].map((id) => screen.queryByTestId(id) !== null);
  expect(shown()).toEqual([false, false]);
  await answered();
  expect(shown()).toEqual([true, true]);
});
