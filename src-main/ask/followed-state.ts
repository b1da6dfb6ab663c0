/** What threads, houses and goroutines do, as far as a lane shows it: read from a run's first state and the changes of its steps. Pure. */
import type { Change, GId, GRow, MId, MRow, PId, PRow, State } from '../model/state';
import { NONE, SPAN_KINDS, type SpanKind } from './occupancy';
import { RowPaths } from './row-paths';

export type LaneId = GId | MId | PId;

/** What a lane's owner does, and with whom. */
export interface Doing {
  kind: number;
  g: GId | null;
  m: MId | null;
  p: PId | null;
  /** What a goroutine waits for. */
  why: string;
}

type Thread = Pick<MRow, 'curg' | 'ong0' | 'parked' | 'spinning' | 'role' | 'p' | 'kernel' | 'dead'> & { isBetweenRounds: boolean };
/** `lastM`, `lastG`: who had it last. In a system call a P belongs to nobody, and is still theirs. */
type House = Pick<PRow, 'status' | 'm'> & { lastM: MId | null; lastG: GId | null };
type Child = Pick<GRow, 'status' | 'm' | 'waitreason' | 'name'>;

const WATCHED = {
  M: new Set(['curg', 'ong0', 'parked', 'spinning', 'p', 'kernel', 'dead']),
  P: new Set(['status', 'm']),
  G: new Set(['status', 'm', 'waitreason', 'name']),
} as const;

const numberOf = (kind: SpanKind | null): number => (kind === null ? NONE : SPAN_KINDS.indexOf(kind));

export class FollowedState {
  readonly M = new Map<MId, Thread>();
  readonly P = new Map<PId, House>();
  readonly G = new Map<GId, Child>();

  constructor(
    first: State,
    private readonly paths = new RowPaths(),
  ) {
    for (const [g, row] of Object.entries(first.G) as [GId, GRow][]) this.addG(g, row);
    for (const [m, row] of Object.entries(first.M) as [MId, MRow][]) this.addM(m, row, first.sysmon.asleep);
    for (const [p, row] of Object.entries(first.P) as [PId, PRow][]) this.addP(p, row);
    for (const p of this.P.keys()) this.rememberWho(p);
  }

  private addM(m: MId, { curg, ong0, parked, spinning, role, p, kernel, dead }: MRow, isBetweenRounds: boolean): void {
    this.M.set(m, { curg, ong0, parked, spinning, role, p, kernel, dead, isBetweenRounds });
  }

  private addP(p: PId, { status, m }: PRow): void {
    this.P.set(p, { status, m, lastM: null, lastG: null });
  }

  private addG(g: GId, { status, m, waitreason, name }: GRow): void {
    this.G.set(g, { status, m, waitreason, name });
  }

  /** Whose lanes may look otherwise after these changes of a step of thread `by`. */
  take(changes: readonly Change[], by: MId): LaneId[] {
    const touched = new Set<LaneId>();
    for (const [path, , now] of changes) {
      const { table: group, id, field } = this.paths.of(path);
      if (group === '') {
        if (path === 'sysmon.asleep') {
          const watchman = this.M.get(by);
          if (watchman) watchman.isBetweenRounds = now === true;
          touched.add(by);
        }
        continue;
      }
      if (field === '') this.add(group, id, now);
      else {
        if (!WATCHED[group].has(field)) continue;
        const row = this[group].get(id as never) as unknown as Record<string, unknown> | undefined;
        // A thread that leaves or gets a house changes what its house looks like.
        if (group === 'M' && field === 'p' && row?.p != null) touched.add(row.p as PId);
        if (row) row[field] = now;
      }
      touched.add(id);
    }
    for (const id of [...touched]) if (id.startsWith('M')) this.touchHouse(id as MId, touched);
    for (const id of touched) if (id.startsWith('P')) this.rememberWho(id as PId);
    return [...touched];
  }

  private add(group: 'M' | 'P' | 'G', id: LaneId, row: unknown): void {
    if (row === null) return;
    if (group === 'M') this.addM(id as MId, row as MRow, false);
    else if (group === 'P') this.addP(id as PId, row as PRow);
    else this.addG(id as GId, row as GRow);
  }

  private touchHouse(m: MId, touched: Set<LaneId>): void {
    const p = this.M.get(m)?.p;
    if (p != null) touched.add(p);
  }

  private rememberWho(p: PId): void {
    const house = this.P.get(p);
    if (!house || house.m === null) return;
    house.lastM = house.m;
    house.lastG = this.M.get(house.m)?.curg ?? house.lastG;
  }

  /** What a lane shows of its owner now. */
  doing(id: LaneId): Doing {
    if (id.startsWith('M')) return this.thread(id as MId);
    return id.startsWith('P') ? this.house(id as PId) : this.child(id as GId);
  }

  private thread(id: MId): Doing {
    const row = this.M.get(id);
    const kind = row ? kindOfThread(row) : null;
    const isWithChild = kind === 'running' || kind === 'syscall';
    return { kind: numberOf(kind), g: isWithChild ? (row?.curg ?? null) : null, m: null, p: row?.p ?? null, why: '' };
  }

  private house(id: PId): Doing {
    const row = this.P.get(id);
    if (!row || row.status === '_Pidle' || row.status === '_Pdead') return { kind: NONE, g: null, m: null, p: null, why: '' };
    if (row.status === '_Pgcstop') return { kind: numberOf('stopped'), g: null, m: null, p: null, why: '' };
    if (row.status === '_Psyscall') return { kind: numberOf('syscall'), g: row.lastG, m: row.lastM, p: null, why: '' };
    const thread = row.m === null ? undefined : this.M.get(row.m);
    const isRunning = thread?.curg != null && !thread.ong0;
    const kind = isRunning ? 'running' : thread?.spinning ? 'spinning' : 'scheduling';
    return { kind: numberOf(kind), g: isRunning ? thread.curg : null, m: row.m, p: null, why: '' };
  }

  private child(id: GId): Doing {
    const row = this.G.get(id);
    const kind = row ? kindOfChild(row) : null;
    const m = kind === 'running' || kind === 'syscall' ? (row?.m ?? null) : null;
    const p = kind === 'running' && m !== null ? (this.M.get(m)?.p ?? null) : null;
    return { kind: numberOf(kind), g: null, m, p, why: kind === 'waiting' ? (row?.waitreason ?? '') : '' };
  }

  /** As a role for threads, the name that a goroutine has. */
  nameOf(g: GId): string {
    return this.G.get(g)?.name ?? '';
  }

  roleOf(m: MId): MRow['role'] {
    return this.M.get(m)?.role ?? 'worker';
  }
}

function kindOfThread(row: Thread): SpanKind | null {
  if (row.dead || row.parked) return null;
  if (row.role === 'sysmon') return row.isBetweenRounds ? null : 'watch';
  if (row.kernel !== null) return 'syscall';
  if (row.spinning) return 'spinning';
  if (row.curg !== null && !row.ong0) return row.p === null ? 'syscall' : 'running';
  return row.p !== null || row.curg !== null ? 'scheduling' : null;
}

function kindOfChild({ status }: Child): SpanKind | null {
  if (status === '_Grunning' || status === '_Gcopystack') return 'running';
  if (status === '_Gsyscall') return 'syscall';
  if (status === '_Grunnable') return 'runnable';
  return status === '_Gwaiting' || status === '_Gpreempted' ? 'waiting' : null;
}
