/** The two ways to read a run: over the bridge from where it is kept, and here when all of its steps have come along. */
import { Lanes, type PackedSteps, type Result, type State, type Step } from '../../src-main/contract/index';
import { bridge } from '../bridge';
import type { RunSource } from './playback.svelte';
import type { LaneSource } from './timeline.svelte';

async function must<T>(reply: Promise<Result<T>>): Promise<T> {
  const outcome = await reply;
  if (!outcome.ok) throw new Error(outcome.message.en);
  return outcome.value;
}

/** The run that is open in the main process. */
export const readSource: RunSource & LaneSource = {
  readSteps: (from, to) => must(bridge.readSteps({ from, to })),
  stateAt: (n) => must(bridge.stateAt({ n })),
  look: (ask) => must(bridge.lanes(ask)),
  times: () => must(bridge.times({})),
};

export function localLanes(first: State, steps: readonly Step[], packed: PackedSteps): LaneSource {
  const lanes = new Lanes(first);
  for (const step of steps) lanes.add(step);
  return { look: (ask) => Promise.resolve(lanes.look(ask, (n) => packed.timeOf(n))), times: () => Promise.resolve(packed.times()) };
}
