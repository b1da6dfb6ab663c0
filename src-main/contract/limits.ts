/** How much requests may carry: the window keeps within it, and the main process refuses more. */
export const LIMITS = {
  listingCharacters: 100_000,
  /** What is typed into a field: an argument, or the kernel's answer. */
  fieldCharacters: 2_000,
  arguments: 128,
  bufferBytes: 4_096,
  words: 64,
  /** Why an export without a person failed. */
  failureCharacters: 2_000,
  lessonSteps: 10_000,
  /** Ids and names of runs: the formats let them be half as long. */
  nameCharacters: 200,
  /** The number of a choice at a lesson's question. */
  choice: 100,
  /** The number of a step. */
  step: 1_000_000_000,
} as const;
