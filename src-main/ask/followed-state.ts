/** What threads, Ps and goroutines do, as far as a lane shows it: read from a run's first state and the changes of its steps. Pure. */
import type { Change, GId, GRow, MId, MRow, PId, PRow, State } from '../model/state';
import { NONE, SPAN_KINDS, type SpanKind } from './occupancy';
import { type RowPath, RowPaths } from './row-paths';

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

/** `turn`: the last step that touched the row's lane, counted among those that change anything. */
interface Row {
  turn: number;
}
type Thread = Row & Pick<MRow, 'curg' | 'ong0' | 'parked' | 'spinning' | 'role' | 'p' | 'kernel' | 'dead'> & { isBetweenRounds: boolean };
/** `lastM`, `lastG`: who had it last. In a system call a P belongs to nobody, and is still theirs. */
type Processor = Row & Pick<PRow, 'status' | 'm'> & { lastM: MId | null; lastG: GId | null };
type Goroutine = Row & Pick<GRow, 'status' | 'm' | 'waitreason' | 'name'>;

const numberOf = (kind: SpanKind | null): number => (kind === null ? NONE : SPAN_KINDS.indexOf(kind));
const RUNNING = numberOf('running');
const SYSCALL = numberOf('syscall');
const SCHEDULING = numberOf('scheduling');
const SPINNING = numberOf('spinning');
const STOPPED = numberOf('stopped');

const isThread = (id: LaneId): id is MId => id.charCodeAt(0) === 0x4d;
const isProcessor = (id: LaneId): id is PId => id.charCodeAt(0) === 0x50;

export class FollowedState {
  readonly M = new Map<MId, Thread>();
  readonly P = new Map<PId, Processor>();
  readonly G = new Map<GId, Goroutine>();
  /** Whose lanes the step under way touches: one list for all steps. */
  private readonly touched: LaneId[] = [];
  private turn = 0;

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
    this.M.set(m, { curg, ong0, parked, spinning, role, p, kernel, dead, isBetweenRounds, turn: 0 });
  }

  private addP(p: PId, { status, m }: PRow): void {
    this.P.set(p, { status, m, lastM: null, lastG: null, turn: 0 });
  }

  private addG(g: GId, { status, m, waitreason, name }: GRow): void {
    this.G.set(g, { status, m, waitreason, name, turn: 0 });
  }

  /** Whose lanes may look otherwise after these changes of a step of thread `by`; good until the next step. */
  take(changes: readonly Change[], by: MId): readonly LaneId[] {
    const { touched } = this;
    touched.length = 0;
    this.turn++;
    const rows = this.paths.ofAll(changes);
    for (let i = 0; i < changes.length; i++) {
      const [path, , now] = changes[i] as Change;
      const { table: group, id, field, isShown } = rows[i] as RowPath;
      if (group === '') {
        if (path === 'sysmon.asleep') {
          const sysmon = this.M.get(by);
          if (sysmon) sysmon.isBetweenRounds = now === true;
          this.touch(by, sysmon);
        }
        continue;
      }
      if (!isShown) continue;
      if (field === '') this.add(group, id, now);
      const row = this[group].get(id as never) as (Row & Record<string, unknown>) | undefined;
      if (row && field !== '') {
        // A thread that leaves or gets a P changes what the P's lane shows.
        if (group === 'M' && field === 'p' && row.p != null) this.touchProcessor(row.p as PId);
        row[field] = now;
      }
      this.touch(id, row);
    }
    const { length } = touched;
    for (let i = 0; i < length; i++) {
      const id = touched[i] as LaneId;
      const p = isThread(id) ? this.M.get(id)?.p : null;
      if (p != null) this.touchProcessor(p);
    }
    for (const id of touched) if (isProcessor(id)) this.rememberWho(id);
    return touched;
  }

  /** Each lane stands in the list once; one whose row is not there may stand in it again. */
  private touch(id: LaneId, row: Row | undefined): void {
    if (row?.turn === this.turn) return;
    if (row) row.turn = this.turn;
    this.touched.push(id);
  }

  private touchProcessor(p: PId): void {
    this.touch(p, this.P.get(p));
  }

  private add(group: 'M' | 'P' | 'G', id: LaneId, row: unknown): void {
    if (row === null) return;
    if (group === 'M') this.addM(id as MId, row as MRow, false);
    else if (group === 'P') this.addP(id as PId, row as PRow);
    else this.addG(id as GId, row as GRow);
  }

  private rememberWho(p: PId): void {
    const row = this.P.get(p);
    if (!row || row.m === null) return;
    row.lastM = row.m;
    row.lastG = this.M.get(row.m)?.curg ?? row.lastG;
  }

  /** What a lane shows of its owner now. */
  doing(id: LaneId): Doing {
    const doing: Doing = { kind: NONE, g: null, m: null, p: null, why: '' };
    this.look(id, doing);
    return doing;
  }

  /** The same, into an object that is there: steps are many. */
  look(id: LaneId, into: Doing): void {
    into.kind = NONE;
    into.g = into.m = into.p = null;
    into.why = '';
    if (isThread(id)) this.thread(id, into);
    else if (isProcessor(id)) this.processor(id, into);
    else this.goroutine(id, into);
  }

  private thread(id: MId, into: Doing): void {
    const row = this.M.get(id);
    if (!row) return;
    const kind = kindOfThread(row);
    into.kind = numberOf(kind);
    if (kind === 'running' || kind === 'syscall') into.g = row.curg;
    into.p = row.p;
  }

  private processor(id: PId, into: Doing): void {
    const row = this.P.get(id);
    if (!row || row.status === '_Pidle' || row.status === '_Pdead') return;
    if (row.status === '_Pgcstop') {
      into.kind = STOPPED;
      return;
    }
    if (row.status === '_Psyscall') {
      into.kind = SYSCALL;
      into.g = row.lastG;
      into.m = row.lastM;
      return;
    }
    const thread = row.m === null ? undefined : this.M.get(row.m);
    into.m = row.m;
    if (thread?.curg != null && !thread.ong0) {
      into.kind = RUNNING;
      into.g = thread.curg;
    } else into.kind = thread?.spinning ? SPINNING : SCHEDULING;
  }

  private goroutine(id: GId, into: Doing): void {
    const row = this.G.get(id);
    if (!row) return;
    const kind = kindOfGoroutine(row);
    into.kind = numberOf(kind);
    if (kind === 'running' || kind === 'syscall') into.m = row.m;
    if (kind === 'running' && row.m !== null) into.p = this.M.get(row.m)?.p ?? null;
    if (kind === 'waiting') into.why = row.waitreason;
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

function kindOfGoroutine({ status }: Goroutine): SpanKind | null {
  if (status === '_Grunning' || status === '_Gcopystack') return 'running';
  if (status === '_Gsyscall') return 'syscall';
  if (status === '_Grunnable') return 'runnable';
  return status === '_Gwaiting' || status === '_Gpreempted' ? 'waiting' : null;
}
