/**
 * The page's fonts as they are used: without the packing of WOFF2, which each start would undo again before its first picture (8 ms, and twice as
 * long where the machine has something else to do). Twice as many bytes lie in the package; what is put into other files stays packed.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

/** It brings no types. */
const subsetFont = createRequire(import.meta.url)('subset-font') as (
  font: Buffer,
  characters: string,
  wish: { targetFormat: 'truetype' },
) => Promise<Buffer>;

const FONTS = resolve(import.meta.dirname, 'assets/fonts');
const PACKED = /\bassets\/schedville-[\w-]+\.woff2$/;

/** Each in the style sheet, and ahead in the page. */
const FONTS_OF_PAGE = 5;

/** Where the page names a font: in the style sheet, with how it is packed, and in the page, with its type. */
const NAMED = [
  [/(schedville-[\w-]+)\.woff2("?\)\s*format\(["']?)woff2/g, '$1.ttf$2truetype'],
  [/type="font\/woff2"([^>]*schedville-[\w-]+)\.woff2/g, 'type="font/ttf"$1.ttf'],
] as const;

export function unpackedFonts(): Plugin {
  return {
    name: 'unpacked-fonts',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const characters = readFileSync(resolve(FONTS, 'characters.txt'), 'utf8');
        let named = 0;
        for (const file of Object.values(bundle)) {
          if (file.type !== 'asset') continue;
          if (PACKED.test(file.fileName)) {
            const source = await subsetFont(Buffer.from(file.source), characters, { targetFormat: 'truetype' });
            this.emitFile({ type: 'asset', fileName: file.fileName.replace(/woff2$/, 'ttf'), source });
          } else if (/\.(css|html)$/.test(file.fileName)) {
            let text = Buffer.from(file.source).toString();
            for (const [pattern, plain] of NAMED) {
              named += text.match(pattern)?.length ?? 0;
              text = text.replace(pattern, plain);
            }
            file.source = text;
          }
        }
        if (named !== 2 * FONTS_OF_PAGE) this.error(`the page names ${named} packed fonts instead of ${2 * FONTS_OF_PAGE}`);
      },
    },
  };
}
