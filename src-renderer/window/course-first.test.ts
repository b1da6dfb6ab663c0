import { expect, test, vi } from 'vitest';
import { opensFirst } from './course-first';

function page() {
  const made = { isOpened: false, isOpen: () => made.isOpened, toggle: vi.fn(() => (made.isOpened = !made.isOpened)) };
  return made;
}
const free = (): boolean => true;

test('the page is loaded and opened, once', async () => {
  const [window, course] = [new EventTarget(), page()];
  await opensFirst(window)(() => Promise.resolve(course), free);
  expect(course.isOpened).toBe(true);
  await opensFirst(window)(() => Promise.resolve(course), free);
  expect(course.toggle).toHaveBeenCalledTimes(1);
});

test.each(['keydown', 'pointerdown', 'drop'])('whoever has begun (%s) is left alone, and nothing is loaded', async (kind) => {
  const window = new EventTarget();
  const open = opensFirst(window);
  window.dispatchEvent(new Event(kind));
  const ready = vi.fn(() => Promise.resolve(page()));
  await open(ready, free);
  expect(ready).not.toHaveBeenCalled();
});

test('begun while the page was being loaded, or something lies over the window by then: it stays closed', async () => {
  const [window, course] = [new EventTarget(), page()];
  await opensFirst(window)(() => {
    window.dispatchEvent(new Event('keydown'));
    return Promise.resolve(course);
  }, free);
  let isFree = true;
  await opensFirst(window)(
    () => {
      isFree = false;
      return Promise.resolve(course);
    },
    () => isFree,
  );
  expect(course.toggle).not.toHaveBeenCalled();
});
