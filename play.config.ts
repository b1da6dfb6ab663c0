/**
 * The program of pages that play, as one script and one style sheet in out/player: src-renderer/play with the app's views and stores. It is
 * built with the main process, which puts it into each page that it writes.
 */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { resolve } from 'node:path';
import { build, normalizePath, type Plugin } from 'vite';
import { glossaryModule } from './glossary.config.ts';
import { FONT_LICENCES, thirdPartyNotices } from './notices.config.ts';

const root = import.meta.dirname;
const BRIDGE = normalizePath(resolve(root, 'src-renderer/bridge.ts'));
const OFFLINE = resolve(root, 'src-renderer/play/offline-bridge.ts');

/** Browsers of 2022 and later. */
const TARGET = ['chrome103', 'firefox102', 'safari16'];

/** There is no other side: the page answers itself. */
function offlineBridge(): Plugin {
  return {
    name: 'offline-bridge',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (!/(^|\/)bridge$/.test(source)) return null;
      const found = await this.resolve(source, importer, { ...options, skipSelf: true });
      return found && normalizePath(found.id) === BRIDGE ? OFFLINE : null;
    },
  };
}

let isBuilt = false;

/** Once for each build, and once for npm run dev. */
export function playProgram(): { name: string; closeBundle: () => Promise<void> } {
  return {
    name: 'play-program',
    async closeBundle() {
      if (isBuilt) return;
      isBuilt = true;
      await build({
        configFile: false,
        root,
        logLevel: 'warn',
        define: { 'process.env.NODE_ENV': '"production"' },
        plugins: [
          offlineBridge(),
          glossaryModule(),
          svelte({ configFile: resolve(root, 'svelte.config.js') }),
          thirdPartyNotices(FONT_LICENCES),
        ],
        build: {
          outDir: resolve(root, 'out/player'),
          emptyOutDir: true,
          target: TARGET,
          minify: true,
          // The letters are in the style sheet.
          assetsInlineLimit: Number.MAX_SAFE_INTEGER,
          lib: {
            entry: resolve(root, 'src-renderer/play/main.ts'),
            formats: ['iife'],
            name: 'schedvillePlay',
            fileName: () => 'player.js',
            cssFileName: 'player',
          },
        },
      });
    },
  };
}
