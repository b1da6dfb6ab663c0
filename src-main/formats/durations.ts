/** Durations as the formats write them: a whole number and its unit. */
const MAX_NS = 1_000_000_000_000_000;
const UNITS: Record<string, number> = { ns: 1, us: 1_000, ms: 1_000_000, s: 1_000_000_000 };

/** A duration as the formats write it, in ns; null when it is none or longer than eleven days. */
export function durationNs(text: string): number | null {
  const parts = /^(\d{1,15})(ns|us|ms|s)$/.exec(text);
  const ns = parts ? Number(parts[1]) * (UNITS[parts[2] ?? ''] ?? NaN) : NaN;
  return ns <= MAX_NS ? ns : null;
}

/** A time as the formats write it, in the largest unit that keeps it whole. */
export function durationText(ns: number): string {
  const [unit = 'ns', unitNs = 1] = Object.entries(UNITS).findLast(([, each]) => ns % each === 0) ?? [];
  return `${ns / unitNs}${unit}`;
}
