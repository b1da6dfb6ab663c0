/** For tests: which file imports which, the circles in that, and what a file brings along. */
import { importsOf, targetOf } from './imports-of';

/** The files that each file imports, types included unless only values are asked for: all that are among the files themselves. */
export function graphOf(texts: ReadonlyMap<string, string>, isOfValues = false): Map<string, string[]> {
  const found = (target: string): string[] =>
    [target, `${target}.ts`, `${target}.svelte`, `${target}/index.ts`].filter((name) => texts.has(name)).slice(0, 1);
  return new Map(
    [...texts].map(([file, text]) => [
      file,
      importsOf(file, text).flatMap(({ from, isType }) =>
        from?.startsWith('.') && !(isOfValues && isType) ? found(targetOf(file, from)) : [],
      ),
    ]),
  );
}

/** The first circle that is found, as the way round it; null: there is none. */
export function circleIn(graph: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (file: string): string[] | null => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return null;
    way.push(file);
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next);
      if (circle) return circle;
    }
    way.pop();
    done.add(file);
    return null;
  };
  for (const file of graph.keys()) {
    const circle = visit(file);
    if (circle) return circle;
  }
  return null;
}

/** Everything that a file loads, by way of whatever it imports, now or later. */
export function loadedBy(file: string, graph: ReadonlyMap<string, readonly string[]>, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const next of graph.get(file) ?? []) loadedBy(next, graph, seen);
  return seen;
}
