import { describe, expect, test } from 'vitest';
import { circle, ellipse, rect, Shape } from './shape';

describe('a shape', () => {
  test('is drawn where its figure stands, as large as that is', () => {
    expect(new Shape('M-7 0 L-5 -12 H5 V3 Z').at({ x: 100, y: 50, scale: 2 })).toBe('M86 50L90 26L110 26L110 56Z');
  });

  test('counts relative numbers from where the last command ended, of an arc only its end', () => {
    expect(new Shape('M1 2 h3 v4 l1 1 q1 2 3 4').at({ x: 0, y: 0, scale: 1 })).toBe('M1 2L4 2L4 6L5 7Q6 9 8 11');
    expect(new Shape('M-8 -28 a8 9 0 0 1 16 0').at({ x: 10, y: 30, scale: 0.5 })).toBe('M6 16A4 4.5 0 0 1 14 16');
  });

  test('goes on with the same command while numbers come, and from the start of an outline after its end', () => {
    expect(new Shape('M0 0 L1 1 2 2 Z l1 0').at({ x: 0, y: 0, scale: 1 })).toBe('M0 0L1 1L2 2ZL1 0');
  });

  test('can be turned, made larger and moved in its drawing, before it is drawn', () => {
    const turned = new Shape('M1 0 H2 a3 3 0 0 1 1 0').laid({ x: 10, y: 20, turn: 90, scale: 2 });
    expect(turned.at({ x: 0, y: 0, scale: 1 })).toBe('M10 22L10 24A6 6 90 0 1 10 26');
  });

  test('is drawn in many places as a new one is, also where it has stood before', () => {
    const shape = new Shape('M-8 -28 a8 9 0 0 1 16 0 L0.5 1.25');
    const places = Array.from({ length: 400 }, (_, i) => ({ x: i % 70, y: i % 3, scale: 0.5 + (i % 2) }));
    for (const at of [...places, ...places.toReversed()]) expect(shape.at(at)).toBe(new Shape('M-8 -28 a8 9 0 0 1 16 0 L0.5 1.25').at(at));
  });

  test('refuses what it cannot draw with', () => {
    expect(() => new Shape('M0 0 C1 1 2 2 3 3').at({ x: 0, y: 0, scale: 1 })).toThrow('C');
  });
});

test('circles, ellipses and rectangles are outlines that go round clockwise', () => {
  expect(circle(0, -5, 2)).toBe('M-2 -5a2 2 0 0 1 4 0a2 2 0 0 1 -4 0Z');
  expect(new Shape(ellipse(1, 1, 3, 2)).at({ x: 0, y: 0, scale: 1 })).toBe('M-2 1A3 2 0 0 1 4 1A3 2 0 0 1 -2 1Z');
  expect(new Shape(rect(1, 2, 3, 4)).at({ x: 0, y: 0, scale: 1 })).toBe('M1 2L4 2L4 6L1 6Z');
  expect(new Shape(rect(0, 0, 10, 8, 2)).at({ x: 0, y: 0, scale: 1 })).toBe(
    'M2 0L8 0A2 2 0 0 1 10 2L10 6A2 2 0 0 1 8 8L2 8A2 2 0 0 1 0 6L0 2A2 2 0 0 1 2 0Z',
  );
});
