/** For tests: small programs from their goroutines, and what is looked for in their steps. */
import type { Scenario } from '../scenario';
import type { State, Step } from '../state';
import { applyStep, copyState } from '../trace/replay';
import { play, type Played, scenarioOf } from './run-scenario';

/** A scenario from its goroutines and whatever else it needs. */
export function scenario(goroutines: Record<string, unknown>, others: Record<string, unknown> = {}): Scenario {
  const whole = { schedville: 1, kind: 'scenario', id: 'test', title: { zh: '试', en: 'test' }, ...others, goroutines };
  return scenarioOf(JSON.stringify(whole));
}

export const run = (goroutines: Record<string, unknown>, others?: Record<string, unknown>): Played => play(scenario(goroutines, others));
export const at = (step: Step): string => `${step.fn}/${step.at}`;
export const marks = ({ facts }: Played): string[] => facts.marks.map((mark) => mark.text);
export const change = (step: Step, path: string): unknown => step.set.find(([changed]) => changed === path)?.[2];

/** What `seen` says of each step and the state before it, where it says anything. */
export function over<T>({ first, steps }: Played, seen: (step: Step, before: State) => T | undefined): T[] {
  const state = copyState(first);
  return steps.flatMap((step) => {
    const said = seen(step, state);
    applyStep(state, step);
    return said === undefined ? [] : [said];
  });
}

export const channel = { channels: { c: { cap: 0 } } };
export const one = { runtime: { gomaxprocs: 1 } };
