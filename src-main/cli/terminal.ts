/** What the command line speaks with, and what it says of an output that cannot be written. */
import { inEveryLanguage, type Words } from '../../assets/words/index';
import { whyNotWritten } from '../app/refusal';
import type { Text } from '../model/words';
import { ReaderGone } from './standard-output';

export interface Terminal {
  /** Standard output: a text, or bytes that are good until it is awaited. The reader may be slow, and gone (ReaderGone). */
  out: (data: string | Uint8Array) => unknown;
  err: (text: string) => unknown;
  isErrTerminal: boolean;
  environment: Readonly<Record<string, string | undefined>>;
  onInterrupt: (stop: () => void) => void;
}

export const textOf = (said: (words: Words['sim']) => string): Text => inEveryLanguage(({ sim }) => said(sim));

export class CannotWrite extends Error {
  constructor(
    readonly path: string,
    readonly why: Text,
  ) {
    super(why.en);
  }

  static because(path: string, error: unknown): CannotWrite {
    return new CannotWrite(path, whyNotWritten(error));
  }
}

/** Something to standard output. */
export async function say(terminal: Terminal, data: string | Uint8Array): Promise<void> {
  try {
    await terminal.out(data);
  } catch (error) {
    throw error instanceof ReaderGone ? error : CannotWrite.because('-', error);
  }
}
