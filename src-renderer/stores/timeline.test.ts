/** The timeline asks for what it has to draw of the run that is open, and shows no other's. */
import { describe, expect, test, vi } from 'vitest';
import type { Lane, LaneAsk, LaneId, LaneView, RunLine } from '../../src-main/contract/index';
import { type LaneSource, type LaneWish, TimelineStore } from './timeline.svelte';

const WISH: LaneWish = { axis: 'step', length: 1_000, from: 0, to: 1_000, columns: 500, ids: ['M0', 'M1'] };
const NEAR: LaneWish = { ...WISH, from: 400, to: 500 };
const line = (threads: number): RunLine => ({ counts: { P: 4, M: threads, G: 9 } }) as unknown as RunLine;

/** Answers when it is told to. */
function source(name: string, threads = 2): LaneSource & { asked: LaneAsk[]; answer: () => Promise<void> } {
  const waiting: (() => void)[] = [];
  const asked: LaneAsk[] = [];
  return {
    asked,
    look: (ask) => {
      asked.push(ask);
      const lanes = ask.ids.map((id) => ({ id, name }) as Lane);
      return new Promise((resolve) => {
        waiting.push(() => {
          resolve({ ask, lanes, who: [] } as LaneView);
        });
      });
    },
    rows: () => Promise.resolve({ name } as never),
    links: () => Promise.resolve([]),
    line: () => Promise.resolve(line(threads)),
    answer: async () => {
      for (const each of waiting.splice(0)) each();
      await settled();
    },
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const nameOf = (store: TimelineStore, id: LaneId): string | undefined => store.laneOf(id, 'step')?.lane.name;

test('the whole run is asked for first, then the part that is seen, with some more on both sides', async () => {
  const store = new TimelineStore(vi.fn());
  const one = source('one');
  store.open(one, 1_000);
  store.want(NEAR);
  expect(one.asked).toEqual([{ axis: 'step', from: 0, to: 1_000, columns: 500, ids: ['M0', 'M1'] }]);
  await one.answer();
  expect(one.asked[1]).toEqual({ axis: 'step', from: 350, to: 550, columns: 2_000, ids: ['M0', 'M1'] });
  await one.answer();
  expect(one.asked.length).toBe(2);
  expect(store.partsOf('M0', 'step', 400, 500).map(({ from, to }) => [from, to])).toEqual([[400, 500]]);
  expect(store.partsOf('M0', 'step', 300, 600).map(({ from, to }) => [from, to])).toEqual([
    [550, 600],
    [300, 350],
    [350, 550],
  ]);
});

test('what is known is not asked for again: panning a little, scrolling back', async () => {
  const store = new TimelineStore(vi.fn());
  const one = source('one');
  store.open(one, 1_000);
  store.want(NEAR);
  await one.answer();
  await one.answer();
  store.want({ ...NEAR, from: 420, to: 520 });
  store.want({ ...NEAR, ids: ['M1'] });
  expect(one.asked.length).toBe(2);
  store.want({ ...NEAR, ids: ['M1', 'M2'] });
  await one.answer();
  await one.answer();
  expect(one.asked.slice(2).map(({ ids }) => ids)).toEqual([['M2'], ['M2']]);
});

test('more detail that comes while a hand moves is drawn with its next move, or once when it rests', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  try {
    const store = new TimelineStore(vi.fn());
    store.open({ ...source('one'), look: (ask) => Promise.resolve({ ask, lanes: [], who: [] } as never) }, 1_000);
    store.want(WISH);
    await vi.advanceTimersByTimeAsync(1_000);
    const { version } = store;
    store.want(NEAR);
    await vi.advanceTimersByTimeAsync(50);
    // It is known at once: whatever is drawn now has it.
    expect([store.partsOf('M0', 'step', 400, 500).map(({ to }) => to), store.version, store.isRead]).toEqual([[500], version, false]);
    store.want({ ...NEAR, from: 401, to: 501 });
    await vi.advanceTimersByTimeAsync(90);
    expect(store.version).toBe(version);
    await vi.advanceTimersByTimeAsync(20);
    expect(store.version).toBe(version + 1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(store.version).toBe(version + 1);
  } finally {
    vi.useRealTimers();
  }
});

describe('a hand', () => {
  const WIDE: LaneWish = { ...WISH, length: 100_000, from: 40_000, to: 50_000 };
  /** Moves it, and says for which parts was asked meanwhile, and when the hand had rested; in widths of what was seen then. */
  async function moved(steps: number, next: (at: LaneWish) => LaneWish): Promise<{ parts: number[][]; rested: number[][] }> {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const store = new TimelineStore(vi.fn());
      let at = WIDE;
      const asked: number[][] = [];
      const look = (ask: LaneAsk): Promise<LaneView> => {
        const wide = at.to - at.from;
        asked.push([(at.from - ask.from) / wide, (ask.to - at.to) / wide, (ask.columns / (ask.to - ask.from)) * (wide / at.columns)]);
        return Promise.resolve({ ask, lanes: [], who: [] });
      };
      store.open({ ...source('one'), look }, 1_000);
      store.wantRows({ from: 0, to: 9 });
      store.want(at);
      await vi.advanceTimersByTimeAsync(1_000);
      asked.length = 0;
      for (let i = 0; i < steps; i++) {
        at = next(at);
        store.want(at);
        await vi.advanceTimersByTimeAsync(16);
        const seen = store.partsOf('M0', 'step', at.from, at.to);
        // Nothing of what is seen is there only as coarsely as the whole run.
        expect(seen.length, `${i}`).toBe(1);
      }
      const parts = asked.splice(0);
      expect(store.isRead).toBe(false);
      await vi.advanceTimersByTimeAsync(200);
      expect(store.isRead).toBe(true);
      await vi.advanceTimersByTimeAsync(2_000);
      const round = (of: number[][]): number[][] => of.map((each) => each.map((share) => Math.round(share * 100) / 100));
      return { parts: round(parts), rested: round(asked) };
    } finally {
      vi.useRealTimers();
    }
  }
  const zoomed =
    (by: number) =>
    ({ from, to, ...rest }: LaneWish): LaneWish => ({ ...rest, from: from + (1 - by) * 2_000, to: to - (1 - by) * 2_000 });

  test('that zooms in wants little on either side, and room for the next move when it rests', async () => {
    const near = (at: LaneWish): LaneWish => {
      const by = (at.to - at.from) * 0.08;
      return { ...at, from: at.from + by, to: at.to - by };
    };
    const { parts, rested } = await moved(22, near);
    expect(parts.length).toBeLessThanOrEqual(4);
    for (const part of parts) expect(part).toEqual([0.1, 0.1, 3]);
    expect(rested).toEqual([[0.5, 0.5, 2]]);
  });

  test('that zooms out wants more on either side, as fine as it is drawn', async () => {
    const { parts } = await moved(12, zoomed(1.3));
    expect(parts.length).toBeGreaterThan(0);
    for (const part of parts) expect(part).toEqual([1.25, 1.25, 1]);
  });

  test('that moves to the sides asks when it comes to the edge of what it has', async () => {
    const { parts } = await moved(20, (at) => ({ ...at, from: at.from + 500, to: at.to + 500 }));
    expect(parts.length).toBeLessThanOrEqual(2);
    for (const part of parts) expect(part).toEqual([0.75, 0.75, 1.25]);
  });
});

test('one question is under way at a time; wishes that are overtaken are never asked', async () => {
  const store = new TimelineStore(vi.fn());
  const one = source('one');
  store.open(one, 1_000);
  for (let to = 990; to > 500; to -= 10) store.want({ ...WISH, to });
  expect(one.asked.length).toBe(1);
  await one.answer();
  expect(one.asked.length).toBe(2);
  expect(one.asked[1]?.to).toBeLessThan(800);
});

test('a run as long as the one before has lanes of its own', async () => {
  const store = new TimelineStore(vi.fn());
  const [first, second] = [source('first'), source('second')];
  store.open(first, 1_000);
  store.want(WISH);
  await first.answer();
  expect(nameOf(store, 'M0')).toBe('first');
  store.open(second, 1_000);
  expect(nameOf(store, 'M0')).toBeUndefined();
  await second.answer();
  expect(nameOf(store, 'M0')).toBe('second');
});

test('an answer of the run before is not shown', async () => {
  const store = new TimelineStore(vi.fn());
  const one = source('of the run before');
  store.open(one, 1_000);
  store.want(WISH);
  store.open({ ...source('other'), look: () => new Promise(() => undefined) }, 2_000);
  await one.answer();
  expect(nameOf(store, 'M0')).toBeUndefined();
});

test('whoever the run does not have is asked for once', async () => {
  const store = new TimelineStore(vi.fn());
  const one = source('one');
  store.open({ ...one, look: (ask) => one.look(ask).then((view) => ({ ...view, lanes: [] })) }, 1_000);
  store.want(WISH);
  await one.answer();
  expect([one.asked.length, store.laneOf('M0', 'step')?.lane.from.length]).toEqual([1, 0]);
});

test('own scenarios with many threads are looked at by P, until the person says otherwise', async () => {
  const store = new TimelineStore(vi.fn());
  const groupsOf = async (threads: number, isOwn: boolean): Promise<readonly string[]> => {
    store.open(source('one', threads), 1_000, isOwn);
    await settled();
    return store.groups;
  };
  expect(await groupsOf(20, false)).toEqual(['M']);
  expect(await groupsOf(4, true)).toEqual(['M']);
  expect(await groupsOf(20, true)).toEqual(['P']);
  store.choose(['G', 'M']);
  expect(await groupsOf(20, true)).toEqual(['G', 'M']);
});

test('what is pinned can be let go', () => {
  const store = new TimelineStore(vi.fn());
  store.pin('M3');
  store.pin('P1');
  store.pin('M3');
  expect(store.pinned).toEqual(['P1']);
});

test('what cannot be had is told, and not asked for again and again', async () => {
  const onFailure = vi.fn();
  const store = new TimelineStore(onFailure);
  const refused = vi.fn((): Promise<never> => Promise.reject(new Error('no run is open')));
  store.open({ look: refused, rows: refused, links: refused, line: refused }, 1_000);
  store.want(WISH);
  store.wantRows({ from: 0, to: 9 });
  store.wantLinks({ n: 0, of: null, from: 0, to: 9 });
  await settled();
  expect([onFailure.mock.calls.length, refused.mock.calls.length]).toEqual([4, 4]);
});

test('steps that follow each other quickly have no arrows; those of the last one come when it is looked at', async () => {
  vi.useFakeTimers();
  try {
    const asked: number[] = [];
    const links = (ask: { n: number }): Promise<never> => {
      asked.push(ask.n);
      return Promise.resolve([{ n: ask.n }] as never);
    };
    const store = new TimelineStore(vi.fn());
    store.open({ ...source('one'), links }, 1_000);
    const go = async (n: number, afterMs: number): Promise<void> => {
      await vi.advanceTimersByTimeAsync(afterMs);
      store.wantLinks({ n, of: null, from: 0, to: 9 });
      await vi.advanceTimersByTimeAsync(0);
    };
    await go(1, 0);
    expect([asked, store.links]).toEqual([[1], [{ n: 1 }]]);
    for (const n of [2, 3, 4]) await go(n, 40);
    expect([asked, store.links]).toEqual([[1], []]);
    await vi.advanceTimersByTimeAsync(200);
    expect([asked, store.links]).toEqual([[1, 4], [{ n: 4 }]]);
    await go(5, 0);
    expect(asked).toEqual([1, 4, 5]);
  } finally {
    vi.useRealTimers();
  }
});
