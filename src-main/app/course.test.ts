/**
 * The course as a whole: what every lesson says of its runs holds, every question is proved, prerequisites are there and go round no circle,
 * every erratum is told, and every item of the five documents is covered. What is still missing stands below, exactly: a lesson that covers
 * more takes it off the list. `npx vitest run --project main src-main/app/course.test.ts` prints the difference.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { DOCUMENTS, rangesIn } from '../formats/errata';
import { faultText } from '../formats/fault';
import { type Lesson, parseLesson } from '../formats/lesson';
import { tables } from '../formats/testdata/lesson-tables';
import { findAssets, loadListings } from './asset-folder';
import { checkLesson } from './lesson-check';

/** Errata that no lesson tells yet. */
const UNTOLD: string[] = [];
/** Items that no lesson covers yet. */
const UNCOVERED: string[] = [];
/** Questions without a proof. */
const UNPROVED: string[] = [];

const assets = findAssets(import.meta.dirname);
const listings = loadListings(assets);
const folder = join(assets, 'lessons');

const lessons = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => {
    const file = join(folder, name, 'lesson.yaml');
    const parsed = parseLesson(readFileSync(file, 'utf8'), file, tables);
    if (!parsed.ok) throw new Error(parsed.faults.map((fault) => faultText(fault, 'en')).join('\n'));
    return { file, parsed, lesson: parsed.lesson };
  });
const byId = new Map(lessons.map(({ lesson }) => [lesson.id, lesson]));

test.each(lessons.map(({ lesson, file, parsed }) => [lesson.id, file, parsed] as const))(
  '%s: all that it says of its runs holds',
  async (_, file, parsed) => {
    const { faults, hints } = await checkLesson(parsed, file, listings, folder);
    expect([...faults, ...hints].map((fault) => faultText(fault, 'en'))).toEqual([]);
  },
);

test('the course’s lessons are in every language', () => {
  expect(lessons.filter(({ lesson }) => lesson.language !== null).map(({ lesson }) => lesson.id)).toEqual([]);
});

test('every question is proved', () => {
  const unproved = lessons.flatMap(({ lesson }) =>
    lesson.steps.flatMap(({ id, ask }) => (ask && ask.proof.length === 0 ? [`${lesson.id}/${id}`] : [])),
  );
  expect(unproved).toEqual(UNPROVED);
});

test('what comes before a lesson is there, and no lesson comes before itself', () => {
  const before = (id: string, way: readonly string[]): string[] => {
    if (way.includes(id)) return [[...way, id].join(' → ')];
    return (byId.get(id)?.prerequisites ?? []).flatMap((next) => before(next, [...way, id]));
  };
  for (const { lesson } of lessons) {
    expect(
      lesson.prerequisites.filter((id) => !byId.has(id)),
      lesson.id,
    ).toEqual([]);
    expect(before(lesson.id, [])).toEqual([]);
  }
});

/** Ids of the errata that a lesson tells, with the documents that it names. */
const toldIn = ({ steps }: Lesson): { id: string; document: string; lines: string }[] =>
  steps.flatMap(({ errata, activity }) => [
    ...errata.flatMap(({ id, places }) => places.map(({ document, lines }) => ({ id, document, lines }))),
    ...(activity?.kind === 'claim' ? activity.places.map(({ document, lines }) => ({ id: activity.erratum ?? '', document, lines })) : []),
  ]);
const told = lessons.flatMap(({ lesson }) => toldIn(lesson));

test('every erratum is told', () => {
  const ids = new Set(told.map(({ id }) => id));
  expect([...tables.errata.keys()].filter((id) => !ids.has(id))).toEqual(UNTOLD);
});

describe('the five documents', () => {
  const { items } = parse(readFileSync(join(import.meta.dirname, 'testdata', 'document-items.yaml'), 'utf8')) as {
    items: { id: string; document: string; lines: string }[];
  };
  const overlaps = (lines: string, others: string): boolean =>
    (rangesIn(lines) ?? []).some(([from, to]) => (rangesIn(others) ?? []).some(([a, b]) => a <= to && from <= b));

  test('are told apart into items', () => {
    expect(items).toHaveLength(162);
    expect(new Set(items.map(({ id }) => id)).size).toBe(162);
    for (const { id, document, lines } of items) {
      expect(DOCUMENTS).toContain(document);
      expect(id.startsWith(`${document}.`)).toBe(true);
      expect(rangesIn(lines), id).not.toBe(null);
    }
    expect(overlaps('3-5, 9', '5-8')).toBe(true);
    expect(overlaps('3-5, 9', '6-8')).toBe(false);
  });

  test('every item is covered, by a step that teaches its lines or by an erratum told at them', () => {
    const taught = lessons.flatMap(({ lesson }) =>
      lesson.steps.flatMap((step) => Object.entries(step.lines).map(([document, lines]) => ({ document, lines }))),
    );
    const isCovered = ({ document, lines }: { document: string; lines: string }): boolean =>
      [...taught, ...told].some((each) => each.document === document && overlaps(each.lines, lines));
    expect(items.filter((item) => !isCovered(item)).map(({ id }) => id)).toEqual(UNCOVERED);
  });
});
