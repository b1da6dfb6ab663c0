/**
 * Reads a file of assets/gallery: ready scenarios under the phenomenon that each shows, with what is asked, looked for and found in them. The
 * build makes modules of the files (`glossary.config.ts`), so that the window carries what was read and no YAML parser.
 */
import { fill } from '../../assets/words/index';
import type { Read, Text } from '../model/words';
import { checkHead } from './head';
import { readProse } from './prose';
import { type Node, YamlSource } from './yaml-source';

export interface Exhibit {
  /** Kept in the person's file: it stays when its scenario is called otherwise. */
  id: string;
  /** Its scenario, without its ending: `golden/S2`, `lessons/01-hunting/noroom`. */
  file: string;
  /** What it raises. */
  question: Text;
  /** What to look for. */
  look: Text;
  /** The answer: shown when the run has been played to its end, not before. */
  ending: Text;
  /** Each is true of a step of its run, as a search says it: that the ending is so. */
  proof: readonly string[];
}

/** How a run may end that is a phenomenon by its end. */
export const ENDS = ['deadlock', 'fatal', 'panic'] as const;

export interface Phenomenon {
  id: string;
  title: Text;
  /** True of a step of each of its runs, as a search says it. The picture is drawn where it is true first. */
  is: string;
  /** How each of its runs ends; null: not part of what it is. */
  outcome: (typeof ENDS)[number] | null;
  exhibits: readonly Exhibit[];
}

const TOP = ['schedville', 'kind', 'phenomena'];
const OF_PHENOMENON = ['id', 'title', 'is', 'exhibits'];
const OF_EXHIBIT = ['id', 'file', 'question', 'look', 'ending', 'proof'];
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export function parseGallery(text: string, file: string): Read<{ phenomena: readonly Phenomenon[] }> {
  const source = new YamlSource(text, file);
  const phenomena = source.root === null ? [] : new GalleryReader(source).read(source.root);
  return source.faults.length === 0 ? { ok: true, phenomena } : { ok: false, faults: source.sorted };
}

class GalleryReader {
  private readonly phenomena = new Set<string>();
  private readonly exhibits = new Set<string>();

  constructor(private readonly source: YamlSource) {}

  read(root: Node): Phenomenon[] {
    const top = this.source.fields(root, 'gallery', TOP, TOP);
    checkHead(this.source, top, 'gallery');
    return this.items(top.get('phenomena')?.value, 'phenomena').map((item) => this.phenomenon(item));
  }

  private phenomenon(node: Node): Phenomenon {
    const fields = this.source.fields(node, 'phenomenon', [...OF_PHENOMENON, 'outcome'], OF_PHENOMENON);
    const at = (key: string): Node | null => fields.get(key)?.value ?? null;
    const outcome = at('outcome');
    return {
      id: this.id(at('id'), this.phenomena, 'phenomena'),
      title: readProse(this.source, at('title'), 'title'),
      is: this.said(at('is'), 'is'),
      outcome: outcome === null ? null : this.source.choice(outcome, 'outcome', ENDS),
      exhibits: this.items(at('exhibits'), 'exhibits').map((item) => this.exhibit(item)),
    };
  }

  private exhibit(node: Node): Exhibit {
    const fields = this.source.fields(node, 'exhibit', OF_EXHIBIT, OF_EXHIBIT);
    const at = (key: string): Node | null => fields.get(key)?.value ?? null;
    return {
      id: this.id(at('id'), this.exhibits, 'exhibits'),
      file: this.said(at('file'), 'file'),
      question: readProse(this.source, at('question'), 'question'),
      look: readProse(this.source, at('look'), 'look'),
      ending: readProse(this.source, at('ending'), 'ending'),
      proof: this.items(at('proof'), 'proof').map((item) => this.said(item, 'proof')),
    };
  }

  /** At least one. */
  private items(node: Node | null | undefined, what: string): Node[] {
    if (!node) return [];
    const items = this.source.items(node, what);
    if (items.length === 0) this.source.fault(node, (w) => fill(w.tooFewItems, { what, least: 1, n: 0 }));
    return items;
  }

  private said(node: Node | null, what: string): string {
    const said = node === null ? null : this.source.text(node, what)?.trim();
    if (said === '') this.source.fault(node, (w) => fill(w.emptyText, { what }));
    return said ?? '';
  }

  private id(node: Node | null, known: Set<string>, what: string): string {
    const id = this.said(node, 'id');
    if (id === '') return id;
    if (!ID.test(id)) this.source.fault(node, (w) => fill(w.idShape, { found: id }));
    if (known.has(id)) this.source.fault(node, (w) => fill(w.duplicateName, { what, name: id }));
    known.add(id);
    return id;
  }
}
