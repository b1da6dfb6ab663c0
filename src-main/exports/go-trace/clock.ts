/**
 * Times of a trace: ticks of 1 ns, each event's own, so that every reader puts events into one order. Of events at the same moment of the
 * run, the later ones are told some ns late.
 */
export const TICKS_PER_SECOND = 1_000_000_000;

/** The run's beginning, ticks: what was so at the beginning is told before it. */
export const BEGINNING = 1_000_000;

export class TraceClock {
  /** Of the latest event. */
  latest = 0;

  /** `t`: virtual time, ns; null: as soon as possible. */
  next(t: number | null): number {
    this.latest = Math.max(this.latest + 1, t === null ? 0 : BEGINNING + t);
    return this.latest;
  }
}
