/** Everything that the timeline asks of a run: followed while the run is made, step by step. Pure. */
import type { State, Step } from '../model/state';
import { type Axis, FoldedTime, foldsInParts, type Folds, stepAxis, timeAxis } from './axis';
import { type LaneAsk, type LaneGroup, type LaneId, Lanes, type LaneRows, type LaneView, type RowsAsk } from './lanes';
import { type Link, Links, type LinksAsk } from './links';
import type { PathNumbers } from '../model/trace/path-numbers';
import { RowPaths } from './row-paths';
import type { SentTimes } from './sent-times';
import { MarkFollower, type RunMarks } from './run-line';

/** What is told of a run at once. */
export interface RunLine extends RunMarks {
  /** Virtual time after each step, ns; index 0 is the first state. */
  times: Float64Array;
  folds: Folds;
  counts: Readonly<Record<LaneGroup, number>>;
}

/** The same on its way to the window. */
export type SentLine = Omit<RunLine, 'times'> & { times: SentTimes };

/** The steps that a timeline follows, as they are kept (PackedSteps). Whoever adds one to the timeline has put it there before. */
export interface FollowedSteps {
  readonly pathNumbers: PathNumbers;
  /** Virtual time after step n, ns. */
  timeOf: (n: number) => number;
  /** That of all steps; index 0 is the first state. */
  times: () => Float64Array;
}

export class Timeline {
  private readonly lanes: Lanes;
  private readonly links: Links;
  private readonly marks: MarkFollower;
  private last = 0;
  /** Made when it is first asked for. */
  private axes: { last: number; step: Axis; time: Axis; folds: Folds } | null = null;

  constructor(
    first: State,
    private readonly steps: FollowedSteps,
  ) {
    const paths = new RowPaths(steps.pathNumbers);
    this.lanes = new Lanes(first, paths);
    this.links = new Links(first, paths);
    this.marks = new MarkFollower(first, paths);
  }

  /** Steps come in order, without gaps. */
  add(step: Step): void {
    this.last = step.n;
    this.lanes.add(step);
    this.links.add(step);
    this.marks.add(step);
  }

  private get axis(): { step: Axis; time: Axis; folds: Folds } {
    if (this.axes?.last !== this.last) for (const pause of this.makeAxes()) void pause;
    return this.axes as NonNullable<typeof this.axes>;
  }

  private *makeAxes(): Generator<null, void> {
    const { last, steps } = this;
    const timeOf = (n: number): number => steps.timeOf(n);
    if (this.axes?.last === last) return;
    // Every one is looked at: taken out together they cost a tenth of what asking for each one does.
    const times = steps.times();
    const folds = yield* foldsInParts((n) => times[n] as number, last);
    // Somebody else who asked meanwhile may have been quicker, and lanes have been made for their axes.
    if (this.axes?.last === last) return;
    const time = timeAxis(new FoldedTime(folds, timeOf(last)), timeOf);
    this.axes = { last, step: stepAxis(last), time, folds };
  }

  /** Makes ready what line(), or look() with the ask, needs, in parts: of a long recording it takes seconds. */
  *prepare(ask: Pick<LaneAsk, 'axis' | 'ids'> | null): Generator<null, void> {
    yield* this.makeAxes();
    if (ask) yield* this.lanes.prepare(ask.ids, this.axis[ask.axis]);
  }

  line(): RunLine {
    const { folds } = this.axis;
    return {
      times: this.steps.times(),
      folds: { from: folds.from.slice(), to: folds.to.slice() },
      counts: this.lanes.counts,
      ...this.marks.found,
    };
  }

  rows(ask: RowsAsk): LaneRows {
    return this.lanes.rows(ask);
  }

  /** Since which step somebody has been doing what they do after step n; null: not there. */
  since(id: LaneId, n: number): number | null {
    return this.lanes.since(id, n);
  }

  look(ask: LaneAsk): LaneView {
    return this.lanes.look(ask, this.axis[ask.axis]);
  }

  /** `step`: the step that is shown. */
  linksOf(ask: LinksAsk, step: Pick<Step, 'm' | 'g'> | null): Link[] {
    return this.links.look(ask, step);
  }
}
