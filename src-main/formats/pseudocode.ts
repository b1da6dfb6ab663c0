/**
 * Reads assets/pseudocode/VERSION/*.txt: for each function of Go's that the model plays, one line per row of a trace, with the line of Go's
 * own file. How to write them: README.md beside this file. Pure and without packages (the dictionaries aside), because the window reads its copy with it.
 */
import { fill, inEveryLanguage, type Words } from '../../assets/words/index';
import { type Fault, type Language, LANGUAGES, type Text, textOf, WRITTEN } from '../model/words';

/** What is wrong, in the words of one language; null: nothing. */
type Wrong = ((faults: Words['faults']) => string) | null;

/** A line of one of the five documents. */
export interface PrintedLine {
  /** Its number, as lessons and errata name it: `003`. */
  document: string;
  /** From 1. */
  line: number;
}

/** Its text says what the line is for; '' in every language where the code says it all. */
export interface PseudocodeLine extends Text {
  /** The row of the trace; '' for a line that only holds the others together. */
  at: string;
  /** Line of `file` in Go's source, from 1; null: the model's own, Go has no such line. */
  line: number | null;
  /** Go's function that the line lies in: `fn`, unless its work is done by another one. */
  within: string;
  code: string;
  /** Levels of indentation. */
  indent: number;
  /** Where documents print this line of Go's, comments aside. */
  printed: readonly PrintedLine[];
}

export interface Pseudocode {
  fn: string;
  /** Path below Go's src. */
  file: string;
  lines: PseudocodeLine[];
}

export interface PseudocodeTexts {
  functions: ReadonlyMap<string, Pseudocode>;
  faults: readonly Fault[];
}

const OURS = '–';
/** Before the texts: at, line, code. */
const BEFORE = 3;

class Reader {
  readonly functions = new Map<string, Pseudocode>();
  readonly faults: Fault[] = [];
  private current: Pseudocode | null = null;
  private readonly declaredAt = new Map<string, string>();
  /** Functions with a row, good or bad. */
  private readonly begun = new Set<string>();

  read(file: string, text: string): void {
    this.current = null;
    let number = 0;
    for (const raw of text.split('\n')) {
      number++;
      const line = raw.trimEnd();
      if (line === '' || line.startsWith('#')) continue;
      const fault = line.startsWith('==') ? this.head(line, `${file}:${number}`) : this.row(line);
      if (fault !== null) this.add(file, number, fault);
    }
  }

  private add(file: string, line: number, wrong: NonNullable<Wrong>): void {
    this.faults.push({ file, line, column: 1, suggestion: null, message: inEveryLanguage(({ faults }) => wrong(faults)) });
  }

  /** A function without rows was begun and forgotten. */
  end(): void {
    for (const fn of this.functions.keys()) {
      if (this.begun.has(fn)) continue;
      const [file = '', line = '1'] = (this.declaredAt.get(fn) ?? '').split(/:(?=\d+$)/);
      this.add(file, Number(line), (w) => fill(w.pseudocodeNoRows, { fn }));
    }
  }

  private head(line: string, place: string): Wrong {
    const [, fn, file] = /^== (\S+) (\S+\.(?:go|s))$/.exec(line) ?? [];
    if (fn === undefined || file === undefined) {
      this.current = null;
      return (w) => fill(w.pseudocodeHeading, { found: line });
    }
    const before = this.declaredAt.get(fn);
    this.current = { fn, file, lines: [] };
    if (before !== undefined) return (w) => fill(w.pseudocodeDeclared, { fn, place: before });
    this.functions.set(fn, this.current);
    this.declaredAt.set(fn, place);
    return null;
  }

  private row(line: string): Wrong {
    const { current } = this;
    if (!current) return (w) => w.pseudocodeNoHeading;
    this.begun.add(current.fn);
    const parts = line.split('¦').map((part) => part.trim());
    if (parts.length < BEFORE + WRITTEN.length || parts.length > BEFORE + LANGUAGES.length)
      return (w) => fill(w.pseudocodeColumns, { n: parts.length, languages: LANGUAGES.join(', ') });
    const [at = '', place = '', dotted = '', ...texts] = parts;
    const [inGo = '', ...inDocuments] = place.split(', ');
    const source = sourceOf(inGo, current.fn);
    if (!source) return (w) => fill(w.pseudocodePlace, { ours: OURS, found: inGo });
    const printed: PrintedLine[] = [];
    for (const found of inDocuments) {
      const [, document, lineThere] = /^(\d{3}):([1-9]\d*)$/.exec(found) ?? [];
      if (document === undefined) return (w) => fill(w.pseudocodePrinted, { found });
      printed.push({ document, line: Number(lineThere) });
    }
    const indent = /^\.*/.exec(dotted)?.[0].length ?? 0;
    const code = dotted.slice(indent).trim();
    if (code === '') return (w) => w.pseudocodeNoCode;
    const said = (language: Language): string => texts[LANGUAGES.indexOf(language)] ?? '';
    const missing = WRITTEN.filter((language) => said(language) === '');
    const given = LANGUAGES.filter((language) => said(language) !== '');
    if (missing.length > 0 && given.length > 0)
      return (w) => fill(w.pseudocodeHalf, { given: given.join(', '), missing: missing.join(', ') });
    if (at !== '' && current.lines.some((each) => each.at === at)) return (w) => fill(w.pseudocodeDuplicateRow, { fn: current.fn, at });
    current.lines.push({ at, ...source, code, indent, printed, ...textOf((language) => said(language) || said('en')) });
    return null;
  }
}

function sourceOf(place: string, fn: string): Pick<PseudocodeLine, 'line' | 'within'> | null {
  if (place === OURS) return { line: null, within: fn };
  const [, within = fn, line] = /^(?:(\w+):)?([1-9]\d*)$/.exec(place) ?? [];
  return line === undefined ? null : { line: Number(line), within };
}

/** All files of one version, name to text. Whatever can be read is read; the faults say the rest. */
export function readPseudocode(files: Readonly<Record<string, string>>): PseudocodeTexts {
  const reader = new Reader();
  for (const [file, text] of Object.entries(files)) reader.read(file, text);
  reader.end();
  return { functions: reader.functions, faults: reader.faults };
}
