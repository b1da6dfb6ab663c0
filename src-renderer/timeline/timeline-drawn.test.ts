/** The timeline as it is drawn and used: where marks stand, where a click or a key leads, what is painted. */
import { fireEvent, screen } from '@testing-library/svelte';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flushSync } from 'svelte';
import { describe, expect, test, vi } from 'vitest';
import { WORDS } from '../../assets/words/index';
import { PackedSteps, Timeline as Followed } from '../../src-main/contract/index';
import { golden, play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { TimelineStore } from '../stores/timeline.svelte';
import { colorAt, drawnOn, rememberCanvases } from '../testdata/canvas';
import { drawnAndRedrawn } from '../testdata/picture';
import { formatNs } from './format-ns';
import Timeline from './Timeline.svelte';

rememberCanvases(readFileSync(join(import.meta.dirname, '../window/app.css'), 'utf8'));
document.documentElement.dataset.theme = 'light';

const scenario = scenarioOf(golden('S2.scenario.yaml'));
const { first, steps } = play(scenario);
const packed = new PackedSteps();
const followed = new Followed(first, packed);
for (const step of steps) {
  packed.push(step);
  followed.add(step);
}
const LENGTH = steps.length;
const WIDTH = 1_000;
const source = {
  look: (ask: Parameters<Followed['look']>[0]) => Promise.resolve(followed.look(ask)),
  rows: (ask: Parameters<Followed['rows']>[0]) => Promise.resolve(followed.rows(ask)),
  links: (ask: Parameters<Followed['linksOf']>[0]) => Promise.resolve(followed.linksOf(ask, steps[ask.n - 1] ?? null)),
  line: () => Promise.resolve(followed.line()),
};

// jsdom knows no pointers.
Element.prototype.setPointerCapture = (): void => undefined;

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve));
  flushSync();
};

interface Shown {
  view: HTMLElement;
  redraw: (changes: Record<string, unknown>) => Promise<void>;
  store: TimelineStore;
  onjump: ReturnType<typeof vi.fn>;
  onpick: ReturnType<typeof vi.fn>;
  onselect: ReturnType<typeof vi.fn>;
}

async function timeline(changes: Record<string, unknown> = {}, answers: Partial<typeof source> = {}): Promise<Shown> {
  const [onjump, onpick, onselect] = [vi.fn(), vi.fn(), vi.fn()];
  const n = 10;
  const store = new TimelineStore((error) => {
    throw error;
  });
  store.open({ ...source, ...answers }, steps.at(-1)?.t ?? 0);
  const props = {
    store,
    n,
    nowNs: steps[n - 1]?.t,
    stepCount: LENGTH,
    step: steps[n - 1],
    stops: [
      { id: 'a', run: '', n: 5, title: 'the first' },
      { id: 'b', run: '', n: 10, title: 'the second' },
      { id: 'c', run: '', n: 40, title: 'the third' },
    ],
    cast: scenario.cast,
    language: 'en',
    isPicture: false,
    theme: 'light',
    picked: null,
    onpick,
    onselect,
    onjump,
    ...changes,
  };
  const { container: view, redraw } = drawnAndRedrawn(Timeline as never, props, { widthPx: WIDTH, heightPx: 140 });
  await settled();
  return { view, redraw, store, onjump, onpick, onselect };
}

const px = (element: Element | null, name: string): number => Number(element?.getAttribute(name));
/** Where something drawn begins, px. */
const placeOf = (element: Element | null | undefined): number =>
  Number(
    element?.getAttribute('x') ??
      /M(-?[\d.]+)/.exec((element?.matches('path') ? element : element?.querySelector('path'))?.getAttribute('d') ?? '')?.[1],
  );
const innerOf = (view: HTMLElement): number => px(view.querySelector('.rail'), 'x2');
/** jsdom says that everything lies at 0: a place on the track is a place on the page. */
const pixelOf = (view: HTMLElement, n: number, length = LENGTH): number => (innerOf(view) * n) / length;
/** So many steps are in sight up to a question at step 10: two leaps from the 8 that are in sight at least. */
const IN_SIGHT = 12.5;
const LANES_Y = 100;
const AXIS_Y = 5;

test('a listener hears the step, its time, and the lesson’s words for it or else whose it is', async () => {
  const { redraw } = await timeline();
  const heard = (): string | null => screen.getByTestId('timeline').getAttribute('aria-valuetext');
  const time = (n: number): string => formatNs(steps[n - 1]?.t ?? 0);
  expect(heard()).toBe(`step 10, ${time(10)}, the second`);
  const step = steps[10];
  await redraw({ n: 11, nowNs: step?.t, step });
  expect(heard()).toBe(`step 11, ${time(11)}, ${[step?.m, step?.p, step?.g].filter(Boolean).join(' · ')}`);
  // What is still to be guessed is not told.
  await redraw({ n: 10, nowNs: steps[9]?.t, step: null, horizon: 8 });
  expect(heard()).toBe(`step 10, ${time(10)}`);
});

describe('by step', () => {
  test('the playhead, the lesson’s marks and the ticks stand at their very steps', async () => {
    const { view } = await timeline();
    expect(px(view.querySelector('.over .now'), 'x1')).toBeCloseTo(pixelOf(view, 10), 6);
    const marks = [...view.querySelectorAll('.over .stop')];
    expect(marks.map((mark) => mark.textContent)).toEqual(['the first', 'the second', 'the third']);
    for (const [i, n] of [5, 10, 40].entries()) expect(placeOf(marks[i])).toBeCloseTo(pixelOf(view, n), 6);
    const ticks = [...view.querySelectorAll('.axis')];
    expect(ticks.length).toBeGreaterThan(2);
    for (const tick of ticks) expect(placeOf(tick)).toBeCloseTo(pixelOf(view, Number.parseInt(tick.textContent, 10)), 6);
  });

  test('a mark is filled once its step has come', async () => {
    const { view } = await timeline();
    const isDone = [...view.querySelectorAll('.over .stop')].map((mark) => mark.classList.contains('done'));
    expect(isDone).toEqual([true, true, false]);
  });

  test.each([0, 1, 10, 37, LENGTH])('a press on step %i goes there', async (n) => {
    const { view, onjump } = await timeline();
    await fireEvent.pointerDown(screen.getByTestId('timeline'), { clientX: pixelOf(view, n), clientY: LANES_Y });
    expect(onjump).toHaveBeenCalledExactlyOnceWith(n, false);
  });

  test('a press beyond the end goes to the end', async () => {
    const { onjump } = await timeline();
    await fireEvent.pointerDown(screen.getByTestId('timeline'), { clientX: 5_000, clientY: LANES_Y });
    expect(onjump.mock.calls).toEqual([[LENGTH, false]]);
  });

  test('a press near a lesson’s mark means the mark', async () => {
    const { view, onjump } = await timeline();
    await fireEvent.pointerDown(screen.getByTestId('timeline'), { clientX: pixelOf(view, 40) + 3, clientY: 24 });
    expect(onjump).toHaveBeenCalledExactlyOnceWith(40, false);
  });

  test('of the whole run a drag goes along; the pointer alone only says where it is', async () => {
    const { view, onjump } = await timeline();
    const at = (n: number): object => ({ clientX: pixelOf(view, n), clientY: LANES_Y });
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

test('the pointer is told what the lane under it does', async () => {
  const { view } = await timeline();
  await fireEvent.pointerMove(screen.getByTestId('timeline'), { clientX: pixelOf(view, 1), clientY: 50 });
  expect([...view.querySelectorAll('.tip')].map((each) => each.textContent)).toEqual([
    expect.stringMatching(/^1 · /),
    expect.stringMatching(/^Zhang San M0: runs a G .*Ming G1 · P0/),
  ]);
});

describe('a card', () => {
  const tips = (view: HTMLElement): string[] => [...view.querySelectorAll('.tip')].map((each) => each.textContent);

  test('that comes and goes with the pointer stands in the place of the timeline’s own words', async () => {
    const { view, redraw } = await timeline();
    await fireEvent.pointerMove(screen.getByTestId('timeline'), { clientX: pixelOf(view, 1), clientY: 50 });
    expect(tips(view)).toHaveLength(2);
    await redraw({ card: { path: 'M.M0', n: 1, isPinned: false } });
    expect([tips(view), view.querySelectorAll('.hover').length, view.querySelectorAll('.tipbox').length]).toEqual([[], 1, 0]);
  });

  test('that stays does so only at its own place', async () => {
    const { view, redraw } = await timeline({ card: { path: 'M.M0', n: 1, isPinned: true } });
    const track = screen.getByTestId('timeline');
    await fireEvent.pointerMove(track, { clientX: pixelOf(view, 1), clientY: 50 });
    expect(tips(view)).toEqual([]);
    await fireEvent.pointerMove(track, { clientX: pixelOf(view, 30), clientY: 50 });
    expect(tips(view)).toHaveLength(2);
    await redraw({ card: { path: 'M.M2', n: 30, isPinned: true } });
    expect(tips(view)).toHaveLength(2);
  });

  test('of the step that is shown stands at the red line, wherever that goes', async () => {
    const { view } = await timeline({ card: { path: 'M.M0', n: null, isPinned: true } });
    const track = screen.getByTestId('timeline');
    await fireEvent.pointerMove(track, { clientX: pixelOf(view, 10), clientY: 50 });
    expect(tips(view)).toEqual([]);
    await fireEvent.pointerMove(track, { clientX: pixelOf(view, 1), clientY: 50 });
    expect(tips(view)).toHaveLength(2);
  });
});

describe('whoever a span is of', () => {
  const click = async (view: HTMLElement, n: number, y: number, length = LENGTH): Promise<void> => {
    const at = { clientX: pixelOf(view, n, length), clientY: y };
    await fireEvent.pointerDown(screen.getByTestId('timeline'), at);
    await fireEvent.pointerUp(screen.getByTestId('timeline'), at);
  };

  test('is picked by a click, which leads there, too', async () => {
    const { view, onselect, onjump } = await timeline();
    await click(view, 1, 50);
    expect([onjump.mock.calls, onselect.mock.calls]).toEqual([[[1, false]], [['G1']]]);
  });

  test('is not picked by a drag, nor where that is still to be guessed', async () => {
    const { view, onselect } = await timeline({ horizon: 10 });
    const track = screen.getByTestId('timeline');
    await fireEvent.pointerDown(track, { clientX: pixelOf(view, 1, IN_SIGHT), clientY: 50 });
    await fireEvent.pointerMove(track, { clientX: pixelOf(view, 5, IN_SIGHT), clientY: 50 });
    await fireEvent.pointerUp(track, { clientX: pixelOf(view, 5, IN_SIGHT), clientY: 50 });
    await click(view, 12, 50, IN_SIGHT);
    expect(onselect).not.toHaveBeenCalled();
  });

  test('is picked by Enter, at the red line', async () => {
    const { onselect } = await timeline();
    await fireEvent.keyDown(screen.getByRole('slider'), { key: 'Enter' });
    expect(onselect.mock.calls).toEqual([[steps[9]?.g ?? steps[9]?.m]]);
  });
});

test('a drag along the axis measures time and steps; a press ends it', async () => {
  const { view, onjump } = await timeline();
  const track = screen.getByTestId('timeline');
  await fireEvent.pointerDown(track, { clientX: pixelOf(view, 20), clientY: AXIS_Y });
  await fireEvent.pointerMove(track, { clientX: pixelOf(view, 60), clientY: AXIS_Y });
  await fireEvent.pointerUp(track, { clientX: pixelOf(view, 60), clientY: AXIS_Y });
  const apart = (steps[59]?.t ?? 0) - (steps[19]?.t ?? 0);
  expect(apart).toBeGreaterThan(1_000);
  expect(screen.getByTestId('timeline-measure').textContent).toBe(`${formatNs(apart)}, 40 steps`);
  expect(onjump).not.toHaveBeenCalled();
  await fireEvent.pointerDown(track, { clientX: pixelOf(view, 30), clientY: AXIS_Y });
  await fireEvent.pointerUp(track, { clientX: pixelOf(view, 30), clientY: AXIS_Y });
  expect(screen.queryByTestId('timeline-measure')).toBeNull();
  expect(onjump).toHaveBeenCalledExactlyOnceWith(30, false);
});

describe('keys', () => {
  test.each([
    ['ArrowUp', 10 + Math.round(LENGTH / 20)],
    ['ArrowDown', 10 - Math.round(LENGTH / 20)],
  ])('%s goes a twentieth of the run', async (key, n) => {
    const { onjump } = await timeline();
    await fireEvent.keyDown(screen.getByRole('slider'), { key });
    expect(onjump).toHaveBeenCalledExactlyOnceWith(n, false);
  });

  test('other keys are the window’s', async () => {
    const { onjump } = await timeline();
    const isUnhandled = await fireEvent.keyDown(screen.getByRole('slider'), { key: 'ArrowRight' });
    expect([isUnhandled, onjump.mock.calls]).toEqual([true, []]);
  });

  test('W, D and 0 look nearer, later, and at everything; the window’s own 0 does not hear of it', async () => {
    const { view } = await timeline();
    const heard = vi.fn();
    view.parentElement?.addEventListener('keydown', heard);
    const track = screen.getByTestId('timeline');
    const part = (): number[] => [Number(track.dataset.from), Number(track.dataset.to)];
    await fireEvent.keyDown(track, { key: 'w', code: 'KeyW' });
    const near = part();
    expect((near[1] ?? 0) - (near[0] ?? 0)).toBeLessThan(LENGTH * 0.7);
    await fireEvent.keyDown(track, { key: 'd', code: 'KeyD' });
    expect(part()[0]).toBeGreaterThan(near[0] ?? 0);
    await fireEvent.keyDown(track, { key: '0', code: 'Digit0' });
    expect(part()).toEqual([0, LENGTH]);
    expect(heard).not.toHaveBeenCalled();
  });

  test('Z shows the lesson step, M measures from the playhead', async () => {
    await timeline();
    const track = screen.getByTestId('timeline');
    await fireEvent.keyDown(track, { key: 'z', code: 'KeyZ' });
    expect([Number(track.dataset.from) <= 10, Number(track.dataset.to) >= 40, Number(track.dataset.to) < 50]).toEqual([true, true, true]);
    await fireEvent.keyDown(track, { key: 'm', code: 'KeyM' });
    expect(screen.getByTestId('timeline-measure').textContent).toBe('0 ns, 0 steps');
    await fireEvent.keyDown(track, { key: 'Escape', code: 'Escape' });
    expect(screen.queryByTestId('timeline-measure')).toBeNull();
  });
});

test('a wheel zooms at the pointer: the step under it stays', async () => {
  const { view } = await timeline();
  const track = screen.getByTestId('timeline');
  const at = pixelOf(view, 60);
  for (let i = 0; i < 8; i++) await fireEvent.wheel(track, { deltaY: -100, clientX: at, clientY: LANES_Y });
  const [from, to] = [Number(track.dataset.from), Number(track.dataset.to)];
  expect(to - from).toBeLessThan(LENGTH / 2);
  expect(Math.abs(from + ((to - from) * 60) / LENGTH - 60)).toBeLessThan(1.5);
});

test('the map shows which part is seen; what takes hold of it lies there as soon as the pointer comes', async () => {
  const { view, store } = await timeline();
  const map = screen.getByTestId('timeline-map');
  const seen = (): (number | null)[] | null => partOf(map.querySelector('.seen'));
  const brush = (): (number | null)[] | null => partOf(map.querySelector('.brush .selection'));
  const partOf = (rect: Element | null): number[] | null =>
    rect?.hasAttribute('width') ? [Math.round(px(rect, 'x')), Math.round(px(rect, 'width'))] : null;
  const wide = px(view.querySelector('.map svg'), 'width');
  expect([seen(), brush()]).toEqual([null, null]);
  const look = async (from: number, to: number): Promise<number[]> => {
    store.window = { from: LENGTH * from, to: LENGTH * to };
    await settled();
    return [Math.round(wide * from), Math.round(wide * (to - from))];
  };
  const first = await look(0.25, 0.5);
  expect([seen(), brush()]).toEqual([first, null]);
  await fireEvent.pointerEnter(map);
  expect([seen(), brush()]).toEqual([first, first]);
  const second = await look(0.5, 0.75);
  expect([seen(), brush()]).toEqual([second, second]);
  await fireEvent.pointerLeave(map);
  const third = await look(0.125, 0.25);
  expect([seen(), brush()]).toEqual([third, second]);
});

test('says its place to those who do not see it', async () => {
  await timeline();
  const slider = screen.getByRole('slider');
  expect(['valuemin', 'valuemax', 'valuenow'].map((name) => slider.getAttribute(`aria-${name}`))).toEqual(['0', String(LENGTH), '10']);
});

test('by time marks stand where their time is', async () => {
  const { view, store } = await timeline();
  await fireEvent.click(screen.getByText('by time'));
  await settled();
  expect(store.axis).toBe('time');
  const marks = [...view.querySelectorAll('.over .stop')].map((each) => placeOf(each));
  const line = followed.line();
  const times = [5, 10, 40].map((n) => line.times[n] ?? 0);
  // Nothing is folded between the first two.
  expect((marks[1] ?? 0) - (marks[0] ?? 0)).toBeGreaterThan(0);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(view.querySelectorAll('.foldmark').length).toBe(line.folds.from.length);
});

test('while it is being read what the threads did is hatched, and a click leads to its step all the same', async () => {
  const never = (): Promise<never> => new Promise(() => undefined);
  const { view, onjump } = await timeline({}, { look: never, rows: never, line: never });
  const wide = px(screen.getByTestId('unread'), 'width');
  expect(wide).toBeGreaterThan(WIDTH / 2);
  await fireEvent.pointerDown(screen.getByTestId('timeline'), { clientX: wide / 2, clientY: LANES_Y });
  expect(onjump).toHaveBeenCalledExactlyOnceWith(Math.round(LENGTH / 2), false);
  view.remove();
  await timeline();
  expect(screen.queryByTestId('unread')).toBeNull();
});

const namesOf = (view: HTMLElement): string[] => [...view.querySelectorAll('button.name')].map((each) => each.textContent.trim());

describe('lanes', () => {
  test('each thread has a lane under its name; a press picks it, another with Shift pins it, none of them jumps', async () => {
    const { view, onpick, onjump, store } = await timeline();
    expect(namesOf(view)).toEqual(['Zhang San M0', 'Watchman M1', 'Li Si M2']);
    await fireEvent.click(screen.getByText('Li Si M2'));
    expect(onpick).toHaveBeenCalledExactlyOnceWith('M2');
    await fireEvent.click(screen.getByText('Li Si M2'), { shiftKey: true });
    expect([store.pinned, onpick.mock.calls.length, onjump.mock.calls.length]).toEqual([['M2'], 1, 0]);
    // The pin has room beside the longest name.
    const wide = innerOf(view);
    await fireEvent.click(screen.getByText('Watchman M1'), { shiftKey: true });
    await settled();
    expect(innerOf(view)).toBeLessThan(wide - 8);
  });

  test('that are pinned stand on top alone, and the focus goes there with them', async () => {
    const many = { busy: Uint32Array.from({ length: 20 }, (_, i) => i), idle: new Uint32Array(0) };
    const { view, store } = await timeline({ step: null }, { rows: () => Promise.resolve({ P: many, M: many, G: many } as never) });
    const lanesOf = (id: string): HTMLElement[] => [...view.querySelectorAll<HTMLElement>(`[data-lane=${id}]`)];
    await fireEvent.click(lanesOf('M1')[0] as HTMLElement, { shiftKey: true });
    await settled();
    expect(store.pinned).toEqual(['M1']);
    expect(lanesOf('M1').map((each) => each.closest('ul')?.className.split(' ')[0])).toEqual(['held']);
    expect(document.activeElement).toBe(lanesOf('M1')[0]);
  });

  test('are those of Ps, threads and goroutines, in any mix; one of them stays', async () => {
    const { view } = await timeline();
    await fireEvent.click(screen.getByTestId('lanes-P'));
    await settled();
    expect(namesOf(view).some((each) => each.endsWith('P0'))).toBe(true);
    await fireEvent.click(screen.getByTestId('lanes-M'));
    await fireEvent.click(screen.getByTestId('lanes-P'));
    await settled();
    expect(namesOf(view).every((each) => / P\d+$/.test(each))).toBe(true);
    expect(screen.getByTestId('lanes-P').getAttribute('aria-pressed')).toBe('true');
  });

  test('go on below each other by the arrow keys', async () => {
    const { view } = await timeline();
    const [top] = view.querySelectorAll<HTMLElement>('button.name');
    top?.focus();
    await fireEvent.keyDown(top as HTMLElement, { key: 'ArrowDown' });
    await settled();
    expect(document.activeElement?.textContent.trim()).toBe('Watchman M1');
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Watchman M1, ./);
  });

  test('on which nothing happens stand behind one row, which opens', async () => {
    const rows = { P: { busy: Uint32Array.of(0), idle: Uint32Array.from({ length: 184 }, (_, i) => i + 1) }, M: EMPTY, G: EMPTY };
    const { view, store } = await timeline({}, { rows: () => Promise.resolve(rows) });
    store.choose(['P']);
    await settled();
    expect(screen.getByTestId('timeline-fold').textContent).toContain('+184 idle');
    await fireEvent.click(screen.getByTestId('timeline-fold'));
    await settled();
    // Rows out of sight are not in the page, and can be scrolled to.
    expect(namesOf(view).length).toBeGreaterThan(5);
    expect(namesOf(view).length).toBeLessThan(30);
  });

  const EMPTY = { busy: new Uint32Array(0), idle: new Uint32Array(0) };
});

test('what a thread runs is painted in the child’s colour, and written where there is room', async () => {
  const { view } = await timeline();
  const shown = drawnOn(view.querySelector('canvas'));
  expect(shown.texts.map(({ text }) => text)).toContain('Ming G1');
  expect(colorAt(shown, 4, 12)).toMatch(/^#[0-9a-f]{6}$/);
  expect(new Set(shown.pixels).size).toBeGreaterThan(3);
});

describe('of twenty lanes, more than there is room for,', () => {
  const at = (n: number) => ({ n, nowNs: steps[n - 1]?.t, step: steps[n - 1] });
  const many = { busy: Uint32Array.from({ length: 20 }, (_, i) => i), idle: new Uint32Array(0) };
  const rows = (): Promise<never> => Promise.resolve({ P: many, M: many, G: many } as never);
  const [one, other] = [40, steps.findIndex(({ n, m }) => n > 40 && m !== steps[39]?.m) + 1];
  const lanesOf = (view: HTMLElement): string[] =>
    [...view.querySelectorAll('[data-lane]')].map(
      (each) => `${each.closest('ul')?.className.split(' ')[0]} ${each.getAttribute('data-lane')}`,
    );
  const scrolledTo = async (view: HTMLElement, lanes: number): Promise<void> => {
    const list = view.querySelector('.scrolled') as HTMLElement;
    list.scrollTop = lanes * Number.parseFloat((view.querySelector('.scrolled li:not(.room)') as HTMLElement).style.height);
    await fireEvent.scroll(list);
    await settled();
  };

  test('one that the step touches stands once: in its place, or at the edge beyond which that lies', async () => {
    const { view } = await timeline(at(one), { rows });
    const mine = steps[one - 1]?.m ?? '';
    const own = (): string[] => lanesOf(view).filter((each) => each.endsWith(` ${mine}`));
    expect(own()).toEqual([`scrolled ${mine}`]);
    await scrolledTo(view, 10);
    expect(own()).toEqual([`stuck ${mine}`]);
    // At the upper edge, as its place lies above.
    expect((view.querySelector('.stuck li') as HTMLElement).style.top).toBe('0px');
    expect(view.querySelectorAll('.cover')).toHaveLength(1);
  });

  test('one is reached by Tab wherever they are scrolled to', async () => {
    const { view } = await timeline({ step: null }, { rows });
    const reached = (): (string | null)[] =>
      [...view.querySelectorAll('.names [tabindex="0"]')].map((each) => each.getAttribute('data-lane'));
    expect(reached()).toEqual(['M0']);
    await scrolledTo(view, 10);
    expect(reached()).toEqual(['M10']);
    await scrolledTo(view, 0);
    expect(reached()).toEqual(['M0']);
  });

  test('the one that has the focus keeps it at the edge; when it is out of sight another one has it', async () => {
    const { view, redraw } = await timeline(at(one), { rows });
    const mine = steps[one - 1]?.m ?? '';
    const focused = (): string =>
      `${document.activeElement?.closest('ul')?.className.split(' ')[0]} ${(document.activeElement as HTMLElement).dataset.lane}`;
    view.querySelector<HTMLElement>(`[data-lane=${mine}]`)?.focus();
    await scrolledTo(view, 10);
    expect(focused()).toBe(`stuck ${mine}`);
    await redraw({ step: null });
    await settled();
    expect(focused()).toBe('scrolled M10');
    await fireEvent.keyDown(document.activeElement as HTMLElement, { key: 'ArrowDown' });
    await settled();
    expect(focused()).toBe('scrolled M11');
  });

  test('with each step another one lies at the edge', async () => {
    const { view, redraw } = await timeline(at(one), { rows });
    await scrolledTo(view, 10);
    const stuck = (): string[] => lanesOf(view).filter((each) => each.startsWith('stuck'));
    expect(stuck()).toEqual([`stuck ${steps[one - 1]?.m}`]);
    await redraw(at(other));
    await settled();
    expect(stuck()).toEqual([`stuck ${steps[other - 1]?.m}`]);
  });
});

test('how the step came about is an arrow', async () => {
  const at = followed.linksOf({ n: 60, of: null, from: 0, to: LENGTH }, steps[59] ?? null);
  expect(at.length).toBeGreaterThan(0);
  const { view } = await timeline({ n: 60, step: steps[59] });
  expect(view.querySelectorAll('.arrow').length).toBeGreaterThan(0);
});

test('a picture has nothing to press; a run without a lesson has no mark in the legend', async () => {
  await timeline({ isPicture: true, stops: [] });
  expect(screen.queryAllByRole('button')).toEqual([]);
  expect(screen.getByTestId('timeline-legend').textContent).not.toContain('lesson step');
});

describe('what is still to be guessed', () => {
  const beyond = (view: HTMLElement, selector: string, n: number, length = LENGTH): Element[] =>
    [...view.querySelectorAll(selector)].filter((each) => placeOf(each) > pixelOf(view, n, length) + 1);

  test('has a cover, and neither ticks, marks nor lesson steps', async () => {
    const { view, redraw } = await timeline();
    expect(screen.queryByTestId('unseen')).toBeNull();
    for (const selector of ['.over .stop', '.over .axis']) expect(beyond(view, selector, 10).length).toBeGreaterThan(0);
    const [all] = [...view.querySelectorAll('.map .density')].map((each) => each.getAttribute('d'));
    await redraw({ horizon: 10 });
    expect(px(screen.getByTestId('unseen').querySelector('rect'), 'x')).toBeCloseTo(pixelOf(view, 10, IN_SIGHT), 6);
    for (const selector of ['.over .stop', '.over .axis', '.over .retake', '.over .preemption', '.over .arrow'])
      expect(beyond(view, selector, 10, IN_SIGHT), selector).toEqual([]);
    expect(view.querySelectorAll('.map .stop')).toHaveLength(2);
    const [some] = [...view.querySelectorAll('.map .density')].map((each) => each.getAttribute('d') ?? '');
    expect(some?.length).toBeLessThan(all?.length ?? 0);
    expect(screen.getByTestId('timeline').getAttribute('aria-valuemax')).toBe('10');
  });

  test.each([
    [false, WORDS.en.timeline.unseen],
    // Nobody can guess in front of paper.
    [true, WORDS.en.timeline.later],
  ])('asks to guess, but not in a picture (%s)', async (isPicture, text) => {
    await timeline({ horizon: 10, isPicture });
    expect(screen.getByTestId('unseen').textContent.trim()).toBe(text);
  });

  test.each([
    [10, [WORDS.en.timeline.unseen]],
    // An eighth of the width.
    [7, ['guess first,', 'then see']],
  ])('asks to guess up to step %i, in two lines where one has no room', async (horizon, lines) => {
    await timeline({ horizon });
    expect([...screen.getByTestId('unseen').querySelectorAll('tspan')].map((each) => each.textContent.trim())).toEqual(lines);
  });

  test('is neither asked for nor told under the pointer', async () => {
    const rows = vi.fn(source.rows);
    const { view } = await timeline({ horizon: 10 }, { rows });
    expect(rows.mock.calls.map(([{ to }]) => to)).toEqual([10]);
    await fireEvent.pointerMove(screen.getByTestId('timeline'), { clientX: pixelOf(view, 12, IN_SIGHT), clientY: LANES_Y });
    expect([...view.querySelectorAll('.tip')].map((each) => each.textContent)).toEqual([WORDS.en.timeline.unseen]);
  });

  test('a wheel that is turned back does not come to it, and the next turn zooms at once', async () => {
    const { view } = await timeline({ horizon: 10 });
    const track = screen.getByTestId('timeline');
    const all = Number(track.dataset.to);
    const turn = (deltaY: number): Promise<boolean> =>
      fireEvent.wheel(track, { deltaY, clientX: pixelOf(view, 5, IN_SIGHT), clientY: LANES_Y });
    for (let i = 0; i < 20; i++) {
      await turn(100);
      expect(Number(track.dataset.to)).toBe(all);
    }
    // d3-zoom tells the end of a turn so much later.
    await new Promise((resolve) => setTimeout(resolve, 200));
    await turn(-200);
    expect(Number(track.dataset.to)).toBeLessThan(all);
  });

  test('a mark behind it is not what a press near it means', async () => {
    const { view, redraw, onjump, store } = await timeline({ horizon: 10 });
    // As somebody has it who has chosen it on the map.
    const [from, to] = [12, LENGTH];
    store.window = { from, to };
    await settled();
    const press = (): Promise<boolean> =>
      fireEvent.pointerDown(screen.getByTestId('timeline'), { clientX: (innerOf(view) * (40.7 - from)) / (to - from), clientY: 24 });
    await press();
    expect(onjump.mock.calls).toEqual([[41, false]]);
    await redraw({ horizon: null });
    await press();
    expect(onjump.mock.calls.slice(1)).toEqual([[40, false]]);
  });

  describe('is not in the part that the map frames', () => {
    const spanOf = (rect: Element | null): number[] | null =>
      rect?.hasAttribute('width') ? [Math.round(px(rect, 'x')), Math.round(px(rect, 'width'))] : null;
    const framed = (view: HTMLElement): number[] | null => spanOf(view.querySelector('.map .seen'));
    const held = (view: HTMLElement): number[] | null => spanOf(view.querySelector('.map .brush .selection'));
    const mapPx = (view: HTMLElement, n: number): number => Math.round((px(view.querySelector('.map svg'), 'width') * n) / LENGTH);

    test('before anybody has chosen one; a hand does not take hold of that', async () => {
      const { view, redraw } = await timeline({ horizon: 10 });
      expect(framed(view)).toEqual([0, mapPx(view, IN_SIGHT)]);
      await fireEvent.pointerEnter(screen.getByTestId('timeline-map'));
      expect(held(view)).toBeNull();
      await redraw({ horizon: null });
      expect(framed(view)).toBeNull();
    });

    test('when a hand wants more than there is; when it lets go it holds nothing', async () => {
      const { view, store } = await timeline({ horizon: 10 });
      await fireEvent.pointerEnter(screen.getByTestId('timeline-map'));
      const mouse = (type: string, on: Element, n: number): void => {
        const event = new MouseEvent(type, { clientX: mapPx(view, n), clientY: 10, bubbles: true });
        // jsdom wants a window of its own there, and the one that tests have is none.
        Object.defineProperty(event, 'view', { value: window });
        on.dispatchEvent(event);
        flushSync();
      };
      mouse('mousedown', view.querySelector('.map .overlay') as Element, 2);
      mouse('mousemove', document.body, 60);
      const drawn = [mapPx(view, 2), mapPx(view, 60) - mapPx(view, 2)];
      expect([store.window, framed(view), held(view)]).toEqual([null, [0, mapPx(view, IN_SIGHT)], drawn]);
      mouse('mouseup', document.body, 60);
      await settled();
      expect([store.window, held(view)]).toEqual([null, null]);
    });
  });

  test('who is not there yet has no lane, not even among those that do nothing', async () => {
    const born = new Set(Object.keys(first.M));
    const store = (unfolded: TimelineStore): TimelineStore => Object.assign(unfolded, { isUnfolded: true });
    const lanesOf = (view: HTMLElement): string[] =>
      [...view.querySelectorAll('[data-lane]')].map((each) => each.getAttribute('data-lane') ?? '');
    const shown = await timeline({ horizon: 1, isThere: (id: string) => born.has(id) });
    store(shown.store);
    await settled();
    const names = lanesOf(shown.view);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((id) => !born.has(id))).toEqual([]);
    const whole = await timeline();
    store(whole.store);
    await settled();
    expect(lanesOf(whole.view).some((id) => !born.has(id))).toBe(true);
  });

  test('is painted on no lane', async () => {
    const painted = (view: HTMLElement): number[] => {
      const shown = drawnOn(view.querySelector('[data-testid=lanes]'));
      const columns = Array.from({ length: shown.width }, (_, x) => x);
      return columns.filter((x) => Array.from({ length: shown.height }, (_, y) => y).some((y) => colorAt(shown, x, y) !== null));
    };
    const { view } = await timeline({ horizon: 10 });
    expect(Math.max(...painted(view))).toBeLessThanOrEqual(pixelOf(view, 10, IN_SIGHT) + 1);
    const { view: whole } = await timeline();
    expect(Math.max(...painted(whole))).toBeGreaterThan(pixelOf(whole, 10) + 50);
  });

  test('has no arrows: of a leap only what has been seen on both sides', async () => {
    const all = steps.flatMap((step) => (step.n > 1 ? followed.linksOf({ n: step.n, of: null, from: 0, to: LENGTH }, step) : []));
    const link = all.find(({ from, to }) => to.n - from.n > 1) ?? all[0];
    if (!link) throw new Error('nobody makes anybody go on in this run');
    const end = Math.max(link.from.n, link.to.n);
    const links = (): Promise<(typeof link)[]> => Promise.resolve([link]);
    const arrows = (view: HTMLElement): number => view.querySelectorAll('.over .arrow').length;
    expect(arrows((await timeline({ horizon: end }, { links })).view)).toBe(1);
    expect(arrows((await timeline({ horizon: end - 1 }, { links })).view)).toBe(0);
  });

  test('says on its map of no stop of the world that it comes', async () => {
    const stopped = (): Promise<Awaited<ReturnType<typeof source.line>>> =>
      source.line().then((line) => ({ ...line, stopFrom: Uint32Array.of(30), stopTo: Uint32Array.of(60) }));
    const stops = (view: HTMLElement): Element[] => [...view.querySelectorAll('.map .stopped')];
    expect(stops((await timeline({ horizon: 10 }, { line: stopped })).view)).toEqual([]);
    expect(stops((await timeline({}, { line: stopped })).view)).toHaveLength(1);
  });
});
