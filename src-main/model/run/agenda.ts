/**
 * What happens next: events ordered by virtual time, and among equals by who asked first. This is the model's whole ordering rule
 * for threads that could all go on: the kernel's choice is not Go's business, so it is fixed and visible.
 */
export interface AgendaEntry<T> {
  /** ns of virtual time. */
  readonly at: number;
  /** Grows with every request. */
  readonly order: number;
  readonly what: T;
  /** Tells the thread that asked whether the event still counts. */
  readonly ticket: number;
}

export class Agenda<T> {
  private readonly heap: AgendaEntry<T>[] = [];
  /** Before everything in the heap: a thread that goes on with its next step, the usual case, costs no sorting. */
  private front: AgendaEntry<T> | null = null;
  private asked = 0;

  add(at: number, what: T, ticket: number): void {
    const entry = { at, order: this.asked++, what, ticket };
    const { front } = this;
    // The newcomer asked last, so it is first only when it is earlier.
    if (at < (front ?? this.heap[0] ?? LAST).at) {
      if (front) this.push(front);
      this.front = entry;
    } else this.push(entry);
  }

  take(): AgendaEntry<T> | undefined {
    const { front } = this;
    if (front === null) return this.pop();
    this.front = null;
    return front;
  }

  private push(entry: AgendaEntry<T>): void {
    const { heap } = this;
    let child = heap.length;
    heap.push(entry);
    while (child > 0) {
      const parent = (child - 1) >> 1;
      const above = heap[parent] as AgendaEntry<T>;
      if (!isBefore(entry, above)) break;
      heap[child] = above;
      child = parent;
    }
    heap[child] = entry;
  }

  private pop(): AgendaEntry<T> | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as AgendaEntry<T>, heap[child] as AgendaEntry<T>)) child++;
      const below = heap[child] as AgendaEntry<T>;
      if (!isBefore(below, last)) break;
      heap[hole] = below;
      hole = child;
    }
    heap[hole] = last;
    return first;
  }
}

const LAST = { at: Infinity };

function isBefore(a: AgendaEntry<unknown>, b: AgendaEntry<unknown>): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
