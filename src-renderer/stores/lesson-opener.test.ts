/** What is asked of the player while it is still at something else. */
import { afterAll, expect, test, vi } from 'vitest';
import { inEveryLanguage } from '../../assets/words/index';
import type { Bridge, OpenedLesson, Result } from '../../src-main/contract/index';

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
const { LessonStore } = await import('./lesson.svelte');
const { Notices } = await import('./notices.svelte');

const refused = { zh: '打开的是别的', en: 'something else is open' };
bridge.openRun = () => Promise.resolve({ ok: false, message: refused });
const opened = { ok: true, value: { lesson: { id: 'first', steps: [] }, runs: [{ name: 'home' }], hints: [] } };
const first = (): Promise<Result<OpenedLesson>> => Promise.resolve(opened as unknown as Result<OpenedLesson>);

test('a lesson whose run is refused because another one was asked for since is not told of', async () => {
  const notices = new Notices();
  const lesson = new LessonStore(notices, () => undefined);
  let answer: (reply: Result<null>) => void = () => undefined;
  const asked = lesson.openWith(first);
  const since = lesson.openWith(() => new Promise<Result<null>>((resolve) => (answer = resolve)));
  await asked;
  expect(notices.shown).toBeNull();
  // The other one is still waited for.
  expect(lesson.isOpening).toBe(true);
  answer({ ok: true, value: null });
  await since;
  expect(lesson.isOpening).toBe(false);
});

test('one that is refused for another reason is', async () => {
  const notices = new Notices();
  await new LessonStore(notices, () => undefined).openWith(first);
  expect(notices.shown?.message).toEqual(refused);
});

const file = (title: string, opening: number): Promise<Result<OpenedLesson>> =>
  Promise.resolve({
    ok: true,
    value: { lesson: { id: '', title, steps: [] }, runs: [{ name: 'run' }], hints: [], opening },
  } as unknown as Result<OpenedLesson>);

test('the run of a file is asked for by its opening: another file may be open by then', async () => {
  const asked: unknown[] = [];
  const before = bridge.openRun;
  bridge.openRun = (ask) => {
    asked.push(ask);
    return before(ask);
  };
  const lesson = new LessonStore(new Notices(), () => undefined);
  await lesson.openWith(() => file('one', 7));
  expect(asked).toEqual([{ lesson: '', run: 'run', opening: 7 }]);
  bridge.openRun = before;
});

test('what was given up for something else is not told of; what is wrong with it is', async () => {
  const cancelled = { ok: false, message: inEveryLanguage((words) => words.refusal.cancelled) } as const;
  const broken = { ok: false, message: { zh: '坏了', en: 'broken' } } as const;
  for (const [reply, told] of [
    [cancelled, null],
    [broken, broken.message],
  ] as const) {
    const notices = new Notices();
    const lesson = new LessonStore(notices, () => undefined);
    let answer: (reply: Result<null>) => void = () => undefined;
    const first = lesson.openWith(() => new Promise((resolve) => (answer = resolve as typeof answer)));
    const second = lesson.openWith(() => Promise.resolve({ ok: true, value: null }));
    answer(reply);
    await Promise.all([first, second]);
    expect(notices.shown?.message ?? null).toEqual(told);
  }
  // Cancelled by a person, it is.
  const notices = new Notices();
  await new LessonStore(notices, () => undefined).openWith(() => Promise.resolve(cancelled));
  expect(notices.shown?.message).toEqual(cancelled.message);
});

test('whoever waits until nothing is being opened waits for the last of all', async () => {
  const lesson = new LessonStore(new Notices(), () => undefined);
  const answers: (() => void)[] = [];
  const nothing = (): Promise<Result<null>> =>
    new Promise((resolve) =>
      answers.push(() => {
        resolve({ ok: true, value: null });
      }),
    );
  const both = [lesson.openWith(nothing), lesson.openWith(nothing)];
  let isSettled = false;
  const settled = lesson.settled().then(() => (isSettled = true));
  answers[1]?.();
  await both[1];
  expect(isSettled).toBe(false);
  answers[0]?.();
  await settled;
  await Promise.all(both);
  await lesson.settled();
});
