/** Which folder may import from which, and that the model is pure. The compiler's zones say the rest (src-main/model/tsconfig.json). */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** Folder of the importing file to what it may import: files (without ending) or folders of the project, and packages. The longest match rules. */
const MAY: Record<string, { from: string[]; packages: RegExp | null }> = {
  'src-main/model/trace': { from: ['src-main/model/trace', 'src-main/model/state', 'src-main/model/queue-versions'], packages: null },
  'src-main/model': { from: ['src-main/model'], packages: null },
  'src-main/formats': { from: ['src-main/formats', 'src-main/model'], packages: /^yaml$/ },
  'src-main/contract': { from: ['src-main/contract', 'src-main/formats', 'src-main/model'], packages: null },
  'src-main/app': { from: ['src-main/app', 'src-main/model', 'src-main/formats', 'src-main/contract'], packages: /^node:/ },
  'src-main/cli': { from: ['src-main/cli', 'src-main/app', 'src-main/model', 'src-main/formats', 'src-main/contract', 'package.json'], packages: /^node:/ },
  'src-main/shell': { from: ['src-main/shell', 'src-main/app', 'src-main/contract', 'src-main/formats', 'src-main/model'], packages: /^(node:|electron$|zod\/mini$)/ },
  'src-main/shell/preload': { from: ['src-main/contract/requests', 'src-main/shell/request-names'], packages: /^electron$/ },
  'src-main/index': { from: ['src-main/app', 'src-main/shell'], packages: /^(node:|electron$)/ },
  'src-renderer': { from: ['src-renderer', 'src-main/contract/index'], packages: /^(svelte|d3(-[a-z]+)?|@fontsource-variable)(\/|$)/ },
};

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return /\.(ts|svelte)$/.test(entry.name) && !/\.test\.ts$/.test(entry.name) && !path.includes('testdata') ? [path] : [];
  });
}

const files = [...filesBelow('src-main'), ...filesBelow('src-renderer')];

/** Every module that a text names: imports and exports with or without `from`, `import()` and `import.meta.glob`. */
function importsOf(text: string): { from: string; isType: boolean }[] {
  const code = text.replace(/^\s*(\/\*\*?|\*|\/\/).*$/gm, '');
  return [
    ...code.matchAll(/\b(?:import|export)\s+(type\s)?[^'";()]*?\bfrom\s*['"]([^'"]+)['"]/g),
    ...code.matchAll(/\bimport\s*(type\s)?['"]([^'"]+)['"]/g),
    ...code.matchAll(/\bimport(?:\.meta\.glob)?\s*(type\s)?\(\s*['"]([^'"]+)['"]/g),
  ].map((found) => ({ from: found[2] ?? '', isType: found[1] !== undefined }));
}

const lies = (path: string, below: string): boolean => path === below || path.startsWith(`${below}/`);

function ruleOf(file: string): { from: string[]; packages: RegExp | null } {
  const [best] = Object.keys(MAY).filter((each) => lies(file, each)).sort((a, b) => b.length - a.length);
  const rule = MAY[best ?? ''];
  if (!rule) throw new Error(`${file} is in no layer`);
  return rule;
}

/** What `file` imports and may not, in words. */
function trespasses(file: string, text: string): string[] {
  const name = file.replace(/(\.svelte)?\.(ts|svelte)$/, '');
  const rule = ruleOf(name);
  return importsOf(text).flatMap(({ from }) => {
    if (!from.startsWith('.')) return rule.packages?.test(from) ? [] : [`${file} imports the package ${from}`];
    const target = relative(ROOT, resolve(ROOT, dirname(file), from));
    return rule.from.some((each) => lies(target, each)) ? [] : [`${file} imports ${target}`];
  });
}

test('there is something to look at', () => {
  expect(files.length).toBeGreaterThan(60);
});

test.each(files)('%s imports only what its layer may', (file) => {
  expect(trespasses(file, readFileSync(join(ROOT, file), 'utf8'))).toEqual([]);
});

test.each([
  ['src-main/model/agenda.ts', `import { readFileSync } from 'node:fs';`],
  ['src-main/model/agenda.ts', `import {\n  findAssets,\n} from '../app/asset-folder';`],
  ['src-main/model/trace/replay.ts', `import type { Recorder } from '../recorder';`],
  ['src-main/model/trace/replay.ts', `import { more } from '../state-and-more';`],
  ['src-main/formats/fault.ts', `export { Player } from '../app/player';`],
  ['src-main/app/player.ts', `const window = await import('../shell/window');`],
  ['src-main/app/player.ts', `import 'electron';`],
  ['src-main/shell/preload.ts', `import { makeHandlers } from './handlers';`],
  ['src-main/shell/menu.ts', `import { app } from '../index';`],
  ['src-renderer/App.svelte', `import { simulate } from '../src-main/model/simulate';`],
  ['src-renderer/App.svelte', `import fs from 'fs';`],
])('in %s, this is seen: %s', (file, code) => {
  expect(trespasses(file, code)).toHaveLength(1);
});

test('the preload takes only types of the requests', () => {
  const imports = importsOf(readFileSync(join(ROOT, 'src-main/shell/preload.ts'), 'utf8'));
  for (const { from, isType } of imports) expect(isType || from !== '../contract/requests', from).toBe(true);
});

test('only bridge.ts touches what the preload exposes', () => {
  for (const file of files.filter((each) => each.startsWith('src-renderer/') && each !== 'src-renderer/bridge.ts')) {
    expect(readFileSync(join(ROOT, file), 'utf8'), file).not.toContain('window.schedville');
  }
});

test.each(files.filter((file) => file.startsWith('src-main/model/')))('%s asks nobody for time or chance', (file) => {
  const code = readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  expect(code).not.toMatch(/Math\.random|Date\.|new Date|performance\.|process\.|setTimeout|setInterval|setImmediate|globalThis|require\(/);
});
