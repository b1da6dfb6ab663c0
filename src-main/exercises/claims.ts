/**
 * Holds what a choice says against the steps of a run and the states that they make, and against nothing else: not against the facts that
 * the questions were made from.
 */
import type { GId, MId, State, Step } from '../model/state';
import { keysOf } from '../model/state-path';
import type { Claim } from './question';

export interface Trace {
  first: State;
  steps: readonly Step[];
  /** The state after step `n`. */
  after: (n: number) => State;
  outcome: string;
}

export function holds(claim: Claim, trace: Trace): boolean {
  switch (claim.kind) {
    case 'next':
      return nextOf(trace, claim.n) === claim.g;
    case 'home':
      return wayHome(trace, claim.n) === claim.way;
    case 'taken': {
      const t = takenAt(trace, claim.p, claim.from, claim.to);
      if (claim.afterNs === null || t === null) return claim.afterNs === t;
      const waited = t - stepOf(trace, claim.from).t;
      return claim.afterNs[0] <= waited && waited <= claim.afterNs[1];
    }
    case 'value': {
      let at: unknown = trace.after(claim.n);
      for (const key of keysOf(claim.path)) at = (at as Record<string, unknown> | null | undefined)?.[key];
      return JSON.stringify(at ?? null) === JSON.stringify(claim.is);
    }
    case 'first':
      return firstOf(trace, claim.of) === claim.g;
    case 'stolen':
      return stolenBy(trace, claim.n) === claim.is;
    case 'threads':
      return mostThreads(trace) === claim.is;
    case 'outcome':
      return endOf(trace) === claim.is;
  }
}

function stepOf(trace: Trace, n: number): Step {
  const step = trace.steps[n - 1];
  if (!step) throw new RangeError(`exercises: no step ${String(n)}`);
  return step;
}

/** What a step writes to a place; undefined when it does not write there. */
const written = (step: Step, path: string): unknown => step.set.find(([place]) => place === path)?.[2];

const becomesRunning = (step: Step, g: GId): boolean => written(step, `G.${g}.status`) === '_Grunning';

function nextOf(trace: Trace, n: number): string | null {
  const { m } = stepOf(trace, n);
  const state = trace.after(n);
  const names = new Map(Object.entries(state.G).map(([g, { name }]) => [g as GId, name]));
  for (const step of trace.steps.slice(n)) {
    for (const [place, , now] of step.set) {
      const born = /^G\.(G\d+)$/.exec(place);
      if (born && now !== null) names.set(born[1] as GId, (now as unknown as { name: string }).name);
      const g = /^G\.(G\d+)\.status$/.exec(place)?.[1] as GId | undefined;
      if (g && step.m === m && now === '_Grunning') return names.get(g) ?? null;
    }
  }
  return null;
}

function wayHome(trace: Trace, n: number): string | null {
  const { g, m } = stepOf(trace, n);
  if (g === null) return null;
  const { oldp } = trace.after(n).M[m] ?? {};
  const status = `G.${g}.status`;
  const steps = trace.steps.slice(n);
  const end = steps.findIndex((step) => step.set.some(([place]) => place === status));
  const last = steps[end];
  if (!last || !oldp) return null;
  if (!becomesRunning(last, g)) {
    // From exitsyscall0 it is either executed at once, or lies in the queue of all.
    const settled = steps.slice(end + 1).find((step) => becomesRunning(step, g) || Array.isArray(written(step, 'sched.runq')));
    return settled && Array.isArray(written(settled, 'sched.runq')) && (written(settled, 'sched.runq') as unknown[]).includes(g)
      ? 'queued'
      : 'slow';
  }
  // A P whose key hung on the ring was taken from there, even if it is the one that was left.
  const fromRing = steps.slice(0, end).some((step) => step.m === m && written(step, 'sched.pidle') !== undefined);
  return fromRing ? 'idlep' : 'oldp';
}

function takenAt(trace: Trace, p: string, from: number, to: number): number | null {
  const path = `P.${p}.status`;
  const watchman = trace.first.sysmon.m;
  const step = trace.steps.slice(from, to).find((each) => each.m === watchman && written(each, path) !== undefined);
  return step?.t ?? null;
}

function firstOf(trace: Trace, names: readonly string[]): string | null {
  const ids = new Map<string, string>();
  for (const step of trace.steps)
    for (const [place, , now] of step.set) {
      const born = /^G\.(G\d+)$/.exec(place);
      if (born?.[1] && now !== null) ids.set(born[1], (now as unknown as { name: string }).name);
      const name = ids.get(/^G\.(G\d+)\.status$/.exec(place)?.[1] ?? '');
      if (name !== undefined && now === '_Grunning' && names.includes(name)) return name;
    }
  return null;
}

function stolenBy(trace: Trace, n: number): number | null {
  const before = trace.after(n - 1);
  const after = trace.after(n);
  const waiting = (state: State, p: string): number => {
    const row = state.P[p as keyof State['P']];
    return row ? row.runq.length + (row.runnext === null ? 0 : 1) : 0;
  };
  const lost = Object.keys(before.P)
    .map((p) => waiting(before, p) - waiting(after, p))
    .filter((each) => each > 0);
  return lost.length === 1 ? (lost[0] ?? null) : null;
}

/** `waits`: it ended well and nobody was left behind. */
function endOf({ outcome, after, steps }: Trace): string {
  const isLeft = Object.values(after(steps.length).G).some(({ system, status, name }) => !system && name !== 'main' && status !== '_Gdead');
  return outcome === 'exit' && !isLeft ? 'waits' : outcome;
}

function mostThreads(trace: Trace): number {
  const alive = new Set<MId>(Object.keys(trace.first.M) as MId[]);
  let most = alive.size;
  for (const step of trace.steps)
    for (const [place, , now] of step.set) {
      const m = /^M\.(M\d+)(?:\.(dead))?$/.exec(place);
      if (!m) continue;
      if (m[2] === undefined && now !== null) alive.add(m[1] as MId);
      else if (now !== false) alive.delete(m[1] as MId);
      most = Math.max(most, alive.size);
    }
  return most;
}
