/**
 * npm run fonts: small fonts with just the characters that the product itself uses, so that the first picture needs a few files instead of
 * some thirty, and asks no system for its own. Whatever else a scenario or a lesson of one's own brings comes from the whole font.
 * Text: Noto Sans SC (SIL Open Font License 1.1), in two weights. The signs that it lacks, and code, where each letter is as wide as any other:
 * DejaVu Sans and DejaVu Sans Mono (the licence of Bitstream Vera).
 */
import { Blob, Face } from 'harfbuzzjs';
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

const whole = (name) => readFileSync(join(ROOT, 'node_modules', name));
const dejavu = (name) => whole(`dejavu-fonts-ttf/ttf/${name}.ttf`);

/** Of these characters those that the font has, or those that it has not. */
function heldBy(font, characters, isWanted = true) {
  const held = new Set(new Face(new Blob(font)).collectUnicodes());
  return [...characters].filter((each) => held.has(each.codePointAt(0)) === isWanted).join('');
}

async function write(name, font, characters) {
  const small = await subsetFont(font, characters, { targetFormat: 'woff2' });
  writeFileSync(join(FONTS, `${name}.woff2`), small);
  console.log(`${name}.woff2: ${[...characters].length} characters, ${small.length} bytes`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const characters = charactersUsed();
  const chinese = (weight) => whole(`@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-${weight}-normal.woff2`);
  for (const weight of [400, 700]) await write(`schedville-${weight}`, chinese(weight), characters);
  const lacking = heldBy(await subsetFont(chinese(400), characters, { targetFormat: 'truetype' }), characters, false);
  const signs = dejavu('DejaVuSans');
  await write('schedville-signs', signs, heldBy(signs, lacking));
  for (const [weight, name] of [
    [400, 'DejaVuSansMono'],
    [700, 'DejaVuSansMono-Bold'],
  ])
    await write(`schedville-mono-${weight}`, dejavu(name), heldBy(dejavu(name), characters));
  writeFileSync(join(FONTS, 'characters.txt'), characters);
}
