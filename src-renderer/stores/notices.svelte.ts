/** What the window says to the person at it: one notice at a time. */
import { fill, inEveryLanguage } from '../../assets/words/index';
import type { Fault, Result, Text } from '../../src-main/contract/index';

export interface Notice {
  kind: 'good' | 'bad';
  message: Text;
  faults: readonly Fault[];
  /** What it lists may be mistakes: the file is used as it is. */
  areHints?: true;
  /** Comes back when something else took its place, until somebody has closed it. */
  mustBeRead?: true;
}

/** Good news leaves by itself; bad news stays until somebody has read it. */
const GOOD_NEWS_MS = 5_000;

export class Notices {
  shown = $state.raw<Notice | null>(null);
  /** Everything that went wrong since the start; an export ends at the first. */
  readonly failures: Text[] = [];
  /** Where in a file the first of them lies. */
  firstFaults: readonly Fault[] = [];
  private leaving: ReturnType<typeof setTimeout> | undefined;
  /** What must be read and has not been shown to its end, the next one first. */
  private waiting: readonly Notice[] = [];

  private show(notice: Notice | null): void {
    clearTimeout(this.leaving);
    if (this.shown?.mustBeRead) this.waiting = [this.shown, ...this.waiting];
    this.shown = notice;
    if (notice?.kind !== 'good') return;
    this.leaving = setTimeout(() => {
      this.close();
    }, GOOD_NEWS_MS);
  }

  /** Whatever waits for its turn comes next. */
  close(): void {
    this.shown = null;
    const [next = null, ...others] = this.waiting;
    this.waiting = others;
    this.show(next);
  }

  /** Something else has been opened: what was said before is of no use any more. What must be read stays, and nobody has closed it. */
  moveOn(): void {
    if (!this.shown?.mustBeRead) this.close();
  }

  good(message: Text): void {
    this.show({ kind: 'good', message, faults: [] });
  }

  /** Something to know that is nobody's failure: a broken lesson beside good ones, a run that is too long. */
  warn(message: Text, faults: readonly Fault[] = []): void {
    this.show({ kind: 'bad', message, faults });
  }

  /** What may be a mistake in a file that can be used. */
  hint(message: Text, hints: readonly Fault[]): void {
    this.show({ kind: 'bad', message, faults: hints, areHints: true });
  }

  /** What became of somebody's own file, once and never again: nothing else may take its place unread. It comes in its turn. */
  mustRead(message: Text, faults: readonly Fault[] = []): void {
    const notice: Notice = { kind: 'bad', message, faults, mustBeRead: true };
    if (this.shown?.kind === 'bad') this.waiting = [...this.waiting, notice];
    else this.show(notice);
  }

  /** What is kept in somebody's own file. Of a damaged one it is told what became of it; what can be read of it is there at the second asking. */
  async kept<T>(ask: () => Promise<Result<T>>): Promise<Result<T>> {
    const first = await ask();
    if (first.ok) return first;
    this.mustRead(first.message);
    return ask();
  }

  fail(message: Text, faults: readonly Fault[] = []): void {
    if (this.failures.push(message) === 1) this.firstFaults = faults;
    this.warn(message, faults);
  }

  /** What a request gives, or null after telling what went wrong. */
  told<T>(outcome: Result<T>): T | null {
    if (outcome.ok) return outcome.value;
    this.fail(outcome.message, outcome.faults);
    return null;
  }

  tellOf(error: unknown): void {
    console.error(error);
    const why = error instanceof Error ? error.message : String(error);
    this.fail(inEveryLanguage((words) => fill(words.window.failed, { why })));
  }
}
