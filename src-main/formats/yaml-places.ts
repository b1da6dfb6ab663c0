/** Where everything in a YAML file stands. */
import type { Node, YamlSource } from './yaml-source';

/** Every node below one and itself, by its path: `threads.peak`, `retakes[0].p`. */
export function placesBelow(source: YamlSource, node: Node | null, path = '', places = new Map<string, Node>()): Map<string, Node> {
  if (node === null) return places;
  places.set(path, node);
  if (source.isList(node)) for (const [i, item] of source.items(node, path).entries()) placesBelow(source, item, `${path}[${i}]`, places);
  else if (source.isMap(node))
    for (const { name, value } of source.entries(node, path)) placesBelow(source, value, path === '' ? name : `${path}.${name}`, places);
  return places;
}
