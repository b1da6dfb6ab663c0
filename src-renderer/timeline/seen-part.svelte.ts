/** Which part of the axis is seen, and how it comes to another one: by hand, by a command, by another axis, or along with the step. */
import type { TimelineStore } from '../stores/timeline.svelte';
import { keepingInSight, runAxis, type RunAxis, type Window, within } from './timeline-scale';

export interface SeenOf {
  store: Pick<TimelineStore, 'axis' | 'window' | 'line' | 'endNs'>;
  axis: RunAxis;
  stepCount: number;
  /** The last step that may be seen, while the rest is to be guessed; null: all of them. */
  horizon: number | null;
}

/** More of everything than this is all of it. */
const WHOLE = 0.999;

/** Of the width, what may be seen has so much at most: of a long run before its first question it would be a few pixels, beside nothing. */
const KNOWN_SHARE = 0.9;

/**
 * The end moves on in leaps, each to so many times as far, so that what may be seen has 72 to 90 % of the width: a step that is seen for the
 * first time does not move everything else.
 */
const LEAP = 1.25;

export class SeenPart {
  /** The part when the hand has let go: whatever is asked of it does not jump under the hand. Null: everything. */
  rested = $state.raw<Window | null>(null);
  private followed = -1;

  constructor(private readonly of: SeenOf) {}

  get window(): Window {
    const { store, axis } = this.of;
    return store.window ? within(store.window, axis) : { from: 0, to: this.end };
  }

  /** The last place that may be seen. */
  private get known(): number {
    const { axis, horizon } = this.of;
    return horizon === null ? axis.length : axis.placeOf(horizon);
  }

  /** Of everything. While the rest is to be guessed that is little more than what may be seen. */
  private get end(): number {
    const { axis, horizon } = this.of;
    if (horizon === null) return axis.length;
    const leaps = Math.ceil(Math.log(Math.max(1, this.known / KNOWN_SHARE / axis.least)) / Math.log(LEAP));
    return Math.min(axis.length, axis.least * LEAP ** leaps);
  }

  /** Null: everything. `isOver`: the hand has let go. */
  show(next: Window | null, isOver: boolean): void {
    const { store } = this.of;
    // Whoever begins behind what may be seen has asked for what lies there; nobody else comes to more of it than everything has.
    store.window = next === null || (next.from < this.known && next.to - next.from >= this.end * WHOLE) ? null : next;
    if (isOver) this.rested = store.window;
  }

  /** To the left or right by so much of the axis; all of it stays where it is. */
  move(by: number): void {
    const { from, to } = this.window;
    if (this.of.store.window) this.show(within({ from: from + by, to: to + by }, this.of.axis), true);
  }

  /** The same steps are seen on the other axis. */
  choose(kind: RunAxis['kind']): void {
    const { store, axis, stepCount } = this.of;
    const { from, to } = this.window;
    const steps = store.window ? ([axis.stepAt(from), axis.stepAt(to)] as const) : null;
    store.axis = kind;
    if (!steps) return;
    const other = runAxis(kind, stepCount, store.endNs, store.line);
    this.show(within({ from: other.placeOf(steps[0]), to: other.placeOf(steps[1]) }, other), true);
  }

  /** It goes along when the step leaves it, not when it leaves the step. */
  follow(n: number): void {
    if (n === this.followed) return;
    this.followed = n;
    const { store, axis } = this.of;
    if (store.window) this.show(keepingInSight(this.window, axis.placeOf(n), axis), true);
  }
}
