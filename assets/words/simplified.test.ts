/** The window's list of what is simplified, the model's comments and the documentation say the same. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AREAS, SIMPLIFIED } from './simplified';

const ROOT = join(import.meta.dirname, '..', '..');
const MODEL = join(ROOT, 'src-main', 'model');

test('every file of the model that simplifies something is in the list, and no other', () => {
  const files = readdirSync(MODEL, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  );
  const simplifying = files
    .filter((file) => readFileSync(join(MODEL, file), 'utf8').includes('Simplified:'))
    .map((file) => file.replaceAll('\\', '/'));
  expect([...new Set(SIMPLIFIED.flatMap(({ files: named }) => named))].sort()).toEqual(simplifying.sort());
});

test('the documentation’s table is the list', () => {
  const readme = readFileSync(join(ROOT, 'src-main', 'README.md'), 'utf8');
  const rows = SIMPLIFIED.map(({ area, files, en }) => `| ${area} | ${en} | ${files.map((file) => `\`model/${file}\``).join(', ')} |`);
  expect(readme).toContain(`| about | here | where |\n| --- | --- | --- |\n${rows.join('\n')}\n`);
});

test('each area has something, in the order of the areas', () => {
  expect([...new Set(SIMPLIFIED.map(({ area }) => area))]).toEqual(AREAS);
});
