/** Bookmarks over the product's own player: made, found again with other numbers, deleted, brought back, and kept. */
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import type { Bookmark, Bridge, Result } from '../../src-main/contract/index';
import { playerAnswers } from '../testdata/player-answers';

// There are no media queries here.
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
const { Bookmarks } = await import('./bookmarks.svelte');
const { Experiment } = await import('./experiment.svelte');
const { LessonStore } = await import('./lesson.svelte');
const { Notices } = await import('./notices.svelte');

let kept: Bookmark[] = [];
const done = <T>(value: T): Promise<Result<T>> => Promise.resolve({ ok: true, value });
Object.assign(bridge, {
  ...playerAnswers(),
  bookmarks: () => done(kept),
  keepBookmarks: ({ all }: { all: Bookmark[] }) => {
    kept = all;
    return done(null);
  },
} as unknown as Bridge);

let notices: InstanceType<typeof Notices>;
let lesson: InstanceType<typeof LessonStore>;
let bookmarks: InstanceType<typeof Bookmarks>;
beforeEach(async () => {
  kept = [];
  notices = new Notices();
  lesson = new LessonStore(notices, () => undefined);
  lesson.asksNothing = true;
  bookmarks = new Bookmarks(lesson, notices, bridge);
  await lesson.openLesson('hunting');
});

const steps = (): unknown => bookmarks.here.map(({ mark, found }) => [found?.n, found?.kept, mark.note]);

test('a step is marked once, its note is kept, deleted ones come back to their place', async () => {
  await lesson.jump(30);
  const one = await bookmarks.add();
  expect(await bookmarks.add()).toEqual(one);
  await lesson.jump(12);
  const other = await bookmarks.add();
  bookmarks.write(one?.id ?? '', '这里');
  await bookmarks.settle();
  expect(steps()).toEqual([
    [12, 'row', ''],
    [30, 'row', '这里'],
  ]);
  expect(kept.map(({ note, place, run }) => [note, place.n, run])).toEqual([
    ['这里', 30, 'home'],
    ['', 12, 'home'],
  ]);
  await bookmarks.remove(one?.id ?? '');
  await bookmarks.remove(other?.id ?? '');
  expect([steps(), kept]).toEqual([[], []]);
  await bookmarks.undo();
  await bookmarks.undo();
  await bookmarks.undo();
  expect(kept.map(({ place }) => place.n)).toEqual([30, 12]);
  expect(bookmarks.marks.map(({ n }) => n)).toEqual([12, 30]);
});

test('the next start finds them, those of other runs stand apart, and the very beginning is not marked', async () => {
  await lesson.jump(30);
  await bookmarks.add();
  await lesson.jump(0);
  expect(await bookmarks.add()).toBeNull();
  expect(notices.shown).not.toBeNull();
  await lesson.openLesson('call');
  const next = new Bookmarks(lesson, notices, bridge);
  await next.read();
  expect([next.here, next.elsewhere.map(({ lesson: id }) => id)]).toEqual([[], ['hunting']]);
});

test('with other numbers a mark is found by what it is, and one whose step is not there any more says so', async () => {
  await lesson.jump(lesson.playback.stepCount - 3);
  await bookmarks.add();
  const { place } = kept[0] as Bookmark;
  const gone: Bookmark = { ...(kept[0] as Bookmark), id: 'gone', place: { ...place, who: 'nobody' } };
  bookmarks.all = [...bookmarks.all, gone];
  const experiment = new Experiment(lesson, notices);
  await experiment.open();
  const knob = experiment.knobs.find(({ name }) => name === 'takes');
  if (!knob) throw new Error('no knob');
  experiment.set(knob, '1ms');
  await experiment.run();
  await bookmarks.find();
  const [here, last] = bookmarks.here;
  expect([here?.found?.kept, last?.found?.kept, last?.mark.id]).toEqual(['row', 'gone', 'gone']);
  expect(here?.found?.n).not.toBe(place.n);
  expect(bookmarks.marks).toHaveLength(1);
});

test('a damaged file is told, and what could be read of it is there', async () => {
  await lesson.jump(30);
  await bookmarks.add();
  const why = { zh: '坏了', en: 'damaged' };
  const replies: Result<Bookmark[]>[] = [
    { ok: false, message: why },
    { ok: true, value: kept },
  ];
  const next = new Bookmarks(lesson, notices, { ...bridge, bookmarks: () => Promise.resolve(replies.shift() as Result<Bookmark[]>) });
  await next.read();
  expect(notices.shown?.message).toEqual(why);
  expect(next.here).toHaveLength(1);
});

test('a mark has whoever does its step, also where they are not there yet', async () => {
  await lesson.openLesson('hunting', { lesson: 'hunting', run: 'elsewhere', n: 0 });
  const first = lesson.openedRun?.first;
  await lesson.jump(lesson.playback.stepCount);
  let n = lesson.playback.stepCount;
  while (n > 0 && (lesson.playback.step?.g ?? 'G1') in (first?.G ?? {})) await lesson.jump(--n);
  expect(n).toBeGreaterThan(1);
  const late = `G.${lesson.playback.step?.g ?? ''}`;
  await bookmarks.add();
  expect(bookmarks.marks).toMatchObject([{ n, path: late }]);
  await lesson.jump(1);
  // As the next start finds it.
  const next = new Bookmarks(lesson, notices, bridge);
  await next.read();
  await next.find();
  expect(next.marks).toEqual(bookmarks.marks);
  expect(next.marks).toMatchObject([{ n, path: late }]);
});

test('a note that is too long is cut, and that is told', async () => {
  await lesson.jump(30);
  const mark = await bookmarks.add();
  // Whatever else was said up to now.
  notices.close();
  bookmarks.write(mark?.id ?? '', 'x'.repeat(2_000));
  expect(notices.shown).toBeNull();
  bookmarks.write(mark?.id ?? '', 'x'.repeat(2_001));
  await bookmarks.settle();
  expect(kept[0]?.note).toHaveLength(2_000);
  expect(notices.shown?.message.en).toContain('at most 2000 characters, and this one would have 2001');
});

test('a mark behind the next question is not on the timeline until that has been answered', async () => {
  const early = 3;
  const late = lesson.playback.stepCount - 3;
  for (const n of [early, late]) {
    await lesson.jump(n);
    await bookmarks.add();
  }
  await lesson.jump(early);
  const marked = (): number[] => bookmarks.marks.map(({ n }) => n);
  expect(marked()).toEqual([early, late]);
  lesson.asksNothing = false;
  expect(lesson.horizon).toBeLessThan(late);
  expect(marked()).toEqual([early]);
});

test('a note that has just been typed is sent at once when the page closes, which waits for nothing', async () => {
  await lesson.jump(30);
  const one = await bookmarks.add();
  bookmarks.write(one?.id ?? '', '刚写的');
  expect(kept.map(({ note }) => note)).toEqual(['']);
  void bookmarks.settle();
  expect(kept.map(({ note }) => note)).toEqual(['刚写的']);
});
