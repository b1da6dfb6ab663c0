import { Blob, Face, Font } from 'harfbuzzjs';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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

/** It brings no types. */
const subsetFont = createRequire(import.meta.url)('subset-font') as (
  font: Buffer,
  characters: string,
  wish: { targetFormat: 'truetype' },
) => Promise<Buffer>;

const ALL = readFileSync(join(ROOT, 'assets/fonts/characters.txt'), 'utf8');

/** One of the product's fonts, unpacked. */
const faceOf = async (name: string): Promise<Face> => {
  const packed = readFileSync(join(ROOT, `assets/fonts/schedville-${name}.woff2`));
  return new Face(new Blob(await subsetFont(packed, ALL, { targetFormat: 'truetype' })));
};

/** The borders of Pinyin's initials (palette/): compared with, and never on the screen. */
const NEVER_SHOWN = [...'昃妸拏妑呥屲帀'].sort().join('');

/** The characters that some of the product's fonts have. */
async function heldBy(...names: string[]): Promise<Set<string>> {
  const codes = (await Promise.all(names.map(faceOf))).flatMap((face) => [...face.collectUnicodes()]);
  return new Set(codes.map((code) => String.fromCodePoint(code)));
}

test('the small fonts hold every character of the lessons, listings, pseudo-code and window texts (else: npm run fonts)', async () => {
  const held = new Set(ALL);
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
  // No system is asked for a character that its own fonts might lack, or draw in another way.
  for (const weight of ['400', '700']) {
    const drawn = await heldBy(weight, 'signs');
    expect(
      [...used]
        .filter((character) => character >= ' ' && !drawn.has(character))
        .sort()
        .join(''),
      weight,
    ).toBe(NEVER_SHOWN);
  }
});

test.each(['mono-400', 'mono-700'])('%s has what code is written in, each letter as wide as any other', async (name) => {
  const held = await heldBy(name);
  for (let code = 0x20; code < 0x7f; code++) expect(held).toContain(String.fromCharCode(code));
  for (const sign of '·←→…✓✗─│') expect(held).toContain(sign);
  const font = new Font(await faceOf(name));
  const widths = [...'il1|.WM@→─'].map((sign) => font.glyphHAdvance(font.nominalGlyph(sign.codePointAt(0) ?? 0) ?? 0));
  expect([new Set(widths).size, widths[0]]).toEqual([1, expect.any(Number)]);
  expect(widths[0]).toBeGreaterThan(0);
});
