/** What a step is about comes into sight, before it is painted, at the cost of one layout. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepInSight, nearestScroll, paddingFor } from './keep-in-sight';

test.each([
  ['in sight: stays', { top: 120, height: 20 }, 100],
  ['at the upper edge: stays', { top: 100, height: 20 }, 100],
  ['above: to the top', { top: 40, height: 20 }, 40],
  ['half above: to the top', { top: 90, height: 20 }, 90],
  ['below: to the bottom', { top: 300, height: 20 }, 270],
  ['half below: to the bottom', { top: 140, height: 20 }, 110],
  ['fills all and more: stays', { top: 90, height: 100 }, 100],
  ['too high, from below: from its top', { top: 140, height: 100 }, 140],
  ['too high, from above: to its end', { top: 20, height: 100 }, 70],
])('%s', (_, mark, scrollTop) => {
  expect(nearestScroll({ top: 100, height: 50 }, mark)).toBe(scrollTop);
});

test.each([
  ['a high scroller keeps all of it', 20, 200, { top: 40, bottom: 40 }],
  ['a low one shares what is left', 30, 70, { top: 20, bottom: 20 }],
  ['a mark that is as high has none', 70, 70, { top: 0, bottom: 0 }],
  ['nor one that is higher', 90, 70, { top: 0, bottom: 0 }],
])('what a mark is kept clear of: %s', (_, markHeight, height, padding) => {
  expect(paddingFor({ top: 40, bottom: 40 }, markHeight, height)).toEqual(padding);
});

/** What was read of places and written to scrollers, in order. */
let asked: string[] = [];

beforeEach(() => {
  asked = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.runOnlyPendingTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

/** Every view shows the step, and nothing has been painted yet. */
const shown = (): Promise<void> => Promise.resolve();

/** A view with a scroller of 50 px that lies 200 px down the window; its lines are 20 px high. */
function view(name: string, lines: number): { root: HTMLElement; scroller: HTMLElement; mark: (i: number, by?: string) => void } {
  const root = document.createElement('div');
  root.innerHTML = `<div role="region">${'<p></p>'.repeat(lines)}</div>`;
  document.body.append(root);
  const scroller = root.firstElementChild as HTMLElement;
  let scrollTop = 0;
  Object.defineProperties(scroller, {
    clientHeight: { value: 50 },
    scrollTop: {
      get: () => scrollTop,
      set: (to: number) => {
        asked.push(`${name} to ${to}`);
        scrollTop = to;
      },
    },
  });
  scroller.getBoundingClientRect = () => {
    asked.push(`${name}?`);
    return new DOMRect(0, 200, 100, 50);
  };
  const all = [...scroller.children];
  for (const [i, line] of all.entries()) line.getBoundingClientRect = () => new DOMRect(0, 200 + 20 * i - scrollTop, 100, 20);
  const mark = (i: number, by = 'now'): void => {
    for (const line of all) line.classList.remove(by);
    all[i]?.classList.add(by);
  };
  return { root, scroller, mark };
}

test('all views are measured before any is scrolled, once for a step', async () => {
  const [a, b] = [view('a', 20), view('b', 20)];
  for (const { root, mark } of [a, b, a]) {
    mark(10);
    keepInSight(['.now'], () => null)(root);
  }
  expect(asked).toEqual([]);
  await shown();
  expect(asked).toEqual(['a?', 'b?', 'a to 170', 'b to 170']);
});

test('what is in sight already scrolls nothing', async () => {
  const { root, mark } = view('a', 20);
  mark(1);
  keepInSight(['.now'], () => null)(root);
  await shown();
  expect(asked).toEqual(['a?']);
});

test('of marks without room for all, the last one is in sight, and the scroller is written once', async () => {
  const { root, scroller, mark } = view('a', 20);
  mark(3);
  mark(19, 'focused');
  keepInSight(['.none', '.now', '.focused'], () => null)(root);
  await shown();
  expect(asked).toEqual(['a?', 'a to 350']);
  mark(0, 'focused');
  keepInSight(['.now', '.focused'], () => null)(root);
  await shown();
  expect(scroller.scrollTop).toBe(0);
});

test('a mark keeps clear of the scroller’s padding', async () => {
  const { root, scroller, mark } = view('a', 20);
  vi.stubGlobal('getComputedStyle', () => ({ scrollPaddingTop: '10px', scrollPaddingBottom: '5px' }));
  mark(10);
  keepInSight(['.now'], () => null)(root);
  await shown();
  expect(scroller.scrollTop).toBe(175);
  mark(5);
  keepInSight(['.now'], () => null)(root);
  await shown();
  expect(scroller.scrollTop).toBe(90);
});

test('a view that is gone before that is not looked at, and what it depends on is read', async () => {
  const { root, mark } = view('a', 20);
  mark(10);
  const changed = vi.fn();
  const leave = keepInSight(['.now'], changed)(root);
  expect(changed).toHaveBeenCalledOnce();
  leave();
  await shown();
  expect(asked).toEqual([]);
});

test('when no step has followed for a while it is looked at once more: what has measured its room may have moved', async () => {
  const { root, scroller, mark } = view('a', 20);
  mark(1);
  const changed = (): null => null;
  const leave = keepInSight(['.now'], changed)(root);
  await shown();
  mark(10);
  vi.advanceTimersByTime(60);
  leave();
  keepInSight(['.now'], changed)(root);
  await shown();
  expect(scroller.scrollTop).toBe(170);
  mark(19);
  vi.advanceTimersByTime(60);
  expect(scroller.scrollTop).toBe(170);
  vi.advanceTimersByTime(60);
  expect(scroller.scrollTop).toBe(350);
});
