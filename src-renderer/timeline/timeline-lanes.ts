/** What each thread did when, as spans between steps: built from a run's steps one by one. Pure. */
import { type GId, type GRow, type MId, type MRow, parsePath, type State, type Step } from '../../src-main/contract/index';

export type SpanKind = 'running' | 'syscall' | 'scheduling' | 'spinning' | 'watch';

export interface Span {
  /** Step numbers: the span begins after step `from` and ends after step `to`. */
  from: number;
  to: number;
  kind: SpanKind;
  g: GId | null;
  /** The goroutine's own name then: an id is used again after a goroutine has ended. */
  name: string;
}

export interface Lane {
  m: MId;
  role: MRow['role'];
  spans: Span[];
}

interface Thread {
  row: Pick<MRow, 'curg' | 'ong0' | 'parked' | 'spinning' | 'role' | 'p' | 'kernel' | 'dead'> & { isBetweenRounds: boolean };
  lane: Lane;
  open: Span | null;
}

const WATCHED = new Set(['curg', 'ong0', 'parked', 'spinning', 'p', 'kernel', 'dead']);

export class LaneBuilder {
  private readonly threads = new Map<MId, Thread>();
  private readonly names = new Map<string, string>();
  /** Virtual time of each step, ns; index 0 is the first state. */
  readonly times: number[] = [0];

  constructor(first: State) {
    for (const [g, row] of Object.entries(first.G) as [GId, GRow][]) this.names.set(g, row.name);
    for (const [m, row] of Object.entries(first.M) as [MId, MRow][]) this.addThread(m, row, 0, first.sysmon.asleep);
  }

  private addThread(m: MId, row: MRow, n: number, isBetweenRounds = false): void {
    const lane: Lane = { m, role: row.role, spans: [] };
    const { curg, ong0, parked, spinning, role, p, kernel, dead } = row;
    const thread: Thread = { row: { curg, ong0, parked, spinning, role, p, kernel, dead, isBetweenRounds }, lane, open: null };
    this.threads.set(m, thread);
    this.renew(thread, n);
  }

  add(step: Step): void {
    this.times[step.n] = step.t;
    const changed = new Set<Thread>();
    for (const [path, , now] of step.set) {
      const { table, id, field } = parsePath(path);
      if (table === 'G') this.learnName(id, field, now);
      if (table === 'sysmon' && field === 'asleep') {
        const watchman = this.threads.get(step.m);
        if (!watchman) continue;
        watchman.row.isBetweenRounds = now === true;
        changed.add(watchman);
      }
      if (table !== 'M') continue;
      if (field === null) this.addThread(id, now as unknown as MRow, step.n);
      const thread = this.threads.get(id);
      if (!thread || field === null || !WATCHED.has(field)) continue;
      (thread.row as unknown as Record<string, unknown>)[field] = now;
      changed.add(thread);
    }
    for (const thread of changed) this.renew(thread, step.n);
    for (const thread of this.threads.values()) if (thread.open) thread.open.to = step.n;
  }

  private learnName(id: GId, field: keyof GRow | null, now: Step['set'][number][2]): void {
    if (field === null) this.names.set(id, (now as unknown as GRow | null)?.name ?? '');
    else if (field === 'name') this.names.set(id, String(now));
  }

  private renew(thread: Thread, n: number): void {
    const kind = kindOf(thread.row);
    const g = kind === 'running' || kind === 'syscall' ? thread.row.curg : null;
    if (thread.open?.kind === kind && thread.open.g === g) return;
    thread.open = kind === null ? null : { from: n, to: n, kind, g, name: this.names.get(g ?? '') ?? '' };
    if (thread.open) thread.lane.spans.push(thread.open);
  }

  get lanes(): Lane[] {
    return [...this.threads.values()].map((thread) => thread.lane);
  }
}

function kindOf(row: Thread['row']): SpanKind | null {
  if (row.dead || row.parked) return null;
  if (row.role === 'sysmon') return row.isBetweenRounds ? null : 'watch';
  if (row.kernel !== null) return 'syscall';
  if (row.spinning) return 'spinning';
  if (row.curg !== null && !row.ong0) return row.p === null ? 'syscall' : 'running';
  return row.p !== null || row.curg !== null ? 'scheduling' : null;
}
