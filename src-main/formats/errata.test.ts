import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseErrata } from './errata';
import { faultText } from './fault';
import { parseLesson } from './lesson';

const ASSETS = join(import.meta.dirname, '../../assets');

function table(): Extract<ReturnType<typeof parseErrata>, { ok: true }>['errata'] {
  const parsed = parseErrata(readFileSync(join(ASSETS, 'errata.yaml'), 'utf8'), 'errata.yaml');
  if (!parsed.ok) throw new Error(parsed.faults.map((fault) => faultText(fault, 'en')).join('\n'));
  return parsed.errata;
}

test('the table holds E01 to E51, in order', () => {
  expect(table().map(({ id }) => id)).toEqual(Array.from({ length: 51 }, (_, i) => `E${String(i + 1).padStart(2, '0')}`));
});

test('every verdict is said in both languages', () => {
  expect(table().filter(({ verdict }) => verdict.zh === '' || verdict.en === '' || verdict.zh === verdict.en)).toEqual([]);
});

const lessons = readdirSync(join(ASSETS, 'lessons'));

test('there are lessons', () => {
  expect(lessons.length).toBeGreaterThan(0);
});

test.each(lessons)('the errata of %s are in the table, and are of the documents that it names', (folder) => {
  const parsed = parseLesson(readFileSync(join(ASSETS, 'lessons', folder, 'lesson.yaml'), 'utf8'), folder);
  if (!parsed.ok) throw new Error(parsed.faults.map((fault) => faultText(fault, 'en')).join('\n'));
  const told = parsed.lesson.steps.flatMap(({ errata }) => errata);
  expect(told.length).toBeGreaterThan(0);
  const known = new Map(table().map((each) => [each.id, Object.keys(each.at)]));
  const astray = told.filter(({ id, sources }) => !sources.every((document) => known.get(id)?.includes(document)));
  expect(astray.map(({ id, sources }) => `${id} ${sources.join(' ')}`)).toEqual([]);
});

const around = (entry: string): string => `schedville: 1\nkind: errata\nerrata:\n  - ${entry}\n`;
const GOOD = '{ id: E01, class: wrong, at: { "002": "16-18" }, verdict: { zh: 甲, en: a } }';

test.each([
  [GOOD.replace('E01', 'E1'), 'expected an id such as E07 (E and two digits), found E1'],
  [`${GOOD}\n  - ${GOOD}`, 'duplicate erratum E01'],
  [GOOD.replace('wrong', 'worng'), 'unknown value worng for class; expected one of: wrong, dated, incomplete (did you mean wrong?)'],
  [GOOD.replace('"002"', '"005"'), 'unknown document 005; expected one of: 000, 001, 002, 003, 004'],
  [GOOD.replace('16-18', '16 to 18'), 'expected lines such as "21, 54" or "16-18", or all, found 16 to 18'],
  [GOOD.replace('{ "002": "16-18" }', '{}'), 'expected at least 1 item in at, found 0'],
  [GOOD.replace(', verdict: { zh: 甲, en: a }', ''), 'errata is missing the key verdict'],
])('a fault is reported: %s', (entry, message) => {
  const parsed = parseErrata(around(entry), 'errata.yaml');
  expect(parsed.ok ? [] : parsed.faults.map((fault) => faultText(fault, 'en').replace(/^errata\.yaml:\d+:\d+: /, ''))).toEqual([message]);
});
