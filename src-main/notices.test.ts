/** The licences of what the build takes in: every package by its text, the fonts too. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FONT_LICENCES, INSIDE, noticeOf, noticesOf, packageFolder } from '../notices.config';

const ROOT = join(import.meta.dirname, '..');
const moduleOf = (path: string): string => join(ROOT, 'node_modules', path);

test('a module belongs to its package, the innermost; ours to none', () => {
  expect(packageFolder('/a/node_modules/svelte/src/index.js?x')).toBe('/a/node_modules/svelte');
  expect(packageFolder('/a/node_modules/b/node_modules/@c/d/e.js')).toBe('/a/node_modules/b/node_modules/@c/d');
  expect(packageFolder('C:\\a\\node_modules\\zod\\mini.js')).toBe('C:/a/node_modules/zod');
  expect(packageFolder('/a/src-main/index.ts')).toBeNull();
});

test('every package of a bundle is in it once, and the fonts with their owner and whole licence', () => {
  const ids = ['svelte/src/a.js', 'svelte/src/b.js', 'd3-scale/src/index.js', 'zod/mini/index.js', 'yaml/dist/index.js'].map(moduleOf);
  const text = noticesOf({ a: { type: 'chunk', moduleIds: [...ids, '/a/ours.ts'] }, b: { type: 'asset' } }, FONT_LICENCES);
  for (const name of ['svelte', 'd3-scale', 'zod', 'yaml'])
    expect(text.match(new RegExp(`^${name} \\d[\\d.]* \\((MIT|ISC)\\)$`, 'gm')), name).toHaveLength(1);
  expect(text).toContain('Permission to use, copy, modify');
  expect(text).toContain("Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'");
  expect(text).toContain('PERMISSION & CONDITIONS');
  expect(text).toContain('Bitstream Vera Fonts Copyright');
  expect(noticesOf({}, [])).toBe('');
});

test('what a package has taken into its own file is in it, too', () => {
  const text = noticesOf({ a: { type: 'chunk', moduleIds: [moduleOf('jszip/dist/jszip.min.js')] } }, []);
  for (const name of ['jszip', ...(INSIDE.jszip ?? [])]) expect(text, name).toMatch(new RegExp(`^${name} \\d`, 'm'));
  // Its file names them where it joins its modules; of readable-stream it has a stub of its own.
  const file = readFileSync(moduleOf('jszip/dist/jszip.min.js'), 'utf8');
  const joined = [...file.matchAll(/[{,]"?([a-z][a-z-]*)"?:\d+(?=[,}][^\]]*\}?\])/g)].map(([, name]) => name ?? '');
  const packages = [...new Set(joined)].filter((name) => existsSync(moduleOf(name)) && name !== 'readable-stream');
  expect(packages.length).toBeGreaterThan(1);
  expect(INSIDE.jszip).toEqual(expect.arrayContaining(packages));
});

/** Source files of what is shipped: neither tests nor tools of a checkout. */
function shipped(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['testdata', 'cli', 'fuzz'].includes(entry.name) ? [] : shipped(path);
    return /\.(ts|svelte)$/.test(entry.name) && !entry.name.endsWith('.test.ts') ? [path] : [];
  });
}

test('every package that the program imports brings a licence that may be passed on', () => {
  const named = ['src-main', 'src-renderer']
    .flatMap(shipped)
    .flatMap((path) => [
      ...readFileSync(join(ROOT, path), 'utf8').matchAll(
        /^\s*(?:import|export) (?!type)[^;'"]*?(?:from )?'([^.'][^']*)'|import\('([^.'][^']*)'\)/gm,
      ),
    ])
    .map(([, from, loaded]) => /^(@[^/]+\/)?[^/]+/.exec(from ?? loaded ?? '')?.[0] ?? '')
    .filter((name) => name !== '' && name !== 'electron' && existsSync(moduleOf(join(name, 'package.json'))));
  const packages = [...new Set(named)];
  expect(packages).toEqual(expect.arrayContaining(['svelte', 'zod', 'yaml', 'pptxgenjs', '@codemirror/view', 'd3-zoom']));
  for (const name of packages) expect(noticeOf(moduleOf(name)).split('\n')[0]).toMatch(/\((MIT|ISC|OFL-1\.1|BSD-3-Clause|MPL-2\.0)\)$/);
});

test('whoever gets something under the Mozilla licence is told where its source is', () => {
  expect(noticeOf(moduleOf('mediabunny'))).toMatch(/^mediabunny ([\d.]+) \(MPL-2\.0\)\n\n.*npmjs\.com\/package\/mediabunny\/v\/\1\n/);
});

test.each([
  ['OFL.txt', '@fontsource/noto-sans-sc', 2],
  ['DejaVu.txt', 'dejavu-fonts-ttf', 0],
])('the text of %s is the one that %s brings', (name, from, headLines) => {
  const theirs = readFileSync(moduleOf(`${from}/LICENSE`), 'utf8')
    .split('\n')
    .slice(headLines)
    .join('\n');
  const ours = FONT_LICENCES.find((each) => each.endsWith(name)) ?? '';
  expect(readFileSync(ours, 'utf8')).toContain(theirs.trim());
});

test('what brings no text ends the build', () => {
  const folder = mkdtempSync(join(tmpdir(), 'schedville-notices-'));
  try {
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'package.json'), '{"name":"bare","version":"1.0.0","license":"MIT"}');
    expect(() => noticeOf(folder)).toThrow('brings no text of its licence');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
