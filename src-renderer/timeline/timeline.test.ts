import { describe, expect, test } from 'vitest';
import type { MRow, State, Step } from '../../src-main/contract/index';
import { LaneBuilder } from './timeline-lanes';
import { axisWithFlag, formatNs, laneRows, textPx, timelineScale } from './timeline-scale';

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
    [500, '500 ns'],
    [840_000, '840 µs'],
    [860_000, '860 µs'],
    [10_000, '10 µs'],
    [100_500, '101 µs'],
    [2_500_000, '2.5 ms'],
    [3_000_000_000, '3 s'],
    [1_500, '1.5 µs'],
    [30_000_000, '30 ms'],
    [2_000_000_000, '2 s'],
  ])('%i ns reads %s', (ns, text) => {
    expect(formatNs(ns)).toBe(text);
  });
});

test('lanes follow what each thread does', () => {
  const row = {
    curg: 'G1',
    ong0: false,
    parked: false,
    spinning: false,
    role: 'worker',
    p: 'P0',
    kernel: null,
    dead: false,
  } as unknown as MRow;
  const sysmon = { asleep: true };
  const builder = new LaneBuilder({ G: { G1: { name: 'main' } }, M: { M0: row }, sysmon } as unknown as State);
  const step = (n: number, set: Step['set']): Step => ({ n, t: n * 10, m: 'M0', p: null, g: null, fn: 'f', at: 'a', d: 1, set });
  builder.add(step(1, []));
  builder.add(step(2, [['M.M0.kernel', null, { nr: 0 }]]));
  builder.add(step(3, []));
  builder.add(
    step(4, [
      ['M.M0.kernel', { nr: 0 }, null],
      ['M.M0.curg', 'G1', null],
      ['M.M0.p', 'P0', null],
      ['M.M0.parked', false, true],
    ]),
  );
  expect(builder.lanes[0]?.spans.map(({ from, to, kind, g }) => [from, to, kind, g])).toEqual([
    [0, 1, 'running', 'G1'],
    [2, 3, 'syscall', 'G1'],
  ]);
  expect(builder.times).toEqual([0, 10, 20, 30, 40]);
});

describe('the axis', () => {
  const times = Array.from({ length: 401 }, (_, n) => (n < 200 ? 5_210 + (n > 0 ? 1 : 0) : 9_000 + n));

  test('by step says the numbers of steps, and a time only where it has changed', () => {
    const labels = timelineScale('step', times, 1_200, 13).ticks.map((tick) => tick.label);
    expect(labels[0]).toBe('0 · 5.21 µs');
    expect(labels[1]).toBe('50');
    expect(new Set(labels).size).toBe(labels.length);
  });

  test.each([320, 900, 1_400])('labels do not run into each other or into the flag, %i px wide', (widthPx) => {
    const scale = timelineScale('step', times, widthPx, 13);
    for (const n of [0, 1, 77, 200, 399, 400]) {
      const { ticks, flagPx, flagWidthPx } = axisWithFlag(
        scale.ticks,
        { px: scale.toPx(n), label: `${n} · ${formatNs(times[n] ?? 0)}` },
        widthPx,
        13,
      );
      const boxes = [
        ...ticks.filter((tick) => tick.label !== '').map((tick) => [tick.px, textPx(tick.label, 13)] as const),
        [flagPx, flagWidthPx] as const,
      ].sort((a, b) => a[0] - b[0]);
      for (const [i, [px, wide]] of boxes.entries())
        if (i > 0) expect(px - wide / 2).toBeGreaterThanOrEqual((boxes[i - 1]?.[0] ?? 0) + (boxes[i - 1]?.[1] ?? 0) / 2);
      expect(flagPx - flagWidthPx / 2).toBeGreaterThanOrEqual(0);
    }
  });

  test.each([
    [2, 70, 2],
    [4, 70, 4],
    [5, 70, 5],
    [9, 70, 4],
    [200, 30, 1],
  ])('of %i lanes in %i px, %i are shown and the others have a row for their number', (count, roomPx, shown) => {
    const rows = laneRows(count, roomPx, 13);
    expect(rows.shown).toBe(shown);
    expect(rows.lanePx * (rows.shown + (rows.shown < count ? 1 : 0))).toBeLessThanOrEqual(roomPx + 0.01);
  });
});
