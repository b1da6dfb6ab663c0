/**
 * Reads assets/glossary.yaml: the metaphor's vocabulary, each image with Go's names for it, once. The build turns the file into a module
 * (`glossary.config.ts`), so that the window carries what was read and no YAML parser. How to write it: README.md beside this file.
 */
import { fill, LANGUAGES, type Phrase } from '../../assets/words/index';
import { type Read, type Text, textOf } from '../model/words';
import { checkHead, readText } from './head';
import { type Node, type Said, YamlSource } from './yaml-source';

/**
 * Where a term is written, besides being drawn: the legend of exported pictures, a board in the village, below a small house, the timeline's legend,
 * an event's banner and the line below, the thing itself.
 */
export const WRITTEN_ON = ['legend', 'sign', 'card', 'timeline', 'banner', 'note', 'gone', 'thing'] as const;

/** What the lens says of the house that it shows: its id, and the places to fill. */
export const LENS = {
  home: ['m', 'g'],
  desk: ['m'],
  serves: ['m', 'g'],
  threshold: ['m'],
  roaming: ['m'],
  bolted: ['m'],
  locked: ['m', 'stay'],
  onWay: ['m', 'stay'],
  left: [],
  noted: ['stay'],
  heir: ['m'],
  empty: [],
  taken: [],
  sealed: [],
  ruin: [],
  keepers: ['n'],
  bench: ['n'],
} as const;
export type LensId = keyof typeof LENS;
type LensPhrase<K extends LensId> = Readonly<Record<keyof Text, Phrase<(typeof LENS)[K][number]>>>;
export type WrittenOn = (typeof WRITTEN_ON)[number];

export interface Term {
  /** Go's own names for what the term stands for; none for what Go has no name for, such as the kernel. */
  go: readonly string[];
  word: Text;
  /** What books and Go's own comments call it. */
  term: Text;
  means: Text;
  /** What is written there. Banners and notes have places to fill, the same in every language. */
  on: Readonly<Partial<Record<WrittenOn, Text>>>;
}

/** What a child's robe bears: one band, two, a front seam, three dots. Two robes that some eyes confuse bear different ones. */
export const SASHES = ['band', 'bands', 'seam', 'dots'] as const;
export type Sash = (typeof SASHES)[number];

export interface Name {
  name: Text;
  /** Colour of the robe; null where nobody wears one. */
  robe: string | null;
  /** Null where nobody wears one: only children do. */
  sash: Sash | null;
  /** Of the thread that has the name whatever its number (`MRow.role`); null: the name goes by number. */
  role: string | null;
}

export interface Names {
  names: readonly Name[];
  /** For those beyond the list, with their number. */
  more: Readonly<Record<keyof Text, Phrase<'n'>>>;
}

export interface Glossary {
  terms: Readonly<Record<string, Term>>;
  /** The picture in words. */
  told: Readonly<Record<keyof Text, Phrase<'figures' | 'orphans' | 'sleepers'>>>;
  lens: { readonly [K in LensId]: LensPhrase<K> };
  parents: Names;
  children: Names;
  houses: Names;
}

const ROLES = ['sysmon', 'template', 'extra'] as const;
const TOP = ['schedville', 'kind', 'terms', 'told', 'lens', 'parents', 'children', 'houses'];
const NOTHING = textOf(() => '');

/** `{n}` of a text with `{n}` or `{n:child|children}`, each once, in the order of the alphabet. */
const placesOf = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)(?::[^|}]*\|[^}]*)?\}/g)].map(([, name]) => `{${name ?? ''}}`))].sort();

export function parseGlossary(text: string, file: string): Read<{ glossary: Glossary }> {
  const source = new YamlSource(text, file);
  const glossary = source.root === null ? null : new GlossaryReader(source).read(source.root);
  return glossary !== null && source.faults.length === 0 ? { ok: true, glossary } : { ok: false, faults: source.sorted };
}

class GlossaryReader {
  constructor(private readonly source: YamlSource) {}

  read(root: Node): Glossary {
    const top = this.source.fields(root, 'glossary', TOP, TOP);
    const at = (key: string): Node | null => top.get(key)?.value ?? null;
    checkHead(this.source, top, 'glossary');
    const terms = at('terms');
    return {
      terms:
        terms === null
          ? {}
          : Object.fromEntries(this.source.entries(terms, 'terms').map(({ name, value }) => [name, this.term(value, name)])),
      told: this.phrase(at('told'), 'told', ['figures', 'orphans', 'sleepers']),
      lens: this.lens(at('lens')),
      parents: this.names(at('parents'), 'parents', ['robe'], ['role']),
      children: this.names(at('children'), 'children', ['robe', 'sash']),
      houses: this.names(at('houses'), 'houses', []),
    };
  }

  private term(node: Node, id: string): Term {
    const fields = this.source.fields(node, id, ['go', 'word', 'term', 'means', 'on'], ['go', 'word', 'term', 'means']);
    const at = (key: string): Node | null => fields.get(key)?.value ?? null;
    const go = at('go');
    const on = at('on');
    const written = on === null ? [] : [...this.source.fields(on, `${id}.on`, WRITTEN_ON)];
    return {
      go: go === null ? [] : this.source.items(go, `${id}.go`).map((item) => this.source.text(item, `${id}.go`) ?? ''),
      word: this.text(at('word'), `${id}.word`),
      term: this.text(at('term'), `${id}.term`),
      means: this.text(at('means'), `${id}.means`),
      on: Object.fromEntries(written.map(([where, { value }]) => [where, this.written(value, `${id}.on.${where}`)])),
    };
  }

  private lens(node: Node | null): Glossary['lens'] {
    const ids = Object.keys(LENS) as LensId[];
    const fields = node === null ? null : this.source.fields(node, 'lens', ids, ids);
    const said = ids.map((id) => [id, this.phrase(fields?.get(id)?.value ?? null, `lens.${id}`, LENS[id])]);
    return Object.fromEntries(said) as Glossary['lens'];
  }

  private names(node: Node | null, what: string, required: readonly string[], optional: readonly string[] = []): Names {
    const fields = node === null ? null : this.source.fields(node, what, ['names', 'more'], ['names', 'more']);
    const list = fields?.get('names')?.value ?? null;
    return {
      names: list === null ? [] : this.source.items(list, `${what}.names`).map((item) => this.name(item, what, required, optional)),
      more: this.phrase(fields?.get('more')?.value ?? null, `${what}.more`, ['n']),
    };
  }

  private name(node: Node, what: string, required: readonly string[], optional: readonly string[]): Name {
    const keys = [...LANGUAGES, ...required];
    const fields = this.source.fields(node, `${what}.names`, [...keys, ...optional], keys);
    const said = (key: string): string | null => {
      const entry = fields.get(key);
      return entry ? this.source.text(entry.value, `${what}.names.${key}`) : null;
    };
    const robe = said('robe');
    if (robe !== null && !/^#[0-9a-f]{6}$/.test(robe)) this.fault(fields.get('robe')?.value, (w) => fill(w.wantsColour, { found: robe }));
    const choice = <T extends string>(key: string, choices: readonly T[]): T | null => {
      const entry = fields.get(key);
      return entry ? this.source.choice(entry.value, `${what}.names.${key}`, choices) : null;
    };
    return {
      name: textOf((language) => said(language) ?? ''),
      robe,
      sash: choice('sash', SASHES),
      role: choice('role', ROLES),
    };
  }

  private text(node: Node | null, what: string): Text {
    if (node === null) return NOTHING;
    // Stricter than a lesson's text, which may leave out a language: nobody reads the village half in another one.
    this.source.fields(node, what, LANGUAGES, LANGUAGES);
    return readText(this.source, node, what);
  }

  /** A text whose places to fill, if any, are those of its first language. */
  private written(node: Node, what: string): Text {
    const text = this.text(node, what);
    const [first, ...others] = LANGUAGES.map((language) => placesOf(text[language]).join(' '));
    if (others.some((each) => each !== first)) this.fault(node, (w) => fill(w.wantsPlaces, { what, places: first ?? '' }));
    return text;
  }

  /** A text with exactly these places to fill. */
  private phrase<P extends string>(node: Node | null, what: string, places: readonly P[]): Readonly<Record<keyof Text, Phrase<P>>> {
    const wrong = (text: string): Said | null => {
      const found = placesOf(text);
      const isRight = found.length === places.length && places.every((each) => found.includes(`{${each}}`));
      return isRight ? null : (w) => fill(w.wantsPlaces, { what, places: places.map((each) => `{${each}}`).join(' ') });
    };
    if (node !== null) this.source.fields(node, what, LANGUAGES, LANGUAGES);
    const text: unknown = node === null ? NOTHING : readText(this.source, node, what, wrong);
    return text as Readonly<Record<keyof Text, Phrase<P>>>;
  }

  private fault(node: Node | undefined, said: Said): void {
    this.source.fault(node ?? null, said);
  }
}
