/** A run that is in the page as a whole: answers what the window would ask the main process. */
import {
  EventPages,
  type EventsAsk,
  type EventsPage,
  type InspectAsk,
  type Inspected,
  Inspector,
  type LaneAsk,
  type LaneRows,
  type LaneView,
  type Link,
  type LinksAsk,
  type ListingLine,
  type OpenedRun,
  PackedSteps,
  type PlayRun,
  type RowsAsk,
  type RunLine,
  type State,
  StepReader,
  type StepSlice,
  Timeline,
} from '../../src-main/contract/index';

/** A state is kept every so many steps; from there steps are replayed. */
const KEPT_STEPS = 2_000;

export class OfflineRun {
  private readonly steps = new PackedSteps();
  private readonly states = new Map<number, State>();
  private pages: EventPages | null = null;
  private followed: { timeline: Timeline; inspector: Inspector } | null = null;

  constructor(
    private readonly run: PlayRun,
    private readonly listings: Record<string, ListingLine[]>,
  ) {
    for (const slice of run.steps) {
      const reader = new StepReader(slice);
      for (let n = slice.first; n < slice.first + reader.length; n++) {
        const step = reader.step(n);
        if (step) this.steps.push(step);
      }
    }
    if (this.steps.length !== run.stepCount) throw new Error(`${run.stepCount} steps, found ${this.steps.length}`);
  }

  get opened(): OpenedRun {
    const { first, stepCount, stops, endNs, outcome, most, holds, shortened } = this.run;
    return { first, stepCount, stops, endNs, outcome, most, holds, shortened, listings: this.listings };
  }

  readSteps(from: number, to: number): StepSlice {
    return this.steps.slice(from, to);
  }

  /** States share their parts: do not change them. */
  stateAt(n: number): State {
    const at = Math.min(Math.max(0, n), this.steps.length);
    const near = Math.floor(at / KEPT_STEPS) * KEPT_STEPS;
    let state = this.run.first;
    for (let kept = 0; kept < near; kept += KEPT_STEPS) {
      const next = this.states.get(kept + KEPT_STEPS) ?? this.steps.replayed(state, kept, kept + KEPT_STEPS);
      this.states.set(kept + KEPT_STEPS, next);
      state = next;
    }
    return this.steps.replayed(state, near, at);
  }

  /** Built when it is first needed. */
  private get all(): { timeline: Timeline; inspector: Inspector } {
    if (this.followed) return this.followed;
    const timeline = new Timeline(this.run.first, this.steps);
    for (let n = 1; n <= this.steps.length; n++) timeline.add(this.steps.step(n));
    return (this.followed = { timeline, inspector: new Inspector(this.steps, timeline) });
  }

  /** A page of the list of events. The list is built in parts, one with each request. */
  events(ask: EventsAsk): EventsPage {
    const { first, stepCount } = this.run;
    this.pages ??= new EventPages({ first, stepCount, step: (n) => this.steps.step(n) });
    return this.pages.look(ask);
  }

  line(): RunLine {
    return this.all.timeline.line();
  }

  look(ask: LaneAsk): LaneView {
    return this.all.timeline.look(ask);
  }

  rows(ask: RowsAsk): LaneRows {
    return this.all.timeline.rows(ask);
  }

  links(ask: LinksAsk): Link[] {
    return this.all.timeline.linksOf(ask, ask.n >= 1 && ask.n <= this.steps.length ? this.steps.step(ask.n) : null);
  }

  inspect(ask: InspectAsk): Inspected {
    return this.all.inspector.look(ask);
  }
}
