/** A lesson file (contract, section 5), as checked data. Reading it from text stands below the types. */

export interface Text {
  zh: string;
  en: string;
}

/** Where in a trace a lesson step stands: the state right after the `occurrence`-th step with this fn and at (and g, m, if given). */
export interface Anchor {
  fn: string;
  at: string;
  /** Name of the goroutine (scenario name, not G id); any when absent. */
  g?: string;
  /** Id of the M; any when absent. */
  m?: string;
  /** From 1. */
  occurrence: number;
  /** Id of an earlier lesson step of the same run: count occurrences after it only. */
  after?: string;
}

export interface LessonQuestion {
  question: Text;
  choices: Text[];
  /** Index into choices. */
  answer: number;
  because: Text;
}

/** Where the source document's picture limps. */
export interface Erratum {
  /** Id in scheduler.md section 8, e.g. E43. */
  id: string;
  text: Text;
}

export interface LessonStep {
  id: string;
  title: Text;
  /** Key into Lesson.scenarios: which run this step belongs to. */
  run: string;
  /** null: the run's first state. */
  at: Anchor | null;
  /** The story in the metaphor. */
  story: Text;
  /** The same in technical terms. */
  technical: Text;
  errata: Erratum[];
  /** What to bring forward: ids of figures (`M0`, `P0`, `G1`, `orphanage`, `nursinghome`, `watchman`, `forest`), state paths (`P.P0.status`) or register names. */
  focus: string[];
  ask: LessonQuestion | null;
}

export interface Lesson {
  id: string;
  title: Text;
  /** Source documents, e.g. ['004']. */
  sources: string[];
  goals: Text[];
  /** Run name to scenario file (relative to the lesson's folder) and what the run is called. */
  runs: Record<string, { scenario: string; title: Text }>;
  steps: LessonStep[];
}
