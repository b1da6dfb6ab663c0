/** What an export without a person says when it cannot be made: whoever reads its exit status learns why. */
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { inEveryLanguage } from '../../assets/words/index';
import type { Bridge, Fault } from '../../src-main/contract/index';
import type { LessonStore } from './lesson.svelte';
import type { SettingsStore } from './settings.svelte';

const bridge = vi.hoisted(() => ({}) as Bridge);
vi.mock('../bridge', () => ({ bridge }));
// Test files share their modules, and stores that another one has loaded hold its bridge.
vi.resetModules();
afterAll(() => {
  vi.resetModules();
});
const { Exporter } = await import('./exporter.svelte');
const { Notices } = await import('./notices.svelte');

const LESSON = {
  asksNothing: false,
  opened: { lesson: { id: 'hunting' } },
  steps: [{ id: 'a', run: 'x' }],
  stops: [],
  run: 'x',
  scenario: null,
  playback: { stepCount: 50 },
};
const SETTINGS = { language: 'en', shownTheme: 'light' } as SettingsStore;

let ended: { pictures: number; failure: string | null } | null;
let filmed: { from: number; to: number } | null;
beforeEach(() => {
  ended = filmed = null;
  Object.assign(bridge, {
    exportDone: (how: typeof ended) => {
      ended = how;
      return Promise.resolve();
    },
    makeFilm: (ask: NonNullable<typeof filmed>) => {
      filmed = { from: ask.from, to: ask.to };
      return Promise.resolve({ ok: true, value: { path: 'x' } });
    },
  });
});

const exporter = (lesson: object = LESSON, notices = new Notices()): InstanceType<typeof Exporter> =>
  new Exporter({ ...lesson } as unknown as LessonStore, SETTINGS, notices);

test.each([
  [{ from: 20, to: 10 }, '--range 20-10: the run has the steps 0 to 50'],
  [{ from: 99_999, to: 999_999 }, '--range 99999-999999: the run has the steps 0 to 50'],
])('a film of steps that are not there is refused: %j', async (range, said) => {
  await exporter().film({ settings: { format: 'gif' }, range });
  expect(filmed).toBeNull();
  expect(ended).toEqual({ pictures: 0, failure: expect.stringContaining(said) as string });
});

test('a film to a step behind the last one goes to the last one', async () => {
  await exporter().film({ settings: { format: 'gif' }, range: { from: 40, to: 999 } });
  expect([filmed, ended]).toEqual([
    { from: 40, to: 50 },
    { pictures: 1, failure: null },
  ]);
});

test('where nothing could be opened no film is begun, and the reason is told', async () => {
  const notices = new Notices();
  notices.fail({ zh: '有错', en: 'has errors' });
  await exporter({ ...LESSON, opened: null }, notices).film({ settings: { format: 'gif' }, range: null });
  expect([filmed, ended]).toEqual([null, { pictures: 0, failure: 'has errors' }]);
});

test('the faults of a file are told with their lines, those of the first failure only', async () => {
  const notices = new Notices();
  const fault = (line: number, suggestion: string | null): Fault => ({
    ...{ file: 'bad.yaml', line, column: 7 },
    message: { zh: '没有这个操作', en: 'no such operation' },
    suggestion,
  });
  notices.fail({ zh: '有错', en: 'bad.yaml has 2 errors' }, [fault(6, 'compute'), fault(8, null)]);
  notices.fail({ zh: '又错', en: 'and more' }, [fault(9, null)]);
  await exporter({ ...LESSON, opened: null, steps: [] }, notices).pages(
    { kinds: ['html'], views: ['village'], range: null },
    'en',
    'projector',
  );
  expect(ended?.failure).toBe(
    'bad.yaml has 2 errors\nbad.yaml:6:7: no such operation (did you mean compute?)\nbad.yaml:8:7: no such operation',
  );
});

test('steps that the lesson has not are told with those that it has', async () => {
  await exporter().all([0, 9_999]);
  expect(ended?.failure).toBe('--steps: none of these is a step of hunting, which has the steps 1 to 1');
  await exporter({ ...LESSON, opened: null, steps: [] }).all([1]);
  expect(ended?.failure).toBe('no lesson is open, so there is nothing to export');
});

test('at an open question no form of the run is written: each tells all of it', async () => {
  const notices = new Notices();
  const exportTrace = vi.fn<Bridge['exportTrace']>();
  Object.assign(bridge, { exportTrace, onDataProgress: () => () => undefined });
  await exporter({ ...LESSON, isAsking: true }, notices).data('trace');
  expect(exportTrace).not.toHaveBeenCalled();
  expect(notices.shown?.message).toEqual(inEveryLanguage(({ window }) => window.exportTells));
  exportTrace.mockResolvedValue({ ok: true, value: null });
  await exporter({ ...LESSON, isAsking: false }).data('trace');
  expect(exportTrace).toHaveBeenCalledOnce();
});

test.each([
  ['all lesson steps', (made: InstanceType<typeof Exporter>) => made.all(null)],
  ['events', (made: InstanceType<typeof Exporter>) => made.events('syscall')],
])('without a person (%s) nothing is asked of anybody until it is over', async (_, made) => {
  const lesson = { ...LESSON };
  const seen: boolean[] = [];
  const page = { events: [{ n: 4 }], total: 1, steps: 1, isComplete: true, from: 0, current: -1 };
  Object.assign(bridge, {
    onDataProgress: () => () => undefined,
    events: () => Promise.resolve({ ok: true, value: page }),
    pictureSettings: () => Promise.resolve({ ok: true, value: {} }),
    makePictures: () => {
      seen.push(lesson.asksNothing);
      return Promise.resolve({ ok: true, value: { files: 1 } });
    },
    exportTrace: () => {
      seen.push(lesson.asksNothing);
      return Promise.resolve({ ok: true, value: null });
    },
  });
  await made(new Exporter(lesson as unknown as LessonStore, SETTINGS, new Notices()));
  expect([seen, lesson.asksNothing, ended]).toEqual([[true, true], false, { pictures: 1, failure: null }]);
});
