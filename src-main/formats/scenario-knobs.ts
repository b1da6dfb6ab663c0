/**
 * What of a scenario can be tried out with another value: processors, seed, counts, times, ways into the kernel, switches. And the file's text with some
 * of them changed. Only the values' own characters change: comments, order and layout stay as the person wrote them, as no printer of YAML would keep them.
 */
import { isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { ARCH_NAMES, DEFAULT_ARCH } from '../model/asm/arch/index';
import { durationNs } from './durations';
import { composed, YAML_OPTIONS } from './yaml-document';

export type KnobKind = 'count' | 'time' | 'choice' | 'flag';

export interface Knob {
  /** `runtime.gomaxprocs`, `goroutines.main.1.syscall.takes`: the keys on the way, with dots between them. */
  path: string;
  kind: KnobKind;
  /** The last key: `gomaxprocs`, `takes`, `via`, `times`; of an operation whose parameter is the value itself its name: `compute`. */
  name: string;
  /** Whose operation it is: of which goroutine, the how manieth of its list (from 0), and what it does (`syscall read`). null: the runtime's. */
  of: { goroutine: string; index: number; operation: string } | null;
  /** As it stands in the file; the format's default where it does not. '' : the operation decides. */
  value: string;
  from: number;
  to: number;
  /** What may be chosen. */
  choices: readonly string[];
}

/** Another value for the knob at a path. */
export interface KnobChange {
  path: string;
  value: string;
}

/** Characters `at` up to `to` become `text`. Several with the same `around` are written one after the other between its two halves. */
interface Edit {
  at: number;
  to: number;
  text: string;
  around?: readonly [before: string, after: string];
}

/** Where a value goes, and what is written there. */
interface Place {
  knob: Knob;
  write: (value: string) => Edit;
}

/** A scenario that goes on for pages has more numbers than anybody turns. */
export const MOST_KNOBS = 200;

export const VIAS = ['Syscall', 'RawSyscall', 'Syscall6', 'RawSyscall6'] as const;
const MOST_SEED = Number.MAX_SAFE_INTEGER;
/** Their parameter is a text, even one that looks like a time. */
const TEXTS: ReadonlySet<string> = new Set(['mark', 'print', 'panic']);
const NO_CHOICE: readonly string[] = [];

/** The runtime's knobs; a file need not write any of them. */
const RUNTIME: readonly Omit<Knob, 'path' | 'of'>[] = [
  { name: 'gomaxprocs', kind: 'count', value: '1', from: 1, to: 256, choices: NO_CHOICE },
  { name: 'sysmon', kind: 'flag', value: 'true', from: 0, to: 0, choices: ['true', 'false'] },
  { name: 'asyncpreempt', kind: 'flag', value: 'true', from: 0, to: 0, choices: ['true', 'false'] },
  { name: 'seed', kind: 'count', value: '1', from: 0, to: MOST_SEED, choices: NO_CHOICE },
  { name: 'arch', kind: 'choice', value: DEFAULT_ARCH, from: 0, to: 0, choices: ARCH_NAMES },
];

/** Whether a value may stand at a knob. */
export function isKnobValue({ kind, from, to, choices }: Knob, value: string): boolean {
  if (kind === 'count') return /^\d{1,16}$/.test(value) && Number(value) >= from && Number(value) <= to;
  if (kind === 'time') return /^\d+(ns|us|ms|s)$/.test(value) && durationNs(value) !== null;
  return choices.includes(value);
}

/** The knobs of a scenario's text, the runtime's first; none of a text that is no scenario. */
export function knobsOf(text: string): Knob[] {
  return placesOf(text).map(({ knob }) => knob);
}

/** The text with other values. A change of what is not there, or to what may not stand there, is left out. */
export function turned(text: string, changes: readonly KnobChange[]): string {
  const wanted = new Map(changes.map(({ path, value }) => [path, value]));
  const edits = placesOf(text).flatMap(({ knob, write }) => {
    const value = wanted.get(knob.path);
    return value === undefined || value === knob.value || !isKnobValue(knob, value) ? [] : [write(value)];
  });
  // From the end, so that no edit moves the place of another. What goes into one place keeps its order.
  const ordered = joined(edits)
    .map((edit, i) => ({ edit, i }))
    .sort((one, other) => other.edit.at - one.edit.at || other.i - one.i);
  return ordered.reduce((made, { edit: { at, to, text: put } }) => made.slice(0, at) + put + made.slice(to), text);
}

/** Entries of a map that the file does not have yet make one map. */
function joined(edits: readonly Edit[]): Edit[] {
  const [first, ...rest] = edits.filter(({ around }) => around !== undefined);
  const others = edits.filter(({ around }) => around === undefined);
  if (!first?.around) return others;
  const [before, after] = first.around;
  const all = [first, ...rest].map(({ text }) => text).join(', ');
  return [...others, { at: first.at, to: first.to, text: `${before}${all}${after}` }];
}

function placesOf(text: string): Place[] {
  const { document } = composed(text, YAML_OPTIONS);
  const root = document.contents as Node | null;
  // Where the library has to guess what was meant nothing is written.
  if (document.errors.length > 0 || !isMap(root) || !entryOf(root, 'goroutines')) return [];
  return new Finder(text, root).all().slice(0, MOST_KNOBS);
}

const keyOf = ({ key }: Pair): string => String((key as Scalar).value);
const entryOf = (map: YAMLMap, name: string): Pair | undefined => map.items.find((each) => keyOf(each) === name);
const startOf = (node: unknown): number => (node as Node).range?.[0] ?? 0;
const endOf = (node: unknown): number => (node as Node).range?.[1] ?? 0;

class Finder {
  constructor(
    private readonly text: string,
    private readonly root: YAMLMap,
  ) {}

  all(): Place[] {
    const runtime = entryOf(this.root, 'runtime');
    const goroutines = entryOf(this.root, 'goroutines')?.value;
    return [...this.runtime(runtime), ...(isMap(goroutines) ? this.goroutines(goroutines) : [])];
  }

  private runtime(entry: Pair | undefined): Place[] {
    const map = isMap(entry?.value) ? entry.value : null;
    // What is no map and not nothing is a fault of the file's, which nobody writes beside.
    if (entry && !map && !(isScalar(entry.value) && entry.value.value === null) && entry.value !== null) return [];
    const missing: Place[] = [];
    const written: Place[] = [];
    for (const row of RUNTIME) {
      const knob = { ...row, path: `runtime.${row.name}`, of: null };
      const value = map ? entryOf(map, row.name)?.value : undefined;
      if (isScalar(value) && value.value !== null) written.push(this.scalar({ ...knob, value: this.written(value) }, value));
      else if (value === undefined) missing.push({ knob, write: (put) => this.insert(entry, map, row.name, put) });
    }
    const order = RUNTIME.map(({ name }) => name);
    return [...written, ...missing].sort((a, b) => order.indexOf(a.knob.name) - order.indexOf(b.knob.name));
  }

  private *operations(list: unknown, goroutine: string, path: string): Generator<Place> {
    if (!isSeq(list)) return;
    for (const [index, item] of list.items.entries()) {
      if (!isMap(item)) continue;
      const [entry] = item.items;
      if (!entry) continue;
      const operation = keyOf(entry);
      const { value } = entry;
      const at = `${path}.${index}.${operation}`;
      const of = { goroutine, index, operation: isMap(value) ? named(operation, value) : operation };
      if (isScalar(value)) yield* this.parameter(operation, value, at, of);
      else if (isMap(value)) yield* this.fields(operation, value, at, of);
      else if (isSeq(value)) yield* this.nested(value, goroutine, at);
    }
  }

  private *parameter(operation: string, value: Scalar, path: string, of: NonNullable<Knob['of']>): Generator<Place> {
    if (TEXTS.has(operation)) return;
    if (operation === 'go' && typeof value.value === 'string') {
      const knob = { path: `${path}.times`, kind: 'count', name: 'times', of: { ...of, operation: `go ${value.value}` } } as const;
      const name = this.text.slice(startOf(value), endOf(value));
      const [quote] = /^"/.exec(name) ?? [''];
      yield {
        knob: { ...knob, value: '1', from: 1, to: 1_000_000, choices: NO_CHOICE },
        write: (times) => ({
          at: startOf(value),
          to: endOf(value),
          text: `{ ${quote}name${quote}: ${name}, ${quote}times${quote}: ${times} }`,
        }),
      };
    } else if (operation === 'gomaxprocs' && typeof value.value === 'number') {
      yield this.scalar(
        { path, kind: 'count', name: operation, of, value: this.written(value), from: 1, to: 256, choices: NO_CHOICE },
        value,
      );
    } else if (isTime(value)) {
      yield this.scalar({ path, kind: 'time', name: operation, of, value: this.written(value), from: 0, to: 0, choices: NO_CHOICE }, value);
    }
  }

  private *fields(operation: string, map: YAMLMap, path: string, of: NonNullable<Knob['of']>): Generator<Place> {
    for (const entry of map.items) {
      const name = keyOf(entry);
      const { value } = entry;
      const knob = { path: `${path}.${name}`, name, of, from: 0, to: 0, choices: NO_CHOICE };
      if (isSeq(value)) {
        if (name !== 'args') yield* this.nested(value, of.goroutine, `${path}.${name}`);
      } else if (!isScalar(value)) continue;
      else if (name === 'times' && typeof value.value === 'number')
        yield this.scalar({ ...knob, kind: 'count', value: this.written(value), from: 1, to: 1_000_000 }, value);
      else if (isTime(value)) yield this.scalar({ ...knob, kind: 'time', value: this.written(value) }, value);
      else if (operation === 'syscall' && name === 'via')
        yield this.scalar({ ...knob, kind: 'choice', value: this.written(value), choices: VIAS }, value);
    }
    if (operation === 'syscall' && map.items.length > 0 && !entryOf(map, 'via'))
      yield {
        knob: { path: `${path}.via`, kind: 'choice', name: 'via', of, value: '', from: 0, to: 0, choices: VIAS },
        write: (put) => this.into(map, 'via', put),
      };
    if (operation === 'go' && map.items.length > 0 && !entryOf(map, 'times'))
      yield {
        knob: { path: `${path}.times`, kind: 'count', name: 'times', of, value: '1', from: 1, to: 1_000_000, choices: NO_CHOICE },
        write: (put) => this.into(map, 'times', put),
      };
  }

  /** A list inside of an operation: of operations, or of the branches of a select, each with its own. */
  private *nested(list: unknown, goroutine: string, path: string): Generator<Place> {
    if (!isSeq(list)) return;
    const branches = list.items.some((item) => isMap(item) && entryOf(item, 'do') !== undefined && item.items.length > 1);
    if (!branches) yield* this.operations(list, goroutine, path);
    else
      for (const [i, item] of list.items.entries())
        if (isMap(item)) yield* this.operations(entryOf(item, 'do')?.value, goroutine, `${path}.${i}.do`);
  }

  private *goroutines(map: YAMLMap): Generator<Place> {
    for (const entry of map.items) yield* this.operations(entry.value, keyOf(entry), `goroutines.${keyOf(entry)}`);
  }

  private written(value: Scalar): string {
    return typeof value.value === 'string' ? value.value : (value.source ?? String(value.value));
  }

  /** In the place of a value, in the quotes that it has. */
  private scalar(knob: Knob, value: Scalar): Place {
    const quote = value.type === 'QUOTE_DOUBLE' ? '"' : value.type === 'QUOTE_SINGLE' ? "'" : '';
    return { knob, write: (put) => ({ at: startOf(value), to: endOf(value), text: `${quote}${put}${quote}` }) };
  }

  /** A new entry of a map that has some. */
  private into(map: YAMLMap, name: string, value: string): Edit {
    const [first] = map.items;
    const at = startOf(first?.key);
    const put = this.entry(name, value);
    if (map.flow === true) {
      const { value: beside } = first ?? {};
      // Behind the first one, which says what it is: `{ name: read, via: RawSyscall, takes: 5us }`.
      return isScalar(beside) && beside.value !== null
        ? { at: endOf(beside), to: endOf(beside), text: `, ${put}` }
        : { at, to: at, text: `${put}, ` };
    }
    const line = this.text.lastIndexOf('\n', at - 1) + 1;
    return { at, to: at, text: `${put}\n${' '.repeat(at - line)}` };
  }

  /** A key of `runtime` that the file leaves to its default. */
  private insert(entry: Pair | undefined, map: YAMLMap | null, name: string, value: string): Edit {
    if (map && map.items.length > 0) return this.into(map, name, value);
    const text = this.entry(name, value);
    const nothing = map ?? entry?.value;
    if (nothing && startOf(nothing) < endOf(nothing)) return { at: startOf(nothing), to: endOf(nothing), text, around: ['{ ', ' }'] };
    if (entry) {
      const colon = this.text.indexOf(':', endOf(entry.key)) + 1;
      return { at: colon, to: colon, text, around: [' { ', ' }'] };
    }
    const at = startOf(entryOf(this.root, 'goroutines')?.key ?? this.root.items[0]?.key);
    return { at, to: at, text, around: this.root.flow === true ? ['"runtime": { ', ' }, '] : ['runtime: { ', ' }\n'] };
  }

  private entry(name: string, value: string): string {
    const isJson = this.root.flow === true;
    return isJson ? `"${name}": ${/^(\d+|true|false)$/.test(value) ? value : `"${value}"`}` : `${name}: ${value}`;
  }
}

const isTime = ({ value }: Scalar): boolean => typeof value === 'string' && /^\d+(ns|us|ms|s)$/.test(value);

/** `syscall read`, `go worker`: what the operation is about, where it says so. */
function named(operation: string, map: YAMLMap): string {
  const name = entryOf(map, 'name')?.value;
  return isScalar(name) && typeof name.value === 'string' ? `${operation} ${name.value}` : operation;
}
