/**
 * A YAML 1.2 file as a tree whose nodes know their line and column, read with the `yaml` library. Readers of the formats ask it for
 * what they expect; whatever is otherwise becomes a fault, and all faults are kept.
 */
import { isMap, isScalar, isSeq, type Node, Scalar, type YAMLMap } from 'yaml';
import type { Json } from '../model/state';
import { fileEffort, nearest } from '../model/nearest-word';
import { composed, YAML_OPTIONS } from './yaml-document';
import { LineStarts } from './line-starts';
import { MAX_BYTES } from './most-bytes';
import { MOST_FAULTS } from './most-faults';
import { YamlAliases } from './yaml-aliases';
import { syntaxFaults } from './yaml-syntax';
import { durationNs } from './durations';
import { yamlMessage } from './yaml-messages';
import type { Fault, Text } from '../model/words';
import { fill, inEveryLanguage, type Words } from '../../assets/words/index';

export type { Node };

/** With every alias written out. A file of the largest size has fewer nodes, so that only aliases get there. */
const MAX_NODES = 1_000_000;
/** Of what was found a fault shows so many characters. */
const LONGEST_FOUND = 60;

export interface Entry {
  name: string;
  key: Node;
  /** A node of null at the key's place where nothing stands, so that a fault has a place. */
  value: Node;
}

/** What is wrong, in the words of one language. */
export type Said = (faults: Words['faults'], words: Words) => string;

export const saidOf = (said: Said): Text => inEveryLanguage((words) => said(words.faults, words));

/** A name that JavaScript's own objects take for something else. */
const IMPOSSIBLE_NAME = '__proto__';

/** A comment that is hardly one: the number of something. */
export const isNumbered = (comment: string): boolean => /^#\d/.test(comment);

export class YamlSource {
  readonly faults: Fault[] = [];
  /** What may be a mistake, though the file can be used. */
  readonly hints: Fault[] = [];
  /** The document's top node; null when it could not be read at all, and faults say why. */
  readonly root: Node | null;
  /** The document as plain JSON; null with root. */
  readonly json: Json;
  /** It was not read because of its size or its depth, whatever stands in it. */
  readonly isTooMuch: boolean;
  private readonly lines: LineStarts;
  private readonly aliases = new YamlAliases();
  private readonly said = new Set<string>();
  private readonly effort = fileEffort();
  private readonly document;

  constructor(
    private readonly written: string,
    readonly file: string,
  ) {
    const text = this.written;
    this.lines = new LineStarts(text);
    const isTooLarge = text.length > MAX_BYTES || new TextEncoder().encode(text).length > MAX_BYTES;
    const { document, tooDeepAt } = composed(isTooLarge ? '' : text, YAML_OPTIONS);
    this.document = document;
    this.isTooMuch = isTooLarge || tooDeepAt !== null;
    const json = isTooLarge ? this.tooLarge() : tooDeepAt === null ? this.read(text.split('\n')) : this.tooDeep(tooDeepAt);
    this.json = json ?? null;
    this.root = json === undefined ? null : (this.document.contents as Node | null);
    if (this.root === null && this.faults.length === 0)
      this.faultAt(
        1,
        1,
        saidOf((w) => w.empty),
      );
  }

  private tooDeep(at: number): undefined {
    const { line, col } = this.lines.linePos(at);
    this.faultAt(line, col, yamlMessage('RESOURCE_EXHAUSTION', ''));
  }

  private tooLarge(): undefined {
    this.faultAt(
      1,
      1,
      saidOf((w) => w.tooLarge),
    );
  }

  /** The JSON, or undefined after faults that leave nothing to be read. A duplicate key is a fault too, but the rest can be read. */
  private read(rows: readonly string[]): Json | undefined {
    const wrong = syntaxFaults(this.document, rows, this.lines);
    for (const { line, column, message } of wrong) this.faultAt(line, column, message);
    if (wrong.length > 0) return undefined;
    const contents = this.document.contents as Node | null;
    const size = this.aliases.sizeOf(contents, {
      noAnchor: (alias) => {
        this.fault(alias, (w) => fill(w.noAnchor, { name: alias.source }));
      },
      circle: (alias) => {
        this.fault(alias, (w) => fill(w.aliasCircle, { name: alias.source }));
      },
      map: (map) => {
        this.checkKeys(map);
      },
    });
    if (size > MAX_NODES) this.fault(contents, (w) => w.aliasesTooLarge);
    return size > MAX_NODES || Number.isNaN(size) ? undefined : this.aliases.jsonOf(contents);
  }

  /** What stands at a node, as plain JSON. */
  jsonAt(node: Node | null): Json {
    return this.aliases.jsonOf(node);
  }

  private checkKeys(map: YAMLMap): void {
    const names = new Set<unknown>();
    for (const { key } of map.items) {
      const name = isScalar(key) ? key.value : key;
      if (names.has(name)) this.fault(key as Node, (w) => fill(w.duplicateKey, { name: String(name) }));
      names.add(name);
    }
  }

  private faultAt(line: number, column: number, message: Fault['message'], suggestion: string | null = null): void {
    const fault: Fault = { file: this.file, line: Math.max(1, line), column: Math.max(1, column), message, suggestion };
    // What an alias names is read once for each alias, and is wrong once only.
    const key = `${fault.line}:${fault.column}:${message.en}`;
    if (this.said.has(key)) return;
    this.said.add(key);
    this.faults.push(fault);
  }

  /** All faults in the order of the file. */
  get sorted(): Fault[] {
    return [...this.faults].sort((a, b) => a.line - b.line || a.column - b.column);
  }

  /** Line and column of a node, from 1. */
  placeOf(node: Node | null): { line: number; column: number } {
    const { line, col } = this.lines.linePos(node?.range?.[0] ?? 0);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }

  /** The likely word; all words of a file share what looking for them may cost. */
  nearest(word: string, known: Iterable<string>): string | null {
    return nearest(word, known, this.effort);
  }

  fault(node: Node | null, said: Said, suggestion: string | null = null): void {
    if (this.faults.length < MOST_FAULTS) this.faultSaying(node, saidOf(said), suggestion);
  }

  hint(node: Node | null, said: Said, suggestion: string | null): void {
    this.hintAt(this.placeOf(node), said, suggestion);
  }

  private hintAt(place: { line: number; column: number }, said: Said, suggestion: string | null): void {
    if (this.hints.length < MOST_FAULTS) this.hints.push({ file: this.file, ...place, message: saidOf(said), suggestion });
  }

  /**
   * A text without quotes ends where a blank and # begin a comment: a hint where something that somebody may have meant to be read stands there.
   * `isLost`: which comments (`#3 …`) those are.
   */
  hintOfLost(node: Node | null, isLost: (comment: string) => boolean): void {
    const at = this.resolve(node);
    if (!isScalar(at) || at.type !== Scalar.PLAIN || !at.range) return;
    const { written } = this;
    const [, end] = at.range;
    // Most texts end with their line.
    if (written[end] !== ' ' && written[end] !== '\t') return;
    const row = written.indexOf('\n', end);
    // Trimmed first: an expression that looks for the end of the line at each of its blanks is done after minutes.
    const [, blank = '', comment = ''] = /^([ \t]+)(#.*)/s.exec(written.slice(end, row < 0 ? undefined : row).trimEnd()) ?? [];
    if (comment === '' || !isLost(comment)) return;
    const { line, col } = this.lines.linePos(end + blank.length);
    // What an alias names is read once for each alias.
    const key = `# ${line}:${col}`;
    if (this.said.has(key)) return;
    this.said.add(key);
    const lost = comment.length > LONGEST_FOUND ? `${comment.slice(0, LONGEST_FOUND)}…` : comment;
    this.hintAt({ line, column: col }, (w) => fill(w.lostToComment, { lost }), null);
  }

  /** A fault whose text is known in every language. */
  faultSaying(node: Node | null, message: Text, suggestion: string | null = null): void {
    const { line, column } = this.placeOf(node);
    this.faultAt(line, column, message, suggestion);
  }

  private resolve(node: Node | null): Node | null {
    return this.aliases.resolve(node);
  }

  /** Whether there is anything: an absent value and null are nothing. */
  isNothing(node: Node | null | undefined): boolean {
    const at = this.resolve(node ?? null);
    return at === null || (isScalar(at) && at.value === null);
  }

  isText(node: Node | null): boolean {
    const at = this.resolve(node);
    return isScalar(at) && typeof at.value === 'string';
  }

  isMap(node: Node | null): boolean {
    return isMap(this.resolve(node));
  }

  isList(node: Node | null): boolean {
    return isSeq(this.resolve(node));
  }

  isNumber(node: Node | null): boolean {
    const at = this.resolve(node);
    return isScalar(at) && typeof at.value === 'number';
  }

  /** The entries of a map, in order; a fault and nothing when it is none. */
  entries(node: Node | null, what: string): Entry[] {
    const at = this.resolve(node);
    if (!isMap(at)) {
      this.fault(node, (w) => fill(w.wantsMap, { what, found: this.found(node, w) }));
      return [];
    }
    return at.items.flatMap(({ key, value }) => this.entry(key as Node, value as Node | null) ?? []);
  }

  private entry(key: Node, value: Node | null): Entry | null {
    const name = String((key as { value?: unknown }).value);
    return this.isImpossible(key, name) ? null : { name, key, value: value ?? nothingAt(key) };
  }

  /** With a fault when it is. */
  isImpossible(node: Node, name: string): boolean {
    if (name === IMPOSSIBLE_NAME) this.fault(node, (w) => fill(w.impossibleName, { name }));
    return name === IMPOSSIBLE_NAME;
  }

  /**
   * The entries of a map that may have only these keys, by key. Unknown ones are faults; so are those that only version 2 of the format has (`later`).
   * `instead`: what is said of an unknown one where its reader knows better what was meant.
   */
  fields(
    node: Node | null,
    what: string,
    known: readonly string[],
    required: readonly string[] = [],
    later: readonly string[] = [],
    instead: (entry: Entry) => Said | null = () => null,
  ): Map<string, Entry> {
    const found = new Map<string, Entry>();
    for (const entry of this.entries(node, what)) {
      if (known.includes(entry.name)) found.set(entry.name, entry);
      else if (later.includes(entry.name)) this.fault(entry.key, (w) => fill(w.needsVersion, { what, name: entry.name }));
      else {
        const meant = instead(entry) ?? glued(entry, known);
        if (meant) this.fault(entry.key, meant);
        else
          this.fault(
            entry.key,
            (w, { language }) => fill(w.unknownKey, { what, name: entry.name, known: known.join(language.comma) }),
            this.nearest(entry.name, known),
          );
      }
    }
    if (!this.isMap(node)) return found;
    for (const name of required) {
      if (!found.has(name)) this.fault(node, (w) => fill(w.missingKey, { what, name }));
    }
    return found;
  }

  items(node: Node | null, what: string): Node[] {
    const at = this.resolve(node);
    if (isSeq(at)) return at.items as Node[];
    this.fault(node, (w) => fill(w.wantsList, { what, found: this.found(node, w) }));
    return [];
  }

  text(node: Node | null, what: string): string | null {
    const at = this.resolve(node);
    if (isScalar(at) && typeof at.value === 'string') return at.value;
    this.fault(node, (w) => fill(w.wantsText, { what, found: this.found(node, w) }));
    return null;
  }

  flag(node: Node | null, what: string): boolean | null {
    const at = this.resolve(node);
    if (isScalar(at) && typeof at.value === 'boolean') return at.value;
    this.fault(node, (w) => fill(w.wantsFlag, { what, found: this.found(node, w) }));
    return null;
  }

  /** A whole number from..to. */
  whole(node: Node | null, what: string, from: number, to: number): number | null {
    const at = this.resolve(node);
    if (isScalar(at) && typeof at.value === 'number' && Number.isSafeInteger(at.value) && at.value >= from && at.value <= to)
      return at.value;
    this.fault(node, (w) => fill(w.wantsWhole, { what, from, to, found: this.found(node, w) }));
    return null;
  }

  /** A whole number of up to 64 bits, signed or not, as it is written or in hexadecimal digits: JavaScript's own numbers would round it. */
  word64(node: Node | null, what: string): string | null {
    const at = this.resolve(node);
    const written = isScalar(at) ? String(typeof at.value === 'number' ? ((at as Scalar).source ?? at.value) : at.value) : '';
    if (/^(-?\d{1,20}|0x[0-9a-f]{1,16})$/i.test(written)) {
      const word = BigInt(written);
      if (word >= -(2n ** 63n) && word < 2n ** 64n) return written;
    }
    this.fault(node, (w) => fill(w.wantsWord, { what, found: this.found(node, w) }));
    return null;
  }

  /** One of these words. */
  choice<W extends string>(node: Node | null, what: string, known: readonly W[]): W | null {
    const word = this.text(node, what);
    const found = known.find((each) => each === word);
    if (word === null || found !== undefined) return found ?? null;
    this.fault(
      node,
      (w, { language }) => fill(w.unknownChoice, { what, found: word, known: known.join(language.comma) }),
      this.nearest(word, known),
    );
    return null;
  }

  /** A duration, in ns. */
  duration(node: Node | null, what: string): number | null {
    const ns = this.isText(node) ? durationNs(this.text(node, what) ?? '') : null;
    if (ns !== null) return ns;
    this.fault(node, (w) => fill(w.wantsDuration, { what, found: this.found(node, w) }));
    return null;
  }

  /** What was written there, for a fault's text; who left a key empty has not written `null`. */
  private found(node: Node | null, w: Words['faults']): string {
    const at = this.resolve(node);
    const isEmpty = at === null || (isScalar(at) && at.value === null && (at.source ?? '') === '');
    return isEmpty ? w.nothing : this.describe(node);
  }

  /** The same in no language, and as it would have to be written. */
  describe(node: Node | null): string {
    const at = this.resolve(node);
    if (at === null) return 'null';
    if (isMap(at)) return '{…}';
    if (isSeq(at)) return '[…]';
    const { value, source, type } = at as Scalar;
    // A number as it was written: 1.10 is not 1.1 to whoever wrote it, and a long one would be rounded.
    const text = type === 'PLAIN' && source !== undefined && source !== '' && typeof value !== 'string' ? source : JSON.stringify(value);
    return text.length > LONGEST_FOUND ? `${text.slice(0, LONGEST_FOUND)}…` : text;
  }
}

/** `{ fn:Lock }` is one key without a value. */
function glued({ name, value }: Entry, known: readonly string[]): Said | null {
  const key = known.find((each) => name.startsWith(`${each}:`));
  return key === undefined || !isScalar(value) || value.value !== null ? null : (w) => fill(w.gluedColon, { key });
}

function nothingAt(key: Node): Node {
  const nothing = new Scalar(null);
  if (key.range) nothing.range = key.range;
  return nothing;
}
