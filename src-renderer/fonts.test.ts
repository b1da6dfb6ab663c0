import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

function texts(folder: string, pattern: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return texts(path, pattern);
    return pattern.test(entry.name) ? [readFileSync(join(ROOT, path), 'utf8')] : [];
  });
}

test('the small fonts hold every character of the lessons, listings, pseudo-code and window texts (else: npm run fonts)', () => {
  const held = new Set(readFileSync(join(ROOT, 'assets/fonts/characters.txt'), 'utf8'));
  const used = new Set(
    [
      ...texts('assets/lessons', /\.yaml$/),
      ...texts('assets/listings', /\.s$/),
      ...texts('assets/pseudocode', /\.txt$/),
      ...texts('assets/sentences', /\.txt$/),
      ...texts('assets', /^(glossary|errata)\.yaml$/),
      ...texts('assets/words', /(?<!\.test)\.ts$/),
      ...texts('src-renderer', /(?<!\.test)\.(ts|svelte)$/),
    ].join(''),
  );
  expect([...used].filter((character) => character > '~' && !held.has(character)).join('')).toBe('');
});
