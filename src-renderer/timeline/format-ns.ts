/** Virtual time as people read it. Without a scale: the first picture needs no more. */

export function formatNs(ns: number): string {
  if (ns < 1_000) return `${Math.round(ns)} ns`;
  // What would be rounded to a thousand is one of the next unit.
  if (ns < 999_500) return `${trim(ns / 1_000)} µs`;
  if (ns < 999_500_000) return `${trim(ns / 1_000_000)} ms`;
  return `${trim(ns / 1_000_000_000)} s`;
}

function trim(value: number): string {
  // Zeros go only behind a decimal point: 840 stays 840.
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0).replace(/\.0+$|(\.\d*?)0+$/, '$1');
}

/** The same, with as many digits as tell it from a time `apartNs` away: 30.0012 ms. */
export function formatNsApart(ns: number, apartNs: number): string {
  const [unit, name] = ns < 1_000 ? [1, 'ns'] : ns < 1_000_000 ? [1e3, 'µs'] : ns < 1_000_000_000 ? [1e6, 'ms'] : [1e9, 's'];
  const digits = Math.min(9, Math.max(0, Math.ceil(Math.log10(unit / Math.max(apartNs, 1e-3)) - 1e-9)));
  return `${(ns / unit).toFixed(digits).replace(/\.0+$|(\.\d*?)0+$/, '$1')} ${name}`;
}
