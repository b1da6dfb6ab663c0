import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { resolve } from 'node:path';
import { chunksOfStart } from './chunks.config.ts';
import { unpackedFonts } from './fonts.config.ts';
import { glossaryModule, wordsModule } from './glossary.config.ts';
import { FONT_LICENCES, thirdPartyNotices } from './notices.config.ts';
import { playProgram } from './play.config.ts';

const root = import.meta.dirname;

/** One build that runs in the pinned Electron and in the stand-in (Electron 33). */
const NODE = 'node20.18';
const CHROME = 'chrome130';

/** Fewer bytes to read at the start; names stay as they are, so that an error in the log can be followed. */
const WITHOUT_BLANKS = { mangle: false, compress: false, codegen: { removeWhitespace: true } };

const start = chunksOfStart({
  start: [resolve(root, 'src-main/index.ts')],
  answers: [resolve(root, 'src-main/shell/served.ts')],
});

export default defineConfig({
  main: {
    plugins: [wordsModule(), thirdPartyNotices(), playProgram(), start.plugin],
    resolve: {
      alias: [
        // Its file for browsers has all that it needs in it; the other one brings ten small packages, not all of them with their licence.
        { find: /^jszip$/, replacement: resolve(root, 'node_modules/jszip/dist/jszip.min.js') },
        // Its file for Node makes a `require` of its own, as the built chunks do; what only that one has is workers.
        { find: /^fflate$/, replacement: 'fflate/browser' },
      ],
    },
    build: {
      outDir: 'out/main',
      target: NODE,
      rolldownOptions: {
        // The bench alone uses it, where the project's packages are.
        external: ['@playwright/test'],
        output: { codeSplitting: { groups: start.groups }, minify: WITHOUT_BLANKS },
        input: {
          index: resolve(root, 'src-main/index.ts'),
          'player-thread': resolve(root, 'src-main/app/player-thread.ts'),
          prepare: resolve(root, 'src-main/cli/prepare.ts'),
          sim: resolve(root, 'src-main/cli/sim.ts'),
          bench: resolve(root, 'src-main/cli/bench/bench.ts'),
          compare: resolve(root, 'src-main/cli/compare/compare.ts'),
        },
      },
    },
  },
  preload: {
    plugins: [thirdPartyNotices()],
    build: {
      outDir: 'out/preload',
      target: NODE,
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: resolve(root, 'src-main/shell/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', minify: WITHOUT_BLANKS },
      },
    },
  },
  renderer: {
    root: resolve(root, 'src-renderer'),
    plugins: [
      glossaryModule(),
      wordsModule(),
      svelte({ configFile: resolve(root, 'svelte.config.js') }),
      thirdPartyNotices(FONT_LICENCES),
      unpackedFonts(),
    ],
    build: {
      outDir: resolve(root, 'out/renderer'),
      target: CHROME,
      minify: true,
      // Small fonts as data: URLs would be refused by the page's policy.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { index: resolve(root, 'src-renderer/index.html') },
        // What the first picture needs in one file: by what they share with later parts they would be forty.
        output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } },
      },
    },
  },
});
