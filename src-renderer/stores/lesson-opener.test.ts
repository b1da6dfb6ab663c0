/** What is asked of the player while it is still at something else. */
import { afterAll, expect, test, vi } from 'vitest';
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
