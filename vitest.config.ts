import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'main', include: ['src-main/**/*.test.ts', 'assets/**/*.test.ts'], environment: 'node', testTimeout: 120_000 } },
      {
        plugins: [svelte({ configFile: fileURLToPath(new URL('svelte.config.js', import.meta.url)) }), svelteTesting()],
        test: { name: 'renderer', include: ['src-renderer/**/*.test.ts'], environment: 'jsdom', testTimeout: 30_000 },
      },
    ],
  },
});
