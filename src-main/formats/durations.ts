/** Durations as the formats write them (`10ms`), and as the window, the summary and people do (`5.22 µs`, `0.5 ms`, `1,000 ns`, `5 微秒`). */
const MAX_NS = 1_000_000_000_000_000;
const UNITS: Readonly<Record<string, number>> = { ns: 1, us: 1_000, ms: 1_000_000, s: 1_000_000_000 };
/** µ of the keyboard (U+00B5) becomes the Greek letter in NFKC. */
const OTHER_NAMES: Readonly<Record<string, string>> = { μs: 'us', 纳秒: 'ns', 微秒: 'us', 毫秒: 'ms', 秒: 's' };

/** A duration as people write it, in ns; null when it is none, has a fraction of a nanosecond, or is longer than eleven days. */
export function durationNs(text: string): number | null {
  const parts = /^(\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.(\d{1,15}))?\s*(\p{L}{1,2})$/u.exec(text.normalize('NFKC').trim().toLowerCase());
  if (!parts) return null;
  const [, whole = '', fraction = '', name = ''] = parts;
  const unitNs = UNITS[OTHER_NAMES[name] ?? name];
  if (unitNs === undefined) return null;
  // In whole numbers: 0.29 µs is not 289.99999999999994 ns.
  const scale = 10n ** BigInt(fraction.length);
  const scaled = (BigInt(whole.replaceAll(',', '')) * scale + BigInt(fraction || '0')) * BigInt(unitNs);
  const ns = scaled % scale === 0n ? Number(scaled / scale) : NaN;
  return ns <= MAX_NS ? ns : null;
}

/** A time as the formats write it, in the largest unit that keeps it whole. */
export function durationText(ns: number): string {
  const [unit = 'ns', unitNs = 1] = Object.entries(UNITS).findLast(([, each]) => ns % each === 0) ?? [];
  return `${ns / unitNs}${unit}`;
}

/** A virtual time as people read it, to three digits: 4.07 ms. */
export function timeText(ns: number): string {
  for (const [unit, size] of [
    ['s', 1e9],
    ['ms', 1e6],
    ['µs', 1e3],
  ] as const)
    if (ns >= size) return `${String(Number((ns / size).toPrecision(3)))} ${unit}`;
  return `${String(ns)} ns`;
}
