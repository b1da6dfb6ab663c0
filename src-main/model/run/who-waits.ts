/** What is left to say of a program that was stopped before it had ended: who waits for whom. */
import type { GId, GRow, State } from '../state';

/** So many goroutines are named. */
const NAMED = 10;

/**
 * One line for each goroutine that lives, in Go's words and so in no language: `main [chan receive] c`, `worker [syscall] read, M2`. First those
 * that wait for somebody else.
 */
export function whoWaits(state: State): string {
  const alive = (Object.entries(state.G) as [GId, GRow][]).filter(([, g]) => !g.system && g.status !== '_Gdead' && g.status !== '_Gidle');
  const waiting = alive.filter(([, g]) => g.status === '_Gwaiting');
  const lines = [...waiting, ...alive.filter(([, g]) => g.status !== '_Gwaiting')].slice(0, NAMED).map(([id, g]) => lineOf(state, id, g));
  return [...lines, ...(alive.length > NAMED ? [`… ${alive.length - NAMED}`] : [])].join('\n');
}

function lineOf(state: State, id: GId, g: GRow): string {
  if (g.status === '_Gwaiting') return `${g.name} [${g.waitreason}]${withBlank(whatFor(state, id))}`;
  const m = g.m === null ? null : state.M[g.m];
  if (g.status === '_Gsyscall') return `${g.name} [syscall] ${m?.incgo ? 'C' : (m?.kernel?.name ?? '')}, ${String(g.m)}`;
  if (g.m === null) return `${g.name} [runnable]`;
  const raw = m?.kernel ? ` ${m.kernel.name}` : '';
  return `${g.name} [running]${raw}, ${g.m}`;
}

const withBlank = (text: string): string => (text === '' ? '' : ` ${text}`);

/** The names of what the goroutine waits on, and of who holds it. */
function whatFor(state: State, id: GId): string {
  const names: string[] = [];
  for (const [name, { recvq, sendq }] of Object.entries(state.chan)) if (recvq.includes(id) || sendq.includes(id)) names.push(name);
  for (const table of [state.mutex, state.waitgroup])
    for (const [name, { queue }] of Object.entries(table)) if (queue.includes(id)) names.push(name);
  for (const [name, { readerSem, writerSem }] of Object.entries(state.rwmutex ?? {}))
    if (readerSem.queue.includes(id) || writerSem.queue.includes(id)) names.push(name);
  for (const [name, { queue }] of Object.entries(state.cond ?? {})) if (queue.some(({ g }) => g === id)) names.push(name);
  const { worldsema } = state.sched;
  if (worldsema.queue.includes(id)) names.push(`worldsema, ${worldsema.holder === null ? '–' : (state.G[worldsema.holder]?.name ?? '')}`);
  for (const { timers } of Object.values(state.P))
    for (const timer of timers) if ('g' in timer && timer.g === id) names.push(`… ${shortNs(timer.when)}`);
  for (const { fd, rg, wg } of Object.values(state.sched.netpoll?.pd ?? {})) if (rg === id || wg === id) names.push(`fd ${fd}`);
  for (const waiter of state.kernel.netpoll) if (waiter.g === id) names.push(`… ${shortNs(waiter.at)}`);
  return names.join(', ');
}

const UNITS: readonly [string, number][] = [
  ['s', 1_000_000_000],
  ['ms', 1_000_000],
  ['us', 1_000],
];

/** A time as a person writes it in a scenario. */
export function shortNs(ns: number): string {
  for (const [unit, size] of UNITS) if (ns >= size) return `${Number((ns / size).toFixed(3))}${unit}`;
  return `${ns}ns`;
}
