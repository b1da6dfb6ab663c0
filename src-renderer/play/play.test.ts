import { expect, test } from 'vitest';
import { applied, EVENT_GROUPS, PackedSteps, type PlayRun } from '../../src-main/contract/index';
import { goldenRun } from '../testdata/runs';
import { OfflineRun } from './offline-run';
import { runAxis } from '../timeline/timeline-scale';
import { meaningOf } from './play-keys';
import { scrollFor, zoomed } from './zoom';

test('larger and smaller by notches, back to one exactly, within bounds', () => {
  let zoom = 1;
  for (let i = 0; i < 5; i++) zoom = zoomed(zoom, 1);
  expect(zoom).toBeGreaterThan(2);
  for (let i = 0; i < 5; i++) zoom = zoomed(zoom, -1);
  expect(zoom).toBe(1);
  expect([zoomed(1, 99), zoomed(1, -99)]).toEqual([4, 0.5]);
});

test('what lies below the pointer stays there', () => {
  // 100 px into a content that is scrolled by 50: 150 of it, which are 300 when it is twice as large.
  expect(scrollFor(50, 100, 2)).toBe(200);
  expect(scrollFor(0, 100, 0.5)).toBe(0);
});

const key = (name: string, code: string, more = {}) => ({ key: name, code, shiftKey: false, ...more });

test.each([
  [key('1', 'Digit1'), 3, { kind: 'answer', choice: 0 }],
  [key('4', 'Digit4'), 3, { kind: 'command', command: 'lessonText' }],
  [key('1', 'Digit1'), 0, { kind: 'command', command: 'village' }],
  [key('1', 'Numpad1'), 2, { kind: 'answer', choice: 0 }],
  [key('+', 'Equal', { ctrlKey: true, shiftKey: true }), 0, { kind: 'zoom', notches: 1 }],
  [key('-', 'Minus', { metaKey: true }), 3, { kind: 'zoom', notches: -1 }],
  [key('0', 'Digit0', { ctrlKey: true }), 0, { kind: 'zoom', notches: 0 }],
  [key('p', 'KeyP', { ctrlKey: true }), 0, null],
  [key('ArrowRight', 'ArrowRight'), 0, { kind: 'command', command: 'stepForward' }],
  [key('ArrowRight', 'ArrowRight', { altKey: true }), 0, null],
  [key(' ', 'Space'), 0, { kind: 'command', command: 'play' }],
] as const)('%j with %d choices', (pressed, choices, meaning) => {
  expect(meaningOf(pressed, choices)).toEqual(meaning);
});

test('a run that was brought along in pieces has each of its states, whatever is asked for first', () => {
  const { first, last, steps } = goldenRun('S12');
  const packed = new PackedSteps();
  for (const step of steps) packed.push(step);
  const half = Math.floor(steps.length / 2);
  const run: PlayRun = {
    first,
    listings: 0,
    stepCount: steps.length,
    stops: [],
    endNs: packed.timeOf(steps.length),
    outcome: null,
    most: { goroutines: 0, threads: 0 },
    holds: {},
    shortened: null,
    steps: [packed.slice(1, half), packed.slice(half + 1, steps.length)],
    base: 0,
    whole: steps.length,
  };
  const offline = new OfflineRun(run, {});
  expect(offline.stateAt(steps.length)).toEqual(last);
  expect(offline.stateAt(0)).toEqual(first);
  expect(offline.stateAt(half)).toEqual(applied(first, ...steps.slice(0, half)));
  expect(offline.readSteps(half, half + 1).t).toEqual(packed.slice(half, half + 1).t);
  expect(offline.line().times).toHaveLength(steps.length + 1);
  const asked = { groups: [...EVENT_GROUPS], of: null, match: null, horizon: null, n: half, from: 0, count: 400 };
  const events = offline.events(asked);
  expect(events.isComplete).toBe(true);
  expect(events.events.length).toBeGreaterThan(3);
  expect(events.events.every(({ n }) => n <= steps.length)).toBe(true);
  // A piece of it begins where it begins in the whole run, and ends at its own last step.
  const piece = new OfflineRun(
    {
      ...run,
      steps: [packed.slice(half + 1, steps.length)].map((each) => ({ ...each, first: 1 })),
      first: offline.stateAt(half),
      stepCount: steps.length - half,
      base: half,
    },
    {},
  );
  const axis = runAxis('time', steps.length - half, run.endNs, piece.line());
  expect(piece.line().times.at(-1)).toBe(run.endNs);
  expect([axis.nsAt(axis.placeOf(1)), axis.placeOf(steps.length - half)]).toEqual([packed.timeOf(half + 1), axis.length]);
  const short = new OfflineRun({ ...run, steps: [packed.slice(1, half)], stepCount: half }, {});
  const shortAxis = runAxis('time', half, run.endNs, short.line());
  expect(shortAxis.placeOf(half)).toBe(shortAxis.length);
  // One that has lost a piece says so.
  expect(() => new OfflineRun({ ...run, steps: run.steps.slice(1) }, {})).toThrow('steps, found');
});
