/** Whether what a lesson claims of its runs holds in them. */
import { fill, inEveryLanguage } from '../../assets/words/index';
import { durationText } from '../formats/durations';
import type { Proof } from '../formats/lesson';
import { nearest } from '../model/nearest-word';
import type { Scenario } from '../model/scenario';
import type { GId, Json, State } from '../model/state';
import type { Anchor, Rows } from '../model/trace/anchors';
import type { Text } from '../model/words';
import type { Evidence } from './evidence';
import { placeText, saying, valueText } from './shown';
import { isSame, namesBeside } from './values';

/** What is wrong, the word that was likely meant, and what its author can do about it, where that does not follow from what is wrong. */
export interface Failure {
  message: Text;
  suggestion: string | null;
  mend: Text | null;
}

export const failure = (message: Text, suggestion: string | null = null, mend: Text | null = null): Failure => ({
  message,
  suggestion,
  mend,
});

/** The likely row, or the likely function, for a place that a run never comes to. */
export function noPlace(run: string, at: Anchor | Rows, evidence: Evidence): Failure {
  const { fn, at: row } = at;
  const rows = evidence.rowsOf.get(fn);
  const where = placeText(at);
  if (rows?.has(row) && 'occurrence' in at && at.occurrence > 1)
    return failure(
      saying((words) => fill(words.noNthPlace, { run, where: `${fn} / ${row}`, n: at.occurrence })),
      null,
      saying((words) => words.mendNth),
    );
  const near = rows ? nearest(row, rows) : nearest(fn, evidence.rowsOf.keys());
  const message = saying((words) => fill(words.noPlace, { run, where }));
  // The row is there, but not for whom it is asked.
  if (rows?.has(row))
    return failure(
      message,
      null,
      saying((words) => words.mendWhose),
    );
  return failure(
    near === null ? withRows(message, fn, rows) : message,
    near,
    saying((words) => words.mendPlace),
  );
}

/** So many are told of a function that has very many. */
const MOST_ROWS = 16;

/** A name that is like none of them: all that there are, so that nobody has to look for them elsewhere. */
export function withRows(message: Text, fn: string, rows: ReadonlySet<string> | undefined): Text {
  if (!rows) return message;
  const shown = [...rows].slice(0, MOST_ROWS);
  return inEveryLanguage(({ lessonProof, language }, id) => {
    const list = shown.join(language.comma) + (shown.length < rows.size ? ' …' : '');
    return message[id] + fill(lessonProof.rowsThere, { fn, rows: list });
  });
}

const whereOf = (at: Anchor | null, firstState: string): string => (at === null ? firstState : placeText(at));

/** What is wrong with a proof; null: it holds. */
export function disproof(proof: Proof, evidence: Evidence): Failure | null {
  switch (proof.kind) {
    case 'state':
      return ofState(proof, evidence);
    case 'facts':
      return ofFacts(proof, evidence);
    case 'count':
      return ofCount(proof, evidence);
    case 'order':
      return ofOrder(proof, evidence);
    case 'time':
      return ofTime(proof, evidence);
  }
}

type Of<K extends Proof['kind']> = Extract<Proof, { kind: K }>;

function ofState({ run, at, path, is }: Of<'state'>, evidence: Evidence): Failure | null {
  const n = evidence.place(at);
  if (n === null) return at === null ? null : noPlace(run, at, evidence);
  const found = evidence.stateValue(n, path);
  if (found !== undefined) return isSame(found, is) ? null : wrongValue(run, path, is, found);
  const state = evidence.state(n);
  return failure(
    saying((words) => fill(words.noState, { where: whereOf(at, words.firstState), path })),
    byNumber(path, state) ??
      ofTable(path, (each) => evidence.stateValue(n, each) !== undefined) ??
      nearest(path.split('.').at(-1) ?? '', namesBeside(state, path)),
    saying((words) => words.mendState),
  );
}

/** Whoever leaves out the table, `G1.status`, meant that of the letter. `isThere`: whether the state has a path. */
function ofTable(path: string, isThere: (path: string) => boolean): string | null {
  const meant = `${path.charAt(0)}.${path}`;
  return /^[GMP]\d+\./.test(path) && isThere(meant) ? meant : null;
}

/** A goroutine stands in a state by its number; whoever wrote its name meant that. */
function byNumber(path: string, { G }: State): string | null {
  const [table, name, ...rest] = path.split('.');
  const id = table === 'G' ? Object.keys(G).find((each) => G[each as GId]?.name === name) : undefined;
  return id === undefined ? null : ['G', id, ...rest].join('.');
}

/**
 * Why nothing is pointed at by an entry of a step's `focus`: whoever thinks in the village's words writes a name there, and then nothing is seen.
 * Null: it is written as places are, whether there is such a one or not. `state`: at that step.
 */
export function pointless(focus: string, { cast, goroutines }: Scenario, { G }: State): Failure | null {
  // A goroutine may be called as places are.
  if (/^[GMP]\d+$/.test(focus)) return null;
  const child = Object.keys(goroutines).find((name) => name === focus || cast.G[name] === focus);
  if (focus.includes('.') || (child === undefined && !/\P{ASCII}/u.test(focus))) return null;
  const goroutine = Object.keys(G).find((id) => child !== undefined && G[id as GId]?.name.split('#', 1)[0] === child);
  const house = cast.P.indexOf(focus);
  return failure(
    saying((words) => fill(words.pointless, { found: focus })),
    goroutine ?? (house >= 0 ? `P${house}` : null),
    saying((words) => words.mendFocus),
  );
}

function ofFacts({ run, path, is }: Of<'facts'>, evidence: Evidence): Failure | null {
  const found = evidence.fact(path);
  if (found !== undefined) return isSame(found, is) ? null : wrongValue(run, path, is, found);
  return failure(
    saying((words) => fill(words.noFacts, { run, path })),
    nearest(path.split(/[.[]/).at(-1) ?? '', namesBeside(evidence.facts, path)),
    saying((words) => words.mendFacts),
  );
}

function wrongValue(run: string, path: string, is: Json, value: Json): Failure {
  const [expected, found] = [valueText(is), valueText(value)];
  return failure(
    saying((words) => fill(words.wrongValue, { run, path, expected, found })),
    null,
    saying((words) => fill(words.mendValue, { expected, found })),
  );
}

function ofCount({ run, of, is }: Of<'count'>, evidence: Evidence): Failure | null {
  const found = evidence.count(of);
  if (found === is) return null;
  if (found === 0) return noPlace(run, of, evidence);
  return failure(
    saying((words) => fill(words.wrongCount, { run, where: placeText(of), expected: is, found })),
    null,
    saying((words) => fill(words.mendCount, { expected: is, found })),
  );
}

function ofOrder({ run, first, then }: Of<'order'>, evidence: Evidence): Failure | null {
  const [a, b] = [evidence.place(first), evidence.place(then)];
  if (a === null) return noPlace(run, first, evidence);
  if (b === null) return noPlace(run, then, evidence);
  if (a < b) return null;
  return failure(
    saying((words) => fill(words.wrongOrder, { run, first: placeText(first), then: placeText(then), a, b })),
    null,
    saying((words) => (a === b ? words.mendSame : words.mendOrder)),
  );
}

function ofTime({ run, at, fromNs, toNs }: Of<'time'>, evidence: Evidence): Failure | null {
  const n = evidence.place(at);
  if (n === null) return noPlace(run, at, evidence);
  const t = evidence.time(n);
  if (t >= fromNs && (toNs === null || t <= toNs)) return null;
  const [where, from, found] = [placeText(at), durationText(fromNs), durationText(t)];
  const mend = saying((words) => fill(words.mendTime, { found }));
  if (toNs === null)
    return failure(
      saying((words) => fill(words.tooEarly, { run, where, from, found })),
      null,
      mend,
    );
  return failure(
    saying((words) => fill(words.wrongTime, { run, where, from, to: durationText(toNs), found })),
    null,
    mend,
  );
}
