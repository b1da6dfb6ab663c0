/**
 * A YAML 1.2 file as a tree whose nodes know their line and column, read with the `yaml` library. Readers of the formats ask it for
 * what they expect; whatever is otherwise becomes a fault, and all faults are kept.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Json } from '../model/state';
import { nearest } from '../model/nearest-word';
import type { Fault } from './fault';

export type { Node };

/** A larger file is refused. */
export const MAX_BYTES = 1024 * 1024;
/** How often aliases may be resolved in a file before they count as an explosion. */
const MAX_ALIASES = 100;

export interface Entry {
  name: string;
  key: Node;
  value: Node | null;
}

export class YamlSource {
  readonly faults: Fault[] = [];
  /** The document's top node; null when it could not be read at all, and faults say why. */
  readonly root: Node | null;
  /** The document as plain JSON; null with root. */
  readonly json: Json;
  private readonly lines = new LineCounter();
  private readonly document;

  constructor(
    text: string,
    readonly file: string,
  ) {
    this.document = parseDocument(text.length > MAX_BYTES ? '' : text, { lineCounter: this.lines, version: '1.2', uniqueKeys: true, stringKeys: true, prettyErrors: false });
    const json = this.read(text);
    this.json = json ?? null;
    this.root = json === undefined ? null : (this.document.contents as Node | null);
  }

  /** The JSON, or undefined after faults. */
  private read(text: string): Json | undefined {
    if (new TextEncoder().encode(text).length > MAX_BYTES) {
      this.faultAt(1, 1, '文件超过 1 MiB', 'the file is larger than 1 MiB');
      return undefined;
    }
    for (const { pos, message, code } of [...this.document.errors, ...this.document.warnings]) {
      const { line, col } = this.lines.linePos(pos[0]);
      const said = message.split('\n')[0] ?? code;
      if (code === 'DUPLICATE_KEY') this.faultAt(line, col, '同一个键写了两次', 'the same key stands here twice');
      else this.faultAt(line, col, `YAML 语法：${said}`, `YAML syntax: ${said}`);
    }
    if (this.faults.length > 0) return undefined;
    try {
      const json = this.document.toJS({ maxAliasCount: MAX_ALIASES }) as Json;
      // An alias inside of what it names would go round for ever.
      JSON.stringify(json);
      return json;
    } catch {
      this.faultAt(1, 1, '别名（*name）展开得太大或绕成了圈', 'aliases (*name) grow too large or go round in a circle');
      return undefined;
    }
  }

  private faultAt(line: number, column: number, zh: string, en: string, suggestion: string | null = null): void {
    this.faults.push({ file: this.file, line: Math.max(1, line), column: Math.max(1, column), message: { zh, en }, suggestion });
  }

  fault(node: Node | null, zh: string, en: string, suggestion: string | null = null): void {
    const { line, col } = this.lines.linePos(node?.range?.[0] ?? 0);
    this.faultAt(line, col, zh, en, suggestion);
  }

  private resolve(node: Node | null): Node | null {
    return isAlias(node) ? (node.resolve(this.document) ?? null) : node;
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
      this.fault(node, `${what} 应是“键: 值”，这里是 ${this.describe(node)}`, `expected a map for ${what}, found ${this.describe(node)}`);
      return [];
    }
    return at.items.map(({ key, value }) => ({ name: String((key as { value?: unknown }).value), key: key as Node, value: value as Node | null }));
  }

  /** The entries of a map that may have only these keys, by key. Unknown ones are faults. */
  fields(node: Node | null, what: string, known: readonly string[], required: readonly string[] = []): Map<string, Entry> {
    const found = new Map<string, Entry>();
    for (const entry of this.entries(node, what)) {
      if (known.includes(entry.name)) found.set(entry.name, entry);
      else
        this.fault(
          entry.key,
          `${what} 没有 ${entry.name} 这个键；可以写：${known.join('、')}`,
          `${what} has no key ${entry.name}; known: ${known.join(', ')}`,
          nearest(entry.name, known),
        );
    }
    if (!this.isMap(node)) return found;
    for (const name of required) {
      if (!found.has(name)) this.fault(node, `${what} 缺少 ${name}`, `${what} lacks ${name}`);
    }
    return found;
  }

  items(node: Node | null, what: string): Node[] {
    const at = this.resolve(node);
    if (isSeq(at)) return at.items as Node[];
    this.fault(node, `${what} 应是列表，这里是 ${this.describe(node)}`, `expected a list for ${what}, found ${this.describe(node)}`);
    return [];
  }

  text(node: Node | null, what: string): string | null {
    const at = this.resolve(node);
    if (isScalar(at) && typeof at.value === 'string') return at.value;
    this.fault(node, `${what} 应是文字，这里是 ${this.describe(node)}`, `expected text for ${what}, found ${this.describe(node)}`);
    return null;
  }

  flag(node: Node | null, what: string): boolean | null {
    const at = this.resolve(node);
    if (isScalar(at) && typeof at.value === 'boolean') return at.value;
    this.fault(node, `${what} 应是 true 或 false，这里是 ${this.describe(node)}`, `expected true or false for ${what}, found ${this.describe(node)}`);
    return null;
  }

  /** A whole number from..to. */
  whole(node: Node | null, what: string, from: number, to: number): number | null {
    const at = this.resolve(node);
    if (isScalar(at) && typeof at.value === 'number' && Number.isSafeInteger(at.value) && at.value >= from && at.value <= to) return at.value;
    this.fault(node, `${what} 应是 ${from} 到 ${to} 的整数，这里是 ${this.describe(node)}`, `expected a whole number from ${from} to ${to} for ${what}, found ${this.describe(node)}`);
    return null;
  }

  /** What stands there, for a fault's text. */
  describe(node: Node | null): string {
    const at = this.resolve(node);
    if (at === null) return 'null';
    if (isMap(at)) return '{…}';
    if (isSeq(at)) return '[…]';
    const value = JSON.stringify((at as { value?: unknown }).value) as string | undefined;
    return (value ?? String((at as { value?: unknown }).value)).slice(0, 60);
  }
}
