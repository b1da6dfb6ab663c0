/**
 * Everything that the window may ask of the main process, and what the main process tells it unasked. The preload, the server
 * and the page's types are derived from these tables: a new request is one entry here.
 */
import type { Lesson } from '../formats/lesson';
import type { Arch } from '../model/asm/arch/index';
import type { PlaygroundAsk, PlaygroundRoutine, PlaygroundRun } from '../model/run/playground';
import type { Scenario } from '../model/scenario';
import type { Outcome, State, Step } from '../model/state';
import type { Fault, Language, Result, Text } from '../model/words';

export interface LessonCard {
  id: string;
  title: Text;
  sources: string[];
  steps: number;
}

export interface LessonList {
  cards: LessonCard[];
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
  stops: LessonStop[];
  /** The runs in the lesson's order. */
  runs: { name: string; title: Text; scenario: Scenario; stepCount: number }[];
}

/** A line of an assembly listing. `offset`: distance in bytes from the routine's beginning; null for the head and for labels. */
export interface ListingLine extends Text {
  offset: number | null;
  code: string;
}

export interface OpenedRun {
  first: State;
  /** The listings that the run's architecture uses, by symbol. */
  listings: Record<string, ListingLine[]>;
  stepCount: number;
  /** Virtual time of the last step, ns. */
  endNs: number;
  outcome: Outcome;
  /** Set when the run is too long to be kept whole: what was computed stands, and this says so. */
  shortened: Text | null;
}

export interface Settings {
  language: Language;
  theme: 'light' | 'dark' | 'system';
  /** Playback speed factor: 0.25 … 8. */
  speed: number;
  /** Last lesson and where in it. `n` is the trace step. */
  place: { lesson: string; run: string; n: number } | null;
}

export interface StartOptions {
  /** Overrides from the command line; null: as the settings say. */
  language: Language | null;
  theme: 'light' | 'dark' | null;
  lesson: string | null;
  /** True: play the lesson and export a picture of each of its steps and the trace, without dialogs. */
  isExport: boolean;
  /** Something that went wrong before the window opened, to be shown. */
  warning: Text | null;
}

export interface StartUp {
  options: StartOptions;
  settings: Settings;
  lessons: Result<LessonList>;
  /** The lesson to begin with, and which of its runs; null when there is none at all. */
  opened: Result<OpenedLesson> | null;
  run: Result<OpenedRun> | null;
  /** Steps of that run from the first on, as far as they were worth sending along. */
  steps: readonly Step[];
  place: Settings['place'];
}

/** A system call as the playground offers it. */
export interface PlaygroundCall {
  name: string;
  /** null: the architecture has no such call. */
  nr: Record<Arch, number | null>;
  args: { name: string; type: string }[];
  /** The entry point of package syscall that fits it. */
  via: 'Syscall' | 'Syscall6' | 'RawSyscall' | 'RawSyscall6' | 'rawSyscallNoError';
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

export interface PlaygroundTable {
  /** The product's own listing of the ways into the kernel. */
  listings: Record<Arch, string>;
  /** The runtime's own ways, which tell nobody; amd64 only. */
  runtimeListing: string;
  calls: PlaygroundCall[];
  errnos: { number: number; name: string; message: string }[];
  draft: PlaygroundDraft | null;
}

export interface About {
  product: string;
  electron: string;
  chrome: string;
  node: string;
  /** True when the runtime is the one shipped in the npm registry, for development and tests only. */
  standIn: boolean;
}

export interface Requests {
  openLesson: { ask: { id: string }; reply: Result<OpenedLesson> };
  /** Runs of the open lesson, or of a scenario file opened with chooseScenario (lesson ''). Work goes on in slices: progress is told meanwhile. */
  openRun: { ask: { lesson: string; run: string }; reply: Result<OpenedRun> };
  cancelRun: { ask: Record<string, never>; reply: Result<null> };
  /** Steps from..to, both included, counted from 1. */
  readSteps: { ask: { from: number; to: number }; reply: Result<readonly Step[]> };
  /** State after step n of the open run. */
  stateAt: { ask: { n: number }; reply: Result<State> };
  /** Shows an open dialog for a scenario file and opens it as a lesson of its own with one run. null: the dialog was cancelled. */
  chooseScenario: { ask: Record<string, never>; reply: Result<OpenedLesson | null> };
  /**
   * What the window shows, at twice its size. The page has put its caption (title, step, legend) on before it asks. A save dialog says
   * where, or the folder of `--export`. The path written to; null: cancelled.
   */
  exportPicture: { ask: { suggestedName: string }; reply: Result<string | null> };
  exportTrace: { ask: { suggestedName: string }; reply: Result<string | null> };
  saveSettings: { ask: Settings; reply: Result<null> };
  /** What the playground begins with. */
  openPlayground: { ask: Record<string, never>; reply: Result<PlaygroundTable> };
  /** The routines of a listing, or its faults. */
  checkListing: { ask: { arch: Arch; source: string }; reply: Result<PlaygroundRoutine[]> };
  playListing: { ask: PlaygroundAsk; reply: Result<PlaygroundRun> };
  keepDraft: { ask: PlaygroundDraft; reply: Result<null> };
  /** Shows a save dialog. The path written to; null: cancelled. */
  saveListing: { ask: { suggestedName: string; text: string }; reply: Result<string | null> };
  /** Shows an open dialog. null: cancelled. */
  openListing: { ask: Record<string, never>; reply: Result<{ name: string; text: string } | null> };
  about: { ask: Record<string, never>; reply: Result<About> };
  /** Everything that the first picture needs, in one answer; asked once. The main process has prepared it while the page was loading. */
  startUp: { ask: Record<string, never>; reply: Result<StartUp> };
  /** The lesson can be played: told once, for start-up measurements. */
  pageReady: { ask: Record<string, never>; reply: Result<null> };
  /** The page has exported all that `--export` asked for, or could not. */
  exportDone: { ask: { pictures: number; failure: string | null }; reply: Result<null> };
}

export type RequestName = keyof Requests;
export type Handlers = { [N in RequestName]: (ask: Requests[N]['ask']) => Promise<Requests[N]['reply']> };

/** What can be chosen in the menu and is done by the page. */
export type MenuCommand = 'openScenario' | 'exportPicture' | 'exportTrace' | 'restart' | 'help';

/** What the main process tells the window unasked. */
export interface Tidings {
  runProgress: { stepsDone: number; virtualNs: number; limitSteps: number };
  menuCommand: MenuCommand;
}

/** The object that the preload puts on the page as `window.schedville`. */
export type Bridge = {
  [N in RequestName]: (ask: Requests[N]['ask']) => Promise<Requests[N]['reply']>;
} & { [N in keyof Tidings as `on${Capitalize<N>}`]: (listen: (told: Tidings[N]) => void) => () => void };
