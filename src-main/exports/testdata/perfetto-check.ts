/**
 * What a viewer of the Trace Event Format needs of a file and does not complain about: Perfetto drops an arrow that does not begin and end in a
 * slice, and a slice that overlaps another one. Nothing here knows how our export is made. Times in the file are µs, here ns.
 */
export interface TraceEvent {
  ph: string;
  name: string;
  pid: number;
  tid: number;
  ts: number;
  dur: number;
  id: number;
  args: { name?: string; waiting?: number; n?: number };
}

interface Slice {
  from: number;
  to: number;
}

const ns = (us: number): number => Math.round(us * 1_000);
const isWhole = (us: number): boolean => Math.abs(us * 1_000 - ns(us)) < 1e-3;
const keyOf = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`;

/** Whether a slice of the track is open at a moment: a slice does not reach its own end. */
function isInside(slices: readonly Slice[], t: number): boolean {
  let [low, high] = [0, slices.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((slices[middle] as Slice).from <= t) low = middle + 1;
    else high = middle;
  }
  const last = slices[low - 1];
  return last !== undefined && t < last.to;
}

export const eventsOf = (text: string): TraceEvent[] => (JSON.parse(text) as { traceEvents: TraceEvent[] }).traceEvents;

/** What is wrong, in words. */
export function perfettoFaults(events: readonly TraceEvent[]): string[] {
  const faults: string[] = [];
  const named = new Set(events.filter(({ ph, name }) => ph === 'M' && name === 'thread_name').map(keyOf));
  const processes = new Set(events.filter(({ ph, name }) => ph === 'M' && name === 'process_name').map(({ pid }) => pid));
  const tracks = new Map<string, Slice[]>();
  const counted = new Map<string, number>();
  const arrows = new Map<number, TraceEvent[]>();
  for (const event of events) {
    const { ph, name, pid, ts, dur, id } = event;
    const about = `${ph} ${name} of ${keyOf(event)} at ${ts}`;
    if (ph !== 'M' && (ts < 0 || !isWhole(ts))) faults.push(`${about}: no time`);
    if (!processes.has(pid)) faults.push(`${about}: a process without a name`);
    if ('Xisf'.includes(ph) && !named.has(keyOf(event))) faults.push(`${about}: a track without a name`);
    if (ph === 'X') {
      if (!(dur > 0) || !isWhole(dur)) faults.push(`${about}: it lasts ${dur}`);
      const slices = tracks.get(keyOf(event)) ?? [];
      tracks.set(keyOf(event), slices);
      const before = slices.at(-1);
      if (before && before.to > ns(ts)) faults.push(`${about}: the slice before it lasts to ${before.to}`);
      slices.push({ from: ns(ts), to: ns(ts) + ns(dur) });
    } else if (ph === 'C') {
      if ((counted.get(name) ?? -1) > ns(ts)) faults.push(`${about}: it goes back`);
      counted.set(name, ns(ts));
    } else if (ph === 's' || ph === 'f') arrows.set(id, [...(arrows.get(id) ?? []), event]);
    else if (ph !== 'M' && ph !== 'i') faults.push(`${about}: an unknown kind`);
  }
  for (const [id, ends] of arrows) {
    const [begin, end] = ends;
    if (ends.length !== 2 || begin?.ph !== 's' || end?.ph !== 'f')
      faults.push(`arrow ${id} has the ends ${ends.map(({ ph }) => ph).join()}`);
    else if (ns(end.ts) < ns(begin.ts)) faults.push(`arrow ${id} goes back`);
    for (const each of ends)
      if (!isInside(tracks.get(keyOf(each)) ?? [], ns(each.ts)))
        faults.push(`arrow ${id}, ${each.ph} at ${each.ts}, is in no slice of ${keyOf(each)}`);
  }
  return faults;
}

/** At each moment what every counter says then. */
export function countersAt(events: readonly TraceEvent[]): Map<number, ReadonlyMap<string, number>> {
  const now = new Map<string, number>();
  const found = new Map<number, ReadonlyMap<string, number>>();
  for (const { ph, name, ts, args } of events) {
    if (ph !== 'C') continue;
    now.set(name, args.waiting ?? Number.NaN);
    found.set(ns(ts), new Map(now));
  }
  return found;
}
