/** A lesson (formats/README.md, “Lesson”) as checked data. What version 2 of the format adds is null or empty in a file of version 1. */
import type { Anchor, Rows } from '../../model/trace/anchors';
import type { Arch } from '../../model/arch';
import type { WrapperVia } from '../../model/kernel/call-row';
import type { Json } from '../../model/state';
import type { Language, Text } from '../../model/words';
import type { ErratumClass, ErratumPlace } from '../errata';

export type { Anchor, Rows };

/** The versions of the format that are read. */
export type LessonVersion = 1 | 2;

/** A document of the lesson's own, besides the five. */
export interface LessonDocument {
  title: Text;
  author: string | null;
  url: string | null;
}

/** Values that a class may try in a run. */
export interface LessonVary {
  /** A key of the scenario's `runtime` (`gomaxprocs`), or a place in its goroutines (`main[2].syscall.takes`). */
  path: string;
  label: Text;
  /** As they are written in a scenario; the first one is the file's own. */
  values: Json[];
}

/** A run: a scenario in the lesson's folder, or a run of another lesson. */
export type LessonRun = { title: Text; vary: LessonVary[] } & (
  { kind: 'scenario'; scenario: string } | { kind: 'lesson'; lesson: string; run: string }
);

/** What has to be found when a run is computed, for an answer to be right. `run`: key into Lesson.runs. */
export type Proof = { run: string } & (
  | { kind: 'state'; at: Anchor | null; path: string; is: Json }
  | { kind: 'facts'; path: string; is: Json }
  | { kind: 'count'; of: Rows; is: number }
  | { kind: 'order'; first: Anchor; then: Anchor }
  | { kind: 'time'; at: Anchor; fromNs: number; toNs: number | null }
);

export interface LessonChoice extends Text {
  /** Why this wrong choice is wrong. */
  why: Text | null;
  /** The misconception behind it: an id of assets/misconceptions.yaml. */
  believes: string | null;
}

export interface LessonQuestion {
  question: Text;
  choices: LessonChoice[];
  /** Index into choices. */
  answer: number;
  because: Text;
  proof: Proof[];
}

/** Where a document is not accurate: an entry of the table of errata, which the lesson names by its id. */
export interface Erratum {
  /** Such as E43. */
  id: string;
  class: ErratumClass;
  /** What is said where: in every document that the table has for it, or only in those that the lesson names. */
  places: readonly ErratumPlace[];
  /** What is true instead: the table's words, or the lesson's own. */
  text: Text;
}

export interface TableColumn {
  run: string;
  /** null: what the run is called. */
  title: Text | null;
  /** Where the rows of kind `state` are read; undefined: each row says so itself. */
  at?: Anchor | null;
}

/** What a row of a table shows of each column's run. */
export type TableRow = { label: Text } & (
  | { kind: 'state'; path: string; at?: Anchor | null }
  | { kind: 'time'; at: Anchor }
  | { kind: 'count'; of: Rows }
  | { kind: 'facts'; path: string }
);

export interface MatchPair {
  left: Text;
  right: Text;
  proof: Proof[];
}

/** A step that is put in order. */
export interface OrderStep {
  at: Anchor;
  /** null: what the pseudo-code shows of the row. */
  label: Text | null;
}

export interface SortCall {
  name: string;
  /** The routine that Go's own wrapper of the call uses, from the table of system calls. */
  bin: WrapperVia;
}

/** As it would be typed into the playground's fields. */
export type PlaygroundValue = number | string | { buf: number } | { words: (number | string)[] };

export const VERDICTS = ['right', 'wrong', 'dated', 'incomplete'] as const;
export type Verdict = (typeof VERDICTS)[number];

export type TableActivity = { kind: 'table'; columns: TableColumn[]; rows: TableRow[]; ask: boolean };
export type OrderActivity = { kind: 'order'; prompt: Text | null; run: string } & (
  { of: 'function'; fn: string; g: string | null; m: string | null } | { of: 'steps'; steps: OrderStep[] }
);
export type MatchActivity = { kind: 'match'; prompt: Text | null; pairs: MatchPair[] };
export type SortActivity = { kind: 'sort'; prompt: Text | null; calls: SortCall[] };
export interface PlaygroundActivity {
  kind: 'playground';
  arch: Arch;
  task: Text;
  /** The system call that is chosen; null: as the playground stands. */
  call: string | null;
  /** null: the product's own. */
  listing: string | null;
  /** The routine that main calls; null: what goes with the call. */
  entry: string | null;
  /** null: the call's examples. */
  args: PlaygroundValue[] | null;
  /** What the call has to give for the task to be done: whole numbers of up to 64 bits, as they were written. */
  expect: { r1: string | null; r2: string | null; err: string | null };
}
/** A sentence of a document, to be judged. */
export interface ClaimActivity {
  kind: 'claim';
  /** Of the table of errata; null: a sentence that the lesson itself quotes. */
  erratum: string | null;
  places: readonly ErratumPlace[];
  verdict: Verdict;
  /** Why: the table's words, or the lesson's own. */
  text: Text;
  /** Runs that are offered as evidence; those in which the proofs hold are right. */
  runs: string[];
  proof: Proof[];
}
export type OpenActivity = { kind: 'open'; question: Text; answer: Text };
/** What is done at a step. */
export type LessonActivity =
  TableActivity | OrderActivity | MatchActivity | SortActivity | PlaygroundActivity | ClaimActivity | OpenActivity;

export interface LessonStep {
  id: string;
  title: Text;
  /** Key into Lesson.runs: which run this step belongs to. */
  run: string;
  /** null: the run's first state. */
  at: Anchor | null;
  /** The story in the metaphor. */
  story: Text;
  /** The same in technical terms. */
  technical: Text;
  errata: Erratum[];
  /** What to bring forward: ids of figures (`M0`, `P0`, `G1`, `orphanage`, `nursinghome`, `watchman`, `forest`, `keys`), state paths (`P.P0.status`) or register names. */
  focus: string[];
  ask: LessonQuestion | null;
  minutes: number | null;
  /** For the teacher only. */
  notes: Text | null;
  /** Which lines of which document this step teaches, such as “21, 54” or “16-18”. */
  lines: Record<string, string>;
  /** The debugger's command that stops here. */
  gdb: string | null;
  /** Another run of the lesson, which can be laid beside this step's. */
  beside: string | null;
  activity: LessonActivity | null;
}

export interface LessonExercise {
  text: Text;
  answer: Text;
}

export interface LessonHomework {
  text: Text;
  /** File in the lesson's folder. */
  scenario: string;
  /** What it is to be changed into, another file of the folder; null: nothing is to be changed. */
  solution: string | null;
  /** What the facts of the run must contain when it is done. */
  expect: Json;
}

export interface Lesson {
  version: LessonVersion;
  id: string;
  /** The only one that it is written in, whose texts stand in for all others; null: it has every text in each. */
  language: Language | null;
  title: Text;
  /** Source documents, such as 004, or keys of `documents`. */
  sources: string[];
  documents: Record<string, LessonDocument>;
  /** Ids of the lessons that come first. */
  prerequisites: string[];
  /** How long it takes with a class. */
  minutes: number | null;
  /** Names that stand in the glossary. */
  terms: string[];
  goals: Text[];
  /** Run name to where its scenario is and what the run is called. */
  runs: Record<string, LessonRun>;
  /** Id of the step at which its idea can be seen at a glance; null: none is named. */
  telling: string | null;
  steps: LessonStep[];
  exercise: LessonExercise | null;
  homework: LessonHomework | null;
}
