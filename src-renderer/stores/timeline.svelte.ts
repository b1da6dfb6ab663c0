/** What the timeline shows of the open run: asked for in as much detail as its width can hold. */
import type { LaneAsk, LaneView } from '../../src-main/contract/index';

export interface LaneSource {
  look: (ask: LaneAsk) => Promise<LaneView>;
  times: () => Promise<Float64Array>;
}

export class TimelineStore {
  view = $state.raw<LaneView | null>(null);
  /** Virtual time after each step, ns; null until it has been read. */
  times = $state.raw<Float64Array | null>(null);
  endNs = $state(0);
  private source: LaneSource | null = null;
  private ask: LaneAsk | null = null;
  private asked = 0;
  private opened = 0;

  constructor(private readonly onFailure: (error: unknown) => void) {}

  /** Another run: its scale is known at once, its lanes follow. The picture may be as large as before and ask for nothing: so ask again. */
  open(source: LaneSource, endNs: number): void {
    const mine = ++this.opened;
    const again = this.ask;
    this.source = source;
    this.endNs = endNs;
    this.view = null;
    this.times = null;
    this.ask = null;
    // Answers that are on their way belong to the run before.
    this.asked++;
    source.times().then((times) => {
      if (mine === this.opened) this.times = times;
    }, this.onFailure);
    if (again) this.look(again);
  }

  /** Lanes for a picture of this kind; an answer that has been overtaken is not shown. */
  look(ask: LaneAsk): void {
    const { source } = this;
    if (!source || JSON.stringify(ask) === JSON.stringify(this.ask)) return;
    this.ask = ask;
    const mine = ++this.asked;
    source.look(ask).then((view) => {
      if (mine === this.asked) this.view = view;
    }, this.onFailure);
  }
}
