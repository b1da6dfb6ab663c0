import { expect, test, vi } from 'vitest';
import type { Bridge, FindAsk, FoundSteps, OpenedRun, Result } from '../../src-main/contract/index';
import { Search } from './search.svelte';
import type { LessonStore } from './lesson.svelte';

/** A run of 100 steps in which every tenth fits, answered 25 at a time. */
function world(horizon: number | null = null) {
  const jumps: number[] = [];
  const playback = {
    stepCount: 100,
    n: 0,
    get target() {
      return this.n;
    },
  };
  const lesson = {
    horizon,
    openedRun: {} as OpenedRun,
    playback,
    jump: (n: number) => {
      jumps.push(n);
      playback.n = n;
      return Promise.resolve();
    },
  };
  const asked: FindAsk[] = [];
  const find = (ask: FindAsk): Promise<Result<FoundSteps>> => {
    asked.push(ask);
    const to = Math.min(ask.to, ask.from + 25);
    const hits = Uint32Array.from({ length: 100 }, (_, i) => i + 1).filter((n) => n > ask.from && n <= to && n % 10 === 0);
    return Promise.resolve({ ok: true, value: { from: ask.from, to, hits, hints: [] } });
  };
  const search = new Search(
    lesson as unknown as LessonStore,
    { find, runAnchors: vi.fn() } as unknown as Pick<Bridge, 'find' | 'runAnchors'>,
  );
  search.isOpen = true;
  return { search, lesson, jumps, asked };
}

const settled = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve));

test('hits come piece by piece, and next and previous go round', async () => {
  const { search, jumps, asked } = world();
  search.want('n');
  await settled();
  expect([...search.hits]).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
  expect(asked.map(({ from }) => from)).toEqual([0, 25, 50, 75]);
  await search.go('next');
  await search.go('next');
  expect(search.at).toBe(2);
  await search.go('previous');
  await search.go('previous');
  expect(jumps).toEqual([10, 20, 10, 100]);
  await search.go('next');
  expect(jumps.at(-1)).toBe(10);
});

test('nothing behind an open question is asked for; when it is answered the search goes on', async () => {
  const { search, lesson, asked } = world(33);
  search.want('n');
  await settled();
  expect([...search.hits]).toEqual([10, 20, 30]);
  expect(Math.max(...asked.map(({ to }) => to))).toBe(33);
  lesson.horizon = null;
  search.want('n');
  await settled();
  expect(asked.at(-1)?.to).toBe(100);
});

test('a search that is given up keeps what it has found, and asks no more', async () => {
  const { search, asked } = world();
  search.want('n');
  await Promise.resolve();
  search.cancel();
  await settled();
  expect(asked.length).toBeLessThan(4);
  expect(search.isLooking).toBe(false);
});

test('the answer to an older question is not shown', async () => {
  const { search } = world();
  search.want('n');
  search.want('t');
  await settled();
  expect(search.hits.length).toBe(10);
  search.want('');
  expect(search.hits.length).toBe(0);
});

test('another run is searched from its beginning', async () => {
  const { search, lesson, asked } = world();
  search.want('n');
  await settled();
  lesson.openedRun = {} as OpenedRun;
  search.want('n');
  await settled();
  expect(asked.filter(({ from }) => from === 0)).toHaveLength(2);
});
