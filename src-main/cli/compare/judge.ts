/** What a judge is: something real that the model is held against. Each judge is one entry of JUDGES (compare.ts). */

/** A program of this machine that a judge needs, with arguments with which it does nothing but end with status 0. */
export interface Needed {
  readonly program: string;
  readonly probe: readonly string[];
}

export interface JudgeOptions {
  /** The same seed makes the same programs, calls or lines. */
  readonly seed: number;
  /** How many to compare; null: as many as the judge takes for enough. */
  readonly count: number | null;
  /** Measures again what the tests are held against, and writes it into the project. */
  readonly keep: boolean;
  readonly say: (line: string) => void;
}

/** One kind of difference: everything that differs in the same way. */
export interface Difference {
  readonly name: string;
  readonly count: number;
  /** The first one, as text to read. */
  readonly example: string;
}

export interface Agreement {
  /** What was counted: calls, programs, lines. */
  readonly unit: string;
  readonly total: number;
  readonly equal: number;
  readonly differences: readonly Difference[];
}

export interface Judge {
  /** What is real here, for people. */
  readonly about: string;
  readonly needs: readonly Needed[];
  /** The share that must be equal, 0 to 1. */
  readonly atLeast: number;
  readonly compare: (options: JudgeOptions) => Promise<Agreement>;
}

/** Collects differences by name. */
export class Differences {
  private readonly found = new Map<string, { count: number; example: string }>();

  add(name: string, example: () => string): void {
    const known = this.found.get(name);
    if (known) known.count++;
    else this.found.set(name, { count: 1, example: example() });
  }

  /** The most frequent first. */
  get list(): Difference[] {
    return [...this.found].map(([name, { count, example }]) => ({ name, count, example })).sort((a, b) => b.count - a.count);
  }
}

/** Rounded down, so that 100 % means that nothing differed. */
export function percent({ equal, total }: Pick<Agreement, 'equal' | 'total'>): string {
  return total === 0 ? 'nothing compared' : `${(Math.floor((equal / total) * 100_000) / 1000).toFixed(3)} %`;
}

export function agreementLines(agreement: Agreement): string[] {
  const { unit, total, equal, differences } = agreement;
  return [
    ...differences.flatMap(({ name, count, example }) => [`${count} × ${name}`, ...example.split('\n').map((line) => `      ${line}`)]),
    `${equal} of ${total} ${unit} equal: ${percent(agreement)}`,
  ];
}
