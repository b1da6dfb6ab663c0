/**
 * `import glossary from '…/assets/glossary.yaml'` for the build and the tests: what the product's own reader reads. A fault ends the build,
 * with its file and line; and the window gets plain data instead of a YAML parser that would have to be loaded at every start.
 */
import { resolve } from 'node:path';
import { normalizePath, type Plugin, runnerImport } from 'vite';
import type * as Reader from './src-main/formats/glossary-module';

const FILE = normalizePath(resolve(import.meta.dirname, 'assets/glossary.yaml'));
const READER = resolve(import.meta.dirname, 'src-main/formats/glossary-module.ts');

export function glossaryModule(): Plugin {
  return {
    name: 'glossary',
    enforce: 'pre',
    async transform(text, id) {
      if (id !== FILE) return null;
      const { module } = await runnerImport<typeof Reader>(READER);
      return { code: module.moduleOf(text, 'assets/glossary.yaml'), map: null, moduleType: 'js' };
    },
  };
}
