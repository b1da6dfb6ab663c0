/** An operation's parameter in a scenario file. */
import type { Arch } from '../model/arch';
import type { AnyOperation, Declares, Field, Parameter } from '../model/operations/operation';
import type { Text } from '../model/words';
import type { Node, YamlSource } from './yaml-source';

/** What the operations of one file have in common. */
export interface Surroundings {
  readonly source: YamlSource;
  readonly arch: Arch;
  readonly names: Readonly<Record<Declares, ReadonlySet<string>>>;
  /** Reads a list of operations that lie in so many others. */
  readonly operations: (node: Node, what: string, nesting: number) => AnyOperation[];
}

/** What the names under a key stand for, as a sentence calls it. */
const CALLED: Record<Declares, Text> = {
  goroutines: { zh: ' goroutine', en: 'goroutine' },
  channels: { zh: '通道', en: 'channel' },
  mutexes: { zh: '互斥锁', en: 'mutex' },
  waitgroups: { zh: ' WaitGroup', en: 'wait group' },
};

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

  text(what: string): string | null {
    return this.source.text(this.node, what);
  }

  whole(what: string, from: number, to: number): number | null {
    return this.source.whole(this.node, what, from, to);
  }

  duration(what: string): number | null {
    return this.source.duration(this.node, what);
  }

  choice<W extends string>(what: string, known: readonly W[]): W | null {
    return this.source.choice(this.node, what, known);
  }

  declared(what: string, list: Declares): string | null {
    const name = this.text(what);
    const known = this.within.names[list];
    const { zh, en } = CALLED[list];
    if (name !== null && !known.has(name))
      this.fault(
        `没有叫 ${name} 的${zh}（应写在 ${list} 里）`,
        `no ${en} named ${name} (declare it under ${list})`,
        this.nearest(name, known),
      );
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
    return this.within.operations(this.node, what, this.nesting + 1);
  }

  found(): string {
    return this.source.describe(this.node);
  }

  fault(zh: string, en: string, suggestion: string | null = null): void {
    this.source.fault(this.node, zh, en, suggestion);
  }

  nearest(word: string, known: Iterable<string>): string | null {
    return this.source.nearest(word, known);
  }
}
