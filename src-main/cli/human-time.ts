/** A time in the unit that suits it, to three places: 267 ns, 5.243 µs, 30.288 ms. */
export function humanNs(ns: number): string {
  const units = ['ns', 'µs', 'ms', 's'];
  let value = ns;
  let unit = 0;
  while (unit < units.length - 1 && Number(value.toFixed(3)) >= 1000) {
    value /= 1000;
    unit++;
  }
  return `${Number(value.toFixed(3))} ${units[unit] ?? ''}`;
}
