/** The two ways to read a run: over the bridge from where it is kept, and here when all of its steps have come along. */
import { type PackedSteps, type Result, type State, type Step, Timeline } from '../../src-main/contract/index';
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
  rows: (ask) => must(bridge.laneRows(ask)),
  links: (ask) => must(bridge.links(ask)),
  line: () => must(bridge.runLine({})),
};

export function localLanes(first: State, steps: readonly Step[], packed: PackedSteps): LaneSource {
  const timeline = new Timeline(first, (n) => packed.timeOf(n));
  for (const step of steps) timeline.add(step);
  return {
    look: (ask) => Promise.resolve(timeline.look(ask)),
    rows: (ask) => Promise.resolve(timeline.rows(ask)),
    links: (ask) => Promise.resolve(timeline.linksOf(ask, steps[ask.n - 1] ?? null)),
    line: () => Promise.resolve(timeline.line()),
  };
}
