/** Every number that a lesson of the course holds out can be chosen in the window, and when none is held out. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findAssets, loadTables } from '../../src-main/app/asset-folder';
import { parseLesson } from '../../src-main/formats/lesson';
import { isKnobValue, knobsOf } from '../../src-main/formats/scenario-knobs';
import type { Experiment } from './experiment.svelte';
import type { LessonStore } from './lesson.svelte';
import { Notices } from './notices.svelte';
import { Vary } from './vary.svelte';
import { knobPath } from './vary-path';

test.each([
  ['gomaxprocs', 'runtime.gomaxprocs'],
  ['runtime.seed', 'runtime.seed'],
  ['main[2].syscall.takes', 'goroutines.main.2.syscall.takes'],
  ['worker[0].compute', 'goroutines.worker.0.compute'],
])('%s is the knob %s', (path, knob) => {
  expect(knobPath(path, ['main', 'worker'])).toBe(knob);
});

test('every value of every lesson’s vary', () => {
  const assets = findAssets(import.meta.dirname);
  const tables = loadTables(assets);
  const lessons = readdirSync(join(assets, 'lessons'), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
  let values = 0;
  for (const folder of lessons) {
    const read = (file: string): string => readFileSync(join(assets, 'lessons', folder, file), 'utf8');
    // Reading YAML is slow.
    if (!read('lesson.yaml').includes('vary:')) continue;
    const parsed = parseLesson(read('lesson.yaml'), folder, tables);
    for (const run of parsed.ok ? Object.values(parsed.lesson.runs) : []) {
      if (run.kind !== 'scenario') continue;
      const knobs = knobsOf(read(run.scenario));
      const goroutines = knobs.flatMap(({ of }) => of?.goroutine ?? []);
      for (const { path, values: all } of run.vary) {
        const knob = knobs.find((each) => each.path === knobPath(path, goroutines));
        expect(knob, `${folder} ${path}`).toBeDefined();
        for (const value of all) expect(knob && isKnobValue(knob, String(value)), `${folder} ${path} ${String(value)}`).toBe(true);
        expect(knob?.value, `${folder} ${path}`).toBe(String(all[0]));
        values += all.length;
      }
    }
  }
  expect(values).toBeGreaterThan(20);
});

test('at an open question no number is held out, as another run would answer it', () => {
  const vary = [{ path: 'gomaxprocs', title: {}, values: [1, 2] }];
  const lesson = { isAsking: false, run: 'home', opened: { lesson: { runs: { home: { vary } } } } };
  const held = new Vary(lesson as unknown as LessonStore, { isShown: false } as unknown as Experiment, new Notices());
  expect(held.all).toEqual(vary);
  lesson.isAsking = true;
  expect(held.all).toEqual([]);
});
