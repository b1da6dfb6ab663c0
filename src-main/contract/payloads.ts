/** What replies hold, and what a person's settings and drafts are: everything that goes between the window and the main process. */
import type { PlayOrder } from './play';
import type { FilmOrder } from './film';
import type { EventGroup } from '../ask/events/groups';
import type { Difference } from '../ask/alike/difference';
import type { KeptPlace, Place } from '../ask/alike/place';
import type { RunEvent } from '../ask/events/events';
import type { Holders, LockHolds } from '../ask/holds';
import type { Tally } from '../ask/alike/tally';
import type { CourseUnit } from '../formats/course';
import type { Lesson } from '../formats/lesson';
import type { Misconception } from '../formats/misconceptions';
import type { Knob, KnobChange } from '../formats/scenario-knobs';
import type { Cell, OrderedRow } from '../lessons/cells';
import type { Arch } from '../model/asm/arch/index';
import type { PlaygroundRun } from '../model/run/playground';
import type { Scenario } from '../model/scenario';
import type { Outcome, State, Step } from '../model/state';
import type { StepSlice } from '../model/trace/step-slice';
import type { Fault, Language, Result, Text } from '../model/words';
import type { Layout } from './layout';
import type { Theme } from './themes';

export interface LessonCard {
  id: string;
  /** The only one that it is written in. */
  language?: Language;
  title: Text;
  sources: string[];
  documents: Lesson['documents'];
  goals: Text[];
  /** Ids of the lessons that come first; there may be ones that are not there. */
  prerequisites: string[];
  minutes: number | null;
  terms: string[];
  steps: number;
  /** How many of its steps ask a question, and how many have something to do. */
  questions: number;
  activities: number;
  /** Ids of the errata that it tells, and of the misconceptions that its wrong choices come from. */
  errata: string[];
  misconceptions: string[];
  /** For each of those the first step whose question refutes it. */
  refutes: { belief: string; step: string }[];
}

/** A lesson of the teacher's own, as its folder is now. */
export interface OwnLesson {
  /** Of its folder. */
  key: string;
  /** From the root. */
  folder: string;
  /** Its id is that by which it is opened. Null: it cannot be, for this reason. */
  card: LessonCard | null;
  refused: { message: Text; faults?: readonly Fault[] } | null;
}

/** What does not hold in a lesson's runs, though its file says so. */
export interface LessonFault extends Fault {
  /** Id of the step that says it; null: it is said of the lesson, its runs or its homework. */
  step: string | null;
  /** Where below that, as the file writes it: `ask.proof[0]`, `at`, `runs.read.vary[1]`. */
  of: string;
  /** What its author can do, beside taking the likely word. */
  mend: Text | null;
}

/** A lesson whose folder lies elsewhere now: the id by which the window knew it, and that by which it does. */
export interface LessonMove {
  from: string;
  to: string;
}

export interface OwnList {
  lessons: OwnLesson[];
  /** Told once: whoever gets it lets progress and bookmarks follow. */
  moved: LessonMove[];
}

/** All of them, and the one that has just come on the list. */
export interface OwnOpened extends OwnList {
  key: string;
}

export interface LessonList {
  cards: LessonCard[];
  /** The course's units, each with those of its lessons that are there; empty without a course file. */
  units: CourseUnit[];
  misconceptions: Misconception[];
  /** Lessons that are there but cannot be opened, each with its reason. */
  broken: { message: Text; faults?: readonly Fault[] }[];
}

/** A lesson step's place in its run: `n` is the trace step it stands after (0: the first state). */
export interface LessonStop {
  id: string;
  run: string;
  n: number;
}

export interface OpenedLesson {
  lesson: Lesson;
  /** The one run is read from a trace: nobody can change its scenario. `recorded`: by whom, of a run that really was; '': it was computed. */
  trace?: { recorded: string };
  /** The runs in the lesson's order. They are computed when they are opened, or when nobody wants anything else. */
  runs: { name: string; title: Text; scenario: Scenario }[];
  /** What may be a mistake in its scenario files. */
  hints: readonly Fault[];
  /** How its files begin, where its id is no name: that of the folder of somebody's own lesson. */
  stem?: string;
  /** Somebody's own: what it says of its runs has not been checked, as that of the course has, and can be (checkLesson). */
  isOwn?: true;
  /** Which opening of the player's this is: files have no ids, so that another one may be open by the time a run of this one is asked for. */
  opening?: number;
}

/**
 * A line of an assembly listing. `offset`: distance in bytes from the routine's beginning; null for the head and for labels. `bytes`: what the
 * assembler makes of it, `48 8b 44 24 08`, with addresses that the linker fills in still 0.
 */
export interface ListingLine extends Text {
  offset: number | null;
  code: string;
  bytes: string;
}

/** What a step's activity has for answers, read from the lesson's runs. */
export interface StepAnswers {
  /** Of a table, row by row; a cell is null where its run has nothing of the kind. */
  cells: (Cell | null)[][];
  /** Of rows to be put in order: the right order. */
  order: OrderedRow[];
  /** What is wrong with the step's proofs and activity, which `sim check` would have told its author. */
  faults: Text[];
}

/** A moment of a lesson, as a link names it: a step of it, or a step of one of its runs, or both. */
export interface Moment {
  lesson: string;
  step: string | null;
  run: string | null;
  n: number | null;
}

/** Steps `from` + 1 to `to` of the open run of which an expression is true (ask/find/expression.ts). */
export interface FindAsk {
  text: string;
  from: number;
  to: number;
}

/** What has been looked at of that, which may be less, or begin at 0 again; the rest is asked for next. */
export interface FoundSteps {
  from: number;
  to: number;
  hits: Uint32Array;
  /** Places that the whole run never had. */
  hints: Text[];
}

export interface OpenedRun {
  first: State;
  /** The listings that the run's architecture uses, by symbol. */
  listings: Record<string, ListingLine[]>;
  stepCount: number;
  /** Where the lesson's steps of this run stand, in the lesson's order. */
  stops: LessonStop[];
  /** Virtual time of the last step, ns. */
  endNs: number;
  /** null: a trace does not say how the program ended. */
  outcome: Outcome | null;
  /** How many goroutines and threads there ever are, those of the runtime itself included. */
  most: { goroutines: number; threads: number };
  /** Who got which mutex when. */
  holds: LockHolds;
  /** Set when the run is too long to be kept whole: what was computed stands, and this says so. */
  shortened: Text | null;
}

export interface Settings {
  language: Language;
  theme: Theme | 'system';
  /** Playback speed factor: 0.25 … 8. */
  speed: number;
  /** Last lesson and where in it. `n` is the trace step. */
  place: { lesson: string; run: string; n: number } | null;
  /** Whose answers and progress are shown: the id of a Learner. */
  learner: string;
  /** Where splitters were put, percent; one that is not named stands where it stood at first. */
  layout: Layout;
  /** The state in words in the place of the pictures. */
  isInWords: boolean;
  /** A start at which nothing is asked for shows the map of the course first. */
  isCourseFirst: boolean;
  /** Single letters, digits and signs are commands. Without them there are the menu, the palette and keys with Ctrl. */
  hasLetterKeys: boolean;
}

/** One show of hands: how many chose each choice, and when that was last changed, ms since 1970. */
export interface Vote {
  counts: readonly number[];
  timeMs: number;
}

/** A question as it was put, and what was thought: kept whole, so that it can be told when the lesson has other words by then. */
export interface AskedQuestion {
  question: Text;
  /** `believes`: the id of the misconception behind it. */
  choices: readonly { text: Text; believes: string | null }[];
  /** The right one, from 0. */
  answer: number;
  /** None: the answer was revealed without a guess. */
  votes: readonly Vote[];
  isRevealed: boolean;
}

/** `seen`: ids of steps. `asked`: by the step's id. */
export interface LessonProgress {
  seen: readonly string[];
  asked: Readonly<Record<string, AskedQuestion>>;
}

/** A class, which raises hands, or one person. */
export interface Learner {
  id: string;
  /** '': whoever has not given one. */
  name: string;
  isClass: boolean;
  /** Where they stopped. */
  place: Settings['place'];
  lessons: Readonly<Record<string, LessonProgress>>;
}

export interface StartOptions {
  /** Overrides from the command line; null: as the settings say. */
  language: Language | null;
  theme: Theme | null;
  lesson: string | null;
  /** True: play the lesson and export a picture of each of its steps and the trace, without dialogs. */
  isExport: boolean;
  /** Numbers of the lesson steps, from 1, whose pictures are exported; null: all. */
  exportSteps: readonly number[] | null;
  /** The export is of every step at which an event of this group is told; null: of lesson steps. */
  exportEvents: EventGroup | null;
  /** The export is of hand-outs, or of the contact sheet of all lessons; null: of pictures and traces. */
  handout: 'lesson' | 'contact' | null;
  /** The export is of pages that play. */
  play: PlayOrder | null;
  /** The export is a film. */
  film: FilmOrder | null;
  /** What went wrong before the window opened, to be shown one after the other. */
  warnings: readonly Text[];
  /** There is a file to be opened with openGiven. */
  hasFile: boolean;
  /** The map of the course is to lie over the lesson at first. */
  opensCourse: boolean;
}

export interface StartUp {
  options: StartOptions;
  settings: Settings;
  /** All that are kept, and what was wrong with the files of others. */
  learners: { all: readonly Learner[]; damaged: readonly Text[] };
  lessons: Result<LessonList>;
  /** The lesson to begin with, and which of its runs; null when there is none at all. */
  opened: Result<OpenedLesson> | null;
  run: Result<OpenedRun> | null;
  /** Steps of that run from the first on, as far as they were worth sending along. */
  steps: readonly Step[];
  place: Settings['place'];
}

/** A run on the playground, with the reason for its end in words. */
export type ToldPlaygroundRun = PlaygroundRun<Text>;

/** A system call as the playground offers it. */
export interface PlaygroundCall {
  name: string;
  /** null: the architecture has no such call. */
  nr: Record<Arch, number | null>;
  args: { name: string; type: string }[];
  /** The entry point of package syscall that fits it. */
  via: 'Syscall' | 'Syscall6' | 'RawSyscall' | 'RawSyscall6' | 'rawSyscallNoError';
  /** Which half of package syscall Go's own wrapper belongs to, or that the vDSO answers; null: Go has no such wrapper. */
  half: '//sys' | '//sysnb' | 'vDSO' | null;
  /** The modelled kernel works out its result; for all others it is 0. */
  isModelled: boolean;
  /** What stands in its arguments' fields when it is chosen, as it would be typed. */
  example: string[];
}

/** What is on the playground's table: kept as it is typed, so that nothing is lost. */
export interface PlaygroundDraft {
  arch: Arch;
  /** null: as the product brings it. */
  texts: Record<Arch, string | null>;
  entry: string;
  call: string;
  args: string[];
  returns: string;
}

export interface OpenedListing {
  name: string;
  text: string;
  /** What is to be known about it: it was not UTF-8. */
  note: Text | null;
}

export interface PlaygroundTable {
  /** The product's own listing of the ways into the kernel. */
  listings: Record<Arch, string>;
  /** The runtime's own ways, which tell nobody; '' where the product has none. */
  runtimeListings: Record<Arch, string>;
  calls: PlaygroundCall[];
  errnos: { number: number; name: string; message: string }[];
  /** What may be typed for a number in an argument: O_CREAT, AF_INET. */
  constants: Record<Arch, Record<string, number>>;
  draft: PlaygroundDraft | null;
  /** What was wrong with the draft's file, which has been set aside; null: nothing. */
  damaged: Text | null;
}

export interface About {
  product: string;
  electron: string;
  chrome: string;
  node: string;
  /** True when the runtime is the one shipped in the npm registry, for development and tests only. */
  standIn: boolean;
  /** Installed, not run from a checkout. */
  isPackaged: boolean;
  /** Where settings, progress and drafts lie, and whether that is beside the program. */
  dataFolder: string;
  isPortable: boolean;
  logFile: string;
  /** What whoever looks after the machine has set; null: nothing. */
  defaults: { file: string; set: Record<string, string | number>; faults: Text[] } | null;
}

/** The text of a scenario, and what of it can be tried out with another value. */
export interface ScenarioText {
  /** Of its file, or what a file of it would be called. */
  name: string;
  text: string;
  knobs: Knob[];
}

/** `n`: the step at which the window is, in the run that is open. `listings`: which it has already (listingsOf): they are not sent again; null: none. */
export interface TryAsk extends Pick<ScenarioText, 'name' | 'text'> {
  changes: readonly KnobChange[];
  n: number;
  listings: string | null;
}

/** A scenario that has been run with other values: opened as one's own, at the place that means the same. */
export interface Tried extends ScenarioText {
  opened: OpenedLesson;
  /** `listings` null: the window has them. */
  run: Omit<OpenedRun, 'listings'> & { listings: OpenedRun['listings'] | null };
  /** All of them, where they are few; else they are asked for. */
  steps: StepSlice | null;
  place: KeptPlace;
}

/** Where in a scenario's run an expression (ask/find/expression.ts) is true first. */
export interface ExhibitAsk extends Pick<ScenarioText, 'name' | 'text'> {
  at: string;
}

/** The village there, for a small picture: the run's last state when it is true nowhere. `step`: the one that has led there. */
export interface ExhibitPicture {
  state: State;
  step: Step | null;
  cast: Scenario['cast'];
  /** Who has which mutex then. */
  held: Holders;
}

/** A moment that a person has marked. */
export interface Bookmark {
  id: string;
  /** The lesson and which of its runs; '' and 'run': a scenario of one's own, or a trace. */
  lesson: string;
  run: string;
  /** The id of its scenario. */
  scenario: string;
  /** What it is in, as it was called then. */
  title: Text;
  /** What it is, by which it is found again when numbers have changed. */
  place: Place;
  note: string;
}

/** What is remembered of the gallery: which of its scenarios was opened last, and of which the ending has been reached. */
export interface GalleryMemory {
  last: string | null;
  reached: readonly string[];
}

/** One of two runs that are shown beside each other: whole. */
export interface ComparedRun extends OpenedRun {
  scenario: Scenario;
  steps: StepSlice;
  tally: Tally;
}

/** `pairs`: for each step of the original, by its number, the changed run's that is the same; 0: none. */
export interface Compared {
  original: ComparedRun;
  changed: ComparedRun;
  /** null: both do the same. */
  difference: Difference | null;
  /** The events of the two steps that differ; null: a run has no such step. */
  does: Readonly<Record<'original' | 'changed', RunEvent | null>>;
  pairs: Uint32Array;
}

/** A scenario that is being written, as it is typed. */
export type ScenarioDraft = Pick<ScenarioText, 'name' | 'text'>;

/** `isAgain`: to where it has been saved last. */
export interface SaveScenarioAsk {
  suggestedName: string;
  text: string;
  isAgain: boolean;
}

/** What is wrong with a text, and what may be. */
export interface CheckedScenario {
  faults: readonly Fault[];
  hints: readonly Fault[];
}
