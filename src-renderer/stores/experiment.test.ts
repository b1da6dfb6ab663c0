/** Numbers of the open run are changed in the window's stores, over the product's own player. */
import { inEveryLanguage, WORDS } from '../../assets/words/index';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import type { Bridge, Knob } from '../../src-main/contract/index';
import { playerAnswers } from '../testdata/player-answers';

// jsdom does no media queries.
vi.hoisted(() => {
  globalThis.matchMedia = ((query: string) => ({ matches: query.includes('reduced-motion') })) as unknown as typeof matchMedia;
});
const bridge = vi.hoisted(() => ({}) as Bridge);
vi.mock('../bridge', () => ({ bridge }));
// Test files share their modules, and stores that another one has loaded hold its bridge.
vi.resetModules();
afterAll(() => {
  vi.resetModules();
});
const { Experiment } = await import('./experiment.svelte');
const { LessonStore } = await import('./lesson.svelte');
const { Notices } = await import('./notices.svelte');

Object.assign(bridge, {
  ...playerAnswers(),
  keepLearner: () => Promise.resolve({ ok: true, value: null }),
} as unknown as Bridge);

let notices: InstanceType<typeof Notices>;
let lesson: InstanceType<typeof LessonStore>;
let experiment: InstanceType<typeof Experiment>;
beforeEach(async () => {
  notices = new Notices();
  lesson = new LessonStore(notices, () => undefined);
  experiment = new Experiment(lesson, notices);
  await lesson.openLesson('hunting');
});

function knob(name: string): Knob {
  const found = experiment.knobs.find((each) => each.name === name);
  if (!found) throw new Error(`no knob ${name}`);
  return found;
}
const houses = (): number => Object.keys(lesson.playback.after?.P ?? {}).length;
const shown = (): unknown => [lesson.isOwnScenario, houses()];
/** Until what has been asked for last is shown. */
const settled = (): Promise<void> => experiment.run();

test('with eight houses: another run at the same place, marked; reset, undone, done again; and back to the lesson', async () => {
  await lesson.jump(12);
  const place = lesson.place;
  await experiment.open();
  expect([experiment.isOpen, experiment.isShown, experiment.isChanged, ...(shown() as [])]).toEqual([true, false, false, false, 1]);
  experiment.set(knob('gomaxprocs'), '8');
  await settled();
  expect([experiment.isShown, experiment.isTurned(knob('gomaxprocs')), experiment.isTurned(knob('seed')), ...(shown() as [])]).toEqual([
    true,
    true,
    false,
    true,
    8,
  ]);
  expect([experiment.text.includes('gomaxprocs: 8'), experiment.originalOf(knob('gomaxprocs'))]).toEqual([true, '1']);
  experiment.set(knob('sysmon'), 'false');
  experiment.reset(knob('gomaxprocs'));
  await settled();
  expect([shown(), experiment.isTurned(knob('sysmon'))]).toEqual([[true, 1], true]);
  experiment.undo();
  await settled();
  expect([shown(), lesson.scenario?.runtime.sysmon]).toEqual([[true, 8], false]);
  experiment.redo();
  experiment.resetAll();
  await settled();
  expect([shown(), experiment.isChanged, experiment.text === experiment.original?.text]).toEqual([[true, 1], false, true]);
  await lesson.backToLesson();
  expect([lesson.place, experiment.isShown]).toEqual([place, false]);
});

test('back leads into an experiment that was left, with its numbers, what it was before, and what can be undone', async () => {
  await lesson.jump(12);
  await experiment.open();
  experiment.set(knob('gomaxprocs'), '8');
  await settled();
  experiment.set(knob('seed'), '5');
  await settled();
  await lesson.jump(9);
  const far = lesson.horizon;
  await lesson.backToLesson();
  // As the bar does that is still open.
  await experiment.begin();
  expect([experiment.isShown, experiment.isChanged, lesson.ways.back]).toEqual([false, false, true]);
  await lesson.placeBack();
  expect([lesson.playback.n, ...(shown() as []), experiment.isShown]).toEqual([9, true, 8, true]);
  expect([experiment.isTurned(knob('gomaxprocs')), experiment.originalOf(knob('gomaxprocs')), lesson.horizon]).toEqual([true, '1', far]);
  experiment.undo();
  experiment.undo();
  await settled();
  expect([shown(), experiment.isChanged]).toEqual([[true, 1], false]);
  await lesson.backToLesson();
  await lesson.placeBack();
  expect(shown()).toEqual([true, 1]);
});

test('a scenario of the gallery that was left comes back with its story, and is veiled as far as it was', async () => {
  const told = { id: 'one', question: { zh: '问', en: 'Q' }, look: { zh: '看', en: 'L' }, ending: { zh: '完', en: 'E' } };
  const text = await bridge.scenarioText({});
  if (!text.ok) throw new Error(text.message.en);
  await lesson.openTold(text.value, told);
  await lesson.jump(7);
  await lesson.backToLesson();
  expect(lesson.told).toBeNull();
  await lesson.placeBack();
  expect([lesson.playback.n, lesson.horizon, lesson.told?.id, lesson.told?.isAsTold]).toEqual([7, 7, 'one', true]);
});

const TOLD = { id: 'one', question: { zh: '问', en: 'Q' }, look: { zh: '看', en: 'L' }, ending: { zh: '完', en: 'E' } };
const yielding = (times: number): { name: string; text: string } => ({
  name: 'yields.scenario.yaml',
  text: `schedville: 1\nkind: scenario\nid: yields\ntitle: { zh: 让, en: Yields }\nlimits: { time: 1000s, steps: 1000000 }\ngoroutines:\n  main:\n    - repeat: { times: ${times}, do: [gosched] }\n`,
});
/** To the end of the lesson's run, with every question on the way answered. */
async function toTheEnd(): Promise<void> {
  for (const { n } of [...lesson.stops, { n: lesson.playback.stepCount }]) {
    await lesson.jump(n);
    while (lesson.isAsking) {
      lesson.reveal();
      await lesson.jump(n);
    }
  }
}

test.each([true, false])(
  'a scenario that comes after an experiment and is gone back to has none of its numbers (bar open: %s)',
  async (isOpen) => {
    await experiment.open();
    experiment.set(knob('gomaxprocs'), '8');
    await settled();
    // As the bar does while it is open.
    const bar = (): Promise<unknown> => (isOpen ? experiment.begin() : Promise.resolve());
    for (const go of [() => lesson.openTold(yielding(5), TOLD), () => lesson.backToLesson(), () => lesson.placeBack()]) {
      await go();
      await bar();
    }
    expect([lesson.told?.id, experiment.isShown]).toEqual(['one', false]);
    await experiment.begin();
    expect([experiment.original?.text, experiment.canUndo, experiment.isChanged]).toEqual([yielding(5).text, false, false]);
  },
);

test('what could not be run of an experiment that was left is still told when it comes back', async () => {
  await experiment.open();
  experiment.set(knob('gomaxprocs'), '8');
  await settled();
  experiment.write('schedville: 1\nkind: nonsense');
  await settled();
  const refused = experiment.refused;
  expect(refused).not.toBeNull();
  await lesson.backToLesson();
  await experiment.begin();
  expect(experiment.refused).toBeNull();
  await lesson.placeBack();
  expect([shown(), experiment.refused]).toEqual([[true, 8], refused]);
});

test('back, pressed several times at once, leads one place further with each press, and on leads through all of them', async () => {
  await lesson.jump(5);
  await lesson.openTold(yielding(5), TOLD);
  await lesson.jump(3);
  await lesson.openLesson('hunting');
  await lesson.jump(9);
  const where = (): unknown => [lesson.isOwnScenario, lesson.playback.n];
  await Promise.all([lesson.placeBack(), lesson.placeBack(), lesson.placeBack()]);
  expect(where()).toEqual([true, 0]);
  const places: unknown[] = [];
  while (lesson.ways.on) {
    await lesson.placeOn();
    places.push(where());
  }
  expect(places).toEqual([
    [true, 3],
    [false, 0],
    [false, 9],
  ]);
});

test('a way back that was stopped while it was computed can be gone again', async () => {
  await experiment.open();
  experiment.set(knob('gomaxprocs'), '8');
  await settled();
  await lesson.backToLesson();
  const { tryScenario } = bridge;
  bridge.tryScenario = () => Promise.resolve({ ok: false, message: inEveryLanguage((words) => words.refusal.cancelled) });
  const { ways } = lesson;
  await lesson.placeBack();
  bridge.tryScenario = tryScenario;
  expect([shown(), lesson.ways, notices.failures]).toEqual([[false, 1], ways, []]);
  await lesson.placeBack();
  expect(shown()).toEqual([true, 8]);
});

test('a copy of a run whose question is asked anew begins at its beginning and is veiled', async () => {
  await toTheEnd();
  expect(lesson.horizon).toBeNull();
  await experiment.open();
  experiment.set(knob('seed'), '5');
  await settled();
  const n = lesson.playback.n;
  await lesson.backToLesson();
  await lesson.placeBack();
  expect([lesson.isOwnScenario, lesson.playback.n, lesson.horizon]).toEqual([true, n, null]);
  await lesson.backToLesson();
  lesson.askAgain();
  await lesson.placeBack();
  expect([lesson.isOwnScenario, lesson.playback.n, lesson.horizon]).toEqual([true, 0, 0]);
});

test('of a veiled run no more is shown because another one was further on before it', async () => {
  await toTheEnd();
  const { playback } = lesson;
  const open = playback.open.bind(playback);
  const seen: unknown[] = [];
  // A long run takes its time; whatever is drawn meanwhile asks how far it may look.
  vi.spyOn(playback, 'open').mockImplementation((...run) => {
    queueMicrotask(() => seen.push([playback.n > 0, lesson.horizon]));
    return open(...run);
  });
  await lesson.openTold(yielding(2_000), TOLD);
  expect([seen, playback.n, lesson.horizon]).toEqual([[[true, 0]], 0, 0]);
  await lesson.jump(7);
  expect(lesson.horizon).toBe(7);
});

test('what is still to be guessed in the lesson is not told by a copy of it: only what has been played is shown', async () => {
  await lesson.jump(12);
  await experiment.open();
  experiment.set(knob('gomaxprocs'), '2');
  await settled();
  expect(lesson.horizon).toBe(lesson.playback.n);
  await lesson.jump(lesson.playback.n + 5);
  const far = lesson.horizon;
  await lesson.jump(3);
  expect([far, lesson.horizon]).toEqual([lesson.playback.n + (far ?? 0) - 3, far]);
  await lesson.jump(lesson.playback.stepCount);
  expect(lesson.horizon).toBeNull();
});

test('at an open question nothing can be tried', async () => {
  for (let i = 0; i < 20 && !lesson.isAsking; i++) await lesson.lessonNext();
  expect(lesson.isAsking).toBe(true);
  await experiment.open();
  expect([experiment.isOpen, notices.shown?.message.en]).toEqual([false, expect.stringMatching(/^Guess first/)]);
});

test('nor where the row was open before the question came: neither by a number nor by the text', async () => {
  await experiment.open();
  for (let i = 0; i < 20 && !lesson.isAsking; i++) await lesson.lessonNext();
  const { place } = lesson;
  experiment.set(knob('gomaxprocs'), '8');
  experiment.write(`${experiment.text}\n`);
  experiment.runNow();
  await new Promise((resolve) => setTimeout(resolve));
  expect([experiment.isChanged, experiment.isShown, lesson.isAsking, lesson.place]).toEqual([false, false, true, place]);
  expect(notices.shown?.message).toEqual({ zh: WORDS.zh.experiment.guessFirst, en: WORDS.en.experiment.guessFirst });
  lesson.reveal();
  experiment.set(knob('gomaxprocs'), '8');
  await settled();
  expect(shown()).toEqual([true, 8]);
});

test('a copy is laid beside its original when all of it has been seen, and not before', async () => {
  await lesson.jump(12);
  await experiment.open();
  experiment.set(knob('gomaxprocs'), '2');
  await settled();
  await experiment.compare();
  expect([experiment.comparison, notices.shown?.message.en]).toEqual([null, WORDS.en.compare.veiled]);
  await lesson.jump(lesson.playback.stepCount);
  await experiment.compare();
  expect(experiment.comparison).not.toBeNull();
});

test('what cannot be run is said, and what was shown stays', async () => {
  await experiment.open();
  experiment.write(experiment.text.replace('go: worker', 'go: nobody'));
  await settled();
  expect([experiment.refused?.faults?.length, shown(), notices.shown]).toEqual([1, [false, 1], null]);
  experiment.undo();
  await settled();
  expect([experiment.refused, shown()]).toEqual([null, [true, 1]]);
});

test('of changes that follow each other quickly the last is shown', async () => {
  await experiment.open();
  experiment.set(knob('gomaxprocs'), '3');
  const first = settled();
  experiment.set(knob('gomaxprocs'), '32');
  await Promise.all([first, settled()]);
  expect([shown(), experiment.isRunning]).toEqual([[true, 32], false]);
});

test('another run that is opened is another experiment', async () => {
  await experiment.open();
  experiment.set(knob('gomaxprocs'), '4');
  await settled();
  await lesson.openLesson('hunting');
  await experiment.begin();
  expect([experiment.isChanged, experiment.canUndo, experiment.valueOf(knob('gomaxprocs'))]).toEqual([false, false, '1']);
});

test('whoever types may type another digit; what is pressed, chosen or stepped runs at once, and so does Enter', async () => {
  const timers = vi.spyOn(globalThis, 'setTimeout');
  const waits = (): unknown => timers.mock.calls.at(-1)?.[1];
  await experiment.open();
  experiment.set(knob('gomaxprocs'), '2', true);
  expect(waits()).toBe(80);
  experiment.set(knob('gomaxprocs'), '4');
  expect(waits()).toBe(0);
  experiment.set(knob('gomaxprocs'), '8', true);
  const runs = vi.spyOn(experiment, 'run');
  experiment.runNow();
  experiment.runNow();
  expect(runs).toHaveBeenCalledTimes(1);
  await runs.mock.results[0]?.value;
  expect(shown()).toEqual([true, 8]);
  vi.restoreAllMocks();
});

test('a step’s run is laid beside another one of the lesson, by their titles, and not before everything in them has been guessed', async () => {
  await lesson.openLesson('without-notice');
  const index = lesson.steps.findIndex(({ id }) => id === 'at-last');
  const step = lesson.steps[index];
  if (!step) throw new Error('the lesson has another step');
  // On its first step the question of `slip-out`, in the same run, is still to come.
  await experiment.compareWith(step);
  expect([experiment.comparison, notices.shown?.message.en]).toEqual([null, expect.stringContaining('guess first')]);
  lesson.asksNothing = true;
  await lesson.goTo(index, 'jump');
  lesson.asksNothing = false;
  await experiment.compareWith(step);
  const { comparison } = experiment;
  expect([comparison?.names?.original.en, comparison?.names?.changed.en]).toEqual(['2 Without', '1 With notice']);
  expect(comparison?.difference).not.toBeNull();
  // Nothing else is opened by it.
  expect([lesson.run, lesson.isOwnScenario]).toEqual(['untold', false]);
});

test('another run that is there only when something else is open is not laid over that', async () => {
  await lesson.openLesson('without-notice');
  lesson.asksNothing = true;
  const step = lesson.steps.find(({ beside }) => beside !== null);
  if (!step) throw new Error('no step has another run beside it');
  const { compareWith } = bridge;
  const late = vi.spyOn(bridge, 'compareWith').mockImplementationOnce(async (ask) => {
    const reply = await compareWith(ask);
    await lesson.openLesson('hunting');
    return reply;
  });
  await experiment.compareWith(step);
  expect(late).toHaveBeenCalledTimes(1);
  expect([lesson.opened?.lesson.id, experiment.comparison]).toEqual(['hunting', null]);
  late.mockRestore();
});
