/** What the readers of a lesson's parts have in common: the file, its version, the tables that it refers to, and what has been read so far. */
import { fill } from '../../../assets/words/index';
import { isLanguage, type Language, LANGUAGES, type Text, textOf } from '../../model/words';
import { DOCUMENTS, type ErrataTable, rangesIn } from '../errata';
import { readText } from '../head';
import type { Misconceptions } from '../misconceptions';
import { readProse } from '../prose';
import type { Entry, Node, YamlSource } from '../yaml-source';
import { keysOfObject, MOST_MINUTES, type ObjectName } from './keys';
import type { LessonVersion } from './types';

/** What lessons refer to by id. */
export interface LessonTables {
  errata: ErrataTable;
  misconceptions: Misconceptions;
}

/** The fields of a map that has been read. */
export class Fields {
  constructor(private readonly fields: ReadonlyMap<string, Entry>) {}

  /** What stands in a key; null where the key is missing. */
  at(key: string): Node | null {
    return this.fields.get(key)?.value ?? null;
  }

  has(key: string): boolean {
    return this.fields.has(key);
  }

  keyOf(key: string): Node | null {
    return this.fields.get(key)?.key ?? null;
  }

  get all(): ReadonlyMap<string, Entry> {
    return this.fields;
  }
}

export class LessonSource {
  /** Nodes that faults of runs are told at, see ParsedLesson. */
  readonly places = new Map<string, Node>();
  /** The one language that it is written in; null: it has every text in each. */
  only: Language | null = null;
  /** Names of the lesson's runs. */
  runs: ReadonlySet<string> = new Set();
  /** The five documents, and the lesson's own. */
  documents: readonly string[] = DOCUMENTS;
  /** Ids of each run's steps so far. */
  private readonly idsOf = new Map<string, Set<string>>();

  constructor(
    readonly source: YamlSource,
    readonly version: LessonVersion,
    readonly tables: LessonTables,
  ) {}

  /** The fields of a map of the table of keys. */
  fields(node: Node | null, what: string, name: ObjectName): Fields {
    const keys = keysOfObject(name);
    const known = keys.filter(([, { since }]) => since <= this.version).map(([key]) => key);
    const later = keys.filter(([, { since }]) => since > this.version).map(([key]) => key);
    const required = keys.filter(([, { isRequired }]) => isRequired).map(([key]) => key);
    return new Fields(this.source.fields(node, what, known, required, later));
  }

  /** A title is also a file's name and an item of a menu. Nothing where the key is missing: that has been said already. */
  title(node: Node | null, what: string): Text {
    if (node === null) return textOf(() => '');
    return readText(this.source, node, what, (text) => (text.includes('`') ? (w) => fill(w.markInTitle, { what }) : null), this.only);
  }

  prose(node: Node | null, what: string): Text {
    return readProse(this.source, node, what, this.only);
  }

  proseOrNull(node: Node | null, what: string): Text | null {
    return node === null ? null : this.prose(node, what);
  }

  language(node: Node | null): Language | null {
    const name = this.wordOrNull(node, 'language');
    if (name === null || isLanguage(name)) return name;
    this.source.fault(
      node,
      (w, { language }) => fill(w.unknownLanguage, { name, known: LANGUAGES.join(language.comma) }),
      this.source.nearest(name, LANGUAGES),
    );
    return null;
  }

  word(node: Node | null, what: string): string {
    return node === null ? '' : (this.source.text(node, what) ?? '');
  }

  wordOrNull(node: Node | null, what: string): string | null {
    return node === null ? null : this.source.text(node, what);
  }

  list(node: Node | null, what: string): Node[] {
    return node === null ? [] : this.source.items(node, what);
  }

  someOf(node: Node | null, what: string, least = 1): Node[] {
    const items = this.list(node, what);
    if (node !== null && this.source.isList(node) && items.length < least) {
      this.source.fault(node, (w) => fill(w.tooFewItems, { what, least, n: items.length }));
    }
    return items;
  }

  minutes(node: Node | null): number | null {
    return node === null ? null : this.source.whole(node, 'minutes', 1, MOST_MINUTES);
  }

  document(node: Node | null, what: string, known: readonly string[] = this.documents): string {
    const name = this.word(node, what);
    if (name !== '' && !known.includes(name))
      this.source.fault(node, (w, { language }) => fill(w.unknownDocument, { name, known: known.join(language.comma) }));
    return name;
  }

  lines(node: Node | null, what: string): string {
    const lines = this.word(node, what);
    if (lines !== '' && rangesIn(lines) === null) this.source.fault(node, (w) => fill(w.erratumLines, { found: lines }));
    return lines;
  }

  /** A file that lies in the lesson's own folder. */
  file(node: Node | null, what: string): string {
    const path = this.word(node, what);
    if (/^[/\\]|^[a-z]:/i.test(path) || path.split(/[/\\]/).includes('..')) this.source.fault(node, (w) => w.scenarioOutside);
    return path;
  }

  run(node: Node | null, what = 'run'): string {
    const name = this.word(node, what);
    if (name !== '' && !this.runs.has(name))
      this.source.fault(node, (w) => fill(w.unknownRun, { name }), this.source.nearest(name, this.runs));
    return name;
  }

  /** A run that may be left out where another one is meant. */
  runOr(node: Node | null, what: string, own: string): string {
    return node === null ? own : this.run(node, what);
  }

  addStep(run: string, id: string): void {
    this.idsOf.set(run, (this.idsOf.get(run) ?? new Set()).add(id));
  }

  stepsOf(run: string): ReadonlySet<string> {
    return this.idsOf.get(run) ?? new Set();
  }
}
