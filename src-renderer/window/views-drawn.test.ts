/** The views beside each other: which are shown, how much room each has, and what stands in their heads. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { type Component, tick } from 'svelte';
import { expect, test, vi } from 'vitest';
import { fill, WORDS } from '../../assets/words/index';
import type { LessonStore } from '../stores/lesson.svelte';
import { lessonStoreAt } from '../testdata/window-bridge';

const words = WORDS.en.window;

interface Shown {
  lesson: LessonStore;
  ontoggle: ReturnType<typeof vi.fn>;
  redraw: (changes: Record<string, unknown>) => Promise<void>;
}

async function views(step: string, changes: Record<string, unknown> = {}): Promise<Shown> {
  const lesson = await lessonStoreAt('hunting', step);
  const ontoggle = vi.fn();
  const { RuntimeTab } = await import('../stores/runtime-tab.svelte');
  const props = {
    lesson,
    vary: { all: [] },
    language: 'en',
    focus: lesson.current?.focus ?? [],
    picked: null,
    onpick: vi.fn(),
    selected: null,
    onselect: vi.fn(),
    enlarged: null,
    isTabbed: false,
    textPx: 13,
    villagePercent: 58,
    ondivide: vi.fn(),
    ontoggle,
    oncast: vi.fn(),
    runtimeTab: new RuntimeTab(),
    ...changes,
  };
  const Views = (await import('./Views.svelte')).default as unknown as Component<Record<string, unknown>>;
  const { rerender } = render(Views, props);
  return { lesson, ontoggle, redraw: (more) => rerender({ ...props, ...more }) };
}

/** Of the button in a view's head. */
const labelOf = (what: 'enlarge' | 'shrink', view: 'runtime'): string => fill(words[what], { view: words[view] });
const shown = (): string[] => [...document.querySelectorAll<HTMLElement>('.view')].map(({ dataset }) => dataset.testid ?? '');
const isHidden = (view: string): boolean => screen.getByTestId(view).querySelector<HTMLElement>('.body')?.hidden === true;

test('all share the room, or one has it; its button asks for the one and for the other', async () => {
  const { ontoggle, redraw } = await views('village');
  expect(shown()).toEqual(['village', 'runtime', 'machine']);
  expect(screen.getByLabelText(words.villageHeight)).toBeTruthy();
  await fireEvent.click(screen.getByLabelText(labelOf('enlarge', 'runtime')));
  await redraw({ enlarged: 'runtime' });
  expect(shown()).toEqual(['runtime']);
  expect(screen.queryByLabelText(words.villageHeight)).toBeNull();
  await fireEvent.click(screen.getByLabelText(labelOf('shrink', 'runtime')));
  expect(ontoggle.mock.calls).toEqual([['runtime'], ['runtime']]);
});

test('the list of the village’s figures comes with what is beside the village, after the first picture', async () => {
  const { redraw } = await views('village', { beside: null });
  const list = (): HTMLElement | null => screen.queryByLabelText(WORDS.en.inspect.figures);
  expect(list()).toBeNull();
  await redraw({ beside: await import('./beside') });
  expect(list()?.querySelectorAll('button').length).toBeGreaterThan(3);
});

test('as long as nobody runs assembly the machine is a line beside the others, and whole when it is alone', async () => {
  const { redraw, lesson } = await views('village');
  await lesson.playback.jump(0);
  await tick();
  expect([isHidden('machine'), isHidden('runtime')]).toEqual([true, false]);
  await redraw({ enlarged: 'machine' });
  expect(isHidden('machine')).toBe(false);
  await redraw({ enlarged: null });
  const assembly = await lesson.playback.nextAssembly(0);
  if (typeof assembly !== 'number') throw new Error('the run has no assembly');
  await lesson.playback.jump(assembly);
  await tick();
  expect(isHidden('machine')).toBe(false);
});

test('the machine has more room where the step, or what is told at it, is the machine’s', async () => {
  const { redraw } = await views('village', { focus: ['M0'] });
  const isMachines = (): boolean => document.querySelector('.views')?.classList.contains('machines') === true;
  expect(isMachines()).toBe(false);
  await redraw({ focus: ['AX'] });
  expect(isMachines()).toBe(true);
});

test('under tabs a view has no head of its own', async () => {
  const { redraw } = await views('village', { enlarged: 'village' });
  expect(document.querySelectorAll('.view > h3')).toHaveLength(1);
  await redraw({ enlarged: 'village', isTabbed: true });
  expect(document.querySelectorAll('.view > h3')).toHaveLength(0);
});

test('what a recording does not tell is said at the village, and at no computed run', async () => {
  const { lesson } = await views('village');
  const said = (): string[] => [...document.querySelectorAll('.assumed')].map((each) => each.textContent ?? '');
  expect(said()).toEqual([]);
  if (!lesson.opened) throw new Error('nothing is open');
  lesson.opened = { ...lesson.opened, trace: { recorded: 'go 1.22' } } as NonNullable<typeof lesson.opened>;
  await tick();
  expect(said()).toEqual([WORDS.en.recorded.inVillage]);
});

test('before there is a run it is said what is waited for; when there will be none it can be tried again', async () => {
  const { lesson } = await views('village');
  lesson.playback.seen = { ...lesson.playback.seen, before: null };
  lesson.isOpening = true;
  await tick();
  expect([shown(), document.querySelector('.empty')?.textContent?.trim()]).toEqual([[], words.loading]);
  lesson.progress = { stepsDone: 1, limitSteps: 2, readShare: null };
  await tick();
  expect(document.querySelector('.empty')?.textContent?.trim()).toBe(words.computing);
  lesson.isOpening = false;
  await tick();
  expect(document.querySelector('.empty button')?.textContent).toBe(words.tryAgain);
});

test('while a question is open nothing says when the machine has something to show', async () => {
  const { lesson } = await views('village');
  const { steps, playback } = lesson;
  const assembly = vi.spyOn(playback, 'nextAssembly');
  await playback.jump(0);
  expect(await screen.findByTestId('next-assembly')).toBeTruthy();
  assembly.mockClear();
  lesson.pending = steps.find(({ ask }) => ask !== null) ?? null;
  await playback.jump(1);
  await tick();
  expect([isHidden('machine'), lesson.isAsking, screen.queryByTestId('next-assembly')]).toEqual([true, true, null]);
  expect(assembly).not.toHaveBeenCalled();
});
