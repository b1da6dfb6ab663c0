import { expect, test } from 'vitest';
import type { LessonQuestion, PicturePart } from '../../src-main/contract/index';
import { paperRows, pictureHorizon, typeStepPx } from './picture-plan';

const ALL: PicturePart[] = ['village', 'runtime', 'machine', 'timeline', 'text'];
const partsOf = (parts: readonly PicturePart[], isMachineIdle = false): string =>
  paperRows(parts, 1_000, isMachineIdle)
    .map(({ parts: each, grows }) => `${each.join('+')}${grows === null ? '!' : ''}`)
    .join(' ');

test.each<[readonly PicturePart[], boolean, string]>([
  [ALL, false, 'village runtime+machine timeline text!'],
  // A machine that does nothing takes a line, and the runtime the room.
  [ALL, true, 'village runtime machine! timeline text!'],
  [['machine'], true, 'machine'],
  [['machine', 'text'], true, 'machine text!'],
  [['machine', 'timeline'], true, 'machine! timeline'],
  [['text', 'village'], false, 'village text!'],
  [['runtime'], false, 'runtime'],
])('%j, idle machine %s', (parts, isIdle, rows) => {
  expect(partsOf(parts, isIdle)).toBe(rows);
});

test('paper without a height has rows as high as its width asks for', () => {
  expect(paperRows(ALL, 1_000, false).map(({ highPx }) => highPx)).toEqual([420, 340, 170, 0]);
});

test('a machine alone is as high as a village is', () => {
  expect([paperRows(['machine'], 1_000, false), paperRows(['village'], 1_000, false)].flat().map(({ highPx }) => highPx)).toEqual([
    420, 420,
  ]);
});

test('type follows the paper as it follows the window', () => {
  expect(typeStepPx(1_366, 768)).toBe(13.66);
  expect(typeStepPx(1_366, 600)).toBeCloseTo(10.68);
  expect(typeStepPx(1_240, null)).toBe(12.4);
});

const asks = { question: { zh: '', en: '' } } as LessonQuestion;
const steps = [
  { id: 'a', ask: null },
  { id: 'b', ask: asks },
  { id: 'c', ask: asks },
];
const stops = [
  { id: 'a', run: 'home', n: 2 },
  { id: 'b', run: 'home', n: 9 },
  { id: 'c', run: 'home', n: 20 },
];

test.each([
  ['before the first question', 2, false, 8],
  ['at a question that is open nothing comes after the step', 2, true, 2],
  ['at the answer, up to the next one', 9, false, 19],
  ['just before', 19, false, 19],
  ['after the last one, everything', 20, false, null],
])('what a picture may show %s', (_, n, isAsked, last) => {
  expect(pictureHorizon(n, isAsked, stops, steps)).toBe(last);
});
