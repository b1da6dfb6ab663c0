/**
 * A text with faults that a look-alike character caused: `kind：scenario` looks right, and whatever a reader says of it does not help. The
 * characters near each fault are replaced on trial, one by one; where the text is better for it, that character is the fault. In the words of
 * a text (a title, a story) such characters are right, so none is blamed without the trial.
 */
import { characterName, meantBy } from '../model/look-alikes';
import type { Fault } from '../model/words';
import { fill } from '../../assets/words/index';
import { saidOf, YamlSource } from './yaml-source';

/** What YAML has and assembly does not. */
const IN_YAML: Readonly<Record<string, string>> = {
  '。': '.',
  '｡': '.',
  '【': '[',
  '〔': '[',
  '「': '[',
  '】': ']',
  '〕': ']',
  '」': ']',
  '\u2028': ' ',
  '\u2029': ' ',
};

/** What should stand for this character; null where it is not taken for another. */
const looksLike = (character: string): string | null => (character <= '\x7f' ? null : (IN_YAML[character] ?? meantBy(character)));

/** What all trials together may read, in characters: a file of the largest size is read once more. */
const MOST_READ = 1024 * 1024;
/** And so many of a small one. */
const MOST_TRIALS = 100;
/** Reading a fault costs as much as so many characters: of a file with thousands of them no single character is the cause. */
const FAULT_READ = 200;

const WIDE_BLANK = '\u3000';

interface Candidate {
  at: number;
  line: number;
  column: number;
  character: string;
  instead: string;
}

/** How a text was read on trial. */
interface Tried {
  faults: readonly Fault[];
  /** Whether it is YAML at all: only then its contents are looked at, and a file that was unreadable shows its other faults. */
  isYaml: boolean;
}

/** What a reader makes of a file; where it finds faults, those that a look-alike character causes are named as such. */
export function withCauses<Parsed extends { ok: true } | { ok: false; faults: Fault[] }>(
  text: string,
  file: string,
  read: (source: YamlSource) => Parsed,
): Parsed {
  const source = new YamlSource(text, file);
  const parsed = read(source);
  // No single character makes a file as large or as deep as that.
  if (parsed.ok || source.isTooMuch) return parsed;
  const before = { faults: parsed.faults, isYaml: source.root !== null };
  const faults = blameLookAlikes(text, file, before, (mended) => {
    const other = new YamlSource(mended, file);
    const again = read(other);
    return { faults: again.ok ? [] : again.faults, isYaml: other.root !== null };
  });
  return { ...parsed, faults };
}

/** A line with more of them is prose: of it single ones only are tried, and all together. */
const MOST_IN_PAIRS = 8;

/** The faults of `text` with those that a look-alike character causes named as such. */
function blameLookAlikes(text: string, file: string, before: Tried, read: (text: string) => Tried): Fault[] {
  let trials = Math.min(MOST_TRIALS, Math.floor(MOST_READ / Math.max(1, text.length + FAULT_READ * before.faults.length)));
  const blamed: Candidate[] = [];
  let left = before;
  const seen = new Set<number>();
  for (let line = lineToTry(text, left.faults, seen); line !== null; line = lineToTry(text, left.faults, seen)) {
    seen.add(line.number);
    for (const alternatives of combinations(candidatesOf(line, blamed))) {
      let best = left;
      let found: readonly Candidate[] | null = null;
      for (const together of alternatives) {
        if (trials-- <= 0) return asFaults(file, blamed, left.faults);
        const wanted = [...blamed, ...together];
        const tried = read(mended(text, wanted));
        const after = { ...tried, faults: inTextAsWritten(tried.faults, wanted) };
        if (isBetter(best, after, together)) [best, found] = [after, together];
      }
      if (!found) continue;
      blamed.push(...found);
      left = best;
      // There may be more of them in this line, and in what can be read only now.
      seen.clear();
      break;
    }
  }
  return asFaults(file, blamed, left.faults);
}

const asFaults = (file: string, blamed: readonly Candidate[], left: readonly Fault[]): Fault[] =>
  [...blamed.map((each) => faultOf(file, each)), ...left].sort((a, b) => a.line - b.line || a.column - b.column);

function faultOf(file: string, { line, column, character, instead }: Candidate): Fault {
  const found = characterName(character);
  const message = saidOf((w) =>
    instead === ''
      ? fill(w.invisible, { found })
      : instead.trim() === ''
        ? fill(w.oddBlank, { found })
        : fill(w.lookAlike, { found, instead }),
  );
  return { file, line, column, message, suggestion: null };
}

interface Line {
  /** From 1. */
  number: number;
  text: string;
  /** Of its first character in the whole text. */
  at: number;
}

/** The first line to be looked at: one with a fault, or the one before it, since what is not closed or not indented is found a line later. */
function lineToTry(text: string, faults: readonly Fault[], tried: ReadonlySet<number>): Line | null {
  const near = new Set(faults.flatMap(({ line }) => [line, line - 1]).filter((line) => !tried.has(line)));
  if (near.size === 0) return null;
  let at = 0;
  for (const [index, row] of text.split('\n').entries()) {
    if (near.has(index + 1) && [...row].some((character) => looksLike(character) !== null)) return { number: index + 1, text: row, at };
    at += row.length + 1;
  }
  return null;
}

function candidatesOf({ number, text, at }: Line, blamed: readonly Candidate[]): Candidate[] {
  const found: Candidate[] = [];
  let column = 1;
  for (const character of text) {
    // Of an indentation one of these looks as wide as two blanks.
    const isIndent = character === WIDE_BLANK && text.slice(0, column - 1).trim() === '';
    const instead = isIndent ? '  ' : looksLike(character);
    const here = at + column - 1;
    if (instead !== null && !blamed.some((each) => each.at === here)) found.push({ at: here, line: number, column, character, instead });
    column += character.length;
  }
  return found;
}

/** What may be wrong together, the simplest first: each by itself; brackets and quotes come in pairs; an indentation is a row of blanks. */
function* combinations(candidates: readonly Candidate[]): Generator<readonly (readonly Candidate[])[]> {
  yield candidates.map((each) => [each]);
  if (candidates.length <= MOST_IN_PAIRS)
    yield candidates.flatMap((first, index) => candidates.slice(index + 1).map((second) => [first, second]));
  const kinds = [...new Set(candidates.map(({ character }) => character))];
  const alike = kinds.map((kind) => candidates.filter(({ character }) => character === kind));
  yield [...alike, candidates].filter(({ length }) => length > 2);
}

/** YAML wants a blank after : and ,; whoever types the full-width one leaves it out. */
const spaced = (instead: string): string => (instead === ':' || instead === ',' ? `${instead} ` : instead);

function mended(text: string, candidates: readonly Candidate[]): string {
  let out = '';
  let from = 0;
  for (const { at, character, instead } of [...candidates].sort((a, b) => a.at - b.at)) {
    out += text.slice(from, at) + spaced(instead);
    from = at + character.length;
  }
  return out + text.slice(from);
}

/** The faults of a mended text at the places that they have in the text as it was written. */
function inTextAsWritten(faults: readonly Fault[], candidates: readonly Candidate[]): Fault[] {
  return faults.map((fault) => {
    const before = candidates
      .filter(({ line, column }) => line === fault.line && column < fault.column)
      .sort((a, b) => a.column - b.column);
    let { column } = fault;
    for (const { character, instead } of before) column -= spaced(instead).length - character.length;
    return { ...fault, column: Math.max(1, column) };
  });
}

/**
 * Fewer faults near the line, or as many and fewer in all, or reading gets past these characters and finds the next fault behind them. A text
 * that can be read at last is better with any number; one that cannot any more never is.
 */
function isBetter(before: Tried, after: Tried, together: readonly Candidate[]): boolean {
  if (before.isYaml !== after.isYaml) return after.isYaml;
  const line = together[0]?.line ?? 0;
  const near = ({ faults }: Tried): Fault[] => faults.filter((fault) => fault.line === line || fault.line === line + 1);
  const [was, is] = [near(before), near(after)];
  if (is.length !== was.length) return is.length < was.length;
  if (after.faults.length !== before.faults.length) return after.faults.length < before.faults.length;
  const last = together.at(-1)?.column ?? 0;
  const isBehind = (fault: Fault): boolean => fault.line > line || fault.column > last;
  return is.every(isBehind) && !was.every(isBehind);
}
