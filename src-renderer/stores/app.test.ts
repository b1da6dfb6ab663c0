import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Bridge, Lesson, LessonCard, OpenedLesson, OpenedRun, StartUp } from '../../src-main/contract/index';
import { FIRST_PICTURE, type LaneAsk, PackedSteps, type RowsAsk, Timeline } from '../../src-main/contract/index';
import { copyState, undoStep } from '../../src-main/model/trace/replay';
import { golden, play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { eventually } from '../../src-main/app/testdata/eventually';
import { ORDINARY } from '../testdata/start-options';

// jsdom does no media queries, and has no fonts.
vi.hoisted(() => {
  globalThis.matchMedia = ((query: string) => ({ matches: query.includes('reduced-motion') })) as unknown as typeof matchMedia;
  Object.defineProperty(document, 'fonts', { value: { ready: Promise.resolve() } });
});
const bridge = vi.hoisted(() => ({}) as Bridge);
vi.mock('../bridge', () => ({ bridge }));
const { AppState } = await import('./app.svelte');
const { TRAVEL_MS } = await import('./pacing');

const scenario = scenarioOf(golden('S2.scenario.yaml'));
const { first, last, steps } = play(scenario);
const packed = new PackedSteps();
const timeline = new Timeline(first, packed);
for (const step of steps) {
  packed.push(step);
  timeline.add(step);
}
const text = { zh: '字', en: 'text' };
const run: OpenedRun = {
  first,
  listings: {},
  stepCount: steps.length,
  endNs: 0,
  outcome: { kind: 'exit', code: 0, message: '' },
  most: { goroutines: 1, threads: 2 },
  holds: {},
  shortened: null,
  stops: [],
};
const done = <T>(value: T): Promise<{ ok: true; value: T }> => Promise.resolve({ ok: true, value });
const no = { ok: false as const, message: { zh: '不行', en: 'no' } };

/** Two runs: steps a, b in the first at 2 and 5, c, d in the second at 3 and 6. */
const STOPS = [
  { id: 'a', run: 'home', n: 2 },
  { id: 'b', run: 'home', n: 5 },
  { id: 'c', run: 'away', n: 3 },
  { id: 'd', run: 'away', n: 6 },
];

function opened(id: string): OpenedLesson {
  const lesson: Lesson = {
    version: 2,
    language: null,
    id,
    title: text,
    sources: [],
    documents: {},
    prerequisites: [],
    minutes: null,
    terms: [],
    goals: [],
    runs: {},
    telling: null,
    exercise: null,
    homework: null,
    steps:
      id === ''
        ? []
        : STOPS.map(({ id: step, run: name }) => ({
            id: step,
            title: text,
            run: name,
            at: null,
            story: text,
            technical: text,
            errata: [],
            focus: [],
            ask: null,
            minutes: null,
            notes: null,
            lines: {},
            gdb: null,
            beside: null,
            activity: null,
          })),
  };
  const runs = (id === '' ? ['run'] : ['home', 'away']).map((name) => ({ name, title: text, scenario }));
  return { lesson, runs, hints: [] };
}

/** A run of a lesson; all of them play the same steps. */
const runNamed = (name: string): OpenedRun => ({ ...run, stops: STOPS.filter((stop) => stop.run === name) });

const card: LessonCard = {
  id: 'hunting',
  title: text,
  sources: [],
  documents: {},
  goals: [],
  prerequisites: [],
  minutes: null,
  terms: [],
  steps: 4,
  questions: 0,
  activities: 0,
  errata: [],
  misconceptions: [],
  refutes: [],
};

function startUp(change: Partial<StartUp> = {}): StartUp {
  return {
    options: ORDINARY,
    settings: {
      language: 'en',
      theme: 'light',
      speed: 8,
      place: null,
      learner: 'me',
      layout: { 'middle.village': 61 },
      isInWords: false,
      isCourseFirst: true,
      hasLetterKeys: true,
    },
    learners: { all: [], damaged: [] },
    lessons: { ok: true, value: { cards: [card], units: [], misconceptions: [], broken: [] } },
    opened: { ok: true, value: opened('hunting') },
    run: { ok: true, value: runNamed('home') },
    steps,
    place: null,
    ...change,
  };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  Object.assign(bridge, {
    startUp: vi.fn(() => done(startUp())),
    openLesson: vi.fn(({ id }: { id: string }) => done(opened(id))),
    openRun: vi.fn(({ run: name }: { run: string }) => done(runNamed(name))),
    chooseScenario: vi.fn(() => done(opened(''))),
    openAgain: vi.fn(() => done(opened(''))),
    readSteps: vi.fn(({ from, to }: { from: number; to: number }) => done(packed.slice(from, to))),
    lanes: vi.fn((ask: LaneAsk) => done(timeline.look(ask))),
    laneRows: vi.fn((ask: RowsAsk) => done(timeline.rows(ask))),
    links: vi.fn(() => done([])),
    runLine: vi.fn(() => done(timeline.line())),
    stateAt: vi.fn(({ n }: { n: number }) => {
      const state = copyState(last);
      for (const step of steps.slice(n).reverse()) undoStep(state, step);
      return done(state);
    }),
    saveSettings: vi.fn(() => done(null)),
    keepLearner: vi.fn(() => done(null)),
    dropLearner: vi.fn(() => done(null)),
    pictureSettings: vi.fn(() => done(FIRST_PICTURE)),
    makePictures: vi.fn(({ places }: { places: readonly unknown[] }) => done({ path: '/out', files: places.length, asked: places.length })),
    exportTrace: vi.fn(({ suggestedName }: { suggestedName: string }) => done({ path: suggestedName, bytes: 2_100 })),
    onDataProgress: () => () => undefined,
    exportDone: vi.fn(() => done(null)),
    onRunProgress: () => () => undefined,
    onMenuCommand: () => () => undefined,
    onFileGiven: () => () => undefined,
  });
});
afterEach(() => {
  // Whoever has something to save does so, before the next test begins.
  dispatchEvent(new Event('pagehide'));
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function started(change: Partial<StartUp> = {}): Promise<InstanceType<typeof AppState>> {
  bridge.startUp = vi.fn(() => done(startUp(change)));
  const app = new AppState();
  await app.start();
  return app;
}

const exporting = startUp().options;
const ended = (): Promise<unknown> =>
  eventually(() => {
    expect(bridge.exportDone).toHaveBeenCalledTimes(1);
    return vi.mocked(bridge.exportDone).mock.calls[0]?.[0];
  });

test('until the settings are told, language and theme are those of the page that was served, and nothing is kept over them', async () => {
  const root = document.documentElement;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    for (const [lang, theme, shown] of [
      ['en', 'dark', ['en', 'dark']],
      ['zh-CN', 'light', ['zh', 'light']],
      ['zh-CN', 'projector', ['zh', 'projector']],
    ] as const) {
      root.lang = lang;
      root.dataset.theme = theme;
      const { settings } = new AppState();
      expect([settings.language, settings.shownTheme]).toEqual(shown);
      settings.setTheme('dark');
      vi.runAllTimers();
      expect(bridge.saveSettings).not.toHaveBeenCalled();
    }
    delete root.dataset.theme;
    expect(new AppState().settings.theme).toBe('system');
  } finally {
    root.removeAttribute('lang');
    delete root.dataset.theme;
  }
});

test('before the first stop of a later run the steps before are behind us', async () => {
  const app = await started();
  await app.lesson.playback.jump(0);
  expect([app.lesson.at, app.lesson.next]).toEqual([-1, 0]);
  await app.lesson.goTo(2);
  expect([app.lesson.run, app.lesson.at, app.lesson.next]).toEqual(['away', 2, 3]);
  await app.lesson.playback.jump(0);
  expect([app.lesson.at, app.lesson.next, app.lesson.current]).toEqual([-1, 2, null]);
  await app.lesson.lessonNext();
  expect([app.lesson.run, app.lesson.playback.n]).toEqual(['away', 3]);
  await app.lesson.playback.jump(0);
  await app.lesson.lessonPrev();
  expect([app.lesson.run, app.lesson.playback.n]).toEqual(['home', 5]);
  await app.lesson.lessonPrev();
  expect(app.lesson.playback.n).toBe(2);
});

test('a lesson begins at its first step, wherever in the run that stands', async () => {
  const { lesson } = await started();
  const here = (): unknown => [lesson.run, lesson.playback.n, lesson.at, lesson.current?.id];
  const beginning = ['home', 2, 0, 'a'];
  expect(here()).toEqual(beginning);
  await lesson.goTo(3);
  await lesson.openLesson('without-notice');
  expect(here()).toEqual(beginning);
  await lesson.goTo(1);
  await lesson.restart();
  expect(here()).toEqual(beginning);
  await lesson.goTo(2);
  await lesson.restart();
  expect(here()).toEqual(beginning);
  await lesson.openLesson('hunting', { lesson: 'hunting', run: 'away', n: 1 });
  expect(here()).toEqual(['away', 1, -1, undefined]);
  await lesson.openScenario();
  expect(here()).toEqual(['run', 0, -1, undefined]);
  // The run of the first step need not be the first one of the list.
  const other = opened('slow-way');
  bridge.openLesson = vi.fn(() => done({ ...other, runs: [...other.runs].reverse() }));
  await lesson.openLesson('slow-way');
  expect(here()).toEqual(beginning);
});

test('a change is saved after a while, or at once when the page goes', async () => {
  const app = await started();
  app.settings.setLanguage('zh');
  expect(bridge.saveSettings).not.toHaveBeenCalled();
  dispatchEvent(new Event('pagehide'));
  expect(bridge.saveSettings).toHaveBeenCalledWith(expect.objectContaining({ language: 'zh' }));
  await vi.advanceTimersByTimeAsync(1_000);
  dispatchEvent(new Event('pagehide'));
  expect(bridge.saveSettings).toHaveBeenCalledTimes(1);
});

test('a note that is still waiting is saved when the page goes', async () => {
  const app = await started();
  const settle = vi.spyOn(app.bookmarks, 'settle').mockResolvedValue();
  dispatchEvent(new Event('pagehide'));
  expect(settle).toHaveBeenCalledTimes(1);
});

test('whoever goes on and on changing something has it saved meanwhile', async () => {
  const app = await started();
  for (let i = 0; i < 12; i++) {
    app.settings.toggleInWords();
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(vi.mocked(bridge.saveSettings).mock.calls.length).toBeGreaterThanOrEqual(2);
});

test('a jump can be taken back, into another run too; a drag counts once', async () => {
  const { lesson } = await started();
  await lesson.jump(4);
  await lesson.jump(6);
  await lesson.jump(7, true);
  await lesson.visit(2);
  const here = (): unknown => [lesson.run, lesson.playback.n];
  expect(here()).toEqual(['away', 3]);
  const places: unknown[] = [];
  for (let i = 0; i < 4; i++) {
    await lesson.placeBack();
    places.push(here());
  }
  expect(places).toEqual([
    ['home', 7],
    ['home', 4],
    ['home', 2],
    ['home', 2],
  ]);
  await lesson.placeOn();
  expect(here()).toEqual(['home', 4]);
});

test('back leads to the lesson that was left, too, at its place, and into a scenario of one’s own that is in a file', async () => {
  const { lesson } = await started();
  const here = (): unknown => [lesson.opened?.lesson.id, lesson.run, lesson.playback.n];
  await lesson.jump(4);
  await lesson.openLesson('watchman');
  await lesson.jump(6);
  expect(lesson.ways).toEqual({ back: true, on: false });
  await lesson.placeBack();
  expect(here()).toEqual(['watchman', 'home', 2]);
  await lesson.placeBack();
  expect(here()).toEqual(['hunting', 'home', 4]);
  await lesson.placeOn();
  expect(here()).toEqual(['watchman', 'home', 2]);
  await lesson.openScenario();
  await lesson.jump(3);
  await lesson.backToLesson();
  expect(here()).toEqual(['watchman', 'home', 2]);
  await lesson.placeBack();
  expect(here()).toEqual(['', 'run', 3]);
  expect(bridge.openAgain).toHaveBeenCalledTimes(1);
  await lesson.placeBack();
  await lesson.placeBack();
  expect(here()).toEqual(['watchman', 'home', 2]);
  await lesson.placeOn();
  await lesson.placeOn();
  expect(here()).toEqual(['', 'run', 3]);
  // Another file takes its place.
  await lesson.backToLesson();
  await lesson.openScenario();
  await lesson.placeBack();
  expect(here()).toEqual(['watchman', 'home', 2]);
  await lesson.placeBack();
  expect(lesson.opened?.lesson.id).toBe('watchman');
});

test('a scenario of one’s own keeps the place in the lesson', async () => {
  const app = await started();
  await app.lesson.goTo(1);
  await app.lesson.openScenario();
  dispatchEvent(new Event('pagehide'));
  expect(bridge.saveSettings).toHaveBeenLastCalledWith(expect.objectContaining({ place: { lesson: 'hunting', run: 'home', n: 5 } }));
});

test('broken lessons and a shortened run are told', async () => {
  const app = await started({
    lessons: { ok: true, value: { cards: [], units: [], misconceptions: [], broken: [{ message: { zh: '坏', en: '02 is broken' } }] } },
  });
  expect(app.notices.shown?.message.en).toBe('02 is broken');
  bridge.openRun = vi.fn(() => done({ ...run, shortened: { zh: '太长', en: 'too long' } }));
  await app.lesson.openRun('home', { n: 0 });
  expect(app.notices.shown?.message.en).toBe('too long');
  app.notices.close();
  expect(app.notices.shown?.message.en).toBe('02 is broken');
});

test('each class whose record is damaged is told, one after the other', async () => {
  const app = await started({
    learners: {
      all: [],
      damaged: [
        { zh: '甲', en: 'a is damaged' },
        { zh: '乙', en: 'b is damaged' },
      ],
    },
  });
  const told = [app.notices.shown?.message.en];
  app.notices.close();
  told.push(app.notices.shown?.message.en);
  expect(told).toEqual(['a is damaged', 'b is damaged']);
});

test('what went wrong before the window opened is told one after the other, and comes back when something else took its place', async () => {
  const app = await started({
    options: {
      ...ORDINARY,
      warnings: [
        { zh: '设置坏了', en: 'settings are damaged' },
        { zh: '写不进去', en: 'not portable' },
      ],
    },
  });
  app.notices.fail({ zh: '不行', en: 'no' });
  const told: unknown[] = [];
  for (let i = 0; i < 4; i++) {
    told.push(app.notices.shown?.message.en);
    app.notices.close();
  }
  expect(told).toEqual(['no', 'settings are damaged', 'not portable', undefined]);
});

test('that somebody’s record is damaged is told until it has been read, whatever is opened meanwhile', async () => {
  const app = await started({ learners: { all: [], damaged: [{ zh: '甲', en: 'a is damaged' }] } });
  await app.lesson.openLesson('call');
  expect([app.lesson.opened?.lesson.id, app.notices.shown?.message.en]).toEqual(['call', 'a is damaged']);
});

test('traces of a lesson are named by their runs, too', async () => {
  const app = await started({ options: { ...exporting, isExport: true } });
  expect(await ended()).toEqual({ pictures: 4, failure: null });
  expect(vi.mocked(bridge.exportTrace).mock.calls.map(([{ suggestedName }]) => suggestedName)).toEqual([
    `${scenario.id}-home.trace.jsonl`,
    `${scenario.id}-away.trace.jsonl`,
  ]);
  await app.lesson.openScenario();
  await app.exporter.data('trace');
  expect(bridge.exportTrace).toHaveBeenLastCalledWith({ suggestedName: `${scenario.id}.trace.jsonl` });
});

test('each lesson step is asked for at its own place, as it was said on the command line', async () => {
  await started({ options: { ...exporting, isExport: true, exportSteps: [1, 3] } });
  expect(await ended()).toEqual({ pictures: 2, failure: null });
  const asked = vi.mocked(bridge.makePictures).mock.calls.map(([ask]) => ask);
  expect(asked.map(({ lesson, stem, settings }) => ({ lesson, stem, settings }))).toEqual(
    [0, 1].map(() => ({ lesson: 'hunting', stem: 'hunting', settings: FIRST_PICTURE })),
  );
  expect(asked.flatMap(({ places }) => places)).toEqual(
    [0, 2].map((i) => ({ run: STOPS[i]?.run, stop: STOPS[i]?.id, n: 0, isAsked: false })),
  );
});

test.each([
  ['syscall' as const, [4, 9, 12], null],
  ['c' as const, [], 'the run has no event of this kind, so there is nothing to export'],
])('each step at which an event of the kind %s is told', async (group, told, failure) => {
  bridge.events = vi.fn(() => {
    const events = told.map((n) => ({ n })) as never;
    return done({ ...{ total: told.length, steps: told.length, isComplete: true, from: 0, current: -1 }, events });
  });
  await started({ options: { ...exporting, isExport: true, exportEvents: group, language: 'en' } });
  expect(await ended()).toEqual({ pictures: told.length, failure });
  expect(vi.mocked(bridge.events).mock.calls.map(([{ groups, horizon }]) => [groups, horizon])).toEqual([[[group], null]]);
  expect(vi.mocked(bridge.makePictures).mock.calls.flatMap(([{ places }]) => places)).toEqual(
    told.map((n) => ({ run: 'home', stop: null, n, isAsked: false })),
  );
});

test.each([
  [null, ['zh', 'en']],
  ['en' as const, ['en']],
])('hand-outs, with --lang %s', async (language, languages) => {
  bridge.makePapers = vi.fn(({ papers, formats }: { papers: readonly string[]; formats: readonly string[] }) =>
    done({ path: '/out', files: papers.length * formats.length, asked: 2 }),
  );
  await started({ options: { ...exporting, isExport: true, handout: 'lesson', language } });
  expect(await ended()).toEqual({ pictures: 10 * languages.length, failure: null });
  const asked = vi.mocked(bridge.makePapers).mock.calls.map(([ask]) => ask);
  expect(asked.map(({ papers, languages: [each] }) => [each, ...papers].join(' '))).toEqual(
    languages.flatMap((each) => ['sheet', 'storyboard', 'slides', 'glossary', 'exercises'].map((kind) => `${each} ${kind}`)),
  );
  expect(bridge.makePictures).not.toHaveBeenCalled();
  expect(bridge.exportTrace).not.toHaveBeenCalled();
});

test('the contact sheet alone', async () => {
  bridge.makePapers = vi.fn(() => done({ path: '/out', files: 2, asked: 2 }));
  await started({ options: { ...exporting, isExport: true, handout: 'contact', language: 'zh' } });
  expect(await ended()).toEqual({ pictures: 2, failure: null });
  expect(vi.mocked(bridge.makePapers).mock.calls.flatMap(([{ papers }]) => papers)).toEqual(['contact']);
});

test.each([
  ['a picture is refused', { makePictures: vi.fn(() => Promise.resolve(no)) }, 'no', 1],
  ['a request throws', { makePictures: vi.fn(() => Promise.reject(new Error('gone'))) }, 'Something went wrong: gone', 1],
  ['the start is refused', { startUp: () => Promise.resolve(no) }, '不行', 0],
  ['the start throws', { startUp: () => Promise.reject(new Error('gone')) }, '出错了：gone', 0],
  [
    'there is no lesson',
    { startUp: () => done(startUp({ options: { ...exporting, isExport: true }, opened: null, run: null })) },
    'no lesson is open, so there is nothing to export',
    0,
  ],
  [
    'the reason is very long',
    { makePictures: vi.fn(() => Promise.resolve({ ok: false, message: { zh: '', en: 'x'.repeat(9_000) } })) },
    'x'.repeat(2_000),
    1,
  ],
])('an export ends and says why when %s', async (_, change, failure, pictures) => {
  Object.assign(bridge, { startUp: vi.fn(() => done(startUp({ options: { ...exporting, isExport: true } }))) }, change);
  await new AppState().start();
  expect(await ended()).toMatchObject({ failure });
  expect(bridge.makePictures).toHaveBeenCalledTimes(pictures);
});

test('an export does not wait for motion that nobody sees', async () => {
  // Nothing that takes time comes to its end unless the clock is turned by hand.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const app = await started({ options: { ...exporting, isExport: true } });
  const began = performance.now();
  await vi.waitFor(
    async () => {
      await vi.advanceTimersByTimeAsync(1);
      expect(bridge.exportDone).toHaveBeenCalledWith({ pictures: STOPS.length, failure: null });
    },
    { interval: 0, timeout: 60_000 },
  );
  expect(performance.now() - began).toBeLessThan(TRAVEL_MS / app.lesson.playback.speed);
});

test('an ordinary start exports nothing', async () => {
  await started();
  expect(bridge.exportDone).not.toHaveBeenCalled();
});
