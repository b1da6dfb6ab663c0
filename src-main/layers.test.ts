/** Which folder may import from which, and that the model is pure. The compiler's zones say the rest (src-main/model/tsconfig.json). */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** Folder of the importing file to what it may import: folders of the project, and packages. */
const MAY: Record<string, { folders: string[]; packages: RegExp | null }> = {
  'src-main/model/trace': { folders: ['src-main/model/trace', 'src-main/model/state'], packages: null },
  'src-main/model': { folders: ['src-main/model'], packages: null },
  'src-main/formats': { folders: ['src-main/formats', 'src-main/model'], packages: /^yaml$/ },
  'src-main/contract': { folders: ['src-main/contract', 'src-main/formats', 'src-main/model'], packages: null },
  'src-main/app': { folders: ['src-main/app', 'src-main/model', 'src-main/formats', 'src-main/contract'], packages: /^node:/ },
  'src-main/cli': { folders: ['src-main/cli', 'src-main/app', 'src-main/model', 'src-main/formats', 'src-main/contract', 'package.json'], packages: /^node:/ },
  'src-main/shell': { folders: ['src-main'], packages: /^(node:|electron$|zod\/mini$)/ },
  'src-main': { folders: ['src-main'], packages: /^(node:|electron$)/ },
  'src-renderer': { folders: ['src-renderer', 'src-main/contract/index'], packages: /^(svelte|d3|@fontsource-variable\/)/ },
};

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return /\.(ts|svelte)$/.test(entry.name) && !/\.test\.ts$/.test(entry.name) && !path.includes('testdata') ? [path] : [];
  });
}

const files = [...filesBelow('src-main'), ...filesBelow('src-renderer')];

function importsOf(file: string): { from: string; isType: boolean }[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const statements = [
    ...text.matchAll(/^\s*import\s+(type\s)?(?:[\w$*{},\s]+?\sfrom\s+)?['"]([^'"]+)['"]/gm),
    ...text.matchAll(/^\s*export\s+(type\s)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s+from\s+['"]([^'"]+)['"]/gm),
  ];
  return statements.map((found) => ({ from: found[2] ?? '', isType: found[1] !== undefined }));
}

function ruleOf(file: string): { folders: string[]; packages: RegExp | null } {
  const folder = Object.keys(MAY).find((each) => file.startsWith(`${each}/`));
  const rule = MAY[folder ?? ''];
  if (!rule) throw new Error(`${file} is in no layer`);
  return rule;
}

test('there is something to look at', () => {
  expect(files.length).toBeGreaterThan(60);
});

test.each(files)('%s imports only what its layer may', (file) => {
  const rule = ruleOf(file);
  for (const { from } of importsOf(file)) {
    if (!from.startsWith('.')) {
      expect(rule.packages?.test(from) ?? false, `${file} imports the package ${from}`).toBe(true);
      continue;
    }
    const target = relative(ROOT, resolve(ROOT, dirname(file), from));
    expect(
      rule.folders.some((folder) => target === folder || target.startsWith(`${folder}/`) || target.startsWith(folder)),
      `${file} imports ${target}`,
    ).toBe(true);
  }
});

test('the preload knows the requests only', () => {
  for (const { from, isType } of importsOf('src-main/shell/preload.ts')) expect(from === 'electron' || from === './request-names' || (isType && from === '../contract/requests'), from).toBe(true);
});

test('only bridge.ts touches what the preload exposes', () => {
  for (const file of files.filter((each) => each.startsWith('src-renderer/') && each !== 'src-renderer/bridge.ts')) {
    expect(readFileSync(join(ROOT, file), 'utf8'), file).not.toContain('window.schedville');
  }
});

test.each(files.filter((file) => file.startsWith('src-main/model/') && !file.endsWith('bench.ts')))('%s asks nobody for time or chance', (file) => {
  const code = readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  expect(code).not.toMatch(/Math\.random|Date\.|new Date|performance\.|process\.|setTimeout|setInterval|setImmediate|globalThis|require\(/);
});

test('imports between folders that must not meet are seen at all', () => {
  expect(importsOf('src-main/model/simulate.ts').length).toBeGreaterThan(5);
});
