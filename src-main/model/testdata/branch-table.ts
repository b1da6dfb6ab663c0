/**
 * For tests: reads BRANCHES.md and says which of its branches a run reaches. The notation of its columns `step` and `told apart by` is
 * explained at the top of that file; this is the code that carries it out.
 */
import type { Json, MId, Outcome, State, Step } from '../state';
import { keysOf } from '../state-path';
import { applyStep, copyState } from '../trace/replay';

export interface Branch {
  /** Line in BRANCHES.md, from 1. */
  line: number;
  /** Heading and row as the table has them, for messages. */
  title: string;
  /** `fn/at`, with * for any text; '' where the model has no such step. */
  step: string;
  clauses: readonly Clause[];
  /** Name of the scenario that reaches it, without its ending; null: nothing does, and `why` says why not. */
  by: string | null;
  why: string;
}

/** A run as the clauses look at it. */
export interface RunToSearch {
  first: State;
  steps: readonly Step[];
  outcome: Outcome;
}

/** One step of a run with its surroundings. */
interface Place {
  step: Step;
  /** The state before the step. */
  before: State;
  /** All steps of the same M, and where among them this one stands. */
  ofM: readonly Step[];
  index: number;
  /** How the run ended; null unless this is its last step. */
  outcome: Outcome | null;
}

type Clause = (place: Place) => boolean;

const CELL = /`([^`]*)`/;

export function branchesOf(text: string): Branch[] {
  const branches: Branch[] = [];
  let heading = '';
  let columns: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.startsWith('#')) heading = line.replace(/^#+\s*/, '');
    if (!line.startsWith('|')) {
      columns = [];
      continue;
    }
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (columns.length === 0) columns = cells;
    else if (columns.includes('step') && !/^-+$/.test(cells[0] ?? '')) branches.push(branchOf(cells, columns, heading, index + 1));
  }
  return branches;
}

function branchOf(cells: readonly string[], columns: readonly string[], heading: string, line: number): Branch {
  if (cells.length !== columns.length) throw new Error(`BRANCHES.md:${line}: ${cells.length} cells under ${columns.length} headings`);
  const cell = (name: string): string => cells[columns.indexOf(name)] ?? '';
  const code = (name: string): string => CELL.exec(cell(name))?.[1] ?? '';
  const by = code('reached by');
  return {
    line,
    title: `BRANCHES.md:${line}, ${heading}, ${cell('row')}`,
    step: code('step'),
    clauses: code('told apart by')
      .split(';')
      .map((clause) => clause.trim())
      .filter(Boolean)
      .map((clause) => clauseOf(clause, line)),
    by: by === '' ? null : by,
    why: by === '' ? cell('reached by') : '',
  };
}

function clauseOf(text: string, line: number): Clause {
  const [word = '', ...parts] = text.split(/\s+/);
  switch (word) {
    case 'then':
      return ({ ofM, index }) => fitInOrder(parts, ofM, index + 1);
    case 'after':
      return ({ ofM, index }) => fitInOrder(parts, ofM, index - parts.length);
    case 'not':
      return not(clauseOf(parts.join(' '), line));
    case 'sets':
      return setsClause(parts);
    case 'keeps':
      return not(setsClause(parts));
    case 'while':
      return ({ before }) => valuesAt(before as unknown as Json, keysOf(parts[0] ?? '')).some((value) => isLike(value, parts[1] ?? ''));
    case 'event':
      return ({ step }) => (step.ev ?? '').split(' ').includes(parts[0] ?? '');
    case 'fact':
      return ({ step }) => parts.every((part) => hasFact(step, part));
    case 'by':
      return ({ step }) => step.m === parts[0];
    case 'ends':
      return ({ outcome }) => outcome !== null && outcome.kind === parts[0] && outcome.message.includes(parts.slice(1).join(' '));
    default:
      throw new Error(`BRANCHES.md:${line}: nobody knows the clause “${text}”`);
  }
}

function not(clause: Clause): Clause {
  return (place) => !clause(place);
}

function fitInOrder(patterns: readonly string[], steps: readonly Step[], from: number): boolean {
  return patterns.every((pattern, i) => {
    const step = steps[from + i];
    return step !== undefined && fits(pattern, `${step.fn}/${step.at}`);
  });
}

const globs = new Map<string, RegExp>();

/** Whether `fn/at` is meant by a pattern in which * stands for any text. */
export function fits(pattern: string, text: string): boolean {
  let glob = globs.get(pattern);
  if (!glob) {
    const source = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    globs.set(pattern, (glob = new RegExp(`^${source.join('.*')}$`)));
  }
  return glob.test(text);
}

/** `sets PATH`, `sets PATH NEW`, `sets PATH OLD -> NEW`. */
function setsClause([path = '', ...values]: readonly string[]): Clause {
  const keys = keysOf(path).length;
  const wanted = values.at(-1);
  const wantedOld = values.includes('->') ? values[0] : undefined;
  return ({ step }) =>
    step.set.some(
      ([changed, old, now]) =>
        keysOf(changed).length === keys &&
        fits(path, changed) &&
        (wanted === undefined || isLike(now, wanted)) &&
        (wantedOld === undefined || isLike(old, wantedOld)),
    );
}

/** `some`: anything but null; `[3]`: a list of three; `[some]`: a list that is not empty; else the value itself as text. */
function isLike(value: Json, pattern: string): boolean {
  if (pattern === 'some') return value !== null;
  if (!pattern.startsWith('[')) return String(value) === pattern;
  if (!Array.isArray(value)) return false;
  return pattern === '[some]' ? value.length > 0 : value.length === Number(pattern.slice(1, -1));
}

function valuesAt(node: Json | undefined, [key, ...others]: readonly string[]): Json[] {
  if (node === undefined) return [];
  if (key === undefined) return [node];
  if (node === null || typeof node !== 'object') return [];
  const table = node as { readonly [key: string]: Json };
  return key === '*' ? Object.values(table).flatMap((row) => valuesAt(row, others)) : valuesAt(table[key], others);
}

function hasFact(step: Step, part: string): boolean {
  const [key = '', value = ''] = part.split('=');
  return [step.fact, step.call].some((fact) => String((fact as Record<string, Json> | undefined)?.[key]) === value);
}

/** Which of the branches the run reaches; steps are asked in order, and a branch only until it is found. */
export function reachedIn(run: RunToSearch, branches: readonly Branch[]): Set<Branch> {
  const reached = new Set<Branch>();
  const state = copyState(run.first);
  const ofMs = new Map<MId, Step[]>();
  for (const step of run.steps) {
    const ofM = ofMs.get(step.m);
    if (ofM) ofM.push(step);
    else ofMs.set(step.m, [step]);
  }
  const indexes = new Map<MId, number>();
  for (const step of run.steps) {
    const index = (indexes.get(step.m) ?? -1) + 1;
    indexes.set(step.m, index);
    const place: Place = {
      step,
      before: state,
      ofM: ofMs.get(step.m) ?? [],
      index,
      outcome: step === run.steps.at(-1) ? run.outcome : null,
    };
    const name = `${step.fn}/${step.at}`;
    for (const branch of branches) {
      if (branch.step === '' || reached.has(branch) || !fits(branch.step, name)) continue;
      if (branch.clauses.every((clause) => clause(place))) reached.add(branch);
    }
    applyStep(state, step);
  }
  return reached;
}
