import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DOCUMENTS, type ErrataTable, parseErrata } from './errata';
import { faultText } from './fault';
import { parseLesson } from './lesson';

const FILE = join(import.meta.dirname, '../../assets/errata.yaml');

function table(): ErrataTable {
  const parsed = parseErrata(readFileSync(FILE, 'utf8'), 'errata.yaml');
  if (!parsed.ok) throw new Error(parsed.faults.map((fault) => faultText(fault, 'en')).join('\n'));
  return parsed.errata;
}
const entries = [...table().values()];

test('the table is numbered from E01 on, in order, without gaps', () => {
  expect(entries.length).toBeGreaterThan(50);
  expect(entries.map(({ id }) => id)).toEqual(entries.map((_, i) => `E${String(i + 1).padStart(2, '0')}`));
});

test('every verdict is said in both languages', () => {
  expect(entries.filter(({ verdict }) => verdict.zh === '' || verdict.en === '' || verdict.zh === verdict.en)).toEqual([]);
});

test('every document has errata, and all but one of them quote it', () => {
  expect([...new Set(entries.flatMap(({ places }) => places.map(({ document }) => document)))].sort()).toEqual(DOCUMENTS);
  expect(entries.filter(({ places }) => places.some(({ words }) => words === null)).map(({ id }) => id)).toEqual(['E09']);
});

const around = (entry: string): string => `schedville: 1\nkind: errata\nerrata:\n  - ${entry}\n`;
const GOOD = '{ id: E01, class: wrong, at: { "002": { lines: "16-18", words: { zh: 乙, en: b } } }, verdict: { zh: 甲, en: a } }';

test.each([
  [GOOD.replace('E01', 'E1'), 'expected an id such as E07 (E and two digits), found E1'],
  [`${GOOD}\n  - ${GOOD}`, 'duplicate erratum E01'],
  [GOOD.replace('wrong', 'worng'), 'unknown value worng for class; expected one of: wrong, dated, incomplete (did you mean wrong?)'],
  [GOOD.replace('"002"', '"005"'), 'unknown document 005; expected one of: 000, 001, 002, 003, 004'],
  [GOOD.replace('16-18', '16 to 18'), 'expected lines such as "21, 54" or "16-18", found 16 to 18'],
  [GOOD.replace('lines: "16-18", ', ''), 'at.002 is missing the key lines'],
  [GOOD.replace('en: b', 'en: "`b"'), 'unclosed or empty code marks (`) in words: each must be closed on the same line'],
  [GOOD.replace('en: a', 'en: "`a"'), 'unclosed or empty code marks (`) in verdict: each must be closed on the same line'],
  [GOOD.replace(/at: .*, verdict/, 'at: {}, verdict'), 'expected at least 1 item in at, found 0'],
  [GOOD.replace(', verdict: { zh: 甲, en: a }', ''), 'errata is missing the key verdict'],
])('a fault is reported: %s', (entry, message) => {
  const parsed = parseErrata(around(entry), 'errata.yaml');
  expect(parsed.ok ? [] : parsed.faults.map((fault) => faultText(fault, 'en').replace(/^errata\.yaml:\d+:\d+: /, ''))).toEqual([message]);
});

describe('a lesson names errata by their ids', () => {
  const lesson = (errata: string): ReturnType<typeof parseLesson> =>
    parseLesson(
      `schedville: 1
kind: lesson
id: x
title: { zh: 甲, en: a }
sources: ["004"]
goals: [{ zh: 甲, en: a }]
runs: { r: { scenario: r.yaml, title: { zh: 甲, en: a } } }
steps:
  - { id: s, run: r, at: ~, title: { zh: 甲, en: a }, story: { zh: 甲, en: a }, technical: { zh: 甲, en: a }, errata: ${errata} }
`,
      'l.yaml',
      { errata: table(), misconceptions: new Map() },
    );
  const told = (errata: string): unknown => {
    const parsed = lesson(errata);
    return parsed.ok ? parsed.lesson.steps[0]?.errata : parsed.faults.map((fault) => faultText(fault, 'en'));
  };

  test('class, words, lines and correction are those of the table', () => {
    const known = table().get('E42');
    expect(told('[E42]')).toEqual([{ id: 'E42', class: 'incomplete', places: known?.places, text: known?.verdict }]);
    expect(known?.places).toMatchObject([
      { document: '004', lines: '166', words: { zh: expect.stringContaining('P不会等待M') as string } },
    ]);
    expect(told('[{ id: E42 }]')).toEqual(told('[E42]'));
  });

  test('a lesson may have words of its own, and mean some of the documents only', () => {
    expect(told('[{ id: E15, sources: ["000"], text: { zh: 我说, en: I say } }]')).toMatchObject([
      { id: 'E15', places: [{ document: '000', lines: '9' }], text: { zh: '我说', en: 'I say' } },
    ]);
  });

  test.each([
    ['[E24, E92]', 'l.yaml:9:122: no erratum E92 in assets/errata.yaml (did you mean E02?)'],
    ['[{ id: E420 }]', 'l.yaml:9:123: no erratum E420 in assets/errata.yaml (did you mean E20?)'],
    ['[{ text: { zh: 甲, en: a } }]', 'l.yaml:9:117: errata is missing the key id'],
    ['[{ id: E42, sources: ["004", "002"] }]', 'l.yaml:9:145: E42 is not about document 002; it is about 004'],
    ['[{ id: ~ }]', 'l.yaml:9:123: expected text for errata.id, found ~'],
  ])('%s is a fault with its place', (errata, fault) => {
    expect(told(errata)).toEqual([fault]);
  });
});
