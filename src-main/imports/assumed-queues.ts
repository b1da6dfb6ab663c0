/** Where whoever is runnable waits: nothing of that is recorded, and it is taken to be as Go does it. */
import type { Recorder } from '../model/run/recorder';
import type { GId, PId, State } from '../model/state';

type Place = PId | 'next' | 'global';

export class AssumedQueues {
  /** In a P's ring, in a P's runnext, or in the global queue. */
  private readonly places = new Map<GId, { at: Place; p: PId | null }>();

  /** `first`: who is runnable when the recording begins, in order. They wait in the global queue, which the state is to have already. */
  constructor(
    private readonly state: State,
    private readonly to: Recorder,
    first: readonly GId[],
  ) {
    for (const g of first) this.places.set(g, { at: 'global', p: null });
  }

  /** A goroutine that its waker's P runs next; or, with null, at the tail of the global queue. */
  put(g: GId, p: PId | null): void {
    if (p === null) {
      this.to.runqAppend(null, [g]);
      this.places.set(g, { at: 'global', p: null });
      return;
    }
    const before = this.state.P[p]?.runnext ?? null;
    if (before !== null) {
      this.to.runqAppend(p, [before]);
      this.places.set(before, { at: p, p });
    }
    this.to.p(p, 'runnext', g);
    this.places.set(g, { at: 'next', p });
  }

  /** From wherever it waits, if it does. */
  take(g: GId): void {
    const place = this.places.get(g);
    if (!place) return;
    this.places.delete(g);
    if (place.at === 'next' && place.p !== null) {
      this.to.p(place.p, 'runnext', null);
      return;
    }
    const { p } = place;
    const queue = p === null ? this.state.sched.runq : (this.state.P[p]?.runq ?? []);
    const index = queue.indexOf(g);
    if (index < 0) return;
    const others = this.to.runqTake(p, index);
    this.to.runqTake(p, 1);
    // Who is taken from the middle: the order was not as it was taken to be.
    if (others.length > 0) this.to.runqAppend(p, [...others, ...this.to.runqTake(p, queue.length)]);
  }
}
