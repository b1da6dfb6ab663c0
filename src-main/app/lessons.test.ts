/** Every lesson is walked: each of its steps has a place in its run, in order, and every text stands in both languages. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findAssets, loadListings } from './asset-folder';
import { LessonLibrary } from './lesson-library';

const assets = findAssets(import.meta.dirname);
const library = new LessonLibrary(assets, loadListings(assets));
const cards = await library.list();

describe('lessons', () => {
  test('all folders hold a usable lesson', () => {
    expect(cards.ok && cards.value.length).toBe(readdirSync(join(assets, 'lessons')).length);
  });

  test.each(cards.ok ? cards.value.map((card) => card.id) : [])('%s: every step is found, in order', async (id) => {
    const opened = await library.open(
      id,
      () => undefined,
      () => false,
    );
    if (!opened.ok) throw new Error(`${opened.message.en} ${JSON.stringify(opened.faults ?? [])}`);
    const last = new Map<string, number>();
    for (const stop of opened.value.opened.stops) {
      expect(stop.n, stop.id).toBeGreaterThanOrEqual(last.get(stop.run) ?? 0);
      last.set(stop.run, stop.n);
    }
    for (const step of opened.value.opened.lesson.steps) {
      for (const text of [step.title, step.story, step.technical, ...step.errata.map((each) => each.text)]) {
        expect(text.zh, step.id).toMatch(/[\u4e00-\u9fff]/);
        expect(text.en, step.id).toMatch(/[a-z]/);
      }
    }
  });
});
