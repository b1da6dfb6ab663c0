/** The first thing in which two runs differ, and which step of one is which of the other. Pure, in time linear in both. */
import type { GId, Json, MId, PId, Step } from '../../model/state';
import { plainJson } from '../../model/trace/queue-versions';
import { type Meaning, Meanings } from './meaning';
import type { Steps } from './place';

/** A step, as far as a sentence tells it. */
export interface DifferingStep extends Pick<Meaning, 'who' | 'fn' | 'at'> {
  n: number;
  t: number;
  m: MId;
  p: PId | null;
  g: GId | null;
}

/**
 * `end`: one run is over. `who`: somebody else acts. `row`: the same one goes another way. `place`: the same row, on another thread or P.
 * `time`: the same, later. `value`: nothing is done otherwise, but what is written is another value.
 */
export type DifferenceKind = 'end' | 'who' | 'row' | 'place' | 'time' | 'value';

export interface Difference {
  kind: DifferenceKind;
  /** null: this run is over. */
  one: DifferingStep | null;
  other: DifferingStep | null;
  /** What is written in `value`: the place, and what either run has there as JSON. */
  path: string;
  values: readonly [one: string, other: string];
}

const NO_VALUES = ['', ''] as const;

/** null: whatever the two do, they do the same. Values that are written differently count only where nothing else ever differs. */
export function firstDifference(one: Steps, other: Steps): Difference | null {
  const meanings = [new Meanings(one.first), new Meanings(other.first)] as const;
  const others = other.steps[Symbol.iterator]();
  let value: Difference | null = null;
  for (const step of one.steps) {
    const next = others.next();
    const a = told(step, meanings[0]);
    if (next.done === true) return { kind: 'end', one: a, other: null, path: '', values: NO_VALUES };
    const b = told(next.value, meanings[1]);
    const kind = kindOf(a, b);
    if (kind !== null) return { kind, one: a, other: b, path: '', values: NO_VALUES };
    const written: ReturnType<typeof otherValue> = value === null ? otherValue(step, next.value) : null;
    if (written) value = { kind: 'value', one: a, other: b, ...written };
  }
  const next = others.next();
  if (next.done !== true) return { kind: 'end', one: null, other: told(next.value, meanings[1]), path: '', values: NO_VALUES };
  return value;
}

function told(step: Step, meanings: Meanings): DifferingStep {
  const { who, fn, at } = meanings.next(step);
  const { n, t, m, p, g } = step;
  return { who, fn, at, n, t, m, p, g };
}

function kindOf(a: DifferingStep, b: DifferingStep): DifferenceKind | null {
  if (a.who !== b.who) return 'who';
  if (a.fn !== b.fn || a.at !== b.at) return 'row';
  if (a.m !== b.m || a.p !== b.p) return 'place';
  return a.t === b.t ? null : 'time';
}

/** The first place that one of two steps writes and the other does not, or writes otherwise. */
function otherValue(one: Step, other: Step): Pick<Difference, 'path' | 'values'> | null {
  const [a, b] = [writtenBy(one), writtenBy(other)];
  for (const path of new Set([...a.keys(), ...b.keys()])) {
    const [mine, theirs] = [a.get(path) ?? '', b.get(path) ?? ''];
    if (mine !== theirs) return { path, values: [mine, theirs] };
  }
  return null;
}

const writtenBy = ({ set }: Step): Map<string, string> =>
  new Map(set.map(([path, , now]) => [path, JSON.stringify(plainJson(now as Json))]));

/** Longer runs are compared by their clocks alone. */
export const MOST_ALIGNED = 300_000;

/**
 * For each step of `one`, by its number, the step of `other` that is the same: of the same doer in the same of its operations, the same row for the
 * same time. 0: there is none.
 */
export function aligned(one: Steps, other: Steps): Uint32Array {
  const there = new Map<string, number>();
  for (const [key, n] of keyed(other)) there.set(key, n);
  const found: number[] = [0];
  for (const [key, n] of keyed(one)) found[n] = there.get(key) ?? 0;
  return Uint32Array.from(found);
}

function* keyed({ first, steps }: Steps): Generator<readonly [key: string, n: number]> {
  const meanings = new Meanings(first);
  const times = new Map<string, number>();
  for (const step of steps) {
    const { who, visit, fn, at } = meanings.next(step);
    const row = `${who}\n${visit}\n${fn}\n${at}`;
    const time = (times.get(row) ?? 0) + 1;
    times.set(row, time);
    yield [`${row}\n${time}`, step.n];
    if (step.n >= MOST_ALIGNED) return;
  }
}
