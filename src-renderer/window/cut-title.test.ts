import { expect, test } from 'vitest';
import { cutTitle } from './cut-title';

test('what is cut off is told where it is pointed at, and nothing twice that is seen whole', () => {
  const title = document.createElement('h1');
  title.textContent = ' a long title ';
  let highPx = 120;
  Object.defineProperties(title, { scrollHeight: { get: () => highPx }, clientHeight: { get: () => 42 } });
  const pointed = (): string | null => {
    title.dispatchEvent(new Event('pointerenter'));
    return title.getAttribute('title');
  };
  const leave = cutTitle(title);
  expect([title.getAttribute('title'), pointed()]).toEqual([null, 'a long title']);
  // Another one, or more room.
  highPx = 42;
  expect(pointed()).toBeNull();
  leave();
  highPx = 120;
  expect(pointed()).toBeNull();
});
