/**
 * What an architecture is stands in model/asm/arch: nobody else asks for its name. A file that does is on the list with its reason; an entry
 * that is not needed any more fails.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { ARCH_NAMES } from './model/asm/arch/index';

const ROOT = resolve(import.meta.dirname, '..');

/** Files or folders that may name one, and why. */
const MAY: Record<string, string> = {
  'src-main/model/asm/arch': 'the architectures themselves',
  'src-main/model/kernel/numbers': 'the tables of the calls’ numbers, one for each',
  'src-main/cli/compare': 'real assemblers and kernels are asked, each for what it is',
  'src-main/cli/bench/spin.ts': 'a program written for one of them',
  'src-renderer/playground/samples.ts': 'programs written for each of them',
};

const isName = (text: string): boolean => ARCH_NAMES.some((arch) => text === arch || text.startsWith(`${arch}/`));

/** Where a file names an architecture: as a string, a member, a key or a type. */
function namesIn(file: string, text: string): string[] {
  const scripts = [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script = '']) => script);
  const markup = text.replace(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, '');
  const code = file.endsWith('.svelte') ? scripts.join(';\n') : text;
  const found = file.endsWith('.svelte')
    ? [...markup.matchAll(/[.'"`](\w+64)\b/g)].flatMap(([, word = '']) => (isName(word) ? [word] : []))
    : [];
  const visit = (node: ts.Node): void => {
    if ((ts.isStringLiteralLike(node) || ts.isIdentifier(node)) && isName(node.text)) found.push(node.text);
    if (ts.isTemplateHead(node) && isName(node.text)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true));
  return found;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'testdata' ? [] : filesBelow(path);
    return /\.(ts|svelte)$/.test(entry.name) && !entry.name.endsWith('.test.ts') ? [relative(ROOT, path)] : [];
  });
}

const naming = [...filesBelow(join(ROOT, 'src-main')), ...filesBelow(join(ROOT, 'src-renderer'))].filter(
  (file) => namesIn(file, readFileSync(join(ROOT, file), 'utf8')).length > 0,
);
const lies = (file: string, below: string): boolean => file === below || file.startsWith(`${below}/`);

test('no file outside of arch/ asks which architecture it is', () => {
  expect(naming.filter((file) => !Object.keys(MAY).some((each) => lies(file, each)))).toEqual([]);
});

test.each(Object.keys(MAY))('%s is on the list because it names one', (each) => {
  expect(naming.some((file) => lies(file, each))).toBe(true);
});

test.each([
  ['x.ts', "const sp = arch === 'amd64' ? 'SP' : 'RSP';"],
  ['x.ts', "if (routine.arch !== 'arm64') return;"],
  ['x.ts', 'const EVENT = { amd64: 12, arm64: 16 };'],
  ['x.ts', 'const nr = info.arm64;'],
  ['x.ts', "type Arch = 'amd64' | 'arm64';"],
  ['x.ts', 'switch (arch) { case `arm64`: break; }'],
  ['x.ts', "const own = listings['amd64/runtime.s'];"],
  ['x.ts', 'const own = listings[`amd64/${file}`];'],
  ['x.svelte', '<script lang="ts">const isArm = arch === \'arm64\';</script>'],
  ['x.svelte', "{#if arch === 'amd64'}<p>AX</p>{/if}"],
  ['x.svelte', '<p class="piece {piece.verdict.amd64}"></p>'],
])('in %s, this is seen: %s', (file, code) => {
  expect(namesIn(file, code)).not.toEqual([]);
});

test.each([
  ['x.ts', "/** amd64: CALL pushes. */ // 'arm64'\nconst header = 'asm_amd64.h';"],
  ['x.svelte', '<p>amd64 and arm64</p>'],
])('in %s, this may be: %s', (file, code) => {
  expect(namesIn(file, code)).toEqual([]);
});
