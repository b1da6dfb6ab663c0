/**
 * What happens next: events ordered by virtual time, and among equals by who asked first. This is the model's whole ordering rule
 * for threads that could all go on: the kernel's choice is not Go's business, so it is fixed and visible.
 */
export interface AgendaEntry<T> {
  /** ns of virtual time. */
  at: number;
  /** Grows with every request. */
  order: number;
  what: T;
}

export class Agenda<T> {
  private readonly heap: AgendaEntry<T>[] = [];
  private asked = 0;

  get size(): number {
    return this.heap.length;
  }

  /** Time of the next event in ns, Infinity when there is none. */
  get nextAt(): number {
    return this.heap[0]?.at ?? Infinity;
  }

  add(at: number, what: T): AgendaEntry<T> {
    const entry = { at, order: this.asked++, what };
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
    return entry;
  }

  take(): AgendaEntry<T> | undefined {
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

function isBefore(a: AgendaEntry<unknown>, b: AgendaEntry<unknown>): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
