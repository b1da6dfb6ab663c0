/** Reads assets/misconceptions.yaml: what people believe of the scheduler and is not so. The choices of a lesson's questions name them by id. */
import { fill } from '../../assets/words/index';
import type { Read, Text } from '../model/words';
import { checkHead } from './head';
import { readProse } from './prose';
import { type Node, YamlSource } from './yaml-source';

export interface Misconception {
  /** Such as loop-hangs. */
  id: string;
  belief: Text;
  /** What is true instead. */
  truth: Text;
}

export type Misconceptions = ReadonlyMap<string, Misconception>;

const TOP = ['schedville', 'kind', 'misconceptions'];
const KEYS = ['id', 'belief', 'truth'];
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export function parseMisconceptions(text: string, file: string): Read<{ misconceptions: Misconceptions }> {
  const source = new YamlSource(text, file);
  const all = source.root === null ? [] : readAll(source, source.root);
  if (source.faults.length > 0) return { ok: false, faults: source.sorted };
  return { ok: true, misconceptions: new Map(all.map((each) => [each.id, each])) };
}

function readAll(source: YamlSource, root: Node): Misconception[] {
  const top = source.fields(root, 'misconceptions', TOP, TOP);
  checkHead(source, top, 'misconceptions', [2]);
  const list = top.get('misconceptions')?.value ?? null;
  const ids = new Set<string>();
  return (list === null ? [] : source.items(list, 'misconceptions')).map((item) => {
    const fields = source.fields(item, 'misconceptions', KEYS, KEYS);
    const at = (key: string): Node | null => fields.get(key)?.value ?? null;
    return {
      id: readOwnId(source, at('id'), ids),
      belief: readProse(source, at('belief'), 'belief'),
      truth: readProse(source, at('truth'), 'truth'),
    };
  });
}

function readOwnId(source: YamlSource, node: Node | null, ids: Set<string>): string {
  const id = node === null ? '' : (source.text(node, 'id') ?? '');
  if (id === '') return id;
  if (!ID.test(id)) source.fault(node, (w) => fill(w.idShape, { found: id }));
  if (ids.has(id)) source.fault(node, (w) => fill(w.duplicateName, { what: 'misconceptions', name: id }));
  ids.add(id);
  return id;
}
