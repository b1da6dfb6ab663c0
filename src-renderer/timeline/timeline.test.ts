/** Scales, ticks, the order of lanes, what is painted and written: without a window. */
import { describe, expect, test } from 'vitest';
import {
  FoldedTime,
  KIND_COUNT,
  type Lane,
  type LaneId,
  type LaneRows,
  MIXED,
  PackedSteps,
  type RunLine,
  SPAN_KINDS,
  Timeline,
  type Who,
} from '../../src-main/contract/index';
import { golden, play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { arrowsOf, wordAt, wordsAt } from './arrows';
import { densityPath, marksIn, spansIn } from './density';
import { laneOrder, rowLayout } from './lane-order';
import { color, Columns, luminance, NOBODY, paintLane, type Palette } from './lane-paint';
import { fitting, laneName, type Names, spanAt, spanLabels, wordsFor } from './lane-words';
import { commanded } from './timeline-moves';
import { formatNs, formatNsApart } from './format-ns';
import { axisWithFlag, foldsIn, keepingInSight, panned, runAxis, textPx, ticksOf, within, zoomed } from './timeline-scale';

const SPANS = [...SPAN_KINDS];
const kindNumber = (kind: (typeof SPANS)[number]): number => SPANS.indexOf(kind);

function lineOf(times: readonly number[], folds: RunLine['folds'] = { from: new Float64Array(0), to: new Float64Array(0) }): RunLine {
  const none = new Uint32Array(0);
  const counts = { P: 1, M: 1, G: 1 };
  return {
    times: Float64Array.from(times),
    folds,
    counts,
    events: none,
    marks: none,
    kinds: new Uint8Array(0),
    about: none,
    stopFrom: none,
    stopTo: none,
  };
}
const axisOf = (kind: 'step' | 'time', times: readonly number[], folds?: RunLine['folds']): ReturnType<typeof runAxis> =>
  runAxis(kind, times.length - 1, times.at(-1) ?? 0, lineOf(times, folds));

describe('axes', () => {
  const times = [0, 10, 20, 1_000_000, 1_000_010];

  test('by step all steps are as wide, and it is known at once how many there will be', () => {
    const axis = runAxis('step', 4, 1_000_010, null);
    expect([axis.length, axis.placeOf(3), axis.stepAt(1.4), axis.stepAt(-5), axis.stepAt(99)]).toEqual([4, 3, 1, 0, 4]);
    expect(axis.nsAt(2)).toBeNull();
  });

  test('by time steps lie where their time is; a press means the nearest', () => {
    const axis = axisOf('time', times);
    expect(axis.placeOf(2) / axis.length).toBeLessThan(0.001);
    expect([axis.placeOf(4), axis.stepAt(500), axis.stepAt(999_990), axis.stepAt(2e9)]).toEqual([1_000_010, 2, 3, 4]);
  });

  test('until the times are read the axis by time is that of the steps', () => {
    expect(runAxis('time', 4, 1_000_010, null).stepAt(2)).toBe(2);
  });

  test('with a fold, steps on both sides of it can be told apart', () => {
    const axis = axisOf('time', times, { from: Float64Array.of(20), to: Float64Array.of(1_000_000) });
    for (const n of [1, 2, 4]) expect((axis.placeOf(n) - axis.placeOf(n - 1)) / axis.length).toBeGreaterThan(0.1);
    expect([1, 2, 3, 4].map((n) => axis.stepAt(axis.placeOf(n)))).toEqual([1, 2, 3, 4]);
    const shown = foldsIn(axis.folded, { from: 0, to: axis.length }, 600);
    expect(shown.map(({ label }) => label)).toEqual(['⋯ 1 ms ⋯']);
    expect(foldsIn(axis.folded, { from: 0, to: 5 }, 600)).toEqual([]);
  });

  test.each([
    [0, '0 ns'],
    [999, '999 ns'],
    [840_000, '840 µs'],
    [999_980, '1 ms'],
    [10_000, '10 µs'],
    [100_500, '101 µs'],
    [2_500_000, '2.5 ms'],
    [1_500, '1.5 µs'],
    [30_000_000, '30 ms'],
    [2_000_000_000, '2 s'],
  ])('%i ns reads %s', (ns, text) => {
    expect(formatNs(ns)).toBe(text);
  });

  test.each([
    [30_001_240, 100, '30.0012 ms'],
    [30_001_240, 10, '30.00124 ms'],
    [30_000_000, 10_000_000, '30 ms'],
    [120, 40, '120 ns'],
  ])('%i ns among labels %i ns apart reads %s', (ns, apart, text) => {
    expect(formatNsApart(ns, apart)).toBe(text);
  });
});

describe('windows', () => {
  const axis = { length: 1_000, least: 8 };

  test('what lies under the pointer stays there', () => {
    const near = zoomed({ from: 0, to: 1_000 }, 0.5, 300, axis);
    expect(near).toEqual({ from: 150, to: 650 });
    expect((300 - near.from) / (near.to - near.from)).toBe(0.3);
  });

  test('none leaves the run or is narrower than what it can show', () => {
    expect(within({ from: 990, to: 1_090 }, axis)).toEqual({ from: 900, to: 1_000 });
    expect(within({ from: 499, to: 501 }, axis)).toEqual({ from: 496, to: 504 });
    expect(zoomed({ from: 0, to: 1_000 }, 3, 100, axis)).toEqual({ from: 0, to: 1_000 });
    expect(panned({ from: 100, to: 200 }, -5, axis)).toEqual({ from: 0, to: 100 });
  });

  test('goes along when the step leaves it, and only then', () => {
    const window = { from: 100, to: 200 };
    expect(keepingInSight(window, 150, axis)).toBe(window);
    const moved = keepingInSight(window, 500, axis);
    expect(moved.from).toBeLessThan(500);
    expect(moved.to - moved.from).toBeCloseTo(100, 9);
  });

  test('commands: nearer to the step, to both sides, everything, the lesson step', () => {
    const steps = axisOf(
      'step',
      Array.from({ length: 101 }, (_, n) => n * 10),
    );
    const stops = [10, 40, 80].map((n) => ({ id: `${n}`, run: '', n }));
    const place = { axis: steps, window: { from: 0, to: 100 }, n: 50, stepCount: 100, stops };
    const near = commanded('zoomIn', place);
    expect([(near?.from ?? 0) + (near?.to ?? 0), (near?.to ?? 0) - (near?.from ?? 0)]).toEqual([100, expect.closeTo(100 / 1.5, 6)]);
    expect(commanded('whole', place)).toBeNull();
    expect(commanded('later', { ...place, window: { from: 0, to: 40 } })).toEqual({ from: 10, to: 50 });
    const part = commanded('toLessonStep', place);
    expect([part?.from, part?.to]).toEqual([expect.closeTo(37.6, 6), expect.closeTo(82.4, 6)]);
    expect(commanded('toLessonStep', { ...place, stops: [] })).toEqual({ from: 0, to: 100 });
  });
});

describe('the axis', () => {
  const times = Array.from({ length: 401 }, (_, n) => (n < 200 ? 5_210 + (n > 0 ? 1 : 0) : 9_000 + n));

  test('by step says the numbers of steps, and a time only where it has changed', () => {
    const labels = ticksOf(axisOf('step', times), { from: 0, to: 400 }, 1_200, 13).map((tick) => tick.label);
    expect(labels[0]).toBe('0 · 5.21 µs');
    expect(labels[1]).toBe('50');
    expect(new Set(labels).size).toBe(labels.length);
  });

  test('by time ticks stand where their time is, on both sides of a fold, and do not run into each other', () => {
    const long = [...Array.from({ length: 51 }, (_, i) => i * 10), ...Array.from({ length: 50 }, (_, i) => 30_000_000 + i * 10)];
    const axis = axisOf('time', long, { from: Float64Array.of(500), to: Float64Array.of(30_000_000) });
    const window = { from: 0, to: axis.length };
    const ticks = ticksOf(axis, window, 1_200, 13);
    expect(ticks[0]?.label).toBe('0 ns');
    expect(ticks.some(({ label }) => label.startsWith('30.000'))).toBe(true);
    expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
    for (const [i, { px, label }] of ticks.entries()) {
      const ns = axis.nsAt((px / 1_200) * axis.length) ?? 0;
      const [value = '', unit = ''] = label.split(' ');
      const scale = { ns: 1, µs: 1e3, ms: 1e6 }[unit] ?? 0;
      expect(Math.abs(Number(value) * scale - ns), label).toBeLessThan(10);
      const before = ticks[i - 1];
      if (before) expect(px - before.px).toBeGreaterThan((textPx(label, 13) + textPx(before.label, 13)) / 2);
    }
  });

  test('ten thousand folds do not take long, and leave ticks', () => {
    const folds = {
      from: Float64Array.from({ length: 10_000 }, (_, i) => i * 1_000 + 10),
      to: Float64Array.from({ length: 10_000 }, (_, i) => i * 1_000 + 990),
    };
    const axis = runAxis('time', 1, 1e7, lineOf([0, 1e7], folds));
    const ticks = ticksOf(axis, { from: 0, to: axis.length }, 1_200, 13);
    expect(ticks.length).toBeGreaterThan(2);
    expect(new FoldedTime(folds, 1e7).length).toBeCloseTo(axis.length, 6);
  });

  test.each([
    [6_435, 1_280],
    [2_732, 1_280],
    [6_435, 900],
    [91_865, 1_280],
  ])('of %i steps %i px wide the labels are read one by one, and the first is not cut off', (count, widthPx) => {
    const axis = axisOf(
      'step',
      Array.from({ length: count + 1 }, (_, n) => n * 263),
    );
    const { ticks } = axisWithFlag(ticksOf(axis, { from: 0, to: count }, widthPx, 13.3), { px: -1_000, label: '' }, widthPx, 13.3);
    const labels = ticks.filter(({ label }) => label !== '');
    expect(labels.length).toBeGreaterThan(3);
    for (const [i, { label, labelPx = 0 }] of labels.entries()) {
      const left = labelPx - textPx(label, 13.3) / 2;
      const last = labels[i - 1];
      expect(left, label).toBeGreaterThanOrEqual(last ? (last.labelPx ?? 0) + textPx(last.label, 13.3) / 2 + 13.3 : 0);
    }
  });

  test.each([320, 900, 1_400])('labels do not run into each other or into the flag, %i px wide', (widthPx) => {
    const axis = axisOf('step', times);
    for (const n of [0, 1, 77, 200, 399, 400]) {
      const { ticks, flagPx, flagWidthPx } = axisWithFlag(
        ticksOf(axis, { from: 0, to: 400 }, widthPx, 13),
        { px: (n / 400) * widthPx, label: `${n} · ${formatNs(times[n] ?? 0)}` },
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
});

describe('the order of lanes', () => {
  const numbers = (...list: number[]): Uint32Array => Uint32Array.from(list);
  const rows: LaneRows = {
    P: { busy: numbers(0, 2), idle: numbers(1, 3, 4) },
    M: { busy: numbers(0, 1), idle: numbers() },
    G: { busy: numbers(1), idle: numbers(2) },
  };

  test('busy ones in order, the others behind one row that opens them', () => {
    expect(laneOrder(rows, ['P'], false)).toEqual({ ids: ['P0', 'P2'], idle: 3 });
    expect(laneOrder(rows, ['P'], true)).toEqual({ ids: ['P0', 'P2', 'P1', 'P3', 'P4'], idle: 3 });
  });

  test('few have room in every window, and none of them is folded away', () => {
    const two = { ...rows, M: { busy: numbers(0), idle: numbers(1, 2) } };
    expect(laneOrder(two, ['M'], false)).toEqual({ ids: ['M0', 'M1', 'M2'], idle: 0 });
    const three = { ...rows, M: { busy: numbers(0), idle: numbers(1, 2, 3) } };
    expect(laneOrder(three, ['M'], false)).toEqual({ ids: ['M0'], idle: 3 });
  });

  test('any mix of groups; a row for one idle lane would be as high as the lane', () => {
    expect(laneOrder(rows, ['G', 'M'], false)).toEqual({ ids: ['M0', 'M1', 'G1', 'G2'], idle: 0 });
    expect(laneOrder(null, ['P'], false).ids).toEqual([]);
  });

  const NOBODY_WANTED = { pinned: [], picked: null, touched: [] };
  const many: LaneRows = { ...rows, M: { busy: Uint32Array.from({ length: 205 }, (_, i) => i), idle: numbers() } };

  test('what fits is not scrolled, and is as high as there is room for', () => {
    const layout = rowLayout(laneOrder(rows, ['M'], false), { ...NOBODY_WANTED, touched: ['M1'] }, 120, 13);
    expect([layout.isScrolled, layout.held, layout.ids]).toEqual([false, [], ['M0', 'M1']]);
    expect(layout.lanePx).toBe(39);
  });

  test('of 205 lanes the pinned ones are held; the touched and the picked ones stay among the others, and are kept in sight', () => {
    const layout = rowLayout(laneOrder(many, ['M'], false), { pinned: ['M7'], picked: 'M9', touched: ['M150', 'M7'] }, 120, 13);
    expect([layout.isScrolled, layout.held, layout.kept]).toEqual([true, ['M7'], ['M9', 'M150']]);
    // The pinned one has left its place: each stands once.
    expect(layout.ids).toEqual(laneOrder(many, ['M'], false).ids.filter((id) => id !== 'M7'));
    expect(layout.lanePx).toBeGreaterThanOrEqual(13);
    expect(layout.scrollPx + layout.held.length * layout.lanePx).toBeCloseTo(120, 6);
  });

  test('whoever a step touches, nothing else changes its place', () => {
    const placesAt = (touched: LaneId[]): unknown => {
      const { kept, ...rest } = rowLayout(laneOrder(many, ['M'], false), { ...NOBODY_WANTED, touched }, 120, 13);
      expect(kept).toEqual(touched);
      return rest;
    };
    expect(placesAt(['M150'])).toEqual(placesAt([]));
    expect(placesAt(['M2'])).toEqual(placesAt([]));
  });

  test('the row of those that are folded is below, where it is seen', () => {
    const order = laneOrder({ ...many, M: { busy: many.M.busy, idle: numbers(300, 301) } }, ['M'], false);
    const layout = rowLayout(order, { ...NOBODY_WANTED, touched: ['M3'] }, 120, 13);
    expect(layout.scrollPx + layout.lanePx).toBeCloseTo(120, 6);
    expect(rowLayout(laneOrder(rows, ['P'], false), NOBODY_WANTED, 120, 13).lanePx).toBe(39);
  });

  test('however many are pinned, some room is left to scroll in', () => {
    const pinned = Array.from({ length: 30 }, (_, i) => `M${i}` as LaneId);
    const layout = rowLayout(laneOrder(many, ['M'], false), { ...NOBODY_WANTED, pinned }, 120, 13);
    expect(layout.scrollPx).toBeGreaterThan(2 * layout.lanePx - 0.01);
    // For whom there is no room on top has a lane all the same.
    expect(new Set([...layout.held, ...layout.ids]).size).toBe(205);
    expect(layout.held.length + layout.ids.length).toBe(205);
  });

  test('where all are seen a pinned one stays in its place', () => {
    const layout = rowLayout(laneOrder(rows, ['M'], false), { ...NOBODY_WANTED, pinned: ['M1'] }, 120, 13);
    expect([layout.held, layout.ids]).toEqual([[], ['M0', 'M1']]);
  });

  test('one of another group that is selected has a lane, too', () => {
    expect(rowLayout(laneOrder(rows, ['M'], false), { ...NOBODY_WANTED, picked: 'P2' }, 120, 13).held).toEqual(['P2']);
  });
});

const names: Names = {
  m: (m) => `thread ${m}`,
  p: (p) => `house ${p}`,
  g: (_, name) => name,
  doing: (kind) => (kind === 'scheduling' ? 'at the desk' : ''),
};
const who: Who[] = [NOBODY, { ...NOBODY, g: 'G1', name: 'main', p: 'P0' }, { ...NOBODY, g: 'G2', name: 'w', p: 'P0' }];
/** Spans as [from, to, kind, who]; kind may be the shares of a mixed one. */
function laneWith(...spans: [number, number, number | number[], number][]): Lane {
  return {
    id: 'M0',
    role: 'worker',
    name: '',
    from: Float64Array.from(spans, (each) => each[0]),
    to: Float64Array.from(spans, (each) => each[1]),
    kind: Uint8Array.from(spans, (each) => (typeof each[2] === 'number' ? each[2] : MIXED)),
    who: Uint32Array.from(spans, (each) => each[3]),
    shares: Uint8Array.from(spans.flatMap((each) => (typeof each[2] === 'number' ? [] : each[2]))),
  };
}
const sharesOf = (shares: Partial<Record<(typeof SPANS)[number], number>>): number[] =>
  SPANS.map((kind) => Math.round(255 * (shares[kind] ?? 0)));

const GREY = 0xff888888;
const palette: Palette = {
  kinds: Object.fromEntries(SPANS.map((kind, i) => [kind, 0xff000010 + i])) as unknown as Palette['kinds'],
  many: GREY,
  runner: ({ g }) => (g === 'G1' ? 0xff0000ff : 0xff00ff00),
  isPlain: false,
};
const WIDE = 40;
const HIGH = 20;

/** The colours of a painted lane from top to bottom, in one pixel column; 0: nothing. */
function painted(lane: Lane, px: number, scale = 1): number[] {
  const data = new Uint32Array(WIDE * HIGH);
  const part = { lane, who, from: 0, to: 1e9 };
  paintLane(
    { data, width: WIDE, height: HIGH, ratio: 1 },
    new Columns(WIDE),
    [part],
    { top: 0, height: HIGH },
    { from: 0, scale },
    palette,
  );
  return Array.from({ length: HIGH }, (_, y) => data[y * WIDE + px] ?? 0);
}
const heightOf = (column: readonly number[], ink: number): number => column.filter((each) => each === ink).length;
const desk = 0xff000010 + kindNumber('scheduling');

describe('painted lanes', () => {
  test('a wide span fills its pixels in the child’s colour', () => {
    const lane = laneWith([5, 10, 0, 1]);
    expect(heightOf(painted(lane, 5), 0xff0000ff)).toBe(HIGH);
    expect(heightOf(painted(lane, 9), 0xff0000ff)).toBe(HIGH);
    expect([painted(lane, 4), painted(lane, 10)].flat().every((each) => each === 0)).toBe(true);
  });

  test('below one pixel every kind has its share of the height, whichever came first', () => {
    const spans = Array.from({ length: 2_000 }, (_, i): [number, number, number, number] => [
      i / 50,
      (i + 1) / 50,
      i % 4 === 0 ? kindNumber('scheduling') : 0,
      1,
    ]);
    for (const px of [0, 13, 39]) {
      const column = painted(laneWith(...spans), px);
      expect([heightOf(column, 0xff0000ff), heightOf(column, desk)]).toEqual([15, 5]);
    }
  });

  test('a mixed piece is shown as it is told, at any scale', () => {
    const mixed = laneWith([0, 4, sharesOf({ running: 0.5, scheduling: 0.25 }), 1]);
    for (const scale of [1, 8, 0.25]) {
      const column = painted(mixed, 0, scale);
      expect([heightOf(column, 0xff0000ff), heightOf(column, desk), heightOf(column, 0)]).toEqual([10, 5, 5]);
    }
  });

  test('where more than one child runs no one’s colour is shown', () => {
    const lane = laneWith([0, 0.5, 0, 1], [0.5, 1, 0, 2], [3, 4, sharesOf({ running: 1 }), 0]);
    expect([heightOf(painted(lane, 0), GREY), heightOf(painted(lane, 3), GREY)]).toEqual([HIGH, HIGH]);
  });

  test('the shortest moment is seen', () => {
    expect(painted(laneWith([7.3, 7.3001, kindNumber('watch'), 0]), 7).filter((each) => each !== 0).length).toBeGreaterThanOrEqual(2);
  });

  test.each(['syscall', 'spinning', 'stopped', 'runnable', 'waiting'] as const)('%s has a pattern of its own', (kind) => {
    const data = new Uint32Array(WIDE * HIGH);
    const part = { lane: laneWith([0, WIDE, kindNumber(kind), 0]), who, from: 0, to: WIDE };
    paintLane(
      { data, width: WIDE, height: HIGH, ratio: 1 },
      new Columns(WIDE),
      [part],
      { top: 0, height: HIGH },
      { from: 0, scale: 1 },
      palette,
    );
    const ink = data.filter((each) => each !== 0).length;
    expect(ink).toBeGreaterThan(WIDE * HIGH * 0.1);
    expect(ink).toBeLessThan(WIDE * HIGH * 0.85);
  });

  test('what is coarse is painted only where nothing finer is known', () => {
    const data = new Uint32Array(WIDE * HIGH);
    const parts = [
      { lane: laneWith([0, 40, 0, 1]), who, from: 20, to: 40 },
      { lane: laneWith([0, 40, 0, 2]), who, from: 0, to: 20 },
    ];
    paintLane(
      { data, width: WIDE, height: HIGH, ratio: 1 },
      new Columns(WIDE),
      parts,
      { top: 0, height: HIGH },
      { from: 0, scale: 1 },
      palette,
    );
    expect([data[0], data[19], data[20], data[39]]).toEqual([0xff00ff00, 0xff00ff00, 0xff0000ff, 0xff0000ff]);
  });
});

test('a busy run is painted as busy: half a pixel to a step, the columns hold what the states say', () => {
  const { first, steps } = play(scenarioOf(golden('S7.scenario.yaml')));
  const packed = new PackedSteps();
  const timeline = new Timeline(first, packed);
  for (const step of steps) {
    packed.push(step);
    timeline.add(step);
  }
  const columns = Math.ceil(steps.length / 2);
  const [lane] = timeline.look({ axis: 'step', from: 0, to: steps.length, columns, ids: ['M0'] }).lanes;
  const fine = timeline.look({ axis: 'step', from: 0, to: steps.length, columns: steps.length * 4, ids: ['M0'] }).lanes[0];
  if (!lane || !fine) throw new Error('no lane');
  const scratch = new Columns(columns);
  scratch.take({ lane, who, from: 0, to: steps.length }, { from: 0, scale: columns / steps.length }, []);
  let wrong = 0;
  for (let px = 0; px < columns; px++) {
    let wanted = 0;
    const [left, right] = [px * (steps.length / columns), (px + 1) * (steps.length / columns)];
    for (let i = 0; i < fine.from.length; i++)
      wanted += Math.max(0, Math.min(right, fine.to[i] ?? 0) - Math.max(left, fine.from[i] ?? 0)) / (right - left);
    let sum = 0;
    for (let k = 0; k < KIND_COUNT; k++) if (((scratch.kinds[px] ?? 0) >> k) & 1) sum += scratch.shares[px * KIND_COUNT + k] ?? 0;
    // Spans of a pixel and more have whole pixels.
    if (Math.abs(sum - wanted) > 0.51) wrong++;
  }
  expect(wrong).toBe(0);
});

describe('words', () => {
  test('colours of the page are understood, with three digits and with six', () => {
    expect([color('#2f86c8'), color('#fff'), color(' #6a4c93 ')]).toEqual([0xffc8862f, 0xffffffff, 0xff934c6a]);
    expect([luminance(0xffffffff), luminance(0xff000000)]).toEqual([1, 0]);
  });

  test('a span says as much as it has room for, and nothing below 46 px', () => {
    const lane = laneWith([0, 200, 0, 1], [200, 260, 0, 2], [260, 300, 0, 1]);
    const labels = spanLabels(lane, who, { from: 0, scale: 1 }, 1_000, 13, 1, names);
    expect(labels.map(({ text, px }) => [text, px])).toEqual([
      ['main G1 · P0', 100],
      ['w G2', 230],
    ]);
    for (const { text, widePx } of labels) expect(textPx(text, 13)).toBeLessThanOrEqual(widePx);
  });

  test('a lane that is looked at nearer and from further away says what each look has room for', () => {
    const spans = Array.from({ length: 60 }, (_, i): [number, number, number, number] => [i * i, (i + 1) * (i + 1), 0, 1 + (i % 2)]);
    const [lane, mixed] = [
      laneWith(...spans),
      laneWith(
        ...spans.map(([a, b, , c], i): Parameters<typeof laneWith>[number] => [a, b, i % 2 === 0 ? sharesOf({ running: 1 }) : 0, c]),
      ),
    ];
    for (const each of [lane, mixed])
      for (const scale of [1, 2, 4, 30, 0.4, 7, 1, 0.1])
        // A lane that nobody has looked at before has been asked for nothing.
        expect(spanLabels(each, who, { from: 100, scale }, 1_000, 13, 1, names)).toEqual(
          spanLabels({ ...each }, who, { from: 100, scale }, 1_000, 13, 1, names),
        );
    expect(spanLabels(lane, who, { from: 0, scale: 1 }, 4_000, 13, 1, names).length).toBe(spans.filter(([a, b]) => b - a >= 46).length);
  });

  test('a label stands in the middle of what is seen of its span', () => {
    expect(spanLabels(laneWith([-500, 100, 0, 1]), who, { from: 0, scale: 1 }, 80, 13, 1, names)[0]?.px).toBe(40);
  });

  test('whoever waits says for what; a thread without a goroutine says its name', () => {
    expect(wordsFor({ ...NOBODY, why: 'chan receive' }, names)).toEqual(['chan receive']);
    expect(wordsFor({ ...NOBODY, m: 'M3', role: 'worker', p: 'P1' }, names)).toEqual(['thread M3 M3 · P1', 'M3 · P1', 'M3']);
    expect(wordsFor({ ...NOBODY, p: 'P1' }, names, 'scheduling')).toEqual(['at the desk · P1', 'at the desk']);
    expect(fitting(wordsFor({ ...NOBODY, m: 'M3', role: 'worker' }, names, 'scheduling'), 60, 13)).toBe('M3');
    expect(fitting(['long enough', 'short'], 60, 13)).toBe('short');
    expect(laneName({ id: 'P0', role: '', name: '' }, names)).toBe('house P0 P0');
  });

  test('what is under the pointer', () => {
    const lane = laneWith([0, 10, 0, 1], [20, 30, sharesOf({ running: 1 }), 0]);
    expect(spanAt(lane, who, 4)).toMatchObject({ kind: 'running', from: 0, to: 10, who: { g: 'G1' } });
    expect([spanAt(lane, who, 15), spanAt(lane, who, 25)?.kind, spanAt(lane, who, 99)]).toEqual([null, null, null]);
  });
});

describe('marks', () => {
  test('the thicker events lie, the higher the bars; a lonely one is seen', () => {
    const bars = (events: readonly number[]): number[] =>
      [...densityPath(events, (n) => n, 300, 24).matchAll(/v-([\d.]+)/g)].map(([, high]) => Number(high));
    const [thick = 0, lonely = 0] = bars([...Array.from({ length: 50 }, () => 10), 200]);
    expect([thick, lonely > 1 && lonely < thick]).toEqual([22, true]);
    const many = Array.from({ length: 30_000 }, (_, i) => i / 100);
    expect(bars(many).length).toBe(100);
  });

  test('marks that lie close together are one, which says how many', () => {
    const placed = marksIn([1, 2, 3, 100, 900], 0, 500, (n) => n, 10);
    expect(placed).toEqual([
      { n: 1, px: 1, count: 3 },
      { n: 100, px: 100, count: 1 },
    ]);
  });

  test('thin spans that lie close together are one, which says how many; a wide one is itself, and what lies outside is not there', () => {
    const spans: readonly (readonly [number, number])[] = [
      [-50, -40],
      [-5, 1],
      [5, 6],
      [7, 8],
      [10, 40],
      [41, 42],
      [60, 61],
      [99, 120],
      [200, 201],
    ];
    const [from, to] = [spans.map(([a]) => a), spans.map(([, b]) => b)];
    expect(spansIn(from, to, (n) => n, [0, 100], 10)).toEqual([
      { n: -5, fromPx: 0, toPx: 1, count: 1 },
      { n: 5, fromPx: 5, toPx: 8, count: 2 },
      { n: 10, fromPx: 10, toPx: 40, count: 1 },
      { n: 41, fromPx: 41, toPx: 42, count: 1 },
      { n: 60, fromPx: 60, toPx: 61, count: 1 },
      { n: 99, fromPx: 99, toPx: 100, count: 1 },
    ]);
  });

  test('of a hundred thousand pauses no more are drawn than there is room for', () => {
    const from = Array.from({ length: 100_000 }, (_, i) => 10 * i);
    const placed = spansIn(
      from,
      from.map((n) => n + 2),
      (n) => n / 1_000,
      [0, 1_000],
      10,
    );
    expect(placed.length).toBeLessThanOrEqual(100);
    expect(placed.reduce((sum, { count }) => sum + count, 0)).toBe(100_000);
  });
});

describe('arrows', () => {
  const end = { g: null, m: null, p: null } as const;
  const link = {
    kind: 'readied',
    from: { ...end, n: 10, g: 'G1', m: 'M0', p: 'P0' },
    to: { ...end, n: 40, g: 'G2', m: 'M1', p: 'P1' },
  } as const;
  const y = (id: LaneId): number | null => ({ P0: 10, P1: 30, M0: 50, G1: 70, G2: 90 })[id as string] ?? null;
  const draw = (groups: readonly ('P' | 'M' | 'G')[]): ReturnType<typeof arrowsOf> => arrowsOf([link], groups, (n) => n * 10, y, 1_000);

  test('lead from who made it runnable to who runs it, on the lanes that are shown', () => {
    expect(draw(['P']).map(({ x, y: at, d }) => [x, at, d.startsWith('M100,10')])).toEqual([[400, 30, true]]);
    expect(draw(['G']).map(({ x, y: at }) => [x, at])).toEqual([[400, 90]]);
  });

  test('along lanes they keep to the edges, for names stand in the middle; across them they go from middle to middle', () => {
    const yOf = (middle: Readonly<Record<string, number>>) => (id: LaneId) => middle[id] ?? null;
    const ends = (middle: Readonly<Record<string, number>>, pxOfStep: number): unknown => {
      const [arrow] = arrowsOf([link], ['P'], (n) => n * pxOfStep, yOf(middle), 1_000, 8);
      return arrow && [Number(/^M[\d.]+,([\d.]+)/.exec(arrow.d)?.[1]), arrow.y, arrow.laneY];
    };
    expect(ends({ P0: 10, P1: 50 }, 10)).toEqual([18, 42, 50]);
    expect(ends({ P0: 50, P1: 10 }, 10)).toEqual([42, 18, 10]);
    expect(ends({ P0: 30, P1: 30 }, 10)).toEqual([38, 38, 30]);
    expect(ends({ P0: 10, P1: 90 }, 0.5)).toEqual([10, 90, 90]);
  });

  test('an end without a lane leaves no arrow', () => {
    expect(draw(['M'])).toEqual([]);
    expect(arrowsOf([link], ['P'], (n) => n * 10, y, 50)).toEqual([]);
  });

  test('its word stands beside its middle, and is never cut off at the right', () => {
    const [arrow] = draw(['P']);
    if (!arrow) throw new Error('there is an arrow');
    expect(wordAt(arrow, 80, 1_000)).toBe(arrow.middle.x + 4);
    expect(wordAt(arrow, 80, arrow.middle.x + 30)).toBe(arrow.middle.x - 54);
    // In large type its box is wider than that.
    const [word] = wordsAt([arrow], [80], 30, { widthPx: arrow.middle.x + 30, topPx: 0, heightPx: 400, lanePx: 60 });
    expect((word?.x ?? 0) + 80 + 9 + 1).toBeLessThanOrEqual(arrow.middle.x + 30);
    const atLeft = { ...arrow, middle: { ...arrow.middle, x: 2 } };
    expect(wordsAt([atLeft], [80], 30, { widthPx: 400, topPx: 0, heightPx: 400, lanePx: 60 })[0]?.x).toBe(10);
  });

  test('words stand between lanes, never on a name or on each other, and are left out where there is no room', () => {
    const [arrow] = draw(['P']);
    if (!arrow) throw new Error('there is an arrow');
    const at = (count: number, heightPx: number): (number | undefined)[] =>
      wordsAt(
        Array.from({ length: count }, () => arrow),
        Array.from({ length: count }, () => 80),
        10,
        { widthPx: 1_000, topPx: 0, heightPx, lanePx: 20 },
      ).map((word) => word?.y);
    // Lanes from 0, 20, 40 …: their names are written at 10 and 30.
    const first = 20 + 3.5;
    expect(at(3, 200)).toEqual([first, first + 20, first + 40]);
    expect(at(3, 55)).toEqual([first, first + 20, undefined]);
    const within = { ...arrow, middle: { ...arrow.middle, y: arrow.y } };
    expect(wordsAt([within], [80], 10, { widthPx: 1_000, topPx: 0, heightPx: 200, lanePx: 20 })[0]?.y).toBe(first);
    const beside = { ...arrow, middle: { ...arrow.middle, x: arrow.middle.x + 90 } };
    expect(wordsAt([arrow, beside], [80, 80], 10, { widthPx: 1_000, topPx: 0, heightPx: 200, lanePx: 20 }).map((word) => word?.y)).toEqual([
      first,
      first,
    ]);
  });
});
