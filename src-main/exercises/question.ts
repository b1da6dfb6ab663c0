/** A question about a run, with one right choice. What each choice says of the run is data, so that it can be held against the trace. */
import { fill, inEveryLanguage, type Text, WORDS, type Words } from '../../assets/words/index';
import type { Json } from '../model/state';
import { textOf } from '../model/words';
import type { Mechanism } from './mechanisms';
import type { StudiedRun } from './studied-run';

/** What a choice says, as something that the steps of the run show to be true or false (claims.ts). */
export type Claim =
  /** After step `n` the M that made it goes on with this goroutine. */
  | { kind: 'next'; n: number; g: string }
  /** The goroutine whose call ended with the SYSRET of step `n` gets a P back, or none. */
  | { kind: 'home'; n: number; way: 'oldp' | 'idlep' | 'queued' }
  /** sysmon takes the P between two steps, so long after the first of them; null: it does not. */
  | { kind: 'taken'; p: string; from: number; to: number; afterNs: readonly [least: number, most: number] | null }
  /** What stands at a place of the state after step `n`. */
  | { kind: 'value'; n: number; path: string; is: Json }
  /** Which of these goroutines is executed first. */
  | { kind: 'first'; of: readonly string[]; g: string }
  /** How many goroutines step `n` takes out of another P's queue. */
  | { kind: 'stolen'; n: number; is: number }
  /** Most threads alive at once. */
  | { kind: 'threads'; is: number }
  | { kind: 'outcome'; is: string };

export interface Choice {
  text: Text;
  /** Why it is wrong; null for the right one. */
  why: Text | null;
  claim: Claim;
  /** An id in assets/misconceptions.yaml: what somebody believes who chooses it. */
  believes?: string;
}

export interface Question {
  mechanism: Mechanism;
  /** The step after which it is asked: what follows is to be found out. */
  asked: number;
  /** The step whose state shows the answer. */
  shown: number;
  /** What shows it: a place of that state, or of the facts with what stands there. */
  shows: { kind: 'state'; path: string } | { kind: 'facts'; path: string; is: Json };
  title: Text;
  question: Text;
  choices: Choice[];
  /** Index into choices. */
  answer: number;
  because: Text;
}

/** Finds what can be asked about a run, in the order of the run. */
export type Asker = (run: StudiedRun) => Question[];

type ExerciseWords = Words['exercises'];

export const say = (said: (words: ExerciseWords, all: Words) => string): Text => inEveryLanguage((words) => said(words.exercises, words));

/** Two sentences, one after the other. */
export const joined = (first: Text, second: Text): Text =>
  textOf((language) => fill(WORDS[language].exercises.sentences, { first: first[language], second: second[language] }));

export const code = (text: string | number): string => `\`${String(text)}\``;

/** A question with its choices in the order given; null unless exactly one has no `why` and all texts differ. */
export function questionOf(parts: Omit<Question, 'answer'>): Question | null {
  const right = parts.choices.filter(({ why }) => why === null);
  const texts = new Set(parts.choices.map(({ text }) => text.zh));
  if (right.length !== 1 || parts.choices.length < 2 || texts.size !== parts.choices.length) return null;
  return { ...parts, answer: parts.choices.findIndex(({ why }) => why === null) };
}
