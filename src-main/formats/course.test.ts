/** assets/lessons/course.yaml: every bundled lesson is in it exactly once; and how its faults are told. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseCourse } from './course';
import { faultText } from './fault';

const LESSONS = join(import.meta.dirname, '../../assets/lessons');

test('every bundled lesson is in the course exactly once', () => {
  const parsed = parseCourse(readFileSync(join(LESSONS, 'course.yaml'), 'utf8'), 'course.yaml');
  if (!parsed.ok) throw new Error(parsed.faults.map((fault) => faultText(fault, 'en')).join('\n'));
  const listed = parsed.units.flatMap(({ lessons }) => lessons);
  const ids = readdirSync(LESSONS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => (parse(readFileSync(join(LESSONS, name, 'lesson.yaml'), 'utf8')) as { id: string }).id);
  expect(ids.filter((id) => !listed.includes(id))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
  for (const { title } of parsed.units) expect(title.zh).toMatch(/[\u4e00-\u9fff]/);
});

const around = (units: string): string => `schedville: 2\nkind: course\nunits:\n${units}\n`;
const unit = (id: string, lessons: string): string => `  - { id: ${id}, title: { zh: 甲, en: a }, lessons: ${lessons} }`;

test.each([
  [around(`${unit('A', '[x, y]')}\n${unit('B', '[x]')}`), 'c:5:49: duplicate name x in lessons'],
  [around(`${unit('A', '[x]')}\n${unit('A', '[y]')}`), 'c:5:11: duplicate name A in units'],
  [around(unit('A', 'x')), 'c:4:48: expected a list for lessons, found "x"'],
  [around('  - { id: A, lessons: [x] }'), 'c:4:5: units is missing the key title'],
])('a fault is reported', (text, message) => {
  const parsed = parseCourse(text, 'c');
  expect(parsed.ok ? [] : parsed.faults.map((fault) => faultText(fault, 'en'))).toEqual([message]);
});
