/** What can be asked of the player, which runs on a thread of its own, and what it answers: one line each, for both ends of the line. */
import type { FoundPlace, Place } from '../ask/alike/place';
import type { InspectAsk, Inspected } from '../ask/inspect';
import type { RunAnchors } from '../ask/find/anchors';
import type { LaneAsk, LaneRows, RowsAsk } from '../ask/lanes';
import type { EventsAsk, EventsPage } from '../ask/events/pages';
import type { Why, WhyAsk } from '../ask/why/why';
import type { Link, LinksAsk } from '../ask/links';
import type { SentLanes } from '../ask/sent-lanes';
import type { SentLine } from '../ask/timeline';
import type {
  CheckedScenario,
  Compared,
  ExhibitAsk,
  ExhibitPicture,
  FindAsk,
  FoundSteps,
  LessonFault,
  LessonList,
  OpenedLesson,
  OpenedRun,
  OwnLesson,
  PlaygroundTable,
  ScenarioDraft,
  ScenarioText,
  Settings,
  StepAnswers,
  Tried,
  TryAsk,
} from '../contract/requests';
import type { PlayAsk } from '../contract/play';
import type { WrittenPage } from '../playable/files';
import type { StepSlice } from '../model/trace/step-slice';
import type { ScenarioKeys } from '../formats/scenario-keys';
import type { Arch } from '../model/asm/arch/index';
import type { PlaygroundAsk, PlaygroundRoutine, PlaygroundRun } from '../model/run/playground';
import type { State, Step } from '../model/state';
import type { Result, Text } from '../model/words';
import type { ExportId, WrittenFile } from '../contract/exports';

/** Steps of a run that is being exported. */
export interface ExportProgress {
  done: number;
  total: number;
}

/** What the first picture needs of lessons and runs. */
export interface Beginning {
  lessons: Result<LessonList>;
  opened: Result<OpenedLesson> | null;
  run: Result<OpenedRun> | null;
  steps: readonly Step[];
  place: Settings['place'];
}

/** What can be asked of the player across the threads. */
export interface PlayerAsks {
  /** `own`: folders of the teacher's own lessons. `known`: the lessons of the course, when they are known already. */
  begin: {
    ask: { lesson: string | null; place: Settings['place']; own?: readonly string[]; known?: Result<LessonList> };
    reply: Beginning;
  };
  ownLessons: { ask: { folders: readonly string[] }; reply: Result<OwnLesson[]> };
  list: { ask: null; reply: Result<LessonList> };
  openLesson: { ask: { id: string; run: string | null }; reply: Result<OpenedLesson> };
  openScenario: { ask: { file: string }; reply: Result<OpenedLesson> };
  scenarioText: { ask: null; reply: Result<ScenarioText> };
  tryScenario: { ask: TryAsk; reply: Result<Tried> };
  /** Once more what openLesson or openScenario answered last. */
  openedLesson: { ask: null; reply: Result<OpenedLesson> };
  checkScenario: { ask: ScenarioDraft; reply: Result<CheckedScenario> };
  scenarioKeys: { ask: null; reply: Result<ScenarioKeys> };
  compareRuns: { ask: Pick<TryAsk, 'name' | 'text'>; reply: Result<Compared> };
  /** The open run of a lesson, and another one of it. */
  compareWith: { ask: { lesson: string; run: string }; reply: Result<Compared> };
  placeAt: { ask: { n: number }; reply: Result<Place | null> };
  findPlaces: { ask: { places: readonly Place[] }; reply: Result<FoundPlace[]> };
  exhibitPicture: { ask: ExhibitAsk; reply: Result<ExhibitPicture> };
  /** `opening`: of which one it is to be a run; none: of whatever is open by that name. */
  chooseRun: { ask: { lesson: string; run: string; opening?: number | null }; reply: Result<OpenedRun> };
  stepAnswers: { ask: { lesson: string; step: string }; reply: Result<StepAnswers> };
  checkLesson: { ask: { lesson: string }; reply: Result<LessonFault[] | null> };
  cancel: { ask: null; reply: null };
  readSteps: { ask: { from: number; to: number }; reply: Result<StepSlice> };
  lanes: { ask: LaneAsk; reply: Result<SentLanes> };
  laneRows: { ask: RowsAsk; reply: Result<LaneRows> };
  links: { ask: LinksAsk; reply: Result<Link[]> };
  inspect: { ask: InspectAsk; reply: Result<Inspected> };
  events: { ask: EventsAsk; reply: Result<EventsPage> };
  why: { ask: WhyAsk; reply: Result<Why> };
  runLine: { ask: null; reply: Result<SentLine> };
  find: { ask: FindAsk; reply: Result<FoundSteps> };
  runAnchors: { ask: null; reply: Result<RunAnchors> };
  stateAt: { ask: { n: number }; reply: Result<State> };
  /** Writes the open run in one of its forms, while other things are asked. null: it was cancelled, and nothing is there. */
  writeExport: { ask: { id: ExportId; path: string }; reply: Result<WrittenFile | null> };
  /** Ends every writeExport. */
  cancelExports: { ask: null; reply: null };
  /** Pages that play, as files. `program`: the folder of what is in each of them. */
  playFiles: { ask: PlayAsk & { program: string }; reply: Result<WrittenPage[]> };
  playgroundTable: { ask: null; reply: Result<Omit<PlaygroundTable, 'draft' | 'damaged'>> };
  checkListing: { ask: { arch: Arch; source: string }; reply: Result<PlaygroundRoutine[]> };
  playListing: { ask: PlaygroundAsk; reply: Result<PlaygroundRun<Text>> };
}
export type PlayerAsk = keyof PlayerAsks;
export type PlayerHandlers = { [N in PlayerAsk]: (ask: PlayerAsks[N]['ask']) => PlayerAsks[N]['reply'] | Promise<PlayerAsks[N]['reply']> };
