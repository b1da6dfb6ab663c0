/**
 * How the main process is cut into files. By what the entries share with each other it would be forty, of which a start reads thirty, each in
 * several turns; so what a start reads is two files at once and two a little later.
 */
import { normalizePath, type Plugin } from 'vite';

interface Chunks {
  plugin: Plugin;
  groups: { name: string; test: (id: string) => boolean; priority: number; includeDependenciesRecursively: false }[];
}

/**
 * `parts`: by the name that their files will have, the modules that are loaded together, in the order in which that is done. Each part is two
 * files: what the other entries, which run without Electron, use as well must not bring anything of Electron's.
 */
export function chunksOfStart(parts: Readonly<Record<string, readonly string[]>>): Chunks {
  const chunkOf = new Map<string, string>();
  return {
    plugin: {
      name: 'chunks-of-start',
      buildEnd() {
        chunkOf.clear();
        /** All that is loaded with these; `isWhole`: later, too. */
        const closure = (from: readonly string[], isWhole: boolean): Set<string> => {
          const found = new Set(from);
          for (const id of found) {
            const info = this.getModuleInfo(id);
            for (const next of info?.importedIds ?? []) found.add(next);
            if (isWhole) for (const next of info?.dynamicallyImportedIds ?? []) found.add(next);
          }
          return found;
        };
        const own = Object.values(parts).flat().map(normalizePath);
        const entries = [...this.getModuleIds()].filter(
          (id) => this.getModuleInfo(id)?.isEntry === true && !own.includes(normalizePath(id)),
        );
        const elsewhere = closure(entries, true);
        for (const [name, modules] of Object.entries(parts))
          for (const id of closure(modules.map(normalizePath), false))
            // Where the program begins, files are named by where they lie.
            if (!chunkOf.has(id) && this.getModuleInfo(id)?.isEntry !== true) chunkOf.set(id, elsewhere.has(id) ? `${name}-shared` : name);
      },
    },
    groups: Object.keys(parts).flatMap((part) =>
      [part, `${part}-shared`].map((name) => ({
        name,
        test: (id: string) => chunkOf.get(id) === name,
        priority: 1,
        includeDependenciesRecursively: false as const,
      })),
    ),
  };
}
