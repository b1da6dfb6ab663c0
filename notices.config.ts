import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The licences of the product's own fonts (npm run fonts). */
export const FONT_LICENCES = ['OFL.txt', 'DejaVu.txt'].map((name) => join(import.meta.dirname, 'assets/fonts', name));

/** Where the texts of the licences of what is bundled lie, in each part of the build. */
export const NOTICES = 'third-party-notices.txt';

interface Chunk {
  type: string;
  moduleIds?: readonly string[];
}

interface Emitting {
  emitFile: (file: { type: 'asset'; fileName: string; source: string }) => unknown;
}

/** Packages whose file for browsers has others' packages in it, which no module of the bundle is named after. */
export const INSIDE: Readonly<Record<string, readonly string[]>> = { jszip: ['immediate', 'lie', 'pako', 'setimmediate'] };

/** The folder of the package that a module belongs to; null: it is ours. */
export function packageFolder(id: string): string | null {
  const path = id.replaceAll('\\', '/').replace(/^\0/, '').replace(/\?.*$/, '');
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? null;
}

/** A package's name, version, licence and the whole text of it. Throws where it brings no text: nobody may pass it on then. */
export function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const file = readdirSync(folder).find((each) => /^(licen[cs]e|copying)(\.\w+)?$/i.test(each));
  if (file === undefined) throw new Error(`${folder} is bundled, and brings no text of its licence`);
  // The Mozilla licence wants everybody who gets the program to be told where the source is.
  const source =
    license === 'MPL-2.0' ? `Its source, unchanged here: https://www.npmjs.com/package/${String(name)}/v/${String(version)}\n\n` : '';
  return `${String(name)} ${String(version)} (${String(license)})\n\n${source}${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}

/** The text for everything in a bundle; `fonts`: the licences of the fonts that lie beside it. */
export function noticesOf(bundle: Readonly<Record<string, Chunk>>, fonts: readonly string[]): string {
  const ids = Object.values(bundle).flatMap(({ moduleIds = [] }) => moduleIds);
  const folders = new Set(ids.map(packageFolder).filter((each) => each !== null && existsSync(join(each, 'package.json'))));
  for (const folder of [...folders])
    for (const name of INSIDE[basename(folder ?? '')] ?? []) folders.add(join(dirname(folder ?? ''), name));
  const notices = [...folders].sort().map((folder) => noticeOf(folder ?? ''));
  for (const each of fonts) notices.push(readFileSync(each, 'utf8'));
  return notices.join(`\n${'-'.repeat(80)}\n\n`);
}

/** Writes the licences of what one part of the build has taken in beside it. */
export function thirdPartyNotices(fonts: readonly string[] = []): {
  name: string;
  generateBundle: (this: Emitting, options: unknown, bundle: Readonly<Record<string, Chunk>>) => void;
} {
  return {
    name: 'third-party-notices',
    generateBundle(_options, bundle) {
      const source = noticesOf(bundle, fonts);
      if (source !== '') this.emitFile({ type: 'asset', fileName: NOTICES, source });
    },
  };
}
