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
  unpackedLanes,
  unpackedTimes,
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
  look: async (ask) => unpackedLanes(await must(bridge.lanes(ask))),
  rows: (ask) => must(bridge.laneRows(ask)),
  links: (ask) => must(bridge.links(ask)),
  line: async () => {
    const line = await must(bridge.runLine({}));
    return { ...line, times: unpackedTimes(line.times) };
  },
  inspect: (ask) => must(bridge.inspect(ask)),
};

/** The steps are followed when something is first asked: the first picture asks nothing. */
export function localLanes(first: State, steps: readonly Step[], packed: PackedSteps): LaneSource & InspectSource {
  let followed: { timeline: Timeline; inspector: Inspector } | null = null;
  const follow = (): { timeline: Timeline; inspector: Inspector } => {
    const timeline = new Timeline(first, packed);
    for (const step of steps) timeline.add(step);
    return { timeline, inspector: new Inspector(packed, timeline) };
  };
  const there = (): { timeline: Timeline; inspector: Inspector } => (followed ??= follow());
  return {
    look: (ask) => Promise.resolve(there().timeline.look(ask)),
    rows: (ask) => Promise.resolve(there().timeline.rows(ask)),
    links: (ask) => Promise.resolve(there().timeline.linksOf(ask, steps[ask.n - 1] ?? null)),
    line: () => Promise.resolve(there().timeline.line()),
    inspect: (ask) => Promise.resolve(there().inspector.look(ask)),
  };
}
