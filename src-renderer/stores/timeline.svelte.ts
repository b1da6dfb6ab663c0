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

  constructor(private readonly onFailure: (error: unknown) => void) {}

  /** Another run: its scale is known at once, its lanes follow. */
  open(source: LaneSource, endNs: number): void {
    this.source = source;
    this.endNs = endNs;
    this.view = null;
    this.times = null;
    this.ask = null;
    source.times().then((times) => {
      if (this.source === source) this.times = times;
    }, this.onFailure);
  }

  /** Lanes for a picture of this kind; an answer that has been overtaken is not shown. */
  look(ask: LaneAsk): void {
    const { source } = this;
    if (!source || JSON.stringify(ask) === JSON.stringify(this.ask)) return;
    this.ask = ask;
    const mine = ++this.asked;
    source.look(ask).then((view) => {
      if (mine === this.asked && this.source === source) this.view = view;
    }, this.onFailure);
  }
}
