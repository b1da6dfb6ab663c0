/** Why a recorded trace cannot be read, or not to its end. */
import { fill, inEveryLanguage, type Words } from '../../assets/words/index';
import type { Text } from '../model/words';

export class BadTrace extends Error {
  /** For whoever prints it. */
  readonly text: Text;

  /** `line`: of a text, from 1. */
  constructor(
    said: (words: Words['recorded']) => string,
    readonly line = 1,
  ) {
    const text = inEveryLanguage(({ recorded }) => said(recorded));
    super(text.en);
    this.text = text;
  }

  /** The file ends where more must come. */
  static cut(at: number): BadTrace {
    return new BadTrace((words) => fill(words.cut, { at }));
  }

  /** Something stands there that cannot. */
  static damaged(at: number): BadTrace {
    return new BadTrace((words) => fill(words.damaged, { at }));
  }

  /** An event that cannot be, as things are; `ns` from the recording's beginning. */
  static impossible(event: string, ns: number): BadTrace {
    return new BadTrace((words) => fill(words.impossible, { event, ns }));
  }

  /** No event that is left can be the next one. */
  static stuck(ns: number): BadTrace {
    return new BadTrace((words) => fill(words.stuck, { ns }));
  }
}
