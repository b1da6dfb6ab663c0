import { expect, test } from 'vitest';
import { type WhyLink, whyRows } from '../../src-main/contract/index';
import { peopleIn, whyGraph } from './why-plan';

const link = (n: number, ...causes: number[]): WhyLink => ({
  ...{ type: 'g.ran', n, t: n, path: 'G.G1.status', value: null, foundAt: n, m: null, g: null, p: null, other: null, m2: null },
  ...{ dt: null, object: '', reason: '', row: '', end: null, causes, reads: [] },
});

/** 0 because of 1 and 3, 1 because of 2; 3 is because of 2, too. */
const LINKS = [link(9, 1, 3), link(7, 2), link(2), link(5, 2)];

test('each fact stands below what it led to, once, its causes after it', () => {
  expect(whyRows(LINKS).map(({ index, depth }) => [index, depth])).toEqual([
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 1],
  ]);
  expect(whyRows([])).toEqual([]);
});

test('in the graph causes lie left of what they led to, and no two boxes on each other', () => {
  const { boxes, arrows, width, height } = whyGraph(whyRows(LINKS));
  const of = (index: number): (typeof boxes)[number] => boxes.find((box) => box.index === index) as (typeof boxes)[number];
  for (const [from, to] of [
    [1, 0],
    [2, 1],
    [3, 0],
    [2, 3],
  ] as const)
    expect(of(from).x + of(from).width).toBeLessThan(of(to).x);
  expect(arrows.map(({ key }) => key).sort()).toEqual(['1-0', '2-1', '2-3', '3-0']);
  for (const a of boxes) for (const b of boxes) expect(a === b || a.x !== b.x || Math.abs(a.y - b.y) >= a.height).toBe(true);
  for (const box of boxes) expect(box.x + box.width <= width && box.y + box.height <= height).toBe(true);
});

test('a chain that comes back to itself ends', () => {
  expect(whyRows([link(9, 1), link(5, 0)]).map(({ index }) => index)).toEqual([0, 1]);
  expect(whyGraph(whyRows([link(9, 1), link(5, 0)])).arrows).toHaveLength(1);
});

test('whoever has a part in a fact is shown, once each', () => {
  const one = { ...link(9), m: 'M1' as const, p: 'P0' as const, other: 'G2' as const, g: 'G1' as const };
  expect(peopleIn(one)).toEqual(['G1', 'M1', 'P0', 'G2']);
  expect(peopleIn({ ...link(9), path: 'sched.runq' })).toEqual([]);
});
