import { expect, test } from 'vitest';
import {
  type BenchRow,
  isMet,
  type Measured,
  median,
  MISSED,
  MISUSED,
  OK,
  outcomeLine,
  percentile,
  ratios,
  readWish,
  runBench,
} from './table';

const row = (name: string, limit: number, measured: Measured | Error): BenchRow => ({
  name,
  figure: 'a / b',
  limit,
  kind: 'ratio',
  why: 'a test',
  measure: () => {
    if (measured instanceof Error) throw measured;
    return measured;
  },
});
const of = (...figures: number[]): Measured => ({ figures, detail: 'd' });

test.each([
  [[3], 3],
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[10, 9, 100], 10],
])('median of %j is %d', (values, wanted) => {
  expect(median(values)).toBe(wanted);
});

test.each([
  [0.95, 95],
  [0.99, 99],
  [1, 100],
  [0, 1],
  [0.5, 50],
])('of 1 to 100 the share %d lies at or below %d', (share, wanted) => {
  expect(
    percentile(
      Array.from({ length: 100 }, (_, i) => 100 - i),
      share,
    ),
  ).toBe(wanted);
});

test('nothing has neither median nor percentile', () => {
  expect(() => median([])).toThrow('no median');
  expect(() => percentile([], 0.5)).toThrow('no percentile');
});

test('ratios are taken round by round', () => {
  expect(
    ratios([
      { a: 6, b: 2 },
      { a: 1, b: 4 },
    ]),
  ).toEqual([3, 0.25]);
});

test.each([
  ['the median at the limit', of(1, 2, 9), true],
  ['the median above it', of(1, 2.01, 9), false],
  ['nothing measured', of(), false],
  ['what could not be measured', new Error('no window'), false],
])('%s', (_what, measured, wanted) => {
  expect(isMet({ row: row('r', 2, measured), measured })).toBe(wanted);
});

test('a line says the median, the spread, the limit and what it came from', () => {
  expect(outcomeLine({ row: row('r', 2, of()), measured: of(1, 3, 2.5) })).toBe(
    'MISSED r: 2.50 (1.00 to 3.00 in 3 rounds), at most 2 | a / b; d',
  );
  expect(outcomeLine({ row: { ...row('r', 16, of()), kind: 'ms' }, measured: of(3) })).toBe('met    r: 3.00 ms, at most 16 ms | a / b; d');
  expect(outcomeLine({ row: row('r', 2, of()), measured: new Error('no window') })).toBe('FAILED r: no window');
});

test.each([
  [[], { isStrict: false, isKept: false, wanted: '' }],
  [['--strict'], { isStrict: true, isKept: false, wanted: '' }],
  [['memory', '--strict', '--keep'], { isStrict: true, isKept: true, wanted: 'memory' }],
])('arguments %j', (args, wanted) => {
  expect(readWish(args)).toEqual(wanted);
});

const rows = [row('good', 2, of(1)), row('bad', 2, of(3)), row('broken', 2, new Error('no window'))];

test.each([
  ['without --strict a miss is only said', [], OK, ['met    good', 'MISSED bad', 'FAILED broken', '1 of 3 rows']],
  ['with --strict it is the exit status', ['--strict'], MISSED, ['met    good', 'MISSED bad', 'FAILED broken', '1 of 3 rows']],
  ['what was found is kept', ['--keep', 'bad'], OK, ['MISSED bad', '0 of 1 rows']],
  ['only the rows that are asked for', ['--strict', 'good'], OK, ['met    good', '1 of 1 rows']],
  ['a row that cannot be measured is missed', ['broken', '--strict'], MISSED, ['FAILED broken', '0 of 1 rows']],
  ['no such row', ['x'], MISUSED, ['no row is called x']],
  ['no such switch', ['--strickt'], MISUSED, ['bench has no switch --strickt']],
  ['two texts', ['good', 'bad'], MISUSED, ['bench takes one text']],
] as const)('%s', async (_what, args, status, begins) => {
  const said: string[] = [];
  const kept: string[] = [];
  expect(
    await runBench(
      rows,
      args,
      (line) => said.push(line),
      (outcome) => kept.push(outcome.row.name),
    ),
  ).toBe(status);
  expect(kept).toEqual(args.some((arg) => arg === '--keep') ? ['bad'] : []);
  expect(said).toHaveLength(begins.length);
  for (const [i, begin] of begins.entries()) expect(said[i]).toContain(begin);
});

test('a miss of another row than the one asked for does not count', async () => {
  const nothing = (): void => undefined;
  expect(await runBench(rows, ['--strict', 'good'], nothing, nothing)).toBe(OK);
});
