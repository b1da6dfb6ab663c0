/** A field's value as it is written in a table. Pure. */

/** Virtual time in words; whoever draws has them. */
export type TimeText = (ns: number) => string;

/** Nothing is in it. */
const EMPTY: ReadonlySet<string> = new Set(['–', '', 'false', '0', '0x0', '[]', '∅', 'normal']);

export const isEmpty = (text: string): boolean => EMPTY.has(text);

const has = <K extends string>(value: object, ...keys: K[]): value is Record<K, unknown> => keys.every((key) => Object.hasOwn(value, key));

/** A member of a list, or an object that is one piece of information: a timer, a waiter, a thread's stay in the kernel. */
function objectText(value: object, time: TimeText): string {
  if (has(value, 'when', 'g')) return `${String(value.g)} @${time(Number(value.when))}`;
  if (has(value, 'when', 'chan')) return `${String(value.chan)} @${time(Number(value.when))}`;
  // When it arrives, and how long a call takes, is the simulation's knowledge. The runtime, whose table this is, learns it when it happens.
  if (has(value, 'g', 'at', 'fd')) return `${String(value.g)} · fd ${String(value.fd)}`;
  if (has(value, 'g', 'ticket')) return `${String(value.g)} #${String(value.ticket)}`;
  if (has(value, 'm', 'on')) return `${String(value.m)} · ${String(value.on)}`;
  if (has(value, 'm', 'p')) return `${String(value.m)} → ${short(value.p, time)}`;
  if (has(value, 'case', 'chan', 'dir')) return `${String(value.case)}: ${String(value.dir)} ${String(value.chan)}`;
  if (has(value, 'nr', 'name', 'since', 'until')) return `${String(value.name)} ${time(Number(value.since))}–?`;
  return JSON.stringify(value);
}

export function short(value: unknown, time: TimeText): string {
  if (value === null || value === undefined) return '–';
  if (Array.isArray(value)) return value.length === 0 ? '∅' : `[${value.map((each) => short(each, time)).join(' ')}]`;
  if (typeof value === 'object') return objectText(value, time);
  return String(value as boolean | number | string);
}

/**
 * Go counts sysmon's delay in µs, sysexitticks in ticks of the processor and other moments in ns, the state all of them in ns: with its unit
 * nobody has to know that.
 */
const IN_TIME =
  /^(?:sysmon\.delay|sysmon\.ticks\.P\d+\.(?:sched|syscall)when|sched\.(?:lastpoll|pollUntil|forcegc\.lastgc)|G\.G\d+\.sysexitticks)$/;

/** The value at a place as it is told: a length of time, or a moment of virtual time, with its unit. */
export const toldAt = (path: string, value: unknown, time: TimeText): unknown =>
  IN_TIME.test(path) && typeof value === 'number' && value > 0 ? time(value) : value;
