/**
 * What is code in a lesson's prose is marked, and nothing else is: looked for by the names that the model itself uses. A name that is also
 * a word of English is left to the author.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Lesson, parseLesson } from '../formats/lesson';
import { readPseudocode } from '../formats/pseudocode';
import { ARCH_NAMES, ARCHS } from '../model/asm/arch/index';
import { mnemonicsOf } from '../model/asm/instructions';
import { playListing } from '../model/run/playground';
import { LANGUAGES, type Text } from '../model/words';
import { findAssets, loadTables } from './asset-folder';

const assets = findAssets(import.meta.dirname);
const tables = loadTables(assets);
const folders = readdirSync(join(assets, 'lessons'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
const lessons = folders.map(({ name: folder }): Lesson => {
  const file = join(assets, 'lessons', folder, 'lesson.yaml');
  const read = parseLesson(readFileSync(file, 'utf8'), file, tables);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.lesson;
});

/** Names of the model's that English has too, and those of threads, processors and goroutines (M0, P0, G1), which prose says as they are. */
const ENGLISH =
  'main execute schedule start stop exit read write open close yield wait send recv lock unlock sleep ready timers Do id status locks next name park state spinning block blocked frames goid kind pc ok and or add sub not system kernel stack flags dead'.split(
    ' ',
  );
const INSTANCE = /^[MPG]\d*$/;

function fieldNames(): string[] {
  const played = playListing({ arch: 'amd64', source: 'TEXT ·f(SB),4,$0-0\nRET\n', entry: 'syscall.f', args: [], returns: null });
  if (!played.ok) throw new Error('the listing has faults');
  const { G, M, P, sched } = played.value.first;
  return [...Object.values(G), ...Object.values(M), ...Object.values(P), sched].flatMap((row) => Object.keys(row));
}

function functionNames(): string[] {
  const folder = join(assets, 'pseudocode', '1.14');
  const files = Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  return [...readPseudocode(files).functions.keys()];
}

const names = new Set(
  [...functionNames(), ...fieldNames(), ...ARCH_NAMES.flatMap((arch) => [...ARCHS[arch].registers, ...mnemonicsOf(arch)])].filter(
    (name) => !ENGLISH.includes(name) && !INSTANCE.test(name) && name.length > 1,
  ),
);

/** 0xff…, _Psyscall, m.oldp, throwsplit=false, p.syscalltick++, execute(G1, false): code by its look. */
const LOOKS_LIKE_CODE = /0x[0-9a-f]+|\b_[GP][a-z]+|\b(?!e\.g|i\.e)[A-Za-z]\w*\.[A-Za-z_]\w*|\w\+\+|[A-Za-z]\w*=\w|[A-Za-z]\w*\([A-Z]/g;

/** The code in a text that no backticks mark. */
function unmarked(text: string): string[] {
  return text.split('`').flatMap((part, i) => {
    if (i % 2 === 1) return [];
    // An ASCII word may touch Chinese on either side.
    const words = part.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? [];
    return [...words.filter((word) => names.has(word)), ...(part.match(LOOKS_LIKE_CODE) ?? [])];
  });
}

/** Prose and where it stands. */
type Prose = [where: string, text: Text];

const ofErrata: Prose[] = [...tables.errata.values()].flatMap(({ id, places, verdict }) =>
  [verdict, ...places.flatMap(({ words }) => words ?? [])].map((text): Prose => [id, text]),
);

function proseOf({ goals, steps }: Lesson): Prose[] {
  return [
    ...goals.map((goal): Prose => ['goals', goal]),
    ...steps.flatMap(({ id, story, technical, ask }) =>
      [story, technical, ...(ask ? [ask.question, ...ask.choices, ask.because] : [])].map((text): Prose => [id, text]),
    ),
  ];
}

const codeIn = (text: string): string[] => text.split('`').filter((_, i) => i % 2 === 1);

const texts = new Map([...lessons.map((lesson) => [lesson.id, proseOf(lesson)] as const), ['errata', ofErrata]]);

describe.each([...texts])('%s', (_, prose) => {
  test('all that is code is marked', () => {
    const found = prose.flatMap(([where, text]) =>
      LANGUAGES.flatMap((language) => unmarked(text[language] ?? '').map((word) => `${where} ${language}: ${word}`)),
    );
    expect(found).toEqual([]);
  });

  test('what is marked is code, and has no word of Chinese in it', () => {
    const marked = prose.flatMap(([, text]) => LANGUAGES.flatMap((language) => codeIn(text[language] ?? '')));
    expect(marked.length).toBeGreaterThan(50);
    for (const code of marked) {
      expect(code).not.toMatch(/[\u4e00-\u9fff，。：；“”]|^\s|\s$/);
      expect(code.split(' ').length, code).toBeLessThan(7);
      expect(code).not.toMatch(INSTANCE);
    }
  });

  test('most of what one language marks the other marks too', () => {
    for (const [where, text] of prose) {
      const [zh, en] = [new Set(codeIn(text.zh)), new Set(codeIn(text.en))];
      const missing = [...zh].filter((code) => ![...en].some((other) => other.includes(code) || code.includes(other)));
      expect(missing.length, `${where}: ${missing.join(', ')}`).toBeLessThanOrEqual(3);
    }
  });
});

test('the search finds what is not marked', () => {
  expect(unmarked('The value in AX goes to m.oldp; `AX` is marked. 这里是syscalltick。')).toEqual(['AX', 'oldp', 'm.oldp', 'syscalltick']);
  expect(unmarked('throwsplit=false, _Psyscall, 0xff; e.g. M0 and G1')).toEqual(['throwsplit', 'throwsplit=f', '_Psyscall', '0xff']);
});
