/** The bar of numbers, the text beside the run, and two runs over the window, drawn over the product's own player. */
import { EditorView } from '@codemirror/view';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { type Component, tick } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fill, WORDS } from '../../assets/words/index';
import { eventually } from '../../src-main/app/testdata/eventually';
import type { Bridge, ScenarioDraft } from '../../src-main/contract/index';
import type { Comparison } from '../stores/comparison.svelte';
import type { Experiment } from '../stores/experiment.svelte';
import type { LessonStore } from '../stores/lesson.svelte';
import type { Notices } from '../stores/notices.svelte';
import { rememberCanvases } from '../testdata/canvas';
import { playerAnswers } from '../testdata/player-answers';
import { bridge } from '../testdata/window-bridge';

rememberCanvases('');
// jsdom lays nothing out: an editor asks where its letters stand.
Range.prototype.getClientRects = (): DOMRectList => [] as unknown as DOMRectList;

/** What the editor has kept, the latest last; what it was asked to save. */
let drafts: (ScenarioDraft | null)[] = [];
let saves: { suggestedName: string; text: string; isAgain: boolean }[] = [];
Object.assign(bridge, {
  ...playerAnswers(),
  scenarioDraft: () => Promise.resolve({ ok: true, value: null }),
  keepScenarioDraft: ({ draft }: { draft: ScenarioDraft | null }) => {
    drafts.push(draft);
    return Promise.resolve({ ok: true, value: null });
  },
  saveScenario: (ask: (typeof saves)[number]) => {
    saves.push(ask);
    return Promise.resolve({ ok: true, value: 'mine.scenario.yaml' });
  },
} as unknown as Partial<Bridge>);

const { experiment: words, editor: editorWords, compare: compareWords } = WORDS.en;
let notices: Notices;
let lesson: LessonStore;
let experiment: Experiment;

beforeEach(async () => {
  const [{ Experiment }, { LessonStore }, { Notices }] = await Promise.all([
    import('../stores/experiment.svelte'),
    import('../stores/lesson.svelte'),
    import('../stores/notices.svelte'),
  ]);
  [drafts, saves] = [[], []];
  notices = new Notices();
  lesson = new LessonStore(notices, () => undefined);
  experiment = new Experiment(lesson, notices);
  await lesson.openLesson('hunting');
  await lesson.jump(12);
  await experiment.open();
});
afterEach(cleanup);

async function bar(): Promise<void> {
  const Bar = (await import('./ExperimentBar.svelte')).default;
  render(Bar, { experiment, lesson, language: 'en' });
  await tick();
}

const field = (name: string): HTMLInputElement => screen.getByLabelText(name, { selector: 'input, select' });
const said = (): string => screen.getByTestId('experiment-said').textContent?.trim() ?? '';
const isOff = (id: string): boolean => screen.getByTestId<HTMLButtonElement>(`experiment-${id}`).disabled;
const houses = (): number => Object.keys(lesson.playback.after?.P ?? {}).length;
const ran = async (): Promise<void> => {
  await experiment.run();
  await tick();
};

test('who asked for the bar is in its first field, and nothing is to be undone, reset or compared yet', async () => {
  await bar();
  expect(document.activeElement).toBe(document.querySelector('.experiment input'));
  expect(['undo', 'redo', 'reset', 'compare'].map(isOff)).toEqual([true, true, true, true]);
});

test('an open question shuts every field and says why, and its answer opens them', async () => {
  await bar();
  const shut = (): boolean[] => [
    ...new Set([...document.querySelectorAll<HTMLInputElement>('.knobs input, .knobs select')].map(({ disabled }) => disabled)),
  ];
  expect([shut(), said()]).toEqual([[false], '']);
  for (let i = 0; i < 20 && !lesson.isAsking; i++) await lesson.lessonNext();
  await tick();
  expect([shut(), said()]).toEqual([[true], words.guessFirst]);
  lesson.reveal();
  await tick();
  expect([shut(), said()]).toEqual([[false], '']);
});

test('another number is run at once, is marked, says what it was, and goes back by its own button or by Ctrl Z', async () => {
  await bar();
  await fireEvent.input(field('GOMAXPROCS'), { target: { value: '4' } });
  await ran();
  const knob = field('GOMAXPROCS').closest('.knob');
  expect([houses(), knob?.classList.contains('turned'), isOff('compare'), isOff('undo')]).toEqual([4, true, false, false]);
  const back = screen.getByLabelText('Reset GOMAXPROCS to 1');
  expect(back.title).toBe(fill(words.was, { before: '1' }));
  await fireEvent.click(back);
  await ran();
  expect([houses(), screen.queryByLabelText('Reset GOMAXPROCS to 1'), isOff('reset')]).toEqual([1, null, true]);
  await fireEvent.keyDown(field('GOMAXPROCS'), { key: 'z', ctrlKey: true });
  await ran();
  expect(houses()).toBe(4);
  await fireEvent.keyDown(field('GOMAXPROCS'), { key: 'Z', ctrlKey: true, shiftKey: true });
  await ran();
  expect(houses()).toBe(1);
});

test('a number that may not be is not run; the field goes back to the one that holds', async () => {
  await bar();
  for (const value of ['0', '257', '1.5', '']) await fireEvent.input(field('GOMAXPROCS'), { target: { value } });
  expect(experiment.isChanged).toBe(false);
  await fireEvent.change(field('GOMAXPROCS'), { target: { value: '257' } });
  expect(field('GOMAXPROCS').value).toBe('1');
});

test('a time is doubled and halved by arrows, may be written as the window prints it, and what is none is marked and put back', async () => {
  await bar();
  const time = [...document.querySelectorAll<HTMLInputElement>('.knob input:not([type])')][0]!;
  const before = time.value;
  await fireEvent.keyDown(time, { key: 'ArrowUp' });
  const doubled = time.value;
  await fireEvent.keyDown(time, { key: 'ArrowDown' });
  expect([doubled === before, time.value]).toEqual([false, before]);
  await fireEvent.input(time, { target: { value: '0.5 ms' } });
  expect([experiment.turned[0]?.value, time.getAttribute('aria-invalid')]).toEqual(['500us', 'false']);
  await fireEvent.input(time, { target: { value: 'soon' } });
  expect([experiment.turned[0]?.value, time.getAttribute('aria-invalid')]).toEqual(['500us', 'true']);
  await fireEvent.change(time, { target: { value: 'soon' } });
  expect([time.value, time.getAttribute('aria-invalid')]).toEqual(['500us', 'false']);
  await ran();
});

test('flags and choices are run as they are chosen', async () => {
  await bar();
  await fireEvent.click(field('sysmon'));
  await fireEvent.change(field('arch'), { target: { value: 'arm64' } });
  await ran();
  expect([lesson.scenario?.runtime.sysmon, lesson.scenario?.runtime.arch]).toEqual([false, 'arm64']);
});

test('Escape leaves a field first, and only then the experiment', async () => {
  await bar();
  const escaped = vi.fn();
  addEventListener('keydown', escaped);
  field('seed').focus();
  await fireEvent.keyDown(field('seed'), { key: 'Escape' });
  expect([escaped.mock.calls.length, document.activeElement === document.body]).toEqual([0, true]);
  await fireEvent.keyDown(document.querySelector('.experiment')!, { key: 'Escape' });
  expect(escaped).toHaveBeenCalledOnce();
  removeEventListener('keydown', escaped);
});

test('why a text cannot be run stands in the bar with its line; how much of the place was kept, too', async () => {
  await bar();
  experiment.write(experiment.text.replace('schedville: 1', 'schedville: 9'));
  await ran();
  expect([said().startsWith('line 1: '), screen.getByTestId('experiment-said').classList.contains('bad')]).toEqual([true, true]);
  experiment.undo();
  await ran();
  expect(said()).toBe('');
  experiment.set(
    experiment.knobs.find(({ name }) => name === 'seed')!,
    '7',
  );
  await ran();
  experiment.kept = 'gone';
  await tick();
  expect(said()).toBe(words.kept.gone);
});

test('another lesson that is opened meanwhile is what the bar is about', async () => {
  await bar();
  const before = experiment.original?.name;
  await lesson.openLesson('call');
  await eventually(() => {
    expect(experiment.original?.name).not.toBe(before);
  });
});

interface Editor {
  view: EditorView;
  onclose: ReturnType<typeof vi.fn>;
  /** The whole text becomes another one, as if it were typed. */
  type: (text: string) => Promise<void>;
}

async function editor(): Promise<Editor> {
  const Written = (await import('./ScenarioEditor.svelte')).default as unknown as Component<Record<string, unknown>>;
  const onclose = vi.fn();
  render(Written, { experiment, notices, language: 'en', onclose });
  await tick();
  const view = EditorView.findFromDOM(screen.getByTestId('editor-text').shadowRoot!.querySelector<HTMLElement>('.cm-editor')!)!;
  return {
    view,
    onclose,
    type: async (text) => {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      await tick();
    },
  };
}

const editorSaid = (): string => screen.getByTestId('editor-said').textContent?.trim() ?? '';

test('what is typed is checked and run by itself; what has faults says them and is not run', async () => {
  const { view, type } = await editor();
  expect(view.state.doc.toString()).toBe(experiment.text);
  const text = experiment.text;
  await type(text.replace(/gomaxprocs: \d+/, 'gomaxprocs: 3'));
  await eventually(() => {
    expect(houses()).toBe(3);
  });
  expect(editorSaid()).toBe(`${editorWords.sound} · ${editorWords.dirty}`);
  await type(text.replace('schedville: 1', 'schedville: 9'));
  await eventually(() => {
    expect(editorSaid()).toContain('line 1: ');
  });
  expect(within(screen.getByTestId('editor-said')).getByRole('button').textContent).toBe(fill(editorWords.faults, { n: 1 }));
  await fireEvent.click(within(screen.getByTestId('editor-said')).getByRole('button'));
  expect(view.state.selection.main.head).toBeLessThan(view.state.doc.line(1).to);
  expect(houses()).toBe(3);
});

test('a draft is kept while somebody types without a pause, and again after the last key', async () => {
  const { type } = await editor();
  const text = experiment.text;
  vi.useFakeTimers();
  try {
    for (let i = 0; i < 10; i++) {
      await type(`${text}# ${i}`);
      vi.advanceTimersByTime(100);
    }
    expect(drafts.at(-1)?.text).toMatch(/# [5-8]$/);
    vi.advanceTimersByTime(1_000);
    expect(drafts.at(-1)?.text).toMatch(/# 9$/);
  } finally {
    vi.useRealTimers();
  }
});

test('numbers that are turned above are written into the text, and the editor takes them back by its own undo', async () => {
  const { view } = await editor();
  experiment.set(
    experiment.knobs.find(({ name }) => name === 'gomaxprocs')!,
    '5',
  );
  await ran();
  expect(view.state.doc.toString()).toContain('gomaxprocs: 5');
});

test('a draft is kept as long as nothing is saved, also when the text is left at once; a saved text needs none', async () => {
  const { type } = await editor();
  await type(`${experiment.text}# mine\n`);
  cleanup();
  expect(drafts.at(-1)?.text.endsWith('# mine\n')).toBe(true);
  const again = await editor();
  await again.type(`${experiment.text}# mine, too\n`);
  await fireEvent.click(screen.getByTestId('editor-save'));
  await tick();
  expect([saves[0]?.text.endsWith('# mine, too\n'), saves[0]?.isAgain]).toEqual([true, true]);
  expect(editorSaid()).toBe(editorWords.sound);
  cleanup();
  expect(drafts.at(-1)).toBeNull();
});

test('“Save as” asks for a name each time; after a first saving it suggests that one', async () => {
  await editor();
  await fireEvent.click(screen.getByTestId('editor-save-as'));
  await fireEvent.click(screen.getByTestId('editor-save-as'));
  expect(saves.map(({ isAgain, suggestedName }) => [isAgain, suggestedName])).toEqual([
    [false, experiment.original?.name],
    [false, 'mine.scenario.yaml'],
  ]);
});

test('a draft of another time can be opened or dropped; one that is the same text is not spoken of', async () => {
  const draft = { name: 'yesterday.scenario.yaml', text: `${experiment.text}# yesterday\n` };
  bridge.scenarioDraft = () => Promise.resolve({ ok: true, value: draft });
  const { view } = await editor();
  await fireEvent.click(await screen.findByTestId('editor-restore'));
  expect([view.state.doc.toString().endsWith('# yesterday\n'), screen.queryByTestId('editor-restore')]).toEqual([true, null]);
  cleanup();
  drafts = [];
  await editor();
  await fireEvent.click(await screen.findByText(editorWords.drop));
  expect([drafts, screen.queryByTestId('editor-restore')]).toEqual([[null], null]);
  cleanup();
  bridge.scenarioDraft = () => Promise.resolve({ ok: true, value: { ...draft, text: experiment.text } });
  await editor();
  await tick();
  expect(screen.queryByTestId('editor-restore')).toBeNull();
  bridge.scenarioDraft = () => Promise.resolve({ ok: true, value: null });
});

test('keys of the text are not the window’s; Escape goes from it to its buttons', async () => {
  const { view } = await editor();
  const heard = vi.fn();
  addEventListener('keydown', heard);
  await fireEvent.keyDown(view.contentDOM, { key: 'n' });
  await fireEvent.keyDown(screen.getByTestId('editor-text'), { key: 'Escape' });
  removeEventListener('keydown', heard);
  expect([heard.mock.calls.length, document.activeElement]).toEqual([0, screen.getByTestId('editor-run')]);
});

test('the page is not left without a word while the text is not saved', async () => {
  const { type } = await editor();
  const leave = (): boolean => {
    const event = new Event('beforeunload', { cancelable: true });
    dispatchEvent(event);
    return event.defaultPrevented;
  };
  expect(leave()).toBe(false);
  await type(`${experiment.text}# mine\n`);
  expect(leave()).toBe(true);
});

/** `changes`: what the changed run is called by. */
async function besideEachOther(changes = ''): Promise<Comparison> {
  // What is still to be guessed is compared by nobody.
  lesson.asksNothing = true;
  experiment.set(
    experiment.knobs.find(({ name }) => name === 'sysmon')!,
    'false',
  );
  await ran();
  await experiment.compare();
  const { comparison } = experiment;
  if (!comparison) throw new Error('nothing to compare');
  const Compare = (await import('./CompareView.svelte')).default as unknown as Component<Record<string, unknown>>;
  render(Compare, { comparison, changes, language: 'en', theme: 'light', onclose: vi.fn() });
  await tick();
  return comparison;
}

const steps = (comparison: Comparison): number[] => [comparison.original.playback.n, comparison.changed.playback.n];

test('two runs: a sentence on the first difference, what each does there, and what the whole runs come to', async () => {
  await besideEachOther('sysmon: false');
  expect(screen.getByTestId('difference').textContent).not.toBe('');
  expect(screen.getByTestId('totals').textContent).toContain(fill(compareWords.inAll, { one: 'Original', other: 'Changed' }));
  expect(screen.getByTestId('stage-changed').getAttribute('aria-label')).toBe('Changed (sysmon: false)');
  expect(screen.getByTestId('stage-original').getAttribute('aria-label')).toBe('Original');
});

test('both go by the same keys, and back to the first difference; keys with a modifier are the window’s', async () => {
  const comparison = await besideEachOther();
  const dialog = screen.getByTestId('compare');
  const there = steps(comparison);
  const times = (): number[] => [comparison.original.playback.nowNs, comparison.changed.playback.nowNs];
  await fireEvent.keyDown(dialog, { key: 'End' });
  const ends = [comparison.original.run.stepCount, comparison.changed.run.stepCount];
  await eventually(() => {
    expect(steps(comparison)).toEqual(ends);
  });
  await fireEvent.keyDown(dialog, { key: 'd', ctrlKey: true });
  expect(steps(comparison)).toEqual(ends);
  await fireEvent.keyDown(dialog, { key: 'Home' });
  await eventually(() => {
    expect(times()).toEqual([0, 0]);
  });
  const first = steps(comparison);
  await fireEvent.keyDown(dialog, { key: 'ArrowRight' });
  await eventually(() => {
    expect(Math.max(...times())).toBeGreaterThan(0);
  });
  await fireEvent.keyDown(dialog, { key: 'ArrowLeft' });
  await eventually(() => {
    expect(steps(comparison)).toEqual(first);
  });
  await fireEvent.keyDown(dialog, { key: 'End' });
  await fireEvent.keyDown(dialog, { key: 'D' });
  await eventually(() => {
    expect(steps(comparison)).toEqual(there);
  });
  await fireEvent.keyDown(dialog, { key: 'a' });
  await eventually(() => {
    expect(screen.getByTestId('align-doing').getAttribute('aria-pressed')).toBe('true');
  });
});

test('where one run never does what the other does, its head says so', async () => {
  const comparison = await besideEachOther();
  await comparison.align('doing');
  comparison.lead = 'original';
  comparison.isThere = false;
  await tick();
  expect(screen.getByTestId('stage-changed').querySelector('code')?.textContent).toBe(compareWords.none);
  expect(screen.getByTestId('stage-original').querySelector('code')?.textContent).not.toBe(compareWords.none);
});

test('both have lanes of the same kind; a press on one goes to that place of the clock in both', async () => {
  const comparison = await besideEachOther();
  await eventually(() => {
    expect(document.querySelectorAll('.lanes section')).toHaveLength(2);
  });
  const names = (): string[] => [...document.querySelectorAll('.lanes.original .names span')].map((each) => each.textContent?.trim() ?? '');
  await eventually(() => {
    expect(names().length).toBeGreaterThan(0);
  });
  const threads = names();
  await fireEvent.click(screen.getByRole('button', { name: 'G' }));
  await eventually(() => {
    expect(names()).not.toEqual(threads);
  });
  const bars = document.querySelector<HTMLElement>('.lanes.changed .bars')!;
  // As wide as it is without a layout; beyond the end is the end.
  await fireEvent.pointerDown(bars, { buttons: 1, clientX: 10_000 });
  await eventually(() => {
    expect(steps(comparison)).toEqual([comparison.original.run.stepCount, comparison.changed.run.stepCount]);
  });
  expect(comparison.lead).toBe('changed');
});
