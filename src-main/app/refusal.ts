/** Outcomes: a result, or a refusal that says what, where and how to mend it, in every language. */
import { dirname } from 'node:path';
import { fill, inEveryLanguage, type Words } from '../../assets/words/index';
import type { Fault, Refused, Text } from '../model/words';

export const done = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

type Said = (words: Words['refusal'], all: Words) => string;

const textOf = (said: Said): Text => inEveryLanguage((words) => said(words.refusal, words));

export function refuse(said: Said, faults?: readonly Fault[]): Refused {
  return faults ? { ok: false, message: textOf(said), faults } : { ok: false, message: textOf(said) };
}

/** An exception that a person is to read: whoever answers the window makes a refusal of it. */
export class Refusal extends Error {
  constructor(readonly text: Text) {
    super(text.en);
  }

  static of(said: Said): Refusal {
    return new this(textOf(said));
  }
}

/** What is told of any exception. */
export function refusalOf(error: unknown): Refused {
  if (error instanceof Refusal) return { ok: false, message: error.text };
  const why = error instanceof Error ? error.message : String(error);
  return refuse((words) => fill(words.failed, { why }));
}

/** The system's own codes (ENOSPC). Node and Chromium have others (ERR_FAILED): a page that died is no disk that is full. */
const isOfSystem = (error: unknown): boolean => /^E(?!RR_)[A-Z0-9]+$/.test(String((error as NodeJS.ErrnoException).code));

/** Why something was not made that was to be written to `path`: a file can be written elsewhere, of anything else it is told what it was. */
export function notMade(path: string, error: unknown): Refused {
  return isOfSystem(error) ? cannotWrite(path, error) : refusalOf(error);
}

/** By the system's code, with which every one of its messages begins. */
const NOT_WRITTEN: Readonly<Record<string, keyof Words['refusal']['notWritten']>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'readOnly',
  EACCES: 'mayNot',
  EPERM: 'mayNot',
  ENOENT: 'noFolder',
  ENOTDIR: 'noFolder',
  EISDIR: 'isFolder',
  ENAMETOOLONG: 'longName',
  EFBIG: 'tooLarge',
  EBUSY: 'inUse',
  ETXTBSY: 'inUse',
};

const whyIn = (words: Words['refusal'], error: unknown): string => {
  const why = error instanceof Error ? error.message : String(error);
  const [code = ''] = /^E[A-Z0-9]+\b/.exec(why) ?? [];
  const known = Object.hasOwn(NOT_WRITTEN, code) ? NOT_WRITTEN[code] : undefined;
  return known ? fill(words.notWritten[known], { code }) : why;
};

/** Why nothing could be written, in words where the system has a code for it. */
export const whyNotWritten = (error: unknown): Text => textOf((words) => whyIn(words, error));

export function cannotWrite(path: string, error: unknown): Refused {
  return refuse((words) => fill(words.cannotWrite, { path, why: whyIn(words, error), folder: dirname(path) }));
}
