/** Reads assets/errata.yaml: where the five documents are not accurate, each case once. Lessons refer to the entries by id. */
import { fill } from '../../assets/words/index';
import type { Read, Text } from '../model/words';
import { readProse } from './prose';
import { checkHead } from './head';
import { type Node, YamlSource } from './yaml-source';

/** wrong · dated: holds for another version only, or not any more · incomplete: misleading, or leaves something out that matters. */
export const ERRATUM_CLASSES = ['wrong', 'dated', 'incomplete'] as const;
export type ErratumClass = (typeof ERRATUM_CLASSES)[number];

/** The five documents that lessons go by. */
export const DOCUMENTS = ['000', '001', '002', '003', '004'];

export interface ErratumPlace {
  document: string;
  /** Its lines, such as “16-18” or “21, 54”. */
  lines: string;
  /** The document’s own words, in the first language, and what they mean in the others; null where something is left out. */
  words: Text | null;
}

export interface KnownErratum {
  id: string;
  class: ErratumClass;
  places: readonly ErratumPlace[];
  /** What is true instead. */
  verdict: Text;
}

export type ErrataTable = ReadonlyMap<string, KnownErratum>;

const KEYS = ['id', 'class', 'at', 'verdict'];
const LINES = /^\d+(-\d+)?(, \d+(-\d+)?)*$/;

/** The ranges of lines in “21, 54” or “16-18”, both ends included; null: it is not written so, or a range goes backwards. */
export function rangesIn(lines: string): [from: number, to: number][] | null {
  if (!LINES.test(lines)) return null;
  const ranges = lines.split(', ').map((range): [number, number] => {
    const [from = NaN, to = from] = range.split('-').map(Number);
    return [from, to];
  });
  return ranges.every(([from, to]) => from <= to) ? ranges : null;
}

export function parseErrata(text: string, file: string): Read<{ errata: ErrataTable }> {
  const source = new YamlSource(text, file);
  const errata = source.root === null ? [] : new ErrataReader(source).read(source.root);
  if (source.faults.length > 0) return { ok: false, faults: source.sorted };
  return { ok: true, errata: new Map(errata.map((each) => [each.id, each])) };
}

class ErrataReader {
  private readonly known = new Set<string>();

  constructor(private readonly source: YamlSource) {}

  read(root: Node): KnownErratum[] {
    const top = this.source.fields(root, 'errata', ['schedville', 'kind', 'errata'], ['schedville', 'kind', 'errata']);
    checkHead(this.source, top, 'errata');
    const list = top.get('errata')?.value ?? null;
    return list === null ? [] : this.source.items(list, 'errata').map((item) => this.erratum(item));
  }

  private erratum(node: Node): KnownErratum {
    const fields = this.source.fields(node, 'errata', KEYS, KEYS);
    const at = (key: string): Node | null => fields.get(key)?.value ?? null;
    const group = at('class');
    return {
      id: this.id(at('id')),
      class: (group === null ? null : this.source.choice(group, 'class', ERRATUM_CLASSES)) ?? 'wrong',
      places: this.places(at('at')),
      verdict: readProse(this.source, at('verdict'), 'verdict'),
    };
  }

  private id(node: Node | null): string {
    const id = node === null ? '' : (this.source.text(node, 'id') ?? '');
    if (node === null || id === '') return id;
    if (!/^E\d\d$/.test(id)) this.source.fault(node, (w) => fill(w.erratumId, { found: id }));
    if (this.known.has(id)) this.source.fault(node, (w) => fill(w.duplicateErratum, { id }));
    this.known.add(id);
    return id;
  }

  private places(node: Node | null): ErratumPlace[] {
    if (node === null) return [];
    const entries = this.source.entries(node, 'at');
    if (entries.length === 0 && this.source.isMap(node))
      this.source.fault(node, (w) => fill(w.tooFewItems, { what: 'at', least: 1, n: 0 }));
    return entries.map(({ name, key, value }) => {
      if (!DOCUMENTS.includes(name))
        this.source.fault(key, (w, { language }) => fill(w.unknownDocument, { name, known: DOCUMENTS.join(language.comma) }));
      const fields = this.source.fields(value, `at.${name}`, ['lines', 'words'], ['lines']);
      const words = fields.get('words')?.value ?? null;
      return {
        document: name,
        lines: this.lines(fields.get('lines')?.value ?? null),
        words: words === null ? null : readProse(this.source, words, 'words'),
      };
    });
  }

  private lines(node: Node | null): string {
    const lines = node === null ? '' : (this.source.text(node, 'lines') ?? '');
    if (lines !== '' && rangesIn(lines) === null) this.source.fault(node, (w) => fill(w.erratumLines, { found: lines }));
    return lines;
  }
}
