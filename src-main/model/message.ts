/**
 * What the model has to say to a person about what that person wrote. The model names it and gives the values; the words, in every
 * language, are those of the dictionaries (assets/words), and src-main/formats/messages.ts joins the two.
 */

/** No values: the words are the same each time. */
type Nothing = Readonly<Record<never, never>>;

export interface Messages {
  mainIsRunning: Nothing;
  nestedTooDeep: { most: number };
  returnsAndErrno: Nothing;
  noSyscallOnArch: { arch: string; name: string };
  unknownSyscall: { name: string };
  unknownErrno: { name: string };
  tooManyArguments: { n: number };
  /** `buffer`: how a buffer is written. */
  badArgument: { buffer: string; found: string };
}

export type Message = { [K in keyof Messages]: Readonly<{ key: K } & Messages[K]> }[keyof Messages];
