import { expect, test } from 'vitest';
import type { LessonStore } from './lesson.svelte';
import { Selection } from './selection.svelte';

test.each([
  ['P.P2', true],
  ['P.P1', false],
  ['P.P2.runq', true],
  ['M.M4.regs.AX', true],
  ['M.M3', false],
  ['G.G7', false],
  ['G.G8', true],
  ['chan.pages', false],
  ['sched.runq', false],
])('in a run of 2 Ps, 4 threads and 7 goroutines %s is let go of: %s', (path, isGone) => {
  const selection = new Selection({} as LessonStore);
  selection.path = path;
  selection.keepIn({ P: 2, M: 4, G: 7 });
  expect(selection.path).toBe(isGone ? null : path);
});

test('who is picked again is let go, unless they are to be kept', () => {
  const selection = new Selection({} as LessonStore);
  selection.keep('G7');
  expect(selection.path).toBe('G.G7');
  selection.path = 'G.G7.status';
  selection.keep('G7');
  expect(selection.path).toBe('G.G7.status');
  selection.keep('G8');
  expect(selection.path).toBe('G.G8');
  selection.pick('G8');
  expect(selection.path).toBeNull();
});
