/** SECURITY.md says which line fulfils each point of Electron's checklist, and which test shows it: both are there. And what must be nowhere is nowhere. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const page = read('SECURITY.md');

/** `file`: `code` */
const PLACE = /^`([^`]+)`: `(.+)`$/;
const rows = page
  .split('\n')
  .filter((line) => /^\| \d+ \|/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()));

test('all twenty points are answered', () => {
  expect(rows.map(([n]) => Number(n))).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
});

describe.each(rows)('point %s, %s', (_n, _point, fulfilled, shown) => {
  test.each([fulfilled, shown])('%s', (place) => {
    const [, file, code] = PLACE.exec(place ?? '') ?? [];
    expect(file, place).toBeDefined();
    expect(read(file ?? ''), file).toContain(code);
  });
});

/** Rows of the table below the heading, without its head; the last cell names tests. */
const faults = (page.split('## What may befall it')[1] ?? '')
  .split('\n## ')[0]!
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2)
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()));

test('what may befall the program is told, and each thing has tests', () => {
  expect(faults.length).toBeGreaterThan(15);
  for (const [what = '', happens = '', shown = ''] of faults) {
    expect(happens, what).not.toBe('');
    for (const place of shown.split('; ')) {
      const [, file, code] = PLACE.exec(place) ?? [];
      expect(file, `${what}: ${place}`).toBeDefined();
      expect(read(file ?? ''), `${what}: ${place}`).toContain(code);
    }
  }
});

test('every file that is named is there', () => {
  const named = [...page.matchAll(/`((?:src-main|src-renderer|e2e|\.ci)\/[\w./-]+\.\w+)`/g)].map(([, path]) => path ?? '');
  expect(named.length).toBeGreaterThan(20);
  for (const path of named) expect(() => read(path), path).not.toThrow();
});

function sourcesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'testdata' ? [] : sourcesBelow(path);
    return /\.(ts|svelte)$/.test(entry.name) && !entry.name.endsWith('.test.ts') ? [path] : [];
  });
}

/** Judges of the model and the bench run in a checkout only. */
const sources = [...sourcesBelow('src-main'), ...sourcesBelow('src-renderer')]
  .filter((path) => !path.startsWith(join('src-main', 'cli')))
  .map((path) => ({ path, text: read(path) }));

/** The files in which it is found. */
const having = (what: RegExp, all = sources): string[] => all.filter(({ text }) => what.test(text)).map(({ path }) => path);

const OPEN =
  /nodeIntegration(InWorker|InSubFrames)?: true|contextIsolation: false|sandbox: false|webSecurity: false|allowRunningInsecureContent: true|experimentalFeatures: true|enableBlinkFeatures|webviewTag: true/;
const WINDOW = /new (BrowserWindow|BrowserView|WebContentsView|BaseWindow)\(/;
const AS_MARKUP = /\{@html|\.(inner|outer)HTML\s*=|insertAdjacentHTML|document\.write|new Function\(|\beval\(|createContextualFragment/;
const HANDED_OVER =
  /shell\.open|openExternal|autoUpdater|crashReporter|from 'node:(http|https|http2|net|dgram|dns|tls)'|net\.request|net\.fetch/;

test('nothing of what keeps the page shut is switched off anywhere', () => {
  expect(having(OPEN)).toEqual([]);
});

test('every window is made by the guard', () => {
  expect(having(WINDOW)).toEqual([join('src-main', 'shell', 'guard.ts')]);
  expect(read('src-main/shell/guard.ts').match(new RegExp(WINDOW, 'g'))).toHaveLength(1);
  expect(read('src-main/shell/guard.ts')).toContain('new BrowserWindow({ ...options, webPreferences: shut(webPreferences) })');
});

test('no text is ever taken for markup or code', () => {
  expect(having(AS_MARKUP)).toEqual([]);
});

test('nothing is handed to the system or to the network', () => {
  expect(having(HANDED_OVER)).toEqual([]);
});

test.each([
  [OPEN, 'sandbox: false'],
  [OPEN, 'nodeIntegrationInSubFrames: true'],
  [WINDOW, 'const window = new BrowserWindow({'],
  [AS_MARKUP, 'node.innerHTML = text'],
  [AS_MARKUP, '{@html text}'],
  [HANDED_OVER, "import { request } from 'node:https';"],
  [HANDED_OVER, 'shell.openExternal(url)'],
])('%s would be found in %j', (what, text) => {
  expect(having(what, [{ path: 'x', text }])).toEqual(['x']);
});
