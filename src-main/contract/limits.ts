/** How much requests may carry: the window keeps within it, and the main process refuses more. */
export const LIMITS = {
  listingCharacters: 100_000,
  /** What is typed into a field: an argument, or the kernel's answer. */
  fieldCharacters: 2_000,
  /** A scenario file, and its values that are changed at once. */
  scenarioCharacters: 1_048_576,
  changes: 200,
  /** Moments that a person has marked, in all runs. */
  bookmarks: 1_000,
  /** Scenarios of the gallery. */
  exhibits: 1_000,
  /** Steps of a run that is shown beside another. */
  comparedSteps: 20_000,
  arguments: 128,
  bufferBytes: 4_096,
  words: 64,
  /** Why an export without a person failed. */
  failureCharacters: 2_000,
  lessonSteps: 10_000,
  /** Folders of a teacher's own lessons. */
  ownLessons: 50,
  /** Of their moves that what was done of them has not followed yet. */
  ownMoves: 200,
  folderCharacters: 4_096,
  /** One text in the teacher's window; longer ones are cut. */
  presentedCharacters: 20_000,
  /** Ids and names of runs: the formats let them be half as long. */
  nameCharacters: 200,
  /** The number of a choice at a lesson's question. */
  choice: 100,
  /** Hands for one choice. */
  hands: 10_000,
  /** Votes on one question: before the discussion, and after it. */
  votes: 2,
  /** Commands of the menu. */
  commands: 200,
  /** Learners on one machine, and lessons and questions of one. */
  learners: 1_000,
  /** A path in the state, and how many are asked about at once. */
  pathCharacters: 4_500,
  inspected: 64,
  /** What is looked for among events: kinds, and who takes part; and how many of them are shown at once. */
  eventTypes: 200,
  eventIds: 64,
  eventsPage: 400,
  /** The number of a step. */
  step: 1_000_000_000,
} as const;

/** Ids of learners: also names of files. */
export const LEARNER_ID = /^[a-z0-9-]{1,40}$/;
