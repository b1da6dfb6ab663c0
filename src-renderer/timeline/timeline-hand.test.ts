/** What a press, a move and a release on the timeline do. */
import { describe, expect, test } from 'vitest';
import { type Ground, TimelineHand } from './timeline-hand.svelte';

const AXIS = 5;
const MARKS = 15;
const LANES = 50;

/** A step to 10 px; the red line at step 20. Says what it is told, in order. */
function handOn(changes: Partial<Ground> = {}): { hand: TimelineHand; told: string[] } {
  const told: string[] = [];
  const ground: Ground = {
    ...{ widthPx: 1_000, axisPx: 10, topPx: 20, nowPx: 200, n: 20, isZoomed: false },
    stepAt: (px) => Math.round(px / 10),
    markAt: () => 77,
    onjump: (n, isDragged) => void told.push(`${isDragged ? 'on to' : 'to'} ${n}`),
    onspan: ({ px, y }) => void told.push(`span ${px} ${y}`),
    ...changes,
  };
  return { hand: new TimelineHand(ground), told };
}

describe('a press and a release', () => {
  test.each([
    ['on a lane lead there and pick its span', 500, LANES, false, 'to 50, span 500 50'],
    ['on a lane of a part do the same', 500, LANES, true, 'to 50, span 500 50'],
    ['on the strip of marks mean the mark, and nobody’s span', 500, MARKS, false, 'to 77'],
    ['on the axis lead there', 500, AXIS, false, 'to 50'],
    ['on the red line in a part pick what it stands on', 203, LANES, true, 'to 20, span 203 50'],
  ] as const)('%s', (_, px, y, isZoomed, wanted) => {
    const { hand, told } = handOn({ isZoomed });
    hand.press({ px, y });
    hand.release({ px, y });
    expect(told.join(', ')).toBe(wanted);
  });
});

describe('a drag', () => {
  test.each([
    ['over the lanes of the whole run leads along, and picks nobody', 500, LANES, false, 'to 50, on to 60, on to 70'],
    ['of the red line does so in a part, too', 203, LANES, true, 'to 20, on to 30, on to 40'],
    ['over the lanes of a part is d3’s', 500, LANES, true, ''],
    ['along the axis measures', 500, AXIS, false, '50–70'],
  ] as const)('%s', (_, px, y, isZoomed, wanted) => {
    const { hand, told } = handOn({ isZoomed });
    hand.press({ px, y });
    hand.move({ px: px + 100, y });
    hand.move({ px: px + 200, y });
    hand.release({ px: px + 200, y });
    const { measured } = hand;
    expect(measured ? `${measured.from}–${measured.to}` : told.join(', ')).toBe(wanted);
  });

  test('of some pixels is none', () => {
    const { hand, told } = handOn();
    hand.press({ px: 500, y: AXIS });
    hand.move({ px: 503, y: AXIS });
    hand.release({ px: 503, y: AXIS });
    expect([hand.measured, told]).toEqual([null, ['to 50']]);
  });

  test('that is taken away ends', () => {
    const { hand, told } = handOn();
    hand.press({ px: 500, y: LANES });
    hand.cancel();
    hand.move({ px: 700, y: LANES });
    hand.release({ px: 700, y: LANES });
    expect(told).toEqual(['to 50']);
  });
});

test('only what follows the pointer out of the timeline is captured', () => {
  const press = (y: number, isZoomed: boolean): boolean => handOn({ isZoomed }).hand.press({ px: 500, y });
  expect([press(LANES, false), press(LANES, true), press(AXIS, true)]).toEqual([true, false, true]);
});

test('what is under the pointer is told while it points, within the lanes, and not while it holds them', () => {
  const { hand } = handOn({ isZoomed: true });
  hand.move({ px: 1_200, y: LANES });
  expect(hand.hover).toEqual({ px: 1_000, y: LANES });
  hand.press({ px: 500, y: LANES });
  hand.move({ px: 510, y: LANES });
  expect(hand.hover).toBeNull();
  hand.release({ px: 510, y: LANES });
  hand.move({ px: 520, y: LANES });
  expect(hand.hover).toEqual({ px: 520, y: LANES });
  hand.leave();
  expect(hand.hover).toBeNull();
});

test('a hand that has let go of the lanes somewhere else points again when it comes back, and presses nothing', () => {
  const { hand, told } = handOn({ isZoomed: true });
  hand.press({ px: 500, y: LANES });
  hand.move({ px: 600, y: LANES }, true);
  hand.leave();
  hand.move({ px: 510, y: LANES }, false);
  expect(hand.hover).toEqual({ px: 510, y: LANES });
  hand.release({ px: 510, y: LANES });
  expect(told).toEqual([]);
});

test('the command measures from the red line, and once more ends it', () => {
  const { hand } = handOn();
  hand.measure();
  expect(hand.measured).toEqual({ from: 20, to: 20, isToNow: true });
  hand.measure();
  expect([hand.measured, hand.endMeasure()]).toEqual([null, false]);
});
