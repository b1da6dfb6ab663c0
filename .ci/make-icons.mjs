/**
 * npm run icons: the icon of assets/icon/schedville.svg in the forms that the systems want: PNGs in their sizes for Linux, one .ico for
 * Windows, one .icns for macOS. The two are containers of the same PNGs. Needs rsvg-convert (Debian: librsvg2-bin).
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = join(dirname(dirname(fileURLToPath(import.meta.url))), 'assets', 'icon');

export const PNG_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];
/** The kinds of an .icns that hold PNGs, with their size in pixels: 32 at 1x is icp5, 16 at 2x is ic11, and so on. */
const ICNS_KINDS = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
];

const pngPath = (size) => join(FOLDER, `${size}x${size}.png`);

/** Head, a row of 16 bytes for each picture, the pictures. A side of 256 is written as 0. */
export function icoOf(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let at = head.length;
  for (const [i, { size, png }] of pictures.entries()) {
    const row = 6 + 16 * i;
    head.writeUInt8(size % 256, row);
    head.writeUInt8(size % 256, row + 1);
    head.writeUInt16LE(1, row + 4);
    head.writeUInt16LE(32, row + 6);
    head.writeUInt32LE(png.length, row + 8);
    head.writeUInt32LE(at, row + 12);
    at += png.length;
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** Kind, length with this head, picture; and the same around all of them. */
export function icnsOf(pictures) {
  const block = (kind, body) => {
    const head = Buffer.alloc(8);
    head.write(kind, 'latin1');
    head.writeUInt32BE(8 + body.length, 4);
    return Buffer.concat([head, body]);
  };
  return block('icns', Buffer.concat(pictures.map(({ kind, png }) => block(kind, png))));
}

export const icoPictures = () => ICO_SIZES.map((size) => ({ size, png: readFileSync(pngPath(size)) }));
export const icnsPictures = () => ICNS_KINDS.map(([kind, size]) => ({ kind, png: readFileSync(pngPath(size)) }));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const size of PNG_SIZES) {
    const made = spawnSync('rsvg-convert', ['-w', size, '-h', size, '-o', pngPath(size), join(FOLDER, 'schedville.svg')], {
      stdio: 'inherit',
    });
    if (made.status !== 0) throw new Error('rsvg-convert is missing or failed (Debian: librsvg2-bin)');
  }
  writeFileSync(join(FOLDER, 'schedville.ico'), icoOf(icoPictures()));
  writeFileSync(join(FOLDER, 'schedville.icns'), icnsOf(icnsPictures()));
}
