/** Outcomes: a result, or a refusal that says what, where and how to mend it, in both languages. */
import { dirname } from 'node:path';
import type { Fault, Refused } from '../model/words';

export const done = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

export function refuse(zh: string, en: string, faults?: readonly Fault[]): Refused {
  return faults ? { ok: false, message: { zh, en }, faults } : { ok: false, message: { zh, en } };
}

/** An exception that a person is to read: whoever answers the window makes a refusal of it. */
export class Refusal extends Error {
  constructor(
    readonly zh: string,
    readonly en: string,
  ) {
    super(en);
  }
}

/** What is told of any exception. */
export function refusalOf(error: unknown): Refused {
  if (error instanceof Refusal) return refuse(error.zh, error.en);
  const said = error instanceof Error ? error.message : String(error);
  return refuse(`出错了：${said}`, `something went wrong: ${said}`);
}

export function cannotWrite(path: string, error: unknown): Refused {
  const why = error instanceof Error ? error.message : String(error);
  return refuse(
    `写不了 ${path}：${why}。请换一个能写的文件夹（不是 ${dirname(path)}）。`,
    `cannot write ${path}: ${why}. Choose a folder that can be written to (not ${dirname(path)}).`,
  );
}
