/** The aliases of a YAML document: what each names, how large it all gets with every one written out, and as plain JSON. */
import { type Alias, isAlias, isCollection, isMap, isPair, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml';
import type { Json } from '../model/state';

/** What the walk through a document comes upon. */
export interface Found {
  /** An alias before any anchor of its name. */
  noAnchor: (alias: Alias) => void;
  /** An alias inside of what it names. */
  circle: (alias: Alias) => void;
  map: (map: YAMLMap) => void;
}

interface Anchor {
  node: Node;
  /** null: still open. */
  size: number | null;
}

export class YamlAliases {
  private readonly named = new Map<Alias, Node>();

  /** What an alias names; any other node is itself. */
  resolve(node: Node | null): Node | null {
    return isAlias(node) ? (this.named.get(node) ?? null) : node;
  }

  /**
   * How many nodes there are below and with this one once every alias is written out; NaN where that cannot be done. One walk in the order of the
   * file: an alias names the latest anchor before it, and one whose size is not known yet is still open around it.
   */
  sizeOf(node: Node | null, found: Found, anchors = new Map<string, Anchor>()): number {
    if (node === null) return 0;
    if (isAlias(node)) {
      const named = anchors.get(node.source);
      if (!named) found.noAnchor(node);
      else if (named.size === null) found.circle(node);
      else this.named.set(node, named.node);
      return named?.size ?? NaN;
    }
    const anchor = isScalar(node) || isCollection(node) ? node.anchor : undefined;
    const entry: Anchor | null = anchor === undefined ? null : { node, size: null };
    if (entry && anchor !== undefined) anchors.set(anchor, entry);
    if (isMap(node)) found.map(node);
    let size = 1;
    if (isCollection(node)) {
      for (const item of node.items) {
        for (const member of isPair(item) ? [item.key, item.value] : [item]) size += this.sizeOf(member as Node | null, found, anchors);
      }
    }
    if (entry) entry.size = size;
    return size;
  }

  /** The node as plain JSON. The library's own way looks for the anchor of each alias through the whole document. */
  jsonOf(node: Node | null, known = new Map<Node, Json>()): Json {
    const at = this.resolve(node);
    if (at === null) return null;
    if (isScalar(at)) return at.value as Json;
    // What several aliases name is one value: nobody writes into it.
    const made = known.get(at);
    if (made !== undefined) return made;
    const json: Json = isSeq(at) ? at.items.map((item) => this.jsonOf(item as Node | null, known)) : this.fieldsOf(at as YAMLMap, known);
    known.set(at, json);
    return json;
  }

  private fieldsOf(map: YAMLMap, known: Map<Node, Json>): Json {
    const fields = map.items.map(({ key, value }) => [String((key as Scalar).value), this.jsonOf(value as Node | null, known)] as const);
    // Own fields whatever their names are, as __proto__ would not be when assigned.
    return Object.fromEntries(fields);
  }
}
