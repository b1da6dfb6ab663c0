/** All that is told of one thing of a run at one step, in one answer: who set it, what it was before, its life. Pure. */
import type { PackedSteps } from '../model/trace/packed-steps';
import { History, type PlaceAsk, type PlaceHistory } from './history';
import type { LaneId, LaneView } from './lanes';
import type { Timeline } from './timeline';

export interface InspectAsk extends PlaceAsk {
  /** The thread, P or goroutine that is asked about, which has a lane; null: it is something else. */
  of: LaneId | null;
}

export interface Inspected extends PlaceHistory {
  /** Since when whoever has a lane does what they do; null: they are not there, or it is not told of such a thing. */
  since: { n: number; t: number } | null;
  /** Their lane up to the horizon. */
  lane: LaneView | null;
}

export class Inspector {
  private readonly history: History;

  /** Costs nothing before it is asked. Both must have the whole run by then. */
  constructor(
    private readonly steps: PackedSteps,
    private readonly timeline: Timeline,
  ) {
    this.history = new History(steps);
  }

  look(ask: InspectAsk): Inspected {
    const { of, n, horizon, columns } = ask;
    const to = Math.min(horizon, this.steps.length);
    const since = of === null ? null : this.timeline.since(of, Math.min(n, to));
    const lane =
      of === null || since === null
        ? null
        : this.timeline.look({ axis: 'step', from: 0, to: Math.max(1e-9, to), columns: Math.max(1, columns), ids: [of] });
    return { ...this.history.look(ask), since: since === null ? null : { n: since, t: this.steps.timeOf(since) }, lane };
  }
}
