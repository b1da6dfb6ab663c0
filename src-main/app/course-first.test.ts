import { expect, test } from 'vitest';
import { appOptions } from './command-line';
import { type Beginning, opensCourse } from './course-first';

const ordinary: Beginning = { ...appOptions([]), hasFile: false, warnings: [], hasBegun: false };

test('a start at which nothing is asked for begins with the course, unless a person wants it otherwise', () => {
  expect(opensCourse({ isCourseFirst: true }, ordinary)).toBe(true);
  expect(opensCourse({ isCourseFirst: true }, { ...ordinary, ...appOptions(['--lang=en', '--theme=dark', '--size=1366x768']) })).toBe(true);
  expect(opensCourse({ isCourseFirst: false }, ordinary)).toBe(false);
});

test.each<[string, Partial<Beginning>]>([
  ['a lesson is named', appOptions(['--lesson', 'hunting'])],
  ['something is exported', appOptions(['--export', '/tmp/out'])],
  ['there is a file or a link', { hasFile: true }],
  ['something went wrong', { warnings: [{ zh: '坏了', en: 'broken' }] }],
  ['the page is loaded again', { hasBegun: true }],
])('%s: the lesson is shown at once', (_why, change) => {
  expect(opensCourse({ isCourseFirst: true }, { ...ordinary, ...change })).toBe(false);
});
