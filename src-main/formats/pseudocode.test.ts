import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { faultText } from './fault';
import { type Pseudocode, readPseudocode } from './pseudocode';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'assets/pseudocode');

/** Go's release whose files the line numbers of a version are taken from. */
const RELEASES: Record<string, string> = { '1.14': '1.14.1' };

type FunctionLines = Record<string, Record<string, [number, number]>>;

const versions = readdirSync(FOLDER);

function textsOf(version: string): Record<string, string> {
  const files = readdirSync(join(FOLDER, version)).map((file) => [`${version}/${file}`, readFileSync(join(FOLDER, version, file), 'utf8')]);
  return Object.fromEntries(files) as Record<string, string>;
}

const faults = (text: string): string[] => readPseudocode({ 'a.txt': text }).faults.map((fault) => faultText(fault, 'en'));

test('there is pseudo-code for 1.14', () => {
  expect(versions).toContain('1.14');
});

describe.each(versions)('the pseudo-code of Go %s', (version) => {
  const read = readPseudocode(textsOf(version));
  const functions: Pseudocode[] = [...read.functions.values()];
  const known = JSON.parse(
    readFileSync(join(ROOT, `src-main/model/testdata/go${RELEASES[version] ?? version}-functions.json`), 'utf8'),
  ) as FunctionLines;

  test('has no faults', () => {
    expect(read.faults.map((fault) => faultText(fault, 'en'))).toEqual([]);
    expect(functions.length).toBeGreaterThan(70);
  });

  test.each(functions.map((each) => [each.fn, each] as const))(
    '%s: its lines lie in Go’s functions and run downwards',
    (_, { file, lines }) => {
      const last = new Map<string, number>();
      for (const { at, code, line, within } of lines) {
        if (line === null) continue;
        const range = known[file]?.[within];
        expect(range, `${file} ${within} is not in the table of functions: run src-main/cli/compare/go-functions.mjs`).toBeDefined();
        const [first = 0, end = 0] = range ?? [];
        expect(line >= first && line <= end, `${at || code}: ${line} is outside of ${within}, ${first}–${end}`).toBe(true);
        expect(line, `${at || code} stands before the line above it`).toBeGreaterThanOrEqual(last.get(within) ?? 0);
        last.set(within, line);
      }
    },
  );

  test('documents print a function from top to bottom, and the ways in and out most of all', () => {
    const outOfOrder = functions.flatMap(({ fn, lines }) => {
      const last = new Map<string, number>();
      return lines.flatMap(({ at, within, printed }) =>
        printed.flatMap(({ document, line }) => {
          const place = `${document} ${within}`;
          const isAbove = line <= (last.get(place) ?? 0);
          last.set(place, line);
          return isAbove ? [`${fn}/${at}: ${document}:${line}`] : [];
        }),
      );
    });
    expect(outOfOrder).toEqual([]);
    const printedIn = (fn: string, at: string): string[] =>
      (read.functions.get(fn)?.lines.find((line) => line.at === at)?.printed ?? []).map(({ document, line }) => `${document}:${line}`);
    expect(printedIn('reentersyscall', 'psyscall')).toEqual(['000:120', '001:285', '002:49', '003:162', '004:193']);
    expect(printedIn('stopm', 'mput')).toEqual(['004:308']);
    expect(printedIn('schedule', 'top')).toEqual([]);
  });

  test('few rows are the model’s own', () => {
    const ours = functions.flatMap(({ fn, lines }) => lines.filter(({ line }) => line === null).map(({ at }) => `${fn}/${at}`));
    expect(ours).toEqual(['gc/stopped']);
  });

  test('every row says what it is for, but labels', () => {
    const silent = functions.flatMap(({ fn, lines }) => lines.filter(({ zh }) => zh === '').map(({ code }) => `${fn}/${code}`));
    expect(silent.filter((each) => !/\/\w+:$/.test(each))).toEqual([]);
  });

  test('speaks of Go, not of the village', () => {
    const village = /房子|孩子|家长|孤儿院|养老院|更夫|小板凳|钥匙|打猎|\b(house|child|children|parent|orphanage|watchman|key|hunt\w*)\b/;
    const said = functions.flatMap(({ fn, lines }) => lines.map(({ at, zh, en }) => `${fn}/${at}: ${zh} ${en}`));
    expect(said.filter((each) => village.test(each))).toEqual([]);
  });
});

describe('a line of pseudo-code', () => {
  test('is read', () => {
    const { functions } = readPseudocode({
      'a.txt': '# why\n== f runtime/a.go\ntop ¦ 12, 000:3, 003:14 ¦ ..x = 1 ¦ 甲 ¦ a\n ¦ g:7 ¦ y() ¦ ¦\nown ¦ – ¦ z ¦ ¦\n',
    });
    expect(functions.get('f')).toEqual({
      fn: 'f',
      file: 'runtime/a.go',
      lines: [
        {
          at: 'top',
          line: 12,
          within: 'f',
          code: 'x = 1',
          indent: 2,
          printed: [
            { document: '000', line: 3 },
            { document: '003', line: 14 },
          ],
          zh: '甲',
          en: 'a',
        },
        { at: '', line: 7, within: 'g', code: 'y()', indent: 0, printed: [], zh: '', en: '' },
        { at: 'own', line: null, within: 'f', code: 'z', indent: 0, printed: [], zh: '', en: '' },
      ],
    });
  });

  test.each([
    ['== f', 'a.txt:1:1: expected a heading “== function file”, such as == schedule runtime/proc.go, found “== f”'],
    ['top ¦ 1 ¦ x ¦ ¦', 'a.txt:1:1: there is no heading (== function file) before this row'],
    [
      '== f a.go\ntop ¦ 1 ¦ x',
      'a.txt:2:1: a row is at ¦ line of Go’s file ¦ code, then a text for each of zh, en, separated by ¦; found 3 columns',
    ],
    [
      '== f a.go\ntop ¦ 0 ¦ x ¦ ¦',
      'a.txt:2:1: the second column is a line of Go’s file (2466), “function:line” inside another function (mcommoninit:616), or – where Go has none; found “0”',
    ],
    [
      '== f a.go\ntop ¦ 1, 3:14 ¦ x ¦ ¦',
      'a.txt:2:1: after Go’s line come lines of documents, such as 003:162 (document 003, line 162); found “3:14”',
    ],
    ['== f a.go\ntop ¦ 1 ¦ .. ¦ ¦', 'a.txt:2:1: the third column (code) is empty'],
    ['== f a.go\ntop ¦ 1 ¦ x ¦ ¦ why', 'a.txt:2:1: explain a row in every language or in none; this one has en but not zh'],
    ['== f a.go\ntop ¦ 1 ¦ x ¦ ¦\ntop ¦ 2 ¦ y ¦ ¦', 'a.txt:3:1: f already has a row called top'],
    ['== f a.go\ntop ¦ 1 ¦ x ¦ ¦\n== f b.go\ntop ¦ 1 ¦ x ¦ ¦', 'a.txt:3:1: function f is already declared at a.txt:1'],
    ['== f a.go', 'a.txt:1:1: function f has no rows; add some or remove the heading'],
  ])('that is wrong is reported: %s', (text, message) => {
    expect(faults(text)).toEqual([message]);
  });
});
