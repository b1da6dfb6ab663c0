/** For tests: the files of the product, and what each of them imports, as the compiler reads it. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

export const ROOT = resolve(import.meta.dirname, '../../..');

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return /\.(ts|svelte)$/.test(entry.name) && !/\.test\.ts$/.test(entry.name) && !path.includes('testdata') ? [path] : [];
  });
}

/** Paths below ROOT: neither tests nor what only tests use. */
export const files = [...filesBelow('src-main'), ...filesBelow('src-renderer'), ...filesBelow('assets/words')];

export const textIn = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** The path of a file that `file` imports by a relative path, without its ending. */
export const targetOf = (file: string, from: string): string => relative(ROOT, resolve(ROOT, dirname(file), from));

export const lies = (path: string, below: string): boolean => path === below || path.startsWith(`${below}/`);

export const withoutEnding = (file: string): string => file.replace(/(\.svelte)?\.(ts|svelte)$/, '');

/** By file and text: each is asked several questions, and parsed once. */
const trees = new Map<string, ts.SourceFile>();

/** The file as the compiler reads it: of a component its scripts, and whatever its markup imports. */
export function treeOf(file: string, text: string): ts.SourceFile {
  const key = `${file}\n${text}`;
  const tree = trees.get(key) ?? parsedTree(file, text);
  trees.set(key, tree);
  return tree;
}

function parsedTree(file: string, text: string): ts.SourceFile {
  const scripts = [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script = '']) => script);
  const inMarkup = text.replace(/<script[^>]*>[\s\S]*?<\/script>/g, '').match(/\bimport\s*\([^)]*\)/g) ?? [];
  const code = file.endsWith('.svelte') ? [...scripts, ...inMarkup].join(';\n') : text;
  return ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
}

export function nodesBelow(node: ts.Node, nodes: ts.Node[] = []): ts.Node[] {
  nodes.push(node);
  ts.forEachChild(node, (child) => {
    nodesBelow(child, nodes);
  });
  return nodes;
}

export interface Import {
  /** The module's name; null: worked out while the program runs, which nobody can check. */
  from: string | null;
  isType: boolean;
}

const textOf = (node: ts.Node | undefined): string | null => (node && ts.isStringLiteralLike(node) ? node.text : null);

/** Whoever has one of these in hand may load anything by it. */
const DOORS = new Set(['require', 'createRequire', 'getBuiltinModule', 'dlopen', '_load']);
/** Of these, what is called by its name names what it loads. */
const TELLING = new Set(['require', 'getBuiltinModule']);

/** The name of what an expression says last: `a.b`, `a['b']`, `b`. */
function lastName(node: ts.Expression): string | null {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isElementAccessExpression(node)) return textOf(node.argumentExpression);
  return ts.isIdentifier(node) ? node.text : null;
}

/** What a call imports: import(), import.meta.glob(), and the calls of doors that tell it. */
function calledImport({ expression, arguments: [named] }: ts.CallExpression): Import[] {
  const isImport = expression.kind === ts.SyntaxKind.ImportKeyword || /^import\.meta\.glob/.test(expression.getText());
  return isImport || TELLING.has(lastName(expression) ?? '') ? [{ from: textOf(named), isType: false }] : [];
}

/** A door that is named, and not called on the spot with what it loads: from then on nobody can tell. */
function isDoor(node: ts.Node): boolean {
  if (!(ts.isIdentifier(node) || ts.isStringLiteralLike(node)) || !DOORS.has(node.text)) return false;
  const { parent } = node;
  const isMember =
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isElementAccessExpression(parent) && parent.argumentExpression === node);
  // A word in a list, the name of a flag or of a field of one's own.
  if (ts.isStringLiteralLike(node) && !isMember && !ts.isBindingElement(parent)) return false;
  if ((ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) && parent.name === node) return false;
  const said = isMember ? parent : node;
  return !(TELLING.has(node.text) && ts.isCallExpression(said.parent) && said.parent.expression === said);
}

function importsIn(node: ts.Node): Import[] {
  if (ts.isImportDeclaration(node)) return [{ from: textOf(node.moduleSpecifier), isType: node.importClause?.isTypeOnly ?? false }];
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) return [{ from: textOf(node.moduleSpecifier), isType: node.isTypeOnly }];
  if (ts.isExternalModuleReference(node)) return [{ from: textOf(node.expression), isType: false }];
  if (ts.isImportTypeNode(node))
    return [{ from: ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : null, isType: true }];
  if (isDoor(node)) return [{ from: null, isType: false }];
  return ts.isCallExpression(node) ? calledImport(node) : [];
}

/** Of each tree once: the same files are asked about in several ways. */
const known = new WeakMap<ts.SourceFile, Import[]>();

export function importsOf(file: string, text: string): Import[] {
  const tree = treeOf(file, text);
  const imports = known.get(tree) ?? nodesBelow(tree).flatMap(importsIn);
  known.set(tree, imports);
  return imports;
}
