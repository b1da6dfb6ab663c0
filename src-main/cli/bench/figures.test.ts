import { expect, test } from 'vitest';
import { HEADING, withFigures } from './figures';
import type { BenchRow, Outcome } from './table';

const outcome = (name: string, limit: number, measured: Outcome['measured']): Outcome => ({
  row: { name, figure: 'a | b', limit, kind: 'ratio', why: 'a test', measure: () => ({ figures: [], detail: '' }) } satisfies BenchRow,
  measured,
});
const HEAD = '| row | found | at most | what against what | version, day |\n| --- | --- | --- | --- | --- |';
const page = (rows: string): string =>
  `# Figures\n\n| other | table |\n\n${HEADING}\n\nBy hand.\n\n${HEAD}\n${rows}\n\n## Exports\n\n| one | more |\n`;

test('a row is renewed, or says that it is missed; one that was not measured stays, one that is gone goes', () => {
  const before = page(
    '| two | 2.00 | 3 | x | 1.0.0, 2026-01-01 |\n| gone | 1.00 | 2 | x | 1.0.0, 2026-01-01 |\n| one | 9.00 | 2 | x | old |',
  );
  const outcomes = [
    outcome('one', 1.5, { figures: [1, 2, 3], detail: 'of 3' }),
    outcome('three', 2, new Error('no window | at all')),
    outcome('four', 2, { figures: [1.25], detail: 'd' }),
  ];
  expect(withFigures(before, outcomes, ['one', 'two', 'three', 'four'], '1.1.0, 2026-02-02')).toBe(
    page(
      [
        '| one | **missed**: 2.00 (1.00 to 3.00 in 3 rounds) | 1.5 | a / b; of 3 | 1.1.0, 2026-02-02 |',
        '| two | 2.00 | 3 | x | 1.0.0, 2026-01-01 |',
        '| three | **not measured**: no window / at all | 2 | a / b | 1.1.0, 2026-02-02 |',
        '| four | 1.25 | 2 | a / b; d | 1.1.0, 2026-02-02 |',
      ].join('\n'),
    ),
  );
});

test('a page without a table gets one at its end, and one without the heading is refused', () => {
  const made = withFigures(`# x\n\n${HEADING}\n`, [outcome('one', 2, { figures: [1], detail: 'd' })], ['one'], 'w');
  expect(made).toBe(`# x\n\n${HEADING}\n\n${HEAD}\n| one | 1.00 | 2 | a / b; d | w |`);
  expect(() => withFigures('# x\n', [], [], 'w')).toThrow(HEADING);
});
