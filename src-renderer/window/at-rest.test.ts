/** A page that nobody uses does not wake the machine: what `npm run bench -- "window: idle"` counts has one cause that a text can show. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(svelte|css|html)$/.test(file) && !file.includes('testdata'))
  .map((file) => [file, readFileSync(join(ROOT, file), 'utf8')] as const);

/** What makes Chromium decode a bitmap into the page. While there is one it looks every two seconds whether it may put it away. */
const BITMAP = /<img\b|\burl\(['"]?(?!['"]|#|[^)]*\.woff2)|\bimage-set\(/;

test('no component and no style sheet shows a bitmap', () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.filter(([, text]) => BITMAP.test(text)).map(([file]) => file)).toEqual([]);
});

test('neither does a field of Chromium’s own', () => {
  const css = readFileSync(join(import.meta.dirname, 'app.css'), 'utf8');
  expect(sources.some(([, text]) => text.includes('type="search"'))).toBe(true);
  expect(css).toMatch(/^input\[type='search'\]::-webkit-search-cancel-button \{\n {2}appearance: none;/m);
});
