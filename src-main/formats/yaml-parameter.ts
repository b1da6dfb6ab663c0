/** An operation's parameter in a scenario file. */
import { fill } from '../../assets/words/index';
import type { Arch } from '../model/arch';
import type { Message } from '../model/message';
import type { AnyOperation, Declares, Field, Parameter } from '../model/operations/operation';
import { declaredName, type Names } from './declared-names';
import { textOfMessage } from './messages';
import { isNumbered, type Node, type YamlSource } from './yaml-source';

/** Operations lie in so many others at the most. */
const MAX_NESTING = 16;

/** What the operations of one file have in common. */
export interface Surroundings {
  readonly source: YamlSource;
  readonly arch: Arch;
  readonly names: Names;
  /** Reads a list of operations that lie in so many others. */
  readonly operations: (node: Node, what: string, nesting: number) => AnyOperation[];
}

export class YamlParameter implements Parameter {
  constructor(
    private readonly within: Surroundings,
    private readonly node: Node,
    readonly nesting: number,
  ) {}

  private get source(): YamlSource {
    return this.within.source;
  }

  private at(node: Node): YamlParameter {
    return new YamlParameter(this.within, node, this.nesting);
  }

  get arch(): Arch {
    return this.within.arch;
  }

  get isNothing(): boolean {
    return this.source.isNothing(this.node);
  }

  get isText(): boolean {
    return this.source.isText(this.node);
  }

  get isNumber(): boolean {
    return this.source.isNumber(this.node);
  }

  get isMap(): boolean {
    return this.source.isMap(this.node);
  }

  freeText(what: string): string | null {
    this.source.hintOfLost(this.node, isNumbered);
    return this.text(what);
  }

  text(what: string): string | null {
    return this.source.text(this.node, what);
  }

  whole(what: string, from: number, to: number): number | null {
    return this.source.whole(this.node, what, from, to);
  }

  word64(what: string): string | null {
    return this.source.word64(this.node, what);
  }

  duration(what: string): number | null {
    return this.source.duration(this.node, what);
  }

  choice<W extends string>(what: string, known: readonly W[]): W | null {
    return this.source.choice(this.node, what, known);
  }

  declared(what: string, ...lists: [Declares, ...Declares[]]): string | null {
    return declaredName(this.source, this.node, what, this.within.names, lists);
  }

  newName(what: string): string | null {
    const name = this.text(what);
    if (name === null) return null;
    const { mutexes, rwmutexes } = this.within.names;
    if (mutexes.has(name) || rwmutexes.has(name)) this.fault({ key: 'nameIsMutex', name });
    // As for names that are declared: a trace names its place by words with dots between them.
    const found = JSON.stringify(name);
    if (/^$|[.#]|\p{C}/u.test(name) || this.source.isImpossible(this.node, name))
      this.source.fault(this.node, (w) => fill(w.declaredName, { what, found }));
    return name;
  }

  items(what: string): Parameter[] {
    return this.source.items(this.node, what).map((item) => this.at(item));
  }

  fields(what: string, known: readonly string[], required: readonly string[] = []): ReadonlyMap<string, Field> {
    const fields = this.source.fields(this.node, what, known, required);
    return new Map([...fields].map(([name, { key, value }]) => [name, { name, key: this.at(key), value: this.at(value) }]));
  }

  operations(what: string): AnyOperation[] {
    if (this.nesting >= MAX_NESTING) {
      this.fault({ key: 'nestedTooDeep', most: MAX_NESTING });
      return [];
    }
    return this.within.operations(this.node, what, this.nesting + 1);
  }

  found(): string {
    return this.source.describe(this.node);
  }

  fault(message: Message, suggestion: string | null = null): void {
    this.source.faultSaying(this.node, textOfMessage(message), suggestion);
  }

  nearest(word: string, known: Iterable<string>): string | null {
    return this.source.nearest(word, known);
  }
}
