import { expect, test, vi } from 'vitest';
import type { Fault } from '../model/words';
import { parseLesson } from './lesson';
import { withCauses } from './look-alikes';
import { parseScenario } from './scenario';
import type { YamlSource } from './yaml-source';

const HEAD = ['schedville: 1', 'kind: scenario', 'id: one', 'title: { zh: 第一课：两座房子，一条路, en: Two houses }'];
const TAIL = ['goroutines:', '  main:', '    - compute: 5us', '    - mark: 到家'];

/** The faults of a scenario in which line `line` (from 1) is `text`: place, what is found, what should stand there. */
function blamed(line: number, text: string): string[] {
  const lines = [...HEAD, 'runtime: { gomaxprocs: 2 }', ...TAIL];
  lines[line - 1] = text;
  const parsed = parseScenario(lines.join('\n'), 'one.yaml');
  return parsed.ok ? [] : parsed.faults.map((fault) => `${fault.line}:${fault.column} ${fault.message.en}`);
}

const OTHERWISE = ' (with the input method switched to ASCII punctuation)';

test('the scenario itself is right, with full-width characters in its title', () => {
  expect(blamed(3, 'id: one')).toEqual([]);
});

test.each([
  ['a colon after a key', 2, 'kind：scenario', [`2:5 this is ： (U+FF1A); write :${OTHERWISE}`]],
  ['a colon after an operation', 8, '    - compute：5us', [`8:14 this is ： (U+FF1A); write :${OTHERWISE}`]],
  [
    'a comma among others that are right',
    4,
    'title: { zh: 第一课：两座，三座，en: Two }',
    [`4:23 this is ， (U+FF0C); write ,${OTHERWISE}`],
  ],
  [
    'a pair of braces',
    5,
    'runtime: ｛ gomaxprocs: 2 ｝',
    [`5:10 this is ｛ (U+FF5B); write {${OTHERWISE}`, `5:26 this is ｝ (U+FF5D); write }${OTHERWISE}`],
  ],
  ['a digit', 5, 'runtime: { gomaxprocs: ２ }', [`5:24 this is ２ (U+FF12); write 2${OTHERWISE}`]],
  ['a dash', 8, '    — compute: 5us', [`8:5 this is — (U+2014); write -${OTHERWISE}`]],
  ['an ideographic blank', 7, '　main:', ['7:1 this blank is U+3000; write an ordinary space']],
  [
    'blanks of a web page',
    8,
    '\u00a0\u00a0\u00a0\u00a0- compute: 5us',
    [1, 2, 3, 4].map((column) => `8:${column} this blank is U+00A0; write an ordinary space`),
  ],
  ['a character without width', 3, 'id: one\u200b', ['3:8 there is an invisible character U+200B here; delete it']],
])('%s is named at its place', (_, line, text, faults) => {
  expect(blamed(line, text)).toEqual(faults);
});

test('in several lines each is named, and other faults stay where they were written', () => {
  const text = [...HEAD, 'runtime：{ gomaxprocs: 0 }', ...TAIL].join('\n').replace('kind:', 'kind：');
  const parsed = parseScenario(text, 'one.yaml');
  const places = parsed.ok ? [] : parsed.faults.map(({ line, column }) => `${line}:${column}`);
  expect(places).toEqual(['2:5', '5:8', '5:23']);
});

test('a fault that no such character causes is told as it is', () => {
  expect(blamed(5, 'runtime: { gomaxprocs: 两座：房子 }')).toEqual([
    '5:24 expected a whole number from 1 to 256 for runtime.gomaxprocs, found "两座：房子"',
  ]);
});

test('a lesson’s are named, too', () => {
  const parsed = parseLesson('schedville：1\nkind: lesson\n', 'lesson.yaml', { errata: new Map(), misconceptions: new Map() });
  expect(parsed.ok ? [] : parsed.faults.map(({ line, column }) => `${line}:${column}`)).toContain('1:11');
});

test('of a file with thousands of faults no single character is the cause: it is not read again', () => {
  const text = `title: { zh${'：'.repeat(40)}甲${' }'.repeat(4_000)}`;
  const seen = vi.fn((source: YamlSource): { ok: false; faults: Fault[] } => ({ ok: false, faults: source.sorted }));
  withCauses(text, 'x', seen);
  expect(seen.mock.calls.length).toBeLessThan(5);
});

test('a large file is read again a few times only', () => {
  const rows = Array.from({ length: 4_000 }, (_, i) => `    - mark：${i}：，。`);
  const parsed = parseScenario([...HEAD, 'goroutines:', '  main:', ...rows].join('\n'), 'long.yaml');
  expect(parsed.ok ? 0 : parsed.faults.length).toBeGreaterThan(1_000);
});

test('a file that is nested too deeply is not read again, however many such characters it has', () => {
  const read = vi.fn((source: YamlSource) => ({ ok: false as const, faults: [...source.faults] }));
  const { faults } = withCauses(`title: 一，二，三。${'{ a，: '.repeat(400)}`.replace('title: ', 'title: { b: '), 'one.yaml', read);
  expect(faults.map(({ message }) => message.en)).toEqual(['nested too deeply']);
  expect(read).toHaveBeenCalledTimes(1);
});
