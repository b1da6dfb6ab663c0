/** The list of WCAG 2.2 in ACCESSIBILITY.md: every criterion stands there once, and every test that it names is there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const LIST = readFileSync(join(ROOT, 'ACCESSIBILITY.md'), 'utf8');

/** Levels A and AA of WCAG 2.2, without 4.1.1, which it has dropped: guideline, then its criteria. */
const GUIDELINES: Readonly<Record<string, readonly number[]>> = {
  '1.1': [1],
  '1.2': [1, 2, 3, 4, 5],
  '1.3': [1, 2, 3, 4, 5],
  '1.4': [1, 2, 3, 4, 5, 10, 11, 12, 13],
  '2.1': [1, 2, 4],
  '2.2': [1, 2],
  '2.3': [1],
  '2.4': [1, 2, 3, 4, 5, 6, 7, 11],
  '2.5': [1, 2, 3, 4, 7, 8],
  '3.1': [1, 2],
  '3.2': [1, 2, 3, 4, 6],
  '3.3': [1, 2, 3, 4, 7, 8],
  '4.1': [2, 3],
};
const CRITERIA = Object.entries(GUIDELINES).flatMap(([guideline, all]) => all.map((n) => `${guideline}.${n}`));

const [met = '', ...others] = LIST.split(/^## /m);
const rowsOf = (text: string): string[] => [...text.matchAll(/^\| (\d\.\d\.\d+) \|.*$/gm)].map(([row]) => row);
const criterionOf = (row: string): string => /^\| (\S+)/.exec(row)?.[1] ?? '';

test('every criterion of A and AA stands there once', () => {
  expect(CRITERIA).toHaveLength(55);
  expect(rowsOf(LIST).map(criterionOf).sort()).toEqual([...CRITERIA].sort());
  expect(others).toHaveLength(2);
});

describe.each(rowsOf(met).map((row) => [criterionOf(row), row] as const))('%s', (_, row) => {
  test('names a test that is there', () => {
    const [, file = '', title = ''] = /\| `([^`]+\.ts)` “([^”]+)” \|$/.exec(row) ?? [];
    expect(existsSync(join(ROOT, file)), file).toBe(true);
    expect(readFileSync(join(ROOT, file), 'utf8')).toContain(`'${title}'`);
  });
});
