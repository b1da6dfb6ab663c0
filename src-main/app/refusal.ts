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

export function cannotWrite(path: string, error: unknown): Refused {
  const why = error instanceof Error ? error.message : String(error);
  return refuse((words) => fill(words.cannotWrite, { path, why, folder: dirname(path) }));
}
