/**
 * What each thread did when, as spans between steps: kept in columns of numbers while a run is made, and shown in as much detail as a
 * picture of a given width can hold. Pure; knows a run by its first state and its steps alone.
 */
import type { GId, GRow, MId, MRow, State, Step } from '../model/state';

export const SPAN_KINDS = ['running', 'syscall', 'scheduling', 'spinning', 'watch'] as const;
export type SpanKind = (typeof SPAN_KINDS)[number];

/** A part of the run and how finely it is to be shown. */
export interface LaneAsk {
  /** What the picture's width stands for: `from` and `to` are step numbers, or virtual time in ns. */
  axis: 'step' | 'time';
  from: number;
  to: number;
  /** How many pieces the width can show side by side: pixels, mostly. */
  columns: number;
  /** At most so many lanes, from the first thread on. */
  lanes: number;
}

/** Spans of one thread. `from` and `to` are in columns, from 0 at the left edge; span i is `SPAN_KINDS[kind[i]]`, done with `who[i]`. */
export interface Lane {
  m: MId;
  role: MRow['role'];
  from: Float64Array;
  to: Float64Array;
  kind: Uint8Array;
  who: Uint32Array;
}

export interface LaneView {
  ask: LaneAsk;
  /** How many threads the run has had; the lanes below are the first of them. */
  laneCount: number;
  lanes: Lane[];
  /** Goroutines by number, each with the name it had then: an id is used again after a goroutine has ended. 0: none. */
  who: readonly { g: GId | null; name: string }[];
}

/** Numbers that grow at the end. */
class Growing<A extends Uint8Array | Uint32Array> {
  private array: A;
  length = 0;

  constructor(private readonly make: (length: number) => A) {
    this.array = make(16);
  }

  push(value: number): void {
    if (this.length === this.array.length) {
      const larger = this.make(2 * this.length);
      larger.set(this.array);
      this.array = larger;
    }
    this.array[this.length++] = value;
  }

  at(i: number): number {
    return this.array[i] as number;
  }
}

interface Thread {
  m: MId;
  row: Pick<MRow, 'curg' | 'ong0' | 'parked' | 'spinning' | 'role' | 'p' | 'kernel' | 'dead'> & { isBetweenRounds: boolean };
  /** Span i begins after step from[i] and ends after step to[i]; the last one may still be open and have no end. */
  from: Growing<Uint32Array>;
  to: Growing<Uint32Array>;
  kind: Growing<Uint8Array>;
  who: Growing<Uint32Array>;
  open: { kind: number; g: GId | null } | null;
}

const WATCHED = new Set(['curg', 'ong0', 'parked', 'spinning', 'p', 'kernel', 'dead']);
const counts = (): Growing<Uint32Array> => new Growing((length) => new Uint32Array(length));

export class Lanes {
  private readonly threads = new Map<string, Thread>();
  private readonly names = new Map<string, string>();
  private readonly who: { g: GId | null; name: string }[] = [{ g: null, name: '' }];
  private readonly whoNumbers = new Map<string, number>();
  private last = 0;

  constructor(first: State) {
    for (const [g, row] of Object.entries(first.G) as [GId, GRow][]) this.names.set(g, row.name);
    for (const [m, row] of Object.entries(first.M) as [MId, MRow][]) this.addThread(m, row, 0, first.sysmon.asleep);
  }

  private addThread(m: MId, row: MRow, n: number, isBetweenRounds = false): void {
    const { curg, ong0, parked, spinning, role, p, kernel, dead } = row;
    const thread: Thread = {
      m,
      row: { curg, ong0, parked, spinning, role, p, kernel, dead, isBetweenRounds },
      from: counts(),
      to: counts(),
      kind: new Growing((length) => new Uint8Array(length)),
      who: counts(),
      open: null,
    };
    this.threads.set(m, thread);
    this.renew(thread, n);
  }

  /** Steps come in order, without gaps. */
  add(step: Step): void {
    this.last = step.n;
    for (const [path, , now] of step.set) {
      if (path.startsWith('G.')) this.learnName(path, now);
      else if (path.startsWith('M.')) this.changeThread(path, now, step.n);
      else if (path === 'sysmon.asleep') {
        const watchman = this.threads.get(step.m);
        if (watchman) watchman.row.isBetweenRounds = now === true;
      }
    }
    // A step's changes count together: only what they have led to is a span.
    for (const [path] of step.set) {
      const thread =
        path === 'sysmon.asleep' ? this.threads.get(step.m) : path.startsWith('M.') ? this.threads.get(threadOf(path)) : undefined;
      if (thread) this.renew(thread, step.n);
    }
  }

  private changeThread(path: string, now: Step['set'][number][2], n: number): void {
    const id = threadOf(path);
    const field = path.slice(id.length + 3);
    if (field === '') {
      this.addThread(id as MId, now as unknown as MRow, n);
      return;
    }
    const thread = this.threads.get(id);
    if (thread && WATCHED.has(field)) (thread.row as unknown as Record<string, unknown>)[field] = now;
  }

  private learnName(path: string, now: Step['set'][number][2]): void {
    const dot = path.indexOf('.', 2);
    if (dot < 0) this.names.set(path.slice(2), (now as unknown as GRow | null)?.name ?? '');
    else if (path.slice(dot) === '.name') this.names.set(path.slice(2, dot), String(now));
  }

  private renew(thread: Thread, n: number): void {
    const kind = kindOf(thread.row);
    const number = kind === null ? -1 : SPAN_KINDS.indexOf(kind);
    const g = kind === 'running' || kind === 'syscall' ? thread.row.curg : null;
    if (thread.open?.kind === number && thread.open.g === g) return;
    // A span that began in this very step ends in it, too.
    if (thread.open) thread.to.push(Math.max(thread.from.at(thread.from.length - 1), n - 1));
    thread.open = kind === null ? null : { kind: number, g };
    if (kind === null) return;
    thread.from.push(n);
    thread.kind.push(number);
    thread.who.push(this.whoNumber(g));
  }

  private whoNumber(g: GId | null): number {
    if (g === null) return 0;
    const name = this.names.get(g) ?? '';
    const key = `${g} ${name}`;
    let number = this.whoNumbers.get(key);
    if (number === undefined) {
      number = this.who.push({ g, name }) - 1;
      this.whoNumbers.set(key, number);
    }
    return number;
  }

  /** `timeOf`: virtual time of a step, ns. */
  look(ask: LaneAsk, timeOf: (n: number) => number): LaneView {
    const scale = ask.columns / Math.max(1, ask.to - ask.from);
    const columnOf = ask.axis === 'step' ? (n: number) => (n - ask.from) * scale : (n: number) => (timeOf(n) - ask.from) * scale;
    const lanes = [...this.threads.values()].slice(0, ask.lanes).map((thread) => this.laneOf(thread, columnOf, ask.columns));
    // Of a crowd of goroutines few are in the picture: those are numbered anew.
    const numbers = new Map([[0, 0]]);
    for (const { who } of lanes)
      for (const [i, each] of who.entries()) {
        const number = numbers.get(each) ?? numbers.size;
        numbers.set(each, number);
        who[i] = number;
      }
    return { ask, laneCount: this.threads.size, lanes, who: [...numbers.keys()].map((each) => this.who[each] as LaneView['who'][number]) };
  }

  /** Whether each of a thread's spans has a column to begin in: then they are shown as they are. */
  private hasRoom(from: Growing<Uint32Array>, first: number, end: number, columnOf: (n: number) => number, columns: number): boolean {
    if (end - first > columns) return false;
    for (let i = first + 1; i < end; i++) if (Math.floor(columnOf(from.at(i))) === Math.floor(columnOf(from.at(i - 1)))) return false;
    return true;
  }

  private laneOf(thread: Thread, columnOf: (n: number) => number, columns: number): Lane {
    const { from, to, kind, who } = thread;
    const endOf = (i: number): number => columnOf(i < to.length ? to.at(i) : this.last);
    const first = firstWhere(from.length, (i) => endOf(i) >= 0);
    const end = firstWhere(from.length, (i) => columnOf(from.at(i)) > columns);
    const pieces: Piece[] = [];
    if (this.hasRoom(from, first, end, columnOf, columns))
      for (let i = first; i < end; i++)
        pieces.push({ from: Math.max(0, columnOf(from.at(i))), to: Math.min(columns, endOf(i)), kind: kind.at(i), who: who.at(i) });
    else {
      const coarse = new Coarse(pieces, columns);
      for (let i = first; i < end; i++) coarse.add(columnOf(from.at(i)), endOf(i), kind.at(i), who.at(i));
      coarse.done();
    }
    return {
      m: thread.m,
      role: thread.row.role,
      from: Float64Array.from(pieces, (each) => each.from),
      to: Float64Array.from(pieces, (each) => each.to),
      kind: Uint8Array.from(pieces, (each) => each.kind),
      who: Uint32Array.from(pieces, (each) => each.who),
    };
  }
}

interface Piece {
  from: number;
  to: number;
  kind: number;
  who: number;
}

/**
 * More than one span to a column: each column shows what the thread did most, and with whom it did most of that; a column that anything
 * touches is never empty. Work is work with however many goroutines: each of a crowd takes up less than the scheduling between them.
 */
class Coarse {
  private column = -1;
  /** How much of the column each kind and goroutine takes up. */
  private readonly shares = new Map<number, number>();

  constructor(
    private readonly pieces: Piece[],
    private readonly columns: number,
  ) {}

  add(from: number, to: number, kind: number, who: number): void {
    // What ends where a column begins is not in that column.
    const last = Math.min(this.columns - 1, to > from ? Math.ceil(to) - 1 : Math.floor(to));
    const key = who * SPAN_KINDS.length + kind;
    for (let column = Math.min(this.columns - 1, Math.max(0, Math.floor(from))); column <= last; column++) {
      this.goTo(column);
      const share = Math.min(to, column + 1) - Math.max(from, column);
      // What has no length at all is still there.
      this.shares.set(key, (this.shares.get(key) ?? 0) + Math.max(share, Number.EPSILON));
    }
  }

  private goTo(column: number): void {
    if (column === this.column) return;
    this.done();
    this.column = column;
  }

  done(): void {
    if (this.shares.size === 0) return;
    const ofKind = new Float64Array(SPAN_KINDS.length);
    for (const [each, share] of this.shares) ofKind[each % SPAN_KINDS.length] = (ofKind[each % SPAN_KINDS.length] ?? 0) + share;
    const kind = ofKind.indexOf(Math.max(...ofKind));
    let most = 0;
    let key = -1;
    for (const [each, share] of this.shares) if (each % SPAN_KINDS.length === kind && share > most) [key, most] = [each, share];
    this.shares.clear();
    const piece = { from: this.column, to: this.column + 1, kind: key % SPAN_KINDS.length, who: Math.floor(key / SPAN_KINDS.length) };
    const before = this.pieces.at(-1);
    if (before?.to === piece.from && before.kind === piece.kind && before.who === piece.who) before.to = piece.to;
    else this.pieces.push(piece);
  }
}

/** The first index for which it holds, of those for which it holds from some index on; `length` when there is none. */
function firstWhere(length: number, holds: (i: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The thread whose row or field the path names. */
function threadOf(path: string): string {
  const end = path.indexOf('.', 2);
  return end < 0 ? path.slice(2) : path.slice(2, end);
}

function kindOf(row: Thread['row']): SpanKind | null {
  if (row.dead || row.parked) return null;
  if (row.role === 'sysmon') return row.isBetweenRounds ? null : 'watch';
  if (row.kernel !== null) return 'syscall';
  if (row.spinning) return 'spinning';
  if (row.curg !== null && !row.ong0) return row.p === null ? 'syscall' : 'running';
  return row.p !== null || row.curg !== null ? 'scheduling' : null;
}
