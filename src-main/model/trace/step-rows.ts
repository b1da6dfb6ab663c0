/** Rows of functions, each once, by number: a run comes to the same few thousand of them millions of times. */
export interface StepRow {
  fn: string;
  at: string;
}

export class RowPool {
  readonly things: StepRow[] = [];
  private readonly byFn = new Map<string, Map<string, number>>();
  /** By a row's number: which one came after it last. Mostly it does so again, and need not be looked up. */
  private readonly next: number[] = [];
  private last = 0;

  numberOf(fn: string, at: string): number {
    const guess = this.next[this.last];
    const guessed = guess === undefined ? undefined : this.things[guess];
    const number = guessed?.fn === fn && guessed.at === at ? (guess as number) : this.lookedUp(fn, at);
    this.next[this.last] = number;
    this.last = number;
    return number;
  }

  private lookedUp(fn: string, at: string): number {
    let ats = this.byFn.get(fn);
    if (!ats) this.byFn.set(fn, (ats = new Map()));
    let number = ats.get(at);
    if (number === undefined) ats.set(at, (number = this.things.push({ fn, at }) - 1));
    return number;
  }
}
