import { describe, expect, test } from 'vitest';
import type { MRow, State, Step } from '../../src-main/contract/index';
import { LaneBuilder } from './timeline-lanes';
import { formatNs, timelineScale } from './timeline-scale';

describe('scales', () => {
  const times = [0, 10, 20, 1_000_000, 1_000_010];

  test('by step all are as wide', () => {
    const scale = timelineScale('step', times, 400);
    expect(times.map((_, n) => scale.toPx(n))).toEqual([0, 100, 200, 300, 400]);
    expect([-50, 149, 151, 900].map((px) => scale.toStep(px))).toEqual([0, 1, 2, 4]);
  });

  test('by time they lie where their time is', () => {
    const scale = timelineScale('time', times, 400);
    expect(scale.toPx(2)).toBeLessThan(0.1);
    expect(scale.toPx(4)).toBe(400);
    expect(scale.toStep(200)).toBe(2);
    expect(scale.toStep(399.995)).toBe(3);
  });

  test.each([
    [0, '0 ns'],
    [999, '999 ns'],
    [1_500, '1.5 µs'],
    [30_000_000, '30 ms'],
    [2_000_000_000, '2 s'],
  ])('%i ns reads %s', (ns, text) => {
    expect(formatNs(ns)).toBe(text);
  });
});

test('lanes follow what each thread does', () => {
  const row = { curg: 'G1', ong0: false, parked: false, spinning: false, role: 'worker', p: 'P0', kernel: null, blocked: false, dead: false } as unknown as MRow;
  const builder = new LaneBuilder({ M: { M0: row } } as unknown as State);
  const step = (n: number, set: Step['set']): Step => ({ n, t: n * 10, m: 'M0', p: null, g: null, fn: 'f', at: 'a', d: 1, set });
  builder.add(step(1, []));
  builder.add(step(2, [['M.M0.kernel', null, { nr: 0 }]]));
  builder.add(step(3, []));
  builder.add(step(4, [['M.M0.kernel', { nr: 0 }, null], ['M.M0.curg', 'G1', null], ['M.M0.p', 'P0', null], ['M.M0.parked', false, true]]));
  expect(builder.lanes[0]?.spans.map(({ from, to, kind, g }) => [from, to, kind, g])).toEqual([
    [0, 1, 'running', 'G1'],
    [2, 3, 'syscall', 'G1'],
  ]);
  expect(builder.times).toEqual([0, 10, 20, 30, 40]);
});
