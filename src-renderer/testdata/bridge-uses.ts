/** For tests: what a file asks of the main process, found in its syntax: by what it imports or is given, not by how that is called there. */
import { parse } from 'svelte/compiler';

export interface BridgeUses {
  /** Requests that are sent, by name. */
  sent: ReadonlySet<string>;
  /** Sends the request of whatever export is asked for. */
  isOfExports: boolean;
}

interface Node {
  type: string;
  [key: string]: unknown;
}

/** The module that gives the bridge, as it is imported, and the type of what a store is given instead. */
const [MODULE, TYPE] = [/\/bridge$/, 'Bridge'];

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Goes through a tree; the ancestors of a node, the nearest last. */
function walk(node: Node, see: (node: Node, above: readonly Node[]) => void, above: readonly Node[] = []): void {
  see(node, above);
  const inside = [...above, node];
  for (const value of Object.values(node))
    for (const each of Array.isArray(value) ? value : [value]) if (isNode(each)) walk(each, see, inside);
}

const nameOf = (node: unknown): string => (isNode(node) && node.type === 'Identifier' ? String(node.name) : '');

/** Names one of some types anywhere in it; the type of one request of the bridge is none. */
function names(tree: Node, types: ReadonlySet<string>): boolean {
  let isThere = false;
  walk(tree, (node, above) => {
    isThere ||= types.has(nameOf(node)) && !above.some(({ type }) => type === 'TSIndexedAccessType');
  });
  return isThere;
}

/** Throws an error with the file's name when the bridge goes where its requests could not be followed. */
export function bridgeUses(text: string, file: string): BridgeUses {
  const sent = new Set<string>();
  let isOfExports = false;
  // Parsing costs; a file that does not even have the word imports nothing of the kind.
  if (!/bridge/i.test(text)) return { sent, isOfExports };
  const isComponent = file.endsWith('.svelte');
  const tree = parse(isComponent ? text : `<script lang="ts">\n${text}\n</script>`, { modern: true }) as unknown as Node;

  const types = new Set([TYPE]);
  const held = new Set<string>();
  walk(tree, (node) => {
    if (node.type === 'TSTypeAliasDeclaration' && names(node.typeAnnotation as Node, types)) types.add(nameOf(node.id));
    if (node.type === 'ImportDeclaration' && MODULE.test(String((node.source as Node).value)))
      for (const each of node.specifiers as Node[]) held.add(nameOf(each.local));
  });
  walk(tree, (node) => {
    const type = node.typeAnnotation;
    if (node.type === 'Identifier' && isNode(type) && names(type, types)) held.add(nameOf(node));
    if (node.type === 'PropertyDefinition' && isNode(type) && names(type, types)) held.add(nameOf(node.key));
  });
  if (held.size === 0) return { sent, isOfExports };

  walk(tree, (node, above) => {
    if (!held.has(nameOf(node))) return;
    let [use, ...outer]: (Node | undefined)[] = [...above].reverse();
    let door = node;
    // A field of one's own.
    if (use?.type === 'MemberExpression' && use.property === node && !use.computed) {
      if ((use.object as Node).type !== 'ThisExpression') return;
      door = use;
      [use, ...outer] = outer;
    }
    if (!use || isDeclared(use, node)) return;
    const isGiven = use.type === 'NewExpression' && (use.arguments as Node[]).includes(door);
    const call = outer[0];
    const isAsked = use.type === 'MemberExpression' && use.object === door && call?.type === 'CallExpression' && call.callee === use;
    if (isAsked && !use.computed) sent.add(nameOf(use.property));
    else if (isAsked && nameOf((use.property as Node).callee) === 'exportName') isOfExports = true;
    else if (!isGiven) throw new Error(`${file}: ${use.type} with ${nameOf(node)}: nobody can follow what is asked of it there`);
  });
  return { sent, isOfExports };
}

/** Where the name is made, or is another thing's. */
function isDeclared(use: Node, node: Node): boolean {
  return (
    use.type.startsWith('Import') ||
    use.type === 'TSParameterProperty' ||
    use.type === 'PropertyDefinition' ||
    (use.type === 'Property' && use.key === node && use.value !== node) ||
    (/Function/.test(use.type) && (use.params as Node[]).includes(node))
  );
}
