/**
 * `import glossary from '…/assets/glossary.yaml'`, and the gallery's files likewise, for the build and the tests: what the product's own
 * readers read. A fault ends the build, with its file and line; and the window gets plain data instead of a YAML parser that would have to be
 * loaded at every start.
 */
import { relative, resolve } from 'node:path';
import { normalizePath, type Plugin, runnerImport } from 'vite';
import type * as Reader from './src-main/formats/glossary-module';

const root = import.meta.dirname;
const FORMATS = resolve(root, 'src-main/formats');

/** Which files are read by what. */
const READERS: readonly [file: RegExp, reader: string][] = [
  [/^assets\/glossary\.yaml$/, 'glossary-module.ts'],
  [/^assets\/gallery\/[\w-]+\.yaml$/, 'gallery-module.ts'],
];

/** What is read of it when somebody first asks for it; `this` is the object then. */
const laterOn = (key: string, value: unknown): string => {
  const name = JSON.stringify(key);
  return `get ${name}() { return own(this, ${name}, JSON.parse(${JSON.stringify(JSON.stringify(value))})); }`;
};

/**
 * What all texts of a language come to, as data in the built file: read as that it takes a tenth of what the same does as a program. Each part
 * is read when it is asked for: a start shows one language, and of that little.
 */
export function wordsModule(): Plugin {
  return {
    name: 'words',
    enforce: 'pre',
    apply: 'build',
    async transform(_text, id) {
      if (!/^assets\/words\/(zh|en)\.ts$/.test(normalizePath(relative(root, id)))) return null;
      const { module, dependencies } = await runnerImport<{ default: object }>(id);
      for (const each of dependencies) this.addWatchFile(resolve(root, each));
      const parts = Object.entries(module.default).map(([key, value]) => laterOn(key, value));
      const own = 'const own = (of, name, value) => (Object.defineProperty(of, name, { value, enumerable: true }), value);';
      return { code: `${own}\nexport default { ${parts.join(', ')} };`, map: null, moduleType: 'js' };
    },
  };
}

export function glossaryModule(): Plugin {
  return {
    name: 'glossary',
    enforce: 'pre',
    async transform(text, id) {
      const file = normalizePath(relative(root, id));
      const [, reader] = READERS.find(([pattern]) => pattern.test(file)) ?? [];
      if (reader === undefined) return null;
      const { module } = await runnerImport<typeof Reader>(resolve(FORMATS, reader));
      return { code: module.moduleOf(text, file), map: null, moduleType: 'js' };
    },
  };
}
