/** What a pointer does on the timeline: goes to a step, drags the red line, measures along the axis, picks whoever a span is of. */

/** What the hand needs to know of the timeline, all px from its top left, and whom it tells. */
export interface Ground {
  /** Width of the lanes. */
  widthPx: number;
  /** The axis ends here, and here the strip of marks below it: there the lanes begin. */
  axisPx: number;
  topPx: number;
  /** Where the red line stands. */
  nowPx: number;
  /** The step that is shown. */
  n: number;
  /** A drag over the lanes moves them: not all of the run is seen. */
  isZoomed: boolean;
  stepAt: (px: number) => number;
  /** The step that a press on the strip of marks means. */
  markAt: (px: number) => number;
  /** `isDragged`: on from where the last jump went. */
  onjump: (n: number, isDragged: boolean) => void;
  /** A click on a place of the lanes. */
  onspan: (at: Point) => void;
}

export interface Point {
  px: number;
  y: number;
}

/** Steps; `isToNow`: up to the red line, wherever it goes. */
export interface Measure {
  from: number;
  to: number;
  isToNow: boolean;
}

/** So near to the red line the line itself is taken hold of, px. */
const HOLD_PX = 7;
/** Less than this is no drag, px. */
const STILL_PX = 4;

export class TimelineHand {
  /** Where the pointer is, while it points; null: nowhere, or it holds the lanes. */
  hover = $state.raw<Point | null>(null);
  measured = $state.raw<Measure | null>(null);
  /** What a press began; null: nothing is held. */
  private held: { what: 'line' | 'measure' | 'lanes'; px: number; isMoved: boolean } | null = null;

  constructor(private readonly ground: Ground) {}

  /** A press there takes hold of the lanes. */
  isPannable(px: number, y: number): boolean {
    const { isZoomed, topPx } = this.ground;
    return isZoomed && y > topPx && !this.isOnLine(px);
  }

  private isOnLine(px: number): boolean {
    return Math.abs(px - this.ground.nowPx) <= HOLD_PX;
  }

  /** Whether it holds something that goes wherever the pointer goes. */
  press({ px, y }: Point): boolean {
    const { axisPx, topPx, markAt, stepAt, onjump } = this.ground;
    const what = this.isPannable(px, y) ? 'lanes' : y < axisPx && !this.isOnLine(px) ? 'measure' : 'line';
    this.held = { what, px, isMoved: false };
    if (what === 'line') onjump(y > axisPx && y < topPx ? markAt(px) : stepAt(px), false);
    return what !== 'lanes';
  }

  /** `isPressed`: a button is down. */
  move({ px, y }: Point, isPressed = true): void {
    const { ground } = this;
    // The lanes are not captured: of a hand that lets go of them elsewhere nothing is heard.
    if (!isPressed && this.held?.what === 'lanes') this.held = null;
    const { held } = this;
    // What is under a hand that moves the lanes goes with it. (And what is changed before D3 asks for the pointer's place is laid out twice.)
    this.hover = held?.what === 'lanes' ? null : { px: Math.min(ground.widthPx, Math.max(0, px)), y };
    if (!held) return;
    held.isMoved ||= Math.abs(px - held.px) >= STILL_PX;
    if (held.what === 'line') {
      const to = ground.stepAt(px);
      if (to !== ground.n) ground.onjump(to, true);
    } else if (held.what === 'measure' && held.isMoved)
      this.measured = { from: ground.stepAt(held.px), to: ground.stepAt(px), isToNow: false };
  }

  release({ px, y }: Point): void {
    const { held, ground } = this;
    this.held = null;
    if (!held || held.isMoved) return;
    // A press on the line has gone there already.
    if (held.what !== 'line') {
      this.measured = null;
      ground.onjump(ground.stepAt(px), false);
    }
    if (y > ground.topPx && px >= 0 && px <= ground.widthPx) ground.onspan({ px, y });
  }

  cancel(): void {
    this.held = null;
  }

  leave(): void {
    this.hover = null;
  }

  /** From the red line on; once more: ended. */
  measure(): void {
    const { n } = this.ground;
    this.measured = this.measured ? null : { from: n, to: n, isToNow: true };
  }

  /** Whether there was something to end. */
  endMeasure(): boolean {
    const had = this.measured !== null;
    this.measured = null;
    return had;
  }
}
