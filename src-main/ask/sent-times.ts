/**
 * The times of all steps on their way to the window. Eight bytes for each are copied from process to process several times; how long after the
 * one before each step comes takes one or two. Pure.
 */

/** Packed by packedTimes; or the times themselves. */
export type SentTimes = Uint8Array | Float64Array;

/** A number is written in digits of this base, the lowest first, a byte each; all but the last have it added, the highest bit. */
const BASE = 0x80;

/** `times`: ns, never going back. What cannot be packed (parts of a nanosecond) comes back as it is. */
export function packedTimes(times: Float64Array): SentTimes {
  const size = sizeOf(times);
  if (size === null) return times;
  const bytes = new Uint8Array(size);
  let at = 0;
  let before = 0;
  for (let i = 0; i < times.length; i++) {
    const now = times[i] as number;
    let left = now - before;
    before = now;
    while (left >= BASE) {
      const high = Math.floor(left / BASE);
      bytes[at++] = left - high * BASE + BASE;
      left = high;
    }
    bytes[at++] = left;
  }
  return bytes;
}

/** How many bytes they take; null: not all of them can be packed. */
function sizeOf(times: Float64Array): number | null {
  let size = 0;
  let before = 0;
  for (let i = 0; i < times.length; i++) {
    const now = times[i] as number;
    let left = now - before;
    before = now;
    if (!(left >= 0) || !Number.isSafeInteger(now)) return null;
    for (size++; left >= BASE; size++) left = Math.floor(left / BASE);
  }
  return size;
}

/** The times that were packed, ns. */
export function unpackedTimes(sent: SentTimes): Float64Array {
  if (sent instanceof Float64Array) return sent;
  let count = 0;
  for (let i = 0; i < sent.length; i++) if ((sent[i] as number) < BASE) count++;
  const times = new Float64Array(count);
  let [next, ns, unit] = [0, 0, 1];
  for (let i = 0; i < sent.length; i++) {
    const byte = sent[i] as number;
    if (byte >= BASE) {
      ns += (byte - BASE) * unit;
      unit *= BASE;
      continue;
    }
    ns += byte * unit;
    unit = 1;
    times[next++] = ns;
  }
  return times;
}
