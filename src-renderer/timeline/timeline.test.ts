import { describe, expect, test } from 'vitest';
import type { Lane } from '../../src-main/contract/index';
import { lanePaths } from './timeline-lanes';
import { axisWithFlag, formatNs, laneRows, type RunLength, textPx, timelineScale } from './timeline-scale';

const runOf = (times: readonly number[]): RunLength => ({ stepCount: times.length - 1, endNs: times.at(-1) ?? 0, times });

describe('scales', () => {
  const times = [0, 10, 20, 1_000_000, 1_000_010];

  test('by step all are as wide', () => {
    const scale = timelineScale('step', runOf(times), 400);
    expect(times.map((_, n) => scale.toPx(n))).toEqual([0, 100, 200, 300, 400]);
    expect([-50, 149, 151, 900].map((px) => scale.toStep(px))).toEqual([0, 1, 2, 4]);
  });

  test('by time they lie where their time is', () => {
    const scale = timelineScale('time', runOf(times), 400);
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

test('until the times are read the scale by time is that of the steps, and says no time', () => {
  const scale = timelineScale('time', { stepCount: 4, endNs: 1_000_010, times: null }, 400);
  expect([scale.toPx(2), scale.toStep(100)]).toEqual([200, 1]);
  expect(timelineScale('step', { stepCount: 4, endNs: 1_000_010, times: null }, 400).ticks.map((tick) => tick.label)).toEqual([
    '0',
    '1',
    '2',
    '3',
    '4',
  ]);
});

test('a lane’s paths: one for each kind and goroutine, no span thinner than a pixel', () => {
  const lane: Lane = {
    m: 'M0',
    role: 'worker',
    from: Float64Array.of(0, 10, 10.1, 20),
    to: Float64Array.of(10, 10, 20, 40),
    kind: Uint8Array.of(0, 2, 0, 0),
    who: Uint32Array.of(1, 0, 1, 2),
  };
  const who = [
    { g: null, name: '' },
    { g: 'G1', name: 'main' },
    { g: 'G2', name: 'w' },
  ] as const;
  expect(lanePaths(lane, who, 2).map(({ key, d }) => [key, d])).toEqual([
    ['runningG1main', 'M0.0 0H20.0M20.2 0H40.0'],
    ['scheduling', 'M20.0 0H21.0'],
    ['runningG2w', 'M40.0 0H80.0'],
  ]);
});

test.each([0.05, 0.2, 0.39, 1.3])('a thread that is busy in spans of %f px is drawn as busy', (widePx) => {
  const count = 2_000;
  const lane: Lane = {
    m: 'M0',
    role: 'worker',
    from: Float64Array.from({ length: count }, (_, i) => i * widePx),
    to: Float64Array.from({ length: count }, (_, i) => (i + 1) * widePx),
    kind: new Uint8Array(count),
    who: new Uint32Array(count).fill(1),
  };
  const [path] = lanePaths(
    lane,
    [
      { g: null, name: '' },
      { g: 'G1', name: 'main' },
    ],
    1,
  );
  const drawn = [...(path?.d ?? '').matchAll(/M([\d.]+) 0H([\d.]+)/g)].map(([, from, to]) => [Number(from), Number(to)] as const);
  let coveredTo = 0;
  let coveredPx = 0;
  for (const [from, to] of drawn) {
    coveredPx += Math.max(0, to - Math.max(from, coveredTo));
    coveredTo = Math.max(coveredTo, to);
  }
  expect(coveredPx / (count * widePx)).toBeGreaterThan(0.97);
  // And not in a piece for each of them.
  expect(drawn.length).toBeLessThanOrEqual(Math.max(count * Math.min(1, widePx), (count * widePx) / 0.4) + 1);
});

describe('the axis', () => {
  const times = Array.from({ length: 401 }, (_, n) => (n < 200 ? 5_210 + (n > 0 ? 1 : 0) : 9_000 + n));

  test('by step says the numbers of steps, and a time only where it has changed', () => {
    const labels = timelineScale('step', runOf(times), 1_200, 13).ticks.map((tick) => tick.label);
    expect(labels[0]).toBe('0 · 5.21 µs');
    expect(labels[1]).toBe('50');
    expect(new Set(labels).size).toBe(labels.length);
  });

  test.each([320, 900, 1_400])('labels do not run into each other or into the flag, %i px wide', (widthPx) => {
    const scale = timelineScale('step', runOf(times), widthPx, 13);
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
