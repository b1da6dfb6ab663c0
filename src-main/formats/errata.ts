/** Reads assets/errata.yaml: where the five documents are not accurate, each case once. Lessons refer to the entries by id. */
import { fill } from '../../assets/words/index';
import { type Fault, type Read, type Text, textOf } from '../model/words';
import { checkHead, readText } from './scenario';
import { type Node, YamlSource } from './yaml-source';

/** wrong · dated: holds for another version only, or not any more · incomplete: misleading, or leaves something out that matters. */
export const ERRATUM_CLASSES = ['wrong', 'dated', 'incomplete'] as const;
export type ErratumClass = (typeof ERRATUM_CLASSES)[number];

export interface KnownErratum {
  id: string;
  class: ErratumClass;
  /** Number of the document (000 to 004) to its lines, such as “16-18” or “21, 54”; “all”: throughout. */
  at: Readonly<Record<string, string>>;
  /** What is true instead. */
  verdict: Text;
}

const KEYS = ['id', 'class', 'at', 'verdict'];
const DOCUMENTS = ['000', '001', '002', '003', '004'];
const LINES = /^(all|\d+(-\d+)?(, \d+(-\d+)?)*)$/;

export function parseErrata(text: string, file: string): Read<{ errata: KnownErratum[] }> {
  const source = new YamlSource(text, file);
  const errata = source.root === null ? [] : new ErrataReader(source).read(source.root);
  const faults: Fault[] = source.faults;
  return faults.length === 0 ? { ok: true, errata } : { ok: false, faults };
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
    const verdict = at('verdict');
    return {
      id: this.id(at('id')),
      class: this.class(at('class')),
      at: this.places(at('at')),
      verdict: verdict === null ? textOf(() => '') : readText(this.source, verdict, 'verdict'),
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

  private class(node: Node | null): ErratumClass {
    const word = node === null ? '' : (this.source.text(node, 'class') ?? '');
    const found = ERRATUM_CLASSES.find((each) => each === word);
    if (node !== null && found === undefined) {
      this.source.fault(
        node,
        (w, { language }) => fill(w.unknownChoice, { what: 'class', found: word, known: ERRATUM_CLASSES.join(language.comma) }),
        this.source.nearest(word, ERRATUM_CLASSES),
      );
    }
    return found ?? 'wrong';
  }

  private places(node: Node | null): Record<string, string> {
    const places: Record<string, string> = {};
    if (node === null) return places;
    const entries = this.source.entries(node, 'at');
    if (entries.length === 0 && this.source.isMap(node))
      this.source.fault(node, (w) => fill(w.tooFewItems, { what: 'at', least: 1, n: 0 }));
    for (const { name, key, value } of entries) {
      if (!DOCUMENTS.includes(name))
        this.source.fault(key, (w, { language }) => fill(w.unknownDocument, { name, known: DOCUMENTS.join(language.comma) }));
      const lines = this.source.text(value, 'at') ?? '';
      if (lines !== '' && !LINES.test(lines)) {
        this.source.fault(value, (w) => fill(w.erratumLines, { found: lines }));
      }
      places[name] = lines;
    }
    return places;
  }
}
