/**
 * The execution traces that we write of the golden scenarios are still those that Go's own readers have been asked about. Whoever changes
 * them has them asked again: npm run compare -- trace --keep
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { assets } from '../../../model/testdata/run-scenario';
import { EXPORTED, hashOf, judgedExport, scenarioNames } from './judged-exports';
import { VERDICTS, type Verdicts } from './trace-judge';

const ROOT = join(import.meta.dirname, '../../../..');
const kept = JSON.parse(readFileSync(join(ROOT, VERDICTS), 'utf8')) as Verdicts;
const names = scenarioNames(ROOT, 'golden');

test('every golden scenario has been judged in every format, and taken', () => {
  expect(Object.keys(kept).sort()).toEqual(EXPORTED.flatMap((format) => names.map((name) => `${name} ${format}`)).sort());
  expect(new Set(Object.values(kept).map(({ verdict }) => verdict))).toEqual(new Set(['taken']));
});

describe.each(EXPORTED)('as %s', (format) => {
  test.each(names)('%s has the bytes that Go’s reader has taken', (name) => {
    expect(hashOf(judgedExport(ROOT, 'golden', name, format, assets, false).bytes)).toBe(kept[`${name} ${format}`]?.hash);
  });
});
