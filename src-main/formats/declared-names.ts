/** Names that operations use of what a scenario file declares, and what is said of one that is not there, or is something else. */
import { fill } from '../../assets/words/index';
import type { Declares } from '../model/operations/operation';
import type { Node, YamlSource } from './yaml-source';

/** What may have a name in a file, by the key under which it stands. */
export type Named = Declares | 'files';

/** All the names of a file; a kind that has not been read yet has none. */
export type Names = Readonly<Record<Named, ReadonlySet<string>>>;

/** Which of the names under `lists` stands there, in `what`; a fault with its reason where it is none of them. */
export function declaredName(
  source: YamlSource,
  node: Node | null,
  what: string,
  names: Names,
  lists: readonly [Declares, ...Declares[]],
): string | null {
  const name = source.text(node, what);
  if (name === null || lists.some((list) => names[list].has(name))) return name;
  const known = lists.flatMap((list) => [...names[list]]);
  const [wanted] = lists;
  const found = (Object.keys(names) as Named[]).find((kind) => names[kind].has(name));
  // Whoever has declared it has not misspelt it: no likely word then.
  if (found)
    source.fault(node, (_, { otherKind, isKind, wantsKind }) =>
      fill(otherKind, { name, is: isKind[found], what, wants: wantsKind[wanted] }),
    );
  else
    source.fault(
      node,
      (_, { undeclared }) => fill(undeclared[wanted], { name }),
      calledSo(source, name, known) ?? source.nearest(name, known),
    );
  return name;
}

/** Which of the goroutines `known` the cast calls so: whoever thinks in the village's words writes the child's name. */
function calledSo({ json }: YamlSource, name: string, known: readonly string[]): string | null {
  const below = (value: unknown, key: string): unknown =>
    value !== null && typeof value === 'object' ? (value as Readonly<Record<string, unknown>>)[key] : null;
  const children = below(below(json, 'cast'), 'G');
  return known.find((each) => below(children, each) === name) ?? null;
}
