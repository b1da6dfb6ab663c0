/**
 * What the window may ask of the main process: one entry each, with the shape of what is asked and the type of the reply. Names, shapes,
 * handlers, the preload's functions and the page's types follow (requests.ts, shell/).
 *
 * A shape gets Zod and the architectures as arguments instead of importing them: the preload and the start of the main process need the
 * names only, and neither is to load anything for them.
 */
import type * as Zod from 'zod/mini';
import type { ScenarioKeys } from '../formats/scenario-keys';
import type * as Archs from '../model/asm/arch/index';
import type { PlaygroundAsk, PlaygroundRoutine } from '../model/run/playground';
import type { InspectAsk, Inspected } from '../ask/inspect';
import type { FoundPlace, Place } from '../ask/alike/place';
import type { RunAnchors } from '../ask/find/anchors';
import type { LaneAsk, LaneId, LaneRows, RowsAsk } from '../ask/lanes';
import type { SentLanes } from '../ask/sent-lanes';
import type { EventsAsk, EventsPage } from '../ask/events/pages';
import { EVENT_GROUPS } from '../ask/events/groups';
import type { Why, WhyAsk } from '../ask/why/why';
import type { Link, LinksAsk } from '../ask/links';
import type { SentLine } from '../ask/timeline';
import type { State } from '../model/state';
import type { StepSlice } from '../model/trace/step-slice';
import { type Language, LANGUAGES, type Result, type Text } from '../model/words';
import type { MenuState } from './commands';
import { ofEachExport, type WrittenFile } from './exports';
import { LAYOUT_KEYS } from './layout';
import { type FilmAsk, type FilmJob, filmShape, type MadeFilm } from './film';
import { LEARNER_ID, LIMITS } from './limits';
import { PRESENTER_REQUESTS, PROJECTED_REQUESTS } from './presenter';
import type { Z } from './shape';
import { type PapersAsk, papersShape } from './paper';
import { type MadePages, type PlayAsk, playShape } from './play';
import {
  type DrawnPicture,
  drawnPictureShape,
  type MadePictures,
  type PictureJob,
  picturePlaceShape,
  picturePlacesShape,
  type PictureSettings,
  pictureSettingsShape,
} from './picture';
import type {
  About,
  Bookmark,
  CheckedScenario,
  Compared,
  ExhibitAsk,
  ExhibitPicture,
  FindAsk,
  FoundSteps,
  GalleryMemory,
  Moment,
  Learner,
  LessonFault,
  OpenedLesson,
  OpenedListing,
  OpenedRun,
  OwnList,
  OwnOpened,
  PlaygroundDraft,
  PlaygroundTable,
  SaveScenarioAsk,
  ScenarioDraft,
  ScenarioText,
  Settings,
  StartUp,
  StepAnswers,
  ToldPlaygroundRun,
  Tried,
  TryAsk,
} from './payloads';
import { THEMES } from './themes';

type Shape<Ask> = (z: Z, archs: typeof Archs) => Zod.ZodMiniType<Ask>;

interface Request<Ask, Reply> {
  shape: Shape<Ask>;
  /** Never there: it carries the type. */
  reply?: Result<Reply>;
}

const request =
  <Reply>() =>
  <Ask>(shape: Shape<Ask>): Request<Ask, Reply> => ({ shape });

const laneId = (z: Z) => z.string().check(z.regex(/^[GMP]\d{1,9}$/)) as Zod.ZodMiniType<LaneId>;
const nothing = (z: Z): Zod.ZodMiniType<Record<string, never>> => z.strictObject({});
const name = (z: Z) => z.string().check(z.maxLength(LIMITS.nameCharacters));
/** Made of two of them and more; cut to a file's name later. */
const suggestedName = (z: Z) => z.string().check(z.maxLength(600));
const step = (z: Z) => z.int().check(z.gte(0), z.lte(LIMITS.step));
/** Of the state: a file's name is part of it. */
const path = (z: Z) => z.string().check(z.maxLength(LIMITS.pathCharacters));
const place = (z: Z) => z.nullable(z.strictObject({ lesson: name(z), run: name(z), n: step(z) }));
/** It is also a file's name. */
const learnerId = (z: Z) => z.string().check(z.regex(LEARNER_ID));
const text = (z: Z) =>
  z.strictObject(Object.fromEntries(LANGUAGES.map((language) => [language, field(z)])) as Record<Language, ReturnType<typeof field>>);
const asked = (z: Z) =>
  z.strictObject({
    question: text(z),
    choices: z.array(z.strictObject({ text: text(z), believes: z.nullable(name(z)) })).check(z.maxLength(LIMITS.choice)),
    answer: z.int().check(z.gte(0), z.lte(LIMITS.choice)),
    votes: z
      .array(
        z.strictObject({
          counts: z.array(z.int().check(z.gte(0), z.lte(LIMITS.hands))).check(z.maxLength(LIMITS.choice)),
          timeMs: z.int().check(z.gte(0)),
        }),
      )
      .check(z.maxLength(LIMITS.votes)),
    isRevealed: z.boolean(),
  });
const scenarioDraft = (z: Z) => z.strictObject({ name: name(z), text: z.string().check(z.maxLength(LIMITS.scenarioCharacters)) });
const arch = (z: Z, { ARCH_NAMES }: typeof Archs) => z.enum(ARCH_NAMES);
const listing = (z: Z) => z.string().check(z.maxLength(LIMITS.listingCharacters));
/** A listing has it: as long as there is room for. */
const symbol = listing;
const field = (z: Z) => z.string().check(z.maxLength(LIMITS.fieldCharacters));
const wholeNumber = (z: Z) => z.string().check(z.regex(/^(-?\d{1,20}|0x[0-9a-fA-F]{1,16})$/));
const argument = (z: Z) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('number'), value: wholeNumber(z) }),
    z.strictObject({ kind: z.literal('string'), value: field(z) }),
    z.strictObject({ kind: z.literal('words'), values: z.array(wholeNumber(z)).check(z.maxLength(LIMITS.words)) }),
    z.strictObject({ kind: z.literal('buffer'), bytes: z.int().check(z.gte(0), z.lte(LIMITS.bufferBytes)) }),
  ]);

const meaning = (z: Z) =>
  z.strictObject({
    n: step(z),
    t: z.number().check(z.gte(0)),
    who: name(z),
    op: z.int(),
    visit: z.int(),
    fn: name(z),
    at: z.string().check(z.maxLength(LIMITS.fieldCharacters)),
  });

export const REQUESTS = {
  /**
   * Opens a lesson at one of its runs (null, or one that it does not have: the first) and answers as soon as that run can be shown; the
   * others are computed after that. When it cannot be shown, what was open stays open.
   */
  openLesson: request<OpenedLesson>()((z) => z.strictObject({ id: name(z), run: z.nullable(name(z)) })),
  /**
   * Runs of the open lesson, or of a scenario file opened with chooseScenario (lesson ''). Work goes on in slices: progress is told meanwhile.
   * `opening`: of which opening it is to be a run, when that has only just been answered; null: of whatever is open by that name.
   */
  openRun: request<OpenedRun>()((z) => z.strictObject({ lesson: name(z), run: name(z), opening: z.nullable(z.int()) })),
  /**
   * The answers of a step of the open lesson. Its runs are computed for it if they have not been: asked when the step is shown, not before.
   */
  stepAnswers: request<StepAnswers>()((z) => z.strictObject({ lesson: name(z), step: name(z) })),
  /**
   * What of the open lesson, which is somebody's own, does not hold in its runs: each is computed for it, when nobody waits for anything else.
   * null: there is nothing to be checked, or something else has been opened meanwhile.
   */
  checkLesson: request<LessonFault[] | null>()((z) => z.strictObject({ lesson: name(z) })),
  cancelRun: request<null>()(nothing),
  /** Steps from..to, both included, counted from 1. */
  readSteps: request<StepSlice>()((z) => z.strictObject({ from: step(z), to: step(z) })),
  /** What threads, Ps and goroutines of the open run did when, in so much detail as the picture can hold. */
  lanes: request<SentLanes>()<LaneAsk>((z) =>
    z.strictObject({
      axis: z.enum(['step', 'time']),
      from: z.number().check(z.gte(0)),
      to: z.number().check(z.gte(0)),
      columns: z.int().check(z.gte(1), z.lte(20_000)),
      // A window that is as high as a wall shows fewer; the answer is as large as both together.
      ids: z.array(laneId(z)).check(z.maxLength(1_000)),
    }),
  ),
  /** Which lanes the open run has, and on which of them something happens between two steps. */
  laneRows: request<LaneRows>()<RowsAsk>((z) => z.strictObject({ from: step(z), to: step(z) })),
  /** Who made whom go on, at a step of the open run and for whom is selected. */
  links: request<Link[]>()<LinksAsk>((z) => z.strictObject({ n: step(z), of: z.nullable(laneId(z)), from: step(z), to: step(z) })),
  /** One thing of the open run at a step: who set it and when, its changes before, the next one, its life; nothing beyond the horizon. */
  inspect: request<Inspected>()<InspectAsk>((z) =>
    z.strictObject({
      places: z.array(path(z)).check(z.maxLength(LIMITS.inspected)),
      n: step(z),
      horizon: step(z),
      fields: z.array(path(z)).check(z.maxLength(LIMITS.inspected)),
      columns: z.int().check(z.gte(1), z.lte(2_000)),
      of: z.nullable(laneId(z)),
    }),
  ),
  /** What happened in the open run, in events: a page of the list, which grows with the asks until it is complete. */
  events: request<EventsPage>()<EventsAsk>((z) =>
    z.strictObject({
      groups: z.array(z.enum(EVENT_GROUPS)).check(z.maxLength(EVENT_GROUPS.length)),
      of: z.nullable(laneId(z)),
      match: z.nullable(
        z.strictObject({
          types: z.array(name(z)).check(z.maxLength(LIMITS.eventTypes)),
          ids: z.array(laneId(z)).check(z.maxLength(LIMITS.eventIds)),
          text: name(z),
        }),
      ),
      horizon: z.nullable(step(z)),
      n: step(z),
      from: z.nullable(z.int().check(z.gte(0), z.lte(LIMITS.step))),
      count: z.int().check(z.gte(1), z.lte(LIMITS.eventsPage)),
    }),
  ),
  /** What has led to how a thread, P or goroutine of the open run stands at a step. */
  why: request<Why>()<WhyAsk>((z) => z.strictObject({ of: path(z), n: step(z) })),
  /** Virtual time after each step of the open run, its folds, events and marks. */
  runLine: request<SentLine>()(nothing),
  /** A piece of a search in the open run: so much of it as nothing else has to wait for. */
  find: request<FoundSteps>()<FindAsk>((z) => z.strictObject({ text: field(z), from: step(z), to: step(z) })),
  /** What there is to be searched for in the open run. */
  runAnchors: request<RunAnchors>()(nothing),
  /** What the menu is to show: which of its commands would do nothing now, and which are on. */
  tellMenu: request<null>()<MenuState>((z) =>
    z.strictObject({
      disabled: z.array(name(z)).check(z.maxLength(LIMITS.commands)),
      checked: z.array(name(z)).check(z.maxLength(LIMITS.commands)),
    }),
  ),
  /** State after step n of the open run. */
  stateAt: request<State>()((z) => z.strictObject({ n: step(z) })),
  /** Shows an open dialog for a scenario file and opens it as a lesson of its own with one run. null: the dialog was cancelled. */
  chooseScenario: request<OpenedLesson | null>()(nothing),
  /** The text of the run that is open, and what of it can be tried out with another value. */
  scenarioText: request<ScenarioText>()(nothing),
  /** Runs a scenario's text with other values, as a scenario of one's own that is in no file. */
  tryScenario: request<Tried>()<TryAsk>((z) =>
    z.strictObject({
      name: name(z),
      text: z.string().check(z.maxLength(LIMITS.scenarioCharacters)),
      changes: z.array(z.strictObject({ path: field(z), value: name(z) })).check(z.maxLength(LIMITS.changes)),
      n: step(z),
      listings: z.nullable(name(z)),
    }),
  ),
  /** The faults of a text, as it is typed. */
  checkScenario: request<CheckedScenario>()<ScenarioDraft>((z) => scenarioDraft(z)),
  /** What may stand where in a scenario. */
  scenarioKeys: request<ScenarioKeys>()(nothing),
  /** The name of the file; null: the dialog was cancelled. */
  saveScenario: request<string | null>()<SaveScenarioAsk>((z) =>
    z.strictObject({
      suggestedName: suggestedName(z),
      text: z.string().check(z.maxLength(LIMITS.scenarioCharacters)),
      isAgain: z.boolean(),
    }),
  ),
  /** null: there is nothing to be kept any more. */
  keepScenarioDraft: request<null>()((z) => z.strictObject({ draft: z.nullable(scenarioDraft(z)) })),
  scenarioDraft: request<ScenarioDraft | null>()(nothing),
  /** The run of a text beside the one that is open. */
  compareRuns: request<Compared>()<Pick<TryAsk, 'name' | 'text'>>((z) =>
    z.strictObject({ name: name(z), text: z.string().check(z.maxLength(LIMITS.scenarioCharacters)) }),
  ),
  /** The open run of a lesson beside another one of it. */
  compareWith: request<Compared>()<{ lesson: string; run: string }>((z) => z.strictObject({ lesson: name(z), run: name(z) })),
  /** All that are kept, in the order in which they were made. */
  bookmarks: request<Bookmark[]>()(nothing),
  /** Whole, instead of what was kept: written before the answer. */
  keepBookmarks: request<null>()<{ all: Bookmark[] }>((z) =>
    z.strictObject({
      all: z
        .array(
          z.strictObject({
            id: name(z),
            lesson: name(z),
            run: name(z),
            scenario: name(z),
            title: text(z),
            place: meaning(z),
            note: field(z),
          }),
        )
        .check(z.maxLength(LIMITS.bookmarks)),
    }),
  ),
  /** What step n of the open run is; null: its first state. */
  placeAt: request<Place | null>()((z) => z.strictObject({ n: step(z) })),
  /** Where these are in the open run. */
  findPlaces: request<FoundPlace[]>()<{ places: Place[] }>((z) =>
    z.strictObject({ places: z.array(meaning(z)).check(z.maxLength(LIMITS.bookmarks)) }),
  ),
  /** A picture of one scenario of the gallery; nothing is opened for it. */
  exhibitPicture: request<ExhibitPicture>()<ExhibitAsk>((z) =>
    z.strictObject({ name: name(z), text: z.string().check(z.maxLength(LIMITS.scenarioCharacters)), at: field(z) }),
  ),
  galleryMemory: request<GalleryMemory>()(nothing),
  keepGalleryMemory: request<null>()<GalleryMemory>((z) =>
    z.strictObject({ last: z.nullable(name(z)), reached: z.array(name(z)).check(z.maxLength(LIMITS.exhibits)) }),
  ),
  /** A file or a folder that was dropped onto the window: the preload tells its path, the page only which it was. */
  openDropped: request<OpenedLesson | null>()((z) => z.strictObject({ path: z.string().check(z.maxLength(LIMITS.pathCharacters)) })),
  /** The link that the program was started with, or that a second start handed over. null: there is none. */
  takeLink: request<Moment | null>()(nothing),
  /** Puts a link to a moment onto the clipboard, and tells it. */
  copyLink: request<string>()<Moment>((z) =>
    z.strictObject({ lesson: name(z), step: z.nullable(name(z)), run: z.nullable(name(z)), n: z.nullable(step(z)) }),
  ),
  /** Opens the file that the program was started with, or that a second start handed over. null: there is none. Its path is not the page’s business. */
  openGiven: request<OpenedLesson | null>()(nothing),
  /** Opens the scenario, trace or recording once more that was opened last from a file, as it is now. null: none was. */
  openAgain: request<OpenedLesson | null>()(nothing),
  /** Ends what one of the following has begun. */
  cancelExports: request<null>()(nothing),
  /** A save dialog says where, or the folder of `--export`. What was written; null: cancelled, in the dialog or with cancelExports. */
  ...ofEachExport(() => request<WrittenFile | null>()((z) => z.strictObject({ suggestedName: suggestedName(z) }))),
  /** How pictures were made last. */
  pictureSettings: request<PictureSettings>()(nothing),
  /**
   * Pictures of places in what is open, as files: a dialog says where, or the folder of `--export`. Progress is told meanwhile. `stem`: how
   * their names begin. null: the dialog was cancelled. What was written before it was cancelled or failed stays, each of it whole.
   */
  makePictures: request<MadePictures | null>()((z) =>
    z.strictObject({ lesson: name(z), stem: suggestedName(z), settings: pictureSettingsShape(z), places: picturePlacesShape(z) }),
  ),
  /** One of them as a small picture to be looked at: the bytes of a PNG. */
  previewPicture: request<Uint8Array>()((z) =>
    z.strictObject({ lesson: name(z), settings: pictureSettingsShape(z), place: picturePlaceShape(z) }),
  ),
  /** One of them onto the clipboard. */
  copyPicture: request<null>()((z) => z.strictObject({ lesson: name(z), settings: pictureSettingsShape(z), place: picturePlaceShape(z) })),
  /** A film as a file: a dialog says where, or the folder of `--export`. Progress is told as of makePictures. null: cancelled, and nothing is there. */
  makeFilm: request<MadeFilm | null>()<FilmAsk>(filmShape),
  /** Asked by the page that packs films, of the main process: what to do next. The file goes along, when it is ready, or why it cannot be. */
  nextFrame: request<FilmJob>()<{ file: Uint8Array | null; failure: Text | null }>((z) =>
    z.strictObject({ file: z.nullable(z.instanceof(Uint8Array)), failure: z.nullable(text(z)) }),
  ),
  /** Hand-outs as files: a dialog asks for their folder. Otherwise as makePictures. */
  makePapers: request<MadePictures | null>()<PapersAsk>(papersShape),
  /** A lesson or a run as pages that play, as files: a dialog asks for the one, or for the folder of several. null: it was cancelled. */
  makePlay: request<MadePages | null>()<PlayAsk>(playShape),
  /** Ends what makePictures, makePapers, makePlay or makeFilm has begun. */
  cancelPictures: request<null>()(nothing),
  /** Shows what was written last in its folder. */
  showWritten: request<null>()(nothing),
  /** Asked by the page that draws them, of the main process: what to draw next. What it has drawn goes along, or why it could not. */
  nextPicture: request<PictureJob>()<{ drawn: DrawnPicture | null; failure: Text | null }>((z) =>
    z.strictObject({ drawn: z.nullable(drawnPictureShape(z)), failure: z.nullable(text(z)) }),
  ),
  saveSettings: request<null>()<Settings>((z) =>
    z.strictObject({
      language: z.enum(LANGUAGES),
      theme: z.enum([...THEMES, 'system']),
      speed: z.number().check(z.gte(0.25), z.lte(8)),
      place: place(z),
      learner: learnerId(z),
      layout: z.partialRecord(z.enum(LAYOUT_KEYS), z.number().check(z.gte(0), z.lte(100))),
      isInWords: z.boolean(),
      isCourseFirst: z.boolean(),
      hasLetterKeys: z.boolean(),
    }),
  ),
  /** Keeps a class or person as it is now: written whole, before the answer. One that was dropped is there again. */
  keepLearner: request<null>()<Learner>((z) =>
    z.strictObject({
      id: learnerId(z),
      name: name(z),
      isClass: z.boolean(),
      place: place(z),
      lessons: z.record(
        name(z),
        z.strictObject({ seen: z.array(name(z)).check(z.maxLength(LIMITS.lessonSteps)), asked: z.record(name(z), asked(z)) }),
      ),
    }),
  ),
  dropLearner: request<null>()((z) => z.strictObject({ id: learnerId(z) })),
  /** All answers of one learner, or of everybody, as a table for spreadsheets. A save dialog says where; null: cancelled. */
  exportAnswers: request<string | null>()((z) => z.strictObject({ suggestedName: suggestedName(z), learner: z.nullable(learnerId(z)) })),
  /** Shows an open dialog for such a table and keeps what is in it. Whoever has changed or is new; null: cancelled. */
  importAnswers: request<Learner[] | null>()(nothing),
  /** What the playground begins with. */
  openPlayground: request<PlaygroundTable>()(nothing),
  /** The routines of a listing, or its faults. */
  checkListing: request<PlaygroundRoutine[]>()((z, archs) => z.strictObject({ arch: arch(z, archs), source: listing(z) })),
  playListing: request<ToldPlaygroundRun>()<PlaygroundAsk>((z, archs) =>
    z.strictObject({
      arch: arch(z, archs),
      source: listing(z),
      entry: symbol(z),
      args: z.array(argument(z)).check(z.maxLength(LIMITS.arguments)),
      returns: z.nullable(z.int()),
    }),
  ),
  keepDraft: request<null>()<PlaygroundDraft>((z, archs) =>
    z.strictObject({
      arch: arch(z, archs),
      texts: z.strictObject(archs.forEachArch(() => z.nullable(listing(z)))),
      entry: symbol(z),
      call: name(z),
      args: z.array(field(z)).check(z.maxLength(LIMITS.arguments)),
      returns: field(z),
    }),
  ),
  /** Shows a save dialog. The path written to; null: cancelled. */
  saveListing: request<string | null>()((z) => z.strictObject({ suggestedName: suggestedName(z), text: listing(z) })),
  /** Shows an open dialog. null: cancelled. */
  openListing: request<OpenedListing | null>()(nothing),
  about: request<About>()(nothing),
  /** The text of every licence of what is shipped, but for the runtime's, which lie beside the program. */
  licences: request<string>()(nothing),
  /** A teacher's own lessons, in the order in which they were opened first. */
  ownLessons: request<OwnList>()(nothing),
  /** Shows an open dialog for a lesson's folder and puts it on the list. null: cancelled. */
  chooseLessonFolder: request<OwnOpened | null>()(nothing),
  /** Shows a save dialog, writes a lesson to begin with there, and puts it on the list. null: cancelled. */
  makeLesson: request<OwnOpened | null>()(nothing),
  /** Puts the lesson that the program was started with, or that a second start handed over, on the list. null: it was none. */
  openGivenLesson: request<OwnOpened | null>()(nothing),
  /** Off the list; the folder stays. */
  forgetLesson: request<OwnList>()((z) => z.strictObject({ key: z.string().check(z.regex(/^[0-9a-f]{8}$/)) })),
  /** A lesson's folder, or its lesson.yaml, that was dropped on the window comes on the list. null: it is neither. */
  dropLesson: request<OwnOpened | null>()((z) => z.strictObject({ path: z.string().check(z.maxLength(LIMITS.pathCharacters)) })),
  /** What was done of lessons that have moved is kept under their new ids: these moves need not be told any more. */
  ownFollowed: request<null>()((z) =>
    z.strictObject({ moved: z.array(z.strictObject({ from: name(z), to: name(z) })).check(z.maxLength(LIMITS.ownMoves)) }),
  ),
  ...PROJECTED_REQUESTS,
  ...PRESENTER_REQUESTS,
  /** Everything that the first picture needs, in one answer; asked once. The main process has prepared it while the page was loading. */
  startUp: request<StartUp>()(nothing),
  /** The lesson can be played: told once, for start-up measurements. */
  pageReady: request<null>()(nothing),
  /** The page has exported all that `--export` asked for, or could not. */
  exportDone: request<null>()((z) =>
    z.strictObject({ pictures: z.int().check(z.gte(0)), failure: z.nullable(z.string().check(z.maxLength(LIMITS.failureCharacters))) }),
  ),
};

export type RequestName = keyof typeof REQUESTS;
export const REQUEST_NAMES = Object.keys(REQUESTS) as readonly RequestName[];
/** Whether the reply to a request is JSON text between the processes (ExposedBridge). */
export const crossesAsText = (name: RequestName): boolean => name === 'startUp';

/** Those of the teacher's window, which are answered to no other, as all others are to the projected one alone. */
export const isPresenters = (name: RequestName): boolean => Object.hasOwn(PRESENTER_REQUESTS, name);
export { PRESENTER_ARGUMENT, PRESENTER_HASH } from './presenter';
export type { Z };

type AskOf<R> = R extends Request<infer Ask, unknown> ? Ask : never;
type ReplyOf<R> = R extends { reply?: infer Reply } ? Exclude<Reply, undefined> : never;

/** Each request's question and answer. */
export type Requests = { [N in RequestName]: { ask: AskOf<(typeof REQUESTS)[N]>; reply: ReplyOf<(typeof REQUESTS)[N]> } };
