/** Every lesson is walked: each of its steps has a place in its run, in order, and every text is there in both languages. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseScenario } from '../formats/scenario';
import { findAssets, loadTables, loadListings } from './asset-folder';
import { LessonLibrary } from './lesson-library';

const assets = findAssets(import.meta.dirname);
const library = new LessonLibrary(assets, loadListings(assets), loadTables(assets));
const cards = await library.list();
const folders = readdirSync(join(assets, 'lessons'), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

describe('lessons', () => {
  test('all folders hold a usable lesson', () => {
    expect(cards.ok && cards.value.broken).toEqual([]);
    expect(cards.ok && cards.value.cards.length).toBe(folders.length);
  });

  test.each(cards.ok ? cards.value.cards.map((card) => card.id) : [])('%s: every step is found, in order', async (id) => {
    const opened = await library.open(id);
    if (!opened.ok) throw new Error(`${opened.message.en} ${JSON.stringify(opened.faults ?? [])}`);
    const found: string[] = [];
    for (const name of opened.value.runNames) {
      const made = await opened.value.run(
        name,
        () => undefined,
        () => false,
      );
      if (!made.ok) throw new Error(made.message.en);
      const { stops } = opened.value.openedRun(name, made.value);
      expect(stops.map(({ n }) => n)).toEqual(stops.map(({ n }) => n).sort((a, b) => a - b));
      found.push(...stops.map((stop) => stop.id));
    }
    expect(found.length).toBeGreaterThan(0);
    expect(found.sort()).toEqual(opened.value.opened.lesson.steps.map((step) => step.id).sort());
    for (const step of opened.value.opened.lesson.steps) {
      for (const text of [step.title, step.story, step.technical, ...step.errata.map((each) => each.text)]) {
        expect(text.zh, step.id).toMatch(/[\u4e00-\u9fff]/);
        expect(text.en, step.id).toMatch(/[a-z]/);
      }
      for (const { places } of step.errata) expect(places.length, step.id).toBeGreaterThan(0);
    }
  });
});

/** One language is enough for somebody's own scenario, not for the product's. */
test('the title of every scenario that is part of the product is there in both languages', () => {
  const files = readdirSync(assets, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.scenario.yaml'));
  expect(files.length).toBeGreaterThan(50);
  const lacking = files.filter((name) => {
    const parsed = parseScenario(readFileSync(join(assets, name), 'utf8'), name);
    return !parsed.ok || parsed.scenario.language !== undefined;
  });
  expect(lacking).toEqual([]);
});

describe('a library with faults', () => {
  let own: string;
  let lessons: string;
  const [folder = ''] = folders;
  const id = cards.ok ? (cards.value.cards[0]?.id ?? '') : '';
  const here = (): LessonLibrary => new LessonLibrary(own, loadListings(assets), loadTables(assets));
  const open = (wanted: string): ReturnType<LessonLibrary['open']> => here().open(wanted);

  beforeEach(() => {
    own = mkdtempSync(join(tmpdir(), 'schedville-library-'));
    lessons = join(own, 'lessons');
    mkdirSync(lessons);
    cpSync(join(assets, 'lessons', folder), join(lessons, '02-good'), { recursive: true });
  });
  afterEach(() => {
    rmSync(own, { recursive: true });
  });

  function write(name: string, text: string): void {
    mkdirSync(join(lessons, name));
    writeFileSync(join(lessons, name, 'lesson.yaml'), text);
  }

  test('names the broken one beside the good one', async () => {
    write('01-broken', 'schedville: 1\nkind: lesson\nid: [\n');
    const list = await here().list();
    if (!list.ok) throw new Error(list.message.en);
    expect(list.value.cards.map((card) => card.id)).toEqual([id]);
    expect(list.value.broken).toHaveLength(1);
    expect(list.value.broken[0]?.message.en).toContain('01-broken');
    expect(list.value.broken[0]?.faults?.length).toBeGreaterThan(0);
  });

  test('takes the first of two with one id, and says so', async () => {
    write('03-copy', readFileSync(join(lessons, '02-good', 'lesson.yaml'), 'utf8'));
    const list = await here().list();
    if (!list.ok) throw new Error(list.message.en);
    expect(list.value.cards).toHaveLength(1);
    expect(list.value.broken[0]?.message.en).toBe(`the lessons 03-copy and 02-good have the same id (${id}); only 02-good is used`);
    expect(await open(id)).toMatchObject({ ok: true });
  });

  test('finds a broken lesson by its whole name only', async () => {
    write('01-broken', 'kind: lesson\n');
    expect(await open('broken')).toMatchObject({ ok: false, faults: expect.anything() as unknown });
    expect(await open('ken')).toMatchObject({ ok: false, message: { en: `there is no lesson ken; there are ${id}` } });
    const near = `${id}s`;
    expect(await open(near)).toMatchObject({ ok: false, message: { en: `there is no lesson ${near}: did you mean ${id}?` } });
  });

  test('a lesson that has changed is read anew, without the others', async () => {
    const library = here();
    await library.list();
    const file = join(lessons, '02-good', 'lesson.yaml');
    write('03-broken', 'kind: lesson\n');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(`id: ${id}`, 'id: renamed'));
    expect(await library.open(id)).toMatchObject({ ok: false, message: { en: `there is no lesson ${id}; there are renamed` } });
    expect(await library.open('renamed')).toMatchObject({ ok: true });
    writeFileSync(file, text);
    expect(await library.open(id)).toMatchObject({ ok: true });
  });

  test('says the reason when none is usable', async () => {
    rmSync(join(lessons, '02-good'), { recursive: true });
    expect(await here().list()).toMatchObject({ ok: false, message: { en: expect.stringContaining('no usable lesson') as string } });
    write('01-broken', 'kind: lesson\n');
    expect(await here().list()).toMatchObject({ ok: false, message: { en: expect.stringContaining('01-broken') as string } });
  });
});
