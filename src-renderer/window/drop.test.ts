import { expect, test } from 'vitest';
import { kindOfDropped } from './drop';

test.each([
  ['a.scenario.yaml', false, 'scenario'],
  ['课.YML', false, 'scenario'],
  ['a.json', false, 'scenario'],
  ['a.trace.jsonl', false, 'trace'],
  ['01-hunting', true, 'lessonFolder'],
  ['a.yaml', true, 'lessonFolder'],
  ['picture.png', false, null],
  ['yaml', false, null],
] as const)('%s, a folder: %s, is a %s', (name, isFolder, kind) => {
  expect(kindOfDropped(name, isFolder)).toBe(kind);
});
