import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { glossaryModule } from './glossary.config.ts';

const PATIENCE = [fileURLToPath(new URL('src-renderer/testdata/patience.ts', import.meta.url))];

const NO_WINDOW = fileURLToPath(new URL('src-renderer/testdata/no-window.ts', import.meta.url));

const SVELTE = { configFile: fileURLToPath(new URL('svelte.config.js', import.meta.url)) };

const testFiles = (names: readonly string[]): string[] => names.map((name) => `src-renderer/${name}.test.ts`);

/** Tests that draw, or that need a document: only they pay for one. */
const DRAWN = testFiles([
  'bookmarks/bookmarks-drawn',
  'course/course-map-drawn',
  'course/course-page',
  'events/event-list',
  'experiments/experiments-drawn',
  'film/film-drawn',
  'gallery/gallery-drawn',
  'in-words/in-words-drawn',
  'inspect/inspect-drawn',
  'learners/learners-drawn',
  'lesson/activities/activity-views',
  'lesson/asking',
  'lesson/hidden-future-drawn',
  'lesson/lesson',
  'lesson/lesson-check-drawn',
  'lesson/lesson-pane',
  'machine/machine-view',
  'picture/handed-out',
  'picture/picture-drawn',
  'picture/picture-page-drawn',
  'present/present-drawn',
  'playground/playground-keys',
  'playground/playground-parts-drawn',
  'runtime-view/relation-drawn',
  'runtime-view/runtime-view',
  'scene/figures',
  'scene/pictures',
  'scene/town/town-pictures',
  'timeline/lane-canvas-drawn',
  'timeline/swatch-drawn',
  'timeline/timeline-drawn',
  'views',
  'window/cut-title',
  'window/dialogs-drawn',
  'window/drop',
  'window/keep-in-sight',
  'window/keyboard',
  'window/splitter',
  'window/tabs',
  'window/toolbar',
  'window/typed-early',
  'window/views-drawn',
]);

/** The same with modules of their own: they replace the bridge, or count what stores have kept. */
const DRAWN_ALONE = testFiles(['play/play-drawn', 'playground/playground-view', 'stores/app', 'window/app']);

/**
 * Where it is kept what files were compiled to: a component's compiling is a third of what its tests take. It is kept by each file's own text;
 * which file an import means follows from what files there are, so that other ones begin anew, and so does another way to compile.
 */
function keptCompiled(): string {
  const all = fileURLToPath(new URL('node_modules/.cache/vitest', import.meta.url));
  const folders = ['src-main', 'src-renderer', 'assets'].map((name) => fileURLToPath(new URL(name, import.meta.url)));
  const names = folders.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort());
  const mine = createHash('sha1')
    .update([...names, readFileSync(SVELTE.configFile, 'utf8')].join('\n'))
    .digest('hex');
  for (const other of existsSync(all) ? readdirSync(all) : [])
    if (other !== mine) rmSync(join(all, other), { recursive: true, force: true });
  return join(all, mine);
}

/** What is read into data is made by readers of our own (glossary.config.ts), and never kept. */
const NEVER_DATA: Plugin = {
  name: 'never-data',
  configureVitest({ experimental_defineCacheKeyGenerator: keyFrom }) {
    keyFrom(({ id }) => (id.endsWith('.yaml') ? false : ''));
  },
};

/**
 * For each project, as none inherits what is set beside them. Hooks may take as long as tests, not 10 s; and expect.poll waits a second by default,
 * in which a busy machine may not answer.
 */
const patient = (timeoutMs: number) => ({ testTimeout: timeoutMs, hookTimeout: timeoutMs, expect: { poll: { timeout: 60_000 } } });

/**
 * The test files below a folder that put something in a module's place. A worker that keeps its modules would keep those that were loaded
 * against the replacement, and give them to the next file, or give this one those of another; which files meet follows from how long each takes.
 */
function replacing(folder: string): string[] {
  const names = readdirSync(fileURLToPath(new URL(folder, import.meta.url)), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => /\bvi\.(?:mock|doMock)\(/.test(readFileSync(new URL(path, import.meta.url), 'utf8')));
}

const MAIN_ALONE = replacing('src-main');
const RENDERER_ALONE = replacing('src-renderer').filter((path) => ![...DRAWN, ...DRAWN_ALONE].includes(path));

/** Most of what tests make is soon forgotten: with more room for it less is copied from one corner of the memory to another. */
const ROOM = { execArgv: ['--max-semi-space-size=64'] };

export default defineConfig({
  test: {
    experimental: { fsModuleCache: true, fsModuleCachePath: keptCompiled() },
    // All cores, not all but one as by default: on two that would be one.
    maxWorkers: '100%',
    projects: [
      {
        plugins: [NEVER_DATA],
        test: {
          name: 'main',
          include: ['src-main/**/*.test.ts', 'assets/**/*.test.ts'],
          exclude: MAIN_ALONE,
          environment: 'node',
          // For a test that never ends. A busy machine may take minutes for one that does.
          ...patient(900_000),
          ...ROOM,
          // A worker keeps the modules that it has loaded; loading them again for each file would take a quarter of all the time. What a
          // module remembers must change no result, as in the app, where one thread plays run after run.
          isolate: false,
        },
      },
      {
        plugins: [NEVER_DATA],
        test: { name: 'main, each alone', include: MAIN_ALONE, environment: 'node', ...patient(900_000), ...ROOM },
      },
      {
        plugins: [NEVER_DATA, glossaryModule(), svelte(SVELTE), svelteTesting({ autoCleanup: false })],
        test: {
          name: 'renderer without a window, each alone',
          include: RENDERER_ALONE,
          environment: NO_WINDOW,
          ...patient(300_000),
          ...ROOM,
        },
      },
      {
        plugins: [NEVER_DATA, glossaryModule(), svelte(SVELTE), svelteTesting({ autoCleanup: false })],
        test: {
          name: 'renderer without a window',
          include: ['src-renderer/**/*.test.ts'],
          exclude: [...DRAWN, ...DRAWN_ALONE, ...RENDERER_ALONE],
          environment: NO_WINDOW,
          ...patient(300_000),
          ...ROOM,
          isolate: false,
        },
      },
      {
        plugins: [NEVER_DATA, glossaryModule(), svelte(SVELTE), svelteTesting()],
        test: { name: 'renderer', include: DRAWN, environment: 'jsdom', ...patient(300_000), isolate: false, setupFiles: PATIENCE },
      },
      {
        plugins: [NEVER_DATA, glossaryModule(), svelte(SVELTE), svelteTesting()],
        test: { name: 'renderer, each alone', include: DRAWN_ALONE, environment: 'jsdom', ...patient(300_000), setupFiles: PATIENCE },
      },
    ],
  },
});
