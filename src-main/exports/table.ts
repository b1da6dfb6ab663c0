/** A run as a table (RFC 4180): a step in each row, with what waits in every queue after it. */
import type { PId, State, Step } from '../model/state';

/** Of text that a person wrote a spreadsheet would make a formula where it begins with one of these. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (cells: readonly (string | number | null | undefined)[]): string => `${cells.map(cell).join(',')}\r\n`;

export class StepTable {
  private readonly processors: readonly PId[];

  constructor(first: State) {
    this.processors = Object.keys(first.P) as PId[];
  }

  /** With a byte order mark: spreadsheets take the file for UTF-8 then. */
  get head(): string {
    const queues = this.processors.flatMap((p) => [`${p} status`, `${p} runq`, `${p} runnext`]);
    return `\ufeff${line(['n', 't (ns)', 'd (ns)', 'm', 'p', 'g', 'goroutine', 'fn', 'at', 'event', 'note', 'sched.runq', 'pidle', 'midle', 'nmspinning', ...queues])}`;
  }

  /** `state`: after the step. */
  row({ n, t, d, m, p, g, fn, at, ev, note }: Step, { G, P, sched }: State): string {
    const queues = this.processors.flatMap((each) => {
      const row = P[each];
      return [row?.status, row?.runq.length, row?.runnext];
    });
    const { runq, pidle, midle, nmspinning } = sched;
    const name = g === null ? null : G[g]?.name;
    return line([n, t, d, m, p, g, name, fn, at, ev, note, runq.length, pidle.length, midle.length, nmspinning, ...queues]);
  }
}
