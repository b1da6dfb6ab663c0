/**
 * One order for the events of all Ps: of those whose goroutine is in the state that they need, the earliest is next. The rules are those of
 * Go's own reader (internal/trace of Go 1.19, order1007).
 *
 * A goroutine that has come back from a system call says so only when it has a P again, with the time at which it had really come back, long
 * before. So the file is read twice, the first time for these times and for the order: of each event the P whose it is, and nothing else.
 */
import { counts, floats } from '../../model/trace/columns';
import { BadTrace } from '../bad-trace';
import { type Changed, PCursor, type V1File } from './raw';

const cursorsOf = (file: V1File): PCursor[] => [...file.batches].map(([p, stretches]) => new PCursor(p, file, stretches));

/** Recorded when there is a P again, long after it happened; the time of that is an argument of the event. */
const isExit = ({ kind }: PCursor): boolean => kind !== null && (kind.name === 'GoSysExit' || kind.name === 'GoSysExitLocal');
const exitTicks = ({ kind, b, c, ticks }: PCursor): number => (kind?.name === 'GoSysExit' ? c : b) || ticks;

/** Steps of a sort between two pauses in which other work gets its turn. */
const SORTED_AT_ONCE = 100_000;
/** Pieces of so many are put in order before any two of them become one. */
const FEW = 32;

/** What has to be known of the whole trace before its first event can be passed on. */
export class Survey {
  /** For each P the thread that starts it first. */
  readonly threads = new Map<number, number>();
  /** Ticks of the earliest of all; null: there is none. */
  began: number | null = null;
  /** Of each event the cursor whose it is. */
  private readonly turns = counts();
  /** The ends of system calls: ticks, place among all events, P, goroutine. */
  private readonly exits = { ticks: floats(), index: counts(), p: counts(), g: counts() };
  private order = new Uint32Array(0);

  constructor(private readonly file: V1File) {}

  /** Reads all events; gives way after every so many. Throws BadTrace where none of those that are left can be the next one. */
  *read(atOnce: number): Generator<null, void> {
    const { file } = this;
    const cursors = cursorsOf(file);
    const known = new Map<number, Changed>();
    let first: number | null = null;
    let last = 0;
    for (;;) {
      const turn = nextOf(cursors, known);
      const cursor = cursors[turn];
      if (!cursor && cursors.every(({ kind }) => kind === null)) break;
      // Clocks of two processors that differ: Go refuses the trace, too.
      if (!cursor || cursor.ticks < last) throw BadTrace.stuck(Math.trunc((last - (first ?? last)) * file.nsPerTick));
      last = cursor.ticks;
      first ??= last;
      const { kind, whose } = cursor;
      if (kind?.rule && whose) {
        whose.status = kind.rule.to;
        if (kind.rule.counts) whose.seq++;
      }
      this.add(cursor, turn);
      cursor.next();
      if (this.turns.length % atOnce === 0) yield null;
    }
    yield* this.sort();
  }

  private add(cursor: PCursor, turn: number): void {
    const { exits } = this;
    const isOfExit = isExit(cursor);
    const ticks = isOfExit ? exitTicks(cursor) : cursor.ticks;
    if (this.began === null || ticks < this.began) this.began = ticks;
    if (isOfExit) {
      exits.ticks.push(ticks);
      exits.index.push(this.turns.length);
      exits.p.push(cursor.p);
      exits.g.push(cursor.g);
    } else if (cursor.kind?.name === 'ProcStart' && !this.threads.has(cursor.p)) this.threads.set(cursor.p, cursor.a);
    this.turns.push(turn);
  }

  /** The ends of system calls by time; of those at one moment the one that was recorded first is first. */
  private *sort(): Generator<null, void> {
    const keys = this.exits.ticks.slice(0, this.exits.ticks.length);
    let order = Uint32Array.from(keys, (_, i) => i);
    let merged = new Uint32Array(order.length);
    let sorted = 0;
    for (let from = 0; from < keys.length; from += FEW) insert(keys, order, from, Math.min(from + FEW, keys.length));
    for (let width = FEW; width < keys.length; width *= 2) {
      for (let from = 0; from < keys.length; from += 2 * width) {
        merge(keys, order, merged, from, Math.min(from + width, keys.length), Math.min(from + 2 * width, keys.length));
        if ((sorted += 2 * width) < SORTED_AT_ONCE) continue;
        sorted = 0;
        yield null;
      }
      [order, merged] = [merged, order];
    }
    this.order = order;
  }

  /** The events in the order in which they were recorded, to be read once more. */
  again(): { readonly count: number; next: () => PCursor } {
    const cursors = cursorsOf(this.file);
    const { turns } = this;
    let at = 0;
    let cursor: PCursor | null = null;
    return {
      count: turns.length,
      // The one before goes on only now: whoever has it still reads its fields.
      next: () => {
        cursor?.next();
        return (cursor = cursors[turns.at(at++)] as PCursor);
      },
    };
  }

  /** The ends of system calls by time. */
  get exitCount(): number {
    return this.order.length;
  }

  /** Whether end i of a system call comes before event `index`, at `ticks`. */
  isExitBefore(i: number, ticks: number, index: number): boolean {
    const at = this.order[i] as number;
    const its = this.exits.ticks.at(at);
    return its < ticks || (its === ticks && this.exits.index.at(at) < index);
  }

  exit(i: number): { ticks: number; p: number; g: number } {
    const at = this.order[i] as number;
    return { ticks: this.exits.ticks.at(at), p: this.exits.p.at(at), g: this.exits.g.at(at) };
  }
}

/** The number of the cursor whose event is the next one of all; −1: no event that is left can be. */
function nextOf(cursors: readonly PCursor[], known: Map<number, Changed>): number {
  let best = -1;
  let ticks = 0;
  for (let i = 0; i < cursors.length; i++) {
    const cursor = cursors[i] as PCursor;
    if (cursor.kind === null || (best >= 0 && ticks <= cursor.ticks)) continue;
    // Of each P's next event it is asked once for each event of the others: it is looked up once.
    if (cursor.whose === null && cursor.kind.rule !== null) {
      const who = cursor.needed;
      let whose = known.get(who);
      if (!whose) known.set(who, (whose = { status: 'dead', seq: 0 }));
      cursor.whose = whose;
    }
    if (!cursor.isReady) continue;
    best = i;
    ticks = cursor.ticks;
  }
  return best;
}

/** Most are in order already. */
function insert(keys: Float64Array, order: Uint32Array, from: number, end: number): void {
  for (let i = from + 1; i < end; i++) {
    const moved = order[i] as number;
    const key = keys[moved] as number;
    let to = i;
    for (; to > from && (keys[order[to - 1] as number] as number) > key; to--) order[to] = order[to - 1] as number;
    order[to] = moved;
  }
}

function merge(keys: Float64Array, order: Uint32Array, merged: Uint32Array, from: number, middle: number, end: number): void {
  if (middle >= end || (keys[order[middle - 1] as number] as number) <= (keys[order[middle] as number] as number)) {
    merged.set(order.subarray(from, end), from);
    return;
  }
  let [left, right] = [from, middle];
  for (let to = from; to < end; to++) {
    const isLeft = left < middle && (right >= end || (keys[order[left] as number] as number) <= (keys[order[right] as number] as number));
    merged[to] = order[isLeft ? left++ : right++] as number;
  }
}
