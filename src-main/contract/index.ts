/** The renderer's one door into src-main: types, and the pure functions that read a trace. */
export type * from './requests';
export type * from '../model/kernel-state';
export type * from '../model/state';
export type * from '../model/sync-rows';
export type * from '../model/words';
export type * from '../model/run/playground';
export type { ToldPlaygroundRun as PlaygroundRun } from './payloads';
export * from '../model/asm/arch/index';
export type { Scenario, Operation } from '../model/scenario';
export type {
  Anchor,
  ClaimActivity,
  Erratum,
  Lesson,
  LessonActivity,
  LessonChoice,
  LessonDocument,
  LessonExercise,
  LessonHomework,
  LessonQuestion,
  LessonRun,
  LessonStep,
  LessonVary,
  MatchActivity,
  MatchPair,
  OpenActivity,
  OrderActivity,
  OrderStep,
  PlaygroundActivity,
  PlaygroundValue,
  Proof,
  Rows,
  SortActivity,
  SortCall,
  TableActivity,
  TableColumn,
  TableRow,
  Verdict,
} from '../formats/lesson';
export type { Place } from '../ask/alike/place';
export type { Cell, OrderedRow } from '../lessons/cells';
export { waysOf, wayText } from '../formats/way-text';
export type { CourseUnit } from '../formats/course';
export type { Misconception } from '../formats/misconceptions';
export type { ErratumClass, ErratumPlace } from '../formats/errata';
export type { Exhibit, Phenomenon } from '../formats/gallery';
export type { Glossary } from '../formats/glossary';
export { childName, houseName, parentName } from '../formats/cast-names';
export type { Pseudocode, PseudocodeLine } from '../formats/pseudocode';
export { readPseudocode } from '../formats/pseudocode';
export { durationNs, durationText } from '../formats/durations';
export { type HeightClass, type Layout, type LayoutKey, type SplitterName } from './layout';
export { LEARNER_ID, LIMITS } from './limits';
export { PRESENTER_COMMANDS, PRESENTER_HASH } from './presenter';
export { filesOf, OF_LESSON, PAPER_FORMATS, PAPERS } from './paper';
export { ofEachView, type View, VIEWS } from './views';
export { PLAY_DATA_ID, PLAY_KINDS, PLAY_PASS_PERCENT, PLAY_VIEWS } from './play';
export { fromPlayBytes } from './play-bytes';
export {
  FIRST_PICTURE,
  PICTURE_FORMATS,
  PICTURE_HASH,
  PICTURE_PARTS,
  PICTURE_SCALES,
  PICTURE_SIZES,
  PICTURE_STEPS,
  PICTURE_THEMES,
} from './picture';
export {
  FILM_FORMATS,
  FILM_HASH,
  FILM_HEIGHTS_PX,
  FILM_HOLD_MS,
  FILM_PAPER_PX,
  FILM_PER_STEP,
  FILM_STEP_MS,
  FILM_THEMES,
  filmFrames,
  filmLength,
  FIRST_FILM,
  MOST_FILM_FRAMES,
} from './film';
export { exerciseAsk, exerciseId, type Level, LEVELS, type Mechanism, MECHANISMS } from '../exercises/mechanisms';
export {
  commandOf,
  COMMANDS,
  type CommandId,
  helpLines,
  type MenuCommand,
  type MenuState,
  NAMED_COMMANDS,
  timelineCommandOf,
  type TimelineCommandId,
} from './commands';
export { EXPORT_IDS, EXPORTS, type ExportId, exportName, type ExportName, ofEachExport, type WrittenFile } from './exports';
export { nextTheme, type Theme, THEMES } from './themes';
export { listingsOf } from './listings';
export { LANGUAGES, textOf } from '../model/words';
export { MOST_FAULTS, visibleLine, visibleLines } from '../model/visible-text';
export { unreachable } from '../model/unreachable';
export { fileOfFrame } from '../model/asm/call-paths';
export { type GoVersion, VERSIONS } from '../model/versions/profile';
export * from '../model/state-path';
export { applied, undone } from '../model/trace/replay';
export { isCauseAssumed, isRecorded, knownOf, toldFrames } from '../model/trace/recorded';
export { NOT_MODELLED } from '../model/trace/not-modelled';
export { plainStep } from '../model/trace/queue-versions';
export { PackedSteps } from '../model/trace/packed-steps';
export { StepReader, type StepSlice } from '../model/trace/step-slice';
export {
  type Lane,
  LANE_GROUPS,
  type LaneAsk,
  type LaneGroup,
  type LaneId,
  type LaneRows,
  type LaneView,
  type RowsAsk,
  type Who,
} from '../ask/lanes';
export { type InspectAsk, type Inspected, Inspector } from '../ask/inspect';
export { type Holders, holdersIn, type LockHolds } from '../ask/holds';
export { LIFE_KINDS, type LifeKind, type PlaceChange, type PlaceHistory } from '../ask/history';
export { KIND_COUNT, MIXED, SPAN_KINDS, type SpanKind, WHOLE } from '../ask/occupancy';
export { FoldedTime, type Folds } from '../ask/axis';
export type { Difference, DifferingStep } from '../ask/alike/difference';
export { TALLIED } from '../ask/alike/tally';
export { differenceSentence } from '../ask/alike/sentence';
export type { FoundPlace, Kept } from '../ask/alike/place';
export type { OperationKeys, ScenarioKeys } from '../formats/scenario-keys';
export type { Knob, KnobChange } from '../formats/scenario-knobs';
export type { Link, LinkEnd, LinkKind, LinksAsk } from '../ask/links';
export type { RunAnchors } from '../ask/find/anchors';
export { type ExpressionFault, readExpression, STEP_WORDS } from '../ask/find/expression';
export { G_STATUSES, P_STATUSES } from '../model/go-constants';
export { EVENT_GROUPS, type EventGroup } from '../ask/events/groups';
export { EventPages, type EventsAsk, type EventsPage } from '../ask/events/pages';
export type { RunEvent } from '../ask/events/events';
export type { Why, WhyEnd, WhyLink } from '../ask/why/why';
export { readText, whySentence, type WhyNaming } from '../ask/why/told';
export { shortPath, type WhyRead } from '../ask/why/reads';
export { type WhyRow, whyRows } from '../ask/why/rows';
export { eventSentence, eventSoFar, type Naming } from '../ask/events/told';
export { plainText, readSentences, type Sentences, templateOf, type Value, type Voice, VOICES } from '../formats/sentences';
export { MARK_KINDS, type MarkKind } from '../ask/run-line';
export { unpackedLanes } from '../ask/sent-lanes';
export { unpackedTimes } from '../ask/sent-times';
export { type RunLine, type SentLine, Timeline } from '../ask/timeline';
