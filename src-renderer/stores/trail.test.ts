import { expect, test } from 'vitest';
import { type Place, Trail } from './trail';

const at = (n: number, lesson = 'hunting'): Place => ({ lesson, run: 'home', n });

test('back leads through every place, and on again', () => {
  const trail = new Trail();
  trail.leave(at(1));
  trail.leave(at(5));
  expect(trail.back(at(9))).toEqual(at(5));
  expect(trail.back(at(5))).toEqual(at(1));
  expect(trail.back(at(1))).toBeNull();
  expect(trail.on(at(1))).toEqual(at(5));
  expect(trail.on(at(5))).toEqual(at(9));
  expect(trail.on(at(9))).toBeNull();
});

test('a new jump forgets what lay ahead; a place that is left twice counts once', () => {
  const trail = new Trail();
  trail.leave(at(1));
  trail.leave(at(1));
  expect(trail.back(at(3))).toEqual(at(1));
  trail.leave(at(1));
  expect(trail.on(at(7))).toBeNull();
  expect(trail.back(at(7))).toEqual(at(1));
  expect(trail.back(at(1))).toBeNull();
});

test('a place that was not come to is there still, behind or ahead', () => {
  const trail = new Trail();
  trail.leave(at(1));
  trail.leave(at(5));
  trail.stay('back', trail.back(at(9))!);
  expect(trail.back(at(9))).toEqual(at(5));
  trail.stay('on', trail.on(at(5))!);
  expect(trail.on(at(5))).toEqual(at(9));
  expect(trail.ways).toEqual({ back: true, on: false });
});

test('a lesson that is known by another id is gone back to, and on to, by that', () => {
  const trail = new Trail();
  trail.leave(at(1));
  trail.leave(at(2, 'watchman'));
  trail.leave(at(5));
  expect(trail.back(at(9))).toEqual(at(5));
  trail.follow({ from: 'hunting', to: 'hunting@2' });
  expect(trail.on(at(5, 'hunting@2'))).toEqual(at(9, 'hunting@2'));
  expect(trail.back(at(9, 'hunting@2'))).toEqual(at(5, 'hunting@2'));
  expect(trail.back(at(5, 'hunting@2'))).toEqual(at(2, 'watchman'));
  expect(trail.back(at(2, 'watchman'))).toEqual(at(1, 'hunting@2'));
});

test('it has an end', () => {
  const trail = new Trail();
  for (let n = 0; n < 500; n++) trail.leave(at(n));
  let steps = 0;
  while (trail.back(at(0))) steps++;
  expect(steps).toBe(100);
});

test('a scenario of one’s own is no place to come back to, lessons are', () => {
  const trail = new Trail();
  expect(trail.ways).toEqual({ back: false, on: false });
  trail.leave(at(1, 'watchman'));
  trail.leave(at(1));
  trail.leave(at(2, ''));
  trail.forgetOwn();
  expect(trail.back(at(9))).toEqual(at(1));
  expect(trail.back(at(1))).toEqual(at(1, 'watchman'));
  expect(trail.ways).toEqual({ back: false, on: true });
});

test('nor is it a place to go on to', () => {
  const trail = new Trail();
  trail.leave(at(1));
  expect(trail.back(at(3, ''))).toEqual(at(1));
  trail.forgetOwn();
  expect(trail.ways).toEqual({ back: false, on: false });
  expect(trail.on(at(1))).toBeNull();
});
