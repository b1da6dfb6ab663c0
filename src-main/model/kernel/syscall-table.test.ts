/** The rows of all families together, and that nothing else lists system calls by name. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { ARCH_NAMES } from '../asm/arch/index';
import { NUMBERS } from './numbers/index';
import { FAMILIES, SYSCALLS, syscallByName, syscallByNumber } from './syscall-table';

const ROOT = resolve(import.meta.dirname, '../../..');

describe('rows', () => {
  test('each call is one row of one family', () => {
    const names = Object.values(FAMILIES).flatMap((family) => family.map(({ name }) => name));
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    expect(SYSCALLS).toHaveLength(names.length);
  });

  test.each(ARCH_NAMES)('every name that has a number on %s has a row', (arch) => {
    expect(Object.keys(NUMBERS[arch]).filter((name) => !syscallByName(name))).toEqual([]);
  });

  test('every family is joined, and has a test of its own', () => {
    const files = readdirSync(join(import.meta.dirname, 'calls'));
    const families = files.filter((file) => !file.endsWith('.test.ts')).map((file) => file.replace('.ts', ''));
    expect(families.sort()).toEqual(Object.keys(FAMILIES).sort());
    for (const family of families) expect(files).toContain(`${family}.test.ts`);
  });

  test.each(['amd64', 'arm64'] as const)('no number is given twice on %s, and each leads back to its call', (arch) => {
    const numbered = SYSCALLS.filter(({ nr }) => nr[arch] !== null);
    expect(new Set(numbered.map(({ nr }) => nr[arch])).size).toBe(numbered.length);
    for (const { name, nr } of numbered) expect(syscallByNumber(nr[arch] ?? -1, arch)?.name).toBe(name);
  });

  test('parameters are read as C declares them', () => {
    expect(syscallByName('pread64')?.args).toEqual([
      { name: 'fd', type: 'unsigned int' },
      { name: 'buf', type: 'char *' },
      { name: 'count', type: 'size_t' },
      { name: 'offset', type: 'loff_t' },
    ]);
    expect(syscallByName('getpid')).toMatchObject({ args: [], argc: 0 });
    expect(syscallByName('shmget')).toMatchObject({ args: [], argc: 6 });
  });

  test.each(SYSCALLS)('$name is complete', ({ name, nr, args, argc, print, handler, waitsOn, example }) => {
    expect(name).toMatch(/^_?[a-z][a-z0-9_]*$/);
    expect(nr.amd64 ?? nr.arm64).not.toBeNull();
    for (const parameter of args) {
      expect(parameter.name).toMatch(/^\w+$/);
      expect(parameter.type).toMatch(/^(const |unsigned |struct )*\w+( \*| \*const \*)?$/);
    }
    expect(argc).toBeLessThanOrEqual(6);
    expect(print.length > 0).toBe(argc > 0);
    if (waitsOn) expect(handler, 'only the modelled kernel lets a call wait').toBeDefined();
    if (example) expect(example).toHaveLength(argc);
  });
});

/** Where three or more calls are named next to each other outside of the families, and why they may be. */
const ALLOWED: Readonly<Record<string, string>> = {
  'src-main/model/runtime/vdso.ts': 'the clocks that Go reads in the vDSO, without a call',
  'src-main/model/asm/call-paths.ts': 'Go’s functions above package syscall’s wrapper, which its version decides and not the kernel',
};

/** The families themselves, and their numbers; and the judge, whose themes choose calls and which knows of each what of its outcome is the machine’s own. */
const OWN_LISTS = ['src-main/model/kernel/calls/', 'src-main/model/kernel/numbers/', 'src-main/cli/compare/kernel/'];

const names = new Set<string>(SYSCALLS.map(({ name }) => name));

/** The text of a property’s name, of an element or of a case, if it is written down. */
function written(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node) || ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node) || ts.isMethodDeclaration(node)) return written(node.name);
  if (ts.isCaseClause(node)) return written(node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements[0] && ts.isStringLiteralLike(node.elements[0]) ? node.elements[0].text : null;
  if (ts.isObjectLiteralExpression(node)) {
    const name = node.properties.find((each) => ts.isPropertyAssignment(each) && written(each.name) === 'name');
    return name && ts.isPropertyAssignment(name) && ts.isStringLiteralLike(name.initializer) ? name.initializer.text : null;
  }
  return null;
}

/** What stands side by side in a node: keys of an object, elements of an array, cases of a switch, words of a text, members of a type. */
function sideBySide(node: ts.Node): readonly (string | null)[] {
  if (ts.isObjectLiteralExpression(node)) return node.properties.map(written);
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(written);
  if (ts.isCaseBlock(node)) return node.clauses.map(written);
  if (ts.isUnionTypeNode(node)) return node.types.map((type) => (ts.isLiteralTypeNode(type) ? written(type.literal) : null));
  return ts.isStringLiteralLike(node) ? node.text.split(/[\s,]+/) : [];
}

/** Lists in which at least three calls are named, and hardly anything else: `read`, `open` and `time` are words as well. */
function listsIn(text: string): string[] {
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    const listed = sideBySide(node);
    const calls = new Set(listed.filter((each) => each !== null && names.has(each)));
    if (calls.size >= 3 && calls.size * 3 >= listed.length * 2) found.push([...calls].join(' '));
    ts.forEachChild(node, look);
  };
  // Most files are not worth reading as code.
  if (new Set(text.match(/\w+/g)?.filter((word) => names.has(word))).size >= 3)
    look(ts.createSourceFile('any.ts', text, ts.ScriptTarget.Latest));
  return found;
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|svelte)$/.test(entry.name) && !entry.name.endsWith('.test.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes('testdata/') && !OWN_LISTS.some((folder) => file.startsWith(folder)));
}

describe('no other list of calls', () => {
  const files = ['src-main', 'src-renderer'].flatMap(filesBelow);

  test('in the code', () => {
    const lists = files.flatMap((file) => {
      const text = readFileSync(join(ROOT, file), 'utf8');
      const scripts = file.endsWith('.svelte')
        ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script = '']) => script).join(';\n')
        : text;
      return listsIn(scripts).map((list) => [file, list] as const);
    });
    expect(files.length).toBeGreaterThan(100);
    expect(lists.filter(([file]) => ALLOWED[file] === undefined)).toEqual([]);
    // Who needs no exception any more has none.
    expect([...new Set(lists.map(([file]) => file))].sort()).toEqual(Object.keys(ALLOWED).sort());
  });

  test.each([
    ['handlers by name', 'const CALLS = { read, write, pread64, lstat: stat };'],
    ['printers by name', 'const ROWS = { read: [at(0, int)], write: [at(0, int)], pread64: [] };'],
    ['a set', `const WAITS = new Set(['read', 'write', 'sendto', 'recvfrom']);`],
    ['words of a text', `const NEVER = new Set('nanosleep epoll_wait poll ppoll'.split(' '));`],
    ['rows as arrays', `const ROWS = [['read', 0, 63], ['write', 1, 64], ['open', 2, null]];`],
    ['rows as objects', `const ROWS = [{ name: 'read', nr: 0 }, { name: 'write', nr: 1 }, { name: 'open', nr: 2 }];`],
    ['pairs', `const BY_NAME = new Map([['read', 1], ['write', 2], ['close', 3]]);`],
    ['a switch', `switch (name) { case 'read': case 'write': return 1; case 'close': return 2; default: return 0; }`],
    ['a type', `type Name = 'read' | 'write' | 'close';`],
  ])('%s would be seen', (_, code) => {
    expect(listsIn(code)).toHaveLength(1);
  });

  test.each([
    ['words that happen to be calls', `const WORDS = 'the time to open the door, to read and to write';`],
    ['a few among others', `const METHODS = { open, close, read, next, seen, done, wake };`],
  ])('%s are no list', (_, code) => {
    expect(listsIn(code)).toEqual([]);
  });
});
