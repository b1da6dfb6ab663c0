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
} as const;
