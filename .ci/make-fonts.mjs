/**
 * npm run fonts: one small font for each weight with just the characters that the product itself uses, so that the first picture needs two
 * files instead of some thirty. Whatever else a scenario or a lesson of one's own brings comes from the whole font.
 * Font: Noto Sans SC (SIL Open Font License 1.1).
 */
import subsetFont from 'subset-font';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const FONTS = join(ROOT, 'assets', 'fonts');

function texts(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return texts(path);
    return /\.(ts|svelte|yaml|s|txt|html)$/.test(entry.name) ? [readFileSync(join(ROOT, path), 'utf8')] : [];
  });
}

/** Everything that can be on the screen without a file of one's own; sorted. */
export function charactersUsed() {
  const all = new Set([
    ...['src-main', 'src-renderer', 'assets/lessons', 'assets/listings', 'assets/pseudocode', 'assets/sentences', 'assets/words']
      .flatMap(texts)
      .join(''),
    ...readFileSync(join(ROOT, 'assets/glossary.yaml'), 'utf8'),
    ...readFileSync(join(ROOT, 'assets/errata.yaml'), 'utf8'),
  ]);
  for (let code = 0x20; code < 0x7f; code++) all.add(String.fromCharCode(code));
  return [...all]
    .filter((character) => character >= ' ')
    .sort()
    .join('');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const characters = charactersUsed();
  for (const weight of [400, 700]) {
    const whole = readFileSync(
      join(ROOT, 'node_modules', '@fontsource', 'noto-sans-sc', 'files', `noto-sans-sc-chinese-simplified-${weight}-normal.woff2`),
    );
    const font = await subsetFont(whole, characters, { targetFormat: 'woff2' });
    writeFileSync(join(FONTS, `schedville-${weight}.woff2`), font);
    console.log(`schedville-${weight}.woff2: ${font.length} bytes`);
  }
  writeFileSync(join(FONTS, 'characters.txt'), characters);
  console.log(`${[...characters].length} characters`);
}
