/** The timeline as it is drawn and used: where marks stand, and where a click or a key leads. */
import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { Lanes } from '../../src-main/contract/index';
import { golden, play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { drawn } from '../testdata/picture';
import Timeline from './Timeline.svelte';

const scenario = scenarioOf(golden('S2.scenario.yaml'));
const { first, steps } = play(scenario);
const lanes = new Lanes(first);
for (const step of steps) lanes.add(step);
const times = Float64Array.of(0, ...steps.map(({ t }) => t));
const LENGTH = steps.length;
const WIDTH = 1_000;

// jsdom knows no pointers.
Element.prototype.setPointerCapture = (): void => undefined;

function timeline(changes: Record<string, unknown> = {}): {
  view: HTMLElement;
  onjump: ReturnType<typeof vi.fn>;
  onlook: ReturnType<typeof vi.fn>;
} {
  const onjump = vi.fn();
  const onlook = vi.fn();
  const n = 10;
  const props = {
    view: lanes.look({ axis: 'step', from: 0, to: LENGTH, columns: WIDTH, lanes: 8 }, (at) => times[at] ?? 0),
    times,
    n,
    nowNs: times[n],
    stepCount: LENGTH,
    endNs: times.at(-1),
    stops: [
      { id: 'a', n: 5, title: 'the first' },
      { id: 'b', n: 10, title: 'the second' },
      { id: 'c', n: 40, title: 'the third' },
    ],
    cast: scenario.cast,
    language: 'en',
    isPicture: false,
    onlook,
    onjump,
    ...changes,
  };
  return { view: drawn(Timeline as never, props, { widthPx: WIDTH, heightPx: 120 }), onjump, onlook };
}

const px = (element: Element | null, name: string): number => Number(element?.getAttribute(name));
const shift = (element: Element | null | undefined): number =>
  Number(/translate\((-?[\d.]+)/.exec(element?.getAttribute('transform') ?? '')?.[1]);
/** The left edge and the width of the part in which steps lie. */
const axis = (view: HTMLElement): { left: number; wide: number } => ({
  left: shift(view.querySelector('[data-testid="timeline"] > g')),
  wide: px(view.querySelector('.rail'), 'x2'),
});
const pixelOf = (view: HTMLElement, n: number): number => (axis(view).wide * n) / LENGTH;

describe('by step', () => {
  test('the playhead, the lesson’s marks and the ticks stand at their very steps', () => {
    const { view } = timeline();
    expect(px(view.querySelector('.now'), 'x1')).toBeCloseTo(pixelOf(view, 10), 6);
    const marks = [...view.querySelectorAll('[data-testid="timeline"] .stop')];
    expect(marks.map((mark) => mark.textContent)).toEqual(['the first', 'the second', 'the third']);
    for (const [i, n] of [5, 10, 40].entries()) expect(shift(marks[i])).toBeCloseTo(pixelOf(view, n), 6);
    const ticks = [...view.querySelectorAll('.axis')];
    expect(ticks.length).toBeGreaterThan(2);
    for (const tick of ticks) expect(shift(tick.parentElement)).toBeCloseTo(pixelOf(view, Number.parseInt(tick.textContent, 10)), 6);
  });

  test('a mark is filled once its step has come', () => {
    const { view } = timeline();
    const isDone = [...view.querySelectorAll('[data-testid="timeline"] .stop')].map((mark) => mark.classList.contains('done'));
    expect(isDone).toEqual([true, true, false]);
  });

  test.each([0, 1, 10, 37, LENGTH])('a press on step %i goes there', async (n) => {
    const { view, onjump } = timeline();
    const { left } = axis(view);
    await fireEvent.pointerDown(screen.getByTestId('timeline'), { clientX: left + pixelOf(view, n) });
    expect(onjump).toHaveBeenCalledExactlyOnceWith(n, false);
  });

  test('a press beyond the end goes to the end; on the names it goes nowhere', async () => {
    const { view, onjump } = timeline();
    const track = screen.getByTestId('timeline');
    await fireEvent.pointerDown(track, { clientX: 5_000 });
    expect(onjump.mock.calls).toEqual([[LENGTH, false]]);
    await fireEvent.pointerUp(track);
    await fireEvent.pointerDown(track, { clientX: 3 });
    await fireEvent.pointerMove(track, { clientX: 3 });
    expect(onjump).toHaveBeenCalledTimes(1);
    expect(view.querySelector('.tip')).toBeNull();
  });

  test('a drag goes along; the pointer alone only says where it is', async () => {
    const { view, onjump } = timeline();
    const at = (n: number): { clientX: number } => ({ clientX: axis(view).left + pixelOf(view, n) });
    const track = screen.getByTestId('timeline');
    await fireEvent.pointerMove(track, at(20));
    expect(onjump).not.toHaveBeenCalled();
    expect(view.querySelector('.tip')?.textContent).toMatch(/^20 · /);
    await fireEvent.pointerDown(track, at(20));
    await fireEvent.pointerMove(track, at(30));
    await fireEvent.pointerUp(track);
    await fireEvent.pointerMove(track, at(50));
    // The way back leads to where the pointer was put down.
    expect(onjump.mock.calls).toEqual([
      [20, false],
      [30, true],
    ]);
    await fireEvent.pointerLeave(track);
    expect(view.querySelector('.tip')).toBeNull();
  });
});

test.each([
  ['ArrowUp', 10 + Math.round(LENGTH / 20)],
  ['ArrowDown', 10 - Math.round(LENGTH / 20)],
])('%s goes a twentieth of the run', async (key, n) => {
  const { onjump } = timeline();
  await fireEvent.keyDown(screen.getByRole('slider'), { key });
  expect(onjump).toHaveBeenCalledExactlyOnceWith(n, false);
});

test('other keys are the window’s', async () => {
  const { onjump } = timeline();
  const isUnhandled = await fireEvent.keyDown(screen.getByRole('slider'), { key: 'ArrowRight' });
  expect([isUnhandled, onjump.mock.calls]).toEqual([true, []]);
});

test('says its place to those who do not see it', () => {
  timeline();
  const slider = screen.getByRole('slider');
  expect(['valuemin', 'valuemax', 'valuenow'].map((name) => slider.getAttribute(`aria-${name}`))).toEqual(['0', String(LENGTH), '10']);
});

test('by time, lanes in time are asked for, and those by step are not drawn', async () => {
  const { view, onlook } = timeline();
  expect(onlook.mock.lastCall?.[0]).toMatchObject({ axis: 'step', from: 0, to: LENGTH });
  expect(view.querySelectorAll('.rail ~ path').length).toBeGreaterThan(0);
  await fireEvent.click(screen.getByText('by time'));
  expect(onlook.mock.lastCall?.[0]).toMatchObject({ axis: 'time', from: 0, to: times.at(-1) });
  expect(view.querySelectorAll('.rail ~ path')).toHaveLength(0);
  expect(px(view.querySelector('.now'), 'x1')).toBeCloseTo((axis(view).wide * (times[10] ?? 0)) / (times.at(-1) ?? 1), 6);
});

test('while it is being read what the threads did is hatched, and a click leads to its step all the same', async () => {
  const { view, onjump } = timeline({ view: null, times: null });
  const left = shift(view.querySelector('[data-testid="timeline"] > g'));
  const wide = px(screen.getByTestId('unread'), 'width');
  expect(wide).toBeGreaterThan(WIDTH / 2);
  await fireEvent.pointerDown(screen.getByTestId('timeline'), { clientX: left + wide / 2 });
  expect(onjump).toHaveBeenCalledExactlyOnceWith(Math.round(LENGTH / 2), false);
  document.body.innerHTML = '';
  timeline();
  expect(screen.queryByTestId('unread')).toBeNull();
});

test('each thread has a lane under its name; those without room are counted', () => {
  const names = (view: HTMLElement): string[] => [...view.querySelectorAll('.still .label')].map((each) => each.textContent);
  expect(names(timeline().view)).toEqual(['Zhang San M0', 'Watchman M1', 'Li Si M2']);
  const { lanes: few, ...rest } = lanes.look({ axis: 'step', from: 0, to: LENGTH, columns: WIDTH, lanes: 8 }, () => 0);
  const many = Array.from({ length: 30 }, (_, i) => ({ ...(few[0] as (typeof few)[number]), m: `M${i}` as const }));
  const crowded = names(timeline({ view: { ...rest, lanes: many, laneCount: 30 } }).view);
  expect(crowded.at(-1)).toBe(`+${30 - (crowded.length - 1)}`);
  expect(crowded.length).toBeLessThan(30);
});

test('a picture has nothing to press; a run without a lesson has no mark in the legend', () => {
  timeline({ isPicture: true, stops: [] });
  expect(screen.queryAllByRole('button')).toEqual([]);
  expect(screen.getByTestId('timeline-legend').textContent).not.toContain('lesson step');
});
