/** The two ways to read a run: over the bridge from where it is kept, and here when all of its steps have come along. */
import {
  type InspectAsk,
  type Inspected,
  Inspector,
  type PackedSteps,
  type Result,
  type State,
  type Step,
  Timeline,
} from '../../src-main/contract/index';
import { bridge } from '../bridge';
import type { RunSource } from './playback.svelte';
import type { LaneSource } from './timeline.svelte';

async function must<T>(reply: Promise<Result<T>>): Promise<T> {
  const outcome = await reply;
  if (!outcome.ok) throw new Error(outcome.message.en);
  return outcome.value;
}

/** Answers what is asked of one thing of the run. */
export interface InspectSource {
  inspect: (ask: InspectAsk) => Promise<Inspected>;
}

/** The run that is open in the main process. */
export const readSource: RunSource & LaneSource & InspectSource = {
  readSteps: (from, to) => must(bridge.readSteps({ from, to })),
  stateAt: (n) => must(bridge.stateAt({ n })),
  look: (ask) => must(bridge.lanes(ask)),
  rows: (ask) => must(bridge.laneRows(ask)),
  links: (ask) => must(bridge.links(ask)),
  line: () => must(bridge.runLine({})),
  inspect: (ask) => must(bridge.inspect(ask)),
};

export function localLanes(first: State, steps: readonly Step[], packed: PackedSteps): LaneSource & InspectSource {
  const timeline = new Timeline(first, (n) => packed.timeOf(n));
  for (const step of steps) timeline.add(step);
  const inspector = new Inspector(packed, timeline);
  return {
    look: (ask) => Promise.resolve(timeline.look(ask)),
    rows: (ask) => Promise.resolve(timeline.rows(ask)),
    links: (ask) => Promise.resolve(timeline.linksOf(ask, steps[ask.n - 1] ?? null)),
    line: () => Promise.resolve(timeline.line()),
    inspect: (ask) => Promise.resolve(inspector.look(ask)),
  };
}
